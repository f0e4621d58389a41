"""`python -m handbook.book [FOLDER]`: make the downloads of a built site."""

import sys

from handbook.book.downloads import main

sys.exit(main(sys.argv[1:]))
