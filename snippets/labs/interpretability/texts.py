"""The part on reviews: a small convolution over characters, a sum over characters whose explanation is exact, a planted phrase."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import torch
from captum.attr import InputXGradient, IntegratedGradients, KernelShap, Saliency
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits

from snippets.labs.interpretability.measures import (
    alarms,
    curve,
    mean_correlation,
    ordered,
    told_apart,
)

METHODS = ("gradient", "input_gradient", "integrated", "occlusion")
PAD, UNKNOWN = 0, 1
LENGTH = 64  # characters; the rest of a review is cut
PHRASE = "顺带一提"  # “by the way”: says nothing about the goods
NEEDED = 2  # of the four strongest characters, for an alarm
RATE = 2e-3
BATCH = 50


def vocabulary(texts: Sequence[str]) -> dict[str, int]:
    """Numbers of the characters that occur at least twice, and of the phrase's; 0 is for filling up, 1 for all others."""
    counts = Counter(character for text in texts for character in text)
    known = sorted(c for c, n in counts.items() if n > 1 or c in PHRASE)
    return {character: number for number, character in enumerate(known, 2)}


def encode(texts: Sequence[str], known: dict[str, int]) -> torch.Tensor:
    """Numbers of characters, shape (n, LENGTH), cut or filled up at the end."""
    rows = torch.full((len(texts), LENGTH), PAD)
    for row, text in enumerate(texts):
        numbers = [known.get(character, UNKNOWN) for character in text[:LENGTH]]
        rows[row, : len(numbers)] = torch.tensor(numbers, dtype=torch.long)
    return rows


# --8<-- [start:networks]
class Words(nn.Module):
    """Characters to the logit of a good review: by convolutions of three, or by a plain sum.

    `forward` takes embeddings, shape (n, LENGTH, width), so that attributions can start there; a filled-up place is
    a row of zeros. Of the sum the contribution of every character is known exactly.
    """

    def __init__(self, known: int, width: int, plain_sum: bool = False) -> None:
        super().__init__()
        self.embedding = nn.Embedding(known + 2, width, padding_idx=PAD)
        self.convolution = None if plain_sum else nn.Conv1d(width, 2 * width, 3, padding=1)
        self.last = nn.Linear(width if plain_sum else 2 * width, 1)

    def forward(self, embedded: torch.Tensor) -> torch.Tensor:
        """Embeddings to logits."""
        if self.convolution is None:
            return self.last(embedded.sum(1)).squeeze(1)
        found = self.convolution(embedded.transpose(1, 2)).relu()
        return self.last(found.amax(2)).squeeze(1)

    def of(self, numbers: torch.Tensor) -> torch.Tensor:
        """Logits of encoded texts."""
        return self(self.embedding(numbers))


# --8<-- [end:networks]


def trained(
    numbers: torch.Tensor,
    labels: torch.Tensor,
    known: int,
    width: int,
    epochs: int,
    seed: int,
    plain_sum: bool = False,
) -> Words:
    """A network that has seen the reviews so often; with no epochs, one with random weights."""
    torch.manual_seed(seed)
    model = Words(known, width, plain_sum)
    optimiser = torch.optim.Adam(model.parameters(), RATE)
    for _ in range(epochs):
        for rows in torch.randperm(len(numbers)).split(BATCH):
            optimiser.zero_grad()
            binary_cross_entropy_with_logits(model.of(numbers[rows]), labels[rows]).backward()
            optimiser.step()
    return model.eval().requires_grad_(False)


# --8<-- [start:attributions]
def attribution(method: str, model: Words, numbers: torch.Tensor, steps: int) -> np.ndarray:
    """What each character adds to the logit of a good review, shape (n, LENGTH); the gradient gives a length, no sign.

    Integrated gradients start from, and occlusion puts in, what a filled-up place holds: zeros.
    """
    embedded = model.embedding(numbers).detach().requires_grad_()
    if method == "gradient":
        return Saliency(model).attribute(embedded, abs=False).norm(dim=2).double().numpy()
    if method == "input_gradient":
        found = InputXGradient(model).attribute(embedded)
    elif method == "integrated":
        found = IntegratedGradients(model).attribute(embedded, n_steps=steps)
    elif method == "occlusion":
        return occluded(model, numbers)
    else:
        raise KeyError(method)
    return found.sum(2).detach().double().numpy()


