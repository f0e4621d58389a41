"""Lab: does an attribution explain the network? Digits and Chinese reviews, other weights, blanking, planted shortcuts."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from snippets.labs.interpretability import pictures, texts
from snippets.labs.interpretability.attributions import Effort
from snippets.labs.interpretability.measures import area
from snippets.labs.pretraining.data import load
from snippets.labs.statistics import mean_interval
from snippets.labs.steps import kept


@dataclass(frozen=True)
class Settings:
    """The experiment.

    train: digits to learn from, in every round others are tested on. explained: test digits that are explained.
    epochs_by_heart: for the labels that were shuffled. references: training digits that GradientSHAP starts from.
    tested: test digits of a round at most. steps: points of the curves. sum_epochs: of the plain sum, which learns slowly.
    reviews: reviews to learn from; as many others teach the simulated reader.
    shortest: characters of a review that is explained. samples: of KernelSHAP. phrase_share: of the good reviews.
    seen, read: characters that the simulated reader sees, and of how many reviews. limit: fewer reviews altogether.
    """

    rounds: int = 5
    train: int = 1000
    explained: int = 50
    tested: int = 5000
    epochs: int = 8
    epochs_by_heart: int = 60
    references: int = 50
    effort: Effort = Effort()
    steps: int = 20
    pictured: int = 3
    text_rounds: int = 5
    reviews: int = 4000
    width: int = 32
    text_epochs: int = 5
    sum_epochs: int = 20
    text_steps: int = 32
    explained_reviews: int = 100
    shortest: int = 12
    samples: tuple[int, ...] = (25, 400)
    sampled_reviews: int = 20
    phrase_share: float = 0.3
    seen: int = 5
    read: int = 600
    limit: int | None = None
    seed: int = 1  # 0 was used while the settings were being tried


FULL = Settings()
SMALL = Settings(
    rounds=2,
    train=100,
    explained=3,
    tested=60,
    epochs=2,
    epochs_by_heart=2,
    references=3,
    effort=Effort(steps=3, samples=3, stride=4),
    steps=2,
    pictured=2,
    text_rounds=2,
    reviews=100,
    width=8,
    text_epochs=2,
    sum_epochs=2,
    text_steps=4,
    explained_reviews=6,
    samples=(5, 20),
    sampled_reviews=2,
    read=20,
    limit=400,
)


def summary(rounds: Sequence[dict]) -> dict:
    """Means with intervals of what every round measured, at the same place in the result."""
    first = rounds[0]
    if isinstance(first, dict):
        return {name: summary([one[name] for one in rounds]) for name in first}
    return mean_interval(rounds)


def difference(first: Sequence[float], second: Sequence[float]) -> dict:
    """Mean difference, round by round, with its interval."""
    return mean_interval([a - b for a, b in zip(first, second, strict=True)])


def other_weights(rounds: Sequence[dict], kind: str | None, last: str) -> dict:
    """For each method: how far it agrees less with a network that learnt nothing than with one that learnt the same."""
    found = {}
    for method in rounds[0]["correlation"]:
        ones = [r["correlation"][method] for r in rounds]
        ones = [one[kind] for one in ones] if kind else ones
        found[method] = difference([one["seed"] for one in ones], [one[last] for one in ones])
    return found


# --8<-- [start:lead]
def leads(rounds: Sequence[dict], methods: Sequence[str], controls: Sequence[str]) -> dict:
    """How much better each method orders the features than each control: areas under the curves, round by round.

    Of deletion a smaller area is better, of insertion a larger one; the lead is positive where the method is better.
    “fresh” and “seed” are the same method on the random network and on the one trained with another seed.
    """
    found = {}
    for method in methods:
        for kind, sign in (("deletion", -1), ("insertion", 1)):
            for control in controls:
                name = f"{method}_{control}" if control in ("fresh", "seed") else control
                own, other = (
                    [sign * area(np.array(r["curves"][which][kind])) for r in rounds]
                    for which in (method, name)
                )
                found.setdefault(method, {}).setdefault(kind, {})[control] = difference(own, other)
    return found


# --8<-- [end:lead]


def mean_curves(rounds: Sequence[dict]) -> dict:
    """For each order the mean curves, and the area under them with its interval."""
    return {
        name: {
            kind: {
                "points": np.mean([r["curves"][name][kind] for r in rounds], axis=0).tolist(),
                "area": mean_interval([area(np.array(r["curves"][name][kind])) for r in rounds]),
            }
            for kind in ("deletion", "insertion")
        }
        for name in rounds[0]["curves"]
    }


def without(one: dict, *names: str) -> dict:
    """A dictionary without some of its entries."""
    return {name: value for name, value in one.items() if name not in names}


def shortcut_leads(rounds: Sequence[dict], pairs: Sequence[tuple[str, str]]) -> dict:
    """For each method: alarms where the shortcut is used, less alarms where it is not, round by round."""
    return {
        method: {
            used: difference(
                [r["alarms"][method][used] for r in rounds],
                [r["alarms"][method][unused] for r in rounds],
            )
            for used, unused in pairs
        }
        for method in rounds[0]["alarms"]
    }


def reader_leads(rounds: Sequence[dict]) -> dict:
    """How much oftener the simulated reader guesses the network's answer from a method's characters than from others."""
    return {
        method: {
            control: {
                which: difference(
                    *([r["reader"][name][which] for r in rounds] for name in (method, control))
                )
                for which in ("all", "mistakes")
            }
            for control in ("random", "fresh", "own", "whole")
        }
        for method in texts.METHODS
    }


def run(settings: Settings, folder: Path) -> dict:
    """The whole experiment, three kinds of steps; see `summary` for what comes out."""
    torch.set_num_threads(1)
    digits = [
        kept(folder, f"digits-{n}", lambda n=n: pictures.compared(settings, n), settings=settings)
        for n in range(settings.rounds)
    ]
    marks = [
        kept(folder, f"mark-{n}", lambda n=n: pictures.shortcut(settings, n), settings=settings)
        for n in range(settings.rounds)
    ]
    reviews = load(settings.limit)
    words = [
        kept(
            folder,
            f"reviews-{n}",
            lambda n=n: texts.one_round(settings, n, reviews),
            settings=settings,
        )
        for n in range(settings.text_rounds)
    ]
    return {
        "data": {
            "rounds": settings.rounds,
            "train": settings.train,
            "explained": settings.explained,
            "reviews": settings.reviews,
            "explained_reviews": settings.explained_reviews,
            "text_rounds": settings.text_rounds,
            "test_reviews": len(reviews.texts["test"]),
            "samples": list(settings.samples),
            "seen": settings.seen,
        },
        "digits": {
            **summary([without(r, "curves", "example") for r in digits]),
            "curves": mean_curves(digits),
            "reacts": {kind: other_weights(digits, kind, "fresh_4") for kind in ("picture", "ink")},
            "leads": leads(
                digits,
                pictures.METHODS,
                ("random", "brightness", "edges", "fresh", "seed"),
            ),
            "example": digits[0]["example"],
        },
        "mark": {
            **summary(marks),
            "leads": shortcut_leads(marks, (("used", "unused"), ("absent", "absent_unused"))),
        },
        "texts": {
            **summary([without(r, "curves") for r in words]),
            "curves": mean_curves(words),
            "reacts": other_weights(words, None, "fresh"),
            "leads": leads(words, texts.METHODS, ("random", "rare", "sum", "fresh", "seed")),
            "phrase_leads": shortcut_leads([r["phrase"] for r in words], (("used", "unused"),)),
            "sum_less_network": difference(
                *([r["accuracy"][name] for r in words] for name in ("sum", "trained"))
            ),
            "reader_leads": reader_leads(words),
        },
    }
