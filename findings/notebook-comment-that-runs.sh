#!/usr/bin/env bash
# Versions: jupytext 1.19.6, nbformat 5.11.1
# Guess: reading a .py file in the percent format, a comment in a code cell stays a comment; only what
#   jupytext itself commented out, lines that begin "# %" or "# !", becomes a command again.
# Behaviour seen: a comment of Chinese words that begins with the name of a shell command becomes that
#   command, "# rm 掉空行" ("rm the empty lines") included; English punctuation after the name prevents
#   it. A comment that begins with "# %" does so too, and nobody had commented it out.
# Output seen:
#   rm 掉空行
#   cat 一下结果
#   %timeit 太慢
#   # cat: 看结果
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check jupytext==1.19.6 nbformat==5.11.1
env/bin/python - <<'PYTHON'
import jupytext

SCRIPT = """# %%
# rm 掉空行
# cat 一下结果
# %timeit 太慢
# cat: 看结果
rows = [row for row in rows if row]
"""
[cell] = jupytext.reads(SCRIPT, "py:percent").cells
lines = cell.source.splitlines()
print("\n".join(lines[:-1]))
seen = ["rm 掉空行", "cat 一下结果", "%timeit 太慢", "# cat: 看结果"]
assert lines[:-1] == seen, f"changed: {lines}"
PYTHON
