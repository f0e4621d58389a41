#!/usr/bin/env bash
# Versions: OpenCC 1.4.2
# Guess: tw2sp turns Taiwan's words into the mainland's and leaves text alone that is simplified already,
#   so a search may send every query through it, whatever script it is in.
# Behaviour seen: the same letters are words of both regions. Simplified text is rewritten: "program"
#   becomes "process", "core technology" "kernel technology", and 显著 is given a wrong character.
#   Only t2s leaves simplified text as it is. Convert by region only what t2s changes.
# Output seen:
#   程序读取文件 -> 进程读取文档
#   核心技术 -> 内核技术
#   建立模型 -> 创建模型
#   效果显著 -> 效果显着
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check OpenCC==1.4.2
env/bin/python - <<'PYTHON'
from opencc import OpenCC

SEEN = {
    "程序读取文件": "进程读取文档",
    "核心技术": "内核技术",
    "建立模型": "创建模型",
    "效果显著": "效果显着",
}
regional, script = OpenCC("tw2sp"), OpenCC("t2s")
for text, seen in SEEN.items():
    print(text, "->", regional.convert(text))
    assert regional.convert(text) == seen, f"changed: {text} gives {regional.convert(text)}"
    assert script.convert(text) == text, f"changed: t2s rewrites {text}"
PYTHON
