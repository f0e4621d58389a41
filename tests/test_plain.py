"""Plain Markdown: what our Markdown becomes, and that a CommonMark reader finds in it all that the page has."""

import re
from functools import cache
from posixpath import normpath
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html
from markdown_it import MarkdownIt
from small_site import as_on_the_site, small_site

from handbook.share.plain import plain, prepared, write

READER = MarkdownIt("commonmark", {"html": True}).enable("table")
MERGED = (
    '<table><thead><tr><th>模型</th><th>设备</th><th>小时</th></tr></thead><tbody><tr><td rowspan="2">小模型</td>'
    '<td>一张卡</td><td>12</td></tr><tr><td>八张卡</td><td>34</td></tr><tr><td>大模型</td><td colspan="2">56</td></tr>'
    "</tbody></table>"
)
CASES = {
    "an id": ("## 结语 {#conclusion}", '## 结语 <a id="conclusion"></a>'),
    "a term of the glossary": ("## term {#term .hb-entry}", '## term <a id="term"></a>'),
    "an id of an item": ("* more\n{: #more-data }", '- <a id="more-data"></a>more'),
    "an old id": ('<a id="old"></a>\n\n## New {#new}', '<a id="old"></a>\n\n## New <a id="new"></a>'),
    "an id of a table": ('<table id="t"><tr><th>a</th></tr><tr><td>b</td></tr></table>',
                         '<a id="t"></a>\n\n| a |\n| --- |\n| b |'),
    "a class": ("Recorded.\n{: .hb-where }\n\nMore.", "Recorded.\n\nMore."),
    "a comment": ("0.98<!-- a.b -->, 3", "0.98, 3"),
    "tags": ('<kbd>/</kbd> H<sub>2</sub>O, x<sup>2</sup> <span lang="zh">好</span>',
             "`/` H<sub>2</sub>O, x<sup>2</sup> 好"),
    "a note": ('!!! editor "Note · 2026"\n\n    One.\n\n    - two\n\nAfter.',
               "> **Note · 2026**\n>\n> One.\n>\n> - two\n\nAfter."),
    "a folded block": ('??? note "More"\n\n    Text.', "**More**\n\nText."),
    "a folded section": ("## A {#a .fold}\n\none\n\n### B {#b}\n\ntwo\n\n## C {#c}\n\nthree",
                         '## A <a id="a"></a>\n\none\n\n### B <a id="b"></a>\n\ntwo\n\n## C <a id="c"></a>\n\nthree'),
    "tabs": ('=== "A"\n\n    one\n\n=== "B"\n\n    two', "**A**\n\none\n\n**B**\n\ntwo"),
    "a listing": ('``` yaml title="a.yml" linenums="4" hl_lines="2"\nx:\n\n  - 1\n\n```',
                  "**a.yml**\n\n```yaml\nx:\n\n  - 1\n```"),
    "a listing of a fence": ("````text\n```\n{#a} <!-- b --> ¶\n```\n````",
                             "````text\n```\n{#a} <!-- b --> ¶\n```\n````"),
    "a listing in a note": ('!!! note "N"\n\n    ```python\n    x = 1\n    ```',
                            "> **N**\n>\n> ```python\n> x = 1\n> ```"),
    "code": ("`{#a}`, `` a`b ``, `<br>`", "`{#a}`, ``a`b``, `<br>`"),
    "a link in code": ("<code>[a](https://x.org/)</code>", "[a](https://x.org/)"),
    "a bar in a cell": ("| a | b |\n|---|---|\n| x\\|y | `p|q` |",
                        "| a | b |\n| --- | --- |\n| x\\|y | `p\\|q` |"),
    "a table in a note": ('!!! note "N"\n\n    | a | b |\n    |---|---|\n    | c | |',
                          "> **N**\n>\n> | a | b |\n> | --- | --- |\n> | c |  |"),
    "merged cells": (MERGED, MERGED),
    "a list in a cell": ('<table class="x"><tr><th>a</th></tr><tr><td><ul>\n<li>b</li>\n</ul></td></tr></table>',
                         "<table><tr><th>a</th></tr><tr><td><ul> <li>b</li> </ul></td></tr></table>"),
    "bold that ends in a full-width mark": (
        "**注意：**先看。有**“引号”**三个字，也有**《书名》**在中间，（**括号**）一处，**普通**的。",
        "<strong>注意：</strong>先看。有<strong>“引号”</strong>三个字，也有<strong>《书名》</strong>在中间，"
        "（**括号**）一处，**普通**的。"),
    "bold before a space": ("**Answer:** yes, *“so”* it is", "**Answer:** yes, *“so”* it is"),
    "bold in bold": ("<b>a <b>c</b></b>", "**a <strong>c</strong>**"),
    "code beside code": ("<code>a`</code><code>b</code>", "<code>a\\`</code><code>b</code>"),
    "bold beside bold": ("<b>a</b><b>c</b>", "<strong>a</strong><strong>c</strong>"),
    "figures": ("![a [b]](f-light.svg#only-light){ width=4 }\n![a](f-dark.svg#only-dark){ width=4 }",
                "![a \\[b\\]](f-light.svg)"),
    "a drawing": ('<svg viewBox="0 0 1 1" aria-label="A curve"><text>1</text></svg> so', "[A curve] so"),
    "a picture inside the page": ("![A curve](data:image/png;base64,AAAA)", "[A curve]"),
    "a link with brackets and a title": ('[a\\]](https://x.org/a_(b) "t")', '[a\\]](https://x.org/a_(b) "t")'),
    "signs": ("1\\. no list, a \\* b, max_seq_len, \\_x\\_, \\`, a &lt; b &lt;i&gt; &amp;amp; ~5~",
              "1\\. no list, a \\* b, max_seq_len, \\_x\\_, \\`, a < b \\<i> \\&amp; \\~5\\~"),
    "what looks like a block": ("<p># no<br>- heading</p><p>[CLS]: token</p>",
                                "\\# no  \n\\- heading\n\n\\[CLS]: token"),
    "a list that begins later": ("3. a\n4. b", "3. a\n4. b"),
    "a list of terms": ("<dl><dt>a</dt><dd><p>b</p><p>c</p></dd></dl>", "**a**\n\nb\n\nc"),
}  # fmt: skip


