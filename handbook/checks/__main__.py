"""`python -m handbook.checks`: print every fault of the sources; exit with 1 if there is any."""

import sys
from pathlib import Path

from handbook.checks.everything import all_problems

problems = all_problems(Path.cwd())
for problem in problems:
    print(problem)
if problems:
    print(f"{len(problems)} fault{'s' * (len(problems) != 1)} in the sources", file=sys.stderr)
sys.exit(bool(problems))
