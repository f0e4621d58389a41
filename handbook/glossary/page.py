"""The glossary page: data/glossary.yml as Markdown, in the place of its marker."""

import re
from html import escape
from pathlib import Path

from handbook.glossary.terms import Term, load_terms

MARKER = "<!-- glossary -->"
TITLE = re.compile(
    r"^ *(?:#+ |[-*] |\d+\. )(?P<title>.*?)\s*\{:? ?#(?P<id>[\w-]+)[^}]*\}$", re.MULTILINE
)
LABELS = {
    "zh": {
        "also": "又称：",
        "where": "见：",
        "index": "索引",
        "join": "、",
        "guide": "《指南》",
        "playbook": "《攻略》",
    },
    "en": {
        "also": "Also: ",
        "where": "See: ",
        "index": "Index",
        "join": ", ",
        "guide": "Guide, ",
        "playbook": "Playbook, ",
    },
}


def fill_in(markdown: str, language: str, docs: Path) -> str:
    """The page's Markdown with all entries of one language, below docs/<language>."""
    terms = sorted(load_terms(language), key=lambda term: term.sort_key)
    titles = read_titles(docs, {key.partition("#")[0] for term in terms for key in term.sections})
    return markdown.replace(
        MARKER, index(terms, language) + "".join(entry(term, language, titles) for term in terms)
    )


def read_titles(docs: Path, pages: set[str]) -> dict[str, str]:
    """{"guide#overfitting": "…"} of some pages: the words of a heading, or those before the colon of a list item."""
    titles = {}
    for page in pages:
        file = docs / f"{page}.md"
        text = file.read_text(encoding="utf-8") if file.is_file() else ""
        text = re.sub(r"\n *(?=\{: ?#)", " ", text)  # an item's attributes stand below it
        for match in TITLE.finditer(text):
            title = re.split(r"[：:]", match["title"].replace("**", ""))[0]
            titles[f"{page}#{match['id']}"] = plain_title(title)
    return titles


def index(terms: list[Term], language: str) -> str:
    """The jump list of terms in their order: by pinyin in Chinese, by the alphabet in English."""
    groups = {}
    for term in terms:
        groups.setdefault(term.sort_key[0].upper(), []).append(term)
    rows = [f'<nav class="hb-jump" aria-label="{LABELS[language]["index"]}" data-search-exclude>\n']
    for letter, group in groups.items():
        links = " ".join(f'<a href="#{t.id}">{escape(t.name)}</a>' for t in group)
        rows.append(f"<p><b>{letter}</b> {links}</p>\n")
    return "".join(rows) + "</nav>\n\n"


def entry(term: Term, language: str, titles: dict[str, str]) -> str:
    """One term as Markdown: heading, other names, definition, and where the articles speak of it."""
    words = LABELS[language]
    other = "en" if language == "zh" else "zh"
    names = f'<span lang="{other}">{escape(term.other_name)}</span>'
    if term.also:
        names += f" · {words['also']}{escape(words['join'].join(term.also))}"
    text = f'## {term.name} {{#{term.id} .hb-entry}}\n\n<p class="hb-names">{names}</p>\n\n{term.text}\n\n'
    links = [
        f"{words.get(key.split('#')[0], '')}[{titles[key]}](/{key.replace('#', '.md#')})"
        for key in term.sections
        if key in titles
    ]
    if links:
        text += f"{words['where']}{' · '.join(links)}\n{{: .hb-where }}\n\n"
    return text


def plain_title(title):
    """A heading without its number and its closing mark, to stand in a line of text."""
    return re.sub(r"^(?:\d+\.|[一二三四五]、|[IVX]+\.)\s*|[？。?.]$", "", title)
