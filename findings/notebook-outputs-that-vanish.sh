#!/usr/bin/env bash
# Versions: nbconvert 7.17.2, nbformat 5.11.1
# Guess: an output whose type the HTML exporter cannot draw is shown as text, or the export says so.
# Behaviour seen: it leaves an empty place without a word. So do a GIF, a WebP picture and JSON, which
#   Jupyter itself shows, when they come without a text/plain beside them (IPython adds one, other
#   programs need not; then the reader gets that text for a picture). PNG and JPEG are drawn.
# Output seen:
#   drawn: image/png, image/jpeg
#   nothing at all: image/gif, image/webp, application/json, text/csv
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check nbconvert==7.17.2 nbformat==5.11.1
env/bin/python - <<'PYTHON'
import warnings

import nbformat
from nbconvert import HTMLExporter

warnings.simplefilter("ignore")
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
DATA = {
    "image/png": PIXEL,
    "image/jpeg": PIXEL,
    "image/gif": "R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=",
    "image/webp": "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==",
    "application/json": {"accuracy": 0.9},
    "text/csv": "model,accuracy",
}


def is_drawn(kind):
    output = nbformat.v4.new_output("display_data", {kind: DATA[kind]})
    cell = nbformat.v4.new_code_cell("show()", outputs=[output])
    notebook = nbformat.v4.new_notebook(cells=[cell])
    nbformat.validate(notebook)
    page, _ = HTMLExporter(template_name="lab").from_notebook_node(notebook)
    return "jp-OutputArea-output" in page.split("<body")[1]


drawn = [kind for kind in DATA if is_drawn(kind)]
print("drawn:", ", ".join(drawn))
print("nothing at all:", ", ".join(kind for kind in DATA if kind not in drawn))
assert drawn == ["image/png", "image/jpeg"], f"changed: {drawn}"
PYTHON
