"""Finds the headings, ids, code blocks and admonitions of a page."""

from __future__ import annotations

import re
import typing
from dataclasses import dataclass

from handbook.checks.blocks import BLANK, CODE, FENCE, TEXT, Line
from handbook.checks.lines import FENCE_OPEN

if typing.TYPE_CHECKING:
    from handbook.checks.pages import Page

# Python-Markdown wants a space before the braces of a heading, and no space inside after {#.
HEADING_ATTRIBUTES = re.compile(r" +\{:? *([^}\n ][^\n]*)\} *$")
ATTRIBUTES = re.compile(r"(?:^ *|(?<=[)\]*_`>])|(?=\{:))\{:? *([^{}\n]*)\}", re.MULTILINE)
ID = re.compile(r"(?:^|\s)(?:#|id=[\"']?)([^\s\"'}]+)")
HTML_ID = re.compile(r"<(?P<tag>[a-zA-Z][\w-]*)\b[^<>]*?\sid\s*=\s*[\"']?(?P<id>[^\"'\s>]+)")
HTML_HEADING = re.compile(r"<h(?P<level>[1-6])\b(?P<attributes>[^>]*)>(?P<text>.*?)</h\1>", re.DOTALL | re.IGNORECASE)
NOTE = re.compile(r'(?P<indent> *)(?:!!!|\?\?\?\+?) ?(?P<kind>[\w-]+)[\w -]*?(?: +"(?P<title>.*)")?(?P<rest>.*)$')
LANGUAGE = re.compile(r"\s*(?:\{\s*)?\.?(?P<name>[\w#.+-]+)(?=[\s{}]|$)")


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
    """Fenced code with its language ("" for none), or indented code, whose language is None."""

    line: int  # of the opening fence, or the first line
    language: str | None
    body: list[Line]


@dataclass(frozen=True)
class Note:
    """An admonition."""

    line: int
    kind: str
    title: str
    body: str
    section: str  # id of the heading above


def read_headings(page: Page) -> list[Heading]:
    headings = []
    for line in page.lines:
        if line.level:
            text = line.text.strip().lstrip("#").strip() if "#" in line.text[:10] else line.text.strip()
            attributes = HEADING_ATTRIBUTES.search(line.text)
            ids = ID.findall(attributes[1]) if attributes else []
            headings.append(Heading(line.number, line.level, text, ids[-1] if ids else ""))
    for number, match in page.find(HTML_HEADING):
        ids = re.findall(r"\sid\s*=\s*[\"']?([^\"'\s>]+)", match["attributes"])
        headings.append(Heading(number, int(match["level"]), match["text"].strip(), ids[0] if ids else ""))
    return sorted(headings, key=lambda heading: heading.line)


def read_anchors(page: Page) -> list[Anchor]:
    anchors = [Anchor(h.line, h.id, "heading") for h in page.headings if h.id]
    taken = {(anchor.line, anchor.id) for anchor in anchors}
    for number, match in page.find(ATTRIBUTES):
        anchors += [Anchor(number, id, "attributes") for id in ID.findall(match[1]) if (number, id) not in taken]
    for number, match in page.find(HTML_ID):
        if (number, match["id"]) not in taken:
            anchors.append(Anchor(number, match["id"], match["tag"].lower()))
    return sorted(anchors, key=lambda anchor: anchor.line)


def read_blocks(lines: list[Line]) -> list[Block]:
    """The blocks of code; blank lines between indented ones do not part them."""
    blocks, marks, indented = [], "", False
    for line in lines:
        if marks:
            if line.text.strip(" >") == marks:
                marks = ""
            else:
                blocks[-1].body.append(line)
        elif line.kind == FENCE:
            opening = FENCE_OPEN.match(line.text)
            marks, language = opening["marks"], LANGUAGE.match(opening["info"])
            blocks.append(Block(line.number, language["name"].casefold() if language else "", []))
        elif line.kind == CODE and not indented:
            blocks.append(Block(line.number, None, [line]))
        elif line.kind == CODE:
            blocks[-1].body.append(line)
        indented = line.kind == CODE or (indented and line.kind == BLANK)
    return blocks


def read_notes(page: Page) -> list[Note]:
    notes, section = [], ""
    sections = {heading.line: heading.id for heading in page.headings}
    for at, line in enumerate(page.lines):
        section = sections.get(line.number, section)
        if line.kind == TEXT and (match := NOTE.match(line.text)) and not line.fault:
            inner, body = match["indent"] + "    ", []
            for below in page.lines[at + 1:]:
                if below.text.strip() and not below.text.startswith(inner):
                    break
                body.append(below.text)
            notes.append(Note(line.number, match["kind"].lower(), match["title"] or "", "\n".join(body), section))
    return notes
