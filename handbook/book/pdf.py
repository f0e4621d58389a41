"""The book as a PDF, typeset by WeasyPrint: contents with page numbers, bookmarks, tags, embedded fonts."""

from pathlib import Path

from lxml import html
from PIL import ImageFile
from weasyprint import CSS, HTML

from handbook.book.book import WORDS, Book, Section, images

GLOSSARY = "reference/glossary"
STYLE = Path(__file__).with_name("book.css")

# WeasyPrint has Pillow accept a picture that is cut off, in the whole process: whoever reads pictures beside it would too.
ImageFile.LOAD_TRUNCATED_IMAGES = False


def make_pdf(book: Book) -> bytes:
    """Typeset a book. The same book and fonts give the same bytes."""
    document = HTML(string=as_html(book), base_url=".").render(stylesheets=[CSS(filename=str(STYLE))])
    document.metadata.created = document.metadata.modified = f"{book.date}T00:00:00Z"
    document.metadata.authors = [book.title]
    return document.write_pdf(pdf_identifier=f"{book.title} {book.edition}".encode(), pdf_tags=True, full_fonts=False)


def as_html(book: Book) -> str:
    """One page of HTML: title, contents, chapters."""
    words = WORDS[book.language]
    root = html.Element("html", lang=book.language)
    head = html.Element("head")
    for tag, attributes, text in (("meta", {"charset": "utf-8"}, None), ("title", {}, book.title), ("meta", {"name": "description", "content": book.about}, None)):
        element = html.Element(tag, attributes)
        element.text = text
        head.append(element)
    body = html.Element("body")
    body.append(cover(book, words))
    body.append(contents(book, words))
    for title, chapters in book.parts:
        for number, chapter in enumerate(chapters):
            for image, file in images(chapter):
                image.set("src", file.as_uri())
            if title and number == 0:
                chapter.element.set("data-part", title)
            body.append(chapter.element)
    root.append(head)
    root.append(body)
    return "<!doctype html>\n" + html.tostring(root, encoding="unicode")


def cover(book: Book, words: dict) -> html.HtmlElement:
    page = html.Element("section", {"class": "cover"})
    for tag, css, text in (("p", "title", book.title), ("p", "about", book.about), ("p", "edition", book.edition), ("p", "rights", book.rights)):
        element = html.Element(tag, {"class": css})
        element.text = text
        page.append(element)
    if book.address:
        line = html.Element("p", {"class": "rights"})
        line.text = words["site"]
        link = html.Element("a", href=book.address)
        link.text = book.address
        line.append(link)
        page.append(line)
    return page


def contents(book: Book, words: dict) -> html.HtmlElement:
    page = html.Element("nav", {"class": "contents"})
    title = html.Element("p", {"class": "title"})
    title.text = words["contents"]
    page.append(title)
    for part, chapters in book.parts:
        if part:
            line = html.Element("p", {"class": "part"})
            line.text = part
            page.append(line)
        for chapter in chapters:  # the terms of the glossary are in their order anyway
            page.append(listed([chapter.contents], 1 if chapter.name == GLOSSARY else 2))
    return page


def listed(sections: list[Section], depth: int) -> html.HtmlElement:
    """Sections as a list of links, so many levels deep."""
    found = html.Element("ul")
    for section in sections:
        item, link = html.Element("li"), html.Element("a", href=f"#{section.id}")
        link.text = section.title
        item.append(link)
        if section.below and depth > 1:
            item.append(listed(section.below, depth - 1))
        found.append(item)
    return found
