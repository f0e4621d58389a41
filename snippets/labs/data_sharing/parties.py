"""How examples are dealt out to parties: evenly, by class, by number, and with one party that is different."""

from collections.abc import Sequence

import numpy as np

CLASSES = 10


def evenly(labels: np.ndarray, parties: int) -> list[np.ndarray]:
    """Rows for each party: as many for each, the classes in turn as they come."""
    return [np.sort(part) for part in np.array_split(np.arange(len(labels)), parties)]


def by_size(labels: np.ndarray, sizes: Sequence[int]) -> list[np.ndarray]:
    """Rows for parties of these sizes. Raises ValueError when they are not as many as there are labels."""
    if sum(sizes) != len(labels):
        raise ValueError(f"sizes of {sum(sizes)} for {len(labels)} labels")
    return np.split(np.arange(len(labels)), np.cumsum(sizes)[:-1])


# --8<-- [start:split]
def dirichlet(
    labels: np.ndarray, parties: int, alpha: float, seed: int, least: int = 10
) -> list[np.ndarray]:
    """Rows for parties whose shares of each class are drawn from a Dirichlet distribution.

    A small alpha gives a class to few parties. Drawn again until every party has `least` rows. Raises ValueError
    when that takes too long.
    """
    random = np.random.default_rng(seed)
    for _ in range(10_000):
        parts: list[list[np.ndarray]] = [[] for _ in range(parties)]
        for label in np.unique(labels):
            rows = random.permutation(np.flatnonzero(labels == label))
            cuts = np.cumsum(random.dirichlet([alpha] * parties))[:-1] * len(rows)
            for part, own in zip(parts, np.split(rows, cuts.round().astype(int)), strict=True):
                part.append(own)
        found = [np.sort(np.concatenate(part)) for part in parts]
        if min(map(len, found)) >= least:
            return found
    raise ValueError(f"no draw with {least} rows for each of {parties} parties")


def two_classes(labels: np.ndarray, seed: int) -> list[np.ndarray]:
    """Rows for ten parties with two classes each, every class being split between two parties."""
    random = np.random.default_rng(seed)
    order = random.permutation(CLASSES)
    parts: list[list[np.ndarray]] = [[] for _ in range(CLASSES)]
    for place, label in enumerate(order):
        first, second = np.array_split(random.permutation(np.flatnonzero(labels == label)), 2)
        parts[place].append(first)
        parts[(place + 1) % CLASSES].append(second)
    return [np.sort(np.concatenate(part)) for part in parts]


# --8<-- [end:split]


def mix(labels: np.ndarray, classes: int = CLASSES) -> np.ndarray:
    """The share of each class among some labels: (classes,)."""
    return np.bincount(labels, minlength=classes) / len(labels)
