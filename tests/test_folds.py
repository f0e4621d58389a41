"""Sections that fold, and intervals that no line breaks."""

import pytest
from lxml import html
from markdown import Markdown

from handbook.site import read_page

FOLDS = """# Page {#page}

<a id="older"></a>
<a id="old"></a>

## A {#a .fold}

First of A.

### B {#b .fold}

First of B.

<a id="last"></a>

## C {#c}

Of C.[^1]

## D {#d .fold}

Of D.

[^1]: A footnote.
"""


def rendered(text):
    extensions = ["attr_list", "footnotes", "toc", "handbook.markup"]
    return Markdown(extensions=extensions).convert(text)


def test_a_fold_holds_its_section_and_no_more():
    tree = html.fromstring(f"<article>{rendered(FOLDS)}</article>")
    folds = {fold.xpath("string(./summary/*/@id)"): fold for fold in tree.iter("details")}
    assert not tree.xpath("//summary//a[@href] | //summary//span")
    assert list(folds) == ["a", "b", "d"] and not tree.xpath("//*[@class='fold']")
    assert folds["b"].getparent() is folds["a"]
    inside = {
        "a": ["a", "older", "old", "b"],
        "b": ["b"],
        "d": ["d"],
    }  # an old id opens its section
    assert {id: fold.xpath(".//*/@id") for id, fold in folds.items()} == inside
    assert "Of C" not in folds["a"].text_content() and "footnote" not in folds["d"].text_content()


def test_a_fold_is_a_section_like_any_other_to_search_and_share(tmp_path):
    file = tmp_path / "page.html"
    file.write_text(f"<html><body><article>{rendered(FOLDS)}</article></body></html>", "utf-8")
    sections = {one.id: one for one in read_page(file, file.relative_to(tmp_path), "en").sections}
    assert [one for one in sections if len(one) == 1] == ["a", "b", "c", "d"]
    assert sections["a"].summary == "First of A." and sections["b"].summary == "First of B."
    assert sections["old"].title == "A" and sections["last"].title == "C"
    assert not any("B" in block.text_content() for block in sections["a"].blocks)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("0.1<!-- k --> to 0.2", "0.1<!-- k -->\u00a0to\u00a00.2"),
        ("（−0.1 到 −0.2）", "（−0.1\u00a0到\u00a0−0.2）"),
        ("76.0–80.7", "76.0\u2060–\u206080.7"),
        ("`1 to 2`", "<code>1 to 2</code>"),
        ("up to 2 or 3", "up to 2 or 3"),
    ],
)
def test_an_interval_is_never_broken(source, shown):
    assert rendered(source) == f"<p>{shown}</p>"
