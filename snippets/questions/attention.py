"""Scaled dot-product attention with a mask.

Source: Vaswani and others, Attention Is All You Need, section 3.2.1 (arXiv 1706.03762).
"""

# --8<-- [start:code]
import numpy as np


def causal_mask(n: int, m: int) -> np.ndarray:
    """Bool (n, m), True where a query may look; the n are the last of m positions."""
    return np.tril(np.ones((n, m), dtype=bool), k=m - n)


def attention(
    q: np.ndarray, k: np.ndarray, v: np.ndarray, mask: np.ndarray | None = None
) -> np.ndarray:
    """A mean of the values for each query, by softmax(q kᵀ / √d): (…, n, d_v).

    q: (…, n, d); k: (…, m, d); v: (…, m, d_v); mask: bool, broadcasts to (…, n, m).
    Raises ValueError when a query may look nowhere: its weights would be 0/0.
    """
    scores = q @ np.swapaxes(k, -1, -2) * q.shape[-1] ** -0.5  # (…, n, m)
    if mask is not None:
        if not mask.any(axis=-1).all():
            raise ValueError("a query may look at no key")
        scores = np.where(mask, scores, -np.inf)  # first, so that weights sum to 1
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return weights / weights.sum(axis=-1, keepdims=True) @ v


# --8<-- [end:code]
