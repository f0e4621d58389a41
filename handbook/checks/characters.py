"""Characters that do not belong: invisible ones anywhere, Chinese ones on an English page."""

import re
import unicodedata
from collections.abc import Iterator

from handbook.checks.code import INCLUDE
from handbook.checks.pages import FENCE, FENCE_OPEN, FRONT, Page, Sources, blanked
from handbook.problems import Problem

# Tabs, spaces and marks that nobody sees, and what takes the place of a byte that is not UTF-8.
INVISIBLE = re.compile("[\t\u00a0\u00ad\u200b-\u200f\u2028\u2029\u2060\u3000\ufeff\ufffd]")
HAN = re.compile(
    r"[\u2e80-\u2fdf\u3001-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)

URL = re.compile(
    r"""(?<=\]\()[^\s)]+|https?://[^\s)>"'，。；、）]+|\s(?:href|src)=("[^"]*"|'[^']*')"""
)
CHINESE = r"\blang\s*=\s*[\"']?zh\b"
ELEMENT = re.compile(rf"<([a-z][\w-]*)\b[^>]*{CHINESE}[^>]*>.*?</\1>", re.IGNORECASE | re.DOTALL)
# Text, and headings or whole blocks, with an attribute list that says so.
MARKED = re.compile(
    r"(?:\*\*[^*\n]+\*\*|\*[^*\n]+\*|_[^_\n]+_|\[[^\]\n]*\](?:\([^)\n]*\))?"
    r"|^(?:#+ .*|.+\n(?:(?! *(?:[*+-]|\d+\.) ).+\n)* *))"
    rf"\{{[^}}\n]*{CHINESE}[^}}\n]*\}}",
    re.MULTILINE,
)


def check(sources: Sources) -> Iterator[Problem]:
    """Every page, the sources of labs, and the YAML files of data/."""
    for page in sources.pages:
        if page.language == "en":
            yield from chinese(page)
    files = {page.file for page in sources.pages}
    for pattern in ("data/*.y*ml", "snippets/labs/*/lab.py"):
        files |= {path.relative_to(sources.root).as_posix() for path in sources.root.glob(pattern)}
    for file in sorted(files):
        if (sources.root / file).is_file():
            text = (sources.root / file).read_bytes().decode("utf-8", "replace")
            yield from invisible(file, text)


def invisible(file: str, text: str) -> Iterator[Problem]:
    """One report for each kind of character on a line."""
    if not INVISIBLE.search(text):
        return
    for number, line in enumerate(text.split("\n"), 1):
        for char in sorted(set(INVISIBLE.findall(line))):
            name = unicodedata.name(char, "TAB").lower()
            where = f"{name} (U+{ord(char):04X}) in column {line.index(char) + 1}"
            todo = "Replace it by ordinary spaces." if char in "\t\u00a0\u3000" else "Delete it."
            todo = (
                "Save the file as UTF-8 without a byte-order mark."
                if char in "\ufeff\ufffd"
                else todo
            )
            yield Problem(file, number, where, todo, stops=char == "\ufffd")


def chinese(page: Page) -> Iterator[Problem]:
    """Chinese outside code, addresses and what is marked as Chinese; titles of code blocks count."""
    text = page.prose
    if HAN.search(text):  # costly, and most pages hold none
        for pattern in (URL, ELEMENT, MARKED):
            text = pattern.sub(lambda match: blanked(match[0]), text)
    for line, prose in zip(page.lines, text.split("\n"), strict=True):
        if line.kind == FRONT:
            prose = line.text
        elif line.kind == FENCE and (opening := FENCE_OPEN.match(line.text)):
            prose = opening["info"]
        if HAN.search(prose) and not INCLUDE.match(prose):
            around = re.search(rf".{{0,8}}{HAN.pattern}.{{0,16}}", prose)[0].strip()
            what = f"Chinese on an English page: “{around}”"
            todo = 'Translate it; what is to stay Chinese goes into <span lang="zh">…</span> or `code`.'
            yield Problem(page.file, line.number, what, todo)
