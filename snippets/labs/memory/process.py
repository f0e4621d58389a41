"""The most memory that a whole process holds while it trains: `python -m snippets.labs.memory.process HIDDEN LAYERS LAYERS`."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from snippets.code_hash import ROOT

CASES = (
    ("fp32", True),
    ("fp32", False),
    ("autocast", True),
    ("autocast", False),
    ("master", True),
    ("bf16", True),
    ("sgd", True),
)
TOKENS = 16  # so few that activations hardly count


def process_peaks(hidden: int, layers: Sequence[int]) -> list[dict]:
    """For each way to train, bytes a parameter by which the peak of a process grows from one model to a larger one.

    layers: of the two models. Empty where there is no /proc to read the peak from.
    """
    if not Path("/proc/self/status").is_file():
        return []
    command = [sys.executable, "-W", "ignore", "-m", "snippets.labs.memory.process"]
    command += map(str, (hidden, *layers))
    made = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return json.loads(made.stdout.splitlines()[-1])


def trained_peak(recipe: str, cleared: bool, hidden: int, layers: int) -> tuple[int, int]:
    """Parameters, and the peak of a child process that takes three steps, in bytes.

    A process that is forked begins with its own peak, where one that is started takes over its parent's.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        import torch

        from snippets.labs.memory.model import Model, Shape, token_loss
        from snippets.labs.memory.recipes import RECIPES, computing, optimizer_of

        way = RECIPES[recipe]
        model = Model(Shape(64, hidden, layers, 4, TOKENS)).to(way.weights)
        optimizer = optimizer_of(way, model, 1e-3)
        indices = torch.arange(TOKENS)[None]
        for _ in range(3):
            if cleared:
                optimizer.zero_grad()
            with computing(way):
                scores = model(indices)
            token_loss(scores, indices).backward()
            del scores
            optimizer.step()
        status = Path("/proc/self/status").read_text().splitlines()
        high = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
        count = sum(one.numel() for one in model.parameters())
        os.write(writing, json.dumps([count, high * 1024]).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        answer = json.load(told)
    os.waitpid(child, 0)
    return answer[0], answer[1]


def main(arguments: Sequence[str]) -> None:
    """Print the measurements as JSON."""
    import torch

    torch.set_num_threads(1)
    from snippets.labs.memory import model, recipes  # read before the processes part

    hidden, few, many = map(int, arguments)
    found = []
    for recipe, cleared in CASES:
        (small, low), (large, high) = (
            trained_peak(recipe, cleared, hidden, layers) for layers in (few, many)
        )
        found.append(
            {"recipe": recipe, "cleared": cleared, "bytes": (high - low) / (large - small)}
        )
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:])
