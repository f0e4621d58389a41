#!/usr/bin/env bash
# Versions: litellm 1.110.2, model-prices 0.0.5 (PyPI)
# Guess: two kept-up price tables that both know DeepSeek's peak hours give the same bill for the same call.
# Behaviour seen: on a Thursday that is a Chinese public holiday (1 October 2026, 10:00 in Beijing) litellm bills the
#   peak price, twice that of model-prices; its rule knows weekdays and no holidays, which DeepSeek excepts from peak
#   hours. And the plain field input_cost_per_token of litellm's table is the peak price: who reads the table without
#   its function gets 0.30 for a model that costs 0.15 in 133 of 168 hours. model-prices stores the lower one.
# Output seen (USD for a million fresh input tokens of deepseek-flash):
#   Thursday, 24 September: litellm 0.30, model-prices 0.30
#   Saturday, 10 October: litellm 0.15, model-prices 0.15
#   Thursday, 1 October, a holiday: litellm 0.30, model-prices 0.15
#   in the tables: litellm 0.30, model-prices 0.15
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check litellm==1.110.2 model-prices==0.0.5
LITELLM_LOCAL_MODEL_COST_MAP=True env/bin/python - <<'PYTHON'
from datetime import datetime, timezone

import litellm
import model_prices
from litellm.litellm_core_utils.llm_cost_calc.utils import generic_cost_per_token


def bills(day):
    """What both say at 10:00 in Beijing."""
    when = datetime(2026, *day, 2, tzinfo=timezone.utc)
    usage = litellm.Usage(prompt_tokens=1_000_000, completion_tokens=0)
    one, _ = generic_cost_per_token("deepseek-flash", usage, "deepseek", current_time=when)
    other = model_prices.cost("deepseek-flash", input_tokens=1_000_000, output_tokens=0, at=when)
    return round(one, 2), round(float(other), 2)


days = {"Thursday, 24 September": (9, 24), "Saturday, 10 October": (10, 10), "Thursday, 1 October, a holiday": (10, 1)}
found = {name: bills(day) for name, day in days.items()}
table = litellm.model_cost["deepseek/deepseek-flash"]["input_cost_per_token"] * 1e6
stored = model_prices.rates("deepseek-flash", at=datetime(2026, 10, 10, tzinfo=timezone.utc)).input
found["in the tables"] = round(table, 2), round(float(stored), 2)
for name, (one, other) in found.items():
    print(f"{name}: litellm {one:.2f}, model-prices {other:.2f}")
assert list(found.values()) == [(0.3, 0.3), (0.15, 0.15), (0.3, 0.15), (0.3, 0.15)], "changed"
PYTHON
