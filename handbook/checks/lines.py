"""Says of every line of a page what it is: front matter, text, HTML, a comment or code."""

import re

from handbook.checks.blocks import BLANK, CODE, COMMENT, DEDENTED, FENCE, FRONT, HTML, UNCLOSED, Blocks, Line

FENCE_OPEN = re.compile(r"(?P<before>[> ]*)(?P<marks>`{3,}|~{3,})(?P<info>[^`]*)$")
QUOTE = re.compile(r" *>(?: ?>)* ?")
HTML_BLOCK = re.compile(
    r" {0,3}<(?P<close>/?)(?P<tag>address|article|aside|blockquote|center|dd|details|div|dl|dt|fieldset|figcaption"
    r"|figure|footer|form|h[1-6]|header|hr|iframe|li|main|nav|ol|p|pre|script|section|style|summary|svg|table"
    r"|tbody|td|template|textarea|tfoot|th|thead|tr|ul|video)\b",
    re.IGNORECASE,
)
HTML_CODE = {"pre", "script", "style", "textarea"}


def read_lines(text: str) -> list[Line]:
    """Classify the lines of a page."""
    return _Reader(text).read()


class _Reader:
    """Finds the regions that are not Markdown text, and leaves the rest to Blocks."""

    def __init__(self, text: str):
        self.lines = [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]
        self.blocks = Blocks()

    def read(self) -> list[Line]:
        at = self.front_matter()
        while at < len(self.lines):
            at = self.next(at)
        return self.lines

    def mark(self, start: int, stop: int, kind: str) -> int:
        for line in self.lines[start:stop]:
            line.kind = kind
        return stop

    def front_matter(self) -> int:
        if self.lines[0].text.rstrip() == "---":
            for at, line in enumerate(self.lines[1:], 1):
                if line.text.rstrip() in ("---", "..."):
                    return self.mark(0, at + 1, FRONT)
        return 0

    def next(self, at: int) -> int:
        """Classify the line at an index, or the region that it opens; return the index after it."""
        line = self.lines[at]
        content = line.text
        start = content.lstrip()[:1]
        if start == ">":
            content = content[QUOTE.match(content).end():]
            start = content.lstrip()[:1]
        if not start:
            self.blocks.first = True
            return self.mark(at, at + 1, BLANK)
        if start in "`~" and (opening := FENCE_OPEN.match(line.text)):
            return self.fence(at, opening)
        if start == "<":
            if content.lstrip().startswith("<!--"):
                return self.region(at, "-->", COMMENT)
            if tag := HTML_BLOCK.match(content):
                return self.html(at, tag)
        self.blocks.text(line, content, self.lines[at - 1])
        return at + 1

    def fence(self, at: int, opening: re.Match) -> int:
        """A fenced block, up to a line of the same marks."""
        line, before, marks = self.lines[at], opening["before"], opening["marks"]
        indent = len(before.replace(">", ""))
        self.blocks.enter(line, indent)
        if self.blocks.first and indent >= self.blocks.base + 4:
            return self.mark(at, at + 1, CODE)
        # It belongs to the block above, or begins one: a list right below runs on from the code.
        self.blocks.in_list &= not self.blocks.first
        self.blocks.first = False
        dedented = None
        for end in range(at + 1, len(self.lines)):
            body = self.lines[end].text
            if body.strip(" >") == marks:
                if dedented:
                    dedented.fault = DEDENTED
                return self.mark(at, end + 1, FENCE)
            if body.strip() and not body.startswith(before.rstrip() if ">" in before else before):
                dedented = dedented or self.lines[end]
        line.fault = UNCLOSED
        return self.mark(at, len(self.lines), FENCE)

    def html(self, at: int, tag: re.Match) -> int:
        """Raw HTML up to its closing tag; what stands in an element marked `markdown` stays Markdown."""
        name = tag["tag"].lower()
        opening = "\n".join(line.text for line in self.lines[at:at + 5]).split(">")[0]
        if tag["close"] or name == "hr" or re.search(r"\smarkdown\b", opening):
            return self.region(at, "", HTML)
        depth = 0
        for end in range(at, len(self.lines)):
            found = re.findall(rf"<(/?){name}\b", self.lines[end].text, re.IGNORECASE)
            depth += sum(-1 if close else 1 for close in found)
            if depth <= 0:
                self.blocks.restart(len(tag[0]) - len(tag[0].lstrip()))
                return self.mark(at, end + 1, CODE if name in HTML_CODE else HTML)
        return self.region(at, "", HTML)

    def region(self, at: int, until: str, kind: str) -> int:
        """Everything up to a line that holds a mark; the one line alone when there is none."""
        self.blocks.restart(len(self.lines[at].text) - len(self.lines[at].text.lstrip()))
        for end in range(at, len(self.lines)):
            if until in self.lines[end].text:
                return self.mark(at, end + 1, kind)
        return self.mark(at, at + 1, kind)
