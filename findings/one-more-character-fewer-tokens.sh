#!/usr/bin/env bash
# Versions: quicktok-v1 0.4.0, tiktoken 0.14.0 (PyPI), both with the vocabulary o200k of GPT-4o and GPT-5
# Guess: a longer text has at least as many tokens, so the longest beginning that fits a budget can be found by
#   halving, as in any sorted list.
# Behaviour seen: one more character may complete a long token and save one or two. Halving then stops at a
#   text that is too short, or takes one that is too long. Count the text as it will be sent, and step back.
# Output seen:
#   发明专利的申请人请求实质审查的时: 14
#   发明专利的申请人请求实质审查的时候: 13
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check --no-deps quicktok-v1==0.4.0
env/bin/pip install --quiet --disable-pip-version-check numpy tiktoken==0.14.0
env/bin/python - <<'PYTHON'
import quicktok

count = quicktok.get_encoding("o200k_base").encode_ordinary
texts = ["发明专利的申请人请求实质审查的时", "发明专利的申请人请求实质审查的时候"]
counts = [len(count(text)) for text in texts]
for text, tokens in zip(texts, counts):
    print(f"{text}: {tokens}")
assert counts == [14, 13], f"changed: {counts}"
PYTHON
