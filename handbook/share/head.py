"""What a page tells crawlers, chat clients and other programs of itself, in its head."""

import json
from dataclasses import dataclass
from html import escape

from lxml.html import HtmlElement

from handbook.share.names import home_address, page_of, share_path, site_name
from handbook.site import Page, Section, Site, text_of

LOCALES = {"zh": "zh_CN", "en": "en_GB"}
OTHER = {"zh": "en", "en": "zh"}
ANSWER = {"zh": "答案：", "en": "Answer:"}


@dataclass(frozen=True)
class Preview:
    """What chat clients show of a page or section."""

    title: str
    description: str
    url: str  # absolute, or ""
    kind: str = "article"  # of the Open Graph protocol


def tags(page: Page, site: Site) -> str:
    """The elements that go before </head>, one a line.

    Whatever needs an absolute address is left out when the site was built without one. Share pages, plain Markdown
    and the feed are named where they have been written.
    """
    kind = "website" if page.name == "index" else "article"
    preview = Preview(page.title, page.description, page.canonical if site.address else "", kind)
    home, root = home_address(site, page.language), site.root(page.language)
    # The space in rel keeps the theme from fetching a site map for every one of these links.
    lines = [preview_tags(preview, page, site)]
    if home:
        lines += [
            f'<link rel="alternate " hreflang="{language}" href="{escape(address)}">'
            for language, address in versions(page, site).items()
        ]
        lines.append(meta("handbook:share", home + share_path(page), "name"))
    if (plain := page.file.with_suffix(".md")).is_file():
        lines.append(f'<link rel="alternate " type="text/markdown" href="{escape(plain.name)}">')
    if home and (root / "feed.xml").is_file():
        lines.append(
            f'<link rel="alternate " type="application/atom+xml" href="{escape(home)}feed.xml"'
            f' title="{escape(site_name(site, page.language))}">'
        )
    data = as_json(structured_data(page, site))
    return "\n".join([*lines, f'<script type="application/ld+json">{data}</script>', ""])


def preview_tags(preview: Preview, page: Page, site: Site) -> str:
    """Tags of the Open Graph protocol (https://ogp.me/), with the picture of the page."""
    home, card = home_address(site, page.language), share_path(page) + "card.png"
    pictured = home and (site.root(page.language) / card).is_file()
    told = {
        "og:type": preview.kind,
        "og:site_name": site_name(site, page.language),
        "og:title": preview.title,
        "og:description": preview.description,
        "og:locale": LOCALES[page.language],
        "og:url": preview.url,
    }
    if pictured:
        told |= {
            "og:image": home + card,
            "og:image:width": "1200",
            "og:image:height": "630",
            "og:image:alt": page.title,
        }
    card = meta("twitter:card", "summary_large_image" if pictured else "summary", "name")
    return "\n".join([*(meta(name, text) for name, text in told.items() if text), card])


def meta(name: str, content: str, attribute: str = "property") -> str:
    """One tag, escaped."""
    return f'<meta {attribute}="{name}" content="{escape(content)}">'


def versions(page: Page, site: Site) -> dict[str, str]:
    """The address of a page in each language; the original also stands for all other languages."""
    pages = {language: page_of(site, language, page.name) for language in LOCALES}
    found = {language: one.canonical for language, one in pages.items() if one and one.canonical}
    return found | ({"x-default": found["zh"]} if "zh" in found else {})


def structured_data(page: Page, site: Site) -> dict | list[dict]:
    """What a page is in the vocabulary of https://schema.org, and what stands above it."""
    home, own = home_address(site, page.language), page.canonical if site.address else ""
    name, is_home = site_name(site, page.language), page.name == "index"
    kind = "WebSite" if is_home else "TechArticle"
    other = versions(page, site).get(OTHER[page.language], "") if own else ""
    data = {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": own,
        "url": own,
        "name" if is_home else "headline": name if is_home else page.title,
        "description": page.description,
        "inLanguage": page.language,
        "author": {"@type": "Organization", "name": name},
    }
    if other:  # the Chinese is the original
        relation = "translationOfWork" if page.language == "en" else "workTranslation"
        data[relation] = {"@type": kind, "@id": other, "url": other}
    if not is_home:
        data["isPartOf"] = {"@type": "WebSite", "@id": home, "name": name, "url": home}
    # Not an FAQPage: these are questions of an interview, which our readers are asked.
    data["hasPart"] = [
        {
            "@type": "Question",
            "name": section.title,
            "url": f"{own}#{section.id}" if own else "",
            "acceptedAnswer": {"@type": "Answer", "text": answer},
        }
        for section in page.sections
        if section.kind == "section" and (answer := answer_of(section, page.language))
    ]
    above = [one for one in site.of(page.language) if page.address.startswith(one.address)]
    if not own or len(above) < 2:
        return told(data)
    crumbs = [
        {
            "@type": "ListItem",
            "position": place,
            "name": name if one.name == "index" else one.title,
            "item": {"@type": "WebPage", "@id": one.canonical},
        }
        for place, one in enumerate(sorted(above, key=lambda one: len(one.address)), 1)
    ]
    context = {"@context": "https://schema.org", "@type": "BreadcrumbList"}
    return [told(data), context | {"itemListElement": crumbs}]


def answer_of(section: Section, language: str) -> str:
    """The answer that a section gives to the question of its heading, with the list that it announces; "" for none."""
    for block in section.blocks:
        if block.tag == "p" and text_of(block).startswith(ANSWER[language]):
            after = block.getnext()
            items = after.iter("li") if after is not None and after.tag in ("ul", "ol") else ()
            parts: list[HtmlElement] = [block, *items]
            return " ".join(map(text_of, parts)).removeprefix(ANSWER[language]).strip()
    return ""


def as_json(data: dict | list) -> str:
    """The data as the text of a script element: short, and without anything that could end the element."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def told(data):
    """The data without what is empty, on every level."""
    if isinstance(data, dict):
        return {key: told(value) for key, value in data.items() if value not in ("", None, [])}
    return [told(value) for value in data] if isinstance(data, list) else data
