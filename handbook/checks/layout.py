"""Lists and code blocks that Python-Markdown does not read as the author meant them."""

from collections.abc import Iterator

from handbook.checks.blocks import DEDENTED, DEEP, OTHER_KIND, RUN_ON, SHALLOW, UNCLOSED
from handbook.checks.pages import Sources
from handbook.problems import Problem

FAULTS = {
    RUN_ON: (
        "this list item stands directly under text, so the page shows it as part of the sentence",
        "Put a blank line before the list.",
    ),
    SHALLOW: (
        "this line is to belong to the list item above, but is indented by fewer than 4 spaces",
        "Indent it by 4 spaces more than the item's own mark, or by none if it is no part of the item.",
    ),
    DEEP: (
        "this list item is indented too far, so the page shows it as text of the item above",
        "Indent it by 4 spaces more than the mark of the item it belongs to.",
    ),
    OTHER_KIND: (
        "bullets and numbers are mixed in one list, so the page shows this item as part of the one above",
        "Put a blank line between the two lists, or give all items the same kind of mark.",
    ),
    UNCLOSED: (
        "this code block is never closed",
        "End it with a line of the same marks (``` or ~~~), as many of them and indented alike.",
    ),
    DEDENTED: (
        "this line is indented less than the code block it stands in, which breaks the block off",
        "Indent every line of the block at least as far as its opening marks.",
    ),
}


def check(sources: Sources) -> Iterator[Problem]:
    """Rule 8, and code blocks that do not end where they seem to."""
    for page in sources.pages:
        for line in page.lines:
            if line.fault:
                yield Problem(page.file, line.number, *FAULTS[line.fault])
