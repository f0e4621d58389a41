"""Lab: what does pre-training buy? Counting words, frozen pre-trained encoders and a Transformer from random weights.

All learn from the same few or many reviews of the page on BERT and are asked about the same test reviews.
"""

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import norm, t

from snippets.labs.pretraining import methods
from snippets.labs.pretraining.cases import PAIRS
from snippets.labs.pretraining.cost import cost
from snippets.labs.pretraining.data import Reviews, draw, load
from snippets.labs.pretraining.unscaled import answer_unscaled
from snippets.labs.sentence_vectors import embedded, to_traditional
from snippets.labs.steps import kept


@dataclass(frozen=True)
class Settings:
    """The experiment.

    sizes: how many labelled reviews are learnt from, beside all of them. once: from this size on, one draw only.
    most: the largest size for methods that are slow. few: the size of the headline.
    wide: the largest size of all methods, at which they are compared on kinds of reviews.
    traditional: how many test reviews are asked about in traditional characters too.
    steps, validation: how long the Transformer learns at most, and how many validation reviews choose its epoch.
    costed: reviews over which time and memory are taken. limit: fewer reviews altogether, to try it out.
    """

    sizes: tuple[int, ...] = (50, 200, 1000, 5000)
    once: int = 5000
    most: tuple[tuple[str, int], ...] = (("e5", 5000), ("minilm", 5000), ("scratch", 1000))
    wide: int = 1000
    few: int = 200
    seeds: tuple[int, ...] = (1, 2, 3)
    traditional: int = 600
    both: int = 47
    steps: int = 600
    validation: int = 300
    batch: int = 250
    costed: int = 200
    limit: int | None = None


FULL = Settings()
SMALL = Settings(
    sizes=(20, 40),
    once=40,
    most=(("e5", 40), ("minilm", 20), ("scratch", 20)),
    wide=20,
    few=20,
    seeds=(1, 2),
    traditional=8,
    both=4,
    steps=6,
    validation=8,
    batch=60,
    costed=4,
    limit=100,
)
ALL = "all"
ENCODERS = ("e5", "use", "minilm")
TUNED = {"tfidf": "tfidf_tuned", "e5": "e5_tuned", "use": "use_tuned"}  # the same with C chosen
METHODS = ("tfidf", *ENCODERS, "scratch", "together", "e5_raw", *TUNED.values())
SHORT, LONG = 15, 128  # characters
NEGATION = ("不", "没", "无", "未", "别")
TURN = ("但", "不过", "可惜", "虽然", "就是")
OF_A_TRAINING = ("limit", "seeds", "traditional", "both", "steps", "validation")  # settings
SURE = 0.9
NUMBER = re.compile(r"\d{7}")
CASES = 3  # printed of each kind
Asked = dict[str, list[str]]


# --8<-- [start:kinds]
def kinds(text: str) -> set[str]:
    """What is hard about a review; marks that a program can see, so that nobody chooses the examples."""
    found = {"every"}
    if len(text) <= SHORT:
        found.add("short")
    if len(text) > LONG:
        found.add("long")
    if any(mark in text for mark in NEGATION):
        found.add("negation")
    if any(mark in text for mark in TURN):
        found.add("turn")
    return found


# --8<-- [end:kinds]


# --8<-- [start:mean]
def mean(rows: np.ndarray) -> dict:
    """Mean of a score by draw (row) and test text (column), with its 95% interval.

    It allows for both chances: which examples were drawn to learn from (Student's, over the draws; with all examples
    there is no draw), and which texts are in the test. Take differences text by text before.
    """
    draws, texts = rows.shape
    half = norm.ppf(0.975) * rows.mean(axis=0).std(ddof=1) / math.sqrt(texts)
    if draws > 1:
        by_draw = rows.mean(axis=1).std(ddof=1) / math.sqrt(draws)
        half = math.hypot(half, t.ppf(0.975, draws - 1) * by_draw)
    middle = float(rows.mean())
    return {"mean": middle, "interval": [middle - half, middle + half], "runs": draws}


