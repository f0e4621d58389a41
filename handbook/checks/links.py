"""Links to sections that are not there, and files that HTML on a page names in vain or takes from other sites.

The files that Markdown links and images name are looked up by rumdl (`form.py`).
"""

import posixpath
import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import unquote, urlsplit

from handbook.checks.pages import Page, Sources
from handbook.glossary import terms
from handbook.problems import Problem

LINK = re.compile(r"(?<!\\)\]\(\s*<?(?P<target>[^\s)<>#]*)#(?P<id>[^\s)<>]+)")
IMAGE = re.compile(
    r"(?<!\\)!\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(\s*(?:<(?P<angle>[^>\n]*)>|(?P<bare>[^\s)]+))[^)\n]*\)"
)
MEDIA = re.compile(
    r"<(?P<tag>img|iframe|video|audio|source|track|embed|object|script|link)(?=[\s/>])(?P<rest>[^>]*)>",
    re.I,
)
ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
ELSEWHERE = "Readers get nothing from other sites: copy the file below docs/ if you may, or link to the page it is on."


def check(sources: Sources) -> Iterator[Problem]:
    """Every page."""
    for page in sources.pages:
        for line, link in page.find(LINK):
            yield from lost_section(sources, page, line, link["target"], unquote(link["id"]))
        pictures = [(line, image) for line, image in page.find(IMAGE)]
        for line, image in pictures:
            yield from elsewhere(page, line, image["angle"] or image["bare"] or "")
        spans = [image.span() for _, image in pictures]
        for line, tag in page.find(MEDIA):
            if not any(start <= tag.start() < end for start, end in spans):
                yield from html(sources.root, page, line, tag["tag"].lower(), tag["rest"])


def lost_section(
    sources: Sources, page: Page, line: int, target: str, id: str
) -> Iterator[Problem]:
    """A link whose page is there and whose section is not."""
    if urlsplit(target).scheme:
        return
    folder = posixpath.dirname(page.name) if not target.startswith("/") else ""
    name = (
        posixpath.normpath(posixpath.join(folder, unquote(target).lstrip("/")))
        if target
        else page.name
    )
    there = sources.by_name.get((page.language, name))
    if there is None:  # a page that is missing is rumdl's to tell
        return
    ids = [anchor.id for anchor in there.anchors]
    if name == terms.PAGE:
        ids += glossary_ids(sources.root)
    if id not in ids:
        close = get_close_matches(id, ids, n=1)
        todo = f"Did you mean #{close[0]}?" if close else f"Its sections are: {', '.join(ids)}."
        yield Problem(page.file, line, f"{there.file} has no section “{id}”", todo)


def glossary_ids(root: Path) -> list[str]:
    """The terms, which are sections of the glossary's page."""
    text = (root / "data/glossary.yml").read_bytes().decode("utf-8", "replace")
    return re.findall(r"^- id: ([\w-]+)", text, re.MULTILINE)


def elsewhere(page: Page, line: int, address: str) -> Iterator[Problem]:
    """A file of another site."""
    if urlsplit(address).netloc:
        yield Problem(page.file, line, f"{address} would come from another site", ELSEWHERE)


def html(root: Path, page: Page, line: int, tag: str, rest: str) -> Iterator[Problem]:
    """Files that an element names, and the text alternative of an image."""
    has = {
        name.lower(): double or single or bare
        for name, double, single, bare in ATTRIBUTE.findall(rest)
    }
    sources = [has[name] for name in ("src", "poster", "data") if has.get(name)]
    sources += [part.split()[0] for part in has.get("srcset", "").split(",") if part.strip()]
    for source in sources:
        yield from elsewhere(page, line, source)
        yield from missing(root, page, line, source)
    decoration = has.get("aria-hidden") == "true" or has.get("role") in ("presentation", "none")
    if tag == "img" and not has.get("alt", "").strip() and not decoration:
        yield Problem(
            page.file,
            line,
            "this <img> has no text alternative",
            'Say in a few words what it shows: alt="…"; mere decoration takes alt="" and role="presentation".',
        )


def missing(root: Path, page: Page, line: int, source: str) -> Iterator[Problem]:
    """A file that HTML names and that is not there. Its path starts from the page's address."""
    parts = urlsplit(source)
    if parts.scheme or parts.netloc or not parts.path:
        return
    address = re.sub(r"(^|/)index$", r"\1", page.key)
    folder = ("en/" if page.language == "en" else "") + (
        address.rstrip("/") + "/" if address else ""
    )
    place = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
    inside = place.removeprefix("en/")
    homes = [
        root / "docs" / ("en" if place.startswith("en/") else "zh") / inside,
        root / "theme" / inside,
    ]
    if not any(home.is_file() for home in homes):
        yield Problem(
            page.file,
            line,
            f"“{source}” is not found (its address would be /{place})",
            "Add the file below docs/, or correct the path: in HTML it starts from the page's own address, "
            f"here /{folder}.",
        )
