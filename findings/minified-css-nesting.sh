#!/usr/bin/env bash
# Versions: rcssmin 1.3.0
# Guess: a CSS minifier keeps the space in `.menu :hover`, since without it the selector means
#   another element, wherever the rule stands: at top level, in @media, in @layer or nested.
# Behaviour seen: the space is kept at top level and in @media only. In @layer, in @container and in
#   every nested rule it goes, so "anything hovered inside .menu" becomes "a hovered .menu".
# Output seen:
#   .menu :hover{top:0}
#   @media print{.menu :hover{top:0}}
#   @layer site{.menu:hover{top:0}}
#   @container (width>9em){.menu:lang(zh){top:0}}
#   .menu{li:hover{top:0}}
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check rcssmin==1.3.0
env/bin/python - <<'PYTHON'
from rcssmin import cssmin

SEEN = {
    ".menu :hover { top: 0 }": ".menu :hover{top:0}",
    "@media print { .menu :hover { top: 0 } }": "@media print{.menu :hover{top:0}}",
    "@layer site { .menu :hover { top: 0 } }": "@layer site{.menu:hover{top:0}}",
    "@container (width > 9em) { .menu :lang(zh) { top: 0 } }":
        "@container (width>9em){.menu:lang(zh){top:0}}",
    ".menu { li :hover { top: 0 } }": ".menu{li:hover{top:0}}",
}
for rule, seen in SEEN.items():
    got = cssmin(rule)
    print(got)
    assert got == seen, f"changed: {rule!r} gives {got!r}"
PYTHON
