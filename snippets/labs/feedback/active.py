"""Which texts to have labelled: at random, or those that the model asks for."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from sklearn.cluster import MiniBatchKMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from snippets.labs.feedback.data import Features, Split, digit_split, review_split
from snippets.labs.feedback.learner import accuracy, choose, learn

MEMBERS = 5  # of the committee
MOST_UNSURE = 10  # times the batch: of so many the hybrid makes its clusters
RARE = 2  # examples of the rarest class, at least, in the labels that all begin with


@dataclass(frozen=True)
class Study:
    """One comparison. start: labels drawn at random that all begin with. batch: labels asked for at a time.

    sizes: numbers of labels at which is tested; at these C is chosen anew, and it holds until the next. more: further
    sizes for labels at random. wrong: share of the answers that are wrong, the same for all.
    """

    strategies: tuple[str, ...]
    start: int
    batch: int
    sizes: tuple[int, ...]
    more: tuple[int, ...] = ()
    wrong: float = 0.0


@dataclass(frozen=True)
class Pools:
    """Sizes of pool and test. good: share of good reviews, None as in the files. limit: lines read, to try it out."""

    kind: str
    pool: int
    test: int
    good: float | None = None
    limit: int | None = None


# What is asked for next


# --8<-- [start:strategies]
def unsure(model: LogisticRegression, features: Features) -> np.ndarray:
    """How little the likeliest class leads the second: 0 sure, near 1 unsure (margin sampling)."""
    likely = np.sort(model.predict_proba(features), axis=1)
    return 1 - (likely[:, -1] - likely[:, -2])


def margin(asked: "Asked", rest: np.ndarray, count: int) -> np.ndarray:
    """The most unsure."""
    return rest[np.argsort(-unsure(asked.model, asked.pool[rest]), kind="stable")[:count]]


def hybrid(asked: "Asked", rest: np.ndarray, count: int) -> np.ndarray:
    """Of the ten times as many most unsure, made into clusters, the most unsure of each: unsure, and not alike."""
    near = margin(asked, rest, MOST_UNSURE * count)
    clusters = MiniBatchKMeans(count, n_init=1, random_state=asked.seed).fit_predict(
        asked.vectors[near]
    )
    first = np.unique(clusters, return_index=True)[1]  # `near` begins with the most unsure
    spare = np.setdiff1d(np.arange(len(near)), first)[: count - len(first)]  # empty clusters
    return near[np.concatenate([first, spare])]


def committee(asked: "Asked", rest: np.ndarray, count: int) -> np.ndarray:
    """Those on which five models disagree most, each learnt from the labels drawn anew with replacement."""
    votes = np.zeros((len(rest), len(asked.classes)))
    for member in bootstraps(asked.labels, MEMBERS, asked.random):
        model = learn(asked.features[member], asked.labels[member], asked.strength)
        votes[
            np.arange(len(rest)), np.searchsorted(asked.classes, model.predict(asked.pool[rest]))
        ] += 1
    share = votes / MEMBERS
    entropy = -(share * np.log(np.clip(share, 1e-9, None))).sum(axis=1)
    # Where they disagree alike, the most unsure first: five votes leave many ties.
    return rest[np.lexsort((-unsure(asked.model, asked.pool[rest]), -entropy.round(6)))[:count]]


# --8<-- [end:strategies]


def bootstraps(labels: np.ndarray, count: int, random: np.random.Generator) -> list[np.ndarray]:
    """Rows drawn with replacement, so often; each holds all classes but where that fails twenty times."""
    found = []
    for _ in range(count):
        for _ in range(20):
            rows = random.integers(0, len(labels), len(labels))
            if len(np.unique(labels[rows])) == len(np.unique(labels)):
                break
        found.append(rows)
    return found


@dataclass
class Asked:
    """What a strategy knows: the pool, its labels so far, the model learnt from them."""

    pool: Features
    vectors: np.ndarray | None
    features: Features
    labels: np.ndarray
    classes: np.ndarray
    model: LogisticRegression
    strength: float
    seed: int
    random: np.random.Generator


STRATEGIES: dict[str, Callable[[Asked, np.ndarray, int], np.ndarray]] = {
    "margin": margin,
    "hybrid": hybrid,
    "committee": committee,
}


# The experiment


def beginning(labels: np.ndarray, start: int, random: np.random.Generator) -> np.ndarray:
    """All rows in random order; drawn again until the first `start` hold two of each of at least two classes."""
    while True:
        order = random.permutation(len(labels))
        if (np.bincount(labels[order[:start]]) >= RARE).sum() >= 2:
            return order


def wrong_answers(labels: np.ndarray, share: float, random: np.random.Generator) -> np.ndarray:
    """Labels of which a share, picked at random, are another class's."""
    answers, classes = labels.copy(), len(np.unique(labels))
    rows = random.choice(len(labels), round(share * len(labels)), replace=False)
    answers[rows] = (answers[rows] + random.integers(1, classes, len(rows))) % classes
    return answers


