#!/usr/bin/env bash
# Versions: Markdown 3.11.3, pymdown-extensions 13.1.2
# Guess: `!!! note 先看数据`, its quotes forgotten, is either a note with that title or no note at all,
#   in which case the author sees the exclamation marks on the page.
# Behaviour seen: a note, but the words become classes, and the title is the English word "Note". They
#   are nowhere on the page, and nothing is told. A fold (`??? note`) behaves alike. With Chinese
#   quotes (“ ”) it is no note, and its text becomes a listing.
# Output seen:
#   <div class="admonition note 先看数据">
#   <p class="admonition-title">Note</p>
#   <details class="note 先看数据">
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check Markdown==3.11.3 pymdown-extensions==13.1.2
env/bin/python - <<'PYTHON'
from markdown import markdown

note = markdown("!!! note 先看数据\n\n    再训练。", extensions=["admonition"])
fold = markdown("??? note 先看数据\n\n    再训练。", extensions=["pymdownx.details"])
quoted = markdown("!!! note “先看数据”\n\n    再训练。", extensions=["admonition"])
print("\n".join([*note.splitlines()[:2], fold.splitlines()[0]]))
assert note.startswith('<div class="admonition note 先看数据">\n<p class="admonition-title">Note</p>')
assert fold.startswith('<details class="note 先看数据">\n<summary>Note</summary>')
assert quoted == "<p>!!! note “先看数据”</p>\n<pre><code>再训练。\n</code></pre>"
PYTHON
