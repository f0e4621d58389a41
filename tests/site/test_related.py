"""Sections of the two articles that overlap link to each other."""

from urllib.parse import urljoin

ARTICLES = ("guide/", "playbook/")


def related(page):
    """(own heading, other page#heading-or-item) for each link in a 'related sections' note to the other article."""
    heading = None
    for element in page.article.iter():
        if element.tag in ("h1", "h2", "h3"):
            heading = element.get("id")
        elif element.tag == "a" and any("seealso" in (a.get("class") or "") for a in element.iterancestors("div")):
            path, _, id = urljoin("/" + page.name, element.get("href")).lstrip("/").partition("#")
            # The introductions point to the other article's main parts, not to an equal.
            if path in ARTICLES and path != page.name and heading != "introduction":
                yield f"{page.name}#{heading}", path, id


def heading_of(page, id):
    """The heading under which an id stands."""
    last = None
    for element in page.article.iter():
        if element.tag in ("h1", "h2", "h3"):
            last = element.get("id")
        if element.get("id") == id:
            return last
    raise AssertionError(f"{page.url} has no {id}")


def test_related_sections_link_both_ways(pages):
    for language in ("zh", "en"):
        own = {page.name: page for page in pages if page.language == language}
        pairs = {
            (here, f"{path}#{heading_of(own[path], id)}")
            for name in ARTICLES for here, path, id in related(own[name])
        }
        one_way = sorted(pair for pair in pairs if pair[::-1] not in pairs)
        assert not one_way, one_way
        assert len(pairs) >= 16
