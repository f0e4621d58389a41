"""Turns a page's Markdown into plain Markdown, which needs none of this site's extensions to be read.

Includes and outputs are filled in; notes become quotations, tabs and folded blocks bold titles with their text. A heading or
list item keeps its id as an anchor, so that who reads this version can name the section of the page.
"""

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from posixpath import normpath, relpath
from collections.abc import Callable

from markdown import Markdown

ROOT = Path(__file__).resolve().parents[2]
BASE_PATHS = ("snippets", "data/recordings")  # as in mkdocs.yml
NAME = "index.md"  # of each page's plain version, in the folder of its address

FENCE = re.compile(r"(?P<indent> *)(?P<marks>`{3,}|~{3,})(?P<language>[\w+-]*)(?P<rest>[^`]*)")
TITLE = re.compile(r'title="([^"]*)"')
CONTAINER = re.compile(r'(?P<indent> *)(?:(?P<note>!!!|\?\?\?\+?) *[\w-]+(?: [\w -]+?)?|===[!+]*)(?: +"(?P<title>.*)")? *$')
HEADING = re.compile(r"(?P<text>#{1,6} .*?) +\{:?(?P<attributes>[^{}]*)\} *$")
OWN_LINE = re.compile(r" *\{:(?P<attributes>[^{}]*)\} *$")
ID = re.compile(r"#([\w-]+)")
CODE = re.compile(r"(?<![\\`])(`+)(?!`)(?:(?!\n\n).)+?(?<!`)\1(?!`)", re.DOTALL)
ATTRIBUTES = re.compile(r"(?:(?<=[)\]*_>])|(?<=\0))\{:? *[.#\w][^{}\n]*\}")  # \0 stands where code was
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
DARK = re.compile(r"!\[[^\[\]]*\]\([^()\s]*#only-dark\)(?:\{[^{}]*\})?\n?")
LINK = re.compile(r'(?P<before>\]\()(?P<target>[^()\s]+(?:\([^()\s]*\)[^()\s]*)*)(?P<after>(?: +"[^"]*")?\))')
HTML_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
HTML_LINK = re.compile(r'<a\b[^>]*?href="(?P<target>[^"]*)"[^>]*>(?P<words>.*?)</a>', re.DOTALL)
INDEX = re.compile(r"<nav\b.*?</nav>", re.DOTALL)  # of the glossary: a reader of plain text searches it
TAG = re.compile(r"</?(?!a\b)[a-z][a-z0-9]*\b[^<>]*>")


def plain(markdown: str, link: Callable[[str], str]) -> str:
    """The plain version of a page whose markers are filled in and whose front matter is off.

    `link` gives the address that a target inside the site has in it.
    """
    text = "\n".join(unfolded(included(markdown).split("\n")))
    parts, prose = [], []
    for line, code in lines_with_code(text):
        if code and prose:
            parts.append(prose_of("\n".join(prose), link))
            prose = []
        (parts if code else prose).append(line)
    if prose:
        parts.append(prose_of("\n".join(prose), link))
    return "\n".join(parts).strip("\n") + "\n"


def included(text: str) -> str:
    """Markdown with what its `--8<--` lines name."""
    reader = Markdown(extensions=["pymdownx.snippets"], extension_configs={
        "pymdownx.snippets": {"base_path": [str(ROOT / path) for path in BASE_PATHS], "check_paths": True},
    })
    return "\n".join(reader.preprocessors["snippet"].run(text.split("\n")))


def lines_with_code(text: str):
    """Each line, and whether it belongs to fenced code."""
    marks = ""
    for line in text.split("\n"):
        bare = line.lstrip(" >")
        if marks:
            yield line, True
            marks = "" if bare.rstrip() == marks else marks
        elif opening := FENCE.fullmatch(bare):
            marks = opening["marks"]
            yield line, True
        else:
            yield line, False


def unfolded(lines: list[str]) -> list[str]:
    """Notes as quotations, tabs and folded blocks as titles in bold with their text, listings with theirs above them."""
    out, at = [], 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if opening := FENCE.fullmatch(line):
            indent, marks = opening["indent"], opening["marks"]
            if title := TITLE.search(opening["rest"]):
                out += [f"{indent}**{title[1]}**", ""]
            out.append(f"{indent}{marks}{opening['language']}")
            while at < len(lines):
                out.append(lines[at])
                at += 1
                if out[-1].strip() == marks:
                    while not out[-2].strip():  # a file that is shown whole ends in a line break
                        del out[-2]
                    break
        elif (container := CONTAINER.fullmatch(line)) and (container["note"] or container["title"]):
            indent = container["indent"]
            inner, body = indent + "    ", []
            while at < len(lines) and (not lines[at].strip() or lines[at].startswith(inner)):
                body.append(lines[at].removeprefix(inner))
                at += 1
            while body and not body[-1].strip():
                body.pop()
            body = unfolded(body)
            if container["title"]:
                body = [f"**{container['title']}**", *([""] if not body or body[0].strip() else []), *body]
            before = "> " if container["note"] == "!!!" else ""
            out += [f"{indent}{before}{one}".rstrip() for one in body] + [""]
        else:
            out.append(line)
    return out


