"""Federated training of small networks, all parties at once: each has its own copy of the weights, in one tensor.

Tensors of weights begin with the party's dimension. Nothing is sent anywhere: what would be sent is counted.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch.nn.functional import cross_entropy

Weights = list[torch.Tensor]  # matrix, bias, matrix, bias, …
# From the weights before the round (no party's dimension) and after it (with one) to the new common ones.
Aggregate = Callable[[Weights, Weights], Weights]


@dataclass(frozen=True)
class Parties:
    """Who has what. inputs: (parties, most examples, features), padded; labels likewise; sizes: (parties,)."""

    inputs: torch.Tensor
    labels: torch.Tensor
    sizes: torch.Tensor

    def __len__(self) -> int:
        return len(self.sizes)

    @property
    def shares(self) -> torch.Tensor:
        """Each party's share of all examples: FedAvg's weights."""
        return self.sizes / self.sizes.sum()


def gathered(parts: Sequence[tuple[torch.Tensor, torch.Tensor]]) -> Parties:
    """Parties from their inputs (n, features) and labels (n,); sizes may differ."""
    most = max(len(labels) for _, labels in parts)
    inputs = torch.zeros(len(parts), most, parts[0][0].shape[1])
    labels = torch.zeros(len(parts), most, dtype=torch.int64)
    for place, (own, classes) in enumerate(parts):
        inputs[place, : len(own)], labels[place, : len(own)] = own, classes
    return Parties(inputs, labels, torch.tensor([float(len(classes)) for _, classes in parts]))


def pooled(parties: Parties) -> Parties:
    """The same examples in one hand."""
    held = [slice(int(size)) for size in parties.sizes]
    inputs = torch.cat([parties.inputs[place, part] for place, part in enumerate(held)])
    labels = torch.cat([parties.labels[place, part] for place, part in enumerate(held)])
    return gathered([(inputs, labels)])


def start(layers: Sequence[int], seed: int) -> Weights:
    """Random weights of a network, as PyTorch's linear layers begin; layers: numbers of units from input to output."""
    random = torch.Generator().manual_seed(seed)
    made = []
    for before, after in zip(layers, layers[1:], strict=False):
        bound = 1 / math.sqrt(before)
        for shape in ((before, after), (after,)):
            made.append((torch.rand(shape, generator=random) * 2 - 1) * bound)
    return made


def copies(weights: Weights, count: int) -> Weights:
    """The same weights for each of so many parties."""
    return [one.expand(count, *one.shape).clone() for one in weights]


def of_party(weights: Weights, place: int) -> Weights:
    """One party's weights, still with a party's dimension."""
    return [one[place : place + 1] for one in weights]


def logits(weights: Weights, inputs: torch.Tensor) -> torch.Tensor:
    """Outputs (parties, n, classes) of each party's network for its inputs (parties, n, features)."""
    for place in range(0, len(weights), 2):
        if place:
            inputs = inputs.relu()
        inputs = torch.baddbmm(weights[place + 1].unsqueeze(1), inputs, weights[place])
    return inputs


# --8<-- [start:gradients]
def gradients(weights: Weights, inputs: torch.Tensor, labels: torch.Tensor) -> Weights:
    """Each party's gradient of its own mean cross-entropy over its batch."""
    needed = [one.requires_grad_() for one in weights]
    # The sum over parties: nobody's weights occur in another party's loss.
    loss = (
        cross_entropy(logits(needed, inputs).flatten(0, 1), labels.flatten(), reduction="sum")
        / labels.shape[1]
    )
    found = torch.autograd.grad(loss, needed)
    for one in weights:
        one.requires_grad_(False)
    return list(found)


# --8<-- [end:gradients]


def draws(sizes: torch.Tensor, steps: int, batch: int, seed: int) -> torch.Tensor:
    """Which examples each party takes in each step, with replacement: (steps, parties, batch)."""
    random = torch.Generator().manual_seed(seed)
    where = torch.rand(steps, len(sizes), batch, generator=random, dtype=torch.float64)
    return (where * sizes[None, :, None]).long()


# --8<-- [start:train]
def train(
    weights: Weights,
    parties: Parties,
    rows: torch.Tensor,
    rate: float,
    local: int = 0,
    aggregate: Aggregate | None = None,
) -> tuple[Weights, Weights]:
    """Train all parties from common weights, step by step; after every `local` steps they aggregate.

    local = 0: they never do, and each stays alone. rows: what `draws` gives. Returns each party's weights before the
    last aggregation and after it (the same weights for all, if there was one).
    """
    together = aggregate or weighted_mean(parties.shares)
    common, own = weights, copies(weights, len(parties))
    last = own
    everyone = torch.arange(len(parties))[:, None]
    for step, chosen in enumerate(rows, 1):
        found = gradients(own, parties.inputs[everyone, chosen], parties.labels[everyone, chosen])
        for one, slope in zip(own, found, strict=True):
            one.sub_(slope, alpha=rate)
        last = own
        if local and step % local == 0:
            common = together(common, own)
            own = copies(common, len(parties))
    return last, own


