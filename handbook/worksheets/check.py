"""Figures that pages below decisions/ name and data/worksheets.yml does not hold; what in it is to be read again."""

from collections.abc import Iterator
from datetime import date, timedelta

from handbook.checks.pages import Sources
from handbook.notes.check import SOON
from handbook.problems import Problem
from handbook.worksheets import page, sheets
from handbook.yaml_lines import read
from snippets.calculators.numbers import InputError

FILE = "data/worksheets.yml"


def check(sources: Sources) -> Iterator[Problem]:
    """Every marker on these pages that stands for nothing, and examples whose inputs cannot be computed."""
    if sources.root.resolve() != sheets.FILE.parents[1]:
        return  # a project without worksheets
    for name, sheet in sheets.data()["sheets"].items():
        for example in sheet["examples"]:
            try:
                sheets.figures(name, sheets.opening(name, "en", example))
            except (InputError, KeyError, ValueError) as error:
                what = f"the example “{example}” of “{name}” cannot be computed: {error}"
                yield Problem(FILE, 1, what, "Correct its inputs.")
                return
    for one in sources.pages:
        if not one.name.startswith(page.PAGES):
            continue
        for line, found in one.find(page.FIGURE):
            try:
                page.in_a_sentence(*found.groups(), one.language)
            except (InputError, KeyError, StopIteration) as error:
                what = f"the figure “{found[0][4:-3].strip()}” is not to be had: {error}"
                yield Problem(
                    one.file, line, what, f"Name a figure, sheet or example that {FILE} holds."
                )
        for marker in (page.FORM, page.EXAMPLES):
            for line, found in one.find(marker):
                if found[1] not in sheets.data()["sheets"]:
                    known = ", ".join(sheets.data()["sheets"])
                    what = f"there is no worksheet “{found[1]}”"
                    yield Problem(one.file, line, what, f"They are: {known}.")


def falling_due(sources: Sources, today: date, ahead: timedelta = SOON) -> list[Problem]:
    """The licences and their thresholds, when they are to be read again by some days from today."""
    data, _ = read(sources.root, FILE)
    day = data.get("recheck") if isinstance(data, dict) else None
    if not isinstance(day, date) or day > today + ahead:
        return []
    line = next(key.line for key in data if key == "recheck")
    todo = "Read the licences again, correct docs/*/decisions/open-source.md, set “read” and “recheck” anew."
    return [
        Problem(
            FILE, line, f"the licences of the worksheets are to be checked again by {day}", todo
        )
    ]
