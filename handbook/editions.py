"""Reads data/changelog.yml and data/editions/, and tells what changed between editions, section by section.

    python -m handbook.editions            records the newest edition; builds the site first
    python -m handbook.editions site       reads one that is built

An edition remembers, for each section in both languages, its title and a hash of its text: of the plain version, as readers
get it, with listings, numbers and tables. So what changed is computed, and nobody has to remember it.
"""

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path

import yaml

from checks.problems import Problem
from checks.translation import fold
from checks.yaml_lines import LOADER, compose, line_of
from handbook.addresses import LEDGER, is_page, new_address, split
from handbook.plain_pages import NAME, sections_of

ROOT = Path(__file__).resolve().parent.parent
CHANGELOG, FOLDER, PAGE = "data/changelog.yml", "data/editions", "/reference/changelog/"
LANGUAGES = ("zh", "en")
HEAD = """\
# What edition {number} said: of each section a hash of its text and its title, in Chinese and in English. Written by `make edition`,
# once and for all; what later editions changed is computed from it.
"""
LEAST_LIKENESS = 0.3  # of two titles of one section; below it they hardly share a word


@dataclass(frozen=True)
class Change:
    """A change that an author tells in words."""

    at: str  # the address of the page or section
    words: dict[str, str]
    line: int


@dataclass(frozen=True)
class Edition:
    """One entry of the changelog."""

    number: int
    date: str
    titles: dict[str, str]
    texts: dict[str, str]
    changes: list[Change]
    same: list[str]  # sections that got wholly another title, and are the same section all the same
    line: int


@dataclass(frozen=True)
class Section:
    """What one language's version of a section was."""

    hash: str
    title: str


# {"/guide/": {"overfitting": Section(…)}}, of one language
Snapshot = dict[str, dict[str, Section]]


class Careless(Exception):
    """The faults of the changelog."""

    def __init__(self, problems: list[Problem]):
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


