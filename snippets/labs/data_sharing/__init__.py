"""Lab: what does sharing data between companies buy, for whom, and what does sharing models instead give away?

Ten parties with a hundred digits each, and three with reviews of their own trade. Within a round every method begins
with the same weights and takes the same examples in the same steps, so that methods are compared in pairs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from sklearn.metrics import roc_auc_score

from snippets.labs import digits
from snippets.labs.data_sharing import federated, leaks, parties, texts
from snippets.labs.data_sharing.federated import Parties, Weights
from snippets.labs.digits import Digits
from snippets.labs.statistics import mean_interval
from snippets.labs.steps import kept

PARTIES = 10
ALPHAS = {"uneven": 0.5, "very_uneven": 0.1}  # of the Dirichlet distribution of classes
SPLITS = ("even", "sizes", "uneven", "very_uneven", "two_classes", "rotated")
# Who is looked at separately: by split, names and places of parties.
GROUPS = {
    "sizes": {"largest": [0], "smallest": [8, 9]},
    "rotated": {"odd": [9], "others": list(range(9))},
}
BAD = {"even_bad": ("even", 9), "sizes_bad": ("sizes", 0), "two_classes_bad": ("two_classes", 9)}
POINT = 0.01


@dataclass(frozen=True)
class Settings:
    """The experiment.

    sizes: digits of each party where they differ; their sum is the number of digits in every split. steps: gradient
    steps of each party. local: steps between two rounds of averaging; `usual` is that of the other comparisons. noise:
    length of the noise in an update, in lengths of the update. trials: digits that each attack is tried on.
    """

    rounds: int = 6
    sizes: tuple[int, ...] = (400, 180, 120, 80, 60, 50, 40, 30, 20, 20)
    least: int = 10
    check: int = 50
    hidden: int = 64
    steps: int = 200
    batch: int = 20
    rate: float = 0.1
    local: tuple[int, ...] = (1, 5, 20, 100, 200)
    usual: int = 20
    clip: float = 1.0
    noise: tuple[float, ...] = (0, 1, 3, 10, 30)
    batches: tuple[int, ...] = (1, 8, 32)
    trials: int = 64
    reviews: tuple[int, ...] = (1500, 500, 150)
    review_test: int = 800
    review_batch: int = 50
    review_rate: float = 3.0
    seed: int = 1  # 0 was used while the settings were being tried


FULL = Settings()
SMALL = Settings(
    rounds=2,
    sizes=(60, 40, 20, 20, 10, 10, 10, 10, 10, 10),
    least=5,
    check=20,
    hidden=16,
    steps=10,
    batch=5,
    local=(1, 5, 10),
    usual=5,
    noise=(0, 1),
    batches=(1, 4),
    trials=8,
    reviews=(60, 40, 20),
    review_test=30,
    review_batch=10,
)


@dataclass(frozen=True)
class Round:
    """The digits of a round, as rows of pixels: to learn from, to check and to guess with, others, and to test on."""

    learn: Digits
    check: Digits
    others: Digits
    test: Digits
    seed: int


def a_round(settings: Settings, number: int) -> Round:
    """The digits of a round."""
    every = digits.load()
    rest, test = digits.deal(every.labels.numpy(), settings.rounds, settings.seed)[number]
    count = sum(settings.sizes)

    def flat(rows: np.ndarray) -> Digits:
        taken = every.take(rows)
        return Digits(taken.images.flatten(1), taken.labels)

    return Round(
        flat(rest[:count]),
        flat(rest[count : count + settings.check]),
        flat(rest[count + settings.check :]),
        flat(test),
        settings.seed + number,
    )


def rotated(images: torch.Tensor) -> torch.Tensor:
    """Digits (n, pixels) turned by a quarter, as from a scanner that was fed sideways."""
    return images.view(-1, 28, 28).rot90(1, (1, 2)).flatten(1)


def dealt(split: str, learn: Digits, settings: Settings, seed: int) -> list[np.ndarray]:
    """The rows of each party under a split."""
    labels = learn.labels.numpy()
    if split == "sizes":
        return parties.by_size(labels, settings.sizes)
    if split == "two_classes":
        return parties.two_classes(labels, seed)
    if split in ALPHAS:
        return parties.dirichlet(labels, PARTIES, ALPHAS[split], seed, settings.least)
    return parties.evenly(labels, PARTIES)


def made(split: str, learn: Digits, rows: Sequence[np.ndarray], bad: int | None = None) -> Parties:
    """The parties of a split; the labels of one of them may be off by one, as from a column that slipped."""
    parts = [(learn.images[own], learn.labels[own]) for own in rows]
    if split == "rotated":
        parts[-1] = (rotated(parts[-1][0]), parts[-1][1])
    if bad is not None:
        parts[bad] = (parts[bad][0], (parts[bad][1] + 1) % digits.CLASSES)
    return federated.gathered(parts)


# --8<-- [start:scores]
def scores(weights: Weights, split: str, mixes: np.ndarray, test: Digits) -> dict:
    """Accuracy of each party's model on a test like its own data, and on all digits alike: {"own": […], "common": […]}.

    own: the share of each class that is right, weighted by how often the party has the class. mixes: (parties, classes).
    """
    found = federated.recalls(weights, test.images, test.labels, digits.CLASSES).numpy()
    found = np.repeat(found, len(mixes) // len(found), axis=0)
    if split == "rotated":
        turned = federated.recalls(weights, rotated(test.images), test.labels, digits.CLASSES)
        found[-1] = turned[-1].numpy()
    return {"own": (found * mixes).sum(1).tolist(), "common": found.mean(1).tolist()}


# --8<-- [end:scores]


def beginning(settings: Settings, seed: int) -> Weights:
    """The common weights that a round begins with."""
    return federated.start((28 * 28, settings.hidden, digits.CLASSES), seed)


def sharing_round(settings: Settings, number: int) -> dict:
    """A step: each split's parties alone, averaging, and pooled."""
    data = a_round(settings, number)
    even = made("even", data.learn, dealt("even", data.learn, settings, data.seed))
    whole = in_one_hand(even, settings, data.seed)
    return {split: sharing(split, data, settings, whole) for split in SPLITS}


