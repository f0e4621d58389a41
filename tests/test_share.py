"""What crawlers, chat clients and search engines read of each page and section: share pages, head tags, pictures."""

import json
import re
import subprocess
import sys
from datetime import date
from functools import cache
from urllib.parse import urldefrag, urljoin

import pytest
import schema_org
from conftest import ROOT, SITE_URL, contents
from lxml import html
from lxml.html.builder import H2
from PIL import Image
from pydantic import ValidationError
from small_site import NAMES, small_site

from handbook.share import pages
from handbook.share.cards import HEIGHT, MOST_BYTES, WIDTH, due
from handbook.share.head import structured_data, tags
from handbook.share.names import card_file

HAN = re.compile(r"[\u3400-\u9fff]")
MARKUP = re.compile(r"[*`#{}|¶]|\[(?![A-Z]+\])|https?:|\s\s")  # a token such as [CLS] is no markup
HOSTILE = """"><script>alert(1)</script>&amp;'{{ 7 * 7 }}](x)--></title>"""

# In a process of its own: Playwright runs once in each.
DRAW = """
import pathlib, sys
from handbook.share.cards import draw
from handbook.site import read_site
root = pathlib.Path(sys.argv[1])
site = read_site(root / "site")
print(draw(site, root), draw(site, root))
"""


def shares(site):
    """(address from the site's root, tree, what its tags say) of each share page."""
    found = []
    for file in [*(site / "s").rglob("index.html"), *(site / "en/s").rglob("index.html")]:
        tree = html.fromstring(file.read_bytes().decode("utf-8"))
        found.append((file.parent.relative_to(site).as_posix() + "/", tree, told(tree)))
    return sorted(found, key=lambda one: one[0])


def told(tree):
    metas = tree.xpath("//meta[@property or @name]")
    names = [meta.get("property") or meta.get("name") for meta in metas]
    assert len(names) == len(set(names)), names
    return dict(zip(names, [meta.get("content") for meta in metas], strict=True))


# ---- share pages ----


def test_a_crawler_gets_title_summary_picture_and_where_it_leads(published):
    found = shares(published)
    assert len(found) > 300
    for url, tree, tag in found:
        language, folder = ("en", "en/") if url.startswith("en/") else ("zh", "")
        assert tree.get("lang") == language and tag["og:site_name"] and len(tag["og:title"]) >= 2
        assert tag["og:url"] == SITE_URL + url, "a crawler would fetch the other page and show that"
        assert 4 <= len(tag["og:description"]) <= 240, f"{url}: {tag['og:description']}"
        assert tag["description"] == tag["og:description"]
        assert not MARKUP.search(tag["og:title"] + tag["og:description"]), f"{url}: {tag}"
        text = tag["og:title"] + tag["og:description"]
        assert bool(HAN.search(text)) == (language == "zh") or "OpenAI" in text, url
        assert (published / tag["og:image"].removeprefix(SITE_URL)).is_file(), tag["og:image"]
        refresh = tree.xpath("string(//noscript/meta[@http-equiv='refresh']/@content)")
        target, id = urldefrag(urljoin("/" + url, refresh.removeprefix("0; url=")))
        assert tree.xpath("string(//link[@rel='canonical']/@href)") == SITE_URL + target[1:]
        assert not id or url.endswith(f"/{id}/") and id in ids_at(published / target[1:]), url
        (link,) = tree.xpath("//body//a")
        leads = urldefrag(urljoin("/" + url, link.get("href")))
        assert link.text_content() and leads == (target, id), url
        icon = tree.xpath("string(//link[@rel='icon']/@href)")
        assert (published / urljoin("/" + url, icon)[1:].partition("?")[0]).is_file(), url


@cache
def ids_at(folder):
    return set(html.parse(str(folder / "index.html")).xpath("//@id"))


GUIDE = "AI大模型创业指南：解析未来挑战与应对策略"


@pytest.mark.parametrize(
    "url, title, start",
    [
        ("s/guide/question-bank/", f"典型问题与面试题库 · {GUIDE}", "AI 大模型的基本概念"),
        ("s/guide/more-data/", f"增加数据量 · {GUIDE}", "通过收集更多的数据"),
        ("s/guide/guide/", GUIDE, "大模型创业指南全文"),
        ("en/s/index/", "Large-Model Startup Handbook", "Two articles"),
        ("en/s/playbook/openai/", "OpenAI · A Startup Playbook for Large AI Models: ", ""),
    ],
)
def test_some_of_them_word_for_word(published, url, title, start):
    tag = told(html.parse(str(published / url / "index.html"), html.HTMLParser(encoding="utf-8")))
    assert tag["og:title"].startswith(title) and tag["og:description"].startswith(start)


