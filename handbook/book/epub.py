"""The book as an EPUB 3: https://www.w3.org/TR/epub-33/. A test has epubcheck look at it."""

import copy
import io
import re
import uuid
import zipfile
from pathlib import Path

from lxml import etree, html

from handbook.book.book import WORDS, Book, Section, images

STYLE = Path(__file__).with_name("epub.css")
XHTML, OPS, OPF, DC = "http://www.w3.org/1999/xhtml", "http://www.idpf.org/2007/ops", "http://www.idpf.org/2007/opf", "http://purl.org/dc/elements/1.1/"
CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="book/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
"""
COVER = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 800" width="600" height="800"><rect width="600" height="800" fill="#f7f0e4"/>
<rect x="60" y="90" width="90" height="90" rx="10" fill="#9a2f18"/><text x="105" y="160" font-size="68" fill="#fff" text-anchor="middle">大</text>
{lines}<text x="60" y="720" font-size="24" fill="#6b6459">{edition}</text></svg>
"""
TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp", ".jpg": "image/jpeg"}
NUMBERS_ONLY = {"width", "height", "colspan", "rowspan"}


def make_epub(book: Book) -> bytes:
    """Pack a book. The same book gives the same bytes."""
    words = WORDS[book.language]
    files: dict[str, bytes] = {"style.css": STYLE.read_bytes(), "cover.svg": cover(book).encode()}
    where = {id: f"{file_name(chapter.name)}#{id}" for chapter in book.chapters for id in chapter.element.xpath(".//@id")}
    items = [("style", "style.css", "text/css", ""), ("cover", "cover.svg", "image/svg+xml", "cover-image")]
    for chapter in book.chapters:
        element = copy.deepcopy(chapter.element)
        chapter_images = dict(zip((image.get("src") for image, _ in images(chapter)), (file for _, file in images(chapter))))
        for image in element.xpath(".//img"):
            file = chapter_images[image.get("src")]
            name = "images/" + file_name(chapter.name).removesuffix(".xhtml") + "-" + file.name
            if name not in files:
                files[name] = file.read_bytes()
                items.append((f"image-{len(items)}", name, TYPES[file.suffix], ""))
            image.set("src", name)
            image.set("alt", image.get("alt") or "")
        for link in element.xpath(".//a[starts-with(@href, '#')]"):
            link.set("href", where.get(link.get("href")[1:], file_name(chapter.name)))
        clean(element)
        files[file_name(chapter.name)] = page(chapter.contents.title, book.language, element)
        items.append((f"page-{file_name(chapter.name).removesuffix('.xhtml')}", file_name(chapter.name), "application/xhtml+xml", ""))
    files["contents.xhtml"] = contents(book, words)
    items.append(("contents", "contents.xhtml", "application/xhtml+xml", "nav"))
    files["book.opf"] = package(book, items)
    return packed({"mimetype": b"application/epub+zip", "META-INF/container.xml": CONTAINER.encode(),
                   **{f"book/{name}": content for name, content in files.items()}})


def file_name(name: str) -> str:
    return f"{name.replace('/', '-')}.xhtml"


def clean(element) -> None:
    """Leave out what HTML allows and XHTML of an EPUB does not: attributes of our scripts, sizes that are no numbers."""
    element.attrib.pop("data-part", None)
    for tag in element.iter(etree.Element):
        for name, value in list(tag.attrib.items()):
            if name.startswith("data-") or name in ("markdown", "hreflang") or name in NUMBERS_ONLY and not value.isdigit():
                tag.attrib.pop(name)
        if language := tag.get("lang"):
            tag.set("{http://www.w3.org/XML/1998/namespace}lang", language)


def page(title: str, language: str, element) -> bytes:
    """An XHTML file with an element as its body."""
    root = html.Element("html", lang=language)
    root.set("{http://www.w3.org/XML/1998/namespace}lang", language)
    head, body = html.Element("head"), html.Element("body")
    meta, name, style = html.Element("meta", charset="utf-8"), html.Element("title"), html.Element("link", rel="stylesheet", type="text/css", href="style.css")
    name.text = title
    head.extend([meta, name, style])
    body.append(element)
    root.extend([head, body])
    html.html_to_xhtml(root)
    text = etree.tostring(root, encoding="unicode")
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n{text}\n'.encode()


