#!/usr/bin/env bash
# Versions: carbontracker 2.4.7, py-cpuinfo 9.0.0
# Guess: an energy meter that carries the rated power of 3,923 processors gives a common one its own: 15 W to a thin laptop's
#   i5-8250U, 280 W to a server's EPYC 7763.
# Behaviour seen: it looks for the whole of the name that the processor gives itself within the table's names. A processor says
#   “Intel(R) Core(TM) i5-8250U CPU @ 1.60GHz”, the table “Intel Core i5-8250U”. No name with “Intel(R)” can be found, nor
#   one of AMD's that adds “64-Core Processor”. All of them get half the mean of the table, 35.6 W, idle or at work. The
#   name that a virtual machine often shows, “AMD EPYC”, is found: in the first row that begins with it, of 120 W.
# For a site like ours: print what a meter took for the processor beside each figure, and give it the rated power yourself
#   (sim_cpu and sim_cpu_tdp). Two machines whose figures differ only by the time they took have not been compared.
# Output seen:
#   rows 3923; “Intel(R)” in 0 of them
#   15 W in the table: 35.6 W for Intel(R) Core(TM) i5-8250U CPU @ 1.60GHz
#   95 W in the table: 35.6 W for Intel(R) Core(TM) i7-8700K CPU @ 3.70GHz
#   150 W in the table: 35.6 W for Intel(R) Xeon(R) Gold 6148 CPU @ 2.40GHz
#   145 W in the table: 35.6 W for Intel(R) Xeon(R) CPU E5-2686 v4 @ 2.30GHz
#   280 W in the table: 35.6 W for AMD EPYC 7763 64-Core Processor
#   105 W in the table: 35.6 W for AMD Ryzen 9 5950X 16-Core Processor
#   AMD EPYC: 60.0 W
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check carbontracker==2.4.7 py-cpuinfo==9.0.0
env/bin/python - <<'PY'
from unittest.mock import Mock

from carbontracker.components.cpu import generic

generic.logger = Mock()  # it says that it falls back, and on what

NAMES = {
    "Intel(R) Core(TM) i5-8250U CPU @ 1.60GHz": "Intel Core i5-8250U",
    "Intel(R) Core(TM) i7-8700K CPU @ 3.70GHz": "Intel Core i7-8700K",
    "Intel(R) Xeon(R) Gold 6148 CPU @ 2.40GHz": "Intel Xeon Gold 6148",
    "Intel(R) Xeon(R) CPU E5-2686 v4 @ 2.30GHz": "Intel Xeon E5-2686 v4",
    "AMD EPYC 7763 64-Core Processor": "AMD EPYC 7763",
    "AMD Ryzen 9 5950X 16-Core Processor": "AMD Ryzen 9 5950X",
}


def meter(name):
    """The tool's meter on a machine whose processor gives itself this name."""
    generic.cpuinfo.get_cpu_info = lambda: {"brand_raw": name}
    made = generic.GenericCPU([], devices_by_pid=False)
    made.init()
    return made


table = meter("").cpu_power_data
print(f"rows {len(table)}; “Intel(R)” in {sum('Intel(R)' in row for row in table)} of them")
watts = {name: meter(name).power_usage()[0] for name in NAMES}
for name, row in NAMES.items():
    print(f"{table[row]:.0f} W in the table: {watts[name]:.1f} W for {name}")
virtual = meter("AMD EPYC").power_usage()[0]
print(f"AMD EPYC: {virtual:.1f} W")
assert len(set(watts.values())) == 1 and 35 < watts["AMD EPYC 7763 64-Core Processor"] < 36
assert len({table[row] for row in NAMES.values()}) == 6 and virtual == 60
PY
