"""Code on a page comes from files that are tested: every include finds its file, and no Python is typed."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from handbook.checks.pages import FRONT, Block, Sources
from handbook.problems import Problem

# As `base_path` in mkdocs.yml: code, and what it gave when it was run.
FOLDERS = ("snippets", "data/recordings")
# As in pymdownx.snippets: `--8<-- "path"` on a line of its own, or paths between two lines `--8<--`.
INCLUDE = re.compile(r"""\s*-+8<-+[ \t]+(?:"(?P<double>[^"]+)"|'(?P<single>[^']+)')$""")
BLOCK = re.compile(r"\s*-+8<-+$")
MARKER = re.compile(
    r"(?<!;)-+8<-+[ \t]+\[[ \t]*(?P<type>start|end)[ \t]*:[ \t]*(?P<name>[a-z][-0-9_a-z]*)[ \t]*\]",
    re.I,
)
TARGET = re.compile(
    r"(?P<path>.*?)(?::(?P<section>[a-z][-0-9_a-z]*)|:(?P<start>\d*)(?::(?P<end>\d*))?)?", re.I
)

PYTHON = re.compile(r"i?py(thon)?3?(con3?|tb)?|py3tb|python-console")
PROMPT = re.compile(r"\s*(>>>|In \[\d+\]:)( |$)")
MOVE = (
    "Move the code to a module in snippets/ with a test, and show it by a line such as "
    '--8<-- "module.py:section" in the block.'
)


def check(sources: Sources) -> Iterator[Problem]:
    """Includes of pages and snippets, the markers of every snippet file, and what is typed into blocks."""
    files = snippet_files(sources.root)
    for page in sources.pages:
        lines = [line.text if line.kind != FRONT else "" for line in page.lines]
        yield from wrong_includes(page.file, lines, files)
        for block in page.blocks:
            yield from typed(page.file, block)
    for file, lines in files.values():
        yield from wrong_includes(file, lines, files)
        yield from unbalanced(file, lines)


def snippet_files(root: Path) -> dict[str, tuple[str, list[str]]]:
    """What can be included, by the path that an include names: file from the project root, and lines."""
    files = {}
    for base in (root / folder for folder in FOLDERS):
        for path in sorted(base.rglob("*")):
            if (
                path.is_file()
                and "__pycache__" not in path.parts
                and path.suffix not in (".npz", ".png")
            ):
                lines = path.read_bytes().decode("utf-8", "replace").split("\n")
                files.setdefault(
                    path.relative_to(base).as_posix(), (path.relative_to(root).as_posix(), lines)
                )
    return files


def includes(lines: Iterable[str]) -> Iterator[tuple[int, str | None]]:
    """Index and target of each include.

    Lines that only open or close a list of paths have target "", what is not understood has None.
    """
    listing = False
    for index, text in enumerate(lines):
        if "8<-" in text and (match := INCLUDE.match(text)):
            yield index, (match["double"] or match["single"]).strip()
        elif "8<-" in text and BLOCK.match(text):
            listing = not listing
            yield index, ""
        elif listing:
            yield index, text.strip()
        elif re.match(r"\s*-+8<-+(?! *\[)", text):
            yield index, None


def wrong_includes(file: str, lines: list[str], files: dict) -> Iterator[Problem]:
    """Includes that pymdownx would leave as text, or break down over."""
    for line, target in ((index + 1, target) for index, target in includes(lines)):
        if target is None:
            todo = 'Write --8<-- "file.py:section" alone on its line, with straight quotes and nothing behind.'
            yield Problem(
                file, line, "this include is not understood, so readers would see it", todo
            )
        if not target or target.startswith(";"):  # a semicolon comments the path out
            continue
        match = TARGET.fullmatch(target)
        path, section = match["path"].strip(), match["section"]
        if path not in files:
            todo = f"Correct the path, which starts below {' or '.join(FOLDERS)}, or add the file."
            todo = meant(path, files) or todo
            yield Problem(file, line, f"the snippet file {path} does not exist", todo, stops=True)
            continue
        there, text = files[path]
        names = [marker["name"] for _, marker in markers(text)]
        start, end = int(match["start"] or 1), int(match["end"] or len(text))
        if any("\ufffd" in one for one in text):
            yield Problem(
                file,
                line,
                f"the snippet file {there} is not UTF-8",
                "Save it as UTF-8.",
                stops=True,
            )
        elif section and section not in names:
            what = f"the snippet file {path} has no section “{section}”"
            todo = f"Mark it there with # --8<-- [start:{section}] and # --8<-- [end:{section}]."
            todo = (
                meant(section, names) or f"Its sections are: {', '.join(names) or 'none'}. {todo}"
            )
            yield Problem(file, line, what, todo, stops=True)
        elif not 0 < start <= min(end, len(text)):
            todo = f"{there} has {len(text)} lines; write {path}:first:last."
            yield Problem(file, line, f"the include {target} gives no lines", todo)


def meant(word: str, words: Iterable[str]) -> str:
    """A question after the word that is most alike; "" when none is."""
    close = get_close_matches(word, words, n=1)
    return f"Did you mean {close[0]}?" if close else ""


def markers(lines: list[str]) -> Iterator[tuple[int, re.Match]]:
    """The marks of sections in a snippet file."""
    for number, text in enumerate(lines, 1):
        if "8<-" in text and (match := MARKER.search(text)):
            yield number, match


def unbalanced(file: str, lines: list[str]) -> Iterator[Problem]:
    """Sections that begin twice, or have one of their two marks."""
    opened: dict[str, int] = {}
    closed: set[str] = set()
    for number, marker in markers(lines):
        name = marker["name"]
        if marker["type"].lower() == "start":
            if name in opened or name in closed:
                yield Problem(
                    file,
                    number,
                    f"the section “{name}” starts a second time",
                    "Use another name for it.",
                )
            opened.setdefault(name, number)
        elif opened.pop(name, None):
            closed.add(name)
        else:
            todo = f"Put # --8<-- [start:{name}] before its first line, or correct the name."
            yield Problem(
                file, number, f"the section “{name}” ends here but has not been started", todo
            )
    for name, number in opened.items():
        todo = f"Put # --8<-- [end:{name}] after its last line."
        yield Problem(file, number, f"the section “{name}” starts here and never ends", todo)


def typed(file: str, block: Block) -> Iterator[Problem]:
    """Python that stands in a block itself: everything but its includes."""
    included = {
        index for index, target in includes(line.text for line in block.body) if target is not None
    }
    rest = [line for index, line in enumerate(block.body) if index not in included]
    if PYTHON.fullmatch(block.language) and any(line.text.strip() for line in rest):
        yield Problem(
            file, block.line, f"this {block.language} block holds code typed into the page", MOVE
        )
    for prompt in [line for line in rest if PROMPT.match(line.text)][:1]:
        yield Problem(file, prompt.number, "a Python session is typed into the page", MOVE)
