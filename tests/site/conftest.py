"""One parse of the built site, shared by the checks on it."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import html

LANGUAGES = {"zh": "", "en": "en/"}


@dataclass
class BuiltPage:
    """One page as a browser gets it."""

    url: str  # from the site's root: "guide/", "en/guide/", "" for the home page
    language: str
    name: str  # the same in both languages: "guide/", "" for the home pages
    file: Path
    tree: html.HtmlElement

    @property
    def article(self):
        return self.tree.find_class("md-content__inner")[0]

    @property
    def headings(self):
        """(level, id) of each heading of the article, in order."""
        return [(int(h.tag[1]), h.get("id")) for h in self.article.iter("h1", "h2", "h3", "h4", "h5", "h6")]

    @property
    def ids(self):
        """Every id of the article that an author gave."""
        return [e.get("id") for e in self.article.iter() if e.get("id") is not None]


def read_site(folder):
    """All pages of a built site, without 404.html and share pages, which have tests of their own."""
    pages = []
    for file in sorted(folder.rglob("index.html")):
        url = file.parent.relative_to(folder).as_posix().rstrip(".")
        url = url + "/" if url else ""
        language = "en" if url.startswith("en/") else "zh"
        name = url[len(LANGUAGES[language]):]
        if name.startswith("s/"):
            continue
        pages.append(BuiltPage(url, language, name, file, html.parse(str(file), html.HTMLParser(encoding="utf-8")).getroot()))
    return pages


@pytest.fixture(scope="session")
def pages(site):
    """Pages of the site built without SITE_URL."""
    return read_site(site)


@pytest.fixture(scope="session")
def published_pages(published):
    """Pages of the site built for SITE_URL."""
    return read_site(published)
