"""`python -m checks`: print every fault of the sources; exit with 1 if there is any."""

import sys
from pathlib import Path

from handbook.checks import all_problems

problems = all_problems(Path(__file__).resolve().parent.parent)
for problem in problems:
    print(problem)
print(f"{len(problems)} problem{'s' * (len(problems) != 1)} in the sources", file=sys.stderr)
sys.exit(bool(problems))
