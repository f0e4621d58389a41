"""Each page as plain Markdown beside its HTML, for programs and for people who read without a browser.

It is made from the built page: first everything that only the page needs is taken out and our own blocks become
ordinary ones, then html-to-markdown writes Markdown that any CommonMark reader shows as the page does. A note becomes
a quotation, a tab or a folded block a bold title with its text, an id an anchor; what Markdown cannot hold stays HTML.
Content is never lost, looks may be.
"""

import os
import re
import unicodedata
from copy import deepcopy
from pathlib import Path
from urllib.parse import unquote, urlsplit

from html_to_markdown import ConversionOptions, convert
from lxml import html
from lxml.html import HtmlElement, builder

from handbook.site import FOLD, HEADINGS, KEBAB, Page, Site, unfold

# What only a page in a browser needs. A term leads to the glossary, which is a page of its own.
DROPPED = """
    .//script | .//link | .//style | .//template | .//button | .//form | .//nav | .//input[not(@type='checkbox')]
    | .//*[@hidden] | .//img[contains(@src, '#only-dark')]
    | .//*[contains(@class, 'headerlink') or contains(@class, 'hb-share')]
    | .//*[contains(@class, 'linenos') or contains(@class, 'md-content__button')]
"""
UNWRAPPED = ".//a[contains(@class, 'hb-term')] | .//code[.//a] | .//div[@class='tabbed-labels']"
LISTING = re.compile(r"(?:^| )highlight(?:-ipynb|table)?(?: |$)")
LANGUAGE = re.compile(r"(?:^| )(?:language-|hl-)([\w+#-]+)")
APART = ("table", "ul", "ol", "dl", "pre", "hr")  # an anchor stands above it
BESIDE = ("img", "svg", "input", "br")  # before it
ROWS = ("tr", "thead", "tbody", "tfoot")
KEPT = {"colspan", "rowspan", "href", "src", "alt", "id", "start", "lang"}  # of a table in HTML
AS_HTML = ("sub", "sup", "del", "s", "ins", "mark")
STRESS = {"b": "strong", "strong": "strong", "i": "em", "em": "em"}
CODE = ("code", "kbd", "samp")
OPENING = {"p", "li", "div", "blockquote", "article"}  # their text may begin a line
BLOCKS = OPENING | {"td", "th", *HEADINGS}
# What would begin a list, a heading, a quotation or a table.
BEGINS = re.compile(r"^(\s*)(\d{1,9}(?=[.)](?:\s|$))|(?=[-+#>=|:\[]))")
ESCAPE = "\ue000"  # stands for a backslash while the converter looks on
GAP = "\ue001"  # a paragraph before a quotation, which would grow together with what stands above
OPTIONS = ConversionOptions(bullets="-", compact_tables=True, extract_metadata=False)


def write(site: Site) -> None:
    """Write every page as Markdown: index.md beside index.html, guide.md beside guide.html."""
    files = {os.path.normpath(page.file) for page in site.pages}
    for page in site.pages:
        page.file.with_suffix(".md").write_text(plain(page, files), encoding="utf-8", newline="")


def plain(page: Page, files: set[str]) -> str:
    """A page as Markdown. files: the HTML of all pages; links to them lead to their Markdown."""
    markup = html.tostring(marked(prepared(page, files)), encoding="unicode", with_tail=False)
    text = re.sub(rf"^[> ]*{GAP}\n", "", convert(markup, OPTIONS).content, flags=re.MULTILINE)
    return text.strip().replace(ESCAPE, "\\") + "\n"


def prepared(page: Page, files: set[str]) -> HtmlElement:
    """The article of a page as it is to be written, in ordinary HTML."""
    article = deepcopy(page.article)
    for tag in article.xpath(DROPPED):
        if tag.getparent() is not None:
            tag.drop_tree()
    for tabs in article.find_class("tabbed-set"):
        labels = tabs.xpath("./div[@class='tabbed-labels']/label")
        for label, block in zip(
            labels, tabs.xpath("./div/div[@class='tabbed-block']"), strict=True
        ):
            block.insert(0, label)
            bold(label)
    for tag in article.xpath(UNWRAPPED):
        tag.drop_tag()
    for pre in list(article.iter("pre")):
        simplify_listing(pre)
    for fold in article.find_class(FOLD):
        unfold(fold)
    for tag in list(article.iter("details", "dl", "dt", "dd", "figure", "figcaption", "summary")):
        if tag.tag in ("summary", "dt"):
            bold(tag)
        else:
            tag.tag = "p" if tag.tag == "figcaption" else "div"
    for note in article.xpath(".//aside | .//*[contains(@class, 'admonition ')]"):
        note.tag = "blockquote"
        for title in note.find_class("admonition-title"):
            bold(title)
    for link in article.xpath(".//a[@href]"):
        link.set("href", to_plain(link.get("href"), page.file, files))
    for image in article.xpath(".//img[@src]"):
        image.set("src", image.get("src").removesuffix("#only-light"))
        image.set("alt", re.sub(r"[][]", rf"{ESCAPE}\g<0>", image.get("alt", "")))
    mark_ids(article)
    return article