def in_one_hand(group: Parties, settings: Settings, seed: int) -> Weights:
    """The model trained on all examples together, with as many gradient steps as all parties take."""
    whole = federated.pooled(group)
    count = settings.steps * len(group)
    steps = federated.draws(whole.sizes, count, settings.batch, seed)
    return federated.train(beginning(settings, seed), whole, steps, settings.rate)[0]


def sharing(split: str, data: Round, settings: Settings, whole: Weights) -> dict:
    """The scores of every method under a split, `whole` being trained on all digits; "tuned": the usual averaging, but for the last round, where each keeps its own."""
    rows = dealt(split, data.learn, settings, data.seed)
    mixes = np.array([parties.mix(data.learn.labels[own].numpy()) for own in rows])
    group = made(split, data.learn, rows)
    begin = beginning(settings, data.seed)
    steps = federated.draws(group.sizes, settings.steps, settings.batch, data.seed)

    def scored(weights: Weights) -> dict:
        return scores(weights, split, mixes, data.test)

    methods = {"alone": scored(federated.train(begin, group, steps, settings.rate)[0])}
    for local in settings.local:
        own, common = federated.train(begin, group, steps, settings.rate, local)
        methods[f"local_{local}"] = scored(federated.of_party(common, 0))
        if local == settings.usual:
            methods["tuned"] = scored(own)
    if split == "rotated":  # the only split whose parties together hold something else
        whole = in_one_hand(group, settings, data.seed)
    methods["pooled"] = scored(whole)
    return {"sizes": [int(size) for size in group.sizes], "methods": methods}


def robust_round(settings: Settings, number: int) -> dict:
    """A step: the honest parties' mean score by situation and way of averaging."""
    data = a_round(settings, number)
    begin = beginning(settings, data.seed)
    found = {}
    for name, (split, bad) in {**{s: (s, None) for s, _ in BAD.values()}, **BAD}.items():
        rows = dealt(split, data.learn, settings, data.seed)
        mixes = np.array([parties.mix(data.learn.labels[own].numpy()) for own in rows])
        group = made(split, data.learn, rows, bad)
        steps = federated.draws(group.sizes, settings.steps, settings.batch, data.seed)
        honest = [place for place in range(PARTIES) if place != bad]
        without = group.shares.clone()
        without[[place for place in range(PARTIES) if place == bad]] = 0
        ways = {
            "mean": federated.weighted_mean(group.shares),
            "median": federated.median(),
            "trimmed": federated.trimmed_mean(1),
            "checked": federated.checked(group.shares, data.check.images, data.check.labels),
            "without": federated.weighted_mean(without / without.sum()),
        }
        if bad is None:
            del ways["without"]  # the same as the mean
        found[name] = {}
        for way, together in ways.items():
            _, common = federated.train(
                begin, group, steps, settings.rate, settings.usual, together
            )
            own = scores(federated.of_party(common, 0), split, mixes, data.test)["own"]
            found[name][way] = float(np.mean([own[place] for place in honest]))
    return found


