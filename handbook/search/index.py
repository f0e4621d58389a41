"""Completes the search index that Material's plugin wrote, for the engine in overrides/assets/javascripts.

Adds to each section the headings above it; to the index the glossary's names and what is needed to
understand traditional characters and Taiwan's words. See search-engine.js for how they are used.
"""

import json
import re
import sys
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import yaml
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from opencc import OpenCC

ROOT = Path(__file__).resolve().parents[2]

from handbook.yaml_lines import LOADER
from handbook.sections import read_sections

SCRIPTS = ROOT / "overrides" / "assets" / "javascripts"
ENGINE = ["search.js", "search-worker.js", "search-engine.js", "vendor/minisearch-7.2.0.js"]
PAGE_WEIGHT = 0.7
HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
SPAN = re.compile(r"</?span\b[^>]*>")
INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")


def on_pre_build(config):
    """Stop when the engine is not whole: without its cutter the search would find no Chinese, silently."""
    config.extra["search_parents"], config.extra["search_titles"] = {}, {}
    for name in ENGINE:
        if not (SCRIPTS / name).is_file():
            raise PluginError(
                f"overrides/assets/javascripts/{name} is missing: without it the search cannot cut Chinese text. "
                f"Restore it with `git checkout -- overrides/assets/javascripts/{name}`."
            )


@event_priority(-100)  # after the plugin has made its index
def on_config(config):
    """Let the plugin split only what is new, and without the colours of code, which are most of a page's tags."""
    index = config.plugins["material/search"].search_index
    index.add_entry_from_context = lambda page: index.entries.extend(split_page(index, page, config.extra["kept"]))


def split_page(index, page, kept):
    """The sections of a page, as the plugin gives them."""
    shown = SimpleNamespace(content=SPAN.sub("", page.content), meta=page.meta, toc=page.toc, title=page.title, url=page.url)

    def make():
        before, index.entries = index.entries, []
        try:
            type(index).add_entry_from_context(index, shown)
            return index.entries
        finally:
            index.entries = before

    inputs = [shown.content, page.url, page.title, {key: page.meta.get(key) for key in ("search", "tags", "title")}]
    return kept.result("search", inputs, make)


def on_page_context(context, page, config, nav):
    """Remember the headings above each section, and each page's title in full."""
    parents = config.extra["search_parents"]
    config.extra["search_titles"][page.url] = next((item.title for item in page.toc), page.title)

    def walk(items, above):
        for item in items:
            if item.level > 1:
                parents[page.url + item.url] = above
            walk(item.children, above if item.level == 1 else [*above, item.title])

    if not page.is_homepage:
        walk(page.toc, [page.title])
    return context


@event_priority(-50)  # after the search plugin has written, before the English site is built
def on_post_build(config):
    """Rewrite search_index.json with plain text, parents, names and variants."""
    path = Path(config.site_dir) / "search" / "search_index.json"
    parents = config.extra["search_parents"]
    sections = read_sections(config.docs_dir)
    words = search_words()
    titles = config.extra["search_titles"]
    docs, items = [], items_of(sections)
    for entry in json.loads(path.read_text(encoding="utf-8"))["docs"]:
        above = [unescape(title) for title in parents.get(entry["location"], ())]
        for location, title, text, over in split_items(entry, above, sections, items):
            page, _, id = location.partition("#")
            doc = {"location": location, "title": plain(title), "text": plain(text)}
            if id:
                doc |= {"parents": over, "page": unescape(titles[page])}
            if names := words.get(f"{page.rstrip('/')}#{id}"):
                doc["names"] = names
            # A section tells more than the page that it stands on.
            weight = entry.get("boost", 1) * (1 if id else PAGE_WEIGHT)
            if weight != 1:
                doc["weight"] = weight
            docs.append(doc)
    terms = names_of(config, sections)
    corpus = "\n".join(doc["title"] + "\n" + doc["text"] for doc in docs)
    corpus += "\n".join(name for term in terms for name in term["same"] + term["near"])
    corpus += "\n".join(name for doc in docs for name in doc.get("names", ()))
    index = {"docs": docs, "terms": terms, "variants": traditional(corpus), "words": taiwan(corpus)}
    path.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def items_of(sections):
    """The ids of the list items that make up a section: {("guide", "overfitting"): ["more-data", …]}."""
    items = {}
    for key, section in sections.items():
        page, id = key.split("#")
        if section.alone and section.heading != id:
            items.setdefault((page, section.heading), []).append(id)
    return items


