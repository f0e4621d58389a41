"""Where each section of the pages is: its id, its words, and the heading it belongs to."""

import re
from dataclasses import dataclass
from pathlib import Path

from handbook.checks.elements import HEADING_ATTRIBUTES
from handbook.checks.pages import read_page


@dataclass(frozen=True)
class Section:
    """A heading or a list item that has an id."""

    title: str
    heading: str  # id of the heading under which it stands; its own for a heading
    alone: bool = (
        True  # False for an item of a list that illustrates a section rather than making it up
    )


def read_sections(docs_dir):
    """All sections of the pages of one language, as {"guide#overfitting": Section}."""
    docs_dir, sections = Path(docs_dir), {}
    for path in sorted([*docs_dir.rglob("*.md"), *docs_dir.rglob("*.ipynb")]):
        page = read_page(docs_dir, path, docs_dir.name, path.relative_to(docs_dir).as_posix())
        name = page.name.rpartition(".")[0]
        headings = {heading.line: heading for heading in page.headings}
        heading = None
        for anchor in page.anchors:
            if anchor.line in headings:
                heading = headings[anchor.line]
                title = HEADING_ATTRIBUTES.sub("", heading.text)
                sections[f"{name}#{anchor.id}"] = Section(title, anchor.id)
            elif anchor.origin == "attributes" and heading:
                label = re.sub(r"^[\s*\d.-]+|\*\*", "", page.lines[anchor.line - 2].text)
                between = page.lines[heading.line : anchor.line - 1]
                alone = all(line.in_list for line in between if line.text.strip())
                sections[f"{name}#{anchor.id}"] = Section(
                    re.split(r"[：:]", label, maxsplit=1)[0], heading.id, alone
                )
    return sections
