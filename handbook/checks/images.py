"""Images exist and have a text alternative."""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from handbook.checks.pages import Page, Sources
from handbook.problems import Problem

# ![text](path "title"){attributes} or ![text][reference]; the text may hold one pair of brackets.
MARKDOWN = re.compile(r"(?<!\\)!\[(?P<alt>(?:[^\[\]]|\[[^\[\]]*\])*)\](?:\([^)]*\)|\[[^\]]*\])(?P<attributes>\{[^}]*\})?")
HTML = re.compile(r"<img\b(?P<attributes>[^>]*)>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
SAY = "Say in a few words what the image shows"


def check(sources: Sources) -> Iterator[Problem]:
    """MkDocs itself finds the files that Markdown images lack; raw HTML it does not look at."""
    for page in sources.pages:
        for number, image in page.find(MARKDOWN):
            if not image["alt"].strip() and "alt" not in attributes(image["attributes"] or ""):
                yield Problem(page.file, number, "this image has no text alternative", f"{SAY}: ![what it shows](…).")
        for number, image in page.find(HTML):
            has = attributes(image["attributes"])
            decoration = has.get("aria-hidden") == "true" or has.get("role") in ("presentation", "none")
            if not has.get("alt", "").strip() and not decoration:
                yield Problem(
                    page.file, number, "this <img> has no text alternative",
                    f'{SAY}: alt="…"; mere decoration takes alt="" and role="presentation".',
                )
            yield from missing(sources.root, page, number, has.get("src", ""))


def attributes(text: str) -> dict[str, str]:
    return {name.lower(): double or single or bare for name, double, single, bare in ATTRIBUTE.findall(text)}


def missing(root: Path, page: Page, line: int, source: str) -> Iterator[Problem]:
    """A raw <img> whose file is not there. Its path starts from the page's address, not from the file."""
    parts = urlsplit(source)
    if parts.scheme or parts.netloc:
        return
    address = re.sub(r"(^|/)(index|README)$", r"\1", posixpath.splitext(page.name)[0])
    folder = ("en/" if page.language == "en" else "") + (address.rstrip("/") + "/" if address else "")
    place = posixpath.normpath(posixpath.join(folder, unquote(parts.path))) if parts.path else ""
    english = place.startswith("en/")
    inside = place.removeprefix("en/")
    homes = [root / "docs" / ("en" if english else "zh") / inside, root / "overrides" / inside]
    if not place or not any(home.is_file() for home in homes):
        yield Problem(
            page.file, line, f"the image “{source}” is not found" + (f" (its address would be /{place})" if place else ""),
            "Add the file below docs/ or overrides/, or correct the path: in HTML it starts from the page's "
            f"own address, here /{folder}.",
        )
