"""Expected calibration error, and the temperature that makes confidence honest.

Source: Guo and others, On Calibration of Modern Neural Networks (arXiv 1706.04599).
"""

# --8<-- [start:code]
import numpy as np


def calibration_error(
    confidence: np.ndarray,
    right: np.ndarray,
    bins: int = 15,
) -> float:
    """Gap between confidence and accuracy, a mean over equal bins, weighted by size.

    confidence: (n,) from 0 to 1, of the class chosen; right: (n,) bool.
    Raises ValueError when there is nothing to count.
    """
    if not len(confidence):
        raise ValueError("no predictions")
    bin = np.minimum((confidence * bins).astype(int), bins - 1)  # 1.0: the last
    # Of each bin: its size × (accuracy − mean confidence).
    gap = np.bincount(bin, weights=right - confidence)
    return float(np.abs(gap).sum() / len(confidence))


def fit_temperature(logits: np.ndarray, labels: np.ndarray) -> float:
    """The T with the lowest cross-entropy of softmax(logits / T) on held-out rows.

    logits: (n, classes); labels: (n,). Convex in 1/T, so its slope has one zero.
    Raises ValueError when there is none from T = 0.01 to 100: all right, or
    no better than chance.
    """
    shifted = logits - logits.max(axis=1, keepdims=True)
    true = shifted[np.arange(len(labels)), labels]

    def slope(inverse: float) -> float:
        p = np.exp(inverse * shifted)
        return float(((p * shifted).sum(axis=1) / p.sum(axis=1) - true).mean())

    low, high = 0.01, 100.0  # of 1/T
    if not slope(low) < 0 < slope(high):
        raise ValueError("no temperature fits: take more rows, or look at the model")
    for _ in range(60):
        middle = (low * high) ** 0.5
        low, high = (middle, high) if slope(middle) < 0 else (low, middle)
    return 1 / middle


# --8<-- [end:code]
