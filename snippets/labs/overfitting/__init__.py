"""Lab: which remedies against overfitting work? A small network on a few digits, with and without wrong labels.

Every round draws other digits to learn from and tests on other ones; within a round, all remedies get the same
digits and the same seed, so that they are compared in pairs.
"""

import copy
import math
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import nn
from torch.nn.functional import affine_grid, cross_entropy, grid_sample
from torch.nn.utils import prune

from snippets.labs import digits
from snippets.labs.digits import Digits
from snippets.labs.statistics import mean_interval
from snippets.labs.steps import kept


@dataclass(frozen=True)
class Settings:
    """The experiment. The lists are what is tried on the validation digits.

    train, validation: numbers of digits in a round; the rest of the round's digits are there for `more`.
    wrong_labels: shares of training and validation labels that are made wrong; test labels never are.
    """

    rounds: int = 10
    train: int = 500
    validation: int = 500
    more: tuple[int, ...] = (2, 4)
    wrong_labels: tuple[float, ...] = (0.0, 0.2)
    epochs: int = 50
    tuning_epochs: int = 5
    width: int = 256
    rate: float = 0.15
    batch: int = 50
    shifts: tuple[float, ...] = (1.0, 2.0, 3.0)
    l1: tuple[float, ...] = (1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3)
    l2: tuple[float, ...] = (1e-3, 1e-2, 3e-2, 1e-1)
    dropout: tuple[float, ...] = (0.2, 0.5, 0.8, 0.9)
    widths: tuple[int, ...] = (16, 32, 64)
    pruned: tuple[float, ...] = (0.5, 0.7, 0.8, 0.9, 0.95)
    bits: tuple[int, ...] = (4, 3, 2)
    seed: int = 1  # 0 was used while the settings were being tried


FULL = Settings()
SMALL = Settings(
    rounds=2,
    train=100,
    validation=50,
    more=(2, 4),
    epochs=6,
    tuning_epochs=1,
    width=16,
    batch=10,
    shifts=(1.0,),
    l1=(1e-4,),
    l2=(1e-3,),
    dropout=(0.5,),
    widths=(8,),
    pruned=(0.5, 0.9),
    bits=(4, 2),
)
COMPRESSION = ("pruning", "pruning_tuned", "int8", "few_bits")


@dataclass(frozen=True)
class Recipe:
    """How a network is trained. All at zero is the plain network.

    shift: how far, in pixels, digits are moved at most; turned and scaled in proportion.
    l1, l2: factor of the sum of absolute or of half the squared weights in the loss; biases are left alone.
    """

    width: int
    shift: float = 0.0
    l1: float = 0.0
    l2: float = 0.0
    dropout: float = 0.0


