#!/usr/bin/env bash
# Versions: pint 0.25.3
# Guess: pint, which knows GB as gigabyte and Gbit as gigabit, reads 400 Gb/s as gigabits or refuses it; and kb, Mb, Gb
#   and Tb are powers of ten of one unit.
# Behaviour seen: kb, Mb and Tb are of the barn, an area in nuclear physics; Gb is the gilbert, of magnetism. 7B, as in
#   the name of a model, is seven bytes, 128k is 128 times Boltzmann's constant. All are accepted. A conversion to bytes
#   refuses Gb; a ratio of two values in Mb comes out right all the same, and 7B times two is 14 bytes.
# For a site like ours: a calculator that reads what people type must look the text up in a table of its own first
#   (Gb to Gbit, 7B to 7e9), and check the dimension of each input, not only of the result.
# Output seen:
#   100 kb: kilobarn
#   400 Mb: megabarn
#   400 Gb: gilbert
#   3.2 Tb: terabarn
#   400 Gbit: gigabit
#   128k: boltzmann_constant
#   7B times 2: 14 byte
#   16 Mb over 4 Mb: 4.0 dimensionless
#   16 Gb over 4 Mb: 4.0 gilbert / megabarn
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check pint==0.25.3
env/bin/python - <<'PY'
import pint

read = pint.UnitRegistry()
found = {text: str(read(text).units) for text in ("100 kb", "400 Mb", "400 Gb", "3.2 Tb", "400 Gbit", "128k")}
for text, unit in found.items():
    print(f"{text}: {unit}")
memory = read("7B") * 2
print(f"7B times 2: {memory}")
one, other = read("16 Mb") / read("4 Mb"), read("16 Gb") / read("4 Mb")
print(f"16 Mb over 4 Mb: {one}\n16 Gb over 4 Mb: {other}")
units = ["kilobarn", "megabarn", "gilbert", "terabarn", "gigabit", "boltzmann_constant"]
assert list(found.values()) == units
assert one == 4 and str(other.units) == "gilbert / megabarn"
assert memory == read.Quantity(14, "byte")
PY