def score(model: LogisticRegression, split: Split, rare: bool) -> float:
    """Accuracy; where a class is rare the average precision of finding it, which always saying “none” does not raise."""
    if rare:
        return float(
            average_precision_score(split.test_labels, model.predict_proba(split.test)[:, 1])
        )
    return accuracy(model, split.test, split.test_labels)


def enough(labels: np.ndarray) -> np.ndarray:
    """Rows of the classes that have two examples: one alone cannot be cross-validated."""
    counts = np.bincount(labels)
    return np.flatnonzero(counts[labels] >= RARE)


def follow(
    split: Split, vectors: np.ndarray | None, study: Study, strategy: str, seed: int, rare: bool
) -> list[dict]:
    """One strategy from its first labels to its last: at each size the score, and the accuracy it finds for itself."""
    order = beginning(split.labels, study.start, np.random.default_rng([seed, 1]))
    answers = wrong_answers(split.labels, study.wrong, np.random.default_rng([seed, 2]))
    random = np.random.default_rng([seed, 3])
    sizes = study.sizes + (study.more if strategy == "random" else ())
    have, found, strength = order[: study.start], [], 1.0
    while True:
        if len(have) in sizes:
            usable = have[enough(answers[have])]
            chosen = choose(split.features[usable], answers[usable])
            strength = chosen.strength
        model = learn(split.features[have], answers[have], strength)
        if len(have) in sizes:
            found.append(
                {
                    "size": len(have),
                    "score": score(model, split, rare),
                    "own": chosen.own,
                    "strength": strength,
                    "positive": float((answers[have] == 1).mean()),
                }
            )
        if len(have) >= sizes[-1]:
            return found
        count = min(study.batch, next(size for size in sizes if size > len(have)) - len(have))
        if strategy == "random":
            have = order[: next(size for size in sizes if size > len(have))]
            continue
        rest = np.setdiff1d(np.arange(len(order)), have)
        asked = Asked(
            split.features,
            vectors,
            split.features[have],
            answers[have],
            np.unique(split.labels),
            model,
            strength,
            seed,
            random,
        )
        have = np.concatenate([have, STRATEGIES[strategy](asked, rest, count)])


def measured(pools: Pools, studies: tuple[tuple[str, Study], ...], seed: int) -> dict:
    """A step: all studies on one pool and test."""
    if pools.kind == "digits":
        split = digit_split(seed, pools.pool, pools.test)
    else:
        split = review_split(seed, pools.pool, pools.test, pools.good, pools.limit)
    rare = pools.kind == "rare"
    if rare:  # the complaint is what is looked for
        split = Split(split.features, 1 - split.labels, split.test, 1 - split.test_labels)
    vectors = split.features
    if pools.kind != "digits":
        vectors = TruncatedSVD(32, n_iter=2, random_state=seed).fit_transform(split.features)
    return {
        name: {
            strategy: follow(split, vectors, study, strategy, seed, rare)
            for strategy in study.strategies
        }
        for name, study in studies
    }
