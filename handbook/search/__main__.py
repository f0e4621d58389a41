"""Which recorded queries the search of a built site answers otherwise than they say: a report, no gate.

    python -m handbook.search [site]

tests/queries/*.tsv hold what readers type: language, query, and the addresses (with | between
them) of which one should be among the first three. Of must_find.tsv the tests ask just that; a new
page may well be a better answer to one of the others, and then the line is changed.
"""

import json
import sys
from pathlib import Path

from handbook.browser import find_browser
from handbook.site import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "theme" / "assets" / "javascripts"
QUERIES = ROOT / "tests" / "queries"
FIRST = 3
ANSWER = """([data, queries]) => {
  const search = new HandbookSearch(data, MiniSearch)
  return queries.map(query => search.search(query).map(({doc}) => doc.location))
}"""