# --8<-- [end:mean]


# --8<-- [start:worth]
def labels_for(accuracy: float, curve: Sequence[tuple[int, float]]) -> float | None:
    """How many labelled examples a method needs for an accuracy, by its (examples, accuracy), rising.

    Between two sizes the accuracy is taken to rise evenly with the logarithm. None: not even with all.
    """
    for (few, low), (many, high) in zip(curve, curve[1:], strict=False):
        if low < accuracy <= high:
            share = (accuracy - low) / (high - low)
            return float(few * (many / few) ** share)
    return None


# --8<-- [end:worth]


def back_again(asked: Asked) -> float:
    """The share of texts in traditional characters that are the same as before once converted back."""
    test = asked["test"]
    before = [test[i] for i in spread(len(test), len(asked["traditional"]))]
    after = to_traditional(asked["traditional"], back=True)
    return sum(map(str.__eq__, before, after)) / len(before)


def spread(length: int, count: int) -> np.ndarray:
    """So many indices at equal distances: a part lies in the order of the files, the negative reviews first."""
    return np.linspace(0, length - 1, count).round().astype(int)


def asked_about(reviews: Reviews, settings: Settings) -> Asked:
    """The texts that every trained method is asked about, by part."""
    test = reviews.texts["test"]
    return {
        "pairs": [text for pairs in PAIRS.values() for pair in pairs for text in pair],
        "both": reviews.both[: settings.both],
        "test": test,
        "traditional": to_traditional([test[i] for i in spread(len(test), settings.traditional)]),
    }


@dataclass(frozen=True)
class Bench:
    """What all methods share: the reviews, what is asked, who learns from what, and where steps are kept.

    draws: indices of training reviews, by size and seed; "all" has one.
    """

    settings: Settings
    folder: Path
    reviews: Reviews
    asked: Asked
    draws: dict[str, list[np.ndarray]]

    @property
    def questions(self) -> list[str]:
        """All texts that are asked about, one part after the other."""
        return [text for texts in self.asked.values() for text in texts]

    def by_part(self, values: Sequence[float]) -> dict[str, list[float]]:
        """Answers to `questions` by part."""
        found, start = {}, 0
        for part, texts in self.asked.items():
            found[part] = list(values[start : start + len(texts)])
            start += len(texts)
        return found

    def step(self, name: str, size: str, number: int, compute: Callable[[], Any]) -> Any:
        """What one training gave, kept."""
        key = f"answers-{name}-{size}-{number}"
        settings = {name: getattr(self.settings, name) for name in OF_A_TRAINING}
        return kept(self.folder, key, compute, settings=settings)

    def rounds(self, name: str) -> Iterator[tuple[str, int, np.ndarray]]:
        """Size, number and rows of each draw that a method learns from."""
        most = dict(self.settings.most).get(name)
        for size, draws in self.draws.items():
            if most is None or (size != ALL and int(size) <= most):
                for number, rows in enumerate(draws):
                    yield size, number, rows

    def tuned(self, name: str, size: str, number: int, *of: object) -> tuple[dict, float] | None:
        """The answers with C chosen, and what was chosen; None where it is not."""
        if name not in TUNED or size == ALL:
            return None
        made = self.step(f"{name}-tuned", size, number, partial(methods.tuned, *of))
        return self.by_part(made["answers"]), made["chosen"]


@dataclass
class Answers:
    """What a method answered, by size, one dictionary a draw; the same with C chosen, and the C; and unscaled."""

    raw: dict[str, list[dict]] = field(default_factory=lambda: defaultdict(list))
    plain: dict[str, list[dict]] = field(default_factory=lambda: defaultdict(list))
    tuned: dict[str, list[dict]] = field(default_factory=lambda: defaultdict(list))
    chosen: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def add_tuned(self, size: str, found: tuple[dict, float] | None) -> None:
        """Take in what `Bench.tuned` gave."""
        if found:
            self.tuned[size].append(found[0])
            self.chosen[size].append(found[1])


