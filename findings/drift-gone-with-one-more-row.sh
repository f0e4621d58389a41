#!/usr/bin/env bash
# Versions: evidently 0.7.23, pandas 2.3.3 (PyPI)
# Guess: of one and the same change, more rows make a drift check surer. What it calls drift with 1,000 rows it calls drift
#   with 1,001.
# Behaviour seen: 30% of the scores move from 0.52 to 0.48, and with them 30% of the verdicts. `ValueDrift` calls it drift
#   while the reference has 1,000 rows, by a p-value far below its limit, and no drift from the 1,001st on, with 100,000
#   rows neither: there it measures how far the scores have moved, in standard deviations, and the limit is 0.1. The
#   preset counts the column as not drifted too. A monitor that was tried out on a sample falls silent in production.
#   Name `method` yourself, and try it with a change of which you know the harm, at the size of production.
# Output seen:
#   reference    1000 rows: K-S p_value = 0.0000, drift
#   reference    1001 rows: Wasserstein distance (normed) = 0.0495, no drift
#   reference  100000 rows: Wasserstein distance (normed) = 0.0496, no drift
#   share of verdicts that changed: 0.30
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check evidently==0.7.23 pandas==2.3.3
cat > look.py <<'PY'
import numpy as np
import pandas as pd
from evidently import Report
from evidently.metrics import ValueDrift
from evidently.presets import DataDriftPreset


def scores(rows, moved):
    """Seven in ten evenly from 0 to 1, three in ten just above the limit of 0.5, or just below when they have moved."""
    lump = round(0.3 * rows)
    return np.concatenate([np.linspace(0, 1, rows - lump), np.full(lump, 0.48 if moved else 0.52)])


def check(rows):
    before, after = (pd.DataFrame({"score": scores(rows, moved)}) for moved in (False, True))
    found = Report([ValueDrift(column="score")]).run(after, before).dict()["metrics"][0]
    preset = Report([DataDriftPreset()]).run(after, before).dict()["metrics"][0]["value"]
    method, limit, value = found["config"]["method"], found["config"]["threshold"], float(found["value"])
    drift = value < limit if method.endswith("p_value") else value >= limit
    print(f"reference {rows:>7} rows: {method} = {value:.4f}, {'drift' if drift else 'no drift'}")
    assert bool(preset["count"]) == drift, "changed: the preset disagrees"
    return drift


assert check(1000), "changed: 1,000 rows are no drift"
assert not check(1001), "changed: 1,001 rows are drift"
assert not check(100_000), "changed: 100,000 rows are drift"
verdicts = [scores(1000, moved) > 0.5 for moved in (False, True)]
print(f"share of verdicts that changed: {(verdicts[0] != verdicts[1]).mean():.2f}")
PY
env/bin/python look.py 2> errors || { cat errors; exit 1; }
