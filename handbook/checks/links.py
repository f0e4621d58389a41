"""Links to sections that are not there.

The files that links and images name are looked up by rumdl (`form.py`), those that HTML names on the built page.
"""

import posixpath
import re
from collections.abc import Iterator
from difflib import get_close_matches
from urllib.parse import unquote, urlsplit

from handbook.checks.pages import Sources
from handbook.glossary import terms
from handbook.problems import Problem

LINK = re.compile(r"(?<!\\)\]\(\s*<?(?P<target>[^\s)<>#]*)#(?P<id>[^\s)<>]+)")


def check(sources: Sources) -> Iterator[Problem]:
    """Every link whose page is there and whose section is not."""
    for page in sources.pages:
        for line, link in page.find(LINK):
            target, id = unquote(link["target"]), unquote(link["id"])
            folder = "" if target.startswith("/") else posixpath.dirname(page.name)
            name = (
                posixpath.normpath(posixpath.join(folder, target.lstrip("/")))
                if target
                else page.name
            )
            there = sources.by_name.get((page.language, name))
            if there is None or urlsplit(target).scheme:
                continue
            ids = [place.id for place in there.places]
            if name == terms.PAGE:  # made of the terms
                data = (sources.root / "data/glossary.yml").read_text(
                    encoding="utf-8", errors="replace"
                )
                ids += re.findall(r"^- id: ([\w-]+)", data, re.MULTILINE)
            if id not in ids:
                close = get_close_matches(id, ids, n=1)
                todo = (
                    f"Did you mean #{close[0]}?"
                    if close
                    else f"Its sections are: {', '.join(ids)}."
                )
                yield Problem(page.file, line, f"{there.file} has no section “{id}”", todo)
