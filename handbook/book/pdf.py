"""The book as a PDF, typeset by WeasyPrint: contents with page numbers, bookmarks, tags, embedded fonts."""

import logging

from lxml import html
from markupsafe import Markup
from weasyprint import CSS, HTML

from handbook.book.book import STYLES, Book
from handbook.book.templates import render

# It warns of each property that is meant for reading programs.
logging.getLogger("weasyprint").setLevel(logging.ERROR)


def make_pdf(book: Book) -> bytes:
    """Typeset a book (A4). The same book and fonts give the same bytes."""
    chapters = [Markup(html.tostring(one.element, encoding="unicode")) for one in book.chapters]
    values = {"book": book, "places": book.places(), "paper": True, "chapters": chapters}
    text = render("book.html", book.language, **values)
    document = HTML(string=text).render(stylesheets=[CSS(filename=path) for path in STYLES])
    document.metadata.created = document.metadata.modified = f"{book.date}T00:00:00Z"
    return document.write_pdf(pdf_identifier=f"{book.title} {book.date}".encode(), pdf_tags=True)
