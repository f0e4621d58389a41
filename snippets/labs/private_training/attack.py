"""Membership inference: was this row in the training data? Scores of two attacks, and what they are worth."""

from math import log

import numpy as np
from scipy.stats import beta, norm, rankdata

CONFIDENCE = 0.95


# --8<-- [start:lira]
def likelihood_ratio(confidence: np.ndarray, members: np.ndarray) -> np.ndarray:
    """LiRA: how much likelier each model's answer to a row is, had the model learnt from it. (models, rows)

    confidence: log(p / (1 − p)) of the row's label, (models, rows). members: who learnt from what, same shape.
    Each model is the target once and the others are the shadow models, whose members the attacker chose himself.
    For each row there are two normal distributions, of the shadow models with and without it; with so few models
    their spread is shared by all rows, as Carlini et al. (arXiv 2112.03570) advise. Raises ValueError where a row
    has fewer than two shadow models on one side.
    """
    side = {}
    for name, chosen in (("in", members), ("out", ~members)):
        counts = chosen.sum(0) - chosen  # without the target itself
        if counts.min() < 2:
            raise ValueError("each row needs two shadow models with it and two without it")
        total = np.where(chosen, confidence, 0).sum(0)
        mean = (total - np.where(chosen, confidence, 0)) / counts
        own = np.where(chosen, confidence - total / chosen.sum(0), 0)
        spread = np.sqrt(np.square(own).sum() / (chosen.sum() - confidence.shape[1]))
        side[name] = norm.logpdf(confidence, mean, max(spread, 1e-9))
    return side["in"] - side["out"]


# --8<-- [end:lira]


# --8<-- [start:calibrated]
def calibrated(confidence: np.ndarray) -> np.ndarray:
    """How much surer each model is of a row than the other models are on average, whoever learnt from it.

    Watson et al. (arXiv 2111.08440). It estimates one number a row where LiRA estimates two, which is the better
    choice when noise leaves little difference between models with and without the row. Same shapes as above.
    """
    return confidence - (confidence.sum(0) - confidence) / (len(confidence) - 1)


# --8<-- [end:calibrated]


def area(scores: np.ndarray, members: np.ndarray) -> float:
    """Area under the ROC curve: the chance that a member's score is above a non-member's; ties count half."""
    ranks = rankdata(scores.ravel())
    inside = members.ravel()
    n, m = int(inside.sum()), int((~inside).sum())
    return float((ranks[inside].sum() - n * (n + 1) / 2) / (n * m))


def exact(hits: int, trials: int, confidence: float = CONFIDENCE) -> list[float]:
    """Clopper and Pearson's interval for a share."""
    tail = (1 - confidence) / 2
    low = beta.ppf(tail, hits, trials - hits + 1) if hits else 0.0
    high = beta.ppf(1 - tail, hits + 1, trials - hits) if hits < trials else 1.0
    return [float(low), float(high)]


def share(hits: int, trials: int) -> dict:
    """A share with its exact interval."""
    return {
        "mean": hits / trials,
        "interval": exact(hits, trials),
        "hits": int(hits),
        "trials": int(trials),
    }


# --8<-- [start:rates]
def threshold(outside: np.ndarray, allowed: float) -> float:
    """The score above which no larger share of non-members lies than is allowed."""
    falling = np.sort(outside.ravel())[::-1]
    return float(falling[int(allowed * len(falling))])


def rates(scores: np.ndarray, members: np.ndarray, allowed: float) -> dict:
    """True and false positive rates of the attack whose false positive rate is at most `allowed`."""
    limit = threshold(scores[~members], allowed)
    inside, outside = scores[members] > limit, scores[~members] > limit
    return {
        "tpr": share(int(inside.sum()), inside.size),
        "fpr": share(int(outside.sum()), outside.size),
    }


# --8<-- [end:rates]


# --8<-- [start:bound]
def least_epsilon(scores: np.ndarray, members: np.ndarray, delta: float) -> dict:
    """An ε that the training cannot have kept below, by what the attack achieved; 0 where nothing is shown.

    (ε, δ)-privacy means TPR ≤ e^ε · FPR + δ. The threshold is chosen on the first half of the models, so that TPR
    and FPR of the second half, at the ends of their exact intervals, owe nothing to the choice. Decisions on
    different rows and models are counted as independent.
    """
    half = len(scores) // 2
    tried = np.quantile(scores[:half], np.linspace(0.02, 0.999, 60))
    best = max(
        tried, key=lambda limit: shown(scores[:half], members[:half], limit, delta)["epsilon"]
    )
    return shown(scores[half:], members[half:], float(best), delta)


def shown(scores: np.ndarray, members: np.ndarray, limit: float, delta: float) -> dict:
    """The ε that one threshold shows, by the members that it finds, or by the non-members that it clears."""
    inside, outside = scores[members] > limit, scores[~members] > limit
    hits, alarms = share(int(inside.sum()), inside.size), share(int(outside.sum()), outside.size)
    found = ratio(hits["interval"][0] - delta, alarms["interval"][1])
    cleared = ratio(1 - alarms["interval"][1] - delta, 1 - hits["interval"][0])
    return {"epsilon": max(found, cleared), "tpr": hits, "fpr": alarms}


def ratio(above: float, below: float) -> float:
    """log(above / below), and never less than 0."""
    return max(0.0, log(above / below)) if above > 0 and below > 0 else 0.0


# --8<-- [end:bound]