def split_items(entry, above, sections, items):
    """A section as one entry; where it is made up of list items with ids, as one entry for each."""
    location, title, text = entry["location"], entry["title"], entry["text"]
    page, _, heading = location.partition("#")
    ids = items.get((page.rstrip("/"), heading))
    texts = re.findall(r"<li>(.*?)</li>", text, re.DOTALL) if ids else []
    if not ids or len(texts) < len(ids):
        return [(location, title, text, above)]
    rest = re.sub(r"<(ol|ul)>.*?</\1>", "", text, count=1, flags=re.DOTALL)
    over = [*above, unescape(plain(title))]
    return [(location, title, rest, above)] + [
        (f"{page}#{id}", sections[f"{page.rstrip('/')}#{id}"].title, item, over)
        for id, item in zip(ids, texts)
    ]


def plain(html):
    """Text of the plugin's HTML, with a line break between blocks and no invisible characters."""
    text = re.sub(r"</(?:p|li|pre|ul|ol)>", "\n", html)
    text = unescape(re.sub(r"<[^>]+>", "", text))
    return re.sub(r"\s*\n\s*", "\n", INVISIBLE.sub("", text)).strip()


def search_words():
    """Words that readers type for a section, in both languages: {"guide#overfitting": [...]}."""
    try:
        entries = yaml.load((ROOT / "data" / "search_words.yml").read_text(encoding="utf-8"), LOADER)
        return {key.replace("/index#", "#"): [*words["zh"], *words["en"]] for key, words in entries.items()}
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise PluginError("data/search_words.yml cannot be used; the warnings above say why.") from error


def names_of(config, sections):
    """The glossary for the engine: names shown here, all names, and the sections on the subject."""
    def location(key):
        page, id = key.split("#")
        return f"{page}/#{id if sections[key].alone else sections[key].heading}"

    return [{
        "names": list(term.names),
        "same": list(term.same_names),
        "near": list(term.near_names),
        "sections": list(dict.fromkeys(location(key) for key in term.sections if key in sections)),
    } for term in config.extra["glossary_terms"]]


def traditional(corpus):
    """Each traditional character whose simplified form stands in the corpus: {'過': '过'}."""
    convert = OpenCC("t2s").convert
    chars = [chr(code) for code in range(0x3400, 0xA000)]
    used = set(corpus)
    pairs = zip(chars, convert("\n".join(chars)).split("\n"))
    return {old: new for old, new in pairs if old != new and len(new) == 1 and new in used}


def taiwan(corpus):
    """Taiwan's words, in simplified characters, for words of the corpus: {'演算法': '算法'}.

    Every run of two to four characters of the corpus is put to OpenCC's phrase dictionary; the
    shortest runs that it renders otherwise are kept.
    """
    runs = {
        run[i:i + n]
        for run in set(HAN_RUN.findall(corpus)) for n in (2, 3, 4) for i in range(len(run) - n + 1)
    }
    ordered = sorted(runs, key=lambda run: (len(run), run))
    there = OpenCC("s2twp").convert("\n".join(ordered))
    pairs = {}
    for here, other in zip(ordered, OpenCC("t2s").convert(there).split("\n")):
        if here != other and not any(known in here for known in pairs.values()):
            pairs.setdefault(other, here)
    # OpenCC leaves 著 alone, which is a matter of spelling and not of words.
    return {other: here for other, here in pairs.items() if "著" not in other}