def bold(title: HtmlElement) -> None:
    """Make a paragraph in bold of a title."""
    strong = builder.STRONG(title.text or "", *title)
    title.tag, title.text = "p", None
    title.append(strong)


def simplify_listing(pre: HtmlElement) -> None:
    """Put a bare <pre> in the place of a listing with its frame, which says its language; its file name above it."""
    frames = [
        one for one in pre.iterancestors("div", "table") if LISTING.search(one.get("class", ""))
    ]
    frame = frames[-1] if frames else pre
    classes = " ".join(one.get("class", "") for one in (pre, *pre.iterdescendants("code"), *frames))
    language = LANGUAGE.search(classes)
    code = builder.CODE(
        pre.text_content(), {"class": f"language-{language[1]}"} if language else {}
    )
    listing = builder.PRE(code)
    for name in frame.find_class("filename"):
        frame.addprevious(builder.P(builder.STRONG(name.text_content())))
    listing.tail = frame.tail
    frame.getparent().replace(frame, listing)


def to_plain(target: str, file: Path, files: set[str]) -> str:
    """Where a link of a page leads in its plain version."""
    parts = urlsplit(target)
    if parts.query and not (parts.scheme or parts.netloc or parts.path):  # the page in a state
        return ("./" if file.name == "index.html" else file.name) + target
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return target
    named = os.path.normpath(file.parent / unquote(parts.path))
    other = next((one for one in (named, os.path.join(named, "index.html")) if one in files), None)
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    if other is None:
        return target
    if other == os.path.normpath(file) and fragment:
        return fragment
    path = os.path.relpath(os.path.splitext(other)[0] + ".md", file.parent)
    return path.replace(os.sep, "/") + fragment


def mark_ids(article: HtmlElement) -> None:
    """Turn every id that an author gave or that the page links to into an anchor of its own."""
    linked = {target[1:] for target in article.xpath(".//a/@href") if target.startswith("#")}
    for tag in article.xpath(".//*[@id]"):
        id = tag.attrib.pop("id")
        if not KEBAB.fullmatch(id) and id not in linked:
            continue
        anchor = builder.A(id=id)
        if tag.tag in HEADINGS:
            tag.append(anchor)
            anchor.addprevious(builder.SPAN(" "))
        elif tag.tag in APART:
            tag.addprevious(builder.P(anchor))
        elif tag.tag in BESIDE:
            tag.addprevious(anchor)
        else:
            inner = next(tag.iter("td", "th"), tag) if tag.tag in ROWS else tag
            inner.insert(0, anchor)
            anchor.tail, inner.text = inner.text, None


def marked(article: HtmlElement) -> HtmlElement:
    """The same with backslashes before what would be taken for markup, and as text what is to stay HTML.

    The converter writes text as it stands.
    """
    for tag in list(article.iter()):
        if not isinstance(tag.tag, str) or any(
            one.tag == "pre" for one in (tag, *tag.iterancestors())
        ):
            continue
        if tag.tag not in CODE and tag.text:
            tag.text = escaped(tag.text, tag, begins=tag.tag in OPENING)
        for child in tag:
            if child.tail:
                child.tail = escaped(child.tail, tag, begins=child.tag == "br")
    for table in list(article.iter("table")):
        if not is_grid(table) and not any(table.iterancestors("table")):
            replaced(table, one_line(table))
    plain_marks = {tag for tag in article.iter(*STRESS) if is_read(tag)}
    for tag in list(article.iter(*STRESS, *AS_HTML)):
        if tag not in plain_marks:
            unwrapped(tag, STRESS.get(tag.tag, tag.tag))
    beside = [tag for tag in article.iter(*CODE) if touches_code(tag)]
    for tag in beside:
        tag.text = escaped(tag.text_content(), tag)
        unwrapped(tag, "code")
    for tag in article.iter(*CODE):
        tag.tag = "code"
    for quotation in article.iter("blockquote"):
        if quotation.getprevious() is not None:
            quotation.addprevious(builder.P(GAP))
    for drawing in article.xpath(".//svg | .//img[starts-with(@src, 'data:')]"):
        words = drawing.get("aria-label") or drawing.get("alt") or drawing.text_content()
        replaced(drawing, f"[{' '.join(words.split())}]" if words.strip() else "")
    for anchor in article.xpath(".//a[@id and not(@href)]"):
        anchor.text = f'<a id="{anchor.get("id")}"></a>{anchor.text or ""}'
        anchor.drop_tag()
    return article


