"""Share pages, redirects of what has moved, and what the pages tell of themselves to crawlers and scripts.

A crawler never sees a fragment, so each section has a small static page of its own, /s/<page>/<id>/,
that says what the section is and sends people on to it. See overrides/share.html.
"""

import logging
import shutil
import sys
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from mkdocs.exceptions import PluginError

ROOT = Path(__file__).resolve().parents[2]

from handbook import preview
from handbook.addresses import (
    Malformed,
    faulty_moves,
    lost_addresses,
    new_address,
    read_ledger,
    read_moved,
    split,
)
from handbook.share.cards import FOLDER, card_name, share_name
from handbook.english import move
from handbook.issue_forms import issue_form
from handbook.outline import Place, read_outline

log = logging.getLogger("mkdocs.hooks.share")


def on_config(config):
    """Read the published addresses, and find the form for readers' reports."""
    try:
        config.extra["addresses"] = {"ledger": read_ledger(ROOT), "moved": read_moved(ROOT)}
    except Malformed as error:
        raise PluginError(str(error)) from error
    try:
        config.extra["issue_form"] = issue_form(config.repo_url, config.extra["links"].get("issue_form", ""))
    except ValueError as error:
        raise PluginError(f"mkdocs.yml: extra.links.issue_form: {error}. Correct it, or leave it empty.") from error
    if config.repo_url and not config.extra["issue_form"]:
        log.info("No form for reports is known for %s; extra.links.issue_form in mkdocs.yml can name it.", config.repo_url)
    config.extra["outlines"], config.extra["urls"] = {}, {}
    return config


def on_page_content(html, page, config, files):
    """Read the places of each page before any is written: a moved section is named after its new place."""
    address = address_of(page.file)
    inputs = [html, config.theme["language"], page.meta.get("description") or config.site_description]
    places = config.extra["kept"].result("places", inputs, lambda: [asdict(place) for place in read_outline(*inputs)])
    config.extra["outlines"][address] = [Place(**place) for place in places]
    config.extra["urls"][address] = page.url
    if address.startswith("/s/"):
        raise PluginError(f"{config.docs_dir}/{page.file.src_uri}: pages below s/ would be mixed up with share pages. Rename it.")
    return html


def on_env(env, config, files):
    """Keep the templates at hand for the pages that MkDocs knows nothing of."""
    config.extra["share_env"] = env
    return env


def on_page_context(context, page, config, nav):
    """What main.html tells crawlers, and what the scripts need of this page."""
    address = address_of(page.file)
    title = heading_of(config, address) or page.title
    context["og"] = {
        "type": "website" if page.is_homepage else "article",
        "title": title,
        "description": page.meta.get("description") or config.site_description,
        "url": page.canonical_url if config.site_url else "",
        "image": image_of(config, address, ""),
    }
    site = config.site_url if urlsplit(config.site_url or "").scheme in ("http", "https") else ""
    context["links"] = {
        "page": title,
        "share": f"{site}s/{share_name(address)}/" if site else "",
        "own": page.canonical_url if site else "",
        "first": next((place.id for place in config.extra["outlines"][address] if place.kind == "page"), ""),
        "form": config.extra["issue_form"],
        "site": config.site_name,
        **{key: value for key, value in config.extra["links"].items() if key != "issue_form"},
    }
    context["moved_sections"] = [
        {"id": split(old)[1], "href": relative(config, page.url, new), "title": title_of(config, new)}
        for old, (new, _) in config.extra["addresses"]["moved"].items()
        if split(old)[0] == address and split(old)[1]
    ]
    return context


def on_post_build(config):
    """Tell of lost addresses; write share pages, cards and redirects beside the pages of this language."""
    language, addresses, outlines = config.theme["language"], config.extra["addresses"], config.extra["outlines"]
    ids = {address: {place.id for place in places} for address, places in outlines.items()}
    for problem in sorted(
        lost_addresses(addresses["ledger"], addresses["moved"], ids, language)
        + faulty_moves(addresses["ledger"], addresses["moved"], ids, language)
    ):
        log.warning("%s", problem)
    before, said, taken = kept_shares(config), {}, {}
    for path, target in share_pages(config):
        if path in taken:
            log.warning(
                "/%s would be the share page both of %s and of %s. Give the section another id: it is not published yet.",
                path, taken[path], target)
            continue
        taken[path], said[path] = target, shared(config, path, target)
        if said[path] != before.get(path):
            write(config, path, "share.html", **said[path])
    for path in before.keys() - said.keys():
        (Path(config.site_dir) / path / "index.html").unlink()
    if preview.active:
        preview.shares[config.site_dir] = said
    for old, (new, _) in addresses["moved"].items():
        if not split(old)[1] and old not in outlines:
            write(config, old[1:], "share.html", **redirect(config, old, new))
    folder = ROOT / FOLDER / language
    for address, places in outlines.items():
        for id in ["", *(place.id for place in places if place.level == 2 and place.kind == "section")]:
            card = folder / card_name(address, id)
            if card.is_file():
                to = Path(config.site_dir) / card_path(address, id)
                to.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(card, to)


