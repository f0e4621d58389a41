"""Logistic regression on vectors as they are: what standardising does, seen beside the other classifiers."""

import numpy as np
from sklearn.linear_model import LogisticRegression

from snippets.labs.pretraining.methods import answers


def answer_unscaled(vectors: np.ndarray, labels: np.ndarray, asked: np.ndarray) -> list[float]:
    """A step: how likely each text asked about is positive, with C = 1 and the vectors not standardised."""
    model = LogisticRegression(max_iter=1000).fit(vectors, labels)
    return answers(model.predict_proba(asked)[:, 1])
