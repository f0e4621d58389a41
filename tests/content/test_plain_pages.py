"""What our Markdown becomes when it is made plain."""

import pytest
from handbook.share.plain import linked, plain, sections_of

CASES = {
    "a heading keeps its id": ("## 结语 {#conclusion}", '## 结语 <a id="conclusion"></a>'),
    "a heading with a class": ("## term {#term .hb-entry}", '## term <a id="term"></a>'),
    "an item keeps its id": (
        "* more data;\n{: #more-data }\n* other",
        '* more data; <a id="more-data"></a>\n* other',
    ),
    "a class alone goes": ("Recorded.\n{: .hb-where }\n\nMore.", "Recorded.\n\nMore."),
    "attributes of a phrase": (
        "[x](a.md){ .md-button } and *标题*{ lang=zh }, `a`{ .b }",
        "[x](<a.md>) and *标题*, `a`",
    ),
    "braces in code and text": (
        '`{#a}` and {curly} and `f"{x}"`',
        '`{#a}` and {curly} and `f"{x}"`',
    ),
    "keys of numbers": ("0.98<!-- a.b -->, 3<!-- given -->", "0.98, 3"),
    "a comment in a phrase of code stays": (
        "`<!-- a.b -->` and ``<b>`</b>``<!-- a.b -->",
        "`<!-- a.b -->` and ``<b>`</b>``",
    ),
    "a lone backtick": ("a ` b\n\nc ` <b>d</b>", "a ` b\n\nc ` d"),
    "a comment in code stays": (
        "```html\n<!-- a -->\n<b>x</b>\n```",
        "```html\n<!-- a -->\n<b>x</b>\n```",
    ),
    "inline tags": (
        '<span lang="zh">好评</span> <kbd>/</kbd> a<br>b &nbsp;|',
        "好评 / a b \N{NO-BREAK SPACE}|",
    ),
    "comparisons are no tags": ("if a < b and c > d, `<br>`", "if a < b and c > d, `<br>`"),
    "a wrapper": ('<div class="x" markdown>\n\n- a\n\n</div>\n\ntext', "\n- a\n\ntext"),
    "an old id": (
        '<a id="old"></a>\n\n## New {#new}',
        '<a id="old"></a>\n\n## New <a id="new"></a>',
    ),
    "a link in HTML": ('<a class="x" href="guide.md#a">the guide</a>', "[the guide](<guide.md#a>)"),
    "a note": (
        '!!! editor "Note · 2026"\n\n    One.\n\n    - two\n\nAfter.',
        "> **Note · 2026**\n>\n> One.\n>\n> - two\n\nAfter.",
    ),
    "a folded block": ('??? note "More"\n\n    Text.', "**More**\n\nText."),
    "a note without title": ("!!! note\n\n    Text.", ">\n> Text."),
    "code in a note": (
        '!!! note "N"\n\n    ```python title="a.py"\n    x = 1\n    ```',
        "> **N**\n>\n> **a.py**\n>\n> ```python\n> x = 1\n> ```",
    ),
    "tabs": ('=== "A"\n\n    one\n\n=== "B"\n\n    two', "**A**\n\none\n\n**B**\n\ntwo"),
    "line numbers": ('```python linenums="4"\nx\n```', "```python\nx\n```"),
    "an extension shown as code": (
        '````text\n!!! note "a"\n```\n````',
        '````text\n!!! note "a"\n```\n````',
    ),
    "figures": (
        "![a](f-light.svg#only-light){ width=4 }\n![a](f-dark.svg#only-dark){ width=4 }",
        "![a](<f-light.svg>)",
    ),
    "a table of HTML": (
        "<table><tr><th></th><th>a|b</th></tr><tr><td>x</td><td>1 &lt; 2</td></tr></table>",
        "|  | a\\|b |\n|---|---|\n| x | 1 < 2 |",
    ),
    "a link with a title and one with brackets": (
        '[a](b.md "t") [c](https://x.org/a_(b))',
        '[a](<b.md> "t") [c](<https://x.org/a_(b)>)',
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_becomes_of(name):
    source, wanted = CASES[name]
    assert plain(source, lambda target: f"<{target}>").strip("\n") == wanted.strip("\n")


def test_an_include_is_filled_in():
    text = plain('--8<-- "audit/search.en.md"', str)
    assert text.startswith("| Page |") and "--8<--" not in text


TARGETS = {
    "index.md": "",
    "guide.md": "guide/",
    "labs/index.md": "labs/",
    "labs/a.ipynb": "labs/a/",
    "labs/a.zip": "labs/a.zip",
    "labs/f/x.svg": "labs/f/x.svg",
}


@pytest.mark.parametrize(
    "source, url, target, wanted",
    [
        ("index.md", "", "guide.md#a", "guide/index.md#a"),
        ("guide.md", "guide/", "index.md", "../index.md"),
        ("guide.md", "guide/", "#a", "#a"),
        ("guide.md", "guide/", "labs/a.ipynb", "../labs/a/index.md"),
        ("labs/a.ipynb", "labs/a/", "../guide.md#x", "../../guide/index.md#x"),
        ("labs/a.ipynb", "labs/a/", "a.zip", "../a.zip"),
        ("labs/a.ipynb", "labs/a/", "f/x.svg", "../f/x.svg"),
        ("labs/index.md", "labs/", "/guide.md", "../guide/index.md"),
        ("guide.md", "guide/", "https://example.org/guide.md", "https://example.org/guide.md"),
        ("guide.md", "guide/", "mailto:a@b.org", "mailto:a@b.org"),
        ("guide.md", "guide/", "gone.md", "gone.md"),
    ],
)
def test_where_links_lead(source, url, target, wanted):
    assert linked(source, url, TARGETS)(target) == wanted


def test_sections_end_at_the_next_heading_and_code_has_none():
    text = '# A <a id="a"></a>\n\nx\n\n```md\n# B <a id="b"></a>\n```\n\n## *C* `d` <a id="c"></a>\ny\n'
    assert [(id, title) for id, title, _ in sections_of(text)] == [("a", "A"), ("c", "C d")]
    assert "# B" in sections_of(text)[0][2] and sections_of(text)[1][2].endswith("y\n")
