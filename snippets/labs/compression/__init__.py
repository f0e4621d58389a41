"""Lab: what do int8, pruning and distillation save, and where does it hurt? The guide's small CNN on digits.

Every round trains on other digits and tests on other ones, each digit being tested on once. Within a round all
compressed networks come from the same dense one, so that they are compared with it in pairs.
"""

import copy
import io
import time
import warnings
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from scipy.stats import binom
from torch import nn
from torch.ao import quantization
from torch.nn.functional import cross_entropy, kl_div, log_softmax
from torch.nn.utils import prune

from snippets.labs import digits
from snippets.labs.digits import CLASSES, Digits
from snippets.labs.statistics import mean_interval
from snippets.labs.steps import kept

MARGIN = 0.01  # of accuracy: what is lost below this is taken for the price of a good bargain
MOST_LEFT = 0.9  # of file or time: what leaves more is no saving; in time such differences come and go between measurements
UNKNOWN = -1  # the label of a digit whose label is not used
BINS = 10  # of confidence, for the calibration


@dataclass(frozen=True)
class Settings:
    """The experiment.

    train, validation: numbers of digits in a round. shares: parts of the weights that pruning takes away.
    channels: of the two convolutions, then the width of the dense layer; `student` those of the small network.
    temperatures: tried on the validation digits. batches: sizes at which speed is measured, `repeats` times.
    """

    rounds: int = 8
    train: int = 2000
    validation: int = 500
    epochs: int = 10
    tuning_epochs: int = 3
    student_epochs: int = 25
    batch: int = 64
    rate: float = 1e-3
    channels: tuple[int, int, int] = (32, 64, 128)
    student: tuple[int, int, int] = (8, 16, 32)
    shares: tuple[float, ...] = (0.5, 0.8, 0.9, 0.95, 0.98)
    bits: tuple[int, ...] = (6, 4, 3, 2)
    temperatures: tuple[float, ...] = (2.0, 5.0)
    batches: tuple[int, ...] = (1, 64)
    repeats: int = 61
    seed: int = 1  # 0 was used while the settings were being tried


FULL = Settings()
SMALL = Settings(
    rounds=2,
    train=200,
    validation=50,
    epochs=2,
    tuning_epochs=1,
    student_epochs=2,
    channels=(4, 8, 16),
    student=(2, 4, 8),
    shares=(0.5, 0.9),
    bits=(4, 2),
    temperatures=(2.0,),
    batches=(1, 4),
    repeats=5,
)
CHOSEN_SHARE = 0.9  # of pruning, for the comparison with other methods
# The methods that the article and its note name, by the names of our rows.
NAMED = ("int8", "pruned_90", "distilled")
SERVED = ("int8_dense_only", "int8", "pruned_90", "distilled")  # their speed is measured


