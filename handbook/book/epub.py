"""The book as an EPUB 3 (https://www.w3.org/TR/epub-33/) that readers of EPUB 2 find their way in as well."""

import base64
import copy
import hashlib
import io
import mimetypes
import re
import uuid
import zipfile
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes, urlsplit
from xml.etree import ElementTree

import pypdfium2
import tinyhtml5
from lxml import etree
from markupsafe import Markup
from PIL import Image

from handbook.book.book import MEDIA, STYLES, Book, Entry
from handbook.book.templates import render

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XHTML = "http://www.w3.org/1999/xhtml"
PROPERTIES = {"http://www.w3.org/2000/svg": "svg", "http://www.w3.org/1998/Math/MathML": "mathml"}
VOID = set("area br col embed hr img input link meta source track wbr".split())
READABLE = {"GIF", "JPEG", "PNG", "WEBP"}  # and SVG: what every reading program shows
CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles>
    <rootfile full-path="book/book.opf" media-type="application/oebps-package+xml"/>
  </rootfiles>
</container>
"""


def make_epub(book: Book, pdf: bytes) -> bytes:
    """Pack a book; its cover is the first page of the PDF. The same book gives the same bytes."""
    places = {
        id: f"{chapter.id}.xhtml#{id}"
        for chapter in book.chapters
        for id in chapter.element.xpath("descendant-or-self::*/@id")
    }
    media: dict[str, tuple[str, bytes]] = {}
    pages, properties = {}, {}
    for chapter in book.chapters:
        body, properties[chapter.id] = as_xhtml(chapter, places, media)
        pages[f"{chapter.id}.xhtml"] = page(book, chapter.title, body)
    values = {
        "book": book,
        "places": places,
        "paper": False,
        "properties": properties,
        "media": [(name, kind) for name, (kind, _) in media.items()],
        "identifier": uuid.uuid5(
            uuid.NAMESPACE_URL, f"{book.address} {book.title} {book.date}"
        ).urn,
    }
    package, ncx, contents = (
        render(name, book.language, **values) for name in ("book.opf", "toc.ncx", "contents.html")
    )
    files = {
        "book.opf": package.encode(),
        "toc.ncx": ncx.encode(),
        "contents.xhtml": page(book, book.title, contents),
        "book.css": STYLES[0].read_bytes(),
        "cover.png": cover(pdf),
        **pages,
        **{name: content for name, (_, content) in media.items()},
    }
    return pack(
        {
            "mimetype": b"application/epub+zip",
            "META-INF/container.xml": CONTAINER.encode(),
            **{f"book/{name}": content for name, content in files.items()},
        }
    )


def page(book: Book, title: str, body: str) -> bytes:
    """A page of the EPUB; the body is XHTML."""
    return render("page.xhtml", book.language, book=book, title=title, body=Markup(body)).encode()


def cover(pdf: bytes) -> bytes:
    """The first page as a PNG, about 1200 by 1700 pixels."""
    with pypdfium2.PdfDocument(pdf) as document:
        picture = document[0].render(scale=2).to_pil().convert("RGB")
    return png(picture)


def png(picture: Image.Image) -> bytes:
    """A picture as a PNG."""
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def as_xhtml(chapter: Entry, places: dict, media: dict) -> tuple[str, str]:
    """A chapter as XHTML, and which languages beside it there are in it; adds its pictures and films to the media."""
    element = copy.deepcopy(chapter.element)
    for link in element.xpath(".//a[starts-with(@href, '#')]"):
        link.set("href", places[link.get("href")[1:]])
    for tag in element.iter(*MEDIA):
        for name in (one for one in ("src", "poster") if one in tag.attrib):
            kind, suffix, content = read_media(tag.get(name), tag.tag)
            file = f"media/{hashlib.sha256(content).hexdigest()[:16]}{suffix}"
            media[file] = (kind, content)
            tag.set(name, file)
        if tag.tag == "img":
            tag.set("alt", tag.get("alt", ""))
    text = etree.tostring(element, method="html", encoding="unicode")
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)
    # An HTML parser again, for the names in SVG and MathML and for their namespaces.
    root = rebuilt(tinyhtml5.parse(f"<!doctype html>{text}").find(f".//{{{XHTML}}}section"))
    for tag in root.xpath(".//*[@lang]"):
        tag.set(XML_LANG, tag.get("lang"))
    spaces = {etree.QName(tag).namespace for tag in root.iter("*")}
    properties = " ".join(name for space, name in PROPERTIES.items() if space in spaces)
    return etree.tostring(root, encoding="unicode"), properties


def rebuilt(source: ElementTree.Element, parent: etree._Element | None = None) -> etree._Element:
    """The same tree without a prefix, and with an end tag for all that HTML parsers expect one for."""
    namespace, name = source.tag[1:].split("}")
    attributes = dict(source.attrib)
    if parent is None:
        element = etree.Element(source.tag, attributes, nsmap={None: namespace})
    else:
        element = etree.SubElement(parent, source.tag, attributes, nsmap={None: namespace})
    element.text = source.text or (None if name in VOID or namespace != XHTML else "")
    element.tail = source.tail
    for child in source:
        rebuilt(child, element)
    return element


def read_media(address: str, tag: str) -> tuple[str, str, bytes]:
    """Media type, suffix and content of a file: or data: address; a picture of a rare type as PNG."""
    parts = urlsplit(address)
    if parts.scheme == "data":
        head, _, data = parts.path.partition(",")
        content = (
            base64.b64decode(unquote(data)) if head.endswith(";base64") else unquote_to_bytes(data)
        )
    else:
        content = Path(unquote(parts.path)).read_bytes()
    suffix = Path(unquote(parts.path)).suffix.lower()
    if tag != "img":
        kind = mimetypes.MimeTypes().guess_type(f"media{suffix}")[0]
        return kind or "application/octet-stream", suffix, content
    if b"<svg" in content[:2000]:
        return "image/svg+xml", ".svg", content
    with Image.open(io.BytesIO(content)) as picture:
        if picture.format in READABLE:
            return Image.MIME[picture.format], f".{picture.format.lower()}", content
        return "image/png", ".png", png(picture)


def pack(files: dict[str, bytes]) -> bytes:
    """A zip that is the same for the same files: dates say nothing, and a first file `mimetype` is not compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return out.getvalue()