def prose_of(text: str, link: Callable[[str], str]) -> str:
    """Text without what only this site's Markdown understands."""
    codes: list[str] = []  # set aside: nothing in code is a mark
    text = CODE.sub(lambda code: codes.append(code[0]) or "\0", text.replace("\0", ""))
    text = DARK.sub("", COMMENT.sub("", INDEX.sub("", text)))
    text = HTML_TABLE.sub(lambda table: pipes(table[0]), text)
    lines: list[str] = []
    for line in text.split("\n"):
        bare = attributes_off(line)
        if bare == line or HEADING.fullmatch(line):
            lines.append(bare)
        elif bare and lines and lines[-1].strip():  # the id of the item or paragraph above
            lines[-1] += f" {bare.strip()}"
        elif bare:
            lines.append(bare)
    text = HTML_LINK.sub(lambda m: f"[{m['words']}]({m['target']})", "\n".join(lines))
    text = TAG.sub("", ATTRIBUTES.sub("", re.sub(r"<br */?>", " ", text))).replace("&nbsp;", "\N{NO-BREAK SPACE}")
    text = LINK.sub(lambda m: m["before"] + link(m["target"].replace("#only-light", "")) + m["after"], text)
    text = re.sub(r"\n{3,}", "\n\n", text)
    text = re.sub(r"^\n{2,}", "\n", re.sub(r"\n{2,}$", "\n", text))  # beside a listing, whose lines bring one
    given = iter(codes)
    return re.sub("\0", lambda _: next(given), text)


def attributes_off(line: str) -> str:
    """A line of which only the id is left of its attributes."""
    heading, own = HEADING.fullmatch(line), OWN_LINE.fullmatch(line)
    if not heading and not own:
        return line
    id = ID.search((heading or own)["attributes"])
    anchor = f'<a id="{id[1]}"></a>' if id else ""
    if heading:
        return f"{heading['text']} {anchor}".rstrip()
    return line[:len(line) - len(line.lstrip())] + anchor if anchor else ""


class Rows(HTMLParser):
    """The cells of a table of HTML."""

    def __init__(self):
        super().__init__()
        self.rows, self.cell = [], None

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.cell = []

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self.cell is not None:
            self.rows[-1].append(" ".join("".join(self.cell).split()).replace("|", r"\|"))
            self.cell = None

    def handle_data(self, data):
        if self.cell is not None:
            self.cell.append(data)


def pipes(table: str) -> str:
    """A table of HTML as one of Markdown."""
    reader = Rows()
    reader.feed(table)
    rows = [row for row in reader.rows if row]
    if not rows:
        return ""
    width = max(map(len, rows))
    lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * width, *lines[1:]])


def linked(source: str, url: str, targets: dict[str, str]) -> Callable[[str], str]:
    """How links of a page are written in its plain version.

    source: the page's file below docs/<language>/; url: its address below the language's root.
    targets: address of each file of the site, by its path below docs/<language>/.
    """
    def link(target: str) -> str:
        path, hash, id = unescape(target).partition("#")
        if re.match(r"[a-z][a-z0-9+.-]*:", target) or not path:
            return target
        name = path.lstrip("/") if path.startswith("/") else normpath(f"{Path(source).parent.as_posix()}/{path}")
        if name not in targets:
            return target
        to = targets[name]
        if name.endswith((".md", ".ipynb")):
            to = to.rstrip("/") + f"/{NAME}" if to.strip("./") else NAME
        return relpath("/" + to, "/" + url) + hash + id

    return link


# Sections, whose text an edition remembers

ANCHOR = re.compile(r'^(?P<marks>#{1,6}) (?P<title>.*?) ?<a id="(?P<id>[\w-]+)"></a>$')


def sections_of(text: str) -> list[tuple[str, str, str]]:
    """(id, title, text) of each section of a plain page, from its heading up to the next."""
    sections, lines = [], []
    for line, code in lines_with_code(text):
        if not code and (heading := ANCHOR.match(line)):
            lines = []
            sections.append((heading["id"], plain_title(heading["title"]), lines))
        lines.append(line)
    return [(id, title, "\n".join(body)) for id, title, body in sections]


def plain_title(title: str) -> str:
    """A heading's words without Markdown."""
    title = re.sub(r"\[([^\[\]]*)\]\([^()]*\)", r"\1", title)
    return re.sub(r"[*`]", "", title).strip()
