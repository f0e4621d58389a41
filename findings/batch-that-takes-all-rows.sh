#!/usr/bin/env bash
# Versions: opacus 1.6.0, torch 2.13.0 (PyPI)
# Guess: PrivacyEngine.make_private keeps the average batch size of the loader that it is given, as the class
#   documentation of DPDataLoader says: 256 of 1,000 rows stay 256 on average, 600 stay 600.
# Behaviour seen: the chance of a row is one over the number of batches, which PyTorch has rounded to a whole number. With
#   drop_last=True 256 becomes 333, and 600 becomes 1,000: every batch is the whole data set, and drawing adds nothing to
#   privacy. Opacus warns that it ignores drop_last; it does not, since without it 600 becomes 500. make_private_with_epsilon
#   finds the noise for the changed size. Compare private_loader.sample_rate with what you meant.
# Output seen:
#   batch_size=256 drop_last=True: 333 rows on average, sample_rate 0.333
#   batch_size=600 drop_last=True: 1000 rows on average, sample_rate 1.000
#   batch_size=600 drop_last=False: 500 rows on average, sample_rate 0.500
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check opacus==1.6.0 torch==2.13.0
env/bin/python -W ignore - <<'PYTHON'
import torch
from opacus import PrivacyEngine
from torch.utils.data import DataLoader, TensorDataset

rows = TensorDataset(torch.zeros(1000, 4), torch.zeros(1000, dtype=torch.int64))


def average(size, drop_last):
    """Mean rows of a private loader's batches, and the chance of each row to be in one."""
    torch.manual_seed(0)
    model = torch.nn.Linear(4, 2)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    loader = DataLoader(rows, batch_size=size, shuffle=True, drop_last=drop_last)
    _, _, private = PrivacyEngine().make_private(
        module=model, optimizer=optimizer, data_loader=loader, noise_multiplier=1.0, max_grad_norm=1.0
    )
    drawn = [len(y) for _ in range(200) for _, y in private]
    return sum(drawn) / len(drawn), private.sample_rate


for size, drop_last, right in ((256, True, 333), (600, True, 1000), (600, False, 500)):
    mean, chance = average(size, drop_last)
    print(f"batch_size={size} drop_last={drop_last}: {right} rows on average, sample_rate {chance:.3f}")
    assert abs(mean - right) < 5 and abs(chance * 1000 - right) < 1, f"changed: {mean}"
PYTHON
