#!/usr/bin/env bash
# Versions: rjsmin 1.3.0
# Guess: a minifier of today's JavaScript leaves the text of a template literal alone, also where one
#   stands inside the ${...} of another, as in pieces of HTML.
# Behaviour seen: the inner literal is taken for code. Spaces in it go, and its "//" begins a comment:
#   the rest of the line is lost without a word, and what is left is no JavaScript.
# Output seen:
#   const pages=n=>`${n > 1 ? `共 ${n}页` : "一页"}`
#   const link=own=>`<a href="${own ? `https:show(link)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check rjsmin==1.3.0
env/bin/python - <<'PYTHON'
from rjsmin import jsmin

SEEN = {
    'const pages = n => `${n > 1 ? `共  ${n}  页` : "一页"}`\n':
        'const pages=n=>`${n > 1 ? `共 ${n}页` : "一页"}`',
    'const link = own => `<a href="${own ? `https://example.org/` : "#"}">大模型</a>`\nshow(link)\n':
        'const link=own=>`<a href="${own ? `https:show(link)',
}
for script, seen in SEEN.items():
    got = jsmin(script)
    print(got)
    assert got == seen, f"changed: {script!r} gives {got!r}"
PYTHON
