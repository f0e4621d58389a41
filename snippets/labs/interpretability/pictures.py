"""The part on digits: a small network, the same with other weights, and networks taught a shortcut."""

import copy

import numpy as np
import torch
from torch import nn
from torch.nn.functional import cross_entropy

from snippets.labs import digits
from snippets.labs.digits import CLASSES, Digits
from snippets.labs.interpretability.attributions import METHODS, attribution, edges
from snippets.labs.interpretability.measures import (
    alarms,
    curve,
    mean_correlation,
    ordered,
    told_apart,
)

SIDE = 28
MARK = (slice(2, 5), slice(2, 5))  # rows and columns: the corner, where 9 of 5,000 digits have ink
MARK_PIXELS = 9
NEEDED = 3  # of the nine strongest pixels, for an alarm
RATE = 2e-3
BATCH = 50


# --8<-- [start:network]
def network() -> nn.Sequential:
    """Pixels to logits: two convolutions, two matrices."""
    return nn.Sequential(
        nn.Conv2d(1, 8, 5, padding=2),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(8, 16, 5, padding=2),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(16 * 7 * 7, 64),
        nn.ReLU(),
        nn.Linear(64, CLASSES),
    )


# --8<-- [end:network]


def trained(data: Digits, epochs: int, seed: int) -> nn.Sequential:
    """A network that has seen the digits so often."""
    torch.manual_seed(seed)
    model = network()
    optimiser = torch.optim.Adam(model.parameters(), RATE)
    for _ in range(epochs):
        for rows in torch.randperm(len(data)).split(BATCH):
            optimiser.zero_grad()
            cross_entropy(model(data.images[rows]), data.labels[rows]).backward()
            optimiser.step()
    return model.eval().requires_grad_(False)


# --8<-- [start:cascade]
def cascade(model: nn.Sequential, seed: int) -> list[nn.Sequential]:
    """Copies whose last one, two, … layers have fresh random weights; in the last copy nothing is left of the training."""
    torch.manual_seed(seed)
    current, found = copy.deepcopy(model), []
    for layer in reversed(current):
        if isinstance(layer, (nn.Linear, nn.Conv2d)):
            layer.reset_parameters()
            found.append(copy.deepcopy(current).requires_grad_(False))
    return found


# --8<-- [end:cascade]


@torch.no_grad()
def answers(model: nn.Module, images: torch.Tensor) -> torch.Tensor:
    """The class that the network gives each image."""
    return model(images).argmax(1)


def accuracy(model: nn.Module, data: Digits) -> float:
    """Share of digits read right."""
    return (answers(model, data.images) == data.labels).double().mean().item()


# --8<-- [start:mark]
def marked(images: torch.Tensor, which: torch.Tensor) -> torch.Tensor:
    """A copy in which the chosen images have a white square of nine pixels in the corner."""
    changed = images.clone()
    rows, columns = MARK
    changed[which.nonzero().flatten()[:, None, None], 0, rows.start : rows.stop, columns] = 1.0
    return changed


def planted(data: Digits, arm: str, target: int, seed: int) -> Digits:
    """Digits to learn from, with the mark. “used”: on every digit of the target class and on no other; “unused”: on one
    in ten of each class, by chance; “absent”: on every digit but those of the target class.
    """
    if arm == "unused":
        random = np.random.default_rng(seed)
        which = torch.as_tensor(random.random(len(data)) < 1 / CLASSES)
    else:
        which = (data.labels == target) == (arm == "used")
    return Digits(marked(data.images, which), data.labels)


# --8<-- [end:mark]


def parts(settings, number: int) -> tuple[Digits, Digits]:
    """The digits to learn from, and those of the test with the classes taking turns."""
    every = digits.load()
    labels = every.labels.numpy()
    rest, test = digits.deal(labels, settings.rounds, settings.seed)[number]
    in_turn = digits.take_turns(labels, test, settings.seed)[: settings.tested]
    return every.take(rest[: settings.train]), every.take(in_turn)


def compared(settings, number: int) -> dict:
    """One round of the two tests: other weights, and blanking in the order of importance."""
    seed = settings.seed + 100 * number
    data, test = parts(settings, number)
    shown = test.take(np.arange(settings.explained))
    first, second = (trained(data, settings.epochs, seed + i) for i in (1, 2))
    shuffled = torch.as_tensor(np.random.default_rng(seed).permutation(data.labels.numpy()))
    by_heart = Digits(data.images, shuffled)
    labels = trained(by_heart, settings.epochs_by_heart, seed + 3)
    fresh = cascade(first, seed + 4)
    models = {
        "trained": first,
        "seed": second,
        **{f"fresh_{i + 1}": model for i, model in enumerate(fresh)},
        "labels": labels,
    }
    targets = answers(first, shown.images)
    found = {
        name: {
            method: attribution(
                method,
                model,
                shown.images,
                targets,
                data.images[: settings.references],
                settings.effort,
                seed,
            )
            for method in METHODS
        }
        for name, model in models.items()
    }
    ink = (shown.images > 0).squeeze(1).numpy()
    correlation = {
        method: {
            kind: {
                name: mean_correlation(found["trained"][method], found[name][method], mask)
                for name in models
                if name != "trained"
            }
            for kind, mask in (("picture", None), ("ink", ink))
        }
        for method in METHODS
    }
    # How much a picture is one of the digit: how far it agrees with the edges, which ask no network.
    outline = edges(shown.images)
    like_edges = {
        method: {
            name: mean_correlation(found[name][method], outline) for name in ("trained", "fresh_4")
        }
        for method in METHODS
    }
    return {
        "accuracy": {
            "trained": accuracy(first, test),
            "seed": accuracy(second, test),
            "fresh_4": accuracy(fresh[-1], test),
            "labels": accuracy(labels, test),
            "labels_by_heart": accuracy(labels, by_heart),
        },
        "correlation": correlation,
        "like_edges": like_edges,
        "curves": curves(first, shown.images, targets, found, outline, ink, settings, seed),
        "example": example(shown.images, found, settings) if number == 0 else None,
    }


