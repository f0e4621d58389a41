"""Markdown extension: the first use of a term in each section links to its entry in the glossary, which it quotes.

`handbook.glossary.tooltips: {language: zh}` in `mkdocs.yml`.
"""

from xml.etree.ElementTree import Element

from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from handbook.glossary.terms import PAGE, load_terms, pattern_of_all
from handbook.site import HEADINGS

NO_TERMS = {"no-terms", "admonition-title"}  # classes
NOT_INSIDE = {*HEADINGS, "a", "abbr", "code", "pre", "label", "summary", "script", "style"}


class TermLinks(Extension):
    """Markdown extension: links the first use of a term in each section to its glossary entry."""

    def __init__(self, **options):
        self.config = {"language": ["zh", "whose names are looked for: zh or en"]}
        super().__init__(**options)

    def extendMarkdown(self, md):
        """Register the processor."""
        # After attr_list (8), so that ids are set; before MkDocs resolves links (0).
        md.treeprocessors.register(
            TermLinker(md, load_terms(self.getConfig("language"))), "glossary_terms", 6
        )


class TermLinker(Treeprocessor):
    """Walks the page in reading order and forgets, at each heading, which terms were linked."""

    def __init__(self, md, terms):
        super().__init__(md)
        # One group a name: the number of the group that matched tells the term.
        self.pattern, self.terms = pattern_of_all(terms)
        self.seen = set()

    def run(self, root):
        """Link the terms below an element."""
        self.seen = set()
        self.walk(root)

    def walk(self, parent):
        """Link the terms in an element's own texts and in those of its children."""
        self.link(parent, None)
        for child in list(parent):
            if child.tag in HEADINGS:
                # An entry of the glossary does not point to itself.
                self.seen = {term.id for term in self.terms if term.name == child.text}
            elif child.tag not in NOT_INSIDE and NO_TERMS.isdisjoint(
                child.get("class", "").split()
            ):
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
            link = Element(
                "a", {"class": "hb-term", "href": f"/{PAGE}#{term.id}", "title": term.text}
            )
            link.text = AtomicString(match[0])
            links.append((text[rest : match.start()], link))
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


def makeExtension(**options):
    """What Python-Markdown calls."""
    return TermLinks(**options)
