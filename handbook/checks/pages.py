"""Reads the sources of the pages, once, into what the checks ask for: places with an id, and prose, with their lines.

Only what must be told before a build is read here. What a page becomes is judged on the built HTML (`built.py`), and
the form of the Markdown by rumdl (`form.py`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from handbook.site import LANGUAGES

# Kinds of lines: the last holds comments, and HTML that holds code.
FRONT, TEXT, FENCE, CODE, ASIDE = "front", "text", "fence", "code", "aside"

FENCE_OPEN = re.compile(r"[> ]*(?P<marks>`{3,}|~{3,})(?P<info>[^`]*)$")
ASIDE_OPEN = re.compile(r" {0,3}(?:<(?P<tag>pre|script|style|svg|textarea)\b|<!--)", re.IGNORECASE)
# Comments and inline code are no prose. Code may run over a line end, not over a blank line.
NOT_PROSE = re.compile(
    r"<!--.*?-->|<(code|kbd|samp)\b[^>]*>.*?</\1>|(?<![\\`])(`+)(?!`)(?:(?!\n\n).)+?(?<!`)\2(?!`)",
    re.DOTALL,
)
HEADING = re.compile(r"(?P<indent> *)(?P<marks>#{1,6})(?!#) *(?P<text>.*)$")
# Python-Markdown wants a space before the braces of a heading, and no space inside after {#.
HEADING_ATTRIBUTES = re.compile(r" +\{:? *([^}\n ][^\n]*)\} *$")
ATTRIBUTES = re.compile(r"(?:^ *|(?<=[)\]*_`>])|(?=\{:))\{:? *([^{}\n]*)\}", re.MULTILINE)
ID = re.compile(r"(?:^|\s)(?:#|id=[\"']?)([^\s\"'}]+)")
HTML_ID = re.compile(r"<(?P<tag>[a-zA-Z][\w-]*)\b[^<>]*?\sid\s*=\s*[\"']?(?P<id>[^\"'\s>]+)")
LAB_HEADER = re.compile(r'#   +(?P<language>zh|en): "?(?P<text>.*?)"?$')
LAB_MARKER = re.compile(r"# %%(?P<markdown> \[markdown\].*\blang=\"(?P<language>zh|en)\")?")


@dataclass(slots=True)
class Line:
    """One line of the source, numbered from 1."""

    number: int
    text: str
    kind: str = TEXT


@dataclass(frozen=True)
class Place:
    """Anything that a link can point at, and headings without an id."""

    line: int
    id: str  # "" for a heading that has none
    origin: str  # "heading", "attributes" or the name of an HTML element
    level: int = 0  # of a heading
    text: str = ""

    @property
    def published(self) -> bool:
        """Whether its id is an address for good; on other HTML it is an internal matter, as of a form."""
        return self.origin in ("heading", "attributes", "a")


@dataclass
class Page:
    """One page of one language."""

    file: str  # where an author mends it, from the project root: docs/en/guide.md, snippets/labs/x/lab.py
    language: str
    name: str  # from the language's folder, the same in both: guide.md
    lines: list[Line]
    prose: str = field(init=False)  # what a reader sees: same lines, code and comments blanked
    headings: list[Place] = field(init=False)
    places: list[Place] = field(init=False)  # every id that the source gives, in its order

    def __post_init__(self):
        text = "\n".join(line.text if line.kind == TEXT else "" for line in self.lines)
        self.prose = NOT_PROSE.sub(lambda match: blanked(match[0]), text)
        self.headings = list(read_headings(self.lines))
        self.places = read_places(self)

    @property
    def key(self) -> str:
        """As data/ names it: guide, labs/overfitting."""
        return self.name.rpartition(".")[0]

    @property
    def notebook(self) -> bool:
        """Whether it is the page of a lab."""
        return self.name.endswith(".ipynb")

    @property
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

    def page(self, key: str, language: str = "zh") -> Page | None:
        """A page by its name in data/: guide, guide#overfitting, labs/overfitting#method."""
        name = key.partition("#")[0]
        pages = (self.by_name.get((language, name + suffix)) for suffix in (".md", ".ipynb"))
        return next(filter(None, pages), None)

    def section(self, key: str, language: str = "zh") -> Place | None:
        """A place by its name in data/: guide#overfitting."""
        page, id = self.page(key, language), key.partition("#")[2]
        return next((place for place in (page.places if page else ()) if place.id == id), None)


