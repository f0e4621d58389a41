"""Every included snippet exists, and the section markers in snippet files come in pairs."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from handbook.checks.blocks import FRONT
from handbook.checks.pages import Sources
from handbook.problems import Problem
from handbook.records import FOLDER

# As `base_path` in mkdocs.yml: code, and what it gave when it was run.
FOLDERS = ("snippets", FOLDER)
# As in pymdownx.snippets: `--8<-- "path"` on a line of its own, or paths between two lines `--8<--`.
INCLUDE = re.compile(r"""\s*-+8<-+[ \t]+(?:"(?P<double>[^"]+)"|'(?P<single>[^']+)')$""")
BLOCK = re.compile(r"\s*-+8<-+$")
MARKER = re.compile(r"(?<!;)-+8<-+[ \t]+\[[ \t]*(?P<type>start|end)[ \t]*:[ \t]*(?P<name>[a-z][-\w]*)[ \t]*\]", re.I)
TARGET = re.compile(r"(?P<path>.*?)(?::(?P<section>[a-z][-\w]*)|(?P<lines>(?::-?\d*)[-\d:,]*))?", re.I)


def includes(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Index and target of each include; lines that only open or close a list of paths have target ""."""
    listing = False
    for index, text in enumerate(lines):
        if "8<-" in text and (match := INCLUDE.match(text)):
            yield index, (match["double"] or match["single"]).strip()
        elif "8<-" in text and BLOCK.match(text):
            listing = not listing
            yield index, ""
        elif listing:
            yield index, text.strip()


def check(sources: Sources) -> Iterator[Problem]:
    """Look at the includes of pages and snippets, then at the markers of every snippet file."""
    files = {}
    for base in (sources.root / folder for folder in FOLDERS):
        for path in sorted(base.rglob("*")):
            if lines := read(path):
                files[path.relative_to(base).as_posix()] = (path.relative_to(sources.root).as_posix(), lines)
    sections = {name: {marker["name"] for _, marker in markers(lines)} for name, (_, lines) in files.items()}
    holders = [(page.file, [line.text if line.kind != FRONT else "" for line in page.lines]) for page in sources.pages]
    holders += files.values()
    for file, lines in holders:
        for index, target in includes(lines):
            if target and not target.startswith(";"):  # a semicolon comments the path out
                yield from missing(file, index + 1, target, sections)
    for file, lines in files.values():
        yield from unbalanced(file, lines)


def read(path: Path) -> list[str]:
    """The lines of a snippet file; none for folders, caches and binary files."""
    if not path.is_file() or "__pycache__" in path.parts:
        return []
    try:
        return path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError:
        return []


def markers(lines: list[str]) -> Iterator[tuple[int, re.Match]]:
    for number, text in enumerate(lines, 1):
        if "8<-" in text and (match := MARKER.search(text)):
            yield number, match


def missing(file: str, line: int, target: str, sections: dict[str, set[str]]) -> Iterator[Problem]:
    match = TARGET.fullmatch(target)
    path, section = match["path"].strip(), match["section"]
    if path not in sections:
        close = get_close_matches(path, sections, n=1)
        yield Problem(
            file, line, f"the snippet file {path} does not exist",
            f"Did you mean {close[0]}?" if close else
            f"Correct the path, which starts below {' or '.join(f'{folder}/' for folder in FOLDERS)}, or add the file.",
            stops=True,
        )
    elif section and section not in sections[path]:
        has = ", ".join(sorted(sections[path])) or "none"
        yield Problem(
            file, line, f"the snippet file {path} has no section “{section}”",
            f"Its sections are: {has}. Correct the name, or mark the section there with "
            f"# --8<-- [start:{section}] and # --8<-- [end:{section}].",
            stops=True,
        )


def unbalanced(file: str, lines: list[str]) -> Iterator[Problem]:
    opened: dict[str, int] = {}
    closed: set[str] = set()
    for number, marker in markers(lines):
        name = marker["name"]
        if marker["type"].lower() == "start":
            if name in opened or name in closed:
                yield Problem(file, number, f"the section “{name}” starts a second time", "Use another name for it.")
            opened.setdefault(name, number)
        elif opened.pop(name, None) is None:
            yield Problem(
                file, number, f"the section “{name}” ends here but has not been started",
                f"Put # --8<-- [start:{name}] before its first line, or correct the name.",
            )
        else:
            closed.add(name)
    for name, number in opened.items():
        yield Problem(
            file, number, f"the section “{name}” starts here and never ends",
            f"Put # --8<-- [end:{name}] after its last line.",
        )