def test_without_an_address_nothing_is_absolute_and_everything_leads_on(built):
    for url, tree, tag in shares(built):
        assert not {"og:url", "og:image"} & tag.keys() and tag["twitter:card"] == "summary"
        assert not [at for at in tree.xpath("//@href | //@src") if "://" in at], url
        target = urldefrag(urljoin("/" + url, tree.xpath("string(//body//a/@href)")))[0]
        assert (built / target[1:] / "index.html").is_file(), url


def test_script_and_style_are_the_same_everywhere_and_terms_have_no_page(built, published):
    found = shares(built) + shares(published)
    for tag in ("script", "style"):
        assert len({text for _, tree, _ in found for text in tree.xpath(f"//{tag}/text()")}) == 1
    assert [url for url, _, _ in found if url.startswith("s/reference/glossary/")] == [
        "s/reference/glossary/",
        "s/reference/glossary/glossary/",
    ] * 2


def test_places_that_would_share_an_address_are_told(tmp_path):
    article = '<h1 id="labs">L</h1><h2 id="a">A</h2>'
    site = small_site(tmp_path, {"zh/labs/index": article, "zh/labs/a": '<h1 id="top">T</h1>'})
    (problem,) = pages.write(site)
    assert str(problem).startswith(
        "docs/zh/labs/index.md:1: /s/labs/a/ would be the share page both of /labs/a/ and of /labs/#a. "
    )
    assert "T" in (tmp_path / "s/labs/a/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("flat", [False, True])
def test_hostile_titles_stay_text_and_twice_gives_the_same_bytes(tmp_path, flat):
    heading = html.tostring(H2(HOSTILE, id="x"), encoding="unicode")
    articles = {f"{one}/guide": f'<h1 id="guide">G</h1>{heading}<p>So.</p>' for one in NAMES}
    site = small_site(tmp_path, articles, "https://x.org/", flat=flat)
    assert pages.write(site) == []
    before = contents(tmp_path)
    for url, tree, tag in shares(tmp_path):
        if url.endswith("s/guide/x/"):
            assert tag["og:title"] == f"{HOSTILE} · G" and tree.xpath("string(//h1)") == HOSTILE
            assert len(tree.xpath("//script")) == 1 and tag["og:description"] == "So."
            file = tmp_path / urldefrag(urljoin("/" + url, tree.xpath("string(//a/@href)")))[0][1:]
            assert (file if flat else file / "index.html").is_file()
    assert pages.write(site) == [] and contents(tmp_path) == before
    page = site.page("zh", "guide")
    page.sections[0].title = HOSTILE
    head = html.fromstring(f"<html><head>{tags(page, site)}</head></html>")
    assert told(head)["og:title"] == HOSTILE and len(head.xpath("//script")) == 1
    assert json.loads(head.xpath("string(//script)"))[0]["headline"] == HOSTILE


# ---- heads ----


def test_each_page_tells_what_it_is(published_model, published):
    for page in published_model.pages:
        tag, home = told(page.tree), SITE_URL + ("en/" if page.language == "en" else "")
        assert tag["og:url"] == page.canonical == home + page.url
        assert tag["og:type"] == ("website" if page.name == "index" else "article")
        assert tag["og:locale"] == {"zh": "zh_CN", "en": "en_GB"}[page.language]
        assert (tag["og:title"], tag["og:description"]) == (page.title, page.description)
        assert (published / tag["og:image"].removeprefix(SITE_URL)).is_file() and tag[
            "og:image:alt"
        ]
        assert tag["handbook:share"] == home + "s/" + (page.address.strip("/") or "index") + "/"
        links = page.tree.xpath("//head/link[normalize-space(@rel)='alternate']")
        # With a space in rel, or the theme fetches a site map for each.
        assert {link.get("rel") for link in links} == {"alternate "}
        versions = {
            link.get("hreflang"): link.get("href") for link in links if link.get("hreflang")
        }
        zh, en = SITE_URL + page.url, SITE_URL + "en/" + page.url
        assert versions == {"zh": zh, "en": en, "x-default": zh}
        kinds = {link.get("type"): link.get("href") for link in links if link.get("type")}
        assert kinds == {"text/markdown": "index.md", "application/atom+xml": home + "feed.xml"}
        assert (page.file.parent / "index.md").is_file()


def test_without_an_address_heads_need_none(site_model):
    for page in site_model.pages:
        links = page.tree.xpath("//head/link[normalize-space(@rel)='alternate']/@href")
        assert links == ["index.md"] and not {"og:url", "handbook:share"} & told(page.tree).keys()
        (data,) = structured_data(page, site_model)
        assert not {"@id", "url", "workTranslation"} & data.keys() and data["description"]


# ---- structured data ----


def checked(data):
    """The model of some data. Raises when a type or property is unknown, or a value is not of its range."""
    if isinstance(data, list):
        return [checked(value) for value in data]
    if not isinstance(data, dict):
        return data
    model = getattr(schema_org, data["@type"])
    dated = {entry.schema_name for entry in model.SCHEMA_PROPERTIES if "Date" in entry.ranges}
    values = {
        "schema_id" if name == "@id" else name: date.fromisoformat(value)
        if name in dated
        else checked(value)
        for name, value in data.items()
        if name not in ("@context", "@type")
    }
    return model(**values)


def data_of(page):
    (text,) = page.tree.xpath("//script[@type='application/ld+json']/text()")
    return json.loads(text)


def test_the_data_keep_to_the_vocabulary_of_schema_org(site_model, published_model):
    for page in [*site_model.pages[:3], *published_model.pages]:
        for data in data_of(page):
            assert data["@context"] == "https://schema.org"
            assert json.loads(json.dumps(checked(data).to_jsonld())) == data, page.file
    guide = data_of(published_model.page("en", "guide"))[0]
    for wrong in ({"headlin": "x"}, {"headline": 7}, {"author": {"@type": "Organisation"}}):
        with pytest.raises((ValidationError, ValueError, AttributeError)):
            checked(guide | wrong)


def test_the_data_say_what_the_page_is_and_what_stands_above_it(published_model):
    for page in published_model.pages:
        about, *more = data_of(page)
        assert (
            about["@id"] == about["url"] == page.canonical and about["inLanguage"] == page.language
        )
        other = about["translationOfWork" if page.language == "en" else "workTranslation"]["url"]
        assert {page.canonical, other} == {SITE_URL + page.url, SITE_URL + "en/" + page.url}
        if page.name == "index":
            assert about["@type"] == "WebSite" and not more
            continue
        assert about["@type"] == "TechArticle" and about["headline"] == page.title
        places = [item["item"]["@id"] for item in more[0]["itemListElement"]]
        home = about["isPartOf"]["@id"]
        folder = re.match("(cases|decisions|labs|law|questions|tools)/(?!index)", page.name)
        above = [f"{home}{folder[1]}/"] if folder else []
        assert places == [home, *above, page.canonical]


@pytest.mark.parametrize("language, start", [("zh", "过拟合是指"), ("en", "Overfitting means")])
def test_the_questions_of_the_guide_come_with_their_answers_and_lists(
    published_model, language, start
):
    asked = data_of(published_model.page(language, "guide"))[0]["hasPart"]
    assert len(asked) == 3 and asked[2]["url"].endswith("/guide/#overfitting")
    answer = asked[2]["acceptedAnswer"]["text"]
    assert (
        answer.startswith(start)
        and ("模型压缩" if language == "zh" else "Model compression") in answer
    )
    assert not [
        page
        for page in published_model.pages
        if "hasPart" in data_of(page)[0] and not re.match("guide|questions/", page.name)
    ]


# ---- pictures ----


def test_each_page_has_a_picture_of_its_present_title(site_model):
    assert not due(site_model), "Run `make due` and commit data/cards/."
    files = {card_file(page, ROOT) for page in site_model.pages}
    assert files == set((ROOT / "data/cards").rglob("*.png"))
    for file in files:
        with Image.open(file) as image:
            assert image.size == (WIDTH, HEIGHT) and image.format == "PNG"
        assert 2000 < file.stat().st_size <= MOST_BYTES, file


def test_what_is_drawn_is_the_title(tmp_path):
    (tmp_path / "theme/assets/images").mkdir(parents=True)
    icon = (ROOT / "theme/assets/images/icon.svg").read_text(encoding="utf-8")
    (tmp_path / "theme/assets/images/icon.svg").write_text(icon, encoding="utf-8")
    (tmp_path / "data/cards/zh").mkdir(parents=True)
    (tmp_path / "data/cards/zh/gone.png").write_bytes(b"")
    site = small_site(
        tmp_path / "site", {"zh/guide": f'<h1 id="x">{"很长的标题，" * 9}&lt;b&gt;</h1>'}
    )
    run = subprocess.run([sys.executable, "-c", DRAW, tmp_path], capture_output=True, text=True)
    assert run.stdout == "3 0\n", run.stderr
    site.page("zh", "guide").sections[0].title = "另一个"
    assert [page.name for page in due(site, tmp_path)] == ["guide"]
    assert not (tmp_path / "data/cards/zh/gone.png").exists()
