"""Bytes that training holds: counted on the tensors themselves, and on what the allocator hands out."""

from collections.abc import Callable, Iterable, Iterator

import torch
from torch import nn
from torch.autograd.graph import saved_tensors_hooks
from torch.profiler import ProfilerActivity, profile

from snippets.labs.memory.recipes import Master, states


def leaves(tensors: Iterable[torch.Tensor]) -> Iterator[torch.Tensor]:
    """Plain tensors: of one that wraps others, such as an 8-bit state, those."""
    for one in tensors:
        if hasattr(one, "__tensor_flatten__") and type(one) is not torch.Tensor:
            yield from leaves(getattr(one, name) for name in one.__tensor_flatten__()[0])
        else:
            yield one


def storages(tensors: Iterable[torch.Tensor]) -> dict[int, int]:
    """Bytes of every piece of memory behind some tensors, each once, by its address."""
    pieces = (one.untyped_storage() for one in leaves(tensors))
    return {piece.data_ptr(): piece.nbytes() for piece in pieces if piece.nbytes()}


# --8<-- [start:held]
def held(model: nn.Module, optimizer) -> dict[str, int]:
    """Bytes of weights, of gradients, and of what the optimizer keeps, its master weights included."""
    parameters = list(model.parameters())
    kept = optimizer.held if isinstance(optimizer, Master) else states(optimizer)
    parts = {
        "weights": (one.data for one in parameters),
        "gradients": (one.grad for one in parameters if one.grad is not None),
        "optimizer": kept,
    }
    return {name: sum(storages(tensors).values()) for name, tensors in parts.items()}


def saved(model: nn.Module, forward: Callable[[], torch.Tensor]) -> int:
    """Bytes that autograd keeps between a forward pass and its backward pass, weights aside."""
    own = storages(one.data for one in model.parameters())
    found: dict[int, int] = {}

    def pack(tensor: torch.Tensor) -> torch.Tensor:
        found.update(storages([tensor.data]))
        return tensor

    with saved_tensors_hooks(pack, lambda tensor: tensor):
        loss = forward()
    total = sum(size for place, size in found.items() if place not in own)
    loss.backward()  # until here the graph kept all of them alive, so that no address was used twice
    return total


# --8<-- [end:held]


def peak_above(work: Callable[[], None]) -> int:
    """How far the memory that PyTorch's allocator has handed out rises during some work, in bytes, above its start."""
    with profile(activities=[ProfilerActivity.CPU], profile_memory=True) as watched:
        work()
    events = [e for e in watched.profiler.kineto_results.events() if e.name() == "[memory]"]
    level = highest = 0
    for event in sorted(events, key=lambda e: e.start_ns()):
        level += event.nbytes()
        highest = max(highest, level)
    return highest