# --8<-- [start:network]
def network(recipe: Recipe) -> nn.Sequential:
    """Pixels to logits, over two hidden layers."""
    return nn.Sequential(
        nn.Flatten(),
        nn.Linear(28 * 28, recipe.width),
        nn.ReLU(),
        nn.Dropout(recipe.dropout),
        nn.Linear(recipe.width, recipe.width // 2),
        nn.ReLU(),
        nn.Dropout(recipe.dropout),
        nn.Linear(recipe.width // 2, digits.CLASSES),
    )


# --8<-- [end:network]


def weights(model: nn.Module) -> list[nn.Parameter]:
    """The weight matrices, without the biases."""
    return [parameter for parameter in model.parameters() if parameter.ndim == 2]


def zeros(model: nn.Module) -> float | None:
    """Share of the weights that are exactly zero; None for an int8 network, which has no ordinary ones."""
    values = [matrix.flatten() for matrix in weights(model)]
    return (torch.cat(values) == 0).double().mean().item() if values else None


# --8<-- [start:train]
def train(
    recipe: Recipe,
    data: Digits,
    settings: Settings,
    seed: int,
    after_epoch: Callable[[nn.Module], None] | None = None,
) -> nn.Module:
    """A network trained by a recipe; `after_epoch` sees it after each epoch."""
    torch.manual_seed(seed)
    model = network(recipe)
    fit(model, recipe, data, settings, settings.epochs, after_epoch)
    return model.eval()


def fit(
    model: nn.Module,
    recipe: Recipe,
    data: Digits,
    settings: Settings,
    epochs: int,
    after_epoch: Callable[[nn.Module], None] | None = None,
) -> None:
    """Train a network in place, by stochastic gradient descent."""
    matrices = weights(model)
    biases = [parameter for parameter in model.parameters() if parameter.ndim == 1]
    # Without momentum, PyTorch's weight_decay is exactly the gradient of l2/2 times the squared weights.
    optimiser = torch.optim.SGD(
        [{"params": matrices, "weight_decay": recipe.l2}, {"params": biases}], lr=settings.rate
    )
    for _ in range(epochs):
        model.train()
        images = moved(data.images, recipe.shift) if recipe.shift else data.images
        for rows in torch.randperm(len(data)).split(settings.batch):
            optimiser.zero_grad()
            cross_entropy(model(images[rows]), data.labels[rows]).backward()
            optimiser.step()
            if recipe.l1:
                shrink(matrices, settings.rate * recipe.l1)
        if after_epoch:
            after_epoch(model.eval())


@torch.no_grad()
def shrink(matrices: Iterable[torch.Tensor], by: float) -> None:
    """Move every weight towards zero, and to zero when it is nearer than that: the step that L1 asks for.

    Following the gradient of the absolute value instead would leave small weights dancing around zero.
    """
    for matrix in matrices:
        matrix.copy_(matrix.sign() * (matrix.abs() - by).clamp(min=0))


# --8<-- [end:train]


# --8<-- [start:moved]
def moved(images: torch.Tensor, pixels: float) -> torch.Tensor:
    """Each image moved, turned and scaled at random: up to so many pixels, five degrees and five per cent a pixel."""
    count = len(images)
    across, down, turn, size = (torch.rand(4, count) * 2 - 1) * torch.tensor(
        [pixels / 14, pixels / 14, math.radians(5 * pixels), 0.05 * pixels]
    )[:, None]
    cosine, sine = turn.cos() * (1 + size), turn.sin() * (1 + size)
    maps = torch.stack(
        [torch.stack([cosine, -sine, across], 1), torch.stack([sine, cosine, down], 1)], 1
    )
    return grid_sample(
        images, affine_grid(maps, list(images.shape), align_corners=False), align_corners=False
    )


# --8<-- [end:moved]


# --8<-- [start:compression]
def pruned(
    model: nn.Module, share: float, tune: Callable[[nn.Module], None] | None = None
) -> nn.Module:
    """A copy whose weights of least magnitude, over all matrices, are zero; `tune` may train what is left."""
    model = copy.deepcopy(model)
    layers = [(layer, "weight") for layer in model if isinstance(layer, nn.Linear)]
    prune.global_unstructured(layers, pruning_method=prune.L1Unstructured, amount=share)
    if tune:
        tune(model)  # while the mask is in place: zeros stay zeros
    for layer, name in layers:
        prune.remove(layer, name)
    return model.eval()


def quantised(model: nn.Module) -> nn.Module:
    """A copy that stores its matrices as 8-bit integers and multiplies with them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # PyTorch announces that this moves to torchao
        return torch.ao.quantization.quantize_dynamic(model, {nn.Linear}, dtype=torch.qint8)


@torch.no_grad()
def rounded(model: nn.Module, bits: int) -> nn.Module:
    """A copy whose weights are rounded to what so many bits can hold, each row of a matrix with a scale of its own.

    It computes with ordinary numbers: good for asking what rounding does, not for saving anything.
    """
    model = copy.deepcopy(model)
    levels = 2 ** (bits - 1) - 1
    for matrix in weights(model):
        scale = (matrix.abs().amax(dim=1, keepdim=True) / levels).clamp(min=1e-12)
        matrix.copy_((matrix / scale).round().clamp(-levels, levels) * scale)
    return model


# --8<-- [end:compression]


@torch.no_grad()
def score(model: nn.Module, data: Digits) -> dict[str, float]:
    """Accuracy, and mean cross-entropy."""
    logits = model(data.images)
    return {
        "accuracy": (logits.argmax(1) == data.labels).double().mean().item(),
        "loss": cross_entropy(logits.double(), data.labels).item(),
    }


# --8<-- [start:choose]
def choose(candidates: Sequence[dict]) -> dict:
    """The candidate with the best validation accuracy; of equally good ones, that with the lowest validation loss."""
    return max(candidates, key=lambda c: (c["validation"]["accuracy"], -c["validation"]["loss"]))


# --8<-- [end:choose]


def one_round(settings: Settings, wrong: float, number: int) -> dict:
    """All remedies in one round: for each its scores on the three parts, and what was chosen."""
    every = digits.load()
    labels = every.labels.numpy()
    rest, test_rows = digits.deal(labels, settings.rounds, settings.seed)[number]
    seed = settings.seed + number
    known = every.take(rest[: settings.validation + settings.train * max(settings.more)])
    known = Digits(known.images, digits.mislabelled(known.labels, wrong, seed))
    validation = Digits(known.images[: settings.validation], known.labels[: settings.validation])
    test = every.take(test_rows)

    def first(count: int) -> Digits:
        part = slice(settings.validation, settings.validation + count)
        return Digits(known.images[part], known.labels[part])

    data = first(settings.train)

    def scored(model: nn.Module, chosen: float | None = None, on: Digits = data) -> dict:
        parts = {"train": on, "validation": validation, "test": test}
        return {
            "chosen": chosen,
            "zeros": zeros(model),
            **{name: score(model, part) for name, part in parts.items()},
        }

    def best(field: str, values: Sequence) -> dict:
        return choose(
            [
                scored(train(replace(plain, **{field: value}), data, settings, seed), value)
                for value in values
            ]
        )

    plain = Recipe(settings.width)
    epochs = []
    model = train(plain, data, settings, seed, lambda m: epochs.append(scored(m, len(epochs) + 1)))
    shares = [scored(pruned(model, share), share) for share in settings.pruned]
    few_bits = [scored(rounded(model, bits), bits) for bits in settings.bits]

    def tune(m: nn.Module) -> None:
        torch.manual_seed(seed)
        fit(m, plain, data, settings, settings.tuning_epochs)

    methods = {
        "plain": scored(model),
        **{
            f"more_{times}": scored(
                train(plain, first(times * settings.train), settings, seed),
                on=first(times * settings.train),
            )
            for times in settings.more
        },
        "augmentation": best("shift", settings.shifts),
        "l1": best("l1", settings.l1),
        "l2": best("l2", settings.l2),
        "dropout": best("dropout", settings.dropout),
        "early_stopping": choose(epochs),
        "smaller": best("width", settings.widths),
        "pruning": choose(shares),
        "pruning_tuned": choose(
            [scored(pruned(model, share, tune), share) for share in settings.pruned]
        ),
        "int8": scored(quantised(model)),
        "few_bits": choose(few_bits),
    }
    together = replace(
        plain,
        shift=methods["augmentation"]["chosen"],
        l2=methods["l2"]["chosen"],
        dropout=methods["dropout"]["chosen"],
    )
    methods["together"] = scored(train(together, data, settings, seed))
    return {"methods": methods, "shares": shares, "bits": few_bits}


# --8<-- [start:effect]
def effect(gap: dict, test: dict) -> str:
    """What a remedy did, from the intervals of its paired differences: of the gap, and of the test accuracy.

    "remedy": the gap is smaller and the test accuracy higher, both with their whole interval. "gap_only": the gap
    is smaller, the test accuracy is not higher. "harm": the test accuracy is lower. "unclear": the rest.
    """
    if test["interval"][1] < 0:
        return "harm"
    if gap["interval"][1] < 0:
        return "remedy" if test["interval"][0] > 0 else "gap_only"
    return "unclear"


# --8<-- [end:effect]


def gap(scores: dict) -> float:
    """Accuracy in training less accuracy on the test."""
    return scores["train"]["accuracy"] - scores["test"]["accuracy"]


def summary(rounds: Sequence[dict]) -> dict:
    """Means and paired differences of one setting over its rounds."""
    methods = {}
    for name in rounds[0]["methods"]:
        runs = [(r["methods"][name], r["methods"]["plain"]) for r in rounds]
        methods[name] = {
            **{
                part: mean_interval([run[part]["accuracy"] for run, _ in runs])
                for part in ("train", "test")
            },
            "test_loss": mean_interval([run["test"]["loss"] for run, _ in runs]),
            "gap": mean_interval([gap(run) for run, _ in runs]),
            "chosen": [run["chosen"] for run, _ in runs],
            "zeros": None
            if runs[0][0]["zeros"] is None
            else mean_interval([run["zeros"] for run, _ in runs]),
        }
        if name != "plain":
            against = methods[name]["against_plain"] = {
                "gap": mean_interval([gap(run) - gap(plain) for run, plain in runs]),
                "test": mean_interval(
                    [run["test"]["accuracy"] - plain["test"]["accuracy"] for run, plain in runs]
                ),
                "test_loss": mean_interval(
                    [run["test"]["loss"] - plain["test"]["loss"] for run, plain in runs]
                ),
            }
            methods[name]["effect"] = effect(against["gap"], against["test"])
    return {
        "methods": methods,
        **{
            key: [curve_point([r[key][i] for r in rounds]) for i in range(len(rounds[0][key]))]
            for key in ("shares", "bits")
        },
    }


def curve_point(scores: Sequence[dict]) -> dict:
    """Mean accuracies of a network compressed so far, over the rounds."""
    return {
        "at": scores[0]["chosen"],
        **{
            part: mean_interval([s[part]["accuracy"] for s in scores]) for part in ("train", "test")
        },
    }


def run(settings: Settings, folder: Path) -> dict:
    """The whole experiment, one step a round; see `summary` for what comes out."""
    torch.set_num_threads(1)
    parts = []
    for wrong in settings.wrong_labels:
        rounds = [
            kept(
                folder,
                f"wrong-{wrong:g}-round-{number}",
                lambda: one_round(settings, wrong, number),
                settings=settings,
            )
            for number in range(settings.rounds)
        ]
        parts.append(
            {"id": f"wrong_{round(100 * wrong)}", "wrong_labels": wrong, **summary(rounds)}
        )
    every = digits.load()
    return {
        "data": {
            "digits": len(every),
            "train": settings.train,
            "validation": settings.validation,
            "test": len(every),
            "rounds": settings.rounds,
        },
        "settings": parts,
    }
