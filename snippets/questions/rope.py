"""Rotary position embedding.

Source: Su and others, RoFormer, section 3.4 (arXiv 2104.09864).
"""

# --8<-- [start:code]
import numpy as np


def rotate(x: np.ndarray, start: int = 0, base: float = 10_000.0) -> np.ndarray:
    """Queries or keys, turned by their positions start, start + 1, …

    x: (…, n, d). Dimension i is paired with i + d/2, as in Hugging Face's Llama.
    Raises ValueError when d is odd.
    """
    n, d = x.shape[-2:]
    if d % 2:
        raise ValueError(f"the head size must be even, not {d}")
    frequency = base ** (-np.arange(0, d, 2) / d)  # (d/2,), from 1 down
    angle = np.arange(start, start + n)[:, None] * frequency  # (n, d/2) radians
    cos, sin = np.cos(angle), np.sin(angle)
    left, right = np.split(x, 2, axis=-1)
    turned = left * cos - right * sin, left * sin + right * cos
    return np.concatenate(turned, axis=-1).astype(x.dtype)


# --8<-- [end:code]
