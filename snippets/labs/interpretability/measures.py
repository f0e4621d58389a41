"""What is measured of an attribution, whoever made it: arrays in, numbers out."""

from collections.abc import Callable, Sequence

import numpy as np
from scipy.stats import rankdata


# --8<-- [start:rank]
def rank_correlation(first: np.ndarray, second: np.ndarray) -> float | None:
    """Spearman's rank correlation, ties sharing their mean rank; None where one of the two is constant."""
    a, b = (rankdata(values) - (len(values) + 1) / 2 for values in (first, second))
    size = np.sqrt((a @ a) * (b @ b))
    return float(a @ b / size) if size else None


def mean_correlation(
    first: np.ndarray, second: np.ndarray, mask: np.ndarray | None = None
) -> float:
    """Mean over images of the rank correlation: of absolute values everywhere, or of signed ones where the mask is.

    Where an attribution is constant there is no order to agree with: 0.
    """
    found = []
    for row, (a, b) in enumerate(zip(first, second, strict=True)):
        if mask is None:
            a, b = np.abs(a).ravel(), np.abs(b).ravel()
        else:
            a, b = a[mask[row]], b[mask[row]]
        found.append(rank_correlation(a, b) or 0.0)
    return float(np.mean(found))


# --8<-- [end:rank]


# --8<-- [start:curve]
def curve(
    predict: Callable[[np.ndarray], np.ndarray],
    inputs: np.ndarray,
    order: Sequence[np.ndarray],
    blank: float,
    steps: int,
    insert: bool,
) -> np.ndarray:
    """Mean probability of the explained class while features are blanked (or put back), the first in the order first.

    predict: (n, features) to the probability of each row's own class. order: for each row the features that may be
    blanked, most important first. Returns steps + 1 means: at 0, 1/steps, …, all of a row's features.
    """
    points = []
    for step in range(steps + 1):
        changed = inputs.copy()
        for row, features in enumerate(order):
            count = round(step / steps * len(features))
            changed[row, features[count:] if insert else features[:count]] = blank
        points.append(float(predict(changed).mean()))
    return np.array(points)


def ordered(scores: np.ndarray, allowed: np.ndarray, seed: int) -> list[np.ndarray]:
    """For each row its allowed features, highest score first; ties in random order. Both of shape (n, features)."""
    random = np.random.default_rng(seed)
    tie = random.random(scores.shape)
    return [
        places[np.lexsort((tie[row, places], -scores[row, places]))]
        for row, places in enumerate(map(np.flatnonzero, allowed))
    ]


# --8<-- [end:curve]


def area(points: np.ndarray) -> float:
    """Mean height of a curve (trapezoids)."""
    return float((points[:-1] + points[1:]).mean() / 2)


# --8<-- [start:alarm]
def alarms(scores: np.ndarray, suspect: np.ndarray, top: int, needed: int) -> np.ndarray:
    """Whether at least `needed` of the `top` strongest features are suspects, row by row.

    scores: (n, features), of which the absolute value counts. suspect: the same shape, true where the planted thing
    is. Ties go against the suspects: an attribution of nothing raises no alarm.
    """
    strength = np.abs(scores)
    found = []
    for values, place in zip(strength, suspect, strict=True):
        first = np.lexsort((place, -values))[:top]
        found.append(place[first].sum() >= needed)
    return np.array(found)


def told_apart(used: float, unused: float) -> float:
    """How often a reader is right who says “shortcut” at an alarm, half the networks using it: 0.5 is chance."""
    return (used + 1 - unused) / 2


# --8<-- [end:alarm]
