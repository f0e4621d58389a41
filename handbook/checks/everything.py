"""All checks of the sources."""

from pathlib import Path

from handbook.checks import code, form, levels, links, settings, translations
from handbook.checks.pages import Sources, read_sources
from handbook.glossary import check as glossary
from handbook.labs import check as labs
from handbook.law import check as law
from handbook.problems import Problem
from handbook.questions import changes
from handbook.questions import check as questions
from handbook.record import check as recordings
from handbook.search import check as search

FAMILIES = (links, code, translations, glossary, search, recordings, labs, law, questions, changes)


def all_problems(root: Path) -> list[Problem]:
    """Every fault of the sources below a project root, sorted by file and line."""
    return problems_of(read_sources(Path(root)))


def problems_of(sources: Sources) -> list[Problem]:
    """Every fault of sources that were read already. What cannot be read at all is told alone."""
    found = set(settings.check(sources))
    if any(problem.stops for problem in found):
        return sorted(problem for problem in found if problem.stops)
    found.update(form.check(sources, form.markdown))
    faulty = {problem.file for problem in found}  # the languages may differ for no other reason
    found.update(levels.check(sources, faulty), form.check(sources, form.spelling))
    return sorted(found.union(*(family.check(sources) for family in FAMILIES)))
