"""The glossary page and the tooltips at a term's first use in a section, from data/glossary.yml."""

import re
import sys
from html import escape
from pathlib import Path
from xml.etree.ElementTree import Element

from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from mkdocs.exceptions import PluginError
from yaml import YAMLError

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from handbook.glossary import load_terms, pattern_of_all  # noqa: E402
from handbook.sections import read_sections  # noqa: E402

PAGE = "reference/glossary.md"
MARKER = "<!-- glossary -->"
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
NOT_INSIDE = HEADINGS | {"a", "abbr", "code", "pre", "label", "summary", "script", "style"}
LABELS = {
    "zh": {"also": "又称：", "where": "见：", "index": "索引", "join": "、", "guide": "《指南》", "playbook": "《攻略》"},
    "en": {"also": "Also: ", "where": "See: ", "index": "Index", "join": ", ", "guide": "Guide, ", "playbook": "Playbook, "},
}


def on_config(config):
    """Give the Markdown of this language its tooltips."""
    try:
        terms = load_terms(config.theme["language"])
    except (YAMLError, KeyError, TypeError, AttributeError) as error:
        raise PluginError("data/glossary.yml cannot be used; the warnings above say why.") from error
    config.extra["glossary_terms"] = terms
    config.markdown_extensions.append(TermLinks(terms))
    return config


def on_page_markdown(markdown, page, config, files):
    """Replace the marker on the glossary page by the entries."""
    if page.file.src_uri != PAGE:
        return markdown
    language = config.theme["language"]
    terms = config.extra["glossary_terms"]
    sections = read_sections(config.docs_dir)
    return markdown.replace(MARKER, index(terms, language) + "".join(entry(t, language, sections) for t in terms))


def index(terms, language):
    """The jump list: by pinyin in Chinese, by the alphabet in English."""
    groups = {}
    for term in sorted(terms, key=lambda t: t.sort_key):
        groups.setdefault(term.sort_key[0].upper(), []).append(term)
    rows = [f'<nav class="hb-jump" aria-label="{LABELS[language]["index"]}" data-search-exclude>\n']
    for letter, group in groups.items():
        links = " ".join(f'<a href="#{t.id}">{escape(t.name)}</a>' for t in group)
        rows.append(f'<p><b>{letter}</b> {links}</p>\n')
    return "".join(rows) + "</nav>\n\n"


def entry(term, language, sections):
    """One term as Markdown: heading, other names, definition, and where the articles speak of it."""
    words = LABELS[language]
    other = "en" if language == "zh" else "zh"
    names = f'<span lang="{other}">{escape(term.other_name)}</span>'
    if term.also:
        names += f' · {words["also"]}{escape(words["join"].join(term.also))}'
    text = f'## {term.name} {{#{term.id} .hb-entry}}\n\n<p class="hb-names">{names}</p>\n\n{term.text}\n\n'
    links = [
        f"{words.get(key.split('#')[0], '')}[{plain_title(sections[key].title)}](/{key.replace('#', '.md#')})"
        for key in term.sections if key in sections
    ]
    if links:
        text += f'{words["where"]}{" · ".join(links)}\n{{: .hb-where }}\n\n'
    return text


def plain_title(title):
    """A heading without its number and its closing mark, to stand in a line of text."""
    return re.sub(r"^(?:\d+\.|[一二三四五]、|[IVX]+\.)\s*|[？。?.]$", "", title)


class TermLinks(Extension):
    """Markdown extension: links the first use of a term in each section to its glossary entry."""

    def __init__(self, terms):
        super().__init__()
        self.terms = terms

    def extendMarkdown(self, md):
        # After attr_list (8), so that ids are set; before MkDocs resolves links (0).
        md.treeprocessors.register(TermLinker(md, self.terms), "glossary_terms", 6)


class TermLinker(Treeprocessor):
    """Walks the page in reading order and forgets, at each heading, which terms were linked."""

    def __init__(self, md, terms):
        super().__init__(md)
        # One group a name: the number of the group that matched tells the term.
        self.pattern, self.terms = pattern_of_all(terms)
        self.seen = set()

    def run(self, root):
        self.seen = set()
        self.walk(root)

    def walk(self, parent):
        self.link(parent, None)
        for child in list(parent):
            if child.tag in HEADINGS:
                # An entry of the glossary does not point to itself.
                self.seen = {term.id for term in self.terms if term.name == child.text}
            elif child.tag not in NOT_INSIDE and "no-terms" not in (child.get("class") or ""):
                self.walk(child)
            self.link(parent, child)

    def link(self, parent, child):
        """Link terms in the text before a parent's first child, or in the text after a child."""
        text = parent.text if child is None else child.tail
        if not text or isinstance(text, AtomicString):
            return
        links, rest = [], 0
        for match in self.pattern.finditer(text):
            term = self.terms[match.lastindex - 1]
            if term.id in self.seen:
                continue
            self.seen.add(term.id)
            link = Element("a", {"class": "hb-term", "href": f"/{PAGE}#{term.id}", "title": term.text})
            link.text = AtomicString(match[0])
            links.append((text[rest:match.start()], link))
            rest = match.end()
        if not links:
            return
        at = 0 if child is None else list(parent).index(child) + 1
        for i, (before, link) in enumerate(links):
            if i:
                links[i - 1][1].tail = before
            elif child is None:
                parent.text = before
            else:
                child.tail = before
            parent.insert(at + i, link)
        links[-1][1].tail = text[rest:]
