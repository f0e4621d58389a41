#!/usr/bin/env bash
# Versions: accelerate 1.15.0, torch 2.13.0 (PyPI)
# Guess: accelerate's memory estimate for training a model with Adam in 16 bits (the column “Peak vRAM” of
#   accelerate estimate-memory) is enough for the weights, gradients and optimizer of mixed-precision training.
# Behaviour seen: for float32 it names 16 bytes a parameter, for bfloat16 8: the largest of its parts (weights 4,
#   gradients 6, optimizer 8), not their sum. Counted on a model trained by torch with autocast to bfloat16 and Adam
#   they are 16 in both. Take 16, and activations on top.
# Output seen:
#   float32: estimated 16 bytes a parameter, counted 16
#   bfloat16: estimated 8 bytes a parameter, counted 16
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check accelerate==1.15.0 torch==2.13.0
env/bin/python - <<'PYTHON'
import torch
from accelerate.commands.estimate import estimate_training_usage
from accelerate.utils import calculate_maximum_sizes


def counted(mixed):
    """Bytes of weights, gradients and Adam's states after a step."""
    model = torch.nn.Linear(1000, 1000, bias=False)
    optimizer = torch.optim.Adam(model.parameters())
    with torch.autocast("cpu", torch.bfloat16, enabled=mixed):
        loss = model(torch.ones(2, 1000)).square().mean()
    loss.backward()
    optimizer.step()
    held = [*model.parameters(), *(one.grad for one in model.parameters())]
    held += [one for state in optimizer.state.values() for one in state.values() if one.dim()]
    return sum(one.numel() * one.element_size() for one in held) / 1e6, model


for kind, right in (("float32", 16), ("bfloat16", 8)):
    real, model = counted(kind == "bfloat16")
    size, _ = calculate_maximum_sizes(model)
    told = max(estimate_training_usage(size, kind).values()) / 1e6  # as the command line shows it
    print(f"{kind}: estimated {told:.0f} bytes a parameter, counted {real:.0f}")
    assert round(told) == right and round(real) == 16, "changed"
PYTHON
