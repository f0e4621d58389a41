"""Code on a page comes from files that are tested: every include finds its file, and no Python is typed."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from itertools import groupby
from pathlib import Path

from handbook.checks.pages import CODE, FENCE_OPEN, FRONT, Page, Sources
from handbook.problems import Problem

# As `base_path` in mkdocs.yml: code, and what it gave when it was run.
FOLDERS = ("snippets", "data/recordings")
# As in pymdownx.snippets: `--8<-- "path"` on a line of its own; a semicolon comments the path out.
INCLUDE = re.compile(r"""\s*-+8<-+[ \t]+(?:"(?P<double>[^"]+)"|'(?P<single>[^']+)')$""")
MARKER = re.compile(
    r"(?<!;)-+8<-+[ \t]+\[[ \t]*(start|end)[ \t]*:[ \t]*([a-z][-0-9_a-z]*)[ \t]*\]", re.I
)
TARGET = re.compile(
    r"(?P<path>.*?)(?::(?P<section>[a-z][-0-9_a-z]*)|:(?P<start>\d*)(?::(?P<end>\d*))?)?", re.I
)
LANGUAGE = re.compile(r"\s*(?:\{\s*)?\.?(?P<name>[\w#.+-]+)(?=[\s{}]|$)")
PYTHON = re.compile(r"i?py(thon)?3?(con3?|tb)?|py3tb|python-console", re.I)
PROMPT = re.compile(r"\s*(>>>|In \[\d+\]:)( |$)")
MOVE = (
    "Move the code to a module in snippets/ with a test, and show it by a line such as "
    '--8<-- "module.py:section" in the block.'
)
WORDS = {
    "zh": ("此页有错，预览不出", "改好下面各处，预览会自动刷新："),
    "en": (
        "This page cannot be shown",
        "Mend what is listed here; the preview then reloads by itself:",
    ),
}


def check(sources: Sources) -> Iterator[Problem]:
    """Includes of pages and snippets, the markers of every snippet file, and what is typed into blocks."""
    for page in sources.pages:
        lines = [line.text if line.kind != FRONT else "" for line in page.lines]
        yield from wrong_includes(page.file, lines, sources.root)
        yield from typed(page)
    for path in snippet_files(sources.root).values():
        file, lines = path.relative_to(sources.root).as_posix(), lines_of(path)
        yield from wrong_includes(file, lines, sources.root)
        yield from unbalanced(file, lines)


def shown_instead(file: str, root: Path) -> str | None:
    """Markdown in the place of a page over whose includes a build would break down; None for one without fault.

    So the preview shows the other pages. file: of the page, from the project root: docs/zh/guide.md.
    """
    found = wrong_includes(file, lines_of(root / file), root)
    faults = "\n".join(f"    {problem}" for problem in found if problem.stops)
    title, what = WORDS["en" if file.startswith("docs/en/") else "zh"]
    return f"# {title}\n\n{what}\n\n{faults}\n" if faults else None


def snippet_files(root: Path) -> dict[str, Path]:
    """What can be included, by the path that an include names."""
    return {
        path.relative_to(base).as_posix(): path
        for base in (root / folder for folder in reversed(FOLDERS))
        for path in base.rglob("*")
        if path.suffix not in (".npz", ".png", ".pyc") and path.is_file()
    }


def lines_of(path: Path) -> list[str]:
    """The lines of a file, whatever it holds."""
    return path.read_bytes().decode("utf-8", "replace").split("\n")


def wrong_includes(file: str, lines: list[str], root: Path) -> Iterator[Problem]:
    """Includes that pymdownx would leave as text, or break down over."""
    for line, text in enumerate(lines, 1):
        if "8<-" not in text or not re.match(r"\s*-+8<-+(?! *\[)", text):
            continue
        if not (include := INCLUDE.match(text)):
            todo = 'Write --8<-- "file.py:section" alone on its line, with straight quotes and nothing behind.'
            yield Problem(
                file, line, "this include is not understood, so readers would see it", todo
            )
            continue
        target = (include["double"] or include["single"]).strip()
        match = TARGET.fullmatch(target)
        path, section = match["path"].strip(), match["section"]
        found = next(
            (root / base / path for base in FOLDERS if (root / base / path).is_file()), None
        )
        if path.startswith(";"):
            continue
        if not found:
            todo = f"Correct the path, which starts below {' or '.join(FOLDERS)}, or add the file."
            todo = meant(path, snippet_files(root)) or todo
            yield Problem(file, line, f"the snippet file {path} does not exist", todo, stops=True)
            continue
        there = lines_of(found)
        names = [name for _, _, name in markers(there)]
        start, end = int(match["start"] or 1), int(match["end"] or len(there))
        if any("\ufffd" in one for one in there):
            what = f"the snippet file {path} is not UTF-8"
            yield Problem(file, line, what, "Save it as UTF-8.", stops=True)
        elif section and section not in names:
            what = f"the snippet file {path} has no section “{section}”"
            todo = f"Mark it there with # --8<-- [start:{section}] and # --8<-- [end:{section}]."
            yield Problem(file, line, what, meant(section, names) or todo, stops=True)
        elif not 0 < start <= min(end, len(there)):
            todo = f"{path} has {len(there)} lines; write {path}:first:last."
            yield Problem(file, line, f"the include {target} gives no lines", todo)


def meant(word: str, words: Iterable[str]) -> str:
    """A question after the word that is most alike; "" when none is."""
    close = get_close_matches(word, words, n=1)
    return f"Did you mean {close[0]}?" if close else ""


def markers(lines: list[str]) -> Iterator[tuple[int, str, str]]:
    """The marks of sections in a snippet file: line, “start” or “end”, name."""
    for number, text in enumerate(lines, 1):
        if "8<-" in text and (match := MARKER.search(text)):
            yield number, match[1].lower(), match[2]


def unbalanced(file: str, lines: list[str]) -> Iterator[Problem]:
    """Sections that do not begin once and end once, in this order."""
    marks: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for number, kind, name in markers(lines):
        marks[name].append((number, kind))
    for name, found in marks.items():
        if [kind for _, kind in found] != ["start", "end"]:
            told = ", ".join(f"{kind} on line {number}" for number, kind in found)
            what = f"the section “{name}” does not begin once and end once ({told})"
            todo = (
                f"Put # --8<-- [start:{name}] before its first line, [end:{name}] after its last."
            )
            yield Problem(file, found[0][0], what, todo)


def typed(page: Page) -> Iterator[Problem]:
    """Blocks with Python of their own, or with a diagram."""
    for kind, group in groupby(page.lines, key=lambda line: line.kind):
        if kind != CODE:
            continue
        first, *more = group
        body = [line for line in (first, *more) if line.text.strip() and "8<-" not in line.text]
        opening = page.lines[first.number - 2]
        named = LANGUAGE.match(FENCE_OPEN.match(opening.text)["info"])
        language = named["name"].casefold() if named else ""
        if body and PYTHON.fullmatch(language):
            what = f"this {language} block holds code typed into the page"
            yield Problem(page.file, opening.number, what, MOVE)
        elif language == "mermaid":
            what = "Mermaid diagrams are not drawn here, and readers would see their source"
            todo = "Draw it beforehand and show it as an image (SVG) with a text alternative."
            yield Problem(page.file, opening.number, what, todo)
        if prompt := next((line for line in body if PROMPT.match(line.text)), None):
            yield Problem(page.file, prompt.number, "a Python session is typed into the page", MOVE)
