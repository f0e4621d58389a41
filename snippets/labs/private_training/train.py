"""Many small networks at once, trained by (private) stochastic gradient descent; models stand in the first dimension."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import log_softmax, one_hot

Parameters = list[Tensor]  # weight (models, in, out) and bias (models, 1, out) of each layer


@dataclass(frozen=True)
class Recipe:
    """How the networks are trained.

    hidden: width of the hidden layer; 0 for logistic regression, which has none.
    share: the chance of each row to be in a batch, drawn anew for each step (Poisson sampling).
    rate: learning rate. clip: the longest gradient that one row may contribute; None leaves gradients as they are.
    noise: standard deviation of the noise, as a multiple of `clip`. l2: factor of half the squared weights.
    """

    hidden: int
    steps: int
    share: float
    rate: float
    clip: float | None = None
    noise: float = 0.0
    l2: float = 0.0


def start(
    inputs: int, hidden: int, classes: int, models: int, random: torch.Generator
) -> Parameters:
    """Weights and biases as PyTorch's Linear draws them: even between ± 1/√inputs."""
    found, sizes = [], [inputs, *([hidden] if hidden else []), classes]
    for n, m in zip(sizes, sizes[1:], strict=False):
        for rows in (n, 1):
            found.append((torch.rand(models, rows, m, generator=random) * 2 - 1) / n**0.5)
    return found


def batches(members: Tensor, share: float, random: torch.Generator) -> tuple[Tensor, Tensor]:
    """One Poisson batch a model, padded: rows (models, longest) and whether each place is taken.

    members: truth values (models, rows), which rows each model may learn from. A batch may be empty.
    """
    chosen = (torch.rand(members.shape, generator=random) < share) & members
    counts = chosen.sum(1)
    longest = max(int(counts.max()), 1)
    taken = torch.arange(longest) < counts[:, None]
    rows = torch.zeros(len(members), longest, dtype=torch.int64)
    rows[taken] = chosen.nonzero()[:, 1]
    return rows, taken


# --8<-- [start:gradients]
def gradients(
    model: Parameters, x: Tensor, y: Tensor, taken: Tensor, clip: float | None
) -> Parameters:
    """The sum of the rows' gradients of cross-entropy, each row's shortened to `clip` first.

    x: (models, batch, inputs). y: (models, batch). taken: (models, batch), places that hold a row.
    A layer's gradient for one row is (input, 1) ⊗ error, so its length is known without forming it:
    |error| · √(|input|² + 1). The rows' gradients themselves are never stored.
    """
    inputs, signals = [x], x
    for weight, bias in zip(model[0:-2:2], model[1:-2:2], strict=True):
        signals = (signals @ weight + bias).relu()
        inputs.append(signals)
    logits = signals @ model[-2] + model[-1]
    error = (logits.softmax(2) - one_hot(y, logits.shape[2])) * taken[..., None]
    errors = [error]
    for weight, signals in zip(model[-2:0:-2], inputs[:0:-1], strict=False):
        error = (error @ weight.transpose(1, 2)) * (signals > 0)
        errors.insert(0, error)
    if clip is not None:
        squares = sum(
            e.square().sum(2) * (i.square().sum(2) + 1) for i, e in zip(inputs, errors, strict=True)
        )
        factor = (clip / squares.sqrt().clamp(min=1e-12)).clamp(max=1)[..., None]
        errors = [e * factor for e in errors]
    sums = []
    for i, e in zip(inputs, errors, strict=True):
        sums += [i.transpose(1, 2) @ e, e.sum(1, keepdim=True)]
    return sums


# --8<-- [end:gradients]


# --8<-- [start:fit]
def fit(
    x: Tensor, y: Tensor, members: Tensor, recipe: Recipe, classes: int, seed: int
) -> Parameters:
    """Networks, one for each row of `members`, learnt from the rows that it names.

    x: (rows, inputs). y: (rows,). The sum of a batch is divided by its expected size, never by its real one:
    how many rows were drawn depends on the data.
    """
    random = torch.Generator().manual_seed(seed)
    model = start(x.shape[1], recipe.hidden, classes, len(members), random)
    expected = recipe.share * members.sum(1).float().mean()
    for _ in range(recipe.steps):
        rows, taken = batches(members, recipe.share, random)
        for parameter, total in zip(
            model, gradients(model, x[rows], y[rows], taken, recipe.clip), strict=True
        ):
            if recipe.noise:
                total += recipe.noise * recipe.clip * torch.randn(total.shape, generator=random)
            step = total / expected
            if recipe.l2 and parameter.shape[1] > 1:
                step = step + recipe.l2 * parameter
            parameter -= recipe.rate * step
    return model


# --8<-- [end:fit]


def logits(model: Parameters, x: Tensor) -> Tensor:
    """What the networks say of the same rows: (models, rows, classes)."""
    signals = x.expand(len(model[0]), *x.shape)
    for weight, bias in zip(model[0:-2:2], model[1:-2:2], strict=True):
        signals = (signals @ weight + bias).relu()
    return signals @ model[-2] + model[-1]


def right(model: Parameters, x: Tensor, y: Tensor) -> Tensor:
    """Which rows each network gets right: truth values (models, rows)."""
    return logits(model, x).argmax(2) == y


def confidence(model: Parameters, x: Tensor, y: Tensor) -> Tensor:
    """log(p / (1 − p)) of the probability p of each row's label: (models, rows), in double precision."""
    log_p = log_softmax(logits(model, x).double(), 2)
    mine = log_p.gather(2, y.expand(len(log_p), -1)[..., None])[..., 0]
    rest = log_p.scatter(2, y.expand(len(log_p), -1)[..., None], -torch.inf).logsumexp(2)
    return mine - rest


def subsets(wanted: Sequence, rows: int) -> Tensor:
    """Members, one model for each sequence of row numbers."""
    members = torch.zeros(len(wanted), rows, dtype=torch.bool)
    for model, of in enumerate(wanted):
        members[model, torch.as_tensor(of)] = True
    return members