class Network(nn.Module):
    """The CNN of the guide's first problem, of any width; its ends mark where int8 begins and stops."""

    def __init__(self, channels: Sequence[int]):
        super().__init__()
        first, second, dense = channels
        self.begin, self.end = quantization.QuantStub(), quantization.DeQuantStub()
        self.layers = nn.Sequential(
            nn.Conv2d(1, first, 3),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(first, second, 3),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Linear(25 * second, dense),
            nn.ReLU(),
            nn.Linear(dense, CLASSES),
        )

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Images of shape (n, 1, 28, 28) to logits of shape (n, 10)."""
        return self.end(self.layers(self.begin(images)))


def weighty(model: Network) -> list[nn.Module]:
    """The layers that have weights."""
    return [layer for layer in model.layers if isinstance(layer, (nn.Conv2d, nn.Linear))]


def parameters(model: nn.Module) -> int:
    """How many numbers a model holds."""
    return sum(parameter.numel() for parameter in model.parameters())


Loss = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]


def fit(
    model: nn.Module,
    data: Digits,
    epochs: int,
    settings: Settings,
    seed: int,
    loss: Loss | None = None,
) -> nn.Module:
    """Train a network in place; `loss` gets its logits and the rows of the batch, cross-entropy without one."""
    torch.manual_seed(seed)
    optimiser = torch.optim.Adam(model.parameters(), lr=settings.rate)
    model.train()
    for _ in range(epochs):
        for rows in torch.randperm(len(data)).split(settings.batch):
            optimiser.zero_grad()
            logits = model(data.images[rows])
            value = loss(logits, rows) if loss else cross_entropy(logits, data.labels[rows])
            value.backward()
            optimiser.step()
    return model.eval()


# --8<-- [start:distil]
def distilled(
    student: nn.Module,
    teacher: nn.Module,
    data: Digits,
    temperature: float,
    settings: Settings,
    seed: int,
) -> nn.Module:
    """Train a small network to give the probabilities of a large one, softened, and a little on the labels.

    Source: G. Hinton, O. Vinyals and J. Dean, arXiv 1503.02531; the squared temperature keeps the gradients'
    size, and a tenth of the weight is the labels'. Digits labelled UNKNOWN count by the probabilities alone.
    The number of batches is that of `settings.student_epochs` over the digits with labels.
    """
    with torch.no_grad():
        soft = (
            torch.cat([teacher(part) for part in data.images.split(500)])
            .div(temperature)
            .softmax(1)
        )

    def loss(logits: torch.Tensor, rows: torch.Tensor) -> torch.Tensor:
        imitation = (
            kl_div(log_softmax(logits / temperature, 1), soft[rows], reduction="batchmean")
            * temperature**2
        )
        known = cross_entropy(
            logits, data.labels[rows], ignore_index=UNKNOWN, reduction="sum"
        ) / len(rows)
        return 0.9 * imitation + 0.1 * known

    share = (data.labels != UNKNOWN).double().mean().item()
    return fit(student, data, round(settings.student_epochs * share), settings, seed, loss)


# --8<-- [end:distil]


# --8<-- [start:prune]
def pruned(
    model: Network, share: float, tune: Callable[[nn.Module], None] | None = None
) -> Network:
    """A copy whose weights of least magnitude, over all layers, are zero; `tune` may train what is left."""
    model = copy.deepcopy(model)
    places = [(layer, "weight") for layer in weighty(model)]
    prune.global_unstructured(places, pruning_method=prune.L1Unstructured, amount=share)
    if tune:
        tune(model)  # while the mask is in place: zeros stay zeros
    for layer, name in places:
        prune.remove(layer, name)
    return model.eval()


# --8<-- [end:prune]


# --8<-- [start:int8]
def int8(model: Network, examples: torch.Tensor) -> nn.Module:
    """A copy that stores weights as 8-bit integers and computes with them throughout.

    examples: images from which the range of each layer's outputs is read.
    """
    fused = quantization.fuse_modules(
        model, [["layers.0", "layers.1"], ["layers.3", "layers.4"], ["layers.7", "layers.8"]]
    )
    fused.qconfig = quantization.get_default_qconfig("x86")
    with quiet(), torch.no_grad():
        observed = quantization.prepare(fused)
        observed(examples)
        return quantization.convert(observed)


def int8_dense_only(model: Network) -> nn.Module:
    """A copy whose dense layers alone are in 8 bits, with ranges read anew at every call: no examples are needed."""
    with quiet():
        return quantization.quantize_dynamic(model, {nn.Linear}, dtype=torch.qint8)


# --8<-- [end:int8]


class quiet(warnings.catch_warnings):
    """Without the warnings of torch.ao, which announces that it moves to torchao, and of sparse and traced tensors."""

    def __enter__(self):
        super().__enter__()
        warnings.simplefilter("ignore")


@torch.no_grad()
def rounded(model: Network, bits: int) -> Network:
    """A copy whose weights are rounded to what so many bits hold, with a scale for each output of a layer.

    It computes with ordinary numbers: good for asking what rounding does to the accuracy, not for saving anything.
    """
    model = copy.deepcopy(model)
    levels = 2 ** (bits - 1) - 1
    for layer in weighty(model):
        rows = layer.weight.flatten(1)
        scale = (rows.abs().amax(dim=1, keepdim=True) / levels).clamp(min=1e-12)
        layer.weight.copy_(
            ((rows / scale).round().clamp(-levels, levels) * scale).view_as(layer.weight)
        )
    return model


# --8<-- [start:sizes]
def sizes(model: nn.Module) -> dict[str, int]:
    """Bytes of a network's file as PyTorch writes it, and of that file compressed losslessly."""
    file = saved(model.state_dict())
    return {"file": len(file), "zipped": len(zlib.compress(file, 9))}


def sparse_size(model: Network) -> int:
    """Bytes of the file when each matrix is stored as its non-zero values with their places (CSR, 32-bit indices)."""
    with quiet():
        return len(
            saved(
                {
                    name: compact(value.flatten(1)) if value.ndim > 1 else value
                    for name, value in model.state_dict().items()
                }
            )
        )


