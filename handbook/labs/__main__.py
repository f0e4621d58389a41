"""`python -m handbook.labs [NAME …]` measures labs and makes their notebooks; `… new NAME` begins a lab."""

import sys

from handbook.labs.make import main

sys.exit(main(sys.argv[1:]))
