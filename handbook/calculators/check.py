"""The tables of data/calculators/ that are to be checked again: models, cards, grids, prices."""

from datetime import date, timedelta

from handbook.checks.pages import Sources
from handbook.problems import Problem
from handbook.yaml_lines import read

FOLDER = "data/calculators"
SOON = timedelta(days=30)


def falling_due(sources: Sources, today: date, ahead: timedelta = SOON) -> list[Problem]:
    """The tables to be read again by some days from today, the oldest first."""
    found = []
    for path in sorted((sources.root / FOLDER).glob("*.yml")):
        file = f"{FOLDER}/{path.name}"
        data, _ = read(sources.root, file)
        day = data.get("recheck") if isinstance(data, dict) else None
        if isinstance(day, date) and day <= today + ahead:
            what = f"the table “{path.stem}” is to be checked again by {day}"
            todo = "Read its sources, correct it, and set “read” and “recheck” anew."
            line = next(key.line for key in data if key == "recheck")
            found.append((day, Problem(file, line, what, todo)))
    return [problem for _, problem in sorted(found)]