def compact(matrix: torch.Tensor) -> torch.Tensor:
    """A matrix in compressed sparse rows."""
    sparse = matrix.to_sparse_csr()
    return torch.sparse_csr_tensor(
        sparse.crow_indices().int(),
        sparse.col_indices().int(),
        sparse.values(),
        sparse.shape,
        check_invariants=True,
    )


# --8<-- [end:sizes]


def saved(state: dict) -> bytes:
    """The bytes of a saved model."""
    buffer = io.BytesIO()
    torch.save(state, buffer)
    return buffer.getvalue()


# Quality


@torch.no_grad()
def probabilities(model: nn.Module, images: torch.Tensor) -> np.ndarray:
    """Shape (n, 10)."""
    return torch.cat([model(part) for part in images.split(250)]).double().softmax(1).numpy()


def score(given: np.ndarray, dense: np.ndarray, labels: np.ndarray) -> dict:
    """Scores of a network's probabilities, beside those of the dense network on the same digits.

    changed: share of the digits that it takes for another one than the dense network does. bins: by confidence,
    how many digits there are, how many are right, and the sum of the confidences, for `calibration`.
    """
    predicted, confidence = given.argmax(1), given.max(1)
    right = predicted == labels
    places = np.minimum((confidence * BINS).astype(int), BINS - 1)
    return {
        "accuracy": float(right.mean()),
        "loss": float(-np.log(given[np.arange(len(labels)), labels].clip(1e-12)).mean()),
        "changed": float((predicted != dense.argmax(1)).mean()),
        "recall": [float(right[labels == label].mean()) for label in range(CLASSES)],
        "bins": [
            [
                int((places == b).sum()),
                int(right[places == b].sum()),
                float(confidence[places == b].sum()),
            ]
            for b in range(BINS)
        ],
    }


# --8<-- [start:calibration]
def calibration(rounds: Sequence[Sequence[Sequence[float]]]) -> float:
    """Expected calibration error over the digits of all rounds: how far confidence and accuracy are apart, on average.

    rounds: for each round its bins, each with the number of digits, of right ones, and the sum of confidences.
    """
    bins = np.array(rounds, dtype=np.float64).sum(axis=0)
    return float(np.abs(bins[:, 1] - bins[:, 2]).sum() / bins[:, 0].sum())


# --8<-- [end:calibration]


# Speed


class Sparse(nn.Module):
    """A dense layer that multiplies only with its non-zero weights."""

    def __init__(self, layer: nn.Linear):
        super().__init__()
        with quiet():
            self.weight = compact(layer.weight.detach())
        self.bias = layer.bias.detach()

    def forward(self, inputs: torch.Tensor) -> torch.Tensor:
        """What the layer computes."""
        return (self.weight @ inputs.T).T + self.bias


def made_ready(model: nn.Module, example: torch.Tensor) -> nn.Module:
    """A network as one would serve it: traced, with layers merged where that is possible without changing results."""
    with quiet():
        return torch.jit.optimize_for_inference(torch.jit.trace(model, example))


