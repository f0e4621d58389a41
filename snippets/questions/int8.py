"""Weights in 8 bits with a scale for each output channel, and the product in integers.

Sources: Jacob and others (arXiv 1712.05877); Dettmers and others, LLM.int8() (arXiv 2208.07339).
"""

# --8<-- [start:code]
import numpy as np


def quantise(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Int8 and a scale for each row: values ≈ int8 × scale, off by at most scale / 2.

    values: (rows, in). Returns (rows, in), −127 to 127, and (rows, 1) float32.
    Raises ValueError for values that are not finite.
    """
    if not np.isfinite(values).all():
        raise ValueError("one value is not finite: its row would have no scale")
    scale = np.abs(values).max(axis=1, keepdims=True).astype(np.float32) / 127
    scale[scale == 0] = 1  # a row of zeros stays zeros
    return np.rint(values / scale).astype(np.int8), scale


def linear(x: np.ndarray, weight: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """The product x Wᵀ, (tokens, out) float32; inputs are quantised token by token.

    x: (tokens, in) float; weight: (out, in) int8; scale: (out, 1).
    """
    q, x_scale = quantise(x)
    # int8 × int8 in int8 would wrap; int32 holds 133,144 products of 127 × 127.
    product = q.astype(np.int32) @ weight.astype(np.int32).T
    return product * x_scale * scale.T  # both scales stand outside the sum


# --8<-- [end:code]
