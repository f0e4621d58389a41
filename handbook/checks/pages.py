"""Reads the pages of both languages, once, into what the checks ask for."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from handbook.checks.blocks import FRONT, HTML, TEXT, Line
from handbook.checks.elements import Anchor, Block, Heading, Note, read_anchors, read_blocks, read_headings, read_notes
from handbook.checks.lines import read_lines
from handbook.labs.source import FOLDER, LabError, read_lab

LANGUAGES = ("zh", "en")
SUFFIXES = (".md", ".ipynb")
# Comments and inline code are no prose. Code may run over a line end, not over a blank line.
NOT_PROSE = re.compile(
    r"<!--.*?-->|<(code|kbd|samp)\b[^>]*>.*?</\1>|(?<![\\`])(`+)(?!`)(?:(?!\n\n).)+?(?<!`)\2(?!`)", re.DOTALL
)


def blanked(text: str) -> str:
    """Spaces in the place of a text, so that every offset and line stays what it was."""
    return re.sub(r"[^\n`]", " ", text)


@dataclass
class Page:
    """One page of one language."""

    file: str  # from the project root: docs/en/guide.md
    language: str
    name: str  # from the language's folder, the same in both: guide.md
    lines: list[Line]
    prose: str = field(init=False)  # the text a reader sees: same lines, code and comments blanked
    anchors: list[Anchor] = field(init=False)
    headings: list[Heading] = field(init=False)

    def __post_init__(self):
        text = "\n".join(line.text if line.kind in (TEXT, HTML) else "" for line in self.lines)
        self.prose = NOT_PROSE.sub(lambda match: blanked(match[0]), text)
        self.headings = read_headings(self)
        self.anchors = read_anchors(self)

    @property
    def notebook(self) -> bool:
        return self.name.endswith(".ipynb")

    @cached_property
    def blocks(self) -> list[Block]:
        """Fenced and indented code."""
        return read_blocks(self.lines)

    @cached_property
    def notes(self) -> list[Note]:
        """Admonitions, with the id of the section they stand in."""
        return read_notes(self)

    @cached_property
    def front(self) -> str:
        """The front matter without its delimiters; its first line is line 2 of the file."""
        return "\n".join([line.text for line in self.lines if line.kind == FRONT][1:-1])

    def find(self, pattern: re.Pattern) -> Iterator[tuple[int, re.Match]]:
        """Line number and match of each place in the prose."""
        for match in pattern.finditer(self.prose):
            yield self.prose.count("\n", 0, match.start()) + 1, match


@dataclass
class Sources:
    """All that the checks look at."""

    root: Path
    pages: list[Page]

    def __post_init__(self):
        self.by_name = {(page.language, page.name): page for page in self.pages}

    def pairs(self) -> Iterator[tuple[Page, Page]]:
        """The Chinese and the English version of each page that has both."""
        for page in self.pages:
            if page.language == "zh" and ("en", page.name) in self.by_name:
                yield page, self.by_name["en", page.name]


def read_sources(root: Path) -> Sources:
    """Read every page below docs/."""
    pages = []
    for language in LANGUAGES:
        folder = root / "docs" / language
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.suffix in SUFFIXES and not re.search(r"(^|/)\.", name):  # MkDocs leaves out hidden files too
                pages.append(read_page(root, path, language, name))
    return Sources(root, pages)


def read_page(root: Path, path: Path, language: str, name: str) -> Page:
    """Read one page; what is not UTF-8 becomes U+FFFD, which checks/characters.py reports.

    A lab's page is read from its source below labs/, which is where its author mends it.
    """
    file = path.relative_to(root).as_posix()
    text = path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
    if path.suffix == ".ipynb":
        source = root / FOLDER / f"{path.stem.replace('-', '_')}.py"
        try:
            text, file = read_lab(source).text(language), source.relative_to(root).as_posix()
        except (FileNotFoundError, LabError):  # checks/labs.py tells it
            text = markdown_of_notebook(text)
    return parsed(file, language, name, text.removeprefix("\ufeff"))


@lru_cache(maxsize=4096)
def parsed(file: str, language: str, name: str, text: str) -> Page:
    """A page of a text; several readers ask for it in one build, and a preview again and again."""
    return Page(file, language, name, read_lines(text))


def markdown_of_notebook(text: str) -> str:
    """The Markdown cells of a notebook, each line on the line where it stands in the file.

    nbformat writes one source line a line of JSON, and a cell's type before its source.
    """
    lines, markdown, source = [], False, False
    for line in text.split("\n"):
        words = line.strip()
        if words.startswith('"cell_type":'):
            markdown = '"markdown"' in words
        shown = source and words.startswith('"')
        source = shown or words == '"source": ['
        lines.append(json.loads(words.rstrip(",")).rstrip("\n") if shown and markdown else "")
    return "\n".join(lines)
