"""What a model does when a text is changed, against a random change of the same size."""

from collections.abc import Sequence

import numpy as np

from snippets.labs.sentence_vectors import to_traditional
from snippets.labs.validation import texts as changes
from snippets.labs.validation.models import Model
from snippets.labs.validation.texts import SLICES, Labelled

# What should not change a verdict, and the random change that it is held against (None: there is none).
CONTROLS = {
    "homophones": "random",
    "swaps": "random",
    "gaps": "random",
    "traditional": "random_as_traditional",
    "half_width": None,
    "no_punctuation": None,
    "neutral": None,
    "random": None,
    "random_as_traditional": None,
}


def changed(texts: Sequence[str], share: float, seed: int) -> dict[str, list[str]]:
    """The same texts in every way that should not change a verdict, and with random changes of the same size.

    share: of a text's Chinese characters that are touched where the change is one of characters.
    """
    traditional = to_traditional(texts)

    def each(change: changes.Change, number: int) -> list[str]:
        random = np.random.default_rng([seed, number])
        return [change(text, random) for text in texts]

    random = np.random.default_rng([seed, 9])
    return {
        "homophones": each(lambda text, r: changes.with_homophones(text, r, share), 1),
        "swaps": each(lambda text, r: changes.with_swaps(text, r, share), 2),
        "gaps": each(lambda text, r: changes.with_gaps(text, r, share), 3),
        "traditional": traditional,
        "half_width": [changes.in_half_width(text) for text in texts],
        "no_punctuation": [changes.without_punctuation(text) or text for text in texts],
        "neutral": [text + changes.NEUTRAL for text in texts],
        "random": each(lambda text, r: changes.with_random_characters(text, r, share), 4),
        "random_as_traditional": [
            changes.random_where_changed(text, other, random)
            for text, other in zip(texts, traditional, strict=True)
        ],
    }


def invariance(model: Model, test: Labelled, ways: dict[str, list[str]]) -> dict[str, dict]:
    """For each way: the share of verdicts that change, and how far accuracy falls; both more than by the control too."""
    before = model.scores(test.texts) > 0
    right = (before == test.labels).mean()
    found = {}
    for name, texts in ways.items():
        after = model.scores(texts) > 0
        found[name] = {
            "flips": float((after != before).mean()),
            "loss": float(right - (after == test.labels).mean()),
        }
    for name, control in CONTROLS.items():
        if control:
            for key in ("flips", "loss"):
                found[name][f"{key}_over_random"] = found[name][key] - found[control][key]
    return found


# --8<-- [start:direction]
def direction(model: Model, test: Labelled, seed: int) -> dict[str, dict]:
    """Changes after which the score should fall (or rise): in what share it does, and how many verdicts follow.

    negated: a “not” put into praise in a good review that was called good; negated_random: any character in its place,
    the control. bad_news, good_news: a sentence of blame put behind a good review, of praise behind a bad one.
    """
    scores = model.scores(test.texts)
    praised = [
        i
        for i in np.flatnonzero((test.labels == 1) & (scores > 0))
        if changes.negated(test.texts[i]) is not None
    ]
    random = changes.drawn(np.random.default_rng([seed, 5]), len(praised))
    good, bad = (
        np.flatnonzero((test.labels == label) & ((scores > 0) == label)) for label in (1, 0)
    )
    texts = test.texts
    asked = {
        "negated": (praised, [changes.negated(texts[i]) for i in praised], -1),
        "negated_random": (
            praised,
            [changes.negated(texts[i], by) for i, by in zip(praised, random, strict=True)],
            -1,
        ),  # fmt: skip
        "bad_news": (good, [texts[i] + changes.BAD_NEWS for i in good], -1),
        "good_news": (bad, [texts[i] + changes.GOOD_NEWS for i in bad], 1),
    }
    found = {}
    for name, (rows, after, sign) in asked.items():
        moved = (model.scores(after) - scores[rows]) * sign
        found[name] = {
            "texts": len(rows),
            "as_expected": float((moved > 0).mean()),
            "verdict_follows": float(((moved * sign + scores[rows]) * sign > 0).mean()),
        }
    return found


# --8<-- [end:direction]


def pairs(model: Model) -> dict[str, dict]:
    """Of pairs of short sentences, good and bad: in how many the good one scores higher, and both verdicts are right."""
    found = {}
    for name, of in changes.sentence_pairs().items():
        good, bad = (model.scores([pair[place] for pair in of]) for place in (0, 1))
        found[name] = {
            "pairs": len(of),
            "told_apart": float((good > bad).mean()),
            "both_right": float(((good > 0) & (bad <= 0)).mean()),
        }
    return found


# --8<-- [start:worst]
def by_slice(right: np.ndarray, texts: Sequence[str], least: int, groups: int, seed: int) -> dict:
    """Accuracy by kind of text, the worst kind, and what the worst of random groups of the same sizes would be.

    right: for each text, whether the verdict was. least: kinds with fewer texts are left out. groups: so many times random groups are drawn.
    """
    kinds = [changes.slices(text) for text in texts]
    rows = {name: np.flatnonzero([name in of for of in kinds]) for name in SLICES}
    rows = {name: of for name, of in rows.items() if len(of) >= least}
    accuracy = {name: float(right[of].mean()) for name, of in rows.items()}
    random = np.random.default_rng([seed, 6])
    by_chance = [
        min(right[random.choice(len(right), len(of), replace=False)].mean() for of in rows.values())
        for _ in range(groups)
    ]
    worst = min(accuracy, key=accuracy.get)
    return {
        "texts": {name: len(of) for name, of in rows.items()},
        "accuracy": accuracy,
        "worst": worst,
        "worst_accuracy": accuracy[worst],
        "worst_by_chance": float(np.mean(by_chance)),
        "below_average": float(right.mean() - accuracy[worst]),
        "below_chance": float(np.mean(by_chance) - accuracy[worst]),
    }


# --8<-- [end:worst]
