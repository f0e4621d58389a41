#!/usr/bin/env bash
# Versions: minify-html 0.18.1, markdownify 1.2.3, beautifulsoup4 4.15.0
# Guess: a page and its minified form are the same document to a browser, so both give the same Markdown.
# Behaviour seen: the minifier leaves out the end tags that HTML allows to be left out. The converter's
#   parser does not know that rule and nests each item in the one before: two items of a list share
#   one line, and a table of three rows becomes one of six columns. keep_closing_tags=True avoids it.
# Output seen:
#   * 过拟合* 欠拟合
#   |  |  |  |  |  |  |
#   | --- | --- | --- | --- | --- | --- |
#   | 模型 准确率|  |  |  |  | | --- | --- | --- | --- | | 甲 0.9|  |  | | --- | --- | | 乙 0.8 | | | | | |
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check minify-html==0.18.1 markdownify==1.2.3 beautifulsoup4==4.15.0
env/bin/python - <<'PYTHON'
from markdownify import markdownify
from minify_html import minify

LIST = "<ul><li>过拟合</li><li>欠拟合</li></ul>"
TABLE = (
    "<table><thead><tr><th>模型</th><th>准确率</th></tr></thead>"
    "<tbody><tr><td>甲</td><td>0.9</td></tr><tr><td>乙</td><td>0.8</td></tr></tbody></table>"
)
assert markdownify(LIST).strip() == "* 过拟合\n* 欠拟合"
assert markdownify(TABLE).strip().splitlines()[2:] == ["| 甲 | 0.9 |", "| 乙 | 0.8 |"]
for page in (LIST, TABLE):
    assert markdownify(minify(page, keep_closing_tags=True)) == markdownify(page)
    print(markdownify(minify(page)).strip())
assert markdownify(minify(LIST)).strip() == "* 过拟合* 欠拟合", "changed: the list"
assert markdownify(minify(TABLE)).strip().startswith("|  |  |  |  |  |  |\n"), "changed: the table"
PYTHON
