"""Lab: does collecting feedback improve the model? Which labels to ask for, what a loop does that learns only from what
it let through, who answers, and what an update breaks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from snippets.labs.feedback import active, flips, loop, skew
from snippets.labs.feedback.active import Pools, Study
from snippets.labs.feedback.data import reviews
from snippets.labs.feedback.flips import Updates
from snippets.labs.feedback.loop import Traffic
from snippets.labs.feedback.skew import Users
from snippets.labs.statistics import mean_interval
from snippets.labs.steps import kept

ALL = ("random", "margin", "hybrid", "committee")
NO_COMMITTEE = ("random", "margin", "hybrid")
SIZES = (50, 100, 200, 400, 800)
MORE = (1600, 3200)


@dataclass(frozen=True)
class Settings:
    """The experiment; each part is described where it is defined. drawn: how often seeds are drawn anew for an interval
    of a ratio. end: the number of labels of the headline.
    """

    seeds: tuple[int, ...] = tuple(range(12))
    end: int = 800
    drawn: int = 2000
    pools: tuple[Pools, ...] = (
        Pools("reviews", 8000, 4000),
        Pools("rare", 5000, 3000, 0.95),
        Pools("digits", 3500, 1500),
    )
    reviews: tuple[tuple[str, Study], ...] = (
        ("plain", Study(ALL, 50, 25, SIZES, MORE)),
        ("small", Study(ALL, 10, 10, (10, 20, 50, 100), (200, 400))),
        ("wrong", Study(NO_COMMITTEE, 50, 25, SIZES, MORE, 0.1)),
        ("batch_250", Study(("margin", "hybrid"), 50, 250, (50, 800))),
        ("batch_750", Study(("margin", "hybrid"), 50, 750, (50, 800))),
    )
    rare: tuple[tuple[str, Study], ...] = (
        ("rare", Study(ALL, 100, 25, (100, 200, 400, 800), MORE)),
    )
    digits: tuple[tuple[str, Study], ...] = (("digits", Study(NO_COMMITTEE, 50, 50, SIZES, MORE)),)
    traffic: Traffic = Traffic(8000, 4000, 200, 12, 400, 0.3, 6)
    shares: tuple[float, ...] = (0.01, 0.02, 0.05, 0.1, 0.2)
    users: Users = Users(4000, 3000, 0.8, 0.1, 5, (2, 5, 10), 0.1)
    updates: Updates = Updates(8000, 4000, ((400, 800), (800, 1600), (1600, 3200)))


FULL = Settings()
LINES = 2500
SMALL = Settings(
    seeds=(0, 1),
    end=40,
    drawn=50,
    pools=(
        Pools("reviews", 400, 200, None, LINES),
        Pools("rare", 400, 200, 0.9, LINES),
        Pools("digits", 300, 100),
    ),
    reviews=(
        ("plain", Study(ALL, 20, 10, (20, 40), (80,))),
        ("small", Study(ALL, 10, 10, (10, 20), (40,))),
        ("wrong", Study(NO_COMMITTEE, 20, 10, (20, 40), (80,), 0.1)),
        ("batch_250", Study(("margin", "hybrid"), 20, 20, (20, 40))),
        ("batch_750", Study(("margin", "hybrid"), 20, 20, (20, 40))),
    ),
    rare=(("rare", Study(ALL, 40, 20, (40, 60), (120,))),),
    digits=(("digits", Study(ALL, 20, 20, (20, 40), (80,))),),
    traffic=Traffic(400, 200, 40, 3, 60, 0.3, 2, LINES),
    shares=(0.05, 0.2),
    users=Users(400, 200, 0.8, 0.1, 5, (2, 5, 10), 0.1, LINES),
    updates=Updates(400, 200, ((40, 80),), LINES),
)


# --8<-- [start:worth]
def labels_for(score: float, curve: Sequence[tuple[int, float]]) -> float:
    """How many labels drawn at random reach a score, by their (labels, score).

    A score that falls from one size to the next is taken to stay. Between two sizes it is taken to rise evenly with
    the logarithm of the labels. Infinite when the largest does not reach it.
    """
    sizes, scores = zip(*curve, strict=True)
    if score > max(scores):
        return float("inf")
    rising = [
        place for place in range(len(scores)) if scores[place] > max(scores[:place], default=-1)
    ]
    return float(np.exp(np.interp(score, np.take(scores, rising), np.log(np.take(sizes, rising)))))


def worth(
    scores: np.ndarray, size: int, random: np.ndarray, sizes: Sequence[int], drawn: int
) -> dict:
    """What labels at random a strategy's score at one size is worth, and how many times as many.

    scores: of the strategy, by seed. random: of labels at random, by seed (row) and size (column). The interval holds
    95% of `drawn` repetitions with the seeds drawn anew; where it has no end in the sizes tried, its end is None.
    """
    chance = np.random.default_rng(0)
    draws = chance.integers(0, len(scores), (drawn, len(scores)))
    found = [
        labels_for(scores[rows].mean(), list(zip(sizes, random[rows].mean(axis=0), strict=True)))
        for rows in [np.arange(len(scores)), *draws]
    ]
    low, high = np.quantile(found[1:], [0.025, 0.975], method="closest_observation")
    ends = [float(end) if np.isfinite(end) else None for end in (found[0], low, high)]
    times = [None if end is None else end / size for end in ends]
    return {"labels": ends[0], "interval": ends[1:], "times": times[0], "times_interval": times[1:]}


# --8<-- [end:worth]


def run(settings: Settings, folder: Path) -> dict:
    """The whole experiment: accuracies with 95% intervals over the seeds, differences seed by seed."""
    runs = {
        pools.kind: [
            kept(
                folder,
                f"{pools.kind}-{seed}",
                partial(active.measured, pools, studies, seed),
                settings=[plain_settings(pools, studies), seed],
            )
            for seed in settings.seeds
        ]
        for pools in settings.pools
        for studies in [getattr(settings, pools.kind)]
    }
    parts = {
        "loop": (loop.measured, (settings.traffic, settings.shares)),
        "skew": (skew.measured, (settings.users,)),
        "flips": (flips.measured, (settings.updates,)),
    }
    for name, (measure, of) in parts.items():
        runs[name] = [
            kept(folder, f"{name}-{seed}", partial(measure, *of, seed), settings=[repr(of), seed])
            for seed in settings.seeds
        ]
    studies = {
        name: study
        for kind in ("reviews", "rare", "digits")
        for name, study in getattr(settings, kind)
    }
    by_study = {
        name: [one[name] for one in runs[kind]]
        for kind in ("reviews", "rare", "digits")
        for name, _ in getattr(settings, kind)
    }
    return {
        "data": described(settings) | texts(settings),
        "active": {name: strategies(by_study[name], by_study) for name in studies},
        "worth": {
            name: worths(by_study[name], settings)
            for name, study in studies.items()
            if "random" in study.strategies
        },
        "loop": loop_summary(runs["loop"]),
        "skew": skew_summary(runs["skew"]),
        "flips": flips_summary(runs["flips"]),
    }


def plain_settings(pools: Pools, studies: tuple[tuple[str, Study], ...]) -> str:
    """What a step depends on, in words that JSON holds."""
    return repr((pools, studies))


def texts(settings: Settings) -> dict:
    """How many different reviews there are, and what always guessing the larger class scores."""
    labels = reviews(settings.traffic.limit)[1]
    return {"texts": len(labels), "majority": float(max(labels.mean(), 1 - labels.mean()))}


def described(settings: Settings) -> dict:
    """Sizes that the page names."""
    pools = {one.kind: {"pool": one.pool, "test": one.test} for one in settings.pools}
    traffic, users = settings.traffic, settings.users
    return {
        "seeds": len(settings.seeds),
        "end": settings.end,
        "pools": pools,
        "studies": {
            name: {"start": study.start, "batch": study.batch, "wrong": study.wrong}
            for kind in ("reviews", "rare", "digits")
            for name, study in getattr(settings, kind)
        },
        "traffic": {
            "start": traffic.start,
            "rounds": traffic.rounds,
            "arrivals": traffic.arrivals,
            "open": traffic.open,
            "late": traffic.late,
        },
        "users": {
            "count": users.pool,
            "satisfied": users.satisfied,
            "times": users.times,
            "answers": users.answers,
            "slips": users.slips,
        },
    }


def column(runs: list[dict], strategy: str, size: int, key: str) -> np.ndarray:
    """One figure of a strategy at a size, by seed."""
    return np.array(
        [next(one[key] for one in run[strategy] if one["size"] == size) for run in runs]
    )


def strategies(runs: list[dict], by_study: dict[str, list[dict]]) -> dict:
    """Of one study: score and own accuracy at every size, and the score's lead over labels at random, seed by seed.

    A study without labels at random is compared with those of the plain one, which begin with the same.
    """
    base = runs if "random" in runs[0] else by_study["plain"]
    found = {}
    for strategy, first in runs[0].items():
        found[strategy] = {}
        for size in [one["size"] for one in first]:
            values = column(runs, strategy, size, "score")
            own = column(runs, strategy, size, "own")
            one = {
                "score": mean_interval(values),
                "own": mean_interval(own),
                "own_less_score": mean_interval(own - values),
                "positive": mean_interval(column(runs, strategy, size, "positive")),
            }
            if strategy != "random":
                one["lead"] = mean_interval(values - column(base, "random", size, "score"))
                if strategy != "margin" and "margin" in runs[0]:
                    one["over_margin"] = mean_interval(
                        values - column(runs, "margin", size, "score")
                    )
            found[strategy][str(size)] = one
    return found


def worths(runs: list[dict], settings: Settings) -> dict:
    """Of one study: what each strategy's labels are worth in labels at random."""
    sizes = [one["size"] for one in runs[0]["random"]]
    random = np.array([[one["score"] for one in run["random"]] for run in runs])
    return {
        strategy: {
            str(one["size"]): worth(
                column(runs, strategy, one["size"], "score"),
                one["size"],
                random,
                sizes,
                settings.drawn,
            )
            for one in first[1:]
        }
        for strategy, first in runs[0].items()
        if strategy != "random"
    }


