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

ID = re.compile(r"^ *- id: ([\w-]+)", re.MULTILINE)
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
            if made := made_of(name):
                path = sources.root / made
                data = path.read_text("utf-8", "replace") if path.is_file() else ""
                ids += ID.findall(data)
            if id not in ids:
                close = get_close_matches(id, ids, n=1)
                todo = (
                    f"Did you mean #{close[0]}?"
                    if close
                    else f"Its sections are: {', '.join(ids)}."
                )
                yield Problem(page.file, line, f"{there.file} has no section “{id}”", todo)


def made_of(name: str) -> str:
    """The file whose entries become sections of a page: the terms, and the rules of a decision. "" for other pages."""
    if name == terms.PAGE:
        return "data/glossary.yml"
    return f"data/{name.removesuffix('.md')}.yml" if name.startswith("law/") else ""