def kept_shares(config):
    """Bring back the share pages that the preview has kept; gives what they say, by their paths."""
    before, site = preview.shares.get(config.site_dir, {}), Path(config.site_dir)
    if before and (site / preview.HIDDEN_SHARES).is_dir():
        move(site, preview.HIDDEN_SHARES, "s")
        return before
    shutil.rmtree(site / preview.HIDDEN_SHARES, ignore_errors=True)  # of a build that failed
    return {}


def share_pages(config):
    """(path from the site's root, address that it stands for) of each share page, those of old addresses too."""
    outlines, addresses = config.extra["outlines"], config.extra["addresses"]
    for address in {**outlines, **addresses["ledger"]}:
        here = [place.id for place in outlines.get(address, ()) if place.shared]
        there = [id for id, entry in addresses["ledger"].get(address, {}).items() if entry.kind == "share"]
        for id in ["", *dict.fromkeys([*here, *there])]:
            target = f"{address}#{id}" if id else address
            if id in here or (not id and address in outlines):
                yield share_path(address, id), target
            elif (target := new_address(target, addresses["moved"])) and place_of(config, target):
                yield share_path(address, id), target


def shared(config, path, target):
    """What a share page says."""
    address, id = split(target)
    place, top = place_of(config, target), heading_of(config, address)
    own = id and place.kind != "page"  # the first heading is the page
    return {
        "og": {
            "type": "article",
            "title": f"{place.title} · {top}" if own else top,
            "description": place.summary,
            "url": config.site_url + path if config.site_url else "",
            "image": image_of(config, address, place.card),
            "alt": place.title if own else top,
        },
        "heading": place.title if own else top,
        "over": top if own else config.site_name,
        "canonical": (config.site_url or root_of(path)) + config.extra["urls"][address],
        "target": root_of(path) + (config.extra["urls"][address] or "./") + (f"#{id}" if own else ""),
        "root": root_of(path),
    }


def redirect(config, old, new):
    """What stands at the address of a page that moved; its sections go along, or where the map says."""
    path = old[1:]
    page = shared(config, path, new)
    page["og"]["url"] = ""  # nothing new to preview: crawlers follow to the page itself
    page["sections"] = [
        {"id": split(key)[1], "target": relative(config, path, value)}
        for key, (value, _) in config.extra["addresses"]["moved"].items() if split(key)[0] == old and split(key)[1]
    ]
    return page


def write(config, path, template, **context):
    html = config.extra["share_env"].get_template(template).render(config=config, **context)
    file = Path(config.site_dir) / path / "index.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(html, encoding="utf-8", newline="")


def address_of(file):
    """/guide/ for guide.md and / for index.md, whether or not the site has addresses that end in .html."""
    path = PurePosixPath(file.src_uri).with_suffix("")
    path = path.parent if path.name in ("index", "README") else path
    return "/" if path == PurePosixPath(".") else f"/{path}/"


def share_path(address, id):
    return f"s/{share_name(address)}/" + (f"{id}/" if id else "")


def card_path(address, id):
    return share_path(address, id) + "card.png"


def root_of(path):
    return "../" * path.count("/")


def relative(config, url, address):
    """A link from a page to an address, by way of the site's root."""
    page, id = split(address)
    return (root_of(url) or "./") + config.extra["urls"].get(page, "") + (f"#{id}" if id else "")


def place_of(config, address):
    """The place at an address; a page is where its first heading is. None where there is nothing."""
    page, id = split(address)
    places = config.extra["outlines"].get(page, ())
    return next((place for place in places if (place.id == id if id else place.kind == "page")), None)


def heading_of(config, address):
    return next((place.title for place in config.extra["outlines"][address] if place.kind == "page"), "")


def title_of(config, address):
    place = place_of(config, address)
    return place.title if place else address


def image_of(config, address, card):
    """The card of a section, or of its page where the section has none yet; absolute, or crawlers ignore it."""
    folder = ROOT / FOLDER / config.theme["language"]
    for id in dict.fromkeys([card, ""]):
        if config.site_url and (folder / card_name(address, id)).is_file():
            return config.site_url + card_path(address, id)
    return ""