def noise_round(settings: Settings, number: int) -> dict:
    """A step: the mean score with shortened and noisy updates, by split and noise; "none" is plain averaging."""
    data = a_round(settings, number)
    begin = beginning(settings, data.seed)
    found = {}
    for split in ("even", "two_classes"):
        rows = dealt(split, data.learn, settings, data.seed)
        mixes = np.array([parties.mix(data.learn.labels[own].numpy()) for own in rows])
        group = made(split, data.learn, rows)
        steps = federated.draws(group.sizes, settings.steps, settings.batch, data.seed)
        ways = {"none": federated.weighted_mean(group.shares)} | {
            f"{noise:g}": federated.noisy(group.shares, settings.clip, noise, data.seed)
            for noise in settings.noise
        }
        found[split] = {}
        for name, together in ways.items():
            _, common = federated.train(
                begin, group, steps, settings.rate, settings.usual, together
            )
            scored = scores(federated.of_party(common, 0), split, mixes, data.test)
            found[split][name] = float(np.mean(scored["own"]))
    return found


def unit(update: Weights) -> Weights:
    """An update scaled to length one: what is sent to a server that asks for the clearest view."""
    length = federated.lengths(update).item()
    return [one / length for one in update]


def leak_round(settings: Settings, number: int) -> dict:
    """A step: what updates give away of images and of class shares, for a fresh and for a trained model."""
    data = a_round(settings, number)
    rows = dealt("even", data.learn, settings, data.seed)
    group = made("even", data.learn, rows)
    steps = federated.draws(group.sizes, settings.steps, settings.batch, data.seed)
    begin = beginning(settings, data.seed)
    _, trained = federated.train(begin, group, steps, settings.rate, settings.usual)
    states = {"fresh": begin, "trained": [one[0] for one in trained]}
    found = {
        name: {
            "images": image_leaks(state, data, group, steps, settings),
            "classes": class_leaks(state, data, settings),
        }
        for name, state in states.items()
    }
    if number == 0:
        found["shown"] = shown(begin, data, settings)
    return found


def batch_gradient(state: Weights, images: torch.Tensor, labels: torch.Tensor) -> Weights:
    """The gradient of one batch, as one party's."""
    return federated.gradients(federated.copies(state, 1), images[None], labels[None])


