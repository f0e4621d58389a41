"""Are the stated probabilities true? Errors of calibration, what chance alone makes of them, and five ways to mend them.

Everywhere `scores` are logarithms of the odds that a text is positive, `labels` 1 or 0, `probabilities` of positive.
"""

from collections.abc import Callable

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import expit
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

BINS = 10
EDGE = 1e-6  # probabilities are kept this far from 0 and 1, or one error would cost infinitely much
Calibrator = Callable[[np.ndarray], np.ndarray]


def confidence(probabilities: np.ndarray) -> np.ndarray:
    """How sure a verdict is: the probability of the class that was chosen."""
    return np.maximum(probabilities, 1 - probabilities)


# --8<-- [start:ece]
def calibration_error(
    sure: np.ndarray, right: np.ndarray, bins: int = BINS, equal: str = "counts"
) -> float:
    """Expected calibration error: by how much confidence and accuracy differ, on average over bins of similar confidence.

    equal: "counts" for bins that hold as many texts each, "widths" for bins as wide each, from 0.5 to 1.
    """
    if equal == "counts":
        groups = np.array_split(np.argsort(sure, kind="stable"), bins)
    else:
        which = np.minimum(((sure - 0.5) * 2 * bins).astype(int), bins - 1)
        groups = [np.flatnonzero(which == number) for number in range(bins)]
    apart = sum(abs(sure[group].sum() - right[group].sum()) for group in groups if len(group))
    return float(apart / len(sure))


def error_by_chance(
    sure: np.ndarray, random: np.random.Generator, times: int, **of: object
) -> float:
    """The calibration error of a perfect model with these confidences: its verdicts are right just as often as it says."""
    tries = [calibration_error(sure, random.random(len(sure)) < sure, **of) for _ in range(times)]
    return float(np.mean(tries))


# --8<-- [end:ece]


def log_loss(probabilities: np.ndarray, labels: np.ndarray) -> float:
    """Mean negative log-likelihood, with probabilities kept off 0 and 1."""
    given = np.clip(np.where(labels == 1, probabilities, 1 - probabilities), EDGE, 1)
    return float(-np.log(given).mean())


def judged(probabilities: np.ndarray, labels: np.ndarray) -> dict:
    """All that is said of stated probabilities."""
    sure, right = confidence(probabilities), (probabilities > 0.5) == labels
    firm = sure >= 0.9
    return {
        "accuracy": float(right.mean()),
        "confidence": float(sure.mean()),
        "error": calibration_error(sure, right),
        "error_widths": calibration_error(sure, right, equal="widths"),
        "brier": float(((probabilities - labels) ** 2).mean()),
        "log_loss": log_loss(probabilities, labels),
        "firm": float(firm.mean()),
        "firm_right": float(right[firm].mean()) if firm.any() else None,
        "certain": int((sure > 1 - EDGE).sum()),
        "certain_wrong": int((sure > 1 - EDGE)[~right].sum()),
    }


# --8<-- [start:calibrators]
def by_temperature(scores: np.ndarray, labels: np.ndarray) -> Calibrator:
    """Divide all scores by one number, the one that makes the labels most likely. No verdict changes."""

    def loss(log_temperature: float) -> float:
        return log_loss(expit(scores / np.exp(log_temperature)), labels)

    temperature = np.exp(minimize_scalar(loss, bounds=(-5, 5), method="bounded").x)
    return lambda new: expit(new / temperature)


def by_platt(scores: np.ndarray, labels: np.ndarray) -> Calibrator:
    """Logistic regression on the score alone: a factor and a shift."""
    scale = scores.std() or 1.0
    line = LogisticRegression(C=np.inf).fit(scores[:, None] / scale, labels)
    return lambda new: line.predict_proba(new[:, None] / scale)[:, 1]


def by_isotonic(scores: np.ndarray, labels: np.ndarray) -> Calibrator:
    """Any curve that never falls: scikit-learn's isotonic regression."""
    curve = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(scores, labels)
    return curve.predict


def by_histogram(scores: np.ndarray, labels: np.ndarray) -> Calibrator:
    """The share of positive texts in each tenth of the scores."""
    edges = np.quantile(scores, np.linspace(0, 1, BINS + 1)[1:-1])
    which = np.digitize(scores, edges)
    shares = np.array(
        [
            labels[which == number].mean() if (which == number).any() else 0.5
            for number in range(BINS)
        ]
    )
    return lambda new: shares[np.digitize(new, edges)]


# --8<-- [end:calibrators]
CALIBRATORS = {
    "temperature": by_temperature,
    "platt": by_platt,
    "isotonic": by_isotonic,
    "histogram": by_histogram,
}
