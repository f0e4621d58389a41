"""Who answers a request for feedback: the dissatisfied more often, and some press the wrong thumb."""

from dataclasses import dataclass

import numpy as np
from sklearn.metrics import roc_auc_score

from snippets.labs.feedback.data import review_split
from snippets.labs.feedback.learner import choose, learn


@dataclass(frozen=True)
class Users:
    """satisfied: their true share. answers: share of the satisfied that answer. times: how many times as likely the
    others are. guesses: what one takes that to be. slips: share of the answers that are the wrong thumb.
    """

    pool: int
    test: int
    satisfied: float
    answers: float
    times: float
    guesses: tuple[float, ...]
    slips: float
    limit: int | None = None


# --8<-- [start:feedback]
def who_answers(satisfied: np.ndarray, users: Users, random: np.random.Generator) -> np.ndarray:
    """Rows of the users that answer."""
    chance = np.where(satisfied == 1, users.answers, users.answers * users.times)
    return np.flatnonzero(random.random(len(satisfied)) < chance)


def counted(answers: np.ndarray, times: float) -> np.ndarray:
    """Weights that undo it, if the dissatisfied answer so many times as often."""
    return np.where(answers == 1, times, 1.0)


# --8<-- [end:feedback]


def measured(users: Users, seed: int) -> dict:
    """A step: measured satisfaction, and the model learnt from the feedback, for each way of taking it."""
    split = review_split(seed, users.pool, users.test, users.satisfied, users.limit)
    random = np.random.default_rng([seed, 7])
    some = who_answers(split.labels, users, random)
    asked = random.permutation(len(split.labels))[: len(some)]
    slipped = split.labels[some].copy()
    wrong = random.choice(len(some), round(users.slips * len(some)), replace=False)
    slipped[wrong] = 1 - slipped[wrong]
    ways = {
        "asked": (asked, split.labels[asked], None),
        "raw": (some, split.labels[some], None),
        "slips": (some, slipped, None),
    } | {
        f"weighted_{guess:g}": (some, split.labels[some], counted(split.labels[some], guess))
        for guess in users.guesses
    }
    found = {}
    for name, (rows, answers, weights) in ways.items():
        strength = choose(split.features[rows], answers, weights).strength
        model = learn(split.features[rows], answers, strength, weights)
        guessed = model.predict(split.test)
        true = split.test_labels
        found[name] = {
            "answers": len(rows),
            "satisfied": float(np.average(answers, weights=weights)),
            "accuracy": float((guessed == true).mean()),
            "complaints": float((guessed[true == 0] == 0).mean()),
            "order": float(roc_auc_score(true, model.predict_proba(split.test)[:, 1])),
        }
    return found
