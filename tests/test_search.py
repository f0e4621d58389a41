"""What the search is given: the index, made of built pages and of data alone."""

import json
import re

import pytest

from handbook.search import index
from handbook.search.words import BORDER, Borders
from handbook.site import LANGUAGES, read_site

PAGE = """<!doctype html><html lang="{language}"><title>x</title>
<div data-md-component="header-topic">Short</div>
<article><h1 id="top">A page</h1>{body}</article></html>"""
BODY = """
<p>First words.</p>
<h2 id="one">1. One<a class="headerlink" href="#one">¶</a></h2>
<p>Some <b>prose</b>
in two lines.</p><nav data-search-exclude><p>An index</p></nav>
<div class="highlight"><span class="filename">run.py</span><pre><code>print(1)</code></pre></div>
<table><tr><th>Name</th><th>Size</th></tr><tr><td>Dense</td><td>903</td></tr></table>
<h3 id="made-of-items">Made of items</h3>
<ol><li id="first"><b>First:</b> this</li><li id="second"><b>Second:</b> that</li></ol><p>Rest</p>
<h2 id="with-items">With items</h2>
<p>Before:</p><ul><li id="third">Third: <a id="old"></a>more</li></ul>
"""


@pytest.fixture
def folder(tmp_path):
    """A site of a few small pages in each language, as MkDocs writes them."""
    for language, root in (("zh", tmp_path), ("en", tmp_path / "en")):
        for name in ("", "guide", "labs/one", "reference/glossary"):
            file = root / name / "index.html"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(PAGE.format(language=language, body=BODY), encoding="utf-8")
    return tmp_path


def written(folder):
    """The entries of the Chinese index by their addresses."""
    index.write(read_site(folder))
    made = json.loads((folder / "search/search_index.json").read_text(encoding="utf-8"))
    return {doc["location"]: doc for doc in made["docs"]}


def test_each_section_is_found_with_its_texts(folder):
    docs = written(folder)
    places = ["", "#one", "#made-of-items", "#first", "#second", "#with-items"]
    assert [place for place in docs if place.startswith("guide/")] == [f"guide/{p}" for p in places]
    assert docs["guide/"] == {
        "location": "guide/",
        "title": "A page",
        "text": "First words.",
        "weight": 1.3,
    }
    assert docs["guide/#one"] == {
        "location": "guide/#one",
        "title": "One",
        "text": "Some prose in two lines.",
        "table": "Name · Size\nDense",
        "code": "run.py\nprint(1)",
        "parents": ["Short"],
        "page": "A page",
        "by_page": True,  # other pages have a section of that title
    }
    assert docs["guide/#made-of-items"]["text"] == "Rest"
    assert docs["guide/#second"]["text"] == "Second: that"
    assert docs["guide/#second"]["parents"] == ["Short", "One", "Made of items"]
    assert docs["guide/#with-items"]["text"] == "Before:\nThird: more"


def test_pages_weigh_by_their_kind_and_the_home_page_is_left_out(folder):
    docs = written(folder)
    weights = {place: docs[f"{place}#one"].get("weight", 1) for place in ("guide/", "labs/one/")}
    assert weights == {"guide/": 1, "labs/one/": 0.45}
    assert "" not in docs and "#one" not in docs


def test_a_site_of_files_is_searched_too(folder):
    for page in folder.glob("**/guide/index.html"):
        page.rename(page.parent.with_suffix(".html"))
    assert "guide.html#one" in written(folder)


def test_words_of_other_regions_lead_to_those_of_the_pages():
    corpus = "算法、质量、内存、隐私、云计算、数据安全"
    simplified = {old: new[0] for old, new in index.dictionary("TSCharacters")}
    words = index.regional_words(corpus, simplified)
    for there, here in {
        "演算法": "算法",
        "品質": "质量",
        "質素": "质量",
        "記憶體": "内存",
        "私隱": "隐私",
        "雲端": "云",
        "雲端運算": "云计算",
        "資料": "数据",
        "資安": "数据安全",
    }.items():
        assert here in words["".join(simplified.get(char, char) for char in there)]
    assert "软体" not in words  # 软件 is not there to be found


def test_words_end_where_words_end():
    borders = Borders(["过拟合"])
    for text in (
        "一台|机器上面|试过",
        "面试题与编程题",
        "神经网络和激活函数",
        "真实|数据",
        "防止过拟合",
    ):
        assert borders.put(text.replace("|", "")).replace(BORDER, "|") == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_of_the_site(site_model, language):
    root = site_model.root(language)
    text = (root / "search/search_index.json").read_text(encoding="utf-8")
    made = json.loads(text)
    places = {doc["location"] for doc in made["docs"]}
    assert len(places) == len(made["docs"]) > 200
    for term in made["terms"]:
        if term["names"]:  # or it is a group of everyday words
            assert term["sections"] and places.issuperset(term["sections"]), term
    for doc in made["docs"]:
        assert "#" not in doc["location"] or doc["parents"] and doc["page"], doc["location"]
    assert any(doc.get("names") for doc in made["docs"])
    assert not re.search(r"[\u200b-\u200f\u2060\ufeff\u00ad]|¶", text)
    assert made["variants"]["憶"] == "忆" and "演算法" in made["regional"]
