"""Real Chinese reviews as rows of characters."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from snippets.labs.memory.model import IGNORED
from snippets.labs.reviews import comparable, read_reviews

EDGE, UNKNOWN, FIRST = (
    0,
    1,
    2,
)  # begins and ends a text; a rare character; the first that stands for itself
SHORT = 15  # characters


@dataclass(frozen=True)
class Texts:
    """Rows of one kind of text. inputs, targets: (texts, context); what is past the end is EDGE and IGNORED."""

    inputs: torch.Tensor
    targets: torch.Tensor

    def batch(self, rows: np.ndarray) -> tuple[torch.Tensor, torch.Tensor]:
        """Some rows, cut to the longest of them."""
        targets = self.targets[rows]
        width = int((targets != IGNORED).sum(1).max())
        return self.inputs[rows, :width], targets[:, :width]

    def __len__(self) -> int:
        return len(self.inputs)


def as_rows(texts: Sequence[str], characters: dict[str, int], context: int) -> Texts:
    """Texts as indices; of a longer one the beginning."""
    inputs = torch.full((len(texts), context), EDGE)
    targets = torch.full((len(texts), context), IGNORED)
    for row, text in enumerate(texts):
        codes = [characters.get(one, UNKNOWN) for one in text[: context - 1]]
        inputs[row, 1 : len(codes) + 1] = torch.tensor(codes)
        targets[row, : len(codes) + 1] = torch.tensor([*codes, EDGE])
    return Texts(inputs, targets)


def different(texts: Sequence[str]) -> list[str]:
    """Texts without their repeats and without empty ones, in their order."""
    first: dict[str, str] = {}
    for text in texts:
        first.setdefault(comparable(text), text.strip())
    return [text for key, text in first.items() if key]


def split(texts: Sequence[str], held_out: int, seed: int = 0) -> dict[str, list[str]]:
    """Different texts at random: `held_out` each to choose on and to test on, the rest to learn from."""
    mixed = [texts[place] for place in np.random.default_rng(seed).permutation(len(texts))]
    return {
        "test": mixed[:held_out],
        "validation": mixed[held_out : 2 * held_out],
        "train": mixed[2 * held_out :],
    }


def vocabulary(texts: Sequence[str], size: int) -> dict[str, int]:
    """The most frequent characters, numbered; `size` counts the two that stand for none."""
    counted = Counter(one for text in texts for one in text)
    common = sorted(counted, key=lambda one: (-counted[one], one))[: size - FIRST]
    return {one: place for place, one in enumerate(common, FIRST)}


def reviews(
    size: int, context: int, held_out: int, limit: int | None = None
) -> dict[str, dict[str, Texts]]:
    """Bad reviews, to learn from first, and good ones, to go on with: each as train, validation and test.

    Characters are those of the bad reviews that are learnt from. limit: so many different ones of either kind.
    """
    read = read_reviews(limit)
    kinds = {"bad": different([one.text for one in read if not one.positive])}
    seen = {comparable(text) for text in kinds["bad"]}
    good = different([one.text for one in read if one.positive])
    kinds["good"] = [text for text in good if comparable(text) not in seen]
    parts = {kind: split(texts, held_out) for kind, texts in kinds.items()}
    characters = vocabulary(parts["bad"]["train"], size)
    return {
        kind: {name: as_rows(texts, characters, context) for name, texts in of.items()}
        for kind, of in parts.items()
    }
