"""Checks of the sources: each fault with its file, its line and what to do.

`python -m handbook.checks` runs them alone, `make due` among other things, and each build before anything else. The
sources are read once (`pages.py`); each module looks at one family of faults and offers `check(sources)`. What rumdl
and MkDocs tell is not looked for again.
"""

from pathlib import Path

from handbook.checks import characters, code, form, levels, links, marks, settings, translations
from handbook.checks.pages import Sources, read_sources
from handbook.glossary import check as glossary
from handbook.labs import check as labs
from handbook.problems import Problem
from handbook.record import check as recordings
from handbook.search import check as search

FAMILIES = (
    settings,
    characters,
    form,
    marks,
    levels,
    links,
    code,
    translations,
    glossary,
    search,
    recordings,
    labs,
)
WORDS = {
    "zh": ("此页有错，预览不出", "改好下面各处，预览会自动刷新："),
    "en": (
        "This page cannot be shown",
        "Mend what is listed here; the preview then reloads by itself:",
    ),
}


def all_problems(root: Path) -> list[Problem]:
    """Every fault of the sources below a project root, sorted by file and line."""
    return problems_of(read_sources(Path(root)))


def problems_of(sources: Sources) -> list[Problem]:
    """Every fault of sources that were read already. What cannot be read at all is told alone."""
    unread = {*settings.check(sources), *characters.check(sources)}
    if any(problem.stops for problem in unread):
        return sorted(problem for problem in unread if problem.stops)
    return sorted({problem for family in FAMILIES for problem in family.check(sources)})


def shown_instead(file: str, root: Path) -> str | None:
    """Markdown in the place of a page over whose includes a build would break down; None for one without fault.

    So the preview shows the other pages. file: of the page, from the project root: docs/zh/guide.md.
    """
    lines = (root / file).read_bytes().decode("utf-8", "replace").split("\n")
    found = (
        code.wrong_includes(file, lines, code.snippet_files(root))
        if "8<-" in "\n".join(lines)
        else ()
    )
    faults = "\n".join(f"    {problem}" for problem in found if problem.stops)
    if not faults:
        return None
    title, what = WORDS["en" if file.startswith("docs/en/") else "zh"]
    return f"# {title}\n\n{what}\n\n{faults}\n"
