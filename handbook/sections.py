"""Where each section of the pages is: its id, its words, and the heading it belongs to."""

import re
from dataclasses import dataclass
from pathlib import Path

HEADING = re.compile(r"^#{1,6} (?P<text>.*?) \{#(?P<id>[a-z0-9-]+)\}$")
LIST_ITEM = re.compile(r"^(?:[-*]|\d+\.) ")
ITEM_ID = re.compile(r"^ *\{: #(?P<id>[a-z0-9-]+) \}$")


@dataclass(frozen=True)
class Section:
    """A heading or a list item that has an id."""

    title: str
    heading: str  # id of the heading under which it stands; its own for a heading
    alone: bool = True  # False for an item of a list that illustrates a section rather than making it up


def read_sections(docs_dir):
    """All sections of the Markdown pages of one language, as {"guide#overfitting": Section}."""
    sections = {}
    for path in sorted(Path(docs_dir).rglob("*.md")):
        page = path.relative_to(docs_dir).with_suffix("").as_posix()
        heading, before, fenced = "", "", False
        first = False  # whether the list in hand is the first thing under its heading
        for line in path.read_text(encoding="utf-8").splitlines():
            fenced ^= line.lstrip().startswith("```")
            if match := not fenced and HEADING.match(line):
                heading, first = match["id"], True
                sections[f"{page}#{heading}"] = Section(match["text"], heading)
            elif match := not fenced and ITEM_ID.match(line):
                title = re.split(r"[：:]", re.sub(r"^[\s*\d.-]+|\*\*", "", before), maxsplit=1)[0]
                sections[f"{page}#{match['id']}"] = Section(title, heading, alone=first)
            elif line.strip() and not LIST_ITEM.match(line):
                first = False
            before = line
    return sections
