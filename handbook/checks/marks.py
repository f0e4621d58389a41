"""Markdown that the site does not read: typed with a Chinese keyboard, or meant for another program.

Readers would see the marks themselves. Chinese brackets and quotation marks in running text are right as they are.
"""

import re
from collections.abc import Iterator

from handbook.checks.pages import NOTE, TEXT, Page, Sources
from handbook.problems import Problem

HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
PICTURE = r"\.(?:avif|gif|jpe?g|png|svg|webp)"
TARGET = rf"\s*(?:https?:|#|[\w./-]+(?:\.(?:md|ipynb|html)|{PICTURE}|/)(?=[#\s)）]))[^)）\n]*"
MATH = r"[^$\n]*[\\^_{}][^$\n]*"
NO_MATH = (
    "Write it with <sub>, <sup> or `code`, or draw it beforehand and show it as an image (SVG)."
)

# What is wrong, what to do, and the mark: anywhere in the prose of a page.
MARKS = [
    (
        "this link is typed with full-width brackets, so readers see them",
        "Type them in half width: [words](page.md).",
        rf"\][（]{TARGET}[)）]|[】]\s*[（(]{TARGET}[)）]|\]\({TARGET}）",
    ),
    (
        "this image begins with a full-width exclamation mark, so it becomes a link",
        "Type ! in half width: ![what it shows](file.png).",
        rf"！\[[^\]\n]*\][（(][^)）\n]*{PICTURE}[>\s]*[)）]",
    ),
    ("this is bold with full-width asterisks", "Type **words**.", r"＊＊?[^＊\n]+＊＊?"),
    (
        "underscores inside Chinese text stress nothing, so readers see them",
        "Type **words** or *words*; a name with underscores goes into `code`.",
        rf"(?<=[{HAN}])(__?)(?=\S)[^_\n]+\1(?![A-Za-z0-9_])"
        rf"|(?<![A-Za-z0-9_])(__?)(?=\S)[^_\n]+\2(?=[{HAN}])",
    ),
    (
        "these braces are typed in full width or hold a full-width mark, so they give no id and no class",
        "Type { # : . } in half width: {#an-id}.",
        r"｛[^}｝\n]*[}｝]|\{:?[ ]?[＃：．。][^}｝\n]*[}｝]|\{[#:.][^}｝\n]*｝",
    ),
    (
        "formulas are not understood here, and readers would see their source",
        NO_MATH,
        rf"\$\$(?:[^$]*\$\$)?|(?<![\\$\w])\$(?=[^\s$])(?:[A-Za-z]'?|{MATH})(?<=\S)\$(?![\d$])"
        r"|\\\((?=[^\n]*[\\^_=])[^\n]*?\\\)|\\\[(?=[^\n]*[\\^_=]|\s*$)",
    ),
    (
        "notes in GitHub's form are not understood here",
        'Write !!! note "title", and below it the text, indented by four spaces.',
        r"^[ >]*\[![A-Z]+\]",
    ),
    (
        "a table takes no attributes; this line would become a row of it",
        'Put <div class="…" markdown> and </div> around the table, with blank lines between.',
        r"(?<=\|\n) *\{:?[^}\n|]*\} *$",
    ),
    (
        "this table is typed with full-width bars, so it is no table",
        "Type | in half width, as in | a | b |.",
        r"^ *｜.*｜ *$(?!\n *｜)",
    ),
    (
        "this heading is typed with full-width marks",
        "Type # in half width, then a space.",
        r"^ *＃+.*$",
    ),
    ("this quotation begins with a full-width mark", "Type > in half width.", r"^ *＞.*$"),
    (
        "this code block begins with marks that make none",
        "Begin and end it with a line of three grave accents: ```.",
        r"^ *(···|｀｀｀|’’’|～～～)[ \w]*\n(?=(?:.*\n)*? *\1 *$)",
    ),
    (
        "this line begins with a mark that makes no list",
        "Begin each item with a hyphen and a space: “- ”.",
        r"^ *[•·●▪－] ?(?=\S)(?!··)",
    ),
    (
        "this is no note for the site: its marks are typed in full width",
        'Type !!! note "title" (or ???) in half width.',
        r"^ *(?:！{2,3}|？{2,3}) *\w.*$",
    ),
]
PATTERNS = [(what, todo, re.compile(mark, re.MULTILINE)) for what, todo, mark in MARKS]
ANY_NOTE = re.compile(r" *(?:!!!|\?\?\?\+?)(?!\S*[!?])")


def check(sources: Sources) -> Iterator[Problem]:
    """Every page."""
    for page in sources.pages:
        for what, todo, pattern in PATTERNS:
            for number, _ in page.find(pattern):
                yield Problem(page.file, number, what, todo)
        yield from notes(page)
        for block in page.blocks:
            if block.language == "mermaid":
                what = "Mermaid diagrams are not drawn here, and readers would see their source"
                todo = "Draw it beforehand and show it as an image (SVG) with a text alternative."
                yield Problem(page.file, block.line, what, todo)


def notes(page: Page) -> Iterator[Problem]:
    """Lines that begin a note and are not read as one, and notes that speak English on a Chinese page."""
    titled = {note.line: note for note in page.notes}
    for line in page.lines:
        if line.kind != TEXT or not ANY_NOTE.match(line.text):
            continue
        note = titled.get(line.number)
        if (
            note is None
            or not re.fullmatch(NOTE.pattern, line.text, re.ASCII)
            and note.title is None
        ):
            message = "this line is to begin a note, and is not read as one"
            yield Problem(
                page.file, line.number, message, 'Write !!! note "title", with straight quotes.'
            )
        elif note.title is None and page.language == "zh":
            message = (
                f"this note has no title, so the page would call it “{note.kind.capitalize()}”"
            )
            yield Problem(page.file, line.number, message, f'Give it one: !!! {note.kind} "注意".')
