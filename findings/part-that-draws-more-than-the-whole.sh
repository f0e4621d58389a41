#!/usr/bin/env bash
# Versions: codecarbon 3.3.2, psutil 7.2.2
# Guess: where nothing else runs, a process draws at most what the machine draws; and work that one of two threads does in twice
#   the time takes at least as much as on both threads, since the machine is on for twice as long.
# Behaviour seen: without a hardware counter the machine's power is estimated as 10% of the rating plus 90% of the cube of the
#   load, a process's as its share of the load, in a straight line. At half load the process is given 2.35 times what the whole
#   machine is given. By the machine's figure the same work on one thread takes 0.43 of the energy, by the process's all of it.
# For a site like ours: compare figures of one kind of tracking only, and measure a saving in processor time; by the machine's
#   figure, running slower on part of the threads looks like saving energy.
# Output seen (a processor rated at 100 W, two threads, one process):
#   one thread busy: machine 21.25 W, process 50.00 W
#   both busy: machine 100.00 W, process 100.00 W
#   same work on one thread for twice the time: machine 0.43, process 1.00 of the energy
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check codecarbon==3.3.2 psutil==7.2.2
env/bin/python -W ignore - <<'PY'
from collections import namedtuple
from types import SimpleNamespace
from unittest.mock import patch

from codecarbon.external import hardware

Times = namedtuple("Times", "user system idle")
THREADS, SECONDS = 2, 60


def watts(busy, tracking):
    """What codecarbon says of a minute with so many of two threads busy, all of them ours; only the counters are given."""
    at = {"now": 0.0}
    process = SimpleNamespace(
        pid=1,
        children=lambda recursive: [],
        cpu_times=lambda: Times(at["now"] * busy, 0.0, 0.0),
    )
    counters = SimpleNamespace(
        cpu_times=lambda: Times(at["now"] * busy, 0.0, at["now"] * (THREADS - busy)),
        Process=lambda pid=None: process,
    )
    now = lambda: at["now"]
    clock = SimpleNamespace(time=now, perf_counter=now, sleep=lambda seconds: None)
    with (
        patch.object(hardware, "psutil", counters),
        patch.object(hardware, "time", clock),
        patch.object(hardware, "count_cpus", lambda: THREADS),
    ):
        meter = hardware.CPU(".", "cpu_load", "", 100, tracking_mode=tracking)
        meter.start()
        at["now"] += SECONDS
        _, energy = meter.measure_power_and_energy(last_duration=SECONDS)
    return energy.kWh * 3.6e6 / SECONDS


one, both = ({way: watts(busy, way) for way in ("machine", "process")} for busy in (1, 2))
print(f"one thread busy: machine {one['machine']:.2f} W, process {one['process']:.2f} W")
print(f"both busy: machine {both['machine']:.2f} W, process {both['process']:.2f} W")
same = {way: 2 * one[way] / both[way] for way in one}
print(
    "same work on one thread for twice the time: "
    f"machine {same['machine']:.2f}, process {same['process']:.2f} of the energy"
)
assert abs(one["process"] / one["machine"] - 2.353) < 0.001
assert abs(same["machine"] - 0.425) < 0.001 and abs(same["process"] - 1) < 0.001
PY
