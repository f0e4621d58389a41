"""The training loop: what one step does, what a checkpoint holds, when to stop."""

import io
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import distributed
from torch.nn.parallel import DistributedDataParallel
from torch.utils.data import DataLoader, Sampler
from tqdm import tqdm
from transformers import (
    DataCollatorWithPadding,
    PreTrainedModel,
    PreTrainedTokenizerBase,
    get_linear_schedule_with_warmup,
)

from snippets.runs import BEGIN_AGAIN, InputError, write_atomically

CHECKPOINT = "checkpoint.pt"


@dataclass(frozen=True)
class Settings:
    """Hyperparameters; `batch_size` counts the examples of all processes together."""

    epochs: int
    batch_size: int
    learning_rate: float
    patience: int
    seed: int
    warmup: float = 0.1  # share of the steps over which the learning rate rises to its full value
    weight_decay: float = 0.01
    clip: float = 1.0  # largest norm of the gradient


@dataclass(frozen=True)
class Group:
    """The processes that train together; one alone without torchrun."""

    rank: int = 0
    size: int = 1


# --8<-- [start:group]
def find_group() -> Group:
    """The group that torchrun tells of in environment variables."""
    return Group(int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD_SIZE", 1)))


@contextmanager
def joined(group: Group):
    """Connect the processes of a group; nothing to do for one alone.

    Models are made and loaded before this: once a group is connected, transformers saves in its first
    process only.
    """
    if group.size == 1:
        yield
        return
    distributed.init_process_group("nccl" if torch.cuda.is_available() else "gloo")
    try:
        yield
    finally:
        distributed.destroy_process_group()


# --8<-- [end:group]


# --8<-- [start:batches]
class LikeLengths(Sampler[list[int]]):
    """Batches of texts of like length, so that little is padded; the batches themselves come in random order.

    A random order of all texts is sorted by length within stretches of `STRETCH` batches. In each epoch the
    order is another, drawn from (seed, epoch). Of each batch a process gets every size-th text; where a batch
    cannot be shared equally, its first texts are used twice.
    """

    STRETCH = 50

    def __init__(self, lengths: Sequence[int], batch_size: int, seed: int, group: Group):
        self.lengths, self.batch_size, self.seed, self.group, self.epoch = (
            np.array(lengths),
            batch_size,
            seed,
            group,
            0,
        )

    def __len__(self) -> int:
        return -(-len(self.lengths) // self.batch_size)

    def __iter__(self) -> Iterator[list[int]]:
        random = np.random.default_rng([self.seed, self.epoch])
        order = random.permutation(len(self.lengths))
        stretches = [
            order[i : i + self.STRETCH * self.batch_size]
            for i in range(0, len(order), self.STRETCH * self.batch_size)
        ]
        order = np.concatenate(
            [part[np.argsort(self.lengths[part], kind="stable")] for part in stretches]
        )
        for i in random.permutation(len(self)):
            batch = order[i * self.batch_size : (i + 1) * self.batch_size]
            share = -(-len(batch) // self.group.size)
            yield np.resize(batch, share * self.group.size)[
                self.group.rank :: self.group.size
            ].tolist()


# --8<-- [end:batches]


# --8<-- [start:loader]
def make_loader(
    rows: Sequence[dict],
    labels: Sequence[int],
    tokenizer: PreTrainedTokenizerBase,
    settings: Settings,
    group: Group = Group(),
) -> DataLoader:
    """Batches of input_ids, attention_mask and labels, each padded to its own longest text.

    Every process of a group gets a part of its own. Shapes: (batch, longest) and (batch,).
    """
    data = [{**row, "labels": label} for row, label in zip(rows, labels, strict=True)]
    lengths = [len(row["input_ids"]) for row in rows]
    batches = LikeLengths(lengths, settings.batch_size, settings.seed, group)
    return DataLoader(data, batch_sampler=batches, collate_fn=DataCollatorWithPadding(tokenizer))


# --8<-- [end:loader]


# --8<-- [start:epoch]
def train_epoch(
    model, loader, optimizer, scheduler, settings: Settings, label: str = ""
) -> list[float]:
    """One pass over the training set. Returns the loss of each step (mean cross-entropy, in nats)."""
    model.train()  # dropout on; predict() turns it off
    losses = []
    device = next(model.parameters()).device
    for batch in tqdm(loader, desc=label, disable=not sys.stderr.isatty(), leave=False):
        output = model(
            input_ids=batch["input_ids"].to(device),
            # Without it padding would be read as text.
            attention_mask=batch["attention_mask"].to(device),
            labels=batch["labels"].to(device),
        )
        output.loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), settings.clip)
        optimizer.step()
        scheduler.step()
        optimizer.zero_grad()
        losses.append(output.loss.item())
    return losses


# --8<-- [end:epoch]


# --8<-- [start:predict]
@torch.inference_mode()
def predict(
    model, tokenizer: PreTrainedTokenizerBase, rows: Sequence[dict], batch_size: int = 128
) -> np.ndarray:
    """Class probabilities of shape (len(rows), classes), in the order of the rows.

    The model gives logits; softmax is taken here, once.
    """
    model.eval()
    device = next(model.parameters()).device
    # Texts of like length share a batch: less padding. The order is put right at the end.
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]["input_ids"]))
    collate = DataCollatorWithPadding(tokenizer)
    found = []
    for start in range(0, len(order), batch_size):
        batch = collate([dict(rows[i]) for i in order[start : start + batch_size]])
        logits = model(
            input_ids=batch["input_ids"].to(device),
            attention_mask=batch["attention_mask"].to(device),
        ).logits
        found.append(logits.softmax(dim=-1).double().cpu().numpy())
    probabilities = np.empty((len(rows), model.config.num_labels))
    probabilities[order] = np.concatenate(found)
    return probabilities


