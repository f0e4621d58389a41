"""A system that sees outcomes only of what it lets through, learns from them, and measures itself on them."""

from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from snippets.labs.feedback.data import Split, review_split
from snippets.labs.feedback.learner import accuracy, choose, learn

GOOD = 1


@dataclass(frozen=True)
class Traffic:
    """What arrives. start: labels drawn at random to begin with. arrivals: texts a round. open: share let through.

    late: the last so many rounds are those over which the system's own figures are taken.
    """

    pool: int
    test: int
    start: int
    rounds: int
    arrivals: int
    open: float
    late: int
    limit: int | None = None


@dataclass(frozen=True)
class Mode:
    """How labels come. rule: "top" lets the best share through, "threshold" what is likelier good than not, "control" as
    many at random, "all" sees every outcome. random: share of the rest that is let through whatever its score.
    weighted: outcomes count by the inverse of how likely they were to be seen.
    """

    rule: str
    random: float = 0.0
    weighted: bool = False


def modes(shares: tuple[float, ...]) -> dict[str, Mode]:
    """All ways, by name; shares: of random traffic."""
    found = {"top_0": Mode("top"), "control": Mode("control"), "all": Mode("all")}
    for share in shares:
        name = f"{round(100 * share)}"
        found[f"top_{name}"] = Mode("top", share)
        found[f"weighted_{name}"] = Mode("top", share, True)
    found["threshold_0"] = Mode("threshold")
    return found


# --8<-- [start:seen]
def seen(
    likely: np.ndarray, mode: Mode, open_share: float, random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """What the score lets through, and how likely the outcome of each arrival was to be seen; 0 for never.

    likely: the model's probability that an arrival is good.
    """
    let = np.zeros(len(likely), dtype=bool)
    if mode.rule == "threshold":
        let = likely >= 0.5
    else:
        let[np.argsort(-likely, kind="stable")[: round(open_share * len(likely))]] = True
    if mode.rule == "all":
        return let, np.ones(len(likely))
    if mode.rule == "control":
        chance = np.zeros(len(likely))
        chance[random.permutation(len(likely))[: let.sum()]] = (
            1  # as many as the score lets through
        )
        return let, chance
    return let, np.where(let, 1.0, mode.random)


# --8<-- [end:seen]


def weighted_mean(values: np.ndarray, weights: np.ndarray) -> float:
    """Mean with weights."""
    return float(values @ weights / weights.sum())


def one_way(split: Split, mode: Mode, traffic: Traffic, seed: int) -> dict:
    """All rounds of one way of getting labels: how good the model is, how good it finds itself, and what it lets through."""
    random = np.random.default_rng([seed, 5])
    rows = np.arange(traffic.start)
    weights = np.ones(traffic.start)
    strength, chosen_at = choose(split.features[rows], split.labels[rows]).strength, traffic.start
    model = learn(split.features[rows], split.labels[rows], strength)
    rounds = [quality(model, split)]
    kept = []
    for number in range(traffic.rounds):
        first = traffic.start + number * traffic.arrivals
        new = np.arange(first, first + traffic.arrivals)
        likely = model.predict_proba(split.features[new])[:, 1]
        let, chance = seen(likely, mode, traffic.open, random)
        taken = random.random(len(new)) < chance
        # Its own figure is taken on what it lets through; where outcomes are bought, on those.
        judged = taken if mode.rule in ("control", "all") else let
        right = (likely >= 0.5) == (split.labels[new] == GOOD)
        kept.append(
            {
                "own": right[judged],
                "good": split.labels[new][let] == GOOD,
                "right": right[taken],
                "weights": 1 / chance[taken],
                "extra_bad": int((split.labels[new][taken & ~let] != GOOD).sum()),
                "extra": int((taken & ~let).sum()),
            }
        )
        rows = np.concatenate([rows, new[taken]])
        weights = np.concatenate([weights, 1 / chance[taken]])
        used = weights if mode.weighted else None
        if len(rows) >= 2 * chosen_at or number == traffic.rounds - 1:
            strength = choose(split.features[rows], split.labels[rows], used).strength
            chosen_at = len(rows)
        model = learn(split.features[rows], split.labels[rows], strength, used)
        rounds.append(quality(model, split))
    late = kept[-traffic.late :]
    together = {
        key: np.concatenate([one[key] for one in late])
        for key in ("own", "good", "right", "weights")
    }
    arrived = traffic.rounds * traffic.arrivals
    return {
        "rounds": rounds,
        "own_rounds": [float(one["own"].mean()) if len(one["own"]) else None for one in kept],
        "own": float(together["own"].mean()),
        "good": float(together["good"].mean()),
        # What the same rounds give when each outcome counts by the inverse of its chance to be seen.
        "own_weighted": weighted_mean(together["right"].astype(float), together["weights"]),
        # The truth that both mean to tell: of the models of these rounds, on all texts.
        "true_late": float(np.mean([one["accuracy"] for one in rounds[-traffic.late - 1 : -1]])),
        "labels": len(rows) - traffic.start,
        "extra": 1000 * sum(one["extra"] for one in kept) / arrived,
        "extra_bad": 1000 * sum(one["extra_bad"] for one in kept) / arrived,
        "positive": float((split.labels[rows] == GOOD).mean()),
    }


def quality(model: LogisticRegression, split: Split) -> dict:
    """Accuracy on all test texts, how well it orders them (area under the ROC curve), and good ones in its best 30%."""
    likely = model.predict_proba(split.test)[:, 1]
    best = np.argsort(-likely, kind="stable")[: round(0.3 * len(likely))]
    return {
        "accuracy": accuracy(model, split.test, split.test_labels),
        "order": float(roc_auc_score(split.test_labels, likely)),
        "best": float((split.test_labels[best] == GOOD).mean()),
        "lets": float((likely >= 0.5).mean()),
    }


def measured(traffic: Traffic, shares: tuple[float, ...], seed: int) -> dict:
    """A step: every way of getting labels, on the same arrivals."""
    split = review_split(seed, traffic.pool, traffic.test, None, traffic.limit)
    return {name: one_way(split, mode, traffic, seed) for name, mode in modes(shares).items()}
