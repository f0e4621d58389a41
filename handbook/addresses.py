"""data/addresses.yml: every address that was ever published. Tells which of them a site has lost, and adds new ones.

An address stands for both languages: /guide/#overfitting is /en/guide/#overfitting in English.
"""

import re
from pathlib import Path

from handbook.problems import ROOT, Problem, source_of
from handbook.site import LANGUAGES, Site
from handbook.yaml_lines import Text, read

LEDGER = "data/addresses.yml"
KINDS = ("share", "anchor")  # whether an id has a share page


def read_ledger(root: Path = ROOT) -> tuple[dict[Text, dict[Text, str]], list[Problem]]:
    """{"/guide/": {"overfitting": "share"}}, where keys know their lines, and what is wrong with the file."""
    pages, problems = read(root, LEDGER)
    if problems or not isinstance(pages, dict):
        todo = f"Bring the file back: git checkout -- {LEDGER}."
        return {}, problems or [Problem(LEDGER, 1, "the list of pages is missing", todo)]
    for page, ids in pages.items():
        if not re.fullmatch(r"/([\w-]+/)*", page) or not isinstance(ids, dict):
            todo = "Write a page as /guide/, the home page as /, and its ids below it."
            problems.append(Problem(LEDGER, page.line, f"“{page}” is no page with ids", todo))
            continue
        for id in (id for id, kind in ids.items() if kind not in KINDS):
            todo = "Write “share” (the id has a share page) or “anchor” (it has none)."
            problems.append(Problem(LEDGER, id.line, f"“{id}” is marked otherwise", todo))
    return ({} if problems else pages), problems


def check(site: Site, root: Path = ROOT) -> list[Problem]:
    """Published addresses that a site has lost."""
    ledger, problems = read_ledger(root)
    published = {
        (page.language, page.address): {section.id: section for section in page.sections}
        for page in site.pages
    }

    def tell(key: Text, address: str, languages: list[str], todo: str) -> None:
        message = f"the published address {address} is gone in {' and '.join(languages)}"
        problems.append(Problem(LEDGER, key.line, message, todo))

    for address, ids in ledger.items():
        if lost := [one for one in LANGUAGES if (one, address) not in published]:
            file, _ = source_of(lost[0], address.strip("/") or "index", root=root)
            tell(
                address,
                address,
                lost,
                f"Bring {file} back; a page that has moved leaves one behind.",
            )
            continue
        for id, kind in ids.items():
            places = {one: published[one, address].get(id) for one in LANGUAGES}
            if lost := [language for language, place in places.items() if not place]:
                todo = f'Keep the id as <a id="{id}"></a> on a line above the heading that has its text now.'
                tell(id, f"{address}#{id}", lost, todo)
            elif kind == "share" and not all(place.shared for place in places.values()):
                todo = "A term of the glossary has no share page; keep the id at a section."
                tell(id, f"/s{address}{id}/", list(LANGUAGES), todo)
    return problems


def add(site: Site, root: Path = ROOT) -> int:
    """Add to the file what a site publishes and the file does not know. Returns how many ids were new.

    Nothing is taken out, and nothing is written while the file or the site has a fault.
    """
    if check(site, root):
        return 0
    ledger, count = read_ledger(root)[0], 0
    for page in site.of("zh"):
        known = ledger.setdefault(page.address, {})
        for section in page.sections:
            count += section.id not in known
            if known.get(section.id) != "share":  # a share page may come later; it never goes
                known[section.id] = "share" if section.shared else "anchor"
    path = root / LEDGER
    comment = re.match(r"(?:#.*\n)*", path.read_text(encoding="utf-8"))[0]
    lines = [
        f"{page}:\n" + "".join(f"  {id}: {kind}\n" for id, kind in ids.items())
        for page, ids in ledger.items()
    ]
    path.write_text(comment + "".join(lines), encoding="utf-8", newline="")
    return count