# --8<-- [end:predict]


def cross_entropy(probabilities: np.ndarray, labels: Sequence[int]) -> float:
    """Mean of -log p(true class), in nats; a probability of 0 counts as 1e-12."""
    right = probabilities[np.arange(len(labels)), np.asarray(labels)]
    return float(-np.log(np.clip(right, 1e-12, None)).mean())


def make_optimizer(model: torch.nn.Module, settings: Settings, steps: int):
    """AdamW without weight decay on biases and layer norms, and a rate that warms up and then falls to 0.

    Source: Devlin et al., https://arxiv.org/abs/1810.04805, appendix A.2.
    """
    decayed = [p for name, p in model.named_parameters() if p.ndim > 1]
    others = [p for name, p in model.named_parameters() if p.ndim <= 1]
    optimizer = torch.optim.AdamW(
        [
            {"params": decayed, "weight_decay": settings.weight_decay},
            {"params": others, "weight_decay": 0.0},
        ],
        lr=settings.learning_rate,
    )
    return optimizer, get_linear_schedule_with_warmup(
        optimizer, round(settings.warmup * steps), steps
    )


# --8<-- [start:fit]
def fit(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerBase,
    train: tuple[Sequence[dict], Sequence[int]],
    validation: tuple[Sequence[dict], Sequence[int]],
    settings: Settings,
    folder: Path,
    group: Group = Group(),
) -> list[dict]:
    """Train until the validation loss has not fallen for `patience` epochs; leave the best weights in the model.

    After each epoch one file is replaced as a whole, `checkpoint.pt`. When it is there already, training
    goes on from it, to the same result as if nothing had happened. Returns a record for each epoch.
    """
    loader = make_loader(*train, tokenizer, settings, group)
    optimizer, scheduler = make_optimizer(model, settings, steps=len(loader) * settings.epochs)
    history, best = [], None
    if (folder / CHECKPOINT).exists():
        history, best = go_on(read_checkpoint(folder), model, optimizer, scheduler, folder)
        if group.rank == 0:
            print(f"found the checkpoint of epoch {len(history)}", flush=True)
    trained = DistributedDataParallel(model) if group.size > 1 else model
    while len(history) < settings.epochs and not waited_enough(history, settings.patience):
        epoch, start = len(history), time.perf_counter()
        loader.batch_sampler.epoch = epoch
        torch.manual_seed(1_000_000 * (settings.seed + 1) + 1_000 * epoch + group.rank)  # dropout
        losses = train_epoch(
            trained, loader, optimizer, scheduler, settings, f"epoch {epoch + 1}/{settings.epochs}"
        )
        probabilities = predict(model, tokenizer, validation[0])
        history.append(
            {
                "epoch": epoch + 1,
                "train_loss": float(np.mean(losses)),
                "validation_loss": cross_entropy(probabilities, validation[1]),
                "validation_accuracy": float(
                    (probabilities.argmax(axis=1) == np.asarray(validation[1])).mean()
                ),
                "step_losses": losses,
                "seconds": time.perf_counter() - start,
            }
        )
        check_loss(history[-1])
        if best_epoch(history) == epoch + 1:
            best = {name: tensor.clone() for name, tensor in model.state_dict().items()}
        if group.rank == 0:
            write_checkpoint(folder, model, optimizer, scheduler, history, best)
            report(history[-1], settings)
        if group.size > 1:
            distributed.barrier()
    model.load_state_dict(best)
    return history


