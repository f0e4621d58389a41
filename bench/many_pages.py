"""Makes a copy of this project with many times its pages, the same ones at every call.

Each copy of the pages stands in a folder of its own, so that their links to each other hold, and has a section
of its own in the navigation, below one for all copies. A number in its first heading makes every page different from
every other one: nothing that is kept by content serves two pages. The labs are there once: they are made of notebooks.
"""

import re
import shutil
from pathlib import Path

import yaml

from checks.pages import LANGUAGES, read_page
from checks.renew import with_entry
from checks.translation import fingerprints, recorded

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("checks", "data", "docs", "handbook", "hooks", "labs", "overrides", "recording", "snippets", "mkdocs.yml", "mkdocs.en.yml")
CONFIGS = {"zh": "mkdocs.yml", "en": "mkdocs.en.yml"}
FILLED = ("/reference/glossary/", "/reference/changelog/")  # their sections come from data, into the one page that the hooks know
FIRST_HEADING = re.compile(r"^(# .*?)(?= \{#)", re.MULTILINE)
LABS = "labs"
TO_LAB = re.compile(rf"\]\(((?:\.\./)*{LABS}/)")
LABS_NAV = re.compile(rf"^  - [^\n]*:\n(?:      - [^\n]*: {LABS}/[^\n]*\n)+", re.MULTILINE)
COPIES = {"zh": ("更多", "副本"), "en": ("More", "Copy")}


def copy_project(tree: Path) -> None:
    """Copy what a build needs into a folder that has nothing of it yet."""
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, tree / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, tree / part)


def make(tree: Path, times: int) -> int:
    """Write the project with so many times its pages to a new folder; returns the pages of one language."""
    tree.mkdir(parents=True)
    copy_project(tree)
    folders = [f"copy-{number:03}" for number in range(2, times + 1)]
    for language in LANGUAGES:
        docs = ROOT / "docs" / language
        names = sorted(path.relative_to(docs).as_posix() for path in docs.rglob("*") if path.is_file() and path.parent.name != LABS)
        for folder in folders:
            for name in names:
                copy(docs / name, tree / "docs" / language / folder / name, int(folder[-3:]))
        extend_nav(tree / CONFIGS[language], language, folders)
    for folder in folders:
        renew(tree, folder)
    extend_addresses(tree / "data/addresses.yml", folders)
    extend_search_words(tree / "data/search_words.yml", folders)
    return count_pages(tree)


def count_pages(tree: Path) -> int:
    """The pages of one language."""
    return sum(1 for _ in (tree / "docs/zh").rglob("*.md"))


def copy(source: Path, target: Path, number: int) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix != ".md":
        shutil.copyfile(source, target)
        return
    text = source.read_text(encoding="utf-8")
    text = TO_LAB.sub(r"](../\1", text)  # a copy is one folder deeper
    target.write_text(FIRST_HEADING.sub(rf"\1 {number}", text, count=1), encoding="utf-8")


def renew(tree: Path, folder: str) -> None:
    """Record what each copy says otherwise, its heading and its links to the labs, as translated."""
    for path in sorted((tree / "docs/en" / folder).rglob("*.md")):
        name = path.relative_to(tree / "docs/en").as_posix()
        english, chinese = (read_page(tree, tree / "docs" / language / name, language, name) for language in ("en", "zh"))
        hashes = fingerprints(chinese)
        for id in hashes:
            if recorded(english)[id][1] != hashes[id]:
                text = with_entry(path.read_text(encoding="utf-8"), id, hashes[id], list(hashes), recorded(english))
                path.write_text(text, encoding="utf-8")
                english = read_page(tree, path, "en", name)


def extend_nav(path: Path, language: str, folders: list[str]) -> None:
    """A section with one for each copy in it, which holds what our navigation holds."""
    if not folders:
        return
    head, rest = path.read_text(encoding="utf-8").split("\nnav:\n")
    own, rest = rest.split("\n\n", 1)
    copied = LABS_NAV.sub("", own + "\n").rstrip("\n").split("\n")
    nav = f"  - {COPIES[language][0]}:\n" + "".join(
        f"      - {COPIES[language][1]} {int(folder[-3:])}:\n"
        + "".join(" " * 8 + re.sub(r"(\S+\.md)$", rf"{folder}/\1", line) + "\n" for line in copied)
        for folder in folders
    )
    path.write_text(f"{head}\nnav:\n{own}\n{nav}\n{rest}", encoding="utf-8")


def extend_addresses(path: Path, folders: list[str]) -> None:
    """The ledger as it would be with all pages published; of the filled pages' copies only the title."""
    pages = yaml.safe_load(path.read_text(encoding="utf-8"))
    copied = {page: ids if page not in FILLED else dict(list(ids.items())[:1]) for page, ids in pages.items() if not page.startswith(f"/{LABS}/")}
    all_pages = {**pages, **{f"/{folder}{page}": ids for folder in folders for page, ids in copied.items()}}
    path.write_text(yaml.safe_dump(all_pages, sort_keys=False), encoding="utf-8")


def extend_search_words(path: Path, folders: list[str]) -> None:
    words = yaml.safe_load(path.read_text(encoding="utf-8"))
    all_words = {**words, **{f"{folder}/{key}": value for folder in folders for key, value in words.items() if not key.startswith(f"{LABS}/")}}
    path.write_text(yaml.safe_dump(all_words, allow_unicode=True, sort_keys=False, default_flow_style=None), encoding="utf-8")
