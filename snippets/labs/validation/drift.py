"""Streams of requests that change on a known day, and alarms that are all allowed the same false alarms."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, vstack
from scipy.special import expit
from sklearn.feature_extraction.text import HashingVectorizer

from snippets.labs.validation.calibration import confidence

BINS = 10
WIDTH = 4096  # numbers to which characters are hashed for the two-sample test
ALARMS = ("psi", "ks", "confidence", "positives", "texts", "labels_20", "labels_100")
FORMS = ("alone", "summed")
SLACK = 0.5  # standard deviations a day that the summed form takes for granted
SMOOTH = 0.5  # characters added to each count of the two-sample test, texts to each bin of PSI


@dataclass(frozen=True)
class Pool:
    """Texts that days are drawn from: score, whether the verdict is right, label, and counts of (hashed) characters."""

    scores: np.ndarray
    right: np.ndarray
    labels: np.ndarray
    characters: csr_matrix


@dataclass(frozen=True)
class Half:
    """Half of some texts: counts of characters by text, each text's length, and how frequent each character is."""

    characters: csr_matrix
    lengths: np.ndarray
    frequencies: np.ndarray

    def scored(self, weights: np.ndarray) -> np.ndarray:
        """The mean weight of each text's characters."""
        return self.characters @ weights / self.lengths


def half(characters: csr_matrix) -> Half:
    """Texts as one half of the two-sample test. `bincount` is ten times faster than sums of a sparse matrix."""
    rows = np.repeat(np.arange(characters.shape[0]), np.diff(characters.indptr))
    lengths = np.bincount(rows, weights=characters.data, minlength=characters.shape[0])
    counts = np.bincount(characters.indices, weights=characters.data, minlength=WIDTH) + SMOOTH
    return Half(characters, np.maximum(lengths, 1), counts / counts.sum())


def pool(scores: np.ndarray, labels: np.ndarray, texts: list[str]) -> Pool:
    """A pool from what a model says of texts. Single characters are counted, known to the model or not."""
    hashed = HashingVectorizer(
        analyzer="char", ngram_range=(1, 1), n_features=WIDTH, norm=None, alternate_sign=False
    )
    return Pool(scores, (scores > 0) == labels, labels, hashed.transform(texts).astype(np.float32))


def joined(*pools: Pool) -> Pool:
    """Several pools as one."""
    return Pool(
        np.concatenate([one.scores for one in pools]),
        np.concatenate([one.right for one in pools]),
        np.concatenate([one.labels for one in pools]),
        vstack([one.characters for one in pools]).tocsr(),
    )


# --8<-- [start:statistics]
def psi(day: np.ndarray, edges: np.ndarray, reference: np.ndarray) -> float:
    """Population stability index of a day's scores: Σ (p − q) · ln(p / q) over the tenths of the reference's scores.

    Half a text is added to each bin, for an empty one would count infinitely.
    """
    counts = np.bincount(np.searchsorted(edges, day), minlength=BINS) + SMOOTH
    p, q = counts / counts.sum(), reference
    return float(((p - q) * np.log(p / q)).sum())


def ks(day: np.ndarray, reference: np.ndarray) -> float:
    """Kolmogorov and Smirnov's distance of two samples; the reference is sorted."""
    both = np.concatenate([day, reference])
    below_day = np.searchsorted(np.sort(day), both, side="right") / len(day)
    below_reference = np.searchsorted(reference, both, side="right") / len(reference)
    return float(np.abs(below_day - below_reference).max())


def told_apart(day: csr_matrix, reference: tuple[Half, Half]) -> float:
    """How well a classifier tells a day's texts from earlier ones: the area under its ROC curve, 0.5 if not at all.

    Naive Bayes on characters learns from one half of both and is asked about the other, then the other way about.
    The rows are in random order.
    """
    areas = []
    for learnt, asked in ((0, 1), (1, 0)):
        mine = half(day[learnt::2]).frequencies
        weights = np.log(mine) - np.log(reference[learnt].frequencies)
        new, old = half(day[asked::2]).scored(weights), np.sort(reference[asked].scored(weights))
        below = np.searchsorted(old, new, "left") + np.searchsorted(old, new, "right")
        areas.append(below.sum() / 2 / len(new) / len(old))
    return float(np.mean(areas))


