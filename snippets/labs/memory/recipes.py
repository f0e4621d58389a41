"""Ways to train: in which precision weights, gradients and optimizer states are kept, and by which optimizer."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import nn


# --8<-- [start:recipes]
@dataclass(frozen=True)
class Recipe:
    """weights: their type, which gradients share. autocast: compute in bfloat16 all the same.

    master: 32-bit copies of the weights, which the optimizer changes. expected: bytes a parameter by the books:
    weights, gradients, optimizer with its master weights.
    """

    optimizer: str
    expected: tuple[float, float, float]
    weights: torch.dtype = torch.float32
    autocast: bool = False
    master: bool = False
    stochastic: bool = False


BF16 = torch.bfloat16
RECIPES = {
    "fp32": Recipe("adam", (4, 4, 8)),
    "autocast": Recipe("adam", (2, 2, 12), autocast=True),
    "master": Recipe("adam", (2, 2, 12), BF16, master=True),
    "bf16": Recipe("adam", (2, 2, 8), BF16),
    "bf16_sr": Recipe("adam_torchao", (2, 2, 4), BF16, stochastic=True),
    "adam8": Recipe("adam8", (4, 4, 2)),
    "six": Recipe("adam8", (2, 2, 2), BF16, stochastic=True),
    "adafactor": Recipe("adafactor", (4, 4, 0)),
    "momentum": Recipe("momentum", (4, 4, 4)),
    "sgd": Recipe("sgd", (4, 4, 0)),
}
# --8<-- [end:recipes]


class Master:
    """Adam on 32-bit copies of 16-bit weights. One weight at a time, so that no second set of gradients is made."""

    def __init__(self, parameters: list[nn.Parameter], rate: float):
        self.pairs = [(p, nn.Parameter(p.detach().float())) for p in parameters]
        self.each = [torch.optim.AdamW([copy], rate, weight_decay=0.0) for _, copy in self.pairs]

    def step(self) -> None:
        """Change the copies, then round them into the weights."""
        for (weight, copy), optimizer in zip(self.pairs, self.each, strict=True):
            copy.grad = weight.grad.float()
            optimizer.step()
            copy.grad = None
            weight.data.copy_(copy)

    def zero_grad(self) -> None:
        """Forget the gradients."""
        for weight, _ in self.pairs:
            weight.grad = None

    @property
    def held(self) -> Iterator[torch.Tensor]:
        """The copies and what Adam keeps of them."""
        yield from (copy.data for _, copy in self.pairs)
        for optimizer in self.each:
            yield from states(optimizer)


def states(optimizer: torch.optim.Optimizer) -> Iterator[torch.Tensor]:
    """What an optimizer keeps, numbers of steps included."""
    for state in optimizer.state.values():
        yield from (value for value in state.values() if isinstance(value, torch.Tensor))


def optimizer_of(recipe: Recipe, model: nn.Module, rate: float):
    """The optimizer of a recipe, without weight decay."""
    parameters = list(model.parameters())
    if recipe.master:
        return Master(parameters, rate)
    if recipe.optimizer == "adam":
        return torch.optim.AdamW(parameters, rate, weight_decay=0.0)
    if recipe.optimizer == "adafactor":
        return torch.optim.Adafactor(parameters, rate, weight_decay=0.0)
    if recipe.optimizer in ("momentum", "sgd"):
        return torch.optim.SGD(parameters, rate, 0.9 if recipe.optimizer == "momentum" else 0.0)
    from torchao.optim import AdamW8bit, _AdamW  # a second to import

    # Its kernels are compiled, for which a machine needs a compiler; uncompiled they compute the same, more slowly.
    torch.compiler.set_stance("force_eager")
    made = AdamW8bit if recipe.optimizer == "adam8" else _AdamW
    return made(parameters, rate, weight_decay=0.0, bf16_stochastic_round=recipe.stochastic)


def set_rate(optimizer: torch.optim.Optimizer | Master, rate: float) -> None:
    """Change the learning rate; torchao keeps it in a tensor."""
    for one in optimizer.each if isinstance(optimizer, Master) else [optimizer]:
        for group in one.param_groups:
            if isinstance(group["lr"], torch.Tensor):
                group["lr"].fill_(rate)
            else:
                group["lr"] = rate


def computing(recipe: Recipe) -> contextlib.AbstractContextManager:
    """Within it the forward pass runs as the recipe says."""
    return torch.autocast("cpu", BF16) if recipe.autocast else contextlib.nullcontext()