def by_counting(bench: Bench) -> Answers:
    """TF-IDF from every draw."""
    found = Answers()
    for size, number, rows in bench.rounds("tfidf"):
        few = [bench.reviews.texts["train"][row] for row in rows]
        of = (few, bench.reviews.labels["train"][rows], bench.questions)
        made = bench.step("tfidf", size, number, partial(methods.answer_by_counting, *of))
        found.plain[size].append(bench.by_part(made))
        found.add_tuned(size, bench.tuned("tfidf", size, number, *of))
    return found


def by_vectors(bench: Bench, name: str) -> tuple[Answers, dict, list[float]]:
    """A frozen encoder from every draw, what its vectors took, and the first numbers of the first vector.

    By those one sees whether a package has changed its model.
    """
    questions, took = [], []
    for part, texts in bench.asked.items():
        if texts:
            vectors, cost = embedded(name, texts, bench.folder, bench.settings.batch)
            questions.append(vectors)
            took += [cost] if part == "test" else []
    questions = np.concatenate(questions)
    train = np.zeros((len(bench.reviews.texts["train"]), questions.shape[1]), dtype=np.float32)
    waiting = np.ones(len(train), dtype=bool)
    found = Answers()
    for size, number, rows in bench.rounds(name):
        # In the order in which they are needed: a run with more sizes goes on from one with fewer.
        if len(new := rows[waiting[rows]]):
            texts = [bench.reviews.texts["train"][row] for row in new]
            train[new], cost = embedded(name, texts, bench.folder, bench.settings.batch)
            took.append(cost)
            waiting[new] = False
        of = (train[rows], bench.reviews.labels["train"][rows], questions)
        answered = bench.step(name, size, number, partial(methods.answer_by_vectors, *of))
        found.plain[size].append(bench.by_part(answered))
        found.add_tuned(size, bench.tuned(name, size, number, *of))
        if name == "e5":
            made = bench.step(f"{name}-raw", size, number, partial(answer_unscaled, *of))
            found.raw[size].append(bench.by_part(made))
    total = {key: sum(one[key] for one in took) for key in took[0]}
    return found, total, np.round(questions[0][:5].astype(float), 3).tolist()


def from_nothing(bench: Bench) -> tuple[Answers, list[dict]]:
    """The page's Transformer from random weights, and how each training went."""
    from snippets.labs.pretraining.scratch import from_scratch  # seconds to import

    settings, reviews = bench.settings, bench.reviews
    validation = spread(len(reviews.texts["validation"]), settings.validation)
    found, trainings = Answers(), []
    for size, number, rows in bench.rounds("scratch"):
        train, chooses = (
            ([reviews.texts[part][i] for i in of], reviews.labels[part][of])
            for part, of in (("train", rows), ("validation", validation))
        )
        compute = partial(
            from_scratch, train, chooses, bench.questions, settings.seeds[number], settings.steps
        )
        made = bench.step("scratch", size, number, compute)
        found.plain[size].append(bench.by_part(made.pop("answers")))
        trainings.append({"size": int(size), **made})
    return found, trainings


def averaged(one: Answers, other: Answers) -> Answers:
    """The mean of two methods' probabilities."""
    found = Answers()
    for size, runs in one.plain.items():
        for mine, its in zip(runs, other.plain.get(size, []), strict=False):
            means = {part: np.mean([mine[part], its[part]], axis=0).tolist() for part in mine}
            found.plain[size].append(means)
    return found


