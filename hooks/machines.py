"""For programs that read the site, and for who follows it: plain Markdown, llms.txt, robots.txt, structured data, the feed,
the changelog and each page's edition.
"""

import logging
import sys
from html import escape
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from handbook.addresses import new_address, source_of, split  # noqa: E402
from handbook.editions import (  # noqa: E402
    CHANGELOG,
    PAGE,
    Careless,
    changes_between,
    read_changelog,
    read_snapshot,
    snapshot_of,
    used_again,
)
from handbook.followers import (  # noqa: E402
    WORDS,
    changelog_markdown,
    edition_of_page,
    list_in_html,
    list_in_markdown,
    llms_txt,
    places_of,
    robots_txt,
)
from handbook.plain_pages import NAME, linked, plain  # noqa: E402
from handbook.structured_data import as_json, questions, structured_data  # noqa: E402
from share import address_of, heading_of, relative, root_of  # noqa: E402

log = logging.getLogger("mkdocs.hooks.machines")
MARKER = "<!-- changelog -->"


def on_config(config):
    """Read the changelog, and what each edition said."""
    try:
        editions = read_changelog(ROOT)
    except Careless as error:
        raise PluginError(f"{CHANGELOG} cannot be used; the warnings above say why.") from error
    language = config.theme["language"]
    config.extra["editions"] = editions
    config.extra["snapshots"] = {edition.number: read_snapshot(ROOT, edition.number, language) for edition in editions}
    config.extra["plain"] = {}
    return config


@event_priority(-100)  # when the markers of the glossary, the labs and the measured pages are filled in
def on_page_markdown(markdown, page, config, files):
    """Write the changelog into its page, and keep the plain version of every page."""
    language, address = config.theme["language"], address_of(page.file)
    if address == PAGE:
        markdown = markdown.replace(MARKER, changelog_markdown(
            config.extra["editions"], language, lambda at: source_target(config, files, at)))
    targets = {file.src_uri: "" if file.url in ("", ".", "./") else file.url for file in files}
    config.extra["plain"][address] = config.extra["kept"].result(
        "plain", [markdown, page.file.src_uri, page.url],
        lambda: plain(markdown, linked(page.file.src_uri, page.url, targets)))
    return markdown


def on_page_content(html, page, config, files):
    """Find the questions that a page answers."""
    config.extra.setdefault("questions", {})[address_of(page.file)] = questions(html)
    return html


def on_env(env, config, files):
    """Now that all pages are there, tell what changed: on the changelog page, and of sections that became others."""
    language, extra = config.theme["language"], config.extra
    moved, editions = extra["addresses"]["moved"], extra["editions"]
    now, known = snapshot_of(extra["plain"]), [edition for edition in editions if extra["snapshots"][edition.number] is not None]
    extra["changes"] = {}  # by the number of the edition; 0 for what changed since the newest
    for newer, older in zip(known, known[1:]):
        extra["changes"][newer.number] = changes_between(extra["snapshots"][older.number], extra["snapshots"][newer.number], moved)
    if known:
        newest = extra["snapshots"][known[0].number]
        extra["changes"][0] = changes_between(newest, now, moved)
        for address, before, after in used_again(newest, now, set(editions[0].same)):
            page, id = split(address)
            log.warning(
                "%s:%d: the section #%s is called “%s”, and in edition %d it was “%s”. If it is about the same thing, write “same: [%s]” into "
                "the newest entry of %s; if not, give the new section an id of its own, and keep or lead on the old one.",
                *place_in_source(config, files, page, id), id, after, known[0].number, before, address, CHANGELOG)
    page = next((file.page for file in files.documentation_pages() if address_of(file) == PAGE), None)
    if page:
        for number in [0, *(edition.number for edition in editions)]:
            told = places_of(extra["changes"].get(number), config, lambda to: relative(config, page.url, to))
            marker = f"{{{{changes {number}}}}}"
            listed = list_in_html(told, language, sections_in(config, number))
            # The search finds the sections themselves.
            page.content = page.content.replace(f'<p class="hb-where">{marker}</p>', f"<div data-search-exclude>{listed}</div>")
            text = places_of(extra["changes"].get(number), config, lambda to: plain_target(config, page.url, to))
            extra["plain"][PAGE] = extra["plain"][PAGE].replace(marker, list_in_markdown(text, language, sections_in(config, number)))
    return env


