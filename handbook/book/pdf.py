"""The book as a PDF, typeset by WeasyPrint: contents with page numbers, bookmarks, tags, embedded fonts."""

from lxml import etree
from markupsafe import Markup
from weasyprint import CSS, HTML

from handbook.book.book import STYLES, Book
from handbook.book.templates import render


def make_pdf(book: Book) -> bytes:
    """Typeset a book (A4). The same book and fonts give the same bytes."""
    chapters = [
        etree.tostring(one.element, method="html", encoding="unicode") for one in book.chapters
    ]
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
        chapters=[Markup(chapter) for chapter in chapters],
    )
    document = HTML(string=text).render(stylesheets=[CSS(filename=path) for path in STYLES])
    document.metadata.created = document.metadata.modified = f"{book.date}T00:00:00Z"
    return document.write_pdf(pdf_identifier=f"{book.title} {book.date}".encode(), pdf_tags=True)