def escaped(text: str, tag: HtmlElement, begins: bool = False) -> str:
    """A text of an element in which nothing is taken for markup, with no more backslashes than that takes."""
    text = re.sub(r"[\\`*~]", rf"{ESCAPE}\g<0>", text)
    text = re.sub(r"<(?=[A-Za-z/!?])|&(?=#?\w+;)", rf"{ESCAPE}\g<0>", text)
    # An underscore inside a word stresses nothing.
    text = re.sub(r"(?<![^\W_])_+|_+(?![^\W_])", lambda run: f"{ESCAPE}_" * len(run[0]), text)
    if tag.tag != "a":  # there the converter does it
        text = re.sub(r"](?=[(\[])|!$", rf"{ESCAPE}\g<0>", text)
    return BEGINS.sub(rf"\1\2{ESCAPE}", text) if begins else text


def replaced(tag: HtmlElement, text: str) -> None:
    """Put a text in the place of an element."""
    tag.addprevious(builder.SPAN(text))
    tag.drop_tree()


def unwrapped(tag: HtmlElement, name: str) -> None:
    """Write the tags of an element into the text, as of <strong>."""
    tag.text = f"<{name}>{tag.text or ''}"
    if len(tag):
        tag[-1].tail = f"{tag[-1].tail or ''}</{name}>"
    else:
        tag.text += f"</{name}>"
    tag.drop_tag()


def touches_code(tag: HtmlElement) -> bool:
    """Whether a piece of code stands at once before or behind another, so that their marks would run together."""
    before, after = tag.getprevious(), tag.getnext()
    return (before is not None and before.tag in CODE and not before.tail) or (
        after is not None and after.tag in CODE and not tag.tail
    )


def is_read(tag: HtmlElement) -> bool:
    """Whether a reader of CommonMark takes asterisks around an element for what they are.

    Not so in `**注意：**先看`: https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis
    """
    before, after, above = tag.getprevious(), tag.getnext(), tag.getparent()
    inside, leading = tag.text_content().strip(), above.text if before is None else before.tail
    if not inside or any(STRESS[one.tag] == STRESS[tag.tag] for one in tag.iterancestors(*STRESS)):
        return False
    sides = ((leading, before, -1, inside[0]), (tag.tail, after, 0, inside[-1]))
    for text, other, at, edge in sides:
        if not text and other is not None and other.tag in STRESS:
            return False
        at_border = other is None and above.tag in BLOCKS or other is not None and other.tag == "br"
        outside = text[at] if text else " " if at_border else "a"
        is_mark = outside.isspace() or unicodedata.category(outside)[0] == "P"
        if not is_mark and unicodedata.category(edge)[0] in "PS":
            return False
    return True


def is_grid(table: HtmlElement) -> bool:
    """Whether a table has rows of as many cells, each of one line."""
    rows = [row.xpath("./td | ./th") for row in table.iter("tr")]
    within = "table | .//ul | .//ol | .//pre | .//blockquote | .//br | .//caption | .//*[@colspan or @rowspan]"
    lines = any(len(cell.xpath(".//p | .//div")) > 1 for row in rows for cell in row)
    return len(set(map(len, rows))) == 1 and not lines and not table.xpath(f".//{within}")


def one_line(table: HtmlElement) -> str:
    """A table as HTML without line breaks, and with no more attributes than Markdown needs."""
    for tag in table.iter():
        for name in set(tag.attrib) - KEPT:
            del tag.attrib[name]
    for listing in table.iter("pre"):
        text = listing.text_content().rstrip("\n").replace("\n", "\0")
        listing[:], listing.text = [], text
    text = html.tostring(table, encoding="unicode", with_tail=False)
    return " ".join(part.strip() for part in text.split("\n")).replace("\0", "&#10;")
