"""What a page tells crawlers, chat clients and other programs of itself, in its head."""

import json
from html import escape

from handbook.share.names import home_address, share_path, site_name
from handbook.site import LANGUAGES, Page, Section, Site, own_text, text_of

LOCALES = {"zh": "zh_CN", "en": "en_GB"}
ANSWER = {"zh": "答案：", "en": "Answer:"}


def tags(page: Page, site: Site) -> str:
    """The elements that go before </head>, one a line.

    Whatever needs an absolute address is left out when the site was built without one. Pictures, plain Markdown and
    the feed are named where they have been written.
    """
    home, own = home_address(site, page.language), page.canonical if site.address else ""
    lines = [preview_tags(site, page, page.title, page.description, own)]
    # The space in rel keeps the theme from fetching a site map for every one of these links.
    alternate = '<link rel="alternate " '
    if home:
        found = versions(page, site)
        found |= {"x-default": found["zh"]} if "zh" in found else {}
        for language, address in found.items():
            lines.append(f'{alternate}hreflang="{language}" href="{escape(address)}">')
        lines.append(meta("handbook:share", home + share_path(page), "name"))
    if (plain := page.file.with_suffix(".md")).is_file():
        lines.append(f'{alternate}type="text/markdown" href="{escape(plain.name)}">')
    if home and (site.root(page.language) / "feed.xml").is_file():
        title, feed = escape(site_name(site, page.language)), escape(f"{home}feed.xml")
        lines.append(f'{alternate}type="application/atom+xml" href="{feed}" title="{title}">')
    # Nothing in the data can end the script element.
    data = json.dumps(structured_data(page, site), ensure_ascii=False, separators=(",", ":"))
    data = data.replace("<", "\\u003c")
    return "\n".join([*lines, f'<script type="application/ld+json">{data}</script>', ""])


def preview_tags(site: Site, page: Page, title: str, description: str, url: str) -> str:
    """Tags of https://ogp.me/ for a page or one of its sections, with the picture of the page."""
    told = {
        "og:type": "website" if page.name == "index" else "article",
        "og:site_name": site_name(site, page.language),
        "og:title": title,
        "og:description": description,
        "og:locale": LOCALES[page.language],
        "og:url": url,
    }
    card, size = share_path(page) + "card.png", "summary"
    if url and (site.root(page.language) / card).is_file():
        told["og:image"] = home_address(site, page.language) + card
        told |= {"og:image:width": "1200", "og:image:height": "630", "og:image:alt": page.title}
        size = "summary_large_image"
    lines = [meta(name, text) for name, text in told.items() if text]
    return "\n".join([*lines, meta("twitter:card", size, "name")])


def meta(name: str, content: str, attribute: str = "property") -> str:
    """One tag, escaped."""
    return f'<meta {attribute}="{name}" content="{escape(content)}">'


def versions(page: Page, site: Site) -> dict[str, str]:
    """The absolute address of a page in each language that has it."""
    pages = {language: site.by_name.get((language, page.name)) for language in LANGUAGES}
    return {language: one.canonical for language, one in pages.items() if one and one.canonical}


def structured_data(page: Page, site: Site) -> list[dict]:
    """What a page is in the vocabulary of https://schema.org, and with an address what stands above it."""
    home, own = home_address(site, page.language), page.canonical if site.address else ""
    name, is_home = site_name(site, page.language), page.name == "index"
    kind = "WebSite" if is_home else "TechArticle"
    data = {
        "@context": "https://schema.org",
        "@type": kind,
        "name" if is_home else "headline": name if is_home else page.title,
        "description": page.description,
        "inLanguage": page.language,
        "author": {"@type": "Organization", "name": name},
    }
    data |= identified(own)
    if not is_home:
        data["isPartOf"] = {"@type": "WebSite", "name": name} | identified(home)
    # Not an FAQPage: these are questions of an interview, which our readers are asked.
    questions = [
        {
            "@type": "Question",
            "name": section.title,
            "acceptedAnswer": {"@type": "Answer", "text": answer},
        }
        | ({"url": f"{own}#{section.id}"} if own else {})
        for section in page.sections
        if section.kind == "section" and (answer := answer_of(section, page.language))
    ]
    data |= {"hasPart": questions} if questions else {}
    if not own:
        return [data]
    for language, other in versions(page, site).items():
        if language != page.language:  # the Chinese is the original
            relation = "workTranslation" if language == "en" else "translationOfWork"
            data[relation] = {"@type": kind} | identified(other)
    above = [one for one in site.of(page.language) if page.address.startswith(one.address)]
    crumbs = [
        {
            "@type": "ListItem",
            "position": place,
            "name": one.title,
            "item": {"@type": "WebPage", "@id": one.canonical},
        }
        for place, one in enumerate(sorted(above, key=lambda one: len(one.address)), 1)
    ]
    trail = {"@type": "BreadcrumbList", "itemListElement": crumbs}
    return [data] if is_home else [data, {"@context": "https://schema.org"} | trail]


def identified(address: str) -> dict[str, str]:
    """The address as the name of a thing, where it is known."""
    return {"@id": address, "url": address} if address else {}


def answer_of(section: Section, language: str) -> str:
    """The answer that a section gives to the question of its heading, with the list that it announces; or ""."""
    for block in section.blocks:
        if block.tag == "p" and text_of(block).startswith(ANSWER[language]):
            # Notes at its sentences stand between the two.
            after = next((one for one in block.itersiblings() if one.tag != "aside"), None)
            items = after.iter("li") if after is not None and after.tag in ("ul", "ol") else ()
            return " ".join(map(own_text, (block, *items))).removeprefix(ANSWER[language]).strip()
    return ""
