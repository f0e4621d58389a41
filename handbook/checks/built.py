"""What shows only on a built page: ids given twice, Markdown left as text, files that are missing or foreign.

Called for a whole site after a build; each fault is told at the line of the source that its words come from.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from handbook.checks.pages import KEBAB
from handbook.problems import Problem
from handbook.site import HEADINGS, Page, Site

NO_TEXT = {"code", "pre", "kbd", "samp", "script", "style", "svg", "math", "textarea"}
# Files that an article loads: element and attributes.
LOADED = dict.fromkeys(("img", "source"), ("src", "srcset")) | {
    "video": ("src", "poster"),
    "object": ("data",),
}
LOADED |= dict.fromkeys(("audio", "track", "iframe", "embed", "script"), ("src",))
LEFT = re.compile(
    r"--8<--|\*\*|\]\(|\[!\w+\]|\{[:#][^{}]*\}|```|~~~|\$\$|\A\s*(?:!!!|\?\?\?\+?) \w"
    r"|\n(?:!!! |\|[ :|-]+\||[-*+] \S|\d{1,3}\. \S)"
)


def problems(site: Site, root: Path = Path()) -> list[Problem]:
    """Every fault of the pages of a site. root: of the project, where the sources are read for their lines."""
    found = []
    for page in site.pages:
        source = Source(root, page)
        for words, message, todo in (*ids(page), *markdown(page), *media(site, page)):
            found.append(Problem(source.file, source.line_of(words), message, todo))
    return sorted(set(found))


class Source:
    """The file that a page was made of."""

    def __init__(self, root: Path, page: Page):
        lab = page.name.removeprefix("labs/").replace("-", "_")
        files = [
            f"docs/{page.language}/{page.name}.md",
            f"docs/{page.language}/{page.name}/index.md",
        ]
        files += [f"snippets/labs/{lab}/lab.py"] * page.name.startswith("labs/")
        self.file = next((file for file in files if (root / file).is_file()), files[0])
        path = root / self.file
        self.lines = (
            path.read_text(encoding="utf-8", errors="replace").split("\n") if path.is_file() else []
        )

    def line_of(self, words: str) -> int:
        """The first line that holds some words; 1 when none does, as for what a template or an include wrote."""
        return next((number for number, line in enumerate(self.lines, 1) if words in line), 1)


def ids(page: Page) -> Iterator[tuple[str, str, str]]:
    """Ids given twice, whoever gave them, and headings without one of ours."""
    seen = set()
    for id in page.tree.xpath("//@id"):
        if id in seen:
            todo = "Give one of the two another id: a link would always lead to the first."
            yield f"#{id}", f"the id “{id}” is on the built page twice", todo
        seen.add(id)
    for heading in page.article.iter(*HEADINGS):
        if not KEBAB.fullmatch(heading.get("id", "")):
            words = " ".join(heading.text_content().replace("¶", "").split())
            yield (
                words,
                f"the heading “{words}” has no id",
                "End its line with a space and {#an-id}.",
            )


def markdown(page: Page) -> Iterator[tuple[str, str, str]]:
    """Markdown that readers would see as it was typed, and notes whose text is not indented."""
    for text in shown(page.article):
        if mark := LEFT.search(text):
            words = text[mark.start() :].strip().split("\n")[0]
            todo = "Look at the page, and at the lines around: a blank line, an indentation or a mark is missing."
            yield words, f"readers would see this Markdown as it is typed: “{words[:40]}”", todo
    for note in page.article.xpath(".//*[contains(@class, 'admonition') or self::details]"):
        if len(note) == 1 and not (note[0].tail or "").strip():
            words = note[0].text_content().strip()
            yield words, f"the note “{words}” is empty", "Indent its text by four spaces."


def shown(tag: HtmlElement) -> Iterator[str]:
    """The texts below an element that are not code, each as long as no element interrupts it."""
    if tag.tag in NO_TEXT or not isinstance(tag.tag, str):
        return
    yield tag.text or ""
    for child in tag:
        yield from shown(child)
        yield child.tail or ""


def media(site: Site, page: Page) -> Iterator[tuple[str, str, str]]:
    """Files that are not in the site or would come from another one, and images that say nothing."""
    own = urlsplit(site.address).netloc
    for tag in page.article.iter(*LOADED):
        for value in loaded(tag):
            parts = urlsplit(value)
            if parts.netloc not in ("", own):
                todo = "Readers get nothing from other sites: copy the file below docs/ if you may, or link to it."
                yield value, f"{value} would come from another site", todo
            elif not parts.scheme and parts.path and not is_there(site, page, unquote(parts.path)):
                todo = "Add it below docs/, or correct its path, which starts in HTML from the page's own address."
                yield value, f"the file “{value}” is not found", todo
    for image in page.article.xpath(
        ".//img[not(@aria-hidden='true' or @role='presentation' or @role='none')]"
    ):
        if not image.get("alt", "").strip():
            name = image.get("src", "").rpartition("/")[2]
            todo = 'Say in a few words what it shows: alt="…"; mere decoration takes alt="" and role="presentation".'
            yield name, f"the image “{name}” has no text alternative", todo


def loaded(tag: HtmlElement) -> Iterator[str]:
    """The addresses of what an element loads."""
    for name in LOADED[tag.tag]:
        value = tag.get(name, "")
        parts = value.split(",") if name == "srcset" else [value]
        yield from (part.split()[0] if name == "srcset" else part for part in parts if part.strip())


def is_there(site: Site, page: Page, path: str) -> bool:
    """Whether a page's site holds a file."""
    base = site.folder if path.startswith("/") else page.file.parent
    return (base / path.lstrip("/")).is_file()
