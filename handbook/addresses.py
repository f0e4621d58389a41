"""data/addresses.yml: every address that was ever published. Tells which of them a site has lost, and adds new ones.

An address stands for both languages: /guide/#overfitting is /en/guide/#overfitting in English.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from yaml import MappingNode

from handbook import yaml_lines
from handbook.problems import Problem
from handbook.site import LANGUAGES, Page, Site

ROOT = Path(__file__).resolve().parents[1]
LEDGER = "data/addresses.yml"
KINDS = ("share", "anchor")  # whether a section has a share page


@dataclass(frozen=True)
class Entry:
    """What the file says of one id, and on which line."""

    kind: str
    line: int


def read(root: Path = ROOT) -> tuple[dict[str, dict[str, Entry]], list[Problem]]:
    """{"/guide/": {"overfitting": Entry("share", 12)}}, and what is wrong with the file."""
    node, problems = yaml_lines.read(root, LEDGER)
    if problems or not isinstance(node, MappingNode):
        again = f"Bring it back: git checkout -- {LEDGER}."
        return {}, problems or [Problem(LEDGER, 1, "the list of pages is missing", again)]
    ledger: dict[str, dict[str, Entry]] = {}

    def tell(line: int, message: str, todo: str) -> None:
        problems.append(Problem(LEDGER, line, message, todo))

    for page, (line, below) in once(node, problems).items():
        if not re.fullmatch(r"/([\w.-]+/)*", page) or ".." in page:
            tell(line, f"“{page}” is no page", "A page is written as /guide/, the home page as /.")
        elif not isinstance(below, MappingNode):
            tell(line, f"the page {page} has no ids", "Write them below it: “  an-id: share”.")
        else:
            entries = once(below, problems).items()
            ledger[page] = {id: Entry(value.value, at) for id, (at, value) in entries}
            for id, entry in ledger[page].items():
                if entry.kind not in KINDS:
                    todo = "Write “share” (the section has a share page) or “anchor” (it has none)."
                    tell(entry.line, f"“{id}” is marked “{entry.kind}”", todo)
    return ledger, problems


def once(node: MappingNode, problems: list[Problem]) -> dict:
    """The entries of a mapping; one that is there twice is a problem, as YAML would drop the first."""
    seen = set()
    for key, _ in node.value:
        if key.value in seen:
            line = key.start_mark.line + 1
            todo = "Keep one of the two, with all that stands below both."
            problems.append(Problem(LEDGER, line, f"“{key.value}” is there twice", todo))
        seen.add(key.value)
    return yaml_lines.entries(node)


def check(site: Site, root: Path = ROOT) -> list[Problem]:
    """Published addresses that a site has lost, and pages whose ids differ between the languages."""
    ledger, problems = read(root)
    pages = {(page.language, page.address): page for page in site.pages}
    for language in LANGUAGES:
        for address, ids in ledger.items():
            if page := pages.get((language, address)):
                problems += lost_ids(page, ids, root)
            else:
                line = min((entry.line for entry in ids.values()), default=2) - 1
                file, _ = source_of(address, language, "", root)
                problems.append(
                    Problem(
                        LEDGER,
                        line,
                        f"the published page {address} is gone in {language}",
                        f"Bring {file} back. A page that has moved leaves one behind, with its ids and a link.",
                    )
                )
    for address in dict.fromkeys(page.address for page in site.pages):
        versions = [pages.get((language, address)) for language in LANGUAGES]
        problems += uneven(versions, address, root)
    return problems


def lost_ids(page: Page, ids: dict[str, Entry], root: Path) -> list[Problem]:
    """Ids that a page had, and share pages of theirs."""
    here = {section.id: section for section in page.sections}
    problems = []
    for id, entry in ids.items():
        published = f"{page.address}#{id} ({LEDGER}:{entry.line})"
        file, line = source_of(page.address, page.language, id, root)
        if id not in here:
            todo = (
                f'Keep its id beside the new one, as <a id="{id}"></a> on a line above the heading,'
                " in both languages."
            )
            problem = Problem(file, line, f"the published section {published} is gone", todo)
            problems.append(problem)
        elif entry.kind == "share" and not here[id].shared:
            todo = "Terms have none: make it a section again, or keep its id at another section."
            problem = Problem(file, line, f"{published} has lost its share page", todo)
            problems.append(problem)
    return problems


def uneven(versions: list[Page | None], address: str, root: Path) -> list[Problem]:
    """Where the two languages of a page differ in their ids."""
    missing = next((LANGUAGES[at] for at, page in enumerate(versions) if page is None), None)
    if missing:
        other = next(language for language in LANGUAGES if language != missing)
        file, _ = source_of(address, other, "", root)
        wanted = file.replace(f"docs/{other}/", f"docs/{missing}/")
        todo = f"Write {wanted} as well, and list it in the navigation."
        return [Problem(file, 1, f"the page {address} is missing in {missing}", todo)]
    ids = [[section.id for section in page.sections] for page in versions]
    if ids[0] == ids[1]:
        return []
    files = [source_of(address, language, "", root)[0] for language in LANGUAGES]
    problems = []
    for at, (own, others) in enumerate((ids, ids[::-1])):
        for id in [one for one in own if one not in others]:
            file, line = source_of(address, LANGUAGES[at], id, root)
            todo = "Give both languages the same ids, in the same order."
            problems.append(Problem(file, line, f"“{id}” is missing in {files[1 - at]}", todo))
    if not problems:
        pair = next(pair for pair in zip(*ids, strict=False) if pair[0] != pair[1])
        file, line = source_of(address, "en", pair[1], root)
        message = f"here “{pair[1]}” comes where {files[0]} has “{pair[0]}”"
        problems.append(Problem(file, line, message, "Put the sections into the same order."))
    return problems


def add(site: Site, root: Path = ROOT) -> int:
    """Add to the file what a site publishes and the file does not know. Returns how many ids were new.

    Nothing is taken out, and nothing is written while the file or the site has a fault.
    """
    if check(site, root):
        return 0
    ledger, _ = read(root)
    kinds = {page: {id: entry.kind for id, entry in ids.items()} for page, ids in ledger.items()}
    count = 0
    for page in site.of("zh"):
        known = kinds.setdefault(page.address, {})
        for section in page.sections:
            kind = "share" if section.shared else "anchor"
            count += section.id not in known
            if known.get(section.id) != "share":  # a share page may come later; it never goes
                known[section.id] = kind
    path = root / LEDGER
    comment = re.match(r"(?:#.*\n)*", path.read_text(encoding="utf-8"))[0]
    lines = [
        "".join([f"{page}:\n", *(f"  {id}: {kind}\n" for id, kind in ids.items())])
        for page, ids in kinds.items()
    ]
    path.write_text(comment + "".join(lines), encoding="utf-8", newline="")
    return count


def source_of(address: str, language: str, id: str = "", root: Path = ROOT) -> tuple[str, int]:
    """File and line where a page or one of its ids is written, as far as it can be found."""
    name = address.strip("/") or "index"
    names = [f"{name}.md", f"{name}/index.md", f"{name}.ipynb"]
    files = [f"docs/{language}/{one}" for one in names]
    file = next((one for one in files if (root / one).is_file()), files[0])
    if not id or not (root / file).is_file():
        return file, 1
    lines = (root / file).read_text(encoding="utf-8", errors="replace").splitlines()
    written = re.compile(rf"""(#|\bid=["'\\]*){re.escape(id)}(?![\w-])""")
    return file, next((at for at, line in enumerate(lines, 1) if written.search(line)), 1)
