"""The book as an EPUB 3 (https://www.w3.org/TR/epub-33/) that readers of EPUB 2 find their way in as well."""

import copy
import hashlib
import io
import uuid
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pypdfium2
from lxml import etree
from markupsafe import Markup

from handbook.archive import pack
from handbook.book.book import STYLES, Book, Entry
from handbook.book.templates import render

VOID = set("area br col embed hr img input link meta source track wbr".split())
PICTURES = {  # what every reading program shows
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
CONTAINER = b"""<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles>
    <rootfile full-path="book/book.opf" media-type="application/oebps-package+xml"/>
  </rootfiles>
</container>
"""


def make_epub(book: Book, pdf: bytes) -> bytes:
    """Pack a book; its cover is the first page of the PDF. The same book gives the same bytes.

    Raises ValueError for a picture that reading programs do not show.
    """
    places, pictures = book.places("{}.xhtml"), {}

    def filled(template: str, **values) -> bytes:
        return render(template, book.language, book=book, places=places, **values).encode()

    pages = {
        f"{chapter.id}.xhtml": filled(
            "page.xhtml",
            title=chapter.title,
            body=Markup(as_xhtml(chapter, places, pictures)),
        )
        for chapter in book.chapters
    }
    name = f"{book.address} {book.title} {book.date}"
    identifier = uuid.uuid5(uuid.NAMESPACE_URL, name).urn
    types = [(name, PICTURES[Path(name).suffix]) for name in pictures]
    contents = filled("contents.html", paper=False).decode()
    files = {
        "book.opf": filled("book.opf", identifier=identifier, pictures=types),
        "toc.ncx": filled("toc.ncx", identifier=identifier),
        "contents.xhtml": filled("page.xhtml", title=book.title, body=Markup(contents)),
        "book.css": STYLES[0].read_bytes(),
        "cover.png": cover(pdf),
        **pages,
        **pictures,
    }
    return pack(
        {
            "mimetype": b"application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            **{f"book/{name}": content for name, content in files.items()},
        }
    )


def cover(pdf: bytes) -> bytes:
    """The first page as a PNG, about 1200 by 1700 pixels."""
    out = io.BytesIO()
    with pypdfium2.PdfDocument(pdf) as document:
        document[0].render(scale=2).to_pil().convert("RGB").save(out, "PNG", optimize=True)
    return out.getvalue()


def as_xhtml(chapter: Entry, places: dict[str, str], pictures: dict[str, bytes]) -> str:
    """A chapter as XHTML that HTML parsers read alike; adds its pictures to those of the book."""
    element = copy.deepcopy(chapter.element)
    for link in element.xpath(".//a[starts-with(@href, '#')]"):
        link.set("href", places[link.get("href")[1:]])
    for image in element.iter("img"):
        image.set("alt", image.get("alt", ""))
        address = urlsplit(image.get("src"))
        if address.scheme == "file":
            path = Path(unquote(address.path))
            if path.suffix.lower() not in PICTURES:
                raise ValueError(f"{path} is no picture for a book; use {', '.join(PICTURES)}")
            content = path.read_bytes()
            name = f"{hashlib.sha256(content).hexdigest()[:16]}{path.suffix.lower()}"
            pictures[f"media/{name}"] = content
            image.set("src", f"media/{name}")
    for tag in element.iter("*"):
        if tag.tag not in VOID and not tag.text:
            tag.text = ""  # for an end tag
    return etree.tostring(element, encoding="unicode")
