"""Reads data/addresses.yml and data/moved.yml, and finds published addresses that a site has lost.

An address stands for both languages: /guide/#overfitting is /en/guide/#overfitting in English.
"""

from dataclasses import dataclass
from pathlib import Path

import yaml

from handbook.problems import Problem
from handbook.yaml_lines import compose, line_of

LEDGER, MOVED = "data/addresses.yml", "data/moved.yml"
KINDS = {"share": "the section has a share page", "anchor": "it has none"}


@dataclass(frozen=True)
class Entry:
    """What the ledger says of one id, and on which line."""

    kind: str
    line: int


class Malformed(Exception):
    """Why a file cannot be used, with file, line and what to do."""


def malformed(file: str, line: int, message: str, todo: str) -> Malformed:
    return Malformed(str(Problem(file, line, message, todo)))


def read_node(root: Path, file: str):
    try:
        return compose((root / file).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise malformed(file, 1, "the file is missing", f"Bring it back: git checkout -- {file}") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        line, what = (line_of(error), getattr(error, "problem", error)) if isinstance(error, yaml.YAMLError) else (1, error)
        raise malformed(
            file, line, f"this is not valid YAML: {what}",
            "Correct the line; after a merge, keep the lines of both sides.",
        ) from None


def read_ledger(root: Path) -> dict[str, dict[str, Entry]]:
    """{"/guide/": {"overfitting": Entry("share", 12)}}. Raises Malformed."""
    ledger = {}
    node = read_node(root, LEDGER)
    if not isinstance(node, yaml.MappingNode):
        raise malformed(LEDGER, 1, "this is no list of pages", f"Bring the file back: git checkout -- {LEDGER}")
    for page, line, below in pairs(node):
        if not is_page(page):
            raise malformed(LEDGER, line, f"“{page}” is no page", "A page is written as /guide/, the home page as /.")
        if page in ledger:
            raise malformed(LEDGER, line, f"the page {page} is there twice", "Put its ids under one of the two.")
        if not isinstance(below, yaml.MappingNode):
            raise malformed(LEDGER, line, f"the page {page} has no ids", "Write them below it, one a line: “  an-id: share”.")
        ledger[page] = {}
        for id, number, value in pairs(below):
            kind = getattr(value, "value", None)
            if id in ledger[page]:
                raise malformed(LEDGER, number, f"“{id}” is there twice under {page}", "Delete one of the two lines.")
            if kind not in KINDS:
                todo = "Write “share” (the section has a share page) or “anchor” (it has none)."
                raise malformed(LEDGER, number, f"“{id}” is marked {kind!r}", todo)
            ledger[page][id] = Entry(kind, number)
    return ledger


def read_moved(root: Path) -> dict[str, tuple[str, int]]:
    """{"/guide/#old": ("/playbook/#new", line)}. Raises Malformed."""
    node = read_node(root, MOVED)
    if node is not None and not isinstance(node, yaml.MappingNode):
        raise malformed(MOVED, 1, "this is no map", "Write one move a line: “/guide/#old: /playbook/#new”.")
    moves = {}
    for old, line, value in pairs(node):
        new = getattr(value, "value", "")
        if old in moves:
            raise malformed(MOVED, line, f"{old} is there twice", "Keep the line that is right.")
        for address in (old, new):
            if not isinstance(address, str) or not is_page(address.partition("#")[0]):
                todo = "An address is written as /guide/ or /guide/#overfitting, without /en."
                raise malformed(MOVED, line, f"“{address}” is no address", todo)
        moves[old] = (new, line)
    return moves


def pairs(node) -> list[tuple[str, int, yaml.Node]]:
    """The keys of a mapping with line and value; unlike a dictionary, with those that are there twice."""
    return [(key.value, key.start_mark.line + 1, value) for key, value in getattr(node, "value", ()) if isinstance(key, yaml.ScalarNode)]


def is_page(address: str) -> bool:
    return address == "/" or address[:1] == address[-1:] == "/" and "//" not in address and ".." not in address


def split(address: str) -> tuple[str, str]:
    page, _, id = address.partition("#")
    return page, id


def new_address(address: str, moved: dict[str, tuple[str, int]]) -> str | None:
    """Where a moved section or page is now; a section goes with its page unless it has an entry of its own."""
    page, id = split(address)
    if address in moved:
        return moved[address][0]
    if page in moved:
        target = moved[page][0]
        return f"{target}#{id}" if id and "#" not in target else target
    return None


def lost_addresses(ledger, moved, pages, language) -> list[Problem]:
    """Published addresses that no longer lead anywhere. `pages` holds the ids of each page of one language."""
    problems = []
    for page, ids in ledger.items():
        source = source_of(page, language)
        if page not in pages and page not in moved:
            line = min((entry.line for entry in ids.values()), default=1) - 1
            problems.append(Problem(
                LEDGER, line, f"the published page {page} is gone in {language}",
                f"Bring {source} back, or say in {MOVED} where it is now: “{page}: /new-page/”."))
            continue
        for id, entry in ids.items():
            address = f"{page}#{id}"
            if page in pages and (id in pages[page] or address in moved):
                continue
            target = new_address(address, moved)
            if page not in pages and target and exists(target, pages):
                continue
            now = split(target)[0] if target else page
            problems.append(Problem(
                source_of(now, language), 1, f"the published section {address} ({LEDGER}:{entry.line}) is gone",
                f'Keep its id beside the new one, as <a id="{id}"></a> on a line above the heading in both languages, '
                f"or say in {MOVED} where it is now: “{address}: /page/#id”."))
    return problems


def faulty_moves(ledger, moved, pages, language) -> list[Problem]:
    """Moves that start or end at nothing, go in a circle or take more than one hop."""
    problems = []
    for old, (new, line) in moved.items():
        page, id = split(old)

        def tell(message, todo, line=line):
            problems.append(Problem(MOVED, line, message, todo))

        if old == new:
            tell(f"{old} is moved to itself", "Delete the line.")
        elif page not in ledger or (id and id not in ledger[page]):
            tell(f"{old} has never been published", f"Correct it: {LEDGER} holds every published address.")
        elif id and id in pages.get(page, ()):
            tell(f"{old} is still there in {language}", "Delete the line, or take the id off the page.")
        elif not id and page in pages:
            tell(f"the page {old} is still there in {language}", "Delete the line, or the page.")
        elif new in moved or split(new)[0] in moved:
            onward = new_address(new, moved)
            tell(f"{old} leads to {new}, which has moved on", f"Lead it to {onward} at once: one hop, no chains.")
        elif not exists(new, pages):
            tell(f"{old} leads to {new}, which does not exist in {language}", "Correct the new address.")
    return problems


def exists(address: str, pages) -> bool:
    page, id = split(address)
    return page in pages and (not id or id in pages[page])


def source_of(page: str, language: str) -> str:
    """The file that a page is written in, as far as the address tells."""
    return f"docs/{language}/{page.strip('/') or 'index'}.md"