def on_page_context(context, page, config, nav):
    """What main.html says to programs, and of the page's edition."""
    address, language = address_of(page.file), config.theme["language"]
    root, own = config.extra["site_root"], page.canonical_url if config.site_url else ""
    home = root + ("en/" if language == "en" else "") if root else ""
    edition = edition_of_page(address, config.extra["editions"], config.extra["snapshots"], config.extra["changes"])
    if edition:
        context["edition"] = {
            **edition, "href": relative(config, page.url, f"{PAGE}#{edition['at']}") if PAGE in config.extra["urls"] else ""}
    context["structured"] = as_json(structured_data(
        address=address, title=heading_of(config, address) or page.title,
        description=page.meta.get("description") or config.site_description, language=language, own=own,
        other=root + ("" if language == "en" else "en/") + page.url if root else "", root=home, site_name=config.site_name,
        author=config.extra["links"]["author"], edition=edition,
        above=trail(config, page, home, own),
        asked=config.extra["questions"].get(address, [])))
    context["feed"] = f"{home}feed.xml" if home else ""
    return context


def on_post_build(config):
    """Write the plain pages, llms.txt, and with a known address the feed and robots.txt."""
    site, urls, language = Path(config.site_dir), config.extra["urls"], config.theme["language"]
    for address, text in config.extra["plain"].items():
        write(site / urls[address].removeprefix("./") / NAME, text)
    env, root = config.extra["share_env"], config.extra["site_root"]
    other = (root or "../") if language == "en" else f"{root}en/"
    write(site / "llms.txt", llms_txt(config, language, nav_pages(config), config.site_url or "", other))
    if not root:
        return
    entries = [
        {"edition": edition, "title": WORDS[language]["edition"].format(edition.number, edition.titles[language]), "html": "".join(
            [f"<p>{escape(edition.texts[language])}</p>",
             *(["<ul>", *(f'<li><a href="{escape(absolute(config, change.at))}">{escape(change.words[language])}</a></li>'
                          for change in edition.changes), "</ul>"] if edition.changes else []),
             list_in_html(places_of(config.extra["changes"].get(edition.number), config, lambda to: absolute(config, to)),
                          language, sections_in(config, edition.number))])}
        for edition in config.extra["editions"]
    ]
    write(site / "feed.xml", env.get_template("partials/feed.html").render(config=config, entries=entries, language=language))
    if language == "zh":
        write(site / "robots.txt", robots_txt(root))


@event_priority(-40)
def on_nav(nav, config, files):
    """Remember the navigation for llms.txt."""
    config.extra["nav"] = nav
    return nav


def nav_pages(config):
    """(title of a section of the navigation, its pages) in their order."""
    sections = []
    for item in config.extra["nav"].items:
        pages = [item] if item.is_page else [child for child in item.children if child.is_page]
        sections.append((item.title, [
            {"title": heading_of(config, address_of(page.file)) or page.title, "at": page.url.removeprefix("./") + NAME,
             "description": page.meta.get("description", "")} for page in pages]))
    return sections


def trail(config, page, home, own):
    """(title, address) of what stands above a page, down to itself: the home page, and a section's own page where it has one."""
    if page.is_homepage:
        return []
    indexes = [(above.title, child) for above in reversed(page.ancestors) for child in above.children
               if child.is_page and child is not page and child.file.src_uri.endswith("/index.md")]
    return [(config.site_name, home), *((title, child.canonical_url) for title, child in indexes), (page.title, own)]


def source_target(config, files, address):
    """An address as a link in a page's source; "" when nothing is there any more."""
    page, id = split(new_address(address, config.extra["addresses"]["moved"]) or address)
    file = next((file for file in files.documentation_pages() if address_of(file) == page), None)
    return f"/{file.src_uri}" + (f"#{id}" if id else "") if file else ""


def sections_in(config, number):
    """How many sections and pages an edition had; (0, 0) when nobody knows."""
    snapshot = config.extra["snapshots"].get(number) or {}
    return sum(map(len, snapshot.values())), len(snapshot)


def absolute(config, address):
    """The absolute address of a page or section."""
    page, id = split(address)
    return config.site_url + config.extra["urls"].get(page, "") + (f"#{id}" if id else "")


def plain_target(config, url, address):
    """A link from a plain page to another."""
    page, id = split(address)
    return (root_of(url) or "") + config.extra["urls"].get(page, "") + NAME + (f"#{id}" if id else "")


def place_in_source(config, files, page, id):
    """File and line of a section, as far as its page shows it."""
    file = next((file for file in files.documentation_pages() if address_of(file) == page), None)
    name = f"docs/{config.theme['language']}/{file.src_uri}" if file else source_of(page, config.theme["language"])
    try:
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    except OSError:
        return name, 1
    return name, next((number for number, line in enumerate(lines, 1) if f"#{id}}}" in line or f"#{id} " in line), 1)


def write(file, text):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="")
