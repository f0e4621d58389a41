#!/usr/bin/env bash
# Versions: minify-html 0.18.1
# Guess: with minify_js=False, which is the default, inline scripts come out byte for byte, so that hashes
#   in a Content-Security-Policy, taken before, still hold.
# Behaviour seen: white space at both ends of a script goes, and with it the hash. A data block
#   (type=application/ld+json) right beside it keeps every byte, though no hash is asked for it.
# Output seen:
#   script: sha256-2n6R3FoaZ… before, sha256-DIm7WJS6Z… after
#   <script>start()</script><script type=application/ld+json>
#    {"name": "大模型"}
#   </script>
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check minify-html==0.18.1
env/bin/python - <<'PYTHON'
import base64
import hashlib
import re

from minify_html import minify

PAGE = '<script>\n  start()\n</script><script type="application/ld+json">\n {"name": "大模型"}\n</script>'


def hash_of(page):
    script = re.search(r"<script>(.*?)</script>", page, re.DOTALL)[1]
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


got = minify(PAGE, minify_js=False)
print(f"script: {hash_of(PAGE)[:16]}… before, {hash_of(got)[:16]}… after")
print(got)
assert "<script>start()</script>" in got, "changed: the script keeps its white space"
assert hash_of(got) != hash_of(PAGE)
assert '\n {"name": "大模型"}\n</script>' in got, "changed: the data block"
PYTHON