def squeezed(text):
    return re.sub(r"\s", "", text)


def read_back(text):
    return html.fromstring(f"<div>{READER.render(text)}</div>")


@pytest.mark.parametrize("name", CASES)
def test_what_becomes_of(name, tmp_path):
    source, wanted = CASES[name]
    site = small_site(tmp_path, {"zh/trial": as_on_the_site(source)})
    page = site.page("zh", "trial")
    assert plain(page, set()) == wanted + "\n"
    drawn = {"a drawing", "a picture inside the page"}
    if name not in drawn:
        assert squeezed(read_back(wanted).text_content()) == squeezed(
            prepared(page, set()).text_content()
        )


def test_a_note_without_a_title_says_what_it_is(tmp_path):
    text = as_on_the_site("!!! note\n\n    先看数据。\n\n??? warning\n\n    这一步很慢。")
    page = small_site(tmp_path, {"zh/trial": text}).page("zh", "trial")
    assert re.fullmatch(
        r"> \*\*\w+\*\*\n>\n> 先看数据。\n\n\*\*\w+\*\*\n\n这一步很慢。\n", plain(page, set())
    )


PAGES = {
    f"{language}/{name}": '<h1 id="x">x</h1>'
    for language in ("zh", "en")
    for name in ("guide", "labs/a", "labs/index")
}


