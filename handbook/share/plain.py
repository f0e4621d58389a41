"""Each page as plain Markdown beside its HTML, for programs and for people who read without a browser.

It is made from the built page: first everything that only the page needs is taken out and our own blocks become
ordinary ones, then markdownify writes Markdown that any CommonMark reader shows as the page does. A note becomes a
quotation, a tab or a folded block a bold title with its text, an id an anchor; a table that Markdown cannot hold
stays HTML. Content is never lost, looks may be.
"""

import os
import re
import unicodedata
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import NavigableString, PageElement, Tag
from lxml import html
from lxml.html import HtmlElement, builder
from markdownify import MarkdownConverter, abstract_inline_conversion, chomp

from handbook.site import HEADINGS, KEBAB, Page, Site

# What only a page in a browser needs. A term leads to the glossary, which is a page of its own.
DROPPED = """
    .//script | .//style | .//template | .//button | .//nav | .//input[not(@type='checkbox')]
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
KEPT_ATTRIBUTES = ("colspan", "rowspan", "href", "src", "alt", "id", "start", "lang")
SAME = {"strong": ("strong", "b"), "em": ("em", "i")}
CODE = {"code", "kbd", "samp"}
OPENING = {"p", "li", "div", "blockquote", "article", "body"}  # their text may begin a line
BLOCKS = OPENING | {"td", "th", *HEADINGS}
QUOTED = str.maketrans({" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\n": ""})


def write(site: Site) -> None:
    """Write every page as Markdown: index.md beside index.html, guide.md beside guide.html."""
    files = {page.file.resolve() for page in site.pages}
    for page in site.pages:
        page.file.with_suffix(".md").write_text(plain(page, files), encoding="utf-8", newline="")


def plain(page: Page, files: set[Path]) -> str:
    """A page as Markdown. files: the HTML of all pages; links to them lead to their Markdown."""
    markup = html.tostring(prepared(page, files), encoding="unicode", with_tail=False)
    return Converter().convert(markup).rstrip() + "\n"


def prepared(page: Page, files: set[Path]) -> HtmlElement:
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
    for tag in list(article.iter("details", "dl", "dt", "dd", "figure", "summary")):
        if tag.tag in ("summary", "dt"):
            bold(tag)
        else:
            tag.tag = "div"
    for note in article.find_class("admonition"):
        note.tag = "blockquote"
        for title in note.find_class("admonition-title"):
            bold(title)
    for link in article.xpath(".//a[@href]"):
        link.set("href", to_plain(link.get("href"), page.file, files))
    for image in article.xpath(".//img[@src]"):
        image.set("src", image.get("src").removesuffix("#only-light"))
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
    listing = builder.PRE(pre.text_content(), {"data-language": language[1] if language else ""})
    for name in frame.find_class("filename"):
        frame.addprevious(builder.P(builder.STRONG(name.text_content())))
    listing.tail = frame.tail
    frame.getparent().replace(frame, listing)


def to_plain(target: str, file: Path, files: set[Path]) -> str:
    """Where a link of a page leads in its plain version."""
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return target
    other = (file.parent / unquote(parts.path)).resolve()
    other = other / "index.html" if other.is_dir() else other
    if other not in files:
        return target
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    if other == file.resolve() and fragment:
        return fragment
    path = os.path.relpath(other.with_suffix(".md"), file.resolve().parent)
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


def emphasis(mark: str, tag: str) -> Callable:
    """A conversion to `**text**`, or to `<strong>text</strong>` where no CommonMark reader sees the asterisks.

    So it is in `**注意：**先看`: https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis
    """

    def convert(self: MarkdownConverter, el: Tag, text: str, parent_tags: set[str]) -> str:
        before, after, inner = chomp(text)
        if "_noformat" in parent_tags or not inner:
            return text
        begins = before or may_stand(el, el.previous_sibling, -1, inner[0])
        ends = after or may_stand(el, el.next_sibling, 0, inner[-1])
        alone = parent_tags.isdisjoint(SAME[tag])
        marks = (mark, mark) if begins and ends and alone else (f"<{tag}>", f"</{tag}>")
        return inner.join(marks).join((before, after))

    return convert


def may_stand(el: Tag, neighbour: PageElement | None, at: int, edge: str) -> bool:
    """Whether asterisks are read between the outermost character inside and what stands beside the element.

    at: which character of the neighbour is next to the element, 0 or -1.
    """
    name = getattr(neighbour, "name", None)
    if name in ("b", "strong", "em", "i"):
        return False
    outside = str(neighbour)[at] if neighbour is not None and name is None else ""
    if outside.isspace() or outside and unicodedata.category(outside)[0] == "P" or name == "br":
        return True
    if neighbour is None and el.parent.name in BLOCKS:
        return True
    return unicodedata.category(edge)[0] not in "PS"


def titled(el: Tag) -> str:
    """The title of a link or picture as Markdown writes it."""
    title = " ".join(el.get("title", "").split()).replace("\\", "\\\\").replace('"', r"\"")
    return f' "{title}"' if title else ""


class Converter(MarkdownConverter):
    """markdownify, with what it leaves open for CommonMark and for Chinese."""

    class Options(MarkdownConverter.DefaultOptions):
        """Those of the library."""

        autolinks = escape_asterisks = escape_underscores = False
        bs4_options = "lxml"
        bullets = "-"
        heading_style = "atx"
        sub_symbol, sup_symbol = "<sub>", "<sup>"

    convert_b = convert_strong = emphasis("**", "strong")
    convert_em = convert_i = emphasis("*", "em")
    convert_del = convert_s = abstract_inline_conversion(lambda self: "<del>")

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """Text in which nothing is taken for markup, with no more backslashes than that takes."""
        text = re.sub(r"([\\`*~])", r"\\\1", text)
        text = re.sub(r"<(?=[A-Za-z/!?])|&(?=#?\w+;)", r"\\\g<0>", text)
        # An underscore inside a word stresses nothing.
        text = re.sub(r"(?<![^\W_])_+|_+(?![^\W_])", lambda run: r"\_" * len(run[0]), text)
        return re.sub(r"[][]" if "a" in parent_tags else r"](?=[(\[])", r"\\\g<0>", text)

    def process_text(self, el: NavigableString, parent_tags: set[str] | None = None) -> str:
        """Text of which no line begins a list, a heading, a table, a quotation or a definition."""
        text, after = super().process_text(el, parent_tags), el.next_sibling
        if "_noformat" in (parent_tags or ()):
            return text
        if text.endswith("!") and after is not None and after.name == "a":  # no picture
            text = text[:-1] + r"\!"
        before = el.previous_sibling
        opens = before.name == "br" if before is not None else el.parent.name in OPENING
        line = r"(^\s*|\n)" if opens else r"(\n)"
        return re.sub(line + r"(\d{1,9}(?=[.)](?:\s|$))|(?=[-+#>=|:\[]))", r"\1\2\\", text)

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A link or an anchor."""
        anchor = f'<a id="{el["id"]}"></a>' if el.get("id") else ""
        before, after, label = chomp(text)
        label = label or self.escape(el.get("aria-label") or el.get("title") or "", {"a"})
        if "href" not in el.attrs or not label or "_noformat" in parent_tags:
            return anchor + text
        link = f"[{label}]({el['href'].translate(QUOTED)}{titled(el)})"
        return f"{anchor}{before}{link}{after}"

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A picture, in tables too; only its words where the page holds the picture itself."""
        words = self.escape(" ".join(el.get("alt", "").split()), {"a"})
        if el.get("src", "").startswith("data:"):
            return f"[{words}]" if words else ""
        return f"![{words}]({el.get('src', '').translate(QUOTED)}{titled(el)})"

    def convert_svg(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A drawing inside the page: its name, else its words."""
        name = el.get("aria-label") or " ".join(el.stripped_strings)
        return f"[{self.escape(name, {'a'})}]" if name else ""

    def convert_code(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Code; as an element beside other code, whose backticks would run into its own."""
        beside = (el.previous_sibling, el.next_sibling)
        if {getattr(one, "name", None) for one in beside}.isdisjoint(CODE):
            return super().convert_code(el, text, parent_tags)
        return (
            text if "_noformat" in parent_tags else f"<code>{self.escape(text, parent_tags)}</code>"
        )

    convert_kbd = convert_samp = convert_code

    def convert_input(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A box of a task list."""
        return "[x] " if "checked" in el.attrs else "[ ] "

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A listing, in a fence that is longer than any inside."""
        text = el.get_text().rstrip("\n")
        fence = max(["```", *(run + "`" for run in re.findall("`{3,}", text))], key=len)
        return f"\n\n{fence}{el.get('data-language', '')}\n{text}\n{fence}\n\n"

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A cell, whose text ends no cell."""
        return super().convert_td(el, text.replace("|", r"\|"), parent_tags)

    convert_th = convert_td

    def convert_table(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A table; in HTML, on one line, where it is no grid of single lines."""
        rows = [row.find_all(["td", "th"]) for row in el.find_all("tr")]
        cells = [cell for row in rows for cell in row]
        if (
            len({len(row) for row in rows}) == 1
            and not any("rowspan" in cell.attrs or "colspan" in cell.attrs for cell in cells)
            and not any(len(cell.find_all(["p", "div"])) > 1 for cell in cells)
            and not el.find(["table", "ul", "ol", "pre", "blockquote", "br"])
            and "\\|" not in el.get_text()
        ):
            return super().convert_table(el, text, parent_tags)
        for tag in (el, *el.find_all(True)):
            tag.attrs = {name: tag[name] for name in KEPT_ATTRIBUTES if name in tag.attrs}
        for listing in el.find_all("pre"):
            listing.string = listing.get_text().rstrip("\n").replace("\n", "\0")
        line = " ".join(part.strip() for part in str(el).split("\n")).replace("\0", "&#10;")
        return f"\n\n{line}\n\n"