def over(runs: list[dict], key: str) -> dict:
    """Mean and interval of a figure over the seeds."""
    return mean_interval([run[key] for run in runs])


def loop_summary(runs: list[dict]) -> dict:
    """Of each way of getting labels: truth, own figure, what was let through; against the beginning and the control."""
    found = {}
    for name in runs[0]:
        ways, controls = [run[name] for run in runs], [run["control"] for run in runs]
        last = {
            key: np.array([way["rounds"][-1][key] for way in ways])
            for key in ("accuracy", "order", "best", "lets")
        }
        first = {key: np.array([way["rounds"][0][key] for way in ways]) for key in last}
        control = {key: np.array([way["rounds"][-1][key] for way in controls]) for key in last}
        found[name] = {
            "end": {key: mean_interval(values) for key, values in last.items()},
            "gain": {key: mean_interval(last[key] - first[key]) for key in last},
            "against_control": {key: mean_interval(last[key] - control[key]) for key in last},
            "curve": [
                mean_interval([way["rounds"][number]["accuracy"] for way in ways])
                for number in range(len(ways[0]["rounds"]))
            ],
            "own_curve": [
                float(np.mean([value for value in values if value is not None]))
                for values in zip(*(way["own_rounds"] for way in ways), strict=True)
            ],
            "own_less_true": mean_interval([way["own"] - way["true_late"] for way in ways]),
            "weighted_less_true": mean_interval(
                [way["own_weighted"] - way["true_late"] for way in ways]
            ),
            "weighted_off": mean_interval(
                [abs(way["own_weighted"] - way["true_late"]) for way in ways]
            ),
            **{
                key: over(ways, key)
                for key in (
                    "own",
                    "good",
                    "own_weighted",
                    "true_late",
                    "labels",
                    "extra",
                    "extra_bad",
                    "positive",
                )
            },
        }
    found["start"] = {
        key: mean_interval([run["control"]["rounds"][0][key] for run in runs])
        for key in ("accuracy", "order", "best", "lets")
    }
    return found


def skew_summary(runs: list[dict]) -> dict:
    """Of each way of taking feedback: measured satisfaction and the model's figures, and against those who were asked at random."""
    keys = ("answers", "satisfied", "accuracy", "complaints", "order")
    return {
        name: {key: over([run[name] for run in runs], key) for key in keys}
        | {
            "against_asked": {
                key: mean_interval([run[name][key] - run["asked"][key] for run in runs])
                for key in keys[1:]
            }
        }
        for name in runs[0]
    }


def flips_summary(runs: list[dict]) -> dict:
    """Of each update in each way: accuracies, the gain, what broke and what was mended; against the plain update."""
    found = {}
    for step, ways in runs[0].items():
        found[step] = {}
        for name, keys in ways.items():
            of = [run[step][name] for run in runs]
            plain = [run[step]["plain"] for run in runs]
            found[step][name] = {
                **{key: over(of, key) for key in keys},
                "gain": mean_interval([one["after"] - one["before"] for one in of]),
                "against_plain": {
                    key: mean_interval(
                        [one[key] - two[key] for one, two in zip(of, plain, strict=True)]
                    )
                    for key in ("after", "broken", "mended")
                },
            }
    return found
