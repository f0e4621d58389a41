"""What a page tells search engines and other programs of itself, in the vocabulary of schema.org, as JSON-LD."""

import json
import re
from html import unescape

# With the list that it announces, if there is one.
ANSWER = re.compile(r"<p><strong>(?:答案：|Answer:)</strong>\s*(?P<text>.*?)</p>(?P<list>\s*<[ou]l>.*?</[ou]l>)?", re.DOTALL)
HEADING = re.compile(r'<h[23] id="(?P<id>[^"]+)"[^>]*>(?P<text>.*?)(?:<a class="headerlink".*?)?</h[23]>', re.DOTALL)
GLOSSARY = "/reference/glossary/"


def questions(html: str) -> list[dict]:
    """The questions of a page that has their answers: a heading, and below it a paragraph that begins with “Answer:”."""
    headings = list(HEADING.finditer(html))
    found = []
    for heading, end in zip(headings, [*(after.start() for after in headings[1:]), len(html)]):
        if answer := ANSWER.search(html, heading.end(), end):
            name = re.sub(r"^\d+\.\s*", "", words(heading["text"]))
            found.append({"id": heading["id"], "name": name, "answer": words(answer["text"] + (answer["list"] or ""))})
    return found


def words(html: str) -> str:
    """Text without tags, in one line."""
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html.replace("</li>", " "))).split())


def structured_data(
    *, address: str, title: str, description: str, language: str, own: str, other: str, root: str, site_name: str,
    author: str, edition: dict | None, above: list[tuple[str, str]], asked: list[dict],
) -> dict | list[dict]:
    """The data of a page, and its place in the navigation where its address is known.

    own, other, root: absolute addresses of the page, of its other language's version and of this language's home page, or ""
    where the site's address is not known; what is nothing without them is then left out.
    edition: {"number": …, "published": date, "modified": date} as far as it is known.
    above: (title, address) of the home page and the sections of the navigation that have a page, down to this page.
    """
    kind = "WebSite" if address == "/" else "TechArticle"
    data = {
        "@context": "https://schema.org", "@type": kind, "@id": own, "url": own,
        "name" if kind == "WebSite" else "headline": site_name if kind == "WebSite" else title,
        "description": description, "inLanguage": language,
        "author": {"@type": "Organization", "name": author},
    }
    if edition:
        data |= {"version": str(edition["number"]), "datePublished": edition["published"], "dateModified": edition["modified"]}
    if other:  # the Chinese is the original
        data["translationOfWork" if language == "en" else "workTranslation"] = {"@type": kind, "@id": other, "url": other}
    if kind != "WebSite":
        data["isPartOf"] = {"@type": "WebSite", "@id": root, "name": site_name, "url": root}
    if asked:
        # Within the article, not as an FAQPage: they are questions of an interview, which our readers are asked.
        data["hasPart"] = [
            {"@type": "Question", "name": one["name"], "url": f"{own}#{one['id']}" if own else "",
             "acceptedAnswer": {"@type": "Answer", "text": one["answer"]}} for one in asked
        ]
    if own and len(above) > 1:
        crumbs = {
            "@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": [
                {"@type": "ListItem", "position": place, "name": name, "item": {"@type": "WebPage", "@id": at}} for place, (name, at) in enumerate(above, 1)],
        }
        return [told(data), crumbs]
    return told(data)


def as_json(data) -> str:
    """The data as the text of a script element: short, and without anything that could end the element."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def told(data):
    """The data without what is empty, on every level."""
    if isinstance(data, dict):
        return {key: told(value) for key, value in data.items() if value not in ("", None)}
    return [told(value) for value in data] if isinstance(data, list) else data
