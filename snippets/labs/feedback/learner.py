"""The classifier of all parts of the lab: logistic regression, its C chosen within the labels that it has."""

from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from snippets.labs.feedback.data import Features

STRENGTHS = (1.0, 10.0, 100.0)  # values of C, of which one is chosen
FOLDS = 3


@dataclass(frozen=True)
class Chosen:
    """A value of C, and the accuracy that cross-validation gave it within the labels."""

    strength: float
    own: float


def learn(
    features: Features, labels: np.ndarray, strength: float, weights: np.ndarray | None = None
) -> LogisticRegression:
    """Logistic regression. weights: of the examples; they are scaled to a mean of 1, so that C means the same."""
    if weights is not None:
        weights = weights / weights.mean()
    two = len(np.unique(labels)) == 2
    how = {"solver": "liblinear", "dual": True} if two else {"solver": "lbfgs"}
    model = LogisticRegression(C=strength, max_iter=1000, random_state=0, **how)
    return model.fit(features, labels, sample_weight=weights)


# --8<-- [start:choose]
def choose(features: Features, labels: np.ndarray, weights: np.ndarray | None = None) -> Chosen:
    """C by the log loss of cross-validation within the labels, in three folds (two where a class has only two).

    Raises ValueError when a class has a single example.
    """
    weights = np.ones(len(labels)) if weights is None else weights
    classes, of = np.unique(labels, return_inverse=True)
    folds = min(FOLDS, np.bincount(of).min())
    losses, right = np.zeros(len(STRENGTHS)), np.zeros(len(STRENGTHS))
    parts = StratifiedKFold(folds, shuffle=True, random_state=0).split(labels, labels)
    for train, asked in parts:
        for place, strength in enumerate(STRENGTHS):
            model = learn(features[train], labels[train], strength, weights[train])
            likely = model.predict_proba(features[asked])
            true = likely[np.arange(len(asked)), of[asked]]
            losses[place] -= weights[asked] @ np.log(np.clip(true, 1e-6, None))
            right[place] += weights[asked] @ (classes[likely.argmax(1)] == labels[asked])
    best = int(losses.argmin())
    return Chosen(STRENGTHS[best], float(right[best] / weights.sum()))


# --8<-- [end:choose]


def accuracy(model: LogisticRegression, features: Features, labels: np.ndarray) -> float:
    """Share of right answers."""
    return float((model.predict(features) == labels).mean())
