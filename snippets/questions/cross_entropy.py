"""Softmax and cross-entropy that neither overflow nor lose digits, and the gradient by hand.

Source: Goodfellow, Bengio and Courville, Deep Learning, section 4.1; torch.nn.CrossEntropyLoss.
"""

# --8<-- [start:code]
import numpy as np


def log_softmax(logits: np.ndarray) -> np.ndarray:
    """Natural logarithm of the softmax over the last axis."""
    shifted = logits - logits.max(axis=-1, keepdims=True)  # the largest: 0
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def cross_entropy(
    logits: np.ndarray, targets: np.ndarray, ignore: int = -100
) -> tuple[float, np.ndarray]:
    """Mean loss in nats over the rows that count, and its gradient by the logits.

    logits: (n, classes); targets: (n,) class numbers, or `ignore` (padding, prompts).
    Raises ValueError when no row counts, or a target is no class.
    """
    counts = targets != ignore
    classes = np.where(counts, targets, 0)
    if not counts.any():
        raise ValueError("no row counts: every target is to be ignored")
    # -1 would read the last class.
    if classes.min() < 0 or classes.max() >= logits.shape[1]:
        raise ValueError(f"targets must be 0 to {logits.shape[1] - 1}, or {ignore}")
    rows = np.arange(len(targets))
    logp = log_softmax(logits)
    loss = -logp[rows, classes][counts].mean()
    gradient = np.exp(logp)
    gradient[rows, classes] -= 1  # softmax − one-hot
    return float(loss), gradient * counts[:, None] / counts.sum()


# --8<-- [end:code]
