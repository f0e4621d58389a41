#!/usr/bin/env bash
# Versions: rumdl 0.3.0
# Guess: `rumdl fmt` repairs form and leaves the meaning: the address that MD034 puts into angle brackets
#   ends where its Latin letters end, and MD044 corrects a name wherever it stands.
# Behaviour seen: MD034 takes Chinese marks and words up to the next space into the link, so a right
#   address becomes a dead one. MD044 does not see a name that touches a Chinese character, and tells
#   nothing of it, though it sees one beside a Chinese bracket.
# Output seen:
#   见 <https://example.org/b，另见> <https://example.org/c（备份）。>
#   用github训练，再用 GitHub 发布，（GitHub）也行。
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check rumdl==0.3.0
printf '[MD044]\nnames = ["GitHub"]\n' > .rumdl.toml
cat > page.md <<'MARKDOWN'
# 标题

见 https://example.org/b，另见 https://example.org/c（备份）。

用github训练，再用 github 发布，（github）也行。
MARKDOWN
env/bin/rumdl fmt --no-cache --silent page.md || true
tail -n +3 page.md
grep -qxF '见 <https://example.org/b，另见> <https://example.org/c（备份）。>' page.md
grep -qxF '用github训练，再用 GitHub 发布，（GitHub）也行。' page.md
