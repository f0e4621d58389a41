"""What an update breaks: answers that the old model had right and the new one, more accurate, has wrong."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import vstack

from snippets.labs.feedback.active import bootstraps
from snippets.labs.feedback.data import Features, review_split
from snippets.labs.feedback.learner import choose, learn

MEMBERS = 10  # of the ensembles
SHARE = 0.5  # of the old model, in the average and in the labels that are distilled


@dataclass(frozen=True)
class Updates:
    """steps: (labels of the old model, labels of the new one, among which the old ones are)."""

    pool: int
    test: int
    steps: tuple[tuple[int, int], ...]
    limit: int | None = None


# --8<-- [start:distilled]
def distilled(
    features: Features, labels: np.ndarray, old: np.ndarray, strength: float, only_right: bool
) -> object:
    """A new model that learns half from the labels and half from what the old model says of the same texts.

    old: the old model's probability of class 1. only_right: it says something only where it was right.
    Logistic regression takes no half labels, so each text stands in twice, once a class, with two weights that make
    one together; half of C goes with twice the rows.
    """
    share = np.full(len(labels), SHARE)
    if only_right:
        share[(old >= 0.5) != (labels == 1)] = 0
    target = (1 - share) * labels + share * old
    both = vstack([features, features]).tocsr()
    classes = np.repeat([1, 0], len(labels))
    return learn(both, classes, strength / 2, np.concatenate([target, 1 - target]))


# --8<-- [end:distilled]


def bagged(
    features: Features, labels: np.ndarray, strength: float, test: Features, seed: int
) -> np.ndarray:
    """Mean probability of ten models, each learnt from the labels drawn anew with replacement."""
    random = np.random.default_rng([seed, 9])
    made = [
        learn(features[rows], labels[rows], strength)
        for rows in bootstraps(labels, MEMBERS, random)
    ]
    return np.mean([model.predict_proba(test)[:, 1] for model in made], axis=0)


def log_odds(likely: np.ndarray) -> np.ndarray:
    """Of probabilities."""
    clipped = np.clip(likely, 1e-9, 1 - 1e-9)
    return np.log(clipped / (1 - clipped))


# --8<-- [start:flips]
def compared(old: np.ndarray, new: np.ndarray, labels: np.ndarray) -> dict:
    """Accuracies, and the shares of all texts that went from right to wrong and from wrong to right."""
    before, after = (old >= 0.5) == labels, (new >= 0.5) == labels
    return {
        "before": float(before.mean()),
        "after": float(after.mean()),
        "broken": float((before & ~after).mean()),
        "mended": float((~before & after).mean()),
        "broken_of_right": float((before & ~after).sum() / before.sum()),
    }


# --8<-- [end:flips]


def measured(updates: Updates, seed: int) -> dict:
    """A step: every update, in every way."""
    split = review_split(seed, updates.pool, updates.test, None, updates.limit)
    found = {}
    for few, many in updates.steps:
        x, y, test = split.features, split.labels, split.test
        strength = choose(x[:few], y[:few]).strength
        model = learn(x[:few], y[:few], strength)
        old = model.predict_proba(test)[:, 1]
        chosen = choose(x[:many], y[:many]).strength
        new = learn(x[:many], y[:many], chosen).predict_proba(test)[:, 1]
        said = model.predict_proba(x[:many])[:, 1]
        other = learn(x[many : many + few], y[many : many + few], strength).predict_proba(test)[
            :, 1
        ]
        soft = {
            name: distilled(x[:many], y[:many], said, chosen, only).predict_proba(test)[:, 1]
            for name, only in (("distilled", False), ("focal", True))
        }
        mean = SHARE * log_odds(old) + (1 - SHARE) * log_odds(new)
        ways = {
            "plain": (old, new),
            "averaged": (old, 1 / (1 + np.exp(-mean))),
            "distilled": (old, soft["distilled"]),
            "focal": (old, soft["focal"]),
            "bagged": (
                bagged(x[:few], y[:few], strength, test, seed),
                bagged(x[:many], y[:many], chosen, test, seed),
            ),
            # No more labels, only other ones: what changes although nothing has got better.
            "other": (old, other),
        }
        found[f"{few}-{many}"] = {
            name: compared(*pair, split.test_labels) for name, pair in ways.items()
        }
    return found