@pytest.mark.parametrize(
    "key, target, wanted",
    [
        ("zh/index", "guide/#a", "guide/index.md#a"),
        ("zh/guide", "..", "../index.md"),
        ("zh/guide", "../#a", "../index.md#a"),
        ("zh/guide", "#a", "#a"),
        ("zh/guide", "./#a", "#a"),
        ("zh/guide", "../en/guide/", "../en/guide/index.md"),
        ("en/guide", "../labs/a/", "../labs/a/index.md"),
        ("zh/labs/a", "../a.zip", "../a.zip"),
        ("zh/guide", "/guide/", "/guide/"),
        ("zh/guide", "https://x.org/guide/", "https://x.org/guide/"),
        ("flat/zh/index", "guide.html#a", "guide.md#a"),
        ("flat/zh/labs/a", "../en/guide.html", "../en/guide.md"),
    ],
)
def test_where_links_lead(tmp_path, key, target, wanted):
    flat = key.startswith("flat/")
    key = key.removeprefix("flat/")
    heading = f'<h1 id="x"><a href="{target}">x</a></h1>'
    site = small_site(tmp_path, PAGES | {key: heading}, flat=flat)
    write(site)
    text = site.page(*key.split("/", 1)).file.with_suffix(".md").read_text(encoding="utf-8")
    assert f"[x]({wanted})" in text


# ---- the site itself ----


@cache
def text_of_plain(page_file):
    return page_file.with_suffix(".md").read_text(encoding="utf-8")


def test_a_commonmark_reader_finds_all_that_the_page_has(site_model):
    """Every word, number and listing in its order, every link, item, row, picture and id; no asterisk shows."""
    files = {str(page.file) for page in site_model.pages}
    for page in site_model.pages:
        text, wanted = text_of_plain(page.file), prepared(page, files)
        assert text.startswith("# "), page.file
        for drawing in wanted.xpath(".//svg | .//img[starts-with(@src, 'data:')]"):
            drawing.drop_tree()
        text = re.sub(r"^\[[^\]\n]*\]$", "", text, flags=re.MULTILINE)  # where a drawing was
        for bold in wanted.iter("b"):  # both are ** in Markdown
            bold.tag = "strong"
        found = read_back(text)
        assert squeezed(found.text_content()) == squeezed(wanted.text_content()), page.file
        for tag in ("li", "tr", "img", "pre", "strong", "em", "blockquote", "h2", "h3"):
            assert len(found.findall(f".//{tag}")) == len(wanted.findall(f".//{tag}")), page.file
        assert {section.id for section in page.sections} <= set(found.xpath("//@id")), page.file


def test_its_links_lead_to_plain_pages_and_their_sections(site_model):
    count = 0
    for page in site_model.pages:
        for target in read_back(text_of_plain(page.file)).xpath("//a/@href"):
            if (
                urlsplit(target).scheme or urlsplit(target).query
            ):  # a calculation opens the page itself
                continue
            path, _, id = target.partition("#")
            file = (
                page.file.parent / normpath(unquote(path)) if path else page.file.with_suffix(".md")
            )
            assert file.is_file() and file.suffix not in (".html", ".ipynb"), (
                f"{page.file}: {target}"
            )
            assert not id or f'<a id="{id}"></a>' in file.read_text(), f"{page.file}: {target}"
            count += 1
    assert count > 400


def test_listings_say_their_language_and_nothing_of_the_page_is_left(site_model):
    fences = [
        re.findall(r"^[> ]*```(.*)$", text_of_plain(page.file), re.M) for page in site_model.pages
    ]
    assert {language for found in fences for language in found[::2]} >= {"python", "bash", "text"}
    for page in site_model.pages:
        assert not re.search(r"\[¶|#only-|\{[:#]|hb-|<!--", text_of_plain(page.file)), page.file


def test_it_is_the_same_whatever_the_address(site_model, published_model):
    for page, published in zip(site_model.pages, published_model.pages, strict=True):
        assert text_of_plain(page.file) == text_of_plain(published.file)