def weighted_mean(shares: torch.Tensor) -> Aggregate:
    """FedAvg: the mean of the parties' weights, each counting as its share of the examples."""
    return lambda before, after: [torch.tensordot(shares, one, dims=1) for one in after]


# --8<-- [end:train]


# --8<-- [start:robust]
def median() -> Aggregate:
    """Of each single weight the median over the parties; sizes do not count."""
    return lambda before, after: [one.quantile(0.5, dim=0) for one in after]


def trimmed_mean(cut: int) -> Aggregate:
    """Of each single weight the mean without the `cut` highest and lowest; sizes do not count."""
    return lambda before, after: [
        one.sort(dim=0).values[cut : len(one) - cut].mean(0) for one in after
    ]


def checked(shares: torch.Tensor, inputs: torch.Tensor, labels: torch.Tensor) -> Aggregate:
    """FedAvg without the parties whose own model is right on a common check set half as often as the median party."""

    def together(before: Weights, after: Weights) -> Weights:
        right = accuracy(after, inputs, labels)
        kept = shares * (right >= right.quantile(0.5) / 2)
        return weighted_mean(kept / kept.sum())(before, after)

    return together


# --8<-- [end:robust]


# --8<-- [start:noise]
def noisy(shares: torch.Tensor, clip: float, noise: float, seed: int) -> Aggregate:
    """FedAvg where each party shortens its update to length `clip` and adds noise about `noise` times as long."""
    random = torch.Generator().manual_seed(seed)

    def together(before: Weights, after: Weights) -> Weights:
        change = [new - old for new, old in zip(after, before, strict=True)]
        sent = disturbed(change, clip, noise, random)
        return [
            old + torch.tensordot(shares, one, dims=1)
            for old, one in zip(before, sent, strict=True)
        ]

    return together


def disturbed(change: Weights, clip: float, noise: float, random: torch.Generator) -> Weights:
    """Each party's update, not longer than `clip`, with Gaussian noise whose length is about `noise` × `clip`."""
    factor = (clip / lengths(change)).clamp(max=1)
    spread = noise * clip / math.sqrt(numbers(change))
    return [
        one * factor.view(-1, *[1] * (one.dim() - 1))
        + spread * torch.randn(one.shape, generator=random)
        for one in change
    ]


# --8<-- [end:noise]


def lengths(change: Weights) -> torch.Tensor:
    """The Euclidean length of each party's update: (parties,)."""
    return torch.stack([one.flatten(1).square().sum(1) for one in change]).sum(0).sqrt()


def numbers(weights: Weights) -> int:
    """How many numbers one party's weights are (with a party's dimension)."""
    return sum(one[0].numel() for one in weights)


@torch.no_grad()
def accuracy(weights: Weights, inputs: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """How often each party's network is right on the same examples (n, features): (parties,)."""
    said = logits(weights, inputs.expand(len(weights[0]), *inputs.shape)).argmax(2)
    return (said == labels).double().mean(1)


@torch.no_grad()
def recalls(
    weights: Weights, inputs: torch.Tensor, labels: torch.Tensor, classes: int
) -> torch.Tensor:
    """The share of each class that each party's network gets right: (parties, classes)."""
    said = logits(weights, inputs.expand(len(weights[0]), *inputs.shape)).argmax(2)
    right = (said == labels).double()
    return torch.stack([right[:, labels == label].mean(1) for label in range(classes)], 1)


def traffic(weights: Weights, parties: int, steps: int, local: int) -> dict:
    """Rounds, and bytes that all parties send and receive, four to a weight (weights without a party's dimension)."""
    rounds = steps // local
    size = 4 * sum(one.numel() for one in weights)
    return {"rounds": rounds, "bytes": 2 * rounds * parties * size}


def guarantee(noise: float, count: int, rounds: int, delta: float) -> float:
    """Epsilon of differential privacy for a whole party against who sees its updates.

    noise: as in `disturbed`; count: numbers in an update. Gaussian mechanism of zero-concentrated privacy, composed
    over rounds: Bun and Steinke 2016 (arXiv 1605.02065), for adding or removing a party.
    """
    multiplier = noise / math.sqrt(count)
    cost = rounds / (2 * multiplier**2)
    return cost + 2 * math.sqrt(cost * math.log(1 / delta))
