"""Checks of the sources: each fault with its file, its line and what to do.

`python -m checks` runs them alone; hooks/source_checks.py runs them in every build. The sources are
read once (checks/pages.py); each module looks at one family of faults and offers `check(sources)`.
What MkDocs itself checks, links above all, is not repeated here.
"""

from pathlib import Path

from handbook.checks import (
    changelog,
    characters,
    glossary,
    images,
    labs,
    layout,
    links,
    nav,
    notes,
    recorded_numbers,
    search_words,
    snippets,
    structure,
    translation,
    typed_code,
)
from handbook.checks.pages import read_sources
from handbook.problems import Problem

FAMILIES = (
    structure, layout, snippets, typed_code, recorded_numbers, images, characters, translation, notes, nav, glossary,
    search_words, links, labs, changelog,
)


def all_problems(root: Path) -> list[Problem]:
    """Every fault of the sources below a project root, sorted by file and line."""
    sources = read_sources(Path(root))
    return sorted({problem for family in FAMILIES for problem in family.check(sources)})
