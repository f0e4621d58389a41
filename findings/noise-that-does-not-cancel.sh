#!/usr/bin/env bash
# Versions: captum 0.9.0, torch 2.13.0 (PyPI)
# Guess: NoiseTunnel around Saliency with nt_type="smoothgrad" is SmoothGrad: it averages the gradient over noisy
#   copies, so a feature whose gradient only swings about zero ends near nothing once there are many copies.
# Behaviour seen: Saliency drops the sign of each copy's gradient before the average is taken, so noise never cancels.
#   A feature without effect scores three times as much as the one that matters, with 100 copies or 10,000. With
#   abs=False handed through to Saliency it falls to nothing, as in the paper (Smilkov et al., 2017).
# Output seen:
#   copies 100: as called [1.0, 3.3], with abs=False [1.0, 0.0]
#   copies 10000: as called [1.0, 3.2], with abs=False [1.0, 0.0]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check captum==0.9.0 torch==2.13.0
env/bin/python -W ignore - <<'PYTHON'
import torch
from captum.attr import NoiseTunnel, Saliency


def model(x):
    """The first feature matters; the second is a ripple of height 0.1, whose slope swings between -5 and 5."""
    return x[:, 0] + 0.1 * torch.sin(50 * x[:, 1])


def smoothed(copies, **more):
    torch.manual_seed(0)
    x = torch.full((1, 2), 0.3, requires_grad=True)
    tunnel = NoiseTunnel(Saliency(model))
    found = tunnel.attribute(x, nt_type="smoothgrad", nt_samples=copies, stdevs=0.5, **more)
    return [abs(round(value, 1)) for value in found[0].tolist()]


for copies in (100, 10_000):
    as_called, signed = smoothed(copies), smoothed(copies, abs=False)
    print(f"copies {copies}: as called {as_called}, with abs=False {signed}")
    assert as_called[1] > 3 and signed[1] < 0.1, "changed"
PYTHON