# --8<-- [start:ratios]
def time_ratios(
    compare: dict[str, nn.Module], against: nn.Module, images: torch.Tensor, repeats: int
) -> dict[str, list[float]]:
    """Processor time of each network for the same images, as ratios to the one they are compared with.

    All take turns within each repeat, so that a processor that is slower for a while is so for all of them.
    """
    calls = max(1, 10 // len(images))
    models = {"": against, **compare}
    ratios = {name: [] for name in compare}
    with torch.inference_mode(), quiet():
        for model in models.values():
            for _ in range(5):
                model(images)
        for _ in range(repeats):
            seconds = {
                name: min(duration(model, images, calls) for _ in range(5))
                for name, model in models.items()
            }
            for name in compare:
                ratios[name].append(seconds[name] / seconds[""])
    return ratios


# --8<-- [end:ratios]


def duration(model: nn.Module, images: torch.Tensor, calls: int) -> float:
    """Seconds of processor time for so many calls: what other programs take meanwhile does not count."""
    start = time.process_time()
    for _ in range(calls):
        model(images)
    return time.process_time() - start


def median_interval(values: Sequence[float], confidence: float = 0.95) -> dict:
    """Median with the interval between two of the ordered values that covers it at least so often.

    It assumes no distribution, which suits durations: a busy machine makes some of them very long. With too few
    values for the confidence it reaches from the least to the greatest. Raises ValueError without values.
    """
    if not len(values):
        raise ValueError("a median needs one measurement at least")
    ordered = np.sort(np.asarray(values, dtype=np.float64))
    below = max(int(binom.ppf((1 - confidence) / 2, len(ordered), 0.5)) - 1, 0)
    return {
        "median": float(np.median(ordered)),
        "interval": [float(ordered[below]), float(ordered[-1 - below])],
    }


# The experiment


def networks(settings: Settings, number: int) -> tuple[dict[str, nn.Module], dict, Digits]:
    """The dense network of a round and what was made of it; what was chosen; the round's test digits."""
    every = digits.load()
    rest, test_rows = digits.deal(every.labels.numpy(), settings.rounds, settings.seed)[number]
    validation, data = (
        every.take(rest[: settings.validation]),
        every.take(rest[settings.validation :][: settings.train]),
    )
    unlabelled = every.take(rest[settings.validation + settings.train :]).images
    more = Digits(
        torch.cat([data.images, unlabelled]),
        torch.cat([data.labels, torch.full((len(unlabelled),), UNKNOWN)]),
    )
    seed = settings.seed + number

    def new(channels: Sequence[int]) -> Network:
        torch.manual_seed(seed)
        return Network(channels)

    def tune(model: nn.Module) -> None:
        fit(model, data, settings.tuning_epochs, settings, seed)

    dense = fit(new(settings.channels), data, settings.epochs, settings, seed)
    students = [
        distilled(new(settings.student), dense, data, t, settings, seed)
        for t in settings.temperatures
    ]
    best = max(range(len(students)), key=lambda i: quality(students[i], validation))
    tuned = {named(share): pruned(dense, share, tune) for share in shares(settings)}
    examples = data.images[:500]
    made = {
        "dense": dense,
        "longer": fit(copy.deepcopy(dense), data, settings.tuning_epochs, settings, seed),
        "int8_dense_only": int8_dense_only(dense),
        "int8": int8(dense, examples),
        **{f"bits_{bits}": rounded(dense, bits) for bits in settings.bits},
        **{f"{named(share)}_untuned": pruned(dense, share) for share in shares(settings)},
        **tuned,
        "pruned_90_int8": int8(tuned[named(CHOSEN_SHARE)], examples),
        "small": fit(new(settings.student), data, settings.student_epochs, settings, seed),
        "distilled": students[best],
        "distilled_more": distilled(
            new(settings.student), dense, more, settings.temperatures[best], settings, seed
        ),
    }
    return made, {"temperature": settings.temperatures[best]}, every.take(test_rows)


def named(share: float) -> str:
    """The name of the row of a pruned network."""
    return f"pruned_{round(100 * share)}"


def quality(model: nn.Module, data: Digits) -> tuple[float, float]:
    """What a choice goes by: accuracy, then cross-entropy."""
    given = probabilities(model, data.images)
    scores = score(given, given, data.labels.numpy())
    return scores["accuracy"], -scores["loss"]


def one_round(settings: Settings, number: int) -> dict:
    """Scores and sizes of all networks of a round; in the first round, speeds too."""
    made, chosen, test = networks(settings, number)
    dense = probabilities(made["dense"], test.images)
    labels = test.labels.numpy()
    result = {
        "chosen": chosen,
        "scores": {
            name: score(probabilities(model, test.images), dense, labels)
            for name, model in made.items()
        },
    }
    if (
        number == 0
    ):  # which digits a network was trained on matters neither for its size nor for its speed
        result["parameters"] = {name: parameters(made[name]) for name in ("dense", "small")}
        result["files"] = {name: sizes(model) for name, model in made.items()}
        for share in shares(settings):
            result["files"][named(share)]["sparse"] = sparse_size(made[named(share)])
        result["ratios"] = speeds(made, test.images, settings)
    return result


def shares(settings: Settings) -> list[float]:
    """What is pruned: the shares of the settings, and the one of the comparison."""
    return sorted({*settings.shares, CHOSEN_SHARE})


def speeds(made: dict[str, nn.Module], images: torch.Tensor, settings: Settings) -> dict:
    """For each size of batch, times as ratios to the dense network made ready for serving.

    `as_trained` is the dense network that nobody made ready. `sparse_layer` is the large dense layer of the pruned
    network alone, multiplied by its non-zero weights, as a ratio to the same layer multiplied by all.
    """
    ratios = {}
    layer = made[named(CHOSEN_SHARE)].layers[7]
    for batch in settings.batches:
        part = images[:batch]
        compared = {name: made_ready(made[name], part) for name in SERVED}
        ratios[f"batch_{batch}"] = {
            **time_ratios(
                {**compared, "as_trained": made["dense"]},
                made_ready(made["dense"], part),
                part,
                settings.repeats,
            ),
            **time_ratios(
                {"sparse_layer": Sparse(layer)},
                layer,
                torch.rand(batch, layer.in_features),
                settings.repeats,
            ),
        }
    return ratios


# What comes out


def summary(rounds: Sequence[dict]) -> dict:
    """Means over the rounds, and paired differences from the dense network."""
    methods = {}
    for name in rounds[0]["scores"]:
        runs = pairs(rounds, name, "dense")
        methods[name] = {
            **{
                key: mean_interval([run[key] for run, _ in runs])
                for key in ("accuracy", "loss", "changed")
            },
            "calibration_error": calibration([run["bins"] for run, _ in runs]),
        }
        if name != "dense":
            methods[name]["against_dense"] = {
                **{key: differences(runs, key) for key in ("accuracy", "loss")},
                "recall": [
                    differences([(run["recall"], dense["recall"]) for run, dense in runs], label)
                    for label in range(CLASSES)
                ],
            }
    return {
        "methods": methods,
        "against_small": {
            name: differences(pairs(rounds, name, "small"), "accuracy")
            for name in ("distilled", "distilled_more")
        },
        "against_longer": {
            name: differences(pairs(rounds, name, "longer"), "accuracy")
            for name in rounds[0]["scores"]
            if name.startswith("pruned") and not name.endswith("untuned")
        },
        "temperatures": [r["chosen"]["temperature"] for r in rounds],
    }


def pairs(rounds: Sequence[dict], name: str, base: str) -> list[tuple[dict, dict]]:
    """The scores of a network and of the one that it is compared with, round by round."""
    return [(r["scores"][name], r["scores"][base]) for r in rounds]


def differences(compared: Sequence[tuple], key: str | int) -> dict:
    """Interval of the paired differences of one score."""
    return mean_interval([one[key] - other[key] for one, other in compared])


# --8<-- [start:falls]
def falls_at(steps: Sequence[tuple[float, dict]]) -> float | None:
    """The first step at which a network has lost more accuracy than the margin, and surely some; None if at none.

    steps: how far it was compressed, mildest first, with the interval of the paired difference from the dense one.
    """
    lost = (at for at, change in steps if change["mean"] < -MARGIN and change["interval"][1] < 0)
    return next(lost, None)


# --8<-- [end:falls]


# --8<-- [start:saves]
def saves(name: str, result: dict) -> dict[str, bool]:
    """What a method saves: a tenth at least of the space, or of the time at every size of batch; and accuracy: whether
    surely less than the margin is lost.
    """
    ratios = [batch[name]["interval"][1] for batch in result["speeds"].values()]
    return {
        "space": result["files"][name]["file"] < MOST_LEFT * result["files"]["dense"]["file"],
        "time": all(high < MOST_LEFT for high in ratios),
        "accuracy": result["methods"][name]["against_dense"]["accuracy"]["interval"][0] > -MARGIN,
    }


# --8<-- [end:saves]


def run(settings: Settings, folder: Path) -> dict:
    """The whole experiment, one step a round; see `summary` for what comes out."""
    torch.set_num_threads(1)
    rounds = [
        kept(folder, f"round-{number}", lambda: one_round(settings, number), settings=settings)
        for number in range(settings.rounds)
    ]
    result = {
        "data": {
            "digits": len(digits.load()),
            "train": settings.train,
            "validation": settings.validation,
            "rounds": len(rounds),
        },
        **summary(rounds),
        "parameters": rounds[0]["parameters"],
        "files": rounds[0]["files"],
        "speeds": {
            batch: {name: median_interval(values) for name, values in ratios.items()}
            for batch, ratios in rounds[0]["ratios"].items()
        },
    }
    changes = {
        name: method["against_dense"]["accuracy"]
        for name, method in result["methods"].items()
        if name != "dense"
    }
    result["falls_at"] = {
        "pruned": falls_at([(share, changes[named(share)]) for share in shares(settings)]),
        "pruned_untuned": falls_at(
            [(share, changes[f"{named(share)}_untuned"]) for share in shares(settings)]
        ),
        "bits": falls_at([(bits, changes[f"bits_{bits}"]) for bits in settings.bits]),
    }
    result["saves"] = {name: saves(name, result) for name in NAMED}
    return result
