"""The form of the Markdown, as rumdl judges it ([tool.rumdl] in pyproject.toml), told as our own faults are."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from handbook.checks.pages import Sources
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


def check(sources: Sources) -> Iterator[Problem]:
    """All pages below docs/ in one run, and the text of each lab."""
    for found in run(sources.root, "docs"):
        yield told(found, found["file"])
    for page in sources.pages:
        if page.notebook:
            text = "\n".join(line.text for line in page.lines)
            name = f"docs/{page.language}/{page.key}.md"
            for found in run(sources.root, "--stdin", "--stdin-filename", name, text=text):
                yield told(found, page.file)


def run(root: Path, *arguments: str, text: str = "") -> list[dict]:
    """What rumdl finds. Raises RuntimeError with its own words when it could not look."""
    program = Path(sys.executable).with_name("rumdl")
    command = [str(program), "check", "--no-cache", "--output-format", "json", *arguments]
    done = subprocess.run(command, cwd=root, input=text, capture_output=True, encoding="utf-8")
    if done.returncode not in (0, 1):
        raise RuntimeError(f"rumdl could not run: {done.stderr.strip() or done.stdout.strip()}")
    return json.loads(done.stdout or "[]")


def told(found: dict, file: str) -> Problem:
    """A finding in our words, or in rumdl's."""
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
