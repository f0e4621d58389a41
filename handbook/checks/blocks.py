"""Follows Markdown's blocks, line by line: which list item or admonition a line belongs to.

The rules are Python-Markdown's with this site's extensions, not CommonMark's: what belongs to a list
item or an admonition is indented by four spaces, and a block goes on until a blank line whatever
its lines look like. Where a list breaks these rules, its line gets a `fault`.
"""

import re
from dataclasses import dataclass

FRONT, BLANK, TEXT, HTML, COMMENT, FENCE, CODE = "front", "blank", "text", "html", "comment", "fence", "code"
# What may be wrong with a line of a list, and of fenced code: see layout.py.
RUN_ON, SHALLOW, DEEP, OTHER_KIND = "run-on", "shallow", "deep", "other-kind"
UNCLOSED, DEDENTED = "unclosed", "dedented"

ITEM = re.compile(r"(?:[*+-]|(?P<number>\d+)\.) +\S")
RULE = re.compile(r"([-*_])(?: *\1){2,} *$")
UNDERLINE = re.compile(r"(?:=+|-+) *$")
CONTAINER = re.compile(r'(?:!!!|\?\?\?\+?) ?[\w-]|===[!+]* ?["\']')


@dataclass(slots=True)
class Line:
    """One line of the source, numbered from 1."""

    number: int
    text: str
    kind: str = TEXT
    level: int = 0  # of a heading
    first: bool = False  # first of its block
    in_list: bool = False  # its block began as a list item
    fault: str = ""


@dataclass(slots=True)
class Container:
    """A list item or an admonition that the next lines may belong to."""

    item: bool
    outer: int  # column of its first character
    inner: int  # column where what belongs to it starts
    ordered: bool = False


class Blocks:
    """The containers that are open, and whether a paragraph or a list is going on."""

    def __init__(self):
        self.containers: list[Container] = []
        self.first = True  # the next line starts a block
        self.in_list = False

    @property
    def base(self) -> int:
        """The column where the text of the innermost container starts."""
        return self.containers[-1].inner if self.containers else 0

    def restart(self, indent: int | None = None) -> None:
        """After a heading, a rule or HTML, the next line starts a block without a blank line.

        HTML at a column also ends the containers that reach further in.
        """
        self.first, self.in_list = True, False
        while indent is not None and indent < self.base:
            self.containers.pop()

    def enter(self, line: Line, indent: int) -> None:
        """Leave the containers that a line at this column does not belong to."""
        if not self.first:  # a paragraph goes on at any column; only an admonition ends at once
            left = [i for i, c in enumerate(self.containers) if not c.item and indent < c.inner]
            if not left:
                return
            del self.containers[left[0]:]
            self.restart()
        while self.containers and indent < self.containers[-1].inner:
            gone = self.containers.pop()
            if gone.item and gone.outer < indent:
                line.fault = SHALLOW

    def text(self, line: Line, content: str, above: Line) -> None:
        """A line of Markdown: a heading, a list item, the start of an admonition, or a paragraph."""
        words = content.lstrip()
        indent = len(content) - len(words)
        self.enter(line, indent)
        if self.first and indent >= self.base + 4:
            line.kind = CODE
            return
        line.first, self.first = self.first, False
        if words.startswith("#") and indent in (0, self.base):
            line.level = min(6, len(words) - len(words.lstrip("#")))
        elif CONTAINER.match(words):
            self.restart()
            self.containers.append(Container(False, indent, indent + 4))
            return
        elif UNDERLINE.match(words) and not line.first and above.first:
            above.level = 1 if "=" in words else 2  # a heading underlined
        elif not RULE.match(words):
            if item := ITEM.match(words):
                self.item(line, indent, item["number"])
            elif line.first:
                self.in_list = False
            line.in_list = self.in_list
            return
        self.restart(indent)

    def item(self, line: Line, indent: int, number: str | None) -> None:
        """A list item: the first of its block, a further one, or text that only looks like one."""
        ordered = number is not None
        if line.first:
            self.in_list = True
        elif not self.in_list:
            if len(number or "") < 4:  # a year that ends a sentence is no list
                line.fault = RUN_ON
            return
        sibling = None
        while self.containers and self.containers[-1].item and self.containers[-1].outer > indent:
            sibling = self.containers.pop()
        if not line.first and self.containers and self.containers[-1].item and indent < self.base:
            sibling = self.containers.pop()
            line.fault = SHALLOW if sibling.outer < indent else ""
        if not line.first and indent >= self.base + 4:
            line.fault = DEEP
            return
        if not line.first and sibling and sibling.ordered != ordered:
            line.fault, ordered = line.fault or OTHER_KIND, sibling.ordered
        self.containers.append(Container(True, indent, self.base + 4, ordered))
