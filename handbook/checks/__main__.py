"""`python -m handbook.checks`: print every fault of the sources, exit with 1 if there is any; warn of what is due."""

import sys
from datetime import date, timedelta
from pathlib import Path

from handbook.checks.everything import problems_of
from handbook.checks.pages import read_sources
from handbook.law import check as law
from handbook.notes import check as notes

sources = read_sources(Path.cwd())
problems = problems_of(sources)
for look in (notes, law):
    for due in look.falling_due(sources, date.today(), timedelta()):
        print(f"WARNING -  {due}")
for problem in problems:
    print(problem)
if problems:
    print(f"{len(problems)} fault{'s' * (len(problems) != 1)} in the sources", file=sys.stderr)
sys.exit(bool(problems))