def read_changelog(root: Path = ROOT) -> list[Edition]:
    """The editions, the newest first. Raises Careless with what is wrong."""
    try:
        node = compose((root / CHANGELOG).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Careless([Problem(CHANGELOG, 1, "the changelog is missing", f"Bring it back: git checkout -- {CHANGELOG}", True)]) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        line = line_of(error) if isinstance(error, yaml.YAMLError) else 1
        raise Careless([Problem(
            CHANGELOG, line, f"this is not valid YAML: {getattr(error, 'problem', error)}",
            "Correct it; text with a colon in it needs quotes around it.", True)]) from None
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        raise Careless([Problem(CHANGELOG, 1, "this is no list of editions", "Write one entry an edition, the newest first.", True)])
    problems: list[Problem] = []
    editions = [edition for item in node.value if (edition := read_entry(item, problems))]
    for newer, older in zip(editions, editions[1:]):
        if newer.number != older.number + 1:
            problems.append(Problem(CHANGELOG, newer.line, f"edition {newer.number} stands above edition {older.number}",
                                    "Number them 1, 2, 3 … and put the newest first.", True))
        elif newer.date < older.date:
            problems.append(Problem(CHANGELOG, newer.line, f"edition {newer.number} is of {newer.date}, before edition {older.number} of {older.date}",
                                    "Correct the date.", True))
    if editions and not problems and editions[-1].number != 1:
        problems.append(Problem(CHANGELOG, editions[-1].line, f"the oldest edition is {editions[-1].number}", "Begin with edition 1.", True))
    if problems:
        raise Careless(problems)
    return editions


def read_entry(node: yaml.Node, problems: list[Problem]) -> Edition | None:
    """One edition, or None with its faults added to the problems."""
    line, before = node.start_mark.line + 1, len(problems)

    def tell(at: int, message: str, todo: str) -> None:
        problems.append(Problem(CHANGELOG, at, message, todo, True))

    parts = fields(node)
    number, day = scalar(parts, "edition"), scalar(parts, "date")
    if unknown := [key for key in parts if key not in ("edition", "date", "zh", "en", "changes", "same")]:
        tell(parts[unknown[0]][0], f"“{unknown[0]}” is no part of an edition", "Write edition, date, zh, en, changes or same.")
    if not number.isdigit():
        tell(line, "an edition has no number", "Write edition: and a number.")
    try:
        date.fromisoformat(day)
    except ValueError:
        tell(parts.get("date", (line,))[0], f"edition {number or '?'} has no proper date", "Write date: YYYY-MM-DD.")
    titles, texts = {}, {}
    for language in LANGUAGES:
        at, below = parts.get(language, (line, None))
        words = fields(below)
        titles[language], texts[language] = scalar(words, "title"), scalar(words, "text")
        if not titles[language] or not texts[language]:
            tell(at, f"edition {number or '?'} lacks title or text in {language}", f"Write {language}: with title: and text: below it.")
    changes = []
    for item in getattr(parts.get("changes", (0, None))[1], "value", ()):
        at, words = item.start_mark.line + 1, fields(item)
        address = scalar(words, "at")
        if not is_page(split(address)[0]):
            tell(at, f"“{address}” is no address", "Write at: /guide/ or /guide/#overfitting, without /en.")
        if missing := [language for language in LANGUAGES if not scalar(words, language)]:
            tell(at, f"the change at {address} is not told in {missing[0]}", "Write zh: and en: below at:.")
        changes.append(Change(address, {language: scalar(words, language) for language in LANGUAGES}, at))
    same = [item.value for item in getattr(parts.get("same", (0, None))[1], "value", ()) if isinstance(item, yaml.ScalarNode)]
    return Edition(int(number), day, titles, texts, changes, same, line) if len(problems) == before else None


def fields(node: yaml.Node | None) -> dict[str, tuple[int, yaml.Node]]:
    """A mapping's keys with line and value; nothing for any other node."""
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {key.value: (key.start_mark.line + 1, value) for key, value in node.value if isinstance(key, yaml.ScalarNode)}


def scalar(parts: dict, key: str) -> str:
    node = parts.get(key, (0, None))[1]
    return node.value.strip() if isinstance(node, yaml.ScalarNode) else ""


def unknown_places(editions: list[Edition], ledger: dict) -> list[Problem]:
    """Addresses in the changelog that were never published."""
    places = [(change.at, change.line) for edition in editions for change in edition.changes]
    places += [(address, edition.line) for edition in editions for address in edition.same]
    return [
        Problem(CHANGELOG, line, f"{address} has never been published",
                f"Correct it: {LEDGER} holds every published address; `make addresses` adds new ones.")
        for address, line in places
        if split(address)[0] not in ledger or split(address)[1] and split(address)[1] not in ledger[split(address)[0]]
    ]


# What an edition said


def snapshot_of(pages: dict[str, str]) -> Snapshot:
    """What plain pages say, by their addresses."""
    return {
        address: {id: Section(fingerprint(body), title) for id, title, body in sections_of(text)}
        for address, text in pages.items() if address != PAGE  # which tells of the others
    }


def fingerprint(text: str) -> str:
    """The hash of a section's text; where its links lead and ids do not count, as spacing does not in checks/translation.py."""
    words = re.sub(r"\]\([^()]*(?:\([^()]*\)[^()]*)*\)| *<a id=\"[^\"]*\"></a>", "", text)
    return hashlib.sha256(fold(words).strip().encode()).hexdigest()[:12]


def read_snapshot(root: Path, number: int, language: str) -> Snapshot | None:
    """What an edition said; None when that was not recorded."""
    path = root / FOLDER / f"{number}.yml"
    if not path.is_file():
        return None
    at = LANGUAGES.index(language)
    read = yaml.load(path.read_text(encoding="utf-8"), LOADER)
    return {page: {id: Section(entry[at], entry[2 + at]) for id, entry in sections.items()} for page, sections in read.items()}


def written(number: int, chinese: Snapshot, english: Snapshot) -> str:
    """Both languages of an edition as the text of its file."""
    lines = [HEAD.format(number=number)]
    for page, sections in chinese.items():
        lines.append(f"{page}:\n")
        for id, section in sections.items():
            other = english[page][id]
            entry = [section.hash, other.hash, section.title, other.title]
            lines.append(f"  {id}: {json.dumps(entry, ensure_ascii=False)}\n")
    return "".join(lines)


# What changed


@dataclass
class PageChanges:
    """What changed on one page, each as (id, title)."""

    page: str
    new_page: bool = False
    gone_page: bool = False
    new: list[tuple[str, str]] = field(default_factory=list)
    changed: list[tuple[str, str]] = field(default_factory=list)
    moved: list[tuple[str, str, str]] = field(default_factory=list)  # and the address where it was
    gone: list[tuple[str, str]] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.new) + len(self.changed) + len(self.moved) + len(self.gone)