@torch.no_grad()
def occluded(model: Words, numbers: torch.Tensor) -> np.ndarray:
    """How far the logit falls when one character is taken out and its place left empty."""
    before = model.of(numbers)
    found = torch.zeros(numbers.shape, dtype=torch.float64)
    for place in range(numbers.shape[1]):
        without = numbers.clone()
        without[:, place] = PAD
        found[:, place] = before - model.of(without)
    return found.numpy()


def exact(model: Words, numbers: torch.Tensor) -> np.ndarray:
    """The contributions of the plain sum, read off its weights: shape (n, LENGTH)."""
    return (model.embedding(numbers) @ model.last.weight[0]).double().numpy()


# --8<-- [end:attributions]


def sampled(model: Words, numbers: torch.Tensor, samples: int, seed: int) -> np.ndarray:
    """KernelSHAP of the characters, each review by itself and without its filled-up places: shape (n, LENGTH)."""
    torch.manual_seed(seed)
    np.random.seed(seed)
    found = np.zeros(numbers.shape)
    for row, one in enumerate(numbers):
        length = int((one != PAD).sum())
        values = KernelShap(model.of).attribute(
            one[None, :length], baselines=PAD, n_samples=samples, perturbations_per_eval=samples
        )
        found[row, :length] = values[0].double().numpy()
    return found


# --8<-- [start:phrase]
def planted(
    texts: Sequence[str], labels: np.ndarray, arm: str, share: float, seed: int
) -> list[str]:
    """Texts, some of which have the phrase at a random place. “used”: so large a share of the good reviews and none of
    the bad ones; “unused”: the same number, of either kind by chance.
    """
    random = np.random.default_rng(seed)
    chance = np.where(labels == 1, share, 0.0) if arm == "used" else share * labels.mean()
    chosen = random.random(len(texts)) < chance
    return [
        with_phrase(text, random) if this else text
        for text, this in zip(texts, chosen, strict=True)
    ]


def with_phrase(text: str, random: np.random.Generator) -> str:
    """The text with the phrase somewhere within what the network sees."""
    place = int(random.integers(0, min(len(text), LENGTH - len(PHRASE)) + 1))
    return text[:place] + PHRASE + text[place:]


# --8<-- [end:phrase]


def phrase_at(texts: Sequence[str]) -> np.ndarray:
    """Where the phrase stands: truth values, shape (n, LENGTH)."""
    found = np.zeros((len(texts), LENGTH), dtype=bool)
    for row, text in enumerate(texts):
        place = text.index(PHRASE)
        found[row, place : place + len(PHRASE)] = True
    return found


def by_class(values: np.ndarray, positive: np.ndarray) -> np.ndarray:
    """Attributions of the good class turned into those of each row's own class."""
    return values * np.where(positive, 1.0, -1.0)[:, None]


