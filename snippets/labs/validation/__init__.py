"""Lab: what does one accuracy on a test set leave out? Probabilities, behaviour, kinds of texts, and what changes later.

Four cheap classifiers of the reviews of the page on BERT, judged in all these ways, over several random splits.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import expit
from scipy.stats import ks_2samp

from snippets.labs.sentence_vectors import to_traditional
from snippets.labs.statistics import mean_interval
from snippets.labs.steps import kept
from snippets.labs.validation import behaviour, drift, texts
from snippets.labs.validation.calibration import (
    CALIBRATORS,
    calibration_error,
    confidence,
    error_by_chance,
    judged,
)
from snippets.labs.validation.drift import ALARMS, FORMS, Pool
from snippets.labs.validation.models import MODELS, Model, fitted
from snippets.labs.validation.texts import Labelled, parts


@dataclass(frozen=True)
class Settings:
    """The experiment.

    train, calibration, test: reviews in the parts that models are judged on. few: labels of a small calibration.
    typos: share of characters in the tests of behaviour. changed: how many test texts are changed. slice: the fewest
    texts of a kind. groups: how often random groups are drawn in place of the kinds. sizes, draws: of test sets on which the calibration error is measured, and how many of each.
    learnt, reference, live, new: reviews of the drift part: to learn from, to compare with, to draw days from, and of
    the topic that comes new. day: requests a day. days, change: of a stream, and the day, from 0, on which it changes.
    slips: share of characters in its typos. quiet: streams without a change that set the thresholds, and as many that
    check them. streams: of each change. allowed: the share of quiet streams that may ring. rules, rule_days: days by
    their number of requests, and how many of each. stated_days: over which stated probabilities are judged in the end.
    """

    seeds: tuple[int, ...] = (1, 2, 3, 4, 5, 6)
    train: int = 8000
    calibration: int = 2000
    few: int = 200
    test: int = 4000
    typos: float = 0.1
    changed: int = 2000
    slice: int = 100
    groups: int = 200
    sizes: tuple[int, ...] = (100, 200, 500, 1000, 4000)
    draws: int = 50
    learnt: int = 4000
    reference: int = 1000
    live: int = 3000
    new: int = 1500
    day: int = 100
    days: int = 30
    change: int = 10
    slips: float = 0.2
    quiet: int = 300
    streams: int = 100
    allowed: float = 0.05
    rules: tuple[int, ...] = (50, 100, 200, 500, 1000)
    rule_days: int = 200
    stated_days: int = 40


FULL = Settings()
SMALL = Settings(
    seeds=(1, 2),
    train=200,
    calibration=80,
    few=40,
    test=100,
    changed=40,
    slice=5,
    groups=5,
    sizes=(50, 100),
    draws=3,
    learnt=150,
    reference=100,
    live=120,
    new=60,
    day=40,
    days=6,
    change=2,
    quiet=8,
    streams=3,
    rules=(50, 100),
    rule_days=4,
    stated_days=3,
)
CHANGES = ("topic", "complaints", "typos", "traditional", "standard", "format")
LAST = 5  # days over which the accuracy in the end is taken
NEW_TOPIC = "hotel"
POSITIVE_LATER = 0.25  # share of good reviews among the complaints
TRADITIONAL_A_DAY, TRADITIONAL_MOST = 0.025, 0.5


def run(settings: Settings, folder: Path) -> dict:
    """The whole experiment: every figure is a mean over the seeds with its interval; see `judge` and `streams_of`."""
    judgements, streams = (
        [
            kept(folder, f"{name}-{seed}", partial(compute, seed, settings), settings=settings)
            for seed in settings.seeds
        ]
        for name, compute in (("judge", judge), ("streams", streams_of))
    )
    return {
        "data": {"reviews": len(texts.reviews().texts), "seeds": list(settings.seeds)},
        **over_seeds(judgements),
        "drift": drifts(streams, settings),
        "rules": over_seeds([one["rules"] for one in streams]),
        "stated": over_seeds([one["stated"] for one in streams]),
    }


def over_seeds(runs: Sequence[Any]) -> Any:
    """Results of the same form, each number as the mean over the runs with its interval; texts are counted.

    A number that a run lacks (None) is left out of the mean; None where fewer than two runs have it.
    """
    first = runs[0]
    if isinstance(first, dict):
        return {key: over_seeds([one[key] for one in runs]) for key in first}
    if isinstance(first, str):
        return {name: runs.count(name) for name in sorted(set(runs))}
    values = [one for one in runs if one is not None]
    return mean_interval(values) if len(values) > 1 else None


# What a model says, and how it behaves


def judge(seed: int, settings: Settings) -> dict:
    """Calibration, behaviour and slices of every model on one split."""
    of = parts(
        texts.reviews(),
        {"train": settings.train, "calibration": settings.calibration, "test": settings.test},
        seed,
    )
    models = {name: fitted(name, of["train"], settings.typos, seed) for name in MODELS}
    test = of["test"]
    some = test.take(np.arange(settings.changed))
    ways = behaviour.changed(some.texts, settings.typos, seed)
    shifted = {"clean": of, "typos": slipped(of, settings, seed), "traditional": converted(of)}
    found: dict = {"calibration": {}, "behaviour": {}, "slices": {}}
    for name, model in models.items():
        scores = model.scores(test.texts)
        found["calibration"][name] = calibrations(model, shifted, settings)
        found["behaviour"][name] = {
            "invariance": behaviour.invariance(model, some, ways),
            "direction": behaviour.direction(model, test, seed),
            "pairs": behaviour.pairs(model),
        }
        right = (scores > 0) == test.labels
        found["slices"][name] = behaviour.by_slice(
            right, test.texts, settings.slice, settings.groups, seed
        )
    found["error_by_size"] = errors_by_size(models["plain"], of, settings, seed)
    found["against_plain"] = {
        name: less(found, name, "plain") for name in MODELS if name != "plain"
    }
    return found


def slipped(of: dict[str, Labelled], settings: Settings, seed: int) -> dict[str, Labelled]:
    """The parts for calibration and test with the typos of the streams."""
    random = np.random.default_rng([seed, 7])
    return {
        part: of[part].as_texts(
            [texts.with_homophones(text, random, settings.slips) for text in of[part].texts]
        )
        for part in ("calibration", "test")
    }


def converted(of: dict[str, Labelled]) -> dict[str, Labelled]:
    """The parts for calibration and test in traditional characters."""
    return {
        part: of[part].as_texts(to_traditional(of[part].texts)) for part in ("calibration", "test")
    }


def calibrations(model: Model, shifted: dict[str, dict], settings: Settings) -> dict:
    """What is said of a model's probabilities: raw, by each calibrator, and where the texts have changed since.

    few: fitted to few labels. training: a temperature fitted to the texts that the model has learnt. again: Platt's line
    fitted to few labels of the changed texts themselves.
    """
    clean = shifted["clean"]
    learn, test = (
        (model.scores(clean[part].texts), clean[part].labels) for part in ("calibration", "test")
    )
    scores, labels = test
    few = (learn[0][: settings.few], learn[1][: settings.few])
    train = (model.scores(clean["train"].texts), clean["train"].labels)
    made = {"none": expit, **{name: fit(*learn) for name, fit in CALIBRATORS.items()}}
    made |= {f"{name}_few": fit(*few) for name, fit in CALIBRATORS.items()}
    made["training"] = CALIBRATORS["temperature"](*train)
    found = {name: judged(calibrate(scores), labels) for name, calibrate in made.items()}
    for one in found.values():
        for key in ("error", "brier", "log_loss", "accuracy"):
            one[f"{key}_change"] = one[key] - found["none"][key]
            one[f"{key}_over_temperature"] = one[key] - found["temperature"][key]
    later = {}
    for name, of in shifted.items():
        if name == "clean":
            continue
        changed = model.scores(of["test"].texts)
        its = (model.scores(of["calibration"].texts[: settings.few]), few[1])
        ways = {key: made[key] for key in ("none", "temperature", "platt", "isotonic")}
        ways["again"] = CALIBRATORS["platt"](*its)
        later[name] = {key: judged(calibrate(changed), labels) for key, calibrate in ways.items()}
        for key, one in later[name].items():
            before = found["platt" if key == "again" else key]
            one["error_over_clean"] = one["error"] - before["error"]
            one["too_sure"] = one["confidence"] - one["accuracy"]
    return {"clean": found, **later}


def errors_by_size(model: Model, of: dict[str, Labelled], settings: Settings, seed: int) -> dict:
    """The calibration error of the plain model after a temperature, by how many texts it is measured on.

    by_chance: that of a perfect model with the same confidences.
    """
    calibrate = CALIBRATORS["temperature"](
        model.scores(of["calibration"].texts), of["calibration"].labels
    )
    probabilities = calibrate(model.scores(of["test"].texts))
    sure, right = confidence(probabilities), (probabilities > 0.5) == of["test"].labels
    random = np.random.default_rng([seed, 8])
    found = {}
    for size in settings.sizes:
        draws = [random.choice(len(sure), size, replace=False) for _ in range(settings.draws)]
        found[str(size)] = {
            "measured": float(np.mean([calibration_error(sure[d], right[d]) for d in draws])),
            "by_chance": float(np.mean([error_by_chance(sure[d], random, 1) for d in draws])),
        }
    return found


def less(found: dict, name: str, other: str) -> dict:
    """What a model has over another: accuracy, errors of calibration, the worst slice, losses by changes of the text."""
    clean = {key: found["calibration"][key]["clean"]["none"] for key in (name, other)}
    ways = {key: found["behaviour"][key]["invariance"] for key in (name, other)}
    return {
        **{key: clean[name][key] - clean[other][key] for key in ("accuracy", "error", "firm")},
        "worst_accuracy": found["slices"][name]["worst_accuracy"]
        - found["slices"][other]["worst_accuracy"],
        "loss": {way: ways[name][way]["loss"] - ways[other][way]["loss"] for way in ways[name]},
        "flips": {way: ways[name][way]["flips"] - ways[other][way]["flips"] for way in ways[name]},
    }


# Streams


@dataclass(frozen=True)
class Source:
    """Everything that days are drawn from, and which rows are what."""

    pool: Pool
    rows: dict[str, np.ndarray]
    watch: drift.Watch
    reference: Pool


def source_of(seed: int, settings: Settings) -> Source:
    """A model that has never seen a hotel, and what it says of all texts that may come in."""
    data = texts.reviews()
    order = np.random.default_rng([seed, 10]).permutation(len(data.texts))
    hotels = [row for row in order if texts.is_about(NEW_TOPIC, data.texts[row])]
    others = [row for row in order if not texts.is_about(NEW_TOPIC, data.texts[row])]
    known = parts(
        data.take(others),
        {"learnt": settings.learnt, "reference": settings.reference, "live": settings.live},
        seed,
    )
    model, live = fitted("plain", known["learnt"]), known["live"]
    random = np.random.default_rng([seed, 11])
    turned = [any(mark in text for mark in texts.TURN) for text in live.texts]
    versions = {
        "live": live,
        "topic": data.take(hotels[: settings.new]),
        "typos": live.as_texts(
            [texts.with_homophones(text, random, settings.slips) for text in live.texts]
        ),
        "traditional": live.as_texts(to_traditional(live.texts)),
        "format": live.as_texts([texts.without_punctuation(text) or text for text in live.texts]),
        "standard": Labelled(live.texts, np.where(turned, 0, live.labels)),
    }
    pools = {
        name: drift.pool(model.scores(of.texts), of.labels, of.texts)
        for name, of in versions.items()
    }
    rows, start = {}, 0
    for name, one in pools.items():
        rows[name] = np.arange(start, start + len(one.scores))
        start += len(one.scores)
    rows |= {kind: rows["live"][live.labels == label] for kind, label in (("good", 1), ("bad", 0))}
    reference = known["reference"]
    of_reference = drift.pool(model.scores(reference.texts), reference.labels, reference.texts)
    return Source(drift.joined(*pools.values()), rows, drift.watch(of_reference), of_reference)


def stated_later(of: Source, settings: Settings, seed: int) -> dict:
    """What the probabilities, after a temperature fitted to the labelled reference, are worth once things have changed.

    For each change as it is in the end: too_sure is mean confidence less accuracy.
    """
    calibrate = CALIBRATORS["temperature"](of.reference.scores, of.reference.labels)
    random, found = np.random.default_rng([seed, 41]), {}
    for name in ("quiet", *CHANGES):
        mix = mixed(of, name, settings)
        days = [mix(settings.days - 1, random)[1] for _ in range(settings.stated_days)]
        rows = np.concatenate(days)
        labels = np.where(of.pool.right[rows], of.pool.scores[rows] > 0, of.pool.scores[rows] <= 0)
        one = judged(calibrate(of.pool.scores[rows]), labels.astype(int))
        found[name] = {
            key: one[key] for key in ("accuracy", "confidence", "error", "firm", "firm_right")
        }
        found[name]["too_sure"] = one["confidence"] - one["accuracy"]
    return found


def mixed(of: Source, name: str, settings: Settings) -> drift.Mix:
    """What a day of a stream consists of: before its change always the same kind, then the change of that name."""
    size = settings.day

    def shares(day: int) -> dict[str, int]:
        later = day - settings.change
        if name == "quiet" or later < 0:
            return {"live": size}
        if name == "topic":
            return {"topic": size // 2, "live": size - size // 2}
        if name == "complaints":
            good = round(POSITIVE_LATER * size)
            return {"good": good, "bad": size - good}
        if name == "traditional":
            few = round(min(TRADITIONAL_MOST, TRADITIONAL_A_DAY * (later + 1)) * size)
            return {"traditional": few, "live": size - few}
        return {name: size}

    def mix(day: int, random: np.random.Generator) -> tuple[Pool, np.ndarray]:
        drawn = [
            random.choice(of.rows[kind], count, replace=False)
            for kind, count in shares(day).items()
        ]
        return of.pool, random.permutation(np.concatenate(drawn))

    return mix


def streams_of(seed: int, settings: Settings) -> dict:
    """For each change and the quiet check: the first day of each alarm in each stream, and accuracy before and after."""
    of = source_of(seed, settings)

    def many(name: str, count: int, number: int) -> tuple[np.ndarray, np.ndarray]:
        made = [
            drift.stream(of.watch, mixed(of, name, settings), settings.days, [seed, number, i])
            for i in range(count)
        ]
        return np.array([daily for daily, _ in made]), np.array([right for _, right in made])

    quiet = many("quiet", settings.quiet, 20)[0]
    usual = quiet.mean(axis=(0, 1)), quiet.std(axis=(0, 1))
    forms: dict[str, Callable[[np.ndarray], np.ndarray]] = {
        "alone": lambda daily: daily,
        "summed": lambda daily: drift.summed(daily, *usual),
    }
    heights = {
        form: drift.thresholds(made(quiet), settings.allowed) for form, made in forms.items()
    }
    found: dict = {
        "rules": rules_of_thumb(of, settings, seed),
        "stated": stated_later(of, settings, seed),
    }
    for number, name in enumerate(("quiet", *CHANGES)):
        count = settings.quiet if name == "quiet" else settings.streams
        daily, accuracy = many(name, count, 21 + number)
        found[name] = {
            "before": float(accuracy[:, : settings.change].mean()),
            "after": float(accuracy[:, -LAST:].mean()),
            "first": {
                form: drift.first_alarm(made(daily), heights[form]).tolist()
                for form, made in forms.items()
            },
        }
        found[name]["fall"] = found[name]["before"] - found[name]["after"]
    return found


def drifts(streams: Sequence[dict], settings: Settings) -> dict:
    """Over all seeds: how far accuracy falls, and by form and alarm which share of streams is caught, and how late.

    For `quiet` found is what chance alone catches in as many days; ever: the share of quiet streams that ever ring; any:
    in which at least one of all alarms of a form does.
    """
    found = {}
    for name in ("quiet", *CHANGES):
        runs = [one[name] for one in streams]
        found[name] = over_seeds([{key: run[key] for key in ("before", "after", "fall")} for run in runs])  # fmt: skip
        found[name]["alarms"] = {
            form: {
                alarm: of_alarm([np.array(run["first"][form])[:, place] for run in runs], settings)
                for place, alarm in enumerate(ALARMS)
            }
            for form in FORMS
        }
    for form in FORMS:
        first = [np.array(one["quiet"]["first"][form]) for one in streams]
        ever = [(days < settings.days).mean(axis=0) for days in first]
        for place, alarm in enumerate(ALARMS):
            of = found["quiet"]["alarms"][form][alarm]
            of["ever"] = mean_interval([float(one[place]) for one in ever])
        found["quiet"]["any"] = found["quiet"].get("any", {}) | {
            form: mean_interval(
                [float((days < settings.days).any(axis=1).mean()) for days in first]
            )
        }
    return found


def of_alarm(first: Sequence[np.ndarray], settings: Settings) -> dict:
    """One alarm in one kind of stream: means over the seeds, and the median delay over all streams."""
    runs = [drift.caught(one, settings.change, settings.days) for one in first]
    middle = drift.caught(np.concatenate(first), settings.change, settings.days)["delay"]
    means = over_seeds([{key: run[key] for key in ("found", "mean_delay")} for run in runs])
    return {**means, "delay": middle}


def rules_of_thumb(of: Source, settings: Settings, seed: int) -> dict:
    """How often usual limits are exceeded on quiet days, by requests a day: PSI above 0.1 and 0.2, KS with p below 0.05."""
    random = np.random.default_rng([seed, 40])
    found = {}
    for size in settings.rules:
        days = [
            expit(of.pool.scores[random.choice(of.rows["live"], size, replace=False)])
            for _ in range(settings.rule_days)
        ]
        height = np.array([drift.psi(day, of.watch.edges, of.watch.shares) for day in days])
        p = np.array([ks_2samp(day, of.watch.scores, method="asymp").pvalue for day in days])
        found[str(size)] = {
            "psi": float(height.mean()),
            "psi_0.1": float((height > 0.1).mean()),
            "psi_0.2": float((height > 0.2).mean()),
            "ks_0.05": float((p < 0.05).mean()),
        }
    return found
