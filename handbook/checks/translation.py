"""Each English section records which Chinese text it was translated from, so that a later change shows.

The front matter of an English page holds `translated_from:`, a hash of the Chinese source for each
section id. Only `python -m checks.renew` writes it, one section at a time: whoever runs it says "I have
read the Chinese section, and the English one says the same".
"""

import hashlib
import re
from collections.abc import Iterator

from yaml import YAMLError

from handbook.checks.pages import Page, Sources
from handbook.problems import Problem
from handbook.yaml_lines import compose, entries, line_of

KEY = "translated_from"


def fold(source: str) -> str:
    """A source in which only what a reader would notice counts.

    Re-wrapped lines, blank lines, indentation and spaces beside Chinese text are cosmetic; a space
    between two Latin words is none.
    """
    return re.sub(r"(?<![!-~]) | (?![!-~])", "", re.sub(r"\s+", " ", source))


def fingerprints(page: Page) -> dict[str, str]:
    """The hash of each section: from its heading up to the next heading of any level."""
    ends = [heading.line - 1 for heading in page.headings[1:]] + [len(page.lines)]
    hashes = {}
    for heading, end in zip(page.headings, ends):
        source = "\n".join(line.text for line in page.lines[heading.line - 1:end])
        hashes.setdefault(heading.id, hashlib.sha256(fold(source).encode()).hexdigest()[:12])
    hashes.pop("", None)
    return hashes


def recorded(page: Page) -> dict[str, tuple[int, str]]:
    """What the front matter records: for each section id, the line in the file and the hash."""
    front = entries(compose(page.front))
    _, node = front.get(KEY, (0, None))
    return {id: (line + 1, str(value.value)) for id, (line, value) in entries(node).items()}


def check(sources: Sources) -> Iterator[Problem]:
    for page in sources.pages:
        try:
            compose(page.front)
        except YAMLError as error:  # MkDocs would print the front matter as text
            problem = getattr(error, "problem", None) or "unreadable"
            yield Problem(
                page.file, line_of(error) + 1, f"the front matter is not valid YAML: {problem}",
                "Correct it; text with a colon or a quotation mark in it needs quotes around it.",
            )
    for chinese, english in sources.pairs():
        if not english.notebook:  # its source records it beside each cell: checks/labs.py
            yield from untranslated(chinese, english)


def untranslated(chinese: Page, english: Page) -> Iterator[Problem]:
    try:
        records = recorded(english)
    except YAMLError:
        return
    current = fingerprints(chinese)
    lines = {heading.id: heading.line for heading in english.headings}
    originals = {heading.id: heading.line for heading in chinese.headings}
    for id in current.keys() & lines.keys():
        place = f"{chinese.file}:{originals[id]}"
        command = f"python -m checks.renew {english.file} {id}"
        if id not in records:
            yield Problem(
                english.file, lines[id], f"nothing records which Chinese text the section “{id}” was translated from",
                f"Check it against {place}, then run: {command}",
            )
        elif records[id][1] != current[id]:
            yield Problem(
                english.file, lines[id], f"the Chinese of the section “{id}” has changed since it was translated",
                f"Bring it up to date with {place}, then run: {command}",
            )
    for id, (line, _) in records.items():
        if id not in current:
            yield Problem(
                english.file, lines.get(id, line),
                f"{KEY} has an entry for “{id}” (line {line}), and {chinese.file} has no such section",
                f"Delete line {line}; if the section has got another id, "
                f"then run for it: python -m checks.renew {english.file} new-id",
            )