def run(settings: Settings, folder: Path) -> dict:
    """The whole experiment; see `summary` for what comes out."""
    reviews = load(settings.limit)
    asked = asked_about(reviews, settings)
    train = reviews.labels["train"]
    draws = {
        str(size): [draw(train, size, seed) for seed in seeds]
        for size in settings.sizes
        for seeds in [settings.seeds[: 1 if size >= settings.once else None]]
    }
    bench = Bench(settings, folder, reviews, asked, draws | {ALL: [np.arange(len(train))]})
    given, took, probe = {"tfidf": by_counting(bench)}, {}, {}
    for name in ENCODERS:
        given[name], took[name], probe[name] = by_vectors(bench, name)
    given["scratch"], trainings = from_nothing(bench)
    given["together"] = averaged(given["tfidf"], given["e5"])
    of = (settings.costed, settings.wide, settings.limit)
    costs = {
        name: kept(folder, f"cost-{name}", partial(cost, name, *of), settings=of)
        for name in ("none", "tfidf", *ENCODERS, "scratch")
    }
    return {
        "data": {
            "train": len(train),
            "test": len(asked["test"]),
            "validation": settings.validation,
            "traditional": len(asked["traditional"]),
            "both": len(asked["both"]),
            "characters": float(np.median([len(text) for text in reviews.texts["train"]])),
            "back": back_again(asked),
            "pairs": {kind: len(pairs) for kind, pairs in PAIRS.items()},
            "seeds": list(settings.seeds),
            "wide": settings.wide,
            "many": dict(settings.most)["e5"],
            "few": settings.few,
        },
        "cost": costs,
        "embedding": took,
        "probe": probe,
        "trainings": trainings,
        "chosen": {name: dict(given[name].chosen) for name in TUNED},
        **summary(
            {name: one.plain for name, one in given.items()}
            | {TUNED[name]: given[name].tuned for name in TUNED}
            | {"e5_raw": given["e5"].raw},
            reviews,
            asked,
            settings,
        ),
    }


def summary(given: dict, reviews: Reviews, asked: Asked, settings: Settings) -> dict:
    """Accuracies, differences from counting, kinds of reviews, and cases, of what every method answered."""
    labels = reviews.labels["test"]
    right = {
        name: {size: correct([one["test"] for one in runs], labels) for size, runs in sizes.items()}
        for name, sizes in given.items()
    }
    wide = str(settings.wide)
    accuracy = {
        name: {size: mean(rows) for size, rows in sizes.items()} for name, sizes in right.items()
    }
    curve = [
        (len(reviews.texts["train"]) if size == ALL else int(size), one["mean"])
        for size, one in accuracy["tfidf"].items()
    ]
    return {
        "majority": float(max(labels.mean(), 1 - labels.mean())),
        "accuracy": accuracy,
        "against_counting": {
            name: {size: mean(rows - right["tfidf"][size]) for size, rows in sizes.items()}
            for name, sizes in right.items()
            if name != "tfidf"
        },
        "worth": {
            name: {size: labels_for(one["mean"], curve) for size, one in accuracy[name].items()}
            for name in ("e5", "e5_tuned")
        },
        "tuned": {
            size: mean(rows - right["tfidf_tuned"][size])
            for size, rows in right["e5_tuned"].items()
        },
        "kinds": kinds_of(right, asked["test"], wide),
        "traditional": traditional_of(given, right, labels, wide),
        "pairs": pairs_of(given, wide),
        "both": sureness(given, wide),
        "agreement": agreement(given, right, wide),
        "cases": cases(given, right, reviews, asked, wide),
    }


def correct(runs: Sequence[Sequence[float]], labels: np.ndarray) -> np.ndarray:
    """Right or wrong as 1 and 0, by run and text."""
    return ((np.array(runs) > 0.5) == (labels == 1)).astype(float)


def kinds_of(right: dict, texts: Sequence[str], size: str) -> dict:
    """Accuracy by kind of review, and what e5 has over counting."""
    marks = [kinds(text) for text in texts]
    found = {}
    for kind in ("every", "short", "long", "negation", "turn"):
        of = np.array([kind in mark for mark in marks])
        if of.sum() < 2:
            continue
        found[kind] = {"texts": int(of.sum())}
        found[kind] |= {name: mean(right[name][size][:, of]) for name in METHODS}
        for e5, tfidf in (("e5", "tfidf"), ("e5_tuned", "tfidf_tuned")):
            found[kind][f"{e5}_less_{tfidf}"] = mean((right[e5][size] - right[tfidf][size])[:, of])
    return found