# --8<-- [end:fit]


def best_epoch(history: Sequence[dict]) -> int:
    """The epoch, counted from 1, with the lowest validation loss."""
    return min(history, key=lambda record: record["validation_loss"])["epoch"]


def waited_enough(history: Sequence[dict], patience: int) -> bool:
    """Whether the last `patience` epochs brought no better validation loss."""
    return bool(history) and len(history) - best_epoch(history) >= patience


def check_loss(record: dict) -> None:
    """Raises InputError when a loss is no longer a number: nothing good can come of going on."""
    if not np.isfinite([record["train_loss"], record["validation_loss"]]).all():
        raise InputError(
            f"the loss is no longer a number in epoch {record['epoch']}: take a lower --learning-rate, "
            "or another --model"
        )


def report(record: dict, settings: Settings) -> None:
    """Print one line about an epoch."""
    print(
        f"epoch {record['epoch']}/{settings.epochs}  train loss {record['train_loss']:.4f}  "
        f"validation loss {record['validation_loss']:.4f}  accuracy {record['validation_accuracy']:.4f}",
        flush=True,
    )


def write_checkpoint(
    folder: Path, model, optimizer, scheduler, history: list[dict], best: dict
) -> None:
    """Replace the checkpoint. Raises OSError when there is no room; the old one is then still whole."""
    buffer = io.BytesIO()
    torch.save(
        {
            "model": model.state_dict(),
            "optimizer": optimizer.state_dict(),
            "scheduler": scheduler.state_dict(),
            "history": history,
            "best": best,
        },
        buffer,
    )
    write_atomically(folder / CHECKPOINT, buffer.getvalue())


def read_checkpoint(folder: Path) -> dict:
    """The checkpoint of a folder. Raises InputError when it is damaged, and OSError when it cannot be read."""
    path = folder / CHECKPOINT
    content = path.read_bytes()  # what fails here does not lie in the checkpoint
    try:
        # weights_only: a checkpoint from elsewhere must not be able to run code.
        return torch.load(io.BytesIO(content), map_location="cpu", weights_only=True)
    except MemoryError:
        raise
    except Exception as error:  # pickle and zip faults of many types
        raise InputError(f"{path} is damaged ({type(error).__name__}); {BEGIN_AGAIN}") from None


def go_on(state: dict, model, optimizer, scheduler, folder: Path) -> tuple[list[dict], dict]:
    """Put model, optimizer and schedule where a checkpoint left them; returns history and best weights.

    Raises InputError when the checkpoint does not fit.
    """
    try:
        model.load_state_dict(state["best"])  # tried first, and replaced by the last
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        scheduler.load_state_dict(state["scheduler"])
        for record in state["history"]:
            check_loss(record)
        return list(state["history"]), state["best"]
    except Exception:  # anything may stand in a file that somebody else wrote
        raise InputError(f"{folder / CHECKPOINT} belongs to another model; {BEGIN_AGAIN}") from None