# --8<-- [end:statistics]


@dataclass(frozen=True)
class Watch:
    """What the alarms compare a day with: the scores of the reference, sorted, its bins, and its texts."""

    scores: np.ndarray
    edges: np.ndarray
    shares: np.ndarray
    confidence: float
    positives: float
    halves: tuple[Half, Half]


def watch(reference: Pool) -> Watch:
    """A watch over one reference."""
    probabilities = expit(reference.scores)
    ordered = np.sort(probabilities)
    edges = np.quantile(ordered, np.linspace(0, 1, BINS + 1)[1:-1])
    counts = np.bincount(np.searchsorted(edges, ordered), minlength=BINS) + SMOOTH
    return Watch(
        ordered,
        edges,
        counts / counts.sum(),
        float(confidence(probabilities).mean()),
        float((reference.scores > 0).mean()),
        (half(reference.characters[0::2]), half(reference.characters[1::2])),
    )


def statistics(
    of: Watch, source: Pool, rows: np.ndarray, random: np.random.Generator
) -> list[float]:
    """What each alarm measures on one day, in the order of ALARMS; the higher, the more suspicious.

    Counts get a random part of less than one text, so that a threshold between two counts is possible.
    """
    probabilities = expit(source.scores[rows])
    wrong = 1.0 - source.right[rows]
    few = wrong[:20]
    tie = random.random(3)
    return [
        psi(probabilities, of.edges, of.shares),
        ks(probabilities, of.scores),
        abs(float(confidence(probabilities).mean()) - of.confidence),
        abs(float((source.scores[rows] > 0).mean() + (tie[0] - 0.5) / len(rows)) - of.positives),
        told_apart(source.characters[rows], of.halves),
        float((few.sum() + tie[1]) / len(few)),
        float((wrong.sum() + tie[2]) / len(rows)),
    ]


Mix = Callable[[int, np.random.Generator], tuple[Pool, np.ndarray]]


def stream(of: Watch, mix: Mix, days: int, seed: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """One stream: what each alarm measures (day by alarm), and each day's accuracy.

    mix: for a day, from 0, the pool and the rows that it consists of, in random order.
    """
    random = np.random.default_rng(seed)
    rows, accuracy = [], []
    for day in range(days):
        source, drawn = mix(day, random)
        rows.append(statistics(of, source, drawn, random))
        accuracy.append(source.right[drawn].mean())
    return np.array(rows), np.array(accuracy)


# --8<-- [start:summed]
def summed(daily: np.ndarray, mean: np.ndarray, deviation: np.ndarray) -> np.ndarray:
    """CUSUM of each alarm (stream, day, alarm): what lies above usual is added up, and never falls below zero."""
    level, found = np.zeros_like(daily[:, 0]), np.empty_like(daily)
    for day in range(daily.shape[1]):
        level = np.maximum(0, level + (daily[:, day] - mean) / deviation - SLACK)
        found[:, day] = level
    return found


def thresholds(quiet: np.ndarray, allowed: float) -> np.ndarray:
    """For each alarm the height that so small a share of the quiet streams ever exceeds."""
    return np.quantile(quiet.max(axis=1), 1 - allowed, axis=0)


def first_alarm(daily: np.ndarray, height: np.ndarray) -> np.ndarray:
    """The first day, from 0, on which each stream exceeds the height, by alarm; as many as there are days for never."""
    over = daily > height
    return np.where(over.any(axis=1), over.argmax(axis=1), daily.shape[1])


# --8<-- [end:summed]


def caught(first: np.ndarray, change: int, days: int) -> dict:
    """Of streams that were quiet until the change: the share with an alarm after it, and its delay in days (from 1).

    first: the first day of alarm of each stream. delay: the day by which half of the streams have rung, None when they never
    do; mean_delay counts a stream without an alarm with all the days.
    """
    later = first[first >= change] - change + 1
    most = days - change
    if not len(later):
        return {"early": 1.0, "found": 0.0, "delay": None, "mean_delay": float(most)}
    middle = float(np.quantile(later, 0.5, method="lower"))
    return {
        "early": float((first < change).mean()),
        "found": float((later <= most).mean()),
        "delay": middle if middle <= most else None,
        "mean_delay": float(np.minimum(later, most).mean()),
    }
