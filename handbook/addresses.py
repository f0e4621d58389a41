"""data/addresses.yml: every address that was ever published. Tells which of them a site has lost, and adds new ones.

An address stands for both languages: /guide/#overfitting is /en/guide/#overfitting in English.
"""

import re
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from yaml import MappingNode

from handbook import yaml_lines
from handbook.problems import Problem
from handbook.site import LANGUAGES, Site

ROOT = Path(__file__).resolve().parents[1]
LEDGER = "data/addresses.yml"
KINDS = ("share", "anchor")  # whether an id has a share page


@dataclass(frozen=True)
class Entry:
    """What the file says of one id, and on which line."""

    kind: str
    line: int


def read(root: Path = ROOT) -> tuple[dict[str, dict[str, Entry]], list[Problem]]:
    """{"/guide/": {"overfitting": Entry("share", 12)}}, and what is wrong with the file."""
    node, problems = yaml_lines.read(root, LEDGER)
    if problems or not isinstance(node, MappingNode):
        todo = f"Bring the file back: git checkout -- {LEDGER}."
        return {}, problems or [Problem(LEDGER, 1, "the list of pages is missing", todo)]
    ledger: dict[str, dict[str, Entry]] = {}
    for key, below in node.value:
        page, line = key.value, key.start_mark.line + 1
        if page in ledger or not re.fullmatch(r"/([\w-]+/)*", str(page)):
            todo = "Write each page once, as /guide/, and the home page as /."
            problems.append(Problem(LEDGER, line, f"“{page}” is no page, or is there twice", todo))
            continue
        ledger[page] = {}
        for id, (at, value) in yaml_lines.entries(below).items():
            ledger[page][id] = Entry(getattr(value, "value", ""), at)
            if ledger[page][id].kind not in KINDS:
                todo = "Write “share” (the id has a share page) or “anchor” (it has none)."
                problems.append(Problem(LEDGER, at, f"“{id}” is marked otherwise", todo))
    return ledger, problems


def check(site: Site, root: Path = ROOT) -> list[Problem]:
    """Published addresses that a site has lost, and pages whose ids differ between the languages."""
    ledger, problems = read(root)
    published = {
        language: {
            page.address: {section.id: section for section in page.sections}
            for page in site.of(language)
        }
        for language in LANGUAGES
    }

    def tell(line: int, address: str, languages: list[str], todo: str) -> None:
        message = f"the published address {address} is gone in {' and '.join(languages)}"
        problems.append(Problem(LEDGER, line, message, todo))

    for address, ids in ledger.items():
        lost = [language for language in LANGUAGES if address not in published[language]]
        if lost:
            line = min((entry.line for entry in ids.values()), default=2) - 1
            todo = f"Bring {source_of(address, lost[0])[0]} back; a page that has moved leaves one behind."
            tell(line, address, lost, todo)
            continue
        for id, entry in ids.items():
            places = {language: published[language][address].get(id) for language in LANGUAGES}
            if lost := [language for language, place in places.items() if not place]:
                todo = f'Keep the id as <a id="{id}"></a> on a line above the heading that has its text now.'
                tell(entry.line, f"{address}#{id}", lost, todo)
            elif entry.kind == "share" and not all(place.shared for place in places.values()):
                todo = "A term of the glossary has no share page; keep the id at a section."
                tell(entry.line, f"/s{address}{id}/", list(LANGUAGES), todo)
    return problems + uneven(published, root)


def uneven(published: dict[str, dict[str, dict]], root: Path) -> list[Problem]:
    """Pages that one language lacks, and the first id in which the two versions of a page differ."""
    problems = []
    for address in dict.fromkeys([*published["zh"], *published["en"]]):
        zh, en = (list(published[language].get(address, ())) for language in LANGUAGES)
        differing = next((pair for pair in zip_longest(zh, en) if pair[0] != pair[1]), None)
        if differing:
            here, there = ("zh", "en") if differing[0] else ("en", "zh")
            id, other = differing if differing[0] else differing[::-1]
            file, line = source_of(address, here, id, root)
            message = f"here comes “{id}”, and {source_of(address, there, '', root)[0]} has "
            message += f"“{other}” there" if other else "nothing there"
            todo = "Give both languages the same ids in the same order."
            problems.append(Problem(file, line, message, todo))
    return problems


def add(site: Site, root: Path = ROOT) -> int:
    """Add to the file what a site publishes and the file does not know. Returns how many ids were new.

    Nothing is taken out, and nothing is written while the file or the site has a fault.
    """
    if check(site, root):
        return 0
    kinds = {
        page: {id: entry.kind for id, entry in ids.items()} for page, ids in read(root)[0].items()
    }
    count = 0
    for page in site.of("zh"):
        known = kinds.setdefault(page.address, {})
        for section in page.sections:
            count += section.id not in known
            if known.get(section.id) != "share":  # a share page may come later; it never goes
                known[section.id] = "share" if section.shared else "anchor"
    path = root / LEDGER
    comment = re.match(r"(?:#.*\n)*", path.read_text(encoding="utf-8"))[0]
    lines = [
        f"{page}:\n" + "".join(f"  {id}: {kind}\n" for id, kind in ids.items())
        for page, ids in kinds.items()
    ]
    path.write_text(comment + "".join(lines), encoding="utf-8", newline="")
    return count


def source_of(address: str, language: str, id: str = "", root: Path = ROOT) -> tuple[str, int]:
    """File and line where a page or one of its ids is written, as far as it can be found."""
    name = address.strip("/") or "index"
    files = [f"docs/{language}/{name}{end}" for end in (".md", "/index.md")]
    files.append(f"snippets/{name.replace('-', '_')}/lab.py")  # of labs/data-cleaning
    file = next((one for one in files if (root / one).is_file()), files[0])
    if not id or not (root / file).is_file():
        return file, 1
    lines = (root / file).read_text(encoding="utf-8", errors="replace").splitlines()
    written = re.compile(rf"""(#|\bid=["'\\]*){re.escape(id)}(?![\w-])""")
    return file, next((at for at, line in enumerate(lines, 1) if written.search(line)), 1)