def changes_between(old: Snapshot, new: Snapshot, moved: dict[str, tuple[str, int]]) -> list[PageChanges]:
    """What changed from one snapshot to the next, page by page; pages as they were are left out.

    A section is moved where data/moved.yml says so, or where its text is found under another address.
    """
    was = {f"{page}#{id}": section for page, sections in old.items() for id, section in sections.items()}
    now = {f"{page}#{id}": section for page, sections in new.items() for id, section in sections.items()}
    from_there: dict[str, str] = {}
    elsewhere = {section.hash: address for address, section in now.items() if address not in was}
    for address, section in was.items():
        targets = (new_address(address, moved), elsewhere.get(section.hash))
        target = next((one for one in targets if one in now and one not in was), None)
        if address not in now and target:
            from_there[target] = address
    left = set(from_there.values())
    result = []
    for page in {**new, **old}:
        told = PageChanges(page, new_page=page not in old, gone_page=page not in new)
        for id, section in new.get(page, {}).items():
            address = f"{page}#{id}"
            if address in from_there:
                told.moved.append((id, section.title, from_there[address]))
            elif address not in was:
                told.new.append((id, section.title))
            elif was[address].hash != section.hash:
                told.changed.append((id, section.title))
        told.gone = [
            (id, section.title) for id, section in old.get(page, {}).items()
            if f"{page}#{id}" not in now and f"{page}#{id}" not in left
        ]
        if told.count or told.new_page or told.gone_page:
            result.append(told)
    return result


def used_again(old: Snapshot, new: Snapshot, same: set[str]) -> Iterator[tuple[str, str, str]]:
    """(address, title then, title now) of each section that seems to be about something else than in an edition."""
    for page, sections in new.items():
        for id, section in sections.items():
            before = old.get(page, {}).get(id)
            if before and before.hash != section.hash and f"{page}#{id}" not in same:
                if SequenceMatcher(None, before.title.casefold(), section.title.casefold()).ratio() < LEAST_LIKENESS:
                    yield f"{page}#{id}", before.title, section.title


# The command


def plain_pages_of(site: Path, language: str) -> dict[str, str]:
    """The plain pages of a built site, by their addresses."""
    folder = site / ("en" if language == "en" else "")
    pages = {}
    for file in sorted(folder.rglob(NAME)):
        address = "/" + file.parent.relative_to(folder).as_posix().strip(".")
        address = address if address == "/" else address + "/"
        if language != "zh" or not address.startswith("/en/"):
            pages[address] = file.read_text(encoding="utf-8")
    return pages


def main(arguments: list[str], root: Path = ROOT) -> int:
    from handbook.built_pages import BuildFailed, built_site

    try:
        edition = read_changelog(root)[0]
        file = f"{FOLDER}/{edition.number}.yml"
        if (root / file).is_file():
            print(f"nothing written: {file} is there, and an edition stays as it was. Begin an entry for edition {edition.number + 1} in "
                  f"{CHANGELOG}; if edition {edition.number} has not been published, delete {file} first.", file=sys.stderr)
            return 2
        site = Path(arguments[0]) if arguments else built_site()
        chinese, english = (snapshot_of(plain_pages_of(site, language)) for language in LANGUAGES)
    except (Careless, BuildFailed) as error:
        print(f"nothing written: {error}", file=sys.stderr)
        return 2
    if differing := [page for page in {**chinese, **english} if list(chinese.get(page, ())) != list(english.get(page, ()))]:
        print(f"nothing written: {', '.join(differing)}: the sections differ between the languages. Run `make build`, which says where.", file=sys.stderr)
        return 2
    if not chinese:
        print("nothing written: there are no pages", file=sys.stderr)
        return 2
    (root / FOLDER).mkdir(exist_ok=True)
    (root / file).write_text(written(edition.number, chinese, english), encoding="utf-8", newline="")
    print(f"{file}: {sum(map(len, chinese.values()))} sections on {len(chinese)} pages")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
