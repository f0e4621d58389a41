"""Expected calibration error, and the temperature that makes confidence honest.

Source: Guo and others, On Calibration of Modern Neural Networks (arXiv 1706.04599).
"""

# --8<-- [start:code]
import numpy as np


def calibration_error(confidence: np.ndarray, right: np.ndarray, bins: int = 15) -> float:
    """Mean gap between confidence and accuracy over bins of equal width, weighted by size.

    confidence: (n,) from 0 to 1, of the class chosen; right: (n,) bool.
    Raises ValueError when there is nothing to count.
    """
    if not len(confidence):
        raise ValueError("no predictions")
    bin = np.minimum((confidence * bins).astype(int), bins - 1)  # 1.0 belongs to the last
    gap = np.bincount(bin, weights=right - confidence)  # its size × (accuracy − confidence)
    return float(np.abs(gap).sum() / len(confidence))


def fit_temperature(logits: np.ndarray, labels: np.ndarray) -> float:
    """The T > 0 for which softmax(logits / T) has the lowest cross-entropy on held-out rows.

    logits: (n, classes); labels: (n,). The loss is convex in 1/T, so its slope has one zero.
    Raises ValueError when there is none from T = 0.01 to 100: all right, or no better than chance.
    """
    shifted = logits - logits.max(axis=1, keepdims=True)
    true = shifted[np.arange(len(labels)), labels]

    def slope(inverse: float) -> float:
        p = np.exp(inverse * shifted)
        return float(((p * shifted).sum(axis=1) / p.sum(axis=1) - true).mean())

    low, high = 0.01, 100.0  # of 1/T
    if not slope(low) < 0 < slope(high):
        raise ValueError("no temperature fits these rows: take more, or look at the model")
    for _ in range(60):
        middle = (low * high) ** 0.5
        low, high = (middle, high) if slope(middle) < 0 else (low, middle)
    return 1 / middle


# --8<-- [end:code]