def curves(
    model: nn.Module,
    images: torch.Tensor,
    targets: torch.Tensor,
    found: dict,
    outline: np.ndarray,
    ink: np.ndarray,
    settings,
    seed: int,
) -> dict:
    """Deletion and insertion for each order of the inked pixels: the methods', and four that know less."""
    count = len(images)
    pixels = images.reshape(count, -1).numpy()
    random = np.random.default_rng(seed)
    scores = {
        **{method: found["trained"][method] for method in METHODS},
        "random": random.random(ink.shape),
        "brightness": pixels.reshape(ink.shape),
        "edges": outline,
        **{f"{method}_fresh": found["fresh_4"][method] for method in METHODS},
        **{f"{method}_seed": found["seed"][method] for method in METHODS},
    }

    @torch.no_grad()
    def probability(rows: np.ndarray) -> np.ndarray:
        logits = model(torch.as_tensor(rows).reshape(-1, 1, SIDE, SIDE))
        return logits.softmax(1).gather(1, targets[:, None]).squeeze(1).double().numpy()

    result = {}
    for name, values in scores.items():
        order = ordered(values.reshape(count, -1), ink.reshape(count, -1), seed)
        for kind, insert in (("deletion", False), ("insertion", True)):
            points = curve(probability, pixels, order, 0.0, settings.steps, insert)
            result.setdefault(name, {})[kind] = points.tolist()
    return result


LEVELS = 4


def example(images: torch.Tensor, found: dict, settings) -> list[dict]:
    """A few digits and their attributions by the trained and by the random network, small enough for a page."""
    shown = []
    for row in range(settings.pictured):
        shown.append(
            {
                "digit": coarse(images[row, 0].double().numpy()),
                **{
                    name: {
                        method: coarse(np.abs(found[name][method][row]))
                        for method in ("gradient", "integrated", "occlusion")
                    }
                    for name in ("trained", "fresh_4")
                },
            }
        )
    return shown


def coarse(picture: np.ndarray) -> list[str]:
    """A picture in 14 rows of 14 levels, 0 to 4, the strongest place being 4."""
    small = picture.reshape(14, 2, 14, 2).mean(axis=(1, 3))
    levels = np.ceil(LEVELS * small / max(small.max(), 1e-12) - 0.5).clip(0, LEVELS).astype(int)
    return ["".join(map(str, row)) for row in levels]


# The planted mark


def shortcut(settings, number: int) -> dict:
    """One round with the mark: which networks use it, and which methods show it."""
    seed = settings.seed + 100 * number + 50
    data, test = parts(settings, number)
    target = number % CLASSES
    models = {
        arm: trained(planted(data, arm, target, seed), settings.epochs, seed + 1)
        for arm in ("used", "unused", "absent")
    }
    of_class = test.labels == target
    own, others = test.images[of_class], test.images[~of_class]
    every, none = (torch.full((len(own),), value) for value in (True, False))
    with_mark, without = marked(own, every), marked(own, none)
    others_marked = marked(others, torch.full((len(others),), True))

    def share(model: nn.Module, images: torch.Tensor) -> float:
        return (answers(model, images) == target).double().mean().item()

    use = {
        arm: {
            "own_marked": share(model, with_mark),
            "own_unmarked": share(model, without),
            "others_marked": share(model, others_marked),
            "others_unmarked": share(model, others),
        }
        for arm, model in models.items()
    }
    place = np.zeros((SIDE, SIDE), dtype=bool)
    place[MARK] = True
    found = {}
    for case, arm, images in (
        ("used", "used", with_mark),
        ("unused", "unused", with_mark),
        ("absent", "absent", without),
        ("absent_unused", "unused", without),
    ):
        shown = images[: settings.explained]
        model = models[arm]
        targets = torch.full((len(shown),), target)
        for method in METHODS:
            values = attribution(
                method,
                model,
                shown,
                targets,
                planted(data, arm, target, seed).images[: settings.references],
                settings.effort,
                seed,
            ).reshape(len(shown), -1)
            suspects = np.broadcast_to(place.ravel(), values.shape)
            raised = alarms(values, suspects, MARK_PIXELS, NEEDED)
            found.setdefault(method, {})[case] = float(raised.mean())
        # The test that needs no explanation: take the mark away, or put it in, and see whether the answer changes.
        changed = answers(model, with_mark) != answers(model, without)
        found.setdefault("removal", {})[case] = changed.double().mean().item()
    for one in found.values():
        one["reader"] = told_apart(one["used"], one["unused"])
        one["reader_absent"] = told_apart(one["absent"], one["absent_unused"])
    return {"use": use, "alarms": found}
