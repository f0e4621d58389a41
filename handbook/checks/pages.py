"""Reads the sources of the pages, once, into what the checks ask for: headings, ids, notes and code, with their lines.

Only what must be told with a line of the source is read here. What a page becomes is judged on the built HTML
(`built.py`), and the form of the Markdown by rumdl (`form.py`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

LANGUAGES = ("zh", "en")
FRONT, TEXT, FENCE, ASIDE = (
    "front",
    "text",
    "fence",
    "aside",
)  # aside: comments, and HTML that holds code
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

FENCE_OPEN = re.compile(r"[> ]*(?P<marks>`{3,}|~{3,})(?P<info>[^`]*)$")
ASIDE_OPEN = re.compile(r" {0,3}(?:<(?P<tag>pre|script|style|svg|textarea)\b|<!--)", re.IGNORECASE)
CODE_LANGUAGE = re.compile(r"\s*(?:\{\s*)?\.?(?P<name>[\w#.+-]+)(?=[\s{}]|$)")
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
NOTE = re.compile(
    r'(?P<indent> *)(?:!!!|\?\?\?\+?) ?(?P<kind>[\w-]+)[\w -]*?(?: +"(?P<title>.*)")? *$'
)
LAB_HEADER = re.compile(r'#   (?P<language>zh|en): "?(?P<text>.*?)"?$')
LAB_MARKER = re.compile(r"# %%(?P<markdown> \[markdown\].*\blang=\"(?P<language>zh|en)\")?")


@dataclass(slots=True)
class Line:
    """One line of the source, numbered from 1."""

    number: int
    text: str
    kind: str = TEXT


@dataclass(frozen=True)
class Heading:
    """A heading; its id is empty when none is written."""

    line: int
    level: int
    text: str
    id: str


@dataclass(frozen=True)
class Anchor:
    """Anything that a link can point at."""

    line: int
    id: str
    origin: str  # "heading", "attributes" or the name of an HTML element


@dataclass(frozen=True)
class Block:
    """Fenced code with its language, "" for none."""

    line: int  # of the opening fence
    language: str
    body: list[Line]


@dataclass(frozen=True)
class Note:
    """An admonition."""

    line: int
    kind: str
    title: str | None
    body: str
    section: Heading | None  # that it stands in


@dataclass
class Page:
    """One page of one language."""

    file: str  # where an author mends it, from the project root: docs/en/guide.md, snippets/labs/x/lab.py
    language: str
    name: str  # from the language's folder, the same in both: guide.md
    lines: list[Line]
    prose: str = field(init=False)  # what a reader sees: same lines, code and comments blanked
    headings: list[Heading] = field(init=False)
    unnamed: list[Heading] = field(init=False)  # headings whose id is not written

    def __post_init__(self):
        text = "\n".join(line.text if line.kind == TEXT else "" for line in self.lines)
        self.prose = NOT_PROSE.sub(lambda match: blanked(match[0]), text)
        self.headings = read_headings(self)
        self.unnamed = [heading for heading in self.headings if not heading.id]

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

    @cached_property
    def anchors(self) -> list[Anchor]:
        """Every id that the source gives."""
        return read_anchors(self)

    @cached_property
    def blocks(self) -> list[Block]:
        """Fenced code."""
        return read_blocks(self.lines)

    @cached_property
    def notes(self) -> list[Note]:
        """Admonitions."""
        return list(read_notes(self))

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
        for pair in self.pairs():
            with_ids_of(*pair)
            with_ids_of(*reversed(pair))

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

    def section(self, key: str, language: str = "zh") -> Anchor | None:
        """A place by its name in data/: guide#overfitting."""
        page, id = self.page(key, language), key.partition("#")[2]
        return next((anchor for anchor in (page.anchors if page else ()) if anchor.id == id), None)


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
    """Read one page; what is not UTF-8 becomes U+FFFD, which `characters.py` reports.

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
        if kind == FENCE and line.text.strip(" >") == until:
            kind = TEXT
        elif kind == TEXT and (fence := FENCE_OPEN.match(line.text)):
            line.kind, kind, until = FENCE, FENCE, fence["marks"]
        elif kind == TEXT and (opening := ASIDE_OPEN.match(line.text)):
            line.kind, kind = ASIDE, ASIDE
            until = f"</{opening['tag'].lower()}" if opening["tag"] else "-->"
        if kind == ASIDE and until in line.text.lower():
            kind = TEXT
    return lines


def read_headings(page: Page) -> list[Heading]:
    """Headings in the order of the page."""
    found = []
    for line in page.lines:
        if line.kind == TEXT and (match := HEADING.match(line.text)):
            attributes = HEADING_ATTRIBUTES.search(line.text)
            if (
                not match["indent"] or attributes
            ):  # indented without an id: code, or a built page tells it
                ids = ID.findall(attributes[1]) if attributes else []
                text = HEADING_ATTRIBUTES.sub("", match["text"]).strip()
                found.append(
                    Heading(line.number, len(match["marks"]), text, ids[-1] if ids else "")
                )
    return found


def read_anchors(page: Page) -> list[Anchor]:
    """Ids of headings, of attribute lists and of HTML, in the order of the page."""
    anchors = [Anchor(h.line, h.id, "heading") for h in page.headings if h.id]
    taken = {(anchor.line, anchor.id) for anchor in anchors}
    for number, match in page.find(ATTRIBUTES):
        ids = [id for id in ID.findall(match[1]) if (number, id) not in taken]
        anchors += [Anchor(number, id, "attributes") for id in ids]
    for number, match in page.find(HTML_ID):
        if (number, match["id"]) not in taken:
            anchors.append(Anchor(number, match["id"], match["tag"].lower()))
    return sorted(anchors, key=lambda anchor: anchor.line)


def read_blocks(lines: list[Line]) -> list[Block]:
    """Fenced code; one that is never closed goes to the end of the page."""
    blocks, marks = [], ""
    for line in lines:
        if line.kind != FENCE:
            continue
        if not marks:
            opening = FENCE_OPEN.match(line.text)
            marks, language = opening["marks"], CODE_LANGUAGE.match(opening["info"])
            blocks.append(Block(line.number, language["name"].casefold() if language else "", []))
        elif line.text.strip(" >") == marks:
            marks = ""
        else:
            blocks[-1].body.append(line)
    return blocks


def read_notes(page: Page) -> Iterator[Note]:
    """Admonitions, with the section that each of them stands in."""
    section, headings = None, {heading.line: heading for heading in page.headings}
    for at, line in enumerate(page.lines):
        section = headings.get(line.number, section)
        if line.kind == TEXT and (match := NOTE.match(line.text)):
            inner, body = match["indent"] + "    ", []
            for below in page.lines[at + 1 :]:
                if below.text.strip() and not below.text.startswith(inner):
                    break
                body.append(below.text)
            yield Note(line.number, match["kind"].lower(), match["title"], "\n".join(body), section)


def with_ids_of(page: Page, other: Page) -> None:
    """Give headings without an id that of their counterpart, so that one slip is told once."""
    if len(page.headings) == len(other.headings):
        pairs = zip(page.headings, other.headings, strict=True)
        page.headings = [a if a.id else replace(a, id=b.id) for a, b in pairs]
