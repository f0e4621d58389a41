"""The book as a PDF, typeset by WeasyPrint: contents with page numbers, bookmarks, tags, embedded fonts."""

import base64
import copy
import logging

import ziamath
from lxml import etree
from lxml.html import Element, HtmlElement
from markupsafe import Markup
from weasyprint import CSS, HTML

from handbook.book.book import STYLES, Book
from handbook.book.templates import render

# It warns of each property that is meant for reading programs.
logging.getLogger("weasyprint").setLevel(logging.ERROR)


def make_pdf(book: Book) -> bytes:
    """Typeset a book (A4). The same book and fonts give the same bytes."""
    chapters = [Markup(with_formulas_drawn(one.element)) for one in book.chapters]
    places = {
        id: f"#{id}"
        for one in book.chapters
        for id in one.element.xpath("descendant-or-self::*/@id")
    }
    text = render(
        "book.html",
        book.language,
        book=book,
        places=places,
        paper=True,
        chapters=chapters,
    )
    document = HTML(string=text).render(stylesheets=[CSS(filename=path) for path in STYLES])
    document.metadata.created = document.metadata.modified = f"{book.date}T00:00:00Z"
    return document.write_pdf(pdf_identifier=f"{book.title} {book.date}".encode(), pdf_tags=True)


def with_formulas_drawn(chapter: HtmlElement) -> str:
    """A chapter as HTML, its MathML as pictures: WeasyPrint would set the letters in a row."""
    chapter = copy.deepcopy(chapter)
    for formula in list(chapter.iter("math")):
        text = etree.tostring(formula, encoding="unicode", with_tail=False)
        drawn = ziamath.Math(text, size=13)  # px
        data = base64.b64encode(drawn.svg().encode()).decode()
        style = f"vertical-align: {drawn.getyofst():.1f}px; background: none"
        words = formula.text_content()
        image = Element("img", src=f"data:image/svg+xml;base64,{data}", alt=words, style=style)
        formula.addprevious(image)
        formula.drop_tree()
    return etree.tostring(chapter, method="html", encoding="unicode")