def traditional_of(given: dict, right: dict, labels: np.ndarray, size: str) -> dict:
    """The same reviews in traditional characters: accuracy before and after, and the change."""
    found = {}
    for name in METHODS:
        answers = [one["traditional"] for one in given[name][size]]
        of = spread(len(labels), len(answers[0]))
        after = correct(answers, labels[of])
        before = right[name][size][:, of]
        found[name] = {"before": mean(before), "after": mean(after), "change": mean(after - before)}
    return found


def pairs_of(given: dict, size: str) -> dict:
    """Pairs of opposite reviews by kind: how many are told apart, told the same, or told the wrong way round."""
    found: dict[str, dict] = {}
    for name in METHODS:
        start, found[name] = 0, {}
        for kind, pairs in PAIRS.items():
            of = slice(start, start + 2 * len(pairs))
            start = of.stop
            values = np.mean([one["pairs"][of] for one in given[name][size]], axis=0)
            good, bad = values[::2] > 0.5, values[1::2] > 0.5
            found[name][kind] = {
                "right": int((good & ~bad).sum()),
                "same": int((good == bad).sum()),
                "turned": int((~good & bad).sum()),
            }
    return found


def sureness(given: dict, size: str) -> dict:
    """How sure the methods are of reviews that people labelled in both ways, and of the test's: share above `SURE`."""
    found = {}
    for name in METHODS:
        parts = {part: np.array(given[name][size][0][part]) for part in ("both", "test")}
        found[name] = {
            part: float((np.maximum(values, 1 - values) > SURE).mean())
            for part, values in parts.items()
        }
    return found


def agreement(given: dict, right: dict, size: str) -> dict:
    """Counting and e5, C chosen, first draw of a size: how often they agree, how good they are then; what nobody gets right."""
    tfidf, e5 = (
        np.array(given[name][size][0]["test"]) > 0.5 for name in ("tfidf_tuned", "e5_tuned")
    )
    agree = tfidf == e5
    wrong = [right[name][size][0] == 0 for name in TUNED.values()]
    good = right["e5_tuned"][size][0]
    return {
        "share": float(agree.mean()),
        "accuracy": float(good[agree].mean()) if agree.any() else None,
        "e5_where_not": float(good[~agree].mean()) if not agree.all() else None,
        "all_wrong": float(np.logical_and.reduce(wrong).mean()),
        "all_wrong_count": int(np.logical_and.reduce(wrong).sum()),
    }


def cases(given: dict, right: dict, reviews: Reviews, asked: Asked, size: str) -> dict:
    """Test reviews of one kind each that only counting, only e5 or neither gets right: the surest, of 8 to 60 characters."""
    texts, labels = asked["test"], reviews.labels["test"]
    names = ("tfidf_tuned", "e5_tuned")
    tfidf, e5 = (np.array(given[name][size][0]["test"]) for name in names)
    by_tfidf, by_e5 = (right[name][size][0] == 1 for name in names)
    sets = {
        "only_e5": by_e5 & ~by_tfidf,
        "only_tfidf": by_tfidf & ~by_e5,
        "neither": ~by_e5 & ~by_tfidf,
    }
    found = {}
    for name, of in sets.items():
        rows = [
            i
            for i in np.flatnonzero(of)
            if 8 <= len(texts[i]) <= 60 and not NUMBER.search(texts[i])  # somebody's telephone
        ]
        rows.sort(key=lambda i: -abs(e5[i] - 0.5) - abs(tfidf[i] - 0.5))
        found[name] = {
            "count": int(of.sum()),
            "shown": [
                {
                    "text": texts[i],
                    "positive": bool(labels[i]),
                    "tfidf": float(tfidf[i]),
                    "e5": float(e5[i]),
                    "kinds": sorted(kinds(texts[i]) - {"every"}),
                }
                for i in rows[:CASES]
            ],
        }
    return found
