"""Editor's notes say when they were checked and by which source, in both languages alike."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from handbook.checks.pages import Page, Sources
from handbook.problems import Problem

KINDS = ("editor", "seealso")
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def check(sources: Sources) -> Iterator[Problem]:
    for page in sources.pages:
        yield from unsourced(page)
    for chinese, english in sources.pairs():
        yield from different_numbers(chinese, english)


def unsourced(page: Page) -> Iterator[Problem]:
    """Editor's notes without a date or a source."""
    for note in page.notes:
        if note.kind == "editor":
            if not any(map(is_date, ISO_DATE.findall(note.title))):
                yield Problem(
                    page.file, note.line, "the title of this editor's note holds no date",
                    'Say when it was checked, as YYYY-MM-DD in straight quotes: !!! editor "… 2026-11-24".',
                )
            if not re.search(r"https?://\S", note.body):
                yield Problem(
                    page.file, note.line, "this editor's note names no source",
                    "Link at least one (https://…) in its text, which is indented by 4 spaces.",
                )


def is_date(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def different_numbers(chinese: Page, english: Page) -> Iterator[Problem]:
    """A section that has more notes in one language than in the other."""
    there, here = (Counter((note.kind, note.section) for note in page.notes) for page in (chinese, english))
    lines = {heading.id: heading.line for heading in english.headings}
    for kind, section in sorted(there.keys() | here.keys()):
        counts = there[kind, section], here[kind, section]
        if kind in KINDS and counts[0] != counts[1] and (section in lines or not section):
            yield Problem(
                english.file, lines.get(section, 1),
                f"the section “{section}” has {counts[1]} “{kind}” notes here and {counts[0]} in {chinese.file}",
                "Add the missing one, or delete the one too many: both languages tell their readers the same.",
            )