def image_leaks(
    state: Weights, data: Round, group: Parties, steps: torch.Tensor, settings: Settings
) -> dict:
    """By what is sent: how like its best reconstruction a digit is, how like is another of its class, and how many are exact."""
    learn, others = data.learn, data.others
    random = torch.Generator().manual_seed(data.seed)
    first = torch.randperm(len(learn), generator=random)[: settings.trials]
    matching = twins(learn.labels, others.labels)
    found: dict[str, list[dict]] = {}

    def attack(name: str, update: Weights, rows: torch.Tensor) -> None:
        candidates = leaks.images_from(update)
        true = leaks.best(candidates, learn.images[rows])
        other = leaks.best(candidates, others.images[matching[rows]])
        found.setdefault(name, []).append(
            {
                "similar": true["similar"].mean(),
                "other": other["similar"].mean(),
                "exact": true["exact"].mean(),
                "other_exact": other["exact"].mean(),
                "count": len(rows),
            }
        )

    for batch in settings.batches:
        for rows in first[: len(first) // batch * batch].split(batch):
            update = batch_gradient(state, learn.images[rows], learn.labels[rows])
            attack(f"batch_{batch}", update, rows)
            if batch == 1:
                for noise in settings.noise[1:]:
                    sent = federated.disturbed(unit(update), 1.0, noise, random)
                    attack(f"noise_{noise:g}", sent, rows)
    for batch in settings.batches[
        :2
    ]:  # only the sum of all parties is seen: a batch as large as all theirs together
        for rows in torch.randperm(len(learn), generator=random).split(batch * PARTIES)[:4]:
            attack(
                f"sum_{batch}", batch_gradient(state, learn.images[rows], learn.labels[rows]), rows
            )
    chosen = steps[: settings.usual]
    after, _ = federated.train(state, group, chosen, settings.rate)
    change = [new - old for new, old in zip(after, state, strict=True)]
    before = torch.cat([torch.zeros(1), group.sizes.cumsum(0)[:-1]]).long()
    for place in range(len(group)):
        used = before[place] + chosen[:, place].unique()  # even parties follow one another
        attack("local", federated.of_party(change, place), used)
    attack("local_sum", [one.sum(0, keepdim=True) for one in change], torch.arange(len(learn)))
    return {name: over_attacks(attacks) for name, attacks in found.items()}


def twins(labels: torch.Tensor, others: torch.Tensor) -> torch.Tensor:
    """For each label a row of `others` with the same label, no row twice as long as there are enough."""
    chosen = torch.empty(len(labels), dtype=torch.int64)
    for label in labels.unique():
        places, rows = (labels == label).nonzero()[:, 0], (others == label).nonzero()[:, 0]
        chosen[places] = rows[torch.arange(len(places)) % len(rows)]
    return chosen


def over_attacks(attacks: Sequence[dict]) -> dict:
    """Means over attacks, each counting as its number of digits."""
    counts = [one["count"] for one in attacks]
    return {
        key: float(np.average([one[key] for one in attacks], weights=counts))
        for key in ("similar", "other", "exact", "other_exact")
    }


def class_leaks(state: Weights, data: Round, settings: Settings) -> dict:
    """By what is sent: how far the classes told from it are off the truth, and how far an even guess is.

    Parties have very different shares of the classes. "sum": every party is told the shares of the sum of all updates.
    """
    learn = data.learn
    rows = dealt("uneven", learn, settings, data.seed)
    group = made("uneven", learn, rows)
    mixes = [parties.mix(learn.labels[own].numpy()) for own in rows]
    even = np.full(digits.CLASSES, 1 / digits.CLASSES)
    expected = leaks.mean_prediction(federated.copies(state, 1), data.check.images)
    random = torch.Generator().manual_seed(data.seed)
    found: dict[str, list[float]] = {}

    def told(name: str, said: np.ndarray, true: np.ndarray) -> None:
        found.setdefault(name, []).append(leaks.distance(said, true))

    for batch in settings.batches[1:]:
        for own in rows:
            taken = torch.as_tensor(own)[torch.randint(len(own), (batch,), generator=random)]
            slope = batch_gradient(state, learn.images[taken], learn.labels[taken])[-1][0]
            true = parties.mix(learn.labels[taken].numpy())
            told(f"batch_{batch}", leaks.classes_from(slope, expected), true)
            told(f"batch_{batch}_guess", even, true)
    steps = federated.draws(group.sizes, settings.usual, settings.batch, data.seed)
    after, _ = federated.train(state, group, steps, settings.rate)
    change = [new - old for new, old in zip(after, state, strict=True)]
    total = np.zeros(digits.CLASSES)
    for place, true in enumerate(mixes):
        own = federated.of_party(change, place)
        ended = leaks.mean_prediction(federated.of_party(after, place), data.check.images)
        between = (expected + ended) / 2  # the server knows both models

        def said(update: Weights, between: torch.Tensor = between) -> np.ndarray:
            return leaks.classes_from(-update[-1][0] / (settings.rate * settings.usual), between)

        told("local", said(own), true)
        told("local_guess", even, true)
        total += said(own)
        length = federated.lengths(own).item()
        for noise in settings.noise[1:]:
            told(f"noise_{noise:g}", said(federated.disturbed(own, length, noise, random)), true)
    for true in mixes:
        told("sum", total / PARTIES, true)
    return {name: float(np.mean(values)) for name, values in found.items()}


def shown(state: Weights, data: Round, settings: Settings) -> dict[str, str]:
    """One digit and the best that attacks give back, as 784 bytes in hexadecimal each; the digit is the round's first."""
    learn, random = data.learn, torch.Generator().manual_seed(data.seed)
    wanted = learn.images[:1]

    def back(update: Weights) -> torch.Tensor:
        candidates = leaks.images_from(update)
        return candidates[leaks.best(candidates, wanted)["which"][0]]

    pictures = {"true": wanted[0]}
    for batch in (*settings.batches, settings.batches[1] * PARTIES):
        update = batch_gradient(state, learn.images[:batch], learn.labels[:batch])
        pictures[f"batch_{batch}"] = back(update)
        if batch == 1:
            pictures["noise_1"] = back(federated.disturbed(unit(update), 1.0, 1.0, random))
    return {
        name: bytes((255 * picture.clamp(0, 1)).round().byte().tolist()).hex()
        for name, picture in pictures.items()
    }


def review_round(settings: Settings, number: int) -> dict:
    """A step: reviews of three trades, alone, averaged and pooled; the same with the trades mixed; and what updates give away."""
    seed = settings.seed + number
    random = np.random.default_rng(seed)
    groups = {}
    for name, reviews in texts.by_trade().items():
        order = random.permutation(len(reviews))
        groups[name] = (
            [reviews[i] for i in order[settings.review_test :]],
            [reviews[i] for i in order[: settings.review_test]],
        )
    every = [one for learn, _ in groups.values() for one in learn]
    tests = [one for _, test in groups.values() for one in test]
    order = random.permutation(len(every))
    mixed, place = [], 0
    for size in settings.reviews:
        mixed.append([every[i] for i in order[place : place + size]])
        place += size
    own = [learn[:size] for (learn, _), size in zip(groups.values(), settings.reviews, strict=True)]
    return {
        "trades": review_sharing(own, [test for _, test in groups.values()], settings, seed),
        "mixed": review_sharing(mixed, [tests] * len(mixed), settings, seed),
        "leaks": review_leaks(own, groups["hotels"][1], settings, seed),
    }


def encoded(reviews: Sequence[texts.Review]) -> tuple[torch.Tensor, torch.Tensor]:
    """Reviews as inputs and labels, 1 for positive."""
    return (
        texts.vectors([one.text for one in reviews]),
        torch.tensor([int(one.positive) for one in reviews]),
    )


def review_sharing(
    learn: Sequence[Sequence[texts.Review]],
    tests: Sequence[Sequence[texts.Review]],
    settings: Settings,
    seed: int,
) -> dict:
    """Accuracy of each party on a test like its own data, by method."""
    group = federated.gathered([encoded(one) for one in learn])
    asked = [encoded(one) for one in tests]
    begin = federated.start((len(texts.CHARACTERS), 2), seed)
    steps = federated.draws(group.sizes, settings.steps, settings.review_batch, seed)

    def scored(weights: Weights) -> list[float]:
        several = len(weights[0]) > 1
        return [
            federated.accuracy(federated.of_party(weights, place if several else 0), *one).item()
            for place, one in enumerate(asked)
        ]

    rate = settings.review_rate
    found = {"alone": scored(federated.train(begin, group, steps, rate)[0])}
    for local in (1, settings.usual):
        own, common = federated.train(begin, group, steps, rate, local)
        found[f"local_{local}"] = scored(federated.of_party(common, 0))
    found["tuned"] = scored(own)
    whole = federated.pooled(group)
    steps = federated.draws(whole.sizes, settings.steps * len(group), settings.review_batch, seed)
    found["pooled"] = scored(federated.train(begin, whole, steps, rate)[0])
    return {**found, "majority": [parties.mix(labels.numpy(), 2).max() for _, labels in asked]}


def review_leaks(
    own: Sequence[Sequence[texts.Review]],
    others: Sequence[texts.Review],
    settings: Settings,
    seed: int,
) -> dict:
    """By what is sent: the share of a review's characters that it shows, that as many common ones guess, and false alarms.

    false_alarm: the share of other reviews all of whose characters are shown, so that they seem to have been there too.
    Short reviews, of fewer than ten different characters, are left out. ranking: with noise, how often a character
    that occurred moved more than one that did not (area under the curve).
    """
    random = torch.Generator().manual_seed(seed)
    begin = federated.start((len(texts.CHARACTERS), 2), seed)
    long = [[one for one in part if len(texts.characters(one.text)) >= 10] for part in own]
    asked = [held for one in others if len(held := texts.characters(one.text)) >= 10]
    counts = np.zeros(len(texts.CHARACTERS))
    for held in asked:  # what the attacker knows of the trade: other reviews
        counts[list(held)] += 1
    common = np.argsort(-counts, kind="stable")
    found: dict[str, list[dict]] = {}

    def attack(name: str, update: Weights, held: Sequence[set[int]], noise: float = 0.0) -> None:
        true = set().union(*held)
        if noise:
            strength = leaks.strengths(federated.disturbed(unit(update), 1.0, noise, random))
            occurred = np.isin(np.arange(len(strength)), list(true))
            found.setdefault(name, []).append({"ranking": float(roc_auc_score(occurred, strength))})
            return
        seen = set(np.flatnonzero(leaks.characters_from(update)).tolist())
        guess = set(common[: len(seen)].tolist())
        found.setdefault(name, []).append(
            {
                "seen": np.mean([len(one & seen) / len(one) for one in held]),
                "guessed": np.mean([len(one & guess) / len(one) for one in held]),
                "wrong": len(seen - true) / len(seen),
                "false_alarm": np.mean([one <= seen for one in asked]),
                "characters": len(seen),
            }
        )

    def gradient(part: Sequence[texts.Review]) -> Weights:
        return batch_gradient(begin, *encoded(part))

    def held(part: Sequence[texts.Review]) -> list[set[int]]:
        return [texts.characters(one.text) for one in part]

    hotels = long[0]
    for batch in settings.batches:
        for place in range(0, min(settings.trials, len(hotels)) // batch * batch, batch):
            part = hotels[place : place + batch]
            attack(f"batch_{batch}", gradient(part), held(part))
            if batch == 1:
                for noise in settings.noise[1:]:
                    attack(f"noise_{noise:g}", gradient(part), held(part), noise)
    batch = settings.batches[1]
    for place in range(0, min(settings.trials, *map(len, long)) // batch * batch, batch):
        part = [one for reviews in long for one in reviews[place : place + batch]]
        attack("sum", gradient(part), held(part))
    group = federated.gathered([encoded(long[0])])
    steps = federated.draws(group.sizes, settings.usual, settings.batch, seed)
    after, _ = federated.train(begin, group, steps, settings.review_rate)
    used = [hotels[row] for row in steps.flatten().unique().tolist()]
    change = [new - old for new, old in zip(after, begin, strict=True)]
    attack("local", change, held(used))
    return {
        name: {key: float(np.mean([one[key] for one in attacks])) for key in attacks[0]}
        for name, attacks in found.items()
    }


# Summaries


def over(values: Sequence[float], less: Sequence[float] | None = None) -> dict:
    """Mean and interval over rounds, of values or of their differences."""
    return mean_interval(
        list(values) if less is None else [a - b for a, b in zip(values, less, strict=True)]
    )


def sharing_summary(rounds: Sequence[dict], groups: dict[str, list[int]]) -> dict:
    """One split: by method and group of parties its accuracy, gain over being alone, difference from pooling, who wins and loses."""
    methods = {}
    for name in rounds[0]["methods"]:
        methods[name] = {}
        for group, places in groups.items():

            def mean(method: str, of: str, places: Sequence[int] = places) -> list[float]:
                return [
                    float(np.mean([r["methods"][method][of][place] for place in places]))
                    for r in rounds
                ]

            gains = [
                r["methods"][name]["own"][place] - r["methods"]["alone"]["own"][place]
                for r in rounds
                for place in places
            ]
            methods[name][group] = {
                "own": over(mean(name, "own")),
                "common": over(mean(name, "common")),
                "gain": over(mean(name, "own"), mean("alone", "own")),
                "common_gain": over(mean(name, "common"), mean("alone", "common")),
                "less_pooled": over(mean(name, "own"), mean("pooled", "own")),
                "win": float(np.mean([gain >= POINT for gain in gains])),
                "lose": float(np.mean([gain <= -POINT for gain in gains])),
            }
    return methods


def review_summary(rounds: Sequence[dict], kind: str) -> dict:
    """Reviews: by method and party the accuracy, and the gain over being alone."""
    methods = {}
    for name in rounds[0][kind]:
        if name == "majority":
            continue
        values = {
            trade: [r[kind][name][place] for r in rounds]
            for place, trade in enumerate(texts.TRADES)
        }
        alone = {
            trade: [r[kind]["alone"][place] for r in rounds]
            for place, trade in enumerate(texts.TRADES)
        }
        methods[name] = {
            trade: {"own": over(values[trade]), "gain": over(values[trade], alone[trade])}
            for trade in values
        }
    majority = {
        trade: float(np.mean([r[kind]["majority"][place] for r in rounds]))
        for place, trade in enumerate(texts.TRADES)
    }
    return {"methods": methods, "majority": majority}


def means(rounds: Sequence[dict]) -> dict:
    """Means with intervals of nested figures that every round has."""
    return {
        key: means([r[key] for r in rounds])
        if isinstance(value, dict)
        else over([r[key] for r in rounds])
        for key, value in rounds[0].items()
    }


def robust_summary(rounds: Sequence[dict]) -> dict:
    """By situation and way: accuracy, and what it costs against averaging without the bad party (or plainly, if there is none)."""
    found = {}
    for name in rounds[0]:
        reference = [r[name].get("without", r[name]["mean"]) for r in rounds]
        found[name] = {
            way: {
                "own": over([r[name][way] for r in rounds]),
                "change": over([r[name][way] for r in rounds], reference),
            }
            for way in rounds[0][name]
        }
    return found


def noise_summary(rounds: Sequence[dict], settings: Settings) -> dict:
    """By split and noise: accuracy, and its change against plain averaging; the guarantee that the noise would give."""
    found = {}
    for split in rounds[0]:
        plain = [r[split]["none"] for r in rounds]
        found[split] = {
            name: {
                "own": over([r[split][name] for r in rounds]),
                "change": over([r[split][name] for r in rounds], plain),
            }
            for name in rounds[0][split]
        }
    count = sum(one.numel() for one in beginning(settings, 0))
    times = settings.steps // settings.usual
    epsilon = {
        f"{noise:g}": federated.guarantee(noise, count, times, 1e-5)
        for noise in settings.noise
        if noise
    }
    return {"splits": found, "epsilon": epsilon}


def run(settings: Settings, folder: Path) -> dict:
    """The whole experiment, five steps a round; see the summaries for what comes out."""
    torch.set_num_threads(1)
    parts = {
        "sharing": sharing_round,
        "robust": robust_round,
        "noise": noise_round,
        "leaks": leak_round,
        "reviews": review_round,
    }
    rounds: dict[str, list] = {name: [] for name in parts}
    for number in range(settings.rounds):
        for name, part in parts.items():
            rounds[name].append(
                kept(
                    folder,
                    f"{name}-seed-{settings.seed + number}",
                    lambda: part(settings, number),  # called at once
                    settings=settings,
                )
            )
    everyone = {"all": list(range(PARTIES))}
    begin = beginning(settings, 0)
    count = sum(settings.sizes)
    return {
        "data": {
            "parties": PARTIES,
            "digits": count,
            "rounds": settings.rounds,
            "test": len(digits.load()) // settings.rounds,
            "weights": sum(one.numel() for one in begin),
            "raw_bytes": count * 28 * 28,
            "update_bytes": 4 * sum(one.numel() for one in begin),
            "characters": len(texts.CHARACTERS),
            "reviews": {name: len(found) for name, found in texts.by_trade().items()},
        },
        "traffic": {
            f"local_{local}": federated.traffic(begin, PARTIES, settings.steps, local)
            for local in settings.local
        },
        "splits": {
            split: sharing_summary(
                [r[split] for r in rounds["sharing"]], everyone | GROUPS.get(split, {})
            )
            for split in SPLITS
        },
        "robust": robust_summary(rounds["robust"]),
        "noise": noise_summary(rounds["noise"], settings),
        "leaks": means([{k: v for k, v in r.items() if k != "shown"} for r in rounds["leaks"]]),
        "shown": rounds["leaks"][0]["shown"],
        "reviews": {kind: review_summary(rounds["reviews"], kind) for kind in ("trades", "mixed")},
        "review_leaks": means([r["leaks"] for r in rounds["reviews"]]),
    }
