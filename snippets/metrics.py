"""How good a classifier is, beyond one number."""

from collections.abc import Sequence

import numpy as np
from scipy.stats import binomtest
from sklearn.metrics import (
    confusion_matrix,
    log_loss,
    precision_recall_fscore_support,
    roc_auc_score,
)


def accuracy_interval(correct: int, total: int, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson's score interval for a proportion.

    Source: E. B. Wilson, Journal of the American Statistical Association 22 (1927), 209-212,
    as scipy computes it. It says how far the accuracy may be off because the test set is finite;
    it does not say how much another seed would change. Raises ValueError when total is 0.
    """
    interval = binomtest(correct, total).proportion_ci(confidence, method="wilson")
    return float(interval.low), float(interval.high)


def evaluate(labels: np.ndarray, probabilities: np.ndarray, names: Sequence[str]) -> dict:
    """Score predictions.

    labels: integers of shape (n,), from 0 to k - 1. probabilities: shape (n, k), rows that sum to 1.
    names: one for each class. Returns plain numbers, ready for JSON; rows of `confusion` are true
    classes and columns predicted ones. Raises ValueError when shapes do not fit.
    """
    labels, probabilities = np.asarray(labels), np.asarray(probabilities, dtype=np.float64)
    if probabilities.shape != (len(labels), len(names)):
        raise ValueError(
            f"{len(labels)} labels and {len(names)} classes need probabilities of that shape, "
            f"not {probabilities.shape}"
        )
    # Single precision leaves sums such as 0.9999999; scikit-learn wants them exact.
    probabilities = probabilities / probabilities.sum(axis=1, keepdims=True)
    classes = np.arange(len(names))
    predicted = probabilities.argmax(axis=1)
    correct = int((predicted == labels).sum())
    precision, recall, f1, support = precision_recall_fscore_support(
        labels, predicted, labels=classes, zero_division=0
    )
    result = {
        "examples": len(labels),
        "correct": correct,
        "accuracy": correct / len(labels),
        "interval": list(accuracy_interval(correct, len(labels))),
        "macro_f1": float(f1.mean()),
        "log_loss": float(log_loss(labels, probabilities, labels=classes)),
        "confusion": confusion_matrix(labels, predicted, labels=classes).tolist(),
        "per_class": [
            {
                "name": name,
                "precision": float(p),
                "recall": float(r),
                "f1": float(f),
                "examples": int(n),
            }
            for name, p, r, f, n in zip(names, precision, recall, f1, support, strict=True)
        ],
    }
    if len(names) == 2 and len(np.unique(labels)) == 2:
        result["roc_auc"] = float(roc_auc_score(labels, probabilities[:, 1]))
    return result