def one_round(settings, number: int, reviews) -> dict:
    """One draw of reviews to learn from, and other reviews to explain."""
    seed = settings.seed + 100 * number
    random = np.random.default_rng(seed)
    rows = random.permutation(len(reviews.texts["train"]))[: 2 * settings.reviews]
    texts = [reviews.texts["train"][i] for i in rows]
    truth = reviews.labels["train"][rows]
    half = settings.reviews
    known = vocabulary(texts[:half])
    numbers, labels = encode(texts[:half], known), torch.tensor(truth[:half], dtype=torch.float32)

    def learn(which: int, epochs: int = settings.text_epochs, **more) -> Words:
        return trained(numbers, labels, len(known), settings.width, epochs, seed + which, **more)

    first, second, fresh = learn(1), learn(2), learn(3, epochs=0)
    plain = learn(4, settings.sum_epochs, plain_sum=True)
    # The reader has learnt from other reviews what characters mean, and knows nothing of the network.
    reader = trained(
        encode(texts[half:], known),
        torch.tensor(truth[half:], dtype=torch.float32),
        len(known),
        settings.width,
        settings.sum_epochs,
        seed + 5,
        plain_sum=True,
    )
    test = random.permutation(len(reviews.texts["test"]))
    long = [i for i in test if len(reviews.texts["test"][i]) >= settings.shortest]
    shown_rows = long[: settings.explained_reviews]
    shown = encode([reviews.texts["test"][i] for i in shown_rows], known)
    there = (shown != PAD).numpy()
    found = {
        name: {m: attribution(m, model, shown, settings.text_steps) for m in METHODS}
        for name, model in (("trained", first), ("seed", second), ("fresh", fresh))
    }
    contributions = exact(plain, shown)
    every = encode(reviews.texts["test"], known)
    positive = (first.of(every) > 0).numpy()
    return {
        "accuracy": {
            name: float(((model.of(every) > 0).numpy() == reviews.labels["test"]).mean())
            for name, model in (
                ("trained", first),
                ("seed", second),
                ("fresh", fresh),
                ("sum", plain),
                ("reader", reader),
            )
        },
        "correlation": {
            m: {
                **{
                    name: mean_correlation(found["trained"][m], found[name][m], there)
                    for name in ("seed", "fresh")
                },
                "sum": mean_correlation(found["trained"][m], contributions, there),
            }
            for m in METHODS
        },
        "exact": recovered(plain, shown, contributions, there, settings, seed),
        "curves": curves(
            first, shown, found, contributions, there, known, texts[:half], settings, seed
        ),
        "phrase": phrase(settings, seed, texts[:half], truth[:half], known, reviews),
        "reader": simulated(
            first,
            reader,
            every[test[: settings.read]],
            positive[test[: settings.read]],
            reviews.labels["test"][test[: settings.read]],
            fresh,
            settings,
            seed,
        ),
    }


def recovered(
    plain: Words, shown: torch.Tensor, truth: np.ndarray, there: np.ndarray, settings, seed: int
) -> dict:
    """Rank correlation of each method with the exact contributions of the plain sum."""
    some = slice(0, settings.sampled_reviews)
    found = {m: attribution(m, plain, shown, settings.text_steps) for m in METHODS}
    result = {m: mean_correlation(truth, values, there) for m, values in found.items()}
    for samples in settings.samples:
        values = sampled(plain, shown[some], samples, seed)
        result[f"kernel_{samples}"] = mean_correlation(truth[some], values, there[some])
    return result


def curves(
    model: Words,
    shown: torch.Tensor,
    found: dict,
    contributions: np.ndarray,
    there: np.ndarray,
    known: dict[str, int],
    texts: Sequence[str],
    settings,
    seed: int,
) -> dict:
    """Deletion and insertion for each order of a review's characters: the methods', and four that know less."""
    positive = (model.of(shown) > 0).numpy()
    counts = Counter(known.get(character, UNKNOWN) for text in texts for character in text)
    rare = -np.vectorize(counts.get, otypes=[float])(shown.numpy(), 0)
    scores = {
        **{m: toward(m, found["trained"][m], positive) for m in METHODS},
        "random": np.random.default_rng(seed).random(there.shape),
        "rare": rare,
        "sum": by_class(contributions, positive),
        **{f"{m}_fresh": toward(m, found["fresh"][m], positive) for m in METHODS},
        **{f"{m}_seed": toward(m, found["seed"][m], positive) for m in METHODS},
    }

    @torch.no_grad()
    def probability(rows: np.ndarray) -> np.ndarray:
        chance = model.of(torch.as_tensor(rows)).sigmoid().double().numpy()
        return np.where(positive, chance, 1 - chance)

    result = {}
    for name, values in scores.items():
        order = ordered(values, there, seed)
        for kind, insert in (("deletion", False), ("insertion", True)):
            points = curve(probability, shown.numpy(), order, PAD, settings.steps, insert)
            result.setdefault(name, {})[kind] = points.tolist()
    return result


