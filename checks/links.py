"""data/links.yml holds every link to another site, with its dates, and nothing else."""

import re
from collections.abc import Iterator
from datetime import date

from checks.notes import ISO_DATE, is_date
from checks.pages import Sources
from checks.problems import Problem
from checks.yaml_lines import read
from handbook.links import FILE, addresses, entries

COMMENT = re.compile(r"(^|\s)#.*")


def check(sources: Sources) -> Iterator[Problem]:
    root, problems = read(sources.root, FILE)
    yield from problems
    if problems:
        return
    if root is None:
        yield Problem(FILE, 1, "the list of links is missing or empty", f"Bring it back: git checkout -- {FILE}")
        return
    listed = {}
    for address, line, link in entries(root):
        if address in listed:
            yield Problem(FILE, line, f"{address} is there twice", "Delete one of the two lines.")
        if link is None:
            yield Problem(FILE, line, f"{address} has no proper entry", "Write {checked: YYYY-MM-DD or null, answered: YYYY-MM-DD or null} behind it.")
        listed[address] = (line, link)
    used = set()
    for file, line, address in uses(sources):
        if address not in listed and address not in used:
            yield Problem(
                file, line, f"the link {address} is not in {FILE}",
                f"Add the line “{address}: {{checked: null, answered: null}}” to it, with the date in place of null when the "
                "source has been read.")
        used.add(address)
    for address, (line, _) in listed.items():
        if address not in used:
            yield Problem(FILE, line, f"no page links to {address}", "Delete the line.")
    yield from undated(sources, listed)


def uses(sources: Sources) -> Iterator[tuple[str, int, str]]:
    """File, line and address of each link to another site: on pages, in what they include, and in the glossary."""
    for page in sources.pages:
        for at, address in addresses(page.prose):
            yield page.file, page.prose.count("\n", 0, at) + 1, address
    included = sorted((sources.root / "data" / "recordings").rglob("*.md"))
    for path in [*included, sources.root / "data" / "glossary.yml"]:
        if path.is_file():
            for line, text in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
                for _, address in addresses(COMMENT.sub("", text) if path.suffix == ".yml" else text):
                    yield path.relative_to(sources.root).as_posix(), line, address


def undated(sources: Sources, listed: dict) -> Iterator[Problem]:
    """Links in a dated editor's note whose entry does not know of that date."""
    told = set()
    for page in sources.pages:
        for note in page.notes:
            dates = [date.fromisoformat(text) for text in ISO_DATE.findall(note.title) if is_date(text)]
            if note.kind != "editor" or not dates:
                continue
            for _, address in addresses(note.body):
                line, link = listed.get(address, (0, None))
                if link and (link.checked is None or link.checked < max(dates)) and address not in told:
                    told.add(address)
                    yield Problem(
                        FILE, line, f"{address} was checked on {link.checked or 'no day'}, and a note of {max(dates)} in "
                        f"{page.file}:{note.line} rests on it", f"Write checked: {max(dates)} if the source was read for the note.")
