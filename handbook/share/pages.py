"""Share pages: /s/<page>/ and /s/<page>/<id>/, which chat clients preview and people pass through.

A crawler never sees a fragment, so each section has a small static page of its own, which says what the section is
and sends people on to it (theme/share.html).
"""

import os
import shutil
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from handbook.addresses import ROOT, source_of
from handbook.problems import Problem
from handbook.share import head
from handbook.share.cards import card_file
from handbook.share.names import home_address, share_path, site_name
from handbook.site import LANGUAGES, Page, Section, Site


def write(site: Site, root: Path = ROOT) -> list[Problem]:
    """Write the share pages of both languages and the pictures for their previews.

    root: the project, whose theme/share.html and data/cards/ are used.
    Returns the places that would have one address between them; the first keeps it.
    """
    templates = Environment(loader=FileSystemLoader(root / "theme"), autoescape=True)
    template = templates.get_template("share.html")
    problems = []
    for language in LANGUAGES:
        taken: dict[str, str] = {}
        for page, section in shared(site, language):
            path, target = share_path(page, section.id if section else ""), page.address
            if section:
                target += f"#{section.id}"
            if taken.setdefault(path, target) != target:
                problems.append(same_path(page, section, path, taken[path], root))
                continue
            folder = site.root(language) / path
            folder.mkdir(parents=True, exist_ok=True)
            if not section and (card := card_file(page, root)).is_file():
                shutil.copyfile(card, folder / "card.png")
            html = template.render(telling(site, page, section, folder))
            (folder / "index.html").write_text(html, encoding="utf-8", newline="")
    return problems


def shared(site: Site, language: str) -> list[tuple[Page, Section | None]]:
    """Whatever has a share page: first all pages, then their sections, items and old ids."""
    pages = site.of(language)
    places = [(page, section) for page in pages for section in page.sections if section.shared]
    return [*((page, None) for page in pages), *places]


def telling(site: Site, page: Page, section: Section | None, folder: Path) -> dict:
    """What theme/share.html is filled in with."""
    own = section if section and section.kind != "page" else None  # the first heading is the page
    title = own.title if own else page.title
    to_root = os.path.relpath(site.folder, folder).replace(os.sep, "/") + "/"
    to_page = os.path.relpath(site.root(page.language), folder).replace(os.sep, "/") + "/" + page.url
    home = home_address(site, page.language)
    path = share_path(page, section.id if section else "")
    preview = head.Preview(
        title=f"{own.title} · {page.title}" if own else page.title,
        description=own.summary if own else page.description,
        url=home + path if home else "",
    )
    return {
        "language": page.language,
        "title": title,
        "over": page.title if own else site_name(site, page.language),
        "site_name": site_name(site, page.language),
        "description": preview.description,
        "canonical": page.canonical or to_page,
        "tags": Markup(head.preview_tags(preview, page, site)),
        "target": to_page + (f"#{own.id}" if own else ""),
        "root": to_root,
    }


def same_path(
    page: Page, section: Section | None, path: str, other: str, root: Path
) -> Problem:
    """Two places that would share an address, told where the second is written."""
    id = section.id if section else ""
    file, line = source_of(page.address, page.language, id, root)
    return Problem(
        file,
        line,
        f"/{path} would be the share page both of {other} and of {page.address}#{id}",
        "Give the section another id: it is not published yet.",
    )