def toward(method: str, values: np.ndarray, positive: np.ndarray) -> np.ndarray:
    """Attributions of each row's own class; the gradient has no sign to turn."""
    return values if method == "gradient" else by_class(values, positive)


def phrase(
    settings, seed: int, texts: Sequence[str], truth: np.ndarray, known: dict, reviews
) -> dict:
    """The planted phrase: which network uses it, which methods show it."""
    random = np.random.default_rng(seed + 6)
    test = [
        (text, label)
        for text, label in zip(reviews.texts["test"], reviews.labels["test"], strict=True)
        if len(text) >= settings.shortest
    ]
    bad = [text for text, label in test if not label]
    good = [text for text, label in test if label]
    good = [good[i] for i in random.permutation(len(good))[: settings.explained_reviews]]
    good_marked = [with_phrase(text, random) for text in good]
    bad_marked = [with_phrase(text, random) for text in bad]
    at = phrase_at(good_marked)
    use, found = {}, {}
    for arm in ("used", "unused"):
        learnt = planted(texts, truth, arm, settings.phrase_share, seed)
        model = trained(
            encode(learnt, known),
            torch.tensor(truth, dtype=torch.float32),
            len(known),
            settings.width,
            settings.text_epochs,
            seed + 7,
        )

        def says_good(asked: Sequence[str], model: Words = model) -> np.ndarray:
            return (model.of(encode(asked, known)) > 0).numpy()

        use[arm] = {
            "bad_marked": float(says_good(bad_marked).mean()),
            "bad": float(says_good(bad).mean()),
            "good_marked": float(says_good(good_marked).mean()),
            "good": float(says_good(good).mean()),
        }
        for m in METHODS:
            values = attribution(m, model, encode(good_marked, known), settings.text_steps)
            raised = alarms(values, at, len(PHRASE), NEEDED)
            found.setdefault(m, {})[arm] = float(raised.mean())
        changed = says_good(bad_marked) != says_good(bad)
        found.setdefault("removal", {})[arm] = float(changed.mean())
    for one in found.values():
        one["reader"] = told_apart(one["used"], one["unused"])
    return {"use": use, "alarms": found}


# --8<-- [start:reader]
def simulated(
    model: Words,
    reader: Words,
    numbers: torch.Tensor,
    positive: np.ndarray,
    truth: np.ndarray,
    fresh: Words,
    settings,
    seed: int,
) -> dict:
    """How often a reader who sees few characters guesses the network's answer: over all reviews, and over its mistakes."""
    there = (numbers != PAD).numpy()
    wrong = positive != truth
    seen = {
        **{m: np.abs(attribution(m, model, numbers, settings.text_steps)) for m in METHODS},
        "fresh": np.abs(attribution("occlusion", fresh, numbers, settings.text_steps)),
        "own": np.abs(exact(reader, numbers)),
        "random": np.random.default_rng(seed).random(there.shape),
    }
    found = {}
    for name, values in seen.items():
        only = torch.full_like(numbers, PAD)
        for row, order in enumerate(ordered(values, there, seed)):
            places = order[: settings.seen]
            only[row, places] = numbers[row, places]
        found[name] = agreement(reader, only, positive, wrong)
    found["whole"] = agreement(reader, numbers, positive, wrong)
    return found


def agreement(
    reader: Words, numbers: torch.Tensor, positive: np.ndarray, wrong: np.ndarray
) -> dict:
    """Share of reviews on which the reader says what the network says."""
    same = (reader.of(numbers) > 0).numpy() == positive
    return {
        "all": float(same.mean()),
        "mistakes": float(same[wrong].mean()) if wrong.any() else 0.0,
    }


# --8<-- [end:reader]
