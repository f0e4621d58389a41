"""Reads the questions of a page's source: a heading of the third level with its answer and three notes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from handbook.checks.pages import TEXT, Page

FOLDER = "questions/"
APART = {f"{FOLDER}index.md", f"{FOLDER}practice.md"}  # pages below it that hold no questions
LEVEL = 3
ANSWER = {"zh": "**答案：**", "en": "**Answer:**"}
NOTES = {
    "weak": {"zh": "弱的回答", "en": "A weak answer"},
    "follow-ups": {"zh": "追问", "en": "Follow-ups"},
    "sources": {"zh": "出处 · 核对于 {}", "en": "Sources · checked on {}"},
}
OPEN = re.compile(r"!!! (?P<kind>[\w-]+) \"(?P<title>.*)\" *$")
ITEM = re.compile(r"    [-*] +(?=\S)")
ADDRESS = re.compile(r"\]\(\s*<?(https?://[^\s)>]+(?:\([^\s()]*\)[^\s)>]*)*)")
KEY = re.compile(r"<!--\s*(.+?)\s*-->")


@dataclass
class Note:
    """One of the three notes: where it begins, its title, its lines without their indentation."""

    line: int
    title: str
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What stands in it."""
        return "\n".join(self.lines).strip()

    @property
    def items(self) -> int:
        """How many items its list has."""
        return sum(bool(ITEM.match(f"    {line}")) for line in self.lines)


@dataclass
class Question:
    """One question of one language."""

    id: str
    line: int
    title: str
    answer: str  # the short one, on one line, without its label; "" when there is none
    answer_line: int
    full: str  # what stands between the short answer and the notes
    notes: dict[str, Note]
    last: int  # the line before the next heading
    text: str  # its whole source, heading included

    @property
    def addresses(self) -> list[str]:
        """Those of its sources, in order."""
        return ADDRESS.findall(self.notes["sources"].text) if "sources" in self.notes else []

    @property
    def keys(self) -> list[str]:
        """Keys of recorded numbers, sorted."""
        return sorted(KEY.findall(self.text))


def is_field(page: Page) -> bool:
    """Whether a page holds questions."""
    return page.name.startswith(FOLDER) and page.name not in APART


def field_of(page: Page) -> str:
    """The field that a page is about: inference."""
    return page.key.removeprefix(FOLDER)


def questions_of(page: Page) -> Iterator[Question]:
    """The questions of a page, in order."""
    for at, heading in enumerate(page.headings):
        if heading.level == LEVEL:
            after = page.headings[at + 1 :]
            end = after[0].line - 1 if after else len(page.lines)
            yield read_question(page, heading.line, end, heading.id, heading.text)


def read_question(page: Page, line: int, end: int, id: str, title: str) -> Question:
    """One question from the line of its heading to the line `end`, both counted from 1."""
    notes: dict[str, Note] = {}
    answer, answer_line, full, note = [], 0, [], None
    for one in page.lines[line:end]:
        text, told = one.text, one.kind == TEXT
        if told and (opening := OPEN.match(text)):
            note = Note(one.number, opening["title"])
            notes.setdefault(opening["kind"], note)
        elif note and (text.startswith("    ") or not text.strip()):
            note.lines.append(text.removeprefix("    "))
        else:
            note = None
            if not answer_line and told and text.startswith(ANSWER[page.language]):
                answer_line = one.number
            if answer_line and len(answer) == one.number - answer_line and text.strip():
                answer.append(text)
            else:
                full.append(text)
    said = " ".join(answer).removeprefix(ANSWER[page.language]).strip()
    whole = "\n".join(one.text for one in page.lines[line - 1 : end])
    body = "\n".join(full).strip()
    return Question(id, line, title, said, answer_line, body, notes, end, whole)