def contents(book: Book, words: dict) -> bytes:
    """The navigation document: parts, chapters, sections."""
    nav = html.Element("nav", id="toc")
    nav.set(f"{{{OPS}}}type", "toc")
    title = html.Element("h1")
    title.text = words["contents"]
    nav.append(title)
    top = html.Element("ol")
    for part, chapters in book.parts:
        if part:
            item, name = html.Element("li"), html.Element("span")
            name.text = part
            item.extend([name, listed([(chapter.name, chapter.contents) for chapter in chapters])])
            top.append(item)
        else:
            top.extend(listed([(chapter.name, chapter.contents) for chapter in chapters]))
    nav.append(top)
    return page(book.title, book.language, nav)


def listed(sections: list[tuple[str, Section]]):
    found = html.Element("ol")
    for name, section in sections:
        item, link = html.Element("li"), html.Element("a", href=f"{file_name(name)}#{section.id}")
        link.text = section.title
        item.append(link)
        if section.below:
            item.append(listed([(name, below) for below in section.below]))
        found.append(item)
    return found


def package(book: Book, items: list[tuple[str, str, str, str]]) -> bytes:
    """The list of files, the order to read them in, and what the book is."""
    root = etree.Element(f"{{{OPF}}}package", {"version": "3.0", "unique-identifier": "id", "{http://www.w3.org/XML/1998/namespace}lang": book.language},
                         nsmap={None: OPF, "dc": DC})
    metadata = etree.SubElement(root, f"{{{OPF}}}metadata")
    number = uuid.uuid5(uuid.NAMESPACE_URL, f"handbook {book.language} {book.edition}")
    for name, text in (("identifier", f"urn:uuid:{number}"), ("title", book.title), ("language", book.language), ("creator", book.title),
                       ("description", book.about), ("rights", book.rights), ("date", book.date)):
        element = etree.SubElement(metadata, f"{{{DC}}}{name}")
        element.text = text
        if name == "identifier":
            element.set("id", "id")
    for name, text in (("dcterms:modified", f"{book.date}T00:00:00Z"), ("schema:accessMode", "textual"), ("schema:accessMode", "visual"),
                       ("schema:accessibilityFeature", "alternativeText"), ("schema:accessibilityFeature", "tableOfContents"),
                       ("schema:accessibilityHazard", "none")):
        etree.SubElement(metadata, f"{{{OPF}}}meta", property=name).text = text
    manifest, spine = etree.SubElement(root, f"{{{OPF}}}manifest"), etree.SubElement(root, f"{{{OPF}}}spine")
    for id, href, kind, properties in items:
        element = etree.SubElement(manifest, f"{{{OPF}}}item", {"id": id, "href": href, "media-type": kind})
        if properties:
            element.set("properties", properties)
    for id in ["contents", *(id for id, _, kind, _ in items if kind == "application/xhtml+xml" and id != "contents")]:
        etree.SubElement(spine, f"{{{OPF}}}itemref", idref=id)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def cover(book: Book) -> str:
    """A title page as a picture, with the title broken where it is too long."""
    limit, lines, line = (9 if book.language == "zh" else 16), [], ""
    for word in (book.title if book.language == "zh" else book.title.split(" ")):
        joined = line + ("" if book.language == "zh" or not line else " ") + word
        if len(joined) > limit and line:
            lines.append(line)
            joined = word
        line = joined
    texts = "".join(f'<text x="60" y="{290 + 80 * number}" font-size="60" fill="#23201c">{text}</text>\n' for number, text in enumerate([*lines, line]))
    return COVER.format(lines=texts, edition=book.edition)


def packed(files: dict[str, bytes]) -> bytes:
    """A zip whose first file, the type, is not compressed, and whose dates say nothing."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return out.getvalue()
