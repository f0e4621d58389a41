"""What two linters find, told as our own faults are: rumdl in the Markdown, typos in the English.

Both are set in pyproject.toml, [tool.rumdl] and [tool.typos].
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from pathlib import Path

from handbook.checks.pages import Sources
from handbook.checks.settings import GLOSSARY
from handbook.problems import Problem

# What the usual faults do to a page, and what to do. rumdl's own words serve for the others.
TOLD = {
    "MD001": ("this heading skips a level", "Use one # more than the heading above it, not two."),
    "MD007": (
        "this list item is not indented by four spaces a level",
        "Indent it by 4, 8 … spaces.",
    ),
    "MD011": ("this link has its brackets the wrong way round", "Write [words](page.md)."),
    "MD032": (
        "this list touches the text beside it, or mixes bullets and numbers, so the page runs them together",
        "Put a blank line before and after each list.",
    ),
    "MD034": ("this address is no link", "Write [words](https://…), or <https://…>."),
    "MD045": (
        "this image has no text alternative",
        "Say in a few words what it shows: ![what it shows](…).",
    ),
    "MD056": (
        "this row of the table has more or fewer cells than its head",
        "Give it as many; a | inside a cell is written \\|.",
    ),
    "MD058": ("this table touches the text beside it", "Put a blank line before and after it."),
    "MD077": (
        "this line is to belong to the list item above, but is not indented by four spaces",
        "Indent it by 4 spaces more than the item's own mark.",
    ),
}
FENCES = (
    (
        "never closed",
        "this code block is never closed",
        "End it with a line of the same marks (```).",
    ),
    (
        "Use fenced",
        "this line is indented, so it becomes a listing",
        "Put code between two lines ```; indent text less.",
    ),
)
NOTE = re.compile(r"^ *(?:!!!|\?\?\?\+?) ?([a-zA-Z][\w-]*)", re.MULTILINE)
# Ours, then Material's.
NOTES = (
    "article answer editor seealso weak follow-ups sources note abstract info tip success question "
    "warning failure danger bug example quote"
).split()


def check(sources: Sources, look: Callable) -> Iterator[Problem]:
    """What one of the two, `markdown` or `spelling`, finds."""
    try:
        yield from look(sources)
    except (OSError, ValueError) as error:
        todo = "Correct [tool.rumdl] or [tool.typos] there, or install the packages again: rm .venv/.site; make build"
        yield Problem("pyproject.toml", 1, f"the linters could not run: {error}", todo)


def run(program: str, root: Path, *arguments: str, text: str = "") -> str:
    """What a linter prints. Raises ValueError with its own words when it could not look."""
    command = [str(Path(sys.executable).with_name(program)), *arguments]
    done = subprocess.run(command, cwd=root, input=text, capture_output=True, encoding="utf-8")
    if done.returncode and not done.stdout:
        raise ValueError(done.stderr.strip().split("\n")[0])
    return done.stdout


def markdown(sources: Sources) -> Iterator[Problem]:
    """What rumdl finds, and notes of an unknown type. The text of a lab is in no Markdown file: it is handed over."""
    options = ("check", "--no-cache", "--output-format", "json")
    for found in json.loads(run("rumdl", sources.root, *options, "docs") or "[]"):
        yield told(found, found["file"])
    for page in sources.pages:
        for line, match in page.find(NOTE):
            if (kind := match[1].lower()) not in NOTES:
                near = get_close_matches(kind, NOTES, 1, 0)[0]
                todo = f"Did you mean {near}? There are: {', '.join(NOTES)}."
                yield Problem(page.file, line, f"there is no note of type “{match[1]}”", todo)
        if page.notebook:
            text = "\n".join(line.text for line in page.lines)
            name = f"docs/{page.language}/{page.key}.md"
            output = run(
                "rumdl", sources.root, *options, "--stdin", "--stdin-filename", name, text=text
            )
            yield from (told(found, page.file) for found in json.loads(output or "[]"))


def told(found: dict, file: str) -> Problem:
    """A finding of rumdl in our words, or in its own."""
    rule, message = found["rule"], found["message"]
    if rule in TOLD:
        return Problem(file, found["line"], *TOLD[rule])
    for mark, what, todo in FENCES:
        if rule == "MD046" and mark in message:
            return Problem(file, found["line"], what, todo)
    todo = f"Correct it (https://rumdl.dev/{rule.lower()}/)."
    if rule == "MD057":
        todo = "Correct the path, which starts from this file, or add the file."
    elif found.get("fixable"):
        todo = f"Correct it, or let `.venv/bin/rumdl check --fix {file}` do so."
    return Problem(file, found["line"], message[:1].lower() + message[1:].rstrip("."), todo)


def spelling(sources: Sources) -> Iterator[Problem]:
    """Words that are misspelt or American, in the prose of the English pages and in the glossary."""
    pages = [page for page in sources.pages if page.language == "en"]
    places = [(page.file, line.number) for page in pages for line in page.lines]
    terms = (sources.root / GLOSSARY).read_text(encoding="utf-8")
    terms = re.sub(r"^ *search:.*|^[ -]*\w+:", "", terms, flags=re.MULTILINE)  # as people type
    places += [(GLOSSARY, at) for at, _ in enumerate(terms.split("\n"), 1)]
    text = "\n".join([*(page.prose for page in pages), terms])
    options = ("--config", "pyproject.toml", "--format", "json", "-")
    for found in map(json.loads, run("typos", sources.root, *options, text=text).splitlines()):
        if found["type"] == "typo":
            right = " or ".join(f"“{word}”" for word in found["corrections"])
            message = f"“{found['typo']}” is misspelt, or not British"
            yield Problem(
                *places[found["line_num"] - 1],
                message,
                f"Write {right}; what is quoted goes into “…” or `…`.",
            )
