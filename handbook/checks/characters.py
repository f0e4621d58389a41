"""Characters that do not belong: invisible ones anywhere, Chinese ones on an English page."""

import re
from collections.abc import Iterator

from handbook.checks.code import INCLUDE
from handbook.checks.pages import FENCE, FENCE_OPEN, FRONT, Page, Sources, blanked
from handbook.problems import Problem

FORBIDDEN = {
    "\t": "a tab",
    "\u00a0": "a no-break space",
    "\u00ad": "a soft hyphen",
    "\u200b": "a zero-width space",
    "\u200c": "a zero-width non-joiner",
    "\u200d": "a zero-width joiner",
    "\u200e": "a left-to-right mark",
    "\u200f": "a right-to-left mark",
    "\u2028": "a line separator",
    "\u2029": "a paragraph separator",
    "\u2060": "a word joiner",
    "\u3000": "a full-width space",
    "\ufeff": "a byte-order mark",
    "\ufffd": "a character lost in conversion (the file is not UTF-8)",
}
INVISIBLE = re.compile("[" + "".join(FORBIDDEN) + "]")
HAN = re.compile(
    r"[\u2e80-\u2fdf\u3001-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)

URL = re.compile(
    r"""(?<=\]\()[^\s)]+|https?://[^\s)>"'，。；、）]+|\s(?:href|src)=("[^"]*"|'[^']*')"""
)
CHINESE = r"\blang\s*=\s*[\"']?zh\b"
OPENING = re.compile(rf"<(?P<tag>[a-z][\w-]*)\b[^>]*{CHINESE}[^>]*>", re.IGNORECASE)
# Text, and headings or whole blocks, with an attribute list that says so.
MARKED = re.compile(
    r"(?:\*\*[^*\n]+\*\*|\*[^*\n]+\*|_[^_\n]+_|\[[^\]\n]*\](?:\([^)\n]*\))?"
    r"|^(?:#+ .*|.+\n(?:(?! *(?:[*+-]|\d+\.) ).+\n)* *))"
    rf"\{{[^}}\n]*{CHINESE}[^}}\n]*\}}",
    re.MULTILINE,
)


def check(sources: Sources) -> Iterator[Problem]:
    """Every page, and the YAML files of data/."""
    for page in sources.pages:
        if page.language == "en":
            yield from chinese(page)
    files = {page.file for page in sources.pages}
    files |= {p.relative_to(sources.root).as_posix() for p in sources.root.glob("data/*.y*ml")}
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
            todo = "Delete it."
            if char in "\ufeff\ufffd":
                todo = "Save the file as UTF-8 without a byte-order mark."
            elif char in "\t\u00a0\u3000":
                todo = "Replace it by ordinary spaces."
            where = f"{FORBIDDEN[char]} (U+{ord(char):04X}) in column {line.index(char) + 1}"
            yield Problem(file, number, where, todo, stops=char == "\ufffd")


def chinese(page: Page) -> Iterator[Problem]:
    """Chinese outside code, addresses and what is marked as Chinese; titles of code blocks count."""
    text = page.prose
    if HAN.search(text):  # costly, and most pages hold none
        text = without_marked_elements(URL.sub(lambda match: blanked(match[0]), text))
        text = MARKED.sub(lambda match: blanked(match[0]), text)
    for line, prose in zip(page.lines, text.split("\n"), strict=True):
        if line.kind == FRONT:
            prose = line.text
        elif line.kind == FENCE and (opening := FENCE_OPEN.match(line.text)):
            prose = opening["info"]
        if HAN.search(prose) and not INCLUDE.match(prose):
            around = re.search(rf".{{0,8}}{HAN.pattern}.{{0,16}}", prose)[0].strip()
            yield Problem(
                page.file,
                line.number,
                f"Chinese on an English page: “{around}”",
                'Translate it; a term that is to stay Chinese goes into <span lang="zh">…</span> or `code`.',
            )


def without_marked_elements(text: str) -> str:
    """Blank the elements marked lang="zh", each up to its own closing tag."""
    while opening := OPENING.search(text):
        depth, end = 0, opening.end()
        tags = re.compile(rf"<(/?){opening['tag']}\b[^>]*>", re.IGNORECASE)
        for tag in tags.finditer(text, opening.start()):
            depth += -1 if tag[1] else 1
            if depth == 0:
                end = tag.end()
                break
        text = text[: opening.start()] + blanked(text[opening.start() : end]) + text[end:]
    return text
