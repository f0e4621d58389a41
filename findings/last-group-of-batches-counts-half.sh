#!/usr/bin/env bash
# Versions: accelerate 1.15.0, torch 2.13.0 (PyPI)
# Guess: with Accelerator(gradient_accumulation_steps=4) every optimizer step gets the mean of the gradients of the
#   batches that were accumulated, also in the last group of an epoch, which holds fewer when the number of batches is
#   no multiple of four.
# Behaviour seen: backward() divides each loss by four whatever the group holds. accumulate() does step at the end of
#   the epoch, so of ten batches the last two make a step of half the gradient. Where an epoch has fewer batches than
#   the setting, every step is: with three batches and a setting of eight, three eighths of it. SGD and momentum
#   take a smaller step for it, and clipping by norm no longer sees the norm that it was set for. Drop the last, short
#   group (a number of batches that divides), or multiply the gradients by setting / batches in the group.
# Output seen (every batch alone has the gradient 1):
#   10 batches, 4 at a time: steps of 1.0, 1.0, 0.5
#   3 batches, 8 at a time: steps of 0.375
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check accelerate==1.15.0 torch==2.13.0
env/bin/python -W ignore - <<'PYTHON'
import torch
from accelerate import Accelerator
from accelerate.state import AcceleratorState, GradientState
from torch.utils.data import DataLoader, TensorDataset


def steps(batches, at_a_time):
    """The gradient at each optimizer step of an epoch; that of every batch alone is 1."""
    AcceleratorState._reset_state(True)
    GradientState._reset_state()
    accelerator = Accelerator(cpu=True, gradient_accumulation_steps=at_a_time)
    model = torch.nn.Linear(1, 1, bias=False)
    model, optimizer, loader = accelerator.prepare(
        model,
        torch.optim.SGD(model.parameters(), lr=0.0),
        DataLoader(TensorDataset(torch.ones(2 * batches, 1)), batch_size=2),
    )
    seen = []
    for (inputs,) in loader:
        with accelerator.accumulate(model):
            accelerator.backward(model(inputs).mean())
            if accelerator.sync_gradients:
                seen.append(model.weight.grad.item())
            optimizer.step()
            optimizer.zero_grad()
    return seen


for batches, at_a_time, right in ((10, 4, [1.0, 1.0, 0.5]), (3, 8, [0.375])):
    seen = steps(batches, at_a_time)
    print(f"{batches} batches, {at_a_time} at a time: steps of {', '.join(map(str, seen))}")
    assert seen == right, "changed"
PYTHON
