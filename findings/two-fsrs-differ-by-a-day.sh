#!/usr/bin/env bash
# Versions: fsrs 6.3.2 (Python), ts-fsrs 5.4.2
# Guess: two implementations of the same scheduler, by the same group, with the same parameters and no fuzz, give the same
#   days for the same first review.
# Behaviour seen: at 90 % retention the interval is the stability, rounded; where that ends in a half, Python rounds to the
#   even day and JavaScript up. Parameters that an optimiser has found for a reader are fitted numbers such as 4.5.
# Output seen:
#   stability 2.5: Python 2 days, JavaScript 3
#   stability 3.5: Python 4 days, JavaScript 4
#   stability 4.5: Python 4 days, JavaScript 5
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check fsrs==6.3.2
npm install --silent --no-fund --no-audit ts-fsrs@5.4.2 > /dev/null
cat > look.py <<'PY'
import json
import subprocess
from datetime import UTC, datetime

from fsrs import Card, Rating, Scheduler

SCRIPT = """
import {FSRSAlgorithm, generatorParameters} from "ts-fsrs"
const w = JSON.parse(process.argv[2])
const one = new FSRSAlgorithm(generatorParameters({w, enable_fuzz: false, enable_short_term: false}))
console.log(one.next_interval(one.next_state(null, 0, 3).stability, 0))
"""
with open("look.mjs", "w") as file:
    file.write(SCRIPT)
found = []
for stability in (2.5, 3.5, 4.5):
    parameters = list(Scheduler().parameters)
    parameters[2] = stability  # of a first review graded "good"
    scheduler = Scheduler(parameters, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    card, _ = scheduler.review_card(Card(), Rating.Good, begin)
    here = (card.due - begin).days
    there = int(subprocess.check_output(["node", "look.mjs", json.dumps(parameters)]))
    print(f"stability {stability}: Python {here} days, JavaScript {there}")
    found.append((here, there))
assert found == [(2, 3), (4, 4), (4, 5)]
PY
env/bin/python look.py
