"""Lab: what does differentially private training protect, what does it cost, and who pays?

The same small network with and without privacy, on digits and on reviews: accuracy, three attacks on membership, the
accuracy of a rare class, and what stays visible all the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import torch
from sklearn.feature_extraction.text import CountVectorizer, HashingVectorizer
from sklearn.linear_model import LogisticRegression
from torch import Tensor
from torch.nn.functional import avg_pool2d, normalize

from snippets.labs import digits
from snippets.labs.private_training import accounting, attack
from snippets.labs.private_training.train import Recipe, confidence, fit, right, subsets
from snippets.labs.reviews import comparable, read_reviews
from snippets.labs.statistics import mean_interval
from snippets.labs.steps import kept


@dataclass(frozen=True)
class Settings:
    """The experiment; every training draws its batches by the same share, and all but `longer` take the same steps.

    delta: the δ of every ε, below one over the number of rows. validation: digits set apart to choose by.
    clip: the longest gradient of one row, where gradients are clipped. rates: learning rates that are tried then.
    models, pool: networks of the attacks, and the digits of which each learns from a random half.
    mistaken: digits with a wrong label, by how often each is repeated. rare: classes that are thinned out in turn.
    lines: how many different reviews of either file are read; None for all. accountant: sets the noise.
    """

    epsilons: tuple[float, ...] = (8, 4, 2, 1, 0.5)
    delta: float = 1e-5
    share: float = 1 / 16
    steps: int = 600
    longer: int = 2400
    hidden: int = 64
    rounds: int = 10
    train: int = 4000
    validation: int = 500
    tuning_seeds: int = 3
    clip: float = 1.0
    rates: tuple[float, ...] = (0.25, 0.5, 1.0, 2.0, 4.0)
    plain_rates: tuple[float, ...] = (0.2, 0.5, 1.0)
    rare: tuple[int, ...] = (1, 8)
    rare_share: float = 0.1
    models: int = 32
    pool: int = 4000
    mistaken: tuple[tuple[int, int], ...] = ((1, 100), (4, 25), (16, 10))
    memorising: int = 2000
    early: int = 200
    l2: float = 3e-3
    features: int = 1024
    review_rounds: int = 5
    review_train: int = 8000
    review_validation: int = 1300
    review_test: int = 2000
    review_rates: tuple[float, ...] = (2.0, 4.0, 8.0)
    strengths: tuple[float, ...] = (1.0, 10.0, 100.0)
    lines: int | None = None
    accountant: str = "prv"
    seed: int = 1  # 0 was used while the settings were being tried


FULL = Settings()
SMALL = Settings(
    epsilons=(8, 1),
    share=1 / 4,
    steps=10,
    longer=20,
    hidden=8,
    rounds=2,
    train=300,
    validation=50,
    tuning_seeds=2,
    rates=(0.5, 1.0),
    plain_rates=(0.5,),
    rare=(8,),
    models=8,
    pool=200,
    mistaken=((1, 20), (4, 10), (16, 5)),
    memorising=60,
    early=5,
    features=64,
    review_rounds=2,
    review_train=200,
    review_validation=50,
    review_test=100,
    review_rates=(1.0,),
    strengths=(1.0,),
    lines=250,
    accountant="rdp",
)
RATES = {"1": 0.01, "01": 0.001}  # false positive rates at which attacks are compared
ATTACKS = ("loss", "calibrated", "lira")


@dataclass(frozen=True)
class Data:
    """Rows with labels. x: (rows, inputs). y: (rows,)."""

    x: Tensor
    y: Tensor
    classes: int


def name_of(epsilon: float) -> str:
    """The name of a private training: eps_8, eps_0_5."""
    return f"eps_{epsilon:g}".replace(".", "_")


def digit_rows() -> Data:
    """The digits, each four pixels averaged: 196 numbers from 0 to 1. Half the length makes the noise weigh less."""
    every = digits.load()
    return Data(avg_pool2d(every.images, 2).flatten(1), every.labels, digits.CLASSES)


@cache
def distinct_reviews(lines: int | None) -> list[tuple[str, int]]:
    """The reviews without repeats and without those that carry both labels: text, and 1 for a good one."""
    labels: dict[str, set[bool]] = {}
    for review in read_reviews(lines):
        labels.setdefault(comparable(review.text), set()).add(review.positive)
    return [(text, int(max(of))) for text, of in labels.items() if text and len(of) == 1]


# --8<-- [start:hashed]
def review_rows(reviews: Sequence[tuple[str, int]], features: int) -> Data:
    """Single characters and pairs, hashed to so many numbers: no vocabulary is learnt from the reviews."""
    hashing = HashingVectorizer(
        analyzer="char", ngram_range=(1, 2), n_features=features, alternate_sign=False, norm=None
    )
    counts = torch.tensor(
        hashing.transform([text for text, _ in reviews]).toarray(), dtype=torch.float32
    )
    return Data(normalize(counts.sqrt()), torch.tensor([label for _, label in reviews]), 2)


# --8<-- [end:hashed]


# What each way of training is


def recipes(
    settings: Settings, noise: Mapping[str, float], hidden: int, rates: Sequence[float]
) -> dict[str, list[Recipe]]:
    """For each way of training what is tried."""
    plain = Recipe(hidden, settings.steps, settings.share, 0.0)
    clipped = [replace(plain, clip=settings.clip, rate=rate) for rate in rates]
    plain_rates = settings.plain_rates if hidden else rates
    return {
        "plain": [replace(plain, rate=rate) for rate in plain_rates],
        "clipped": clipped,
        **{name: [replace(one, noise=value) for one in clipped] for name, value in noise.items()},
    }


# --8<-- [start:choose]
def choose(
    tried: Sequence[Recipe], data: Data, members: Tensor, validation: Tensor, seed: int
) -> dict:
    """The recipe with the best validation accuracy, on average over the models; of equally good ones the first."""
    found = []
    for recipe in tried:
        model = fit(data.x, data.y, members, recipe, data.classes, seed)
        found.append(float(right(model, data.x[validation], data.y[validation]).double().mean()))
    best = int(np.argmax(found))
    chosen = tried[best]
    return {
        "rate": chosen.rate,
        "clip": chosen.clip,
        "validation": found[best],
        "tried": len(tried),
    }


# --8<-- [end:choose]


def with_choice(recipe: Recipe, choice: Mapping) -> Recipe:
    """A recipe with what was chosen."""
    return replace(recipe, rate=choice["rate"])


def deal(settings: Settings) -> tuple[np.ndarray, list[tuple[np.ndarray, np.ndarray]]]:
    """Rows to choose by, set apart for good; and for each round the rows to learn from and to test on, from the rest."""
    labels = digits.load().labels.numpy()
    order = digits.take_turns(labels, np.arange(len(labels)), settings.seed)
    validation, rest = order[: settings.validation], order[settings.validation :]
    parts = digits.deal(labels[rest], settings.rounds, settings.seed)
    return validation, [(rest[learn[: settings.train]], rest[test]) for learn, test in parts]


def by_class(model: list[Tensor], data: Data, tests: Sequence[np.ndarray]) -> list[dict]:
    """For each round its accuracy, and the recall of each class."""
    correct = right(model, data.x, data.y)
    found = []
    for number, rows in enumerate(tests):
        hit, label = correct[number, rows].double(), data.y[rows]
        found.append(
            {
                "accuracy": float(hit.mean()),
                "recall": [float(hit[label == c].mean()) for c in range(data.classes)],
            }
        )
    return found


# The experiments


def accounts(settings: Settings, tried: int) -> dict:
    """For each ε: the noise that keeps it, by how much other ways of counting differ, and what is left to a group."""
    found = {}
    for epsilon in settings.epsilons:
        noise = accounting.noise_for(
            epsilon, settings.delta, settings.share, settings.steps, settings.accountant
        )
        given = (noise, settings.share, settings.steps)
        runs = 1 + tried * settings.tuning_seeds
        found[name_of(epsilon)] = {
            "epsilon": epsilon,
            "noise": noise,
            **accounting.counted(*given, settings.delta),
            "runs": runs,
            "with_tuning": accounting.by_rdp(
                noise, settings.share, settings.steps * runs, settings.delta
            ),
            "groups": {
                str(k): accounting.group(epsilon, settings.delta, k) for k, _ in settings.mistaken
            },
            "allowed": {key: accounting.allowed(*given, fpr) for key, fpr in RATES.items()},
            "allowed_by_formula": {
                key: accounting.allowed_by(epsilon, settings.delta, fpr)
                for key, fpr in RATES.items()
            },
        }
    return found


def tune_digits(settings: Settings, tried: Sequence[Recipe]) -> dict:
    """What the validation digits choose; the rows to learn from are drawn from all digits but those."""
    data, (validation, _) = digit_rows(), deal(settings)
    random = np.random.default_rng(settings.seed)
    rest = np.setdiff1d(np.arange(len(data.y)), validation)
    drawn = [random.permutation(rest)[: settings.train] for _ in range(settings.tuning_seeds)]
    return choose(
        tried, data, subsets(drawn, len(data.y)), torch.as_tensor(validation), settings.seed
    )


def measure_digits(settings: Settings, recipe: Recipe, thinned: int | None = None) -> list[dict]:
    """All rounds at once; with `thinned`, only a tenth of one class is there to learn from."""
    data, (_, rounds) = digit_rows(), deal(settings)
    learn = [
        rows if thinned is None else thin(rows, data.y.numpy(), thinned, settings)
        for rows, _ in rounds
    ]
    model = fit(data.x, data.y, subsets(learn, len(data.y)), recipe, data.classes, settings.seed)
    return by_class(model, data, [test for _, test in rounds])


def thin(rows: np.ndarray, labels: np.ndarray, label: int, settings: Settings) -> np.ndarray:
    """Rows of which all but the first tenth of one class are left out."""
    of_class = rows[labels[rows] == label]
    return np.setdiff1d(rows, of_class[round(settings.rare_share * len(of_class)) :])


def review_split(
    settings: Settings, count: int
) -> tuple[np.ndarray, list[tuple[np.ndarray, np.ndarray]]]:
    """Of so many reviews those to choose by, set apart for good; for each round those to learn from and to test on."""
    order = np.random.default_rng(settings.seed).permutation(count)
    validation, rest = order[: settings.review_validation], order[settings.review_validation :]
    rounds = []
    for number in range(settings.review_rounds):
        drawn = np.random.default_rng(settings.seed + number).permutation(rest)
        used = drawn[: settings.review_train + settings.review_test]
        rounds.append(tuple(np.split(used, [settings.review_train])))
    return validation, rounds


@cache
def review_parts(
    settings: Settings,
) -> tuple[Data, np.ndarray, list[tuple[np.ndarray, np.ndarray]]]:
    """The reviews as rows, and their split."""
    reviews = distinct_reviews(settings.lines)
    return review_rows(reviews, settings.features), *review_split(settings, len(reviews))


def measure_reviews(settings: Settings, tried: Sequence[Recipe]) -> dict:
    """A recipe chosen on the validation reviews, and the accuracy of every round."""
    data, validation, rounds = review_parts(settings)
    first = subsets([rounds[0][0]], len(data.y))
    choice = choose(tried, data, first, torch.as_tensor(validation), settings.seed)
    members = subsets([learn for learn, _ in rounds], len(data.y))
    model = fit(data.x, data.y, members, with_choice(tried[0], choice), data.classes, settings.seed)
    correct = right(model, data.x, data.y)
    return {
        "choice": choice,
        "accuracy": [float(correct[i, test].double().mean()) for i, (_, test) in enumerate(rounds)],
    }


def converged_reviews(settings: Settings) -> dict:
    """Logistic regression on the same rows, trained until nothing changes; its C chosen on the validation reviews."""
    data, validation, rounds = review_parts(settings)
    x, y = data.x.numpy(), data.y.numpy()

    def fitted(strength: float, rows: np.ndarray) -> LogisticRegression:
        return LogisticRegression(C=strength, max_iter=500).fit(x[rows], y[rows])

    scores = [
        fitted(c, rounds[0][0]).score(x[validation], y[validation]) for c in settings.strengths
    ]
    strength = settings.strengths[int(np.argmax(scores))]
    return {
        "choice": {"strength": strength, "validation": max(scores), "tried": len(scores)},
        "accuracy": [
            float(fitted(strength, learn).score(x[test], y[test])) for learn, test in rounds
        ],
    }


# --8<-- [start:pool]
def attack_pool(settings: Settings) -> tuple[Data, np.ndarray, np.ndarray, np.ndarray]:
    """The rows of the attacks, who learns from which, how often each is repeated, and the digits nobody learns from.

    First come the ordinary digits, then those with a wrong label. For every row half of the models, drawn at
    random, learn from it.
    """
    every, random = digit_rows(), np.random.default_rng(settings.seed)
    order = random.permutation(len(every.y))
    wrong = sum(count for _, count in settings.mistaken)
    rows, fresh = order[: settings.pool + wrong], order[settings.pool + wrong :]
    labels = every.y[rows].clone()
    labels[settings.pool :] += torch.as_tensor(random.integers(1, every.classes, wrong))
    copies = np.r_[np.ones(settings.pool, int), *(np.full(n, k) for k, n in settings.mistaken)]
    members = random.random((settings.models, len(rows))).argsort(0) < settings.models // 2
    return Data(every.x[rows], labels % every.classes, every.classes), members, copies, fresh


# --8<-- [end:pool]


def measure_attacks(settings: Settings, recipe: Recipe) -> dict:
    """Networks trained by one recipe, and how well three attacks tell what each has learnt from."""
    data, members, copies, fresh = attack_pool(settings)
    repeated = np.repeat(np.arange(len(copies)), copies)
    inside = torch.as_tensor(members[:, repeated])
    model = fit(data.x[repeated], data.y[repeated], inside, recipe, data.classes, settings.seed)
    every = digit_rows()
    sure = confidence(model, data.x, data.y).numpy()
    learnt = right(model, data.x[: settings.pool], data.y[: settings.pool]).numpy()
    groups, begin = {"ordinary": slice(0, settings.pool)}, settings.pool
    for repeats, count in settings.mistaken:
        groups[f"mistaken_{repeats}"] = slice(begin, begin + count)
        begin += count
    return {
        "accuracy": float(right(model, every.x[fresh], every.y[fresh]).double().mean()),
        "train": float(learnt[members[:, : settings.pool]].mean()),
        "groups": {name: attacked(sure[:, of], members[:, of]) for name, of in groups.items()},
        "control": attacked(
            sure[:, : settings.pool],
            np.roll(members[:, : settings.pool], 1, axis=0),
            members[:, : settings.pool],
        ),
        "least_epsilon": {
            name: attack.least_epsilon(scores, members[:, groups["mistaken_1"]], settings.delta)
            for name, scores in all_scores(
                sure[:, groups["mistaken_1"]], members[:, groups["mistaken_1"]]
            ).items()
        },
    }


def all_scores(sure: np.ndarray, members: np.ndarray) -> dict[str, np.ndarray]:
    """The scores of the three attacks."""
    return {
        "loss": sure,
        "calibrated": attack.calibrated(sure),
        "lira": attack.likelihood_ratio(sure, members),
    }


def attacked(sure: np.ndarray, truth: np.ndarray, known: np.ndarray | None = None) -> dict:
    """What each attack achieves, and the mean probability of the label with and without the row.

    known: whom the attacker's shadow models learn from; as the truth, unless the truth is another's (the control).
    """
    probability = 1 / (1 + np.exp(-sure))
    return {
        "with": float(probability[truth].mean()),
        "without": float(probability[~truth].mean()),
        "rows": sure.shape[1],
        **{
            name: {
                "auc": attack.area(scores, truth),
                **{f"at_{key}": attack.rates(scores, truth, fpr) for key, fpr in RATES.items()},
            }
            for name, scores in all_scores(sure, truth if known is None else known).items()
        },
    }


# --8<-- [start:vocabulary]
def vocabulary_attack(learnt: Sequence[str], held_out: Sequence[str], least: Sequence[int]) -> dict:
    """Who learnt from a text, told by the vocabulary alone: are all its n-grams of characters in it?

    least: in how many texts an n-gram must occur (min_df), one attack for each. `on_the_edge`: share of the texts
    without which some n-gram would not be there: whoever knows the other texts sees that this one was among them.
    """
    counting = CountVectorizer(analyzer="char", ngram_range=(1, 3), binary=True)
    inside = counting.fit_transform(learnt)
    occurs = np.asarray(inside.sum(0)).ravel()
    outside = counting.transform(held_out)
    split = counting.build_analyzer()
    unknown = np.array([not set(split(text)) <= counting.vocabulary_.keys() for text in held_out])
    found = {}
    for number in least:
        missing = (occurs < number).astype(int)
        whole_in, whole_out = inside @ missing == 0, (outside @ missing == 0) & ~unknown
        found[str(number)] = {
            "grams": int((occurs >= number).sum()),
            "tpr": attack.share(int(whole_in.sum()), len(learnt)),
            "fpr": attack.share(int(whole_out.sum()), len(held_out)),
            "on_the_edge": float((inside @ (occurs == number).astype(int) > 0).mean()),
        }
    return found


# --8<-- [end:vocabulary]


def measure_vocabulary(settings: Settings) -> dict:
    """The attack on the vocabulary, with the reviews of the first round."""
    texts = [text for text, _ in distinct_reviews(settings.lines)]
    learn, test = review_split(settings, len(texts))[1][0]
    return vocabulary_attack([texts[i] for i in learn], [texts[i] for i in test], (1, 2, 5))


# Summaries


def accuracies(runs: Mapping[str, Sequence[float]]) -> dict:
    """Mean accuracy of each way of training, and its difference to `plain`, round by round."""
    return {
        name: {
            "accuracy": mean_interval(values),
            "against_plain": mean_interval(
                [a - b for a, b in zip(values, runs["plain"], strict=True)]
            )
            if name != "plain"
            else None,
        }
        for name, values in runs.items()
    }


def rare_summary(
    whole: Mapping[str, Sequence[dict]], thinned: Mapping[str, Sequence[dict]], label: int
) -> dict:
    """For each way of training the recall of a rare class and of the others, and what each lost against `plain`.

    whole: the same with all rows of the class. lost_more: how much more the rare class lost than the others.
    """

    def parts(rounds: Sequence[dict]) -> tuple[np.ndarray, np.ndarray]:
        recall = np.array([r["recall"] for r in rounds])
        return recall[:, label], np.delete(recall, label, axis=1).mean(1)

    rare_plain, others_plain = parts(thinned["plain"])
    found = {}
    for name, rounds in thinned.items():
        rare, others = parts(rounds)
        full, _ = parts(whole[name])
        full_plain, _ = parts(whole["plain"])
        found[name] = {
            "rare": mean_interval(rare.tolist()),
            "others": mean_interval(others.tolist()),
            "rare_with_all_rows": mean_interval(full.tolist()),
        }
        if name != "plain":
            found[name] |= {
                "lost_rare": mean_interval((rare_plain - rare).tolist()),
                "lost_others": mean_interval((others_plain - others).tolist()),
                "lost_more": mean_interval(
                    ((rare_plain - rare) - (others_plain - others)).tolist()
                ),
                "lost_with_all_rows": mean_interval((full_plain - full).tolist()),
            }
    return found


def recall_summary(rounds: Sequence[dict]) -> list[dict]:
    """The recall of each class over the rounds."""
    return [
        mean_interval([r["recall"][c] for r in rounds]) for c in range(len(rounds[0]["recall"]))
    ]


def run(settings: Settings, folder: Path) -> dict:
    """The whole experiment, a step for each training or group of trainings."""
    torch.set_num_threads(1)

    def step(key: str, compute) -> dict:
        return kept(folder, key, compute, settings=settings)

    tried = len(settings.rates)
    account = step("accounts", lambda: accounts(settings, tried))
    noise = {name: one["noise"] for name, one in account.items()}

    candidates = recipes(settings, noise, settings.hidden, settings.rates)
    candidates["free"] = [replace(one, steps=settings.longer) for one in candidates["plain"]]
    choices, measured = {}, {}
    for name, some in candidates.items():
        choices[name] = step(f"tune-{name}", lambda some=some: tune_digits(settings, some))
        recipe = with_choice(some[0], choices[name])
        measured[name] = step(
            f"digits-{name}", lambda recipe=recipe: measure_digits(settings, recipe)
        )
    chosen = {name: with_choice(some[0], choices[name]) for name, some in candidates.items()}
    private = [name_of(e) for e in settings.epsilons if e in (1, 8)]

    rare = {}
    for label in settings.rare:
        thinned = {
            name: step(
                f"rare-{label}-{name}",
                lambda name=name: measure_digits(settings, chosen[name], label),
            )
            for name in ("plain", "clipped", *private)
        }
        rare[str(label)] = rare_summary(measured, thinned, label)

    attacked_ways = {
        "memorised": Recipe(settings.hidden, settings.memorising, settings.share, 1.0),
        "l2": Recipe(settings.hidden, settings.memorising, settings.share, 0.5, l2=settings.l2),
        "plain": chosen["plain"],
        "early": Recipe(settings.hidden, settings.early, settings.share, 0.5),
        "clipped": chosen["clipped"],
        **{name: chosen[name] for name in private},
    }
    membership = {
        name: step(f"attack-{name}", lambda recipe=recipe: measure_attacks(settings, recipe))
        for name, recipe in attacked_ways.items()
    }

    texts = recipes(settings, {n: noise[n] for n in private}, 0, settings.review_rates)
    reviews = {
        name: step(f"reviews-{name}", lambda some=some: measure_reviews(settings, some))
        for name, some in texts.items()
    }
    reviews["free"] = step("reviews-free", lambda: converged_reviews(settings))
    return {
        "data": {
            "digits": settings.train,
            "test": len(deal(settings)[1][0][1]),
            "rounds": settings.rounds,
            "reviews": settings.review_train,
            "review_rounds": settings.review_rounds,
            "models": settings.models,
            "pool": settings.pool,
            "learnt_half": settings.pool // 2 + sum(k * n for k, n in settings.mistaken) // 2,
            "share": settings.share,
            "steps": settings.steps,
            "delta": settings.delta,
        },
        "accounts": account,
        "digits": {
            name: {**one, "choice": choices[name], "recall": recall_summary(measured[name])}
            for name, one in accuracies(
                {n: [r["accuracy"] for r in of] for n, of in measured.items()}
            ).items()
        },
        "reviews": {
            name: {**one, "choice": reviews[name]["choice"]}
            for name, one in accuracies({n: of["accuracy"] for n, of in reviews.items()}).items()
        },
        "rare": rare,
        "membership": membership,
        "vocabulary": step("vocabulary", lambda: measure_vocabulary(settings)),
    }
