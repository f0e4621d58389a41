"""What readers who follow the site are told: the changelog in words, lists of what changed, and each page's edition."""

from collections.abc import Callable
from html import escape

from handbook.addresses import new_address, split
from handbook.editions import PAGE, Edition, PageChanges, Snapshot

WORDS = {
    "zh": {
        "edition": "第 {} 版：{}", "of": "{date}", "listed": "逐节列出：", "new_page": "（新页面）", "gone_page": "（页面已撤）", "new": "新增", "changed": "改动",
        "moved": "移来", "gone": "删去", "join": "、", "part": "；", "colon": "：", "none": "没有改动。",
        "first": "从这一版开始记录：{pages} 页，{sections} 节。", "home": "首页",
        "about": "每一页都有不带网页装饰的 Markdown：在页面地址后面加上 `index.md`，代码、数字和表格都在里面。"
                 "各节的 id 以 `<a id=\"…\"></a>` 标出，页面地址加上 `#id` 就是这一节的链接，长期有效。",
        "other": "English edition of this list", "feed": "更新订阅（Atom）", "more": "Optional",
    },
    "en": {
        "edition": "Edition {}: {}", "of": "{date}", "listed": "Section by section:", "new_page": " (new page)", "gone_page": " (page gone)", "new": "new",
        "changed": "changed", "moved": "moved here", "gone": "gone", "join": ", ", "part": "; ", "colon": ": ", "none": "Nothing has changed.",
        "first": "The record begins here: {pages} pages with {sections} sections.", "home": "Home",
        "about": "Each page has a plain Markdown version: its address plus `index.md`, with listings, numbers and tables in place. "
                 "`<a id=\"…\"></a>` marks the id of a section; a page's address plus `#id` is a link to that section, for good.",
        "other": "本清单的中文版", "feed": "Feed of the editions (Atom)", "more": "Optional",
    },
}


def changelog_markdown(editions: list[Edition], language: str, link: Callable[[str], str]) -> str:
    """The entries of the changelog page; `{{changes N}}` stands where the computed list comes.

    `link` gives the target of an address in the page's source, "" when nothing is there any more.
    """
    words, parts = WORDS[language], []
    for edition in editions:
        title = words["edition"].format(edition.number, edition.titles[language])
        parts += [f"## {title} {{#edition-{edition.number}}}", words["of"].format(date=edition.date) + "\n{: .hb-where }", edition.texts[language]]
        if edition.changes:
            rows = [(change.words[language], link(change.at)) for change in edition.changes]
            parts.append("\n".join(f"- [{text}]({to})" if to else f"- {text}" for text, to in rows))
        parts.append(f"{{{{changes {edition.number}}}}}\n{{: .hb-where }}")
    return "\n\n".join(parts) + "\n"


def places_of(changes: list[PageChanges] | None, config, href: Callable[[str], str]) -> list[dict] | None:
    """The changes with words and links for what is still there; None where there is nothing to compare with."""
    if changes is None:
        return None
    words, moved, outlines = WORDS[config.theme["language"]], config.extra["addresses"]["moved"], config.extra["outlines"]

    def link(address: str) -> str:
        page, id = split(new_address(address, moved) or address)
        if page not in outlines or id and id not in {place.id for place in outlines[page]}:
            return ""
        return href(f"{page}#{id}" if id else page)

    def title(page: str) -> str:
        if page == "/":
            return words["home"]
        top = next((place.title for place in outlines.get(page, ()) if place.kind == "page"), "")
        return top or page

    told = []
    for page in changes:
        kinds = [] if page.new_page or page.gone_page else [
            (words[kind], [(entry[1], link(f"{page.page}#{entry[0]}")) for entry in getattr(page, kind)])
            for kind in ("new", "changed", "moved", "gone") if getattr(page, kind)]
        whole = words["new_page"] if page.new_page else words["gone_page"] if page.gone_page else ""
        told.append({"title": title(page.page), "href": link(page.page), "whole": whole, "kinds": kinds})
    return told


def list_in_html(told: list[dict] | None, language: str, size: tuple[int, int]) -> str:
    """The list of changes for the page and the feed."""
    return rendered(told, language, size, escape, lambda text, to: f'<a href="{escape(to)}">{text}</a>' if to else text,
                    lambda text: f"<p>{text}</p>", lambda rows: "<ul>" + "".join(f"<li>{row}</li>" for row in rows) + "</ul>")


def list_in_markdown(told: list[dict] | None, language: str, size: tuple[int, int]) -> str:
    """The same for the plain page."""
    return rendered(told, language, size, str, lambda text, to: f"[{text}]({to})" if to else text, str,
                    lambda rows: "\n".join(f"- {row}" for row in rows))


def rendered(told, language, size, quote, link, paragraph, bullets) -> str:
    words = WORDS[language]
    if told is None:
        return paragraph(words["first"].format(sections=size[0], pages=size[1])) if size[0] else ""
    if not told:
        return paragraph(words["none"])
    rows = []
    for page in told:
        kinds = [quote(kind) + " " + words["join"].join(link(quote(title), to) for title, to in entries) for kind, entries in page["kinds"]]
        rows.append(link(quote(page["title"]), page["href"]) + (page["whole"] or words["colon"] + words["part"].join(kinds)))
    return paragraph(words["listed"]) + "\n\n" + bullets(rows)


def llms_txt(config, language: str, sections: list[tuple[str, list[dict]]], base: str, other: str) -> str:
    """The list of all pages in the form of llmstxt.org; base and other are where this list and the other language's are."""
    words = WORDS[language]
    lines = [f"# {config.site_name}", "", f"> {config.site_description}", "", words["about"], ""]
    for title, pages in sections:
        lines += [f"## {title}", "", *(f"- [{page['title']}]({base}{page['at']}): {page['description']}".rstrip(": ") for page in pages), ""]
    # A section of this name says that its links may be left out.
    lines += [f"## {words['more']}", "", f"- [{words['other']}]({other}llms.txt)"]
    return "\n".join([*lines, *([f"- [{words['feed']}]({base}feed.xml)"] if config.site_url else []), ""])


def robots_txt(root: str) -> str:
    """Everything may be read; where the sitemaps are."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {root}sitemap.xml\nSitemap: {root}en/sitemap.xml\n"


def edition_of_page(address: str, editions: list[Edition], snapshots: dict[int, Snapshot | None], changes: dict[int, list[PageChanges]]) -> dict | None:
    """The newest edition, the dates of the page, and what changed on it last; None before the first edition."""
    known = [edition for edition in editions if snapshots[edition.number] is not None]
    if not known:
        return None
    newest, dates = known[0], {edition.number: edition.date for edition in known}
    had = [edition.number for edition in known if address in snapshots[edition.number]] if address != PAGE else list(dates)
    touched = [number for number in dates if any(one.page == address for one in changes.get(number, ()))]
    later = next((one for one in changes.get(0, ()) if one.page == address), None)
    last = max(touched, default=min(had, default=newest.number))
    told = next((one for one in changes.get(last, ()) if one.page == address), None)
    return {
        "number": newest.number, "date": newest.date, "published": dates[min(had, default=newest.number)], "modified": dates[last],
        "last": last, "whole": bool(told and told.new_page) or not told, "count": told.count if told else 0,
        "later": later.count if later and not later.new_page else 0, "new": bool(later and later.new_page), "own": address == PAGE,
        "at": "since" if later else f"edition-{last}",
    }