def read_sources(root: Path) -> Sources:
    """Read every page below docs/."""
    pages = []
    for language in LANGUAGES:
        folder = root / "docs" / language
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            # MkDocs leaves out hidden files too.
            if path.suffix in (".md", ".ipynb") and not re.search(r"(^|/)\.", name):
                pages.append(read_page(root, path, language, name))
    return Sources(root, pages)


def read_page(root: Path, path: Path, language: str, name: str) -> Page:
    """Read one page; what is not UTF-8 becomes U+FFFD, which `settings.py` reports.

    The page of a lab is read from its source, which is where its author mends it.
    """
    if path.suffix == ".ipynb":
        path = root / "snippets/labs" / path.stem.replace("-", "_") / "lab.py"
    text = path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""
    text = text.replace("\r\n", "\n").removeprefix("\ufeff")
    if path.suffix == ".py":
        text = markdown_of_lab(text, language)
    return Page(path.relative_to(root).as_posix(), language, name, read_lines(text))


def markdown_of_lab(text: str, language: str) -> str:
    """The Markdown of one language, each line where it stands in the source; all other lines are empty.

    What the header says for the table of all labs is text too.
    """
    lines, ours = [], False
    for line in text.split("\n"):
        if marker := LAB_MARKER.match(line):
            ours, line = marker["language"] == language, ""
        elif not ours and (header := LAB_HEADER.match(line)) and header["language"] == language:
            lines.append(header["text"])
            continue
        lines.append(re.sub(r"^# ?", "", line) if ours else "")
    return "\n".join(lines)


def blanked(text: str) -> str:
    """Spaces in the place of a text, so that every offset and line stays what it was."""
    return re.sub(r"[^\n`]", " ", text)


def read_lines(text: str) -> list[Line]:
    """The lines of a page, and what each of them is."""
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
    at = 0
    if lines[0].text.rstrip() == "---":
        ends = (i for i, line in enumerate(lines[1:], 1) if line.text.rstrip() in ("---", "..."))
        at = next(ends, -1) + 1
    for line in lines[:at]:
        line.kind = FRONT
    kind, until = TEXT, ""
    for line in lines[at:]:
        line.kind = kind
        if kind == CODE and line.text.strip(" >") == until:
            line.kind, kind = FENCE, TEXT
        elif kind == TEXT and (fence := FENCE_OPEN.match(line.text)):
            line.kind, kind, until = FENCE, CODE, fence["marks"]
        elif kind == TEXT and (opening := ASIDE_OPEN.match(line.text)):
            line.kind, kind = ASIDE, ASIDE
            until = f"</{opening['tag'].lower()}" if opening["tag"] else "-->"
        if kind == ASIDE and until in line.text.lower():
            kind = TEXT
    return lines


def read_headings(lines: list[Line]) -> Iterator[Place]:
    """Headings; one that is indented and has no id is code, or the built page tells it."""
    for line in lines:
        if line.kind == TEXT and (match := HEADING.match(line.text)):
            attributes = HEADING_ATTRIBUTES.search(line.text)
            if attributes or not match["indent"]:
                ids = ID.findall(attributes[1]) if attributes else []
                text = HEADING_ATTRIBUTES.sub("", match["text"]).strip()
                id = ids[-1] if ids else ""
                yield Place(line.number, id, "heading", len(match["marks"]), text)


def read_places(page: Page) -> list[Place]:
    """Ids of headings, of attribute lists and of HTML, in the order of the page."""
    places = [heading for heading in page.headings if heading.id]
    taken = {(place.line, place.id) for place in places}
    for number, match in page.find(ATTRIBUTES):
        ids = [id for id in ID.findall(match[1]) if (number, id) not in taken]
        places += [Place(number, id, "attributes") for id in ids]
    for number, match in page.find(HTML_ID):
        if (number, match["id"]) not in taken:
            places.append(Place(number, match["id"], match["tag"].lower()))
    return sorted(places, key=lambda place: place.line)
