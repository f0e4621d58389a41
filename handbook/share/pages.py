"""Share pages: /s/<page>/ and /s/<page>/<id>/, which chat clients preview and people pass through.

A crawler never sees a fragment, so each section has a small static page of its own, which says what the section is
and sends people on to it (theme/share.html).
"""

import shutil
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from handbook.problems import ROOT, Problem, source_of
from handbook.share.head import preview_tags
from handbook.share.names import card_file, home_address, share_path, site_name
from handbook.site import LANGUAGES, Page, Section, Site


def write(site: Site, root: Path = ROOT) -> list[Problem]:
    """Write the share pages of both languages, and beside those of pages the pictures for all previews.

    root: the project, whose theme/share.html and data/cards/ are used.
    Returns the places that would have one address between them; the first keeps it.
    """
    templates = Environment(loader=FileSystemLoader(root / "theme"), autoescape=True)
    template, problems = templates.get_template("share.html"), []
    for page in site.pages:
        folder = site.root(page.language) / share_path(page)
        folder.mkdir(parents=True, exist_ok=True)
        if (card := card_file(page, root)).is_file():
            shutil.copyfile(card, folder / "card.png")
    for language in LANGUAGES:
        taken: dict[str, str] = {}
        for page, section in places(site, language):
            id = section.id if section else ""
            path, target = share_path(page, id), f"{page.address}#{id}".rstrip("#")
            if taken.setdefault(path, target) != target:
                message = f"/{path} would be the share page both of {taken[path]} and of {target}"
                todo = "Give the section another id: it is not published yet."
                place = source_of(language, page.name, f"#{id}" * bool(id), root)
                problems.append(Problem(*place, message, todo))
                continue
            file = site.root(language) / path / "index.html"
            file.parent.mkdir(parents=True, exist_ok=True)
            own = section if section and section.kind != "page" else None
            text = template.render(telling(site, page, own, path))
            file.write_text(text, encoding="utf-8", newline="")
    return problems


def places(site: Site, language: str) -> list[tuple[Page, Section | None]]:
    """Whatever has a share page: first all pages, then their sections, items and old ids."""
    pages = site.of(language)
    shared = [(page, section) for page in pages for section in page.sections if section.shared]
    return [*((page, None) for page in pages), *shared]


def telling(site: Site, page: Page, section: Section | None, path: str) -> dict:
    """What theme/share.html is filled in with; without a section, of the page."""
    home, name = home_address(site, page.language), site_name(site, page.language)
    up = "../" * path.count("/")  # to the root of the language
    title = section.title if section else page.title
    description = section.summary if section else page.description
    full_title = f"{title} · {page.title}" if section else title
    tags = preview_tags(site, page, full_title, description, home and home + path)
    return {
        "canonical": page.canonical or up + page.url,
        "description": description,
        "language": page.language,
        "over": page.title if section else name,
        "root": up,
        "site_name": name,
        "tags": Markup(tags),
        "target": up + page.url + (f"#{section.id}" if section else ""),
        "title": title,
    }
