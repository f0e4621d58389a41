"""What is read from a page's HTML: places, titles and summaries that stand alone."""

import pytest
from handbook.outline import first_sentences, read_outline


def outline(html, language="en"):
    return {place.id: place for place in read_outline(html, language, "The page's description.")}


def test_headings_items_aliases_and_terms_are_told_apart():
    places = outline(
        '<h1 id="top">Page</h1><p><a id="old"></a></p><h2 id="new">1. New<a class="headerlink" href="#new">¶</a></h2><p>Text.</p>'
        '<ul><li id="one">One: first.</li></ul><h2 id="term" class="hb-entry">Term</h2><p>Meaning.</p>'
        '<p class="hb-moved" id="gone">Moved to <a href="x">x</a></p><h3 id="__tabbed_1">x</h3><p id="fn:1">y</p>'
    )
    assert {id: place.kind for id, place in places.items()} == {
        "top": "page",
        "old": "alias",
        "new": "section",
        "one": "item",
        "term": "term",
        "gone": "moved",
    }
    assert places["new"].title == places["old"].title == "New"
    assert [id for id, place in places.items() if not place.shared] == ["term", "gone"]


@pytest.mark.parametrize(
    "html, owner",
    [
        ('<a id="old"></a><h2 id="b">B</h2>', "B"),
        ('<h2 id="b">B <a id="old"></a></h2>', "B"),
        ('<p>Words. <a id="old"></a> More.</p><h2 id="b">B</h2>', "A"),
        ('<ul><li id="i"><a id="old"></a>I: x.</li></ul>', "I"),
        ('<p><a id="older"></a><a id="old"></a></p><h2 id="b">B</h2>', "B"),
    ],
)
def test_an_old_id_belongs_to_what_it_stands_beside(html, owner):
    assert outline('<h2 id="a">A</h2><p>Text.</p>' + html)["old"].title == owner


def test_a_section_uses_the_card_of_its_second_level_section():
    places = outline(
        '<h1 id="p">P</h1><h3 id="x">X</h3><h2 id="a">A</h2><h3 id="b">B</h3><ul><li id="c">C</li></ul>'
    )
    assert {id: place.card for id, place in places.items()} == {
        "p": "",
        "x": "",
        "a": "a",
        "b": "a",
        "c": "a",
    }


@pytest.mark.parametrize(
    "html, summary",
    [
        ("<p><strong>Answer:</strong> Because it is so.</p>", "Because it is so."),
        ("<p>See <em>this</em> and <code>that</code>.</p>", "See this and that."),
        ('<div class="admonition editor"><p>Note.</p></div><p>Text.</p>', "Text."),
        ("<details><summary>More</summary><p>Folded.</p></details><p>Text.</p>", "Text."),
        (
            '<div class="highlight"><pre><code>import x</code></pre></div><p>It imports.</p>',
            "It imports.",
        ),
        (
            "<p><strong>Solutions:</strong></p><ul><li><strong>One:</strong> do it</li><li>Two</li></ul>",
            "One: do it; Two",
        ),
        ("<h3 id='b'>1. First</h3><p>x</p><h3 id='c'>Second</h3>", "First; Second"),
        (
            "<ul><li><p>Long item.</p><p>Its second paragraph.</p></li></ul>",
            "Long item. Its second paragraph.",
        ),
        ("", "The page's description."),
        ("<p>a &lt;b&gt; &amp; c</p>", "A <b> & c"),
        ("<p>one</p><!-- not this --><p>two.</p>", "One; two."),
    ],
)
def test_a_summary_is_clean_text(html, summary):
    assert outline('<h2 id="a">A</h2>' + html)["a"].summary == summary


def test_a_summary_ends_with_a_sentence_or_is_cut_between_words():
    assert first_sentences(["One is here. " + "Two is longer " * 20 + "."], "en") == "One is here."
    cut = first_sentences(["word " * 100], "en")
    assert len(cut) <= 200 and cut.endswith("word…")
    cut = first_sentences(["很长的一句话，" * 30], "zh")
    assert len(cut) <= 90 and cut.endswith("话…")
    assert first_sentences(["第一句。第二句！", "第三句"], "zh") == "第一句。第二句！第三句"


def test_chinese_wrapped_in_the_source_gets_no_spaces():
    assert (
        outline('<h2 id="a">甲</h2><p>一行\n又一行 GPT\n再一行</p>', "zh")["a"].summary
        == "一行又一行 GPT 再一行"
    )
