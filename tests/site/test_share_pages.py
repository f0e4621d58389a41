"""Share pages as a crawler reads them: no script, no fragment, only the tags."""

import json
import re
from urllib.parse import urldefrag, urljoin

import pytest
from conftest import ROOT, SITE_URL
from handbook.addresses import read_ledger
from handbook.issue_forms import issue_form
from lxml import etree, html

HAN = re.compile(r"[\u3400-\u9fff]")
# A token such as [CLS] is no markup.
MARKUP = re.compile(r"[*`#{}|¶]|\[(?![A-Z]+\])|https?:|\s\s")
MOST_BYTES = 3600  # 800 of them are the policy
LOCALES = {"zh": "zh_CN", "en": "en_GB"}


class Crawled:
    """What a crawler takes from a page."""

    def __init__(self, site, file):
        self.url = file.parent.relative_to(site).as_posix() + "/"
        self.language = "en" if self.url.startswith("en/") else "zh"
        self.bytes = file.read_bytes()
        self.tree = html.fromstring(self.bytes.decode("utf-8"))
        metas = self.tree.xpath("//meta[@property or @name]")
        self.tags = [
            (meta.get("property") or meta.get("name"), meta.get("content")) for meta in metas
        ]
        self.tag = dict(self.tags)
        self.canonical = self.tree.xpath("string(//link[@rel='canonical']/@href)")
        self.refresh = self.tree.xpath("string(//meta[@http-equiv='refresh']/@content)")


def crawl(site):
    files = [*(site / "s").rglob("index.html"), *(site / "en/s").rglob("index.html")]
    return [Crawled(site, file) for file in sorted(files)]


@pytest.fixture(scope="module")
def shares(published):
    return crawl(published)


@pytest.fixture(scope="module")
def unpublished(site):
    return crawl(site)


def test_each_section_of_the_ledger_has_one_in_both_languages(shares):
    expected = set()
    for page, ids in read_ledger(ROOT).items():
        name = page.strip("/") or "index"
        expected |= {f"s/{name}/"} | {
            f"s/{name}/{id}/" for id, entry in ids.items() if entry.kind == "share"
        }
    assert {share.url for share in shares} == expected | {f"en/{url}" for url in expected}
    assert len(shares) >= 130


def test_they_are_small(shares, unpublished):
    for share in [*shares, *unpublished]:
        assert len(share.bytes) <= MOST_BYTES, f"{share.url}: {len(share.bytes)} bytes"


def test_a_crawler_gets_title_summary_language_image_and_the_page_itself(shares, published):
    for share in shares:
        names = [name for name, _ in share.tags]
        assert len(names) == len(set(names)), f"{share.url}: a tag twice"
        tag = share.tag
        assert tag["og:url"] == SITE_URL + share.url, (
            "a crawler would fetch the other page and show that"
        )
        assert (
            tag["og:type"] == "article"
            and tag["og:site_name"]
            and tag["og:locale"] == LOCALES[share.language]
        )
        assert share.tree.get("lang") == share.language
        assert 2 <= len(tag["og:title"]) <= 200
        assert 8 <= len(tag["og:description"]) <= 220, f"{share.url}: {tag['og:description']}"
        assert tag["description"] == tag["og:description"]
        assert tag["twitter:card"] == "summary_large_image"
        assert (tag["og:image:width"], tag["og:image:height"]) == ("1200", "630") and tag[
            "og:image:alt"
        ]
        assert tag["og:image"].startswith(SITE_URL)
        assert (published / tag["og:image"].removeprefix(SITE_URL)).is_file(), tag["og:image"]
        assert not MARKUP.search(tag["og:title"] + tag["og:description"]), (
            f"{share.url}: markup in {tag}"
        )
        text = tag["og:title"] + tag["og:description"] + share.tree.findtext(".//title")
        assert bool(HAN.search(text)) == (share.language == "zh") or "OpenAI" in text, share.url


def test_it_leads_to_the_article_and_the_section(shares, published):
    for share in shares:
        folder = "en/" if share.language == "en" else ""
        target, id = urldefrag(urljoin("/" + share.url, share.refresh.removeprefix("0; url=")))
        assert share.canonical == SITE_URL + target.lstrip("/")
        page = html.parse(
            str(published / target.lstrip("/") / "index.html"), html.HTMLParser(encoding="utf-8")
        )
        assert not id or page.xpath(f"//*[@id='{id}']"), f"{share.url} leads to {target}#{id}"
        (link,) = share.tree.xpath("//body//a")
        assert link.text_content().strip() and urldefrag(
            urljoin("/" + share.url, link.get("href"))
        ) == (target, id)
        assert target.lstrip("/").startswith(folder)


def test_the_section_is_the_one_of_the_address(shares):
    for share in shares:
        name = share.url.removeprefix("en/").strip("/").split("/")[-1]
        id = urldefrag(share.refresh)[1]
        assert not id or id == name, share.url


def test_a_summary_is_made_of_whole_sentences(shares):
    for share in shares:
        text = share.tag["og:description"]
        assert text[0].isupper() or HAN.match(text[0]) or not text[0].isalpha(), (
            f"{share.url}: {text}"
        )
        assert text[-1] not in ",，、:：;；", f"{share.url}: {text}"
        assert not re.search(
            r"· 核对于|· checked on|相关章节|Related sections|```|import ", text
        ), f"{share.url}: {text}"


@pytest.mark.parametrize(
    "url, title, start",
    [
        (
            "s/guide/overfitting/",
            "如何解决 AI 大模型训练中的过拟合问题？ · AI大模型创业指南：解析未来挑战与应对策略",
            "过拟合是指模型在训练数据上表现良好",
        ),
        (
            "en/s/guide/overfitting/",
            "How do you deal with overfitting when training a large AI model? · A Startup Guide to Large AI Models: The Challenges Ahead and How to Meet Them",
            "Overfitting means that a model does well",
        ),
        (
            "s/guide/question-bank/",
            "典型问题与面试题库 · AI大模型创业指南：解析未来挑战与应对策略",
            "AI 大模型的基本概念及其发展历程？；",
        ),
        (
            "s/playbook/anonymisation/",
            "数据匿名化 · AI大模型创业攻略：揭秘未来挑战与解决方案",
            "对敏感数据进行匿名化处理",
        ),
        ("s/guide/", "AI大模型创业指南：解析未来挑战与应对策略", ""),
        ("s/index/", "大模型创业手册", ""),
    ],
)
def test_some_of_them_word_for_word(shares, url, title, start):
    share = next(share for share in shares if share.url == url)
    assert share.tag["og:title"] == title
    assert share.tag["og:description"].startswith(start)


def test_script_and_style_are_the_same_everywhere_and_nothing_else_runs(shares, unpublished, drill):
    scripts, styles = set(), set()
    for share in [*shares, *unpublished, *crawl(drill)]:
        scripts |= set(share.tree.xpath("//script/text()"))
        styles |= set(share.tree.xpath("//style/text()"))
        assert len(share.tree.xpath("//script")) == 1
        for element in share.tree.iter():
            if isinstance(element.tag, str):
                assert not [
                    name for name in element.attrib if name == "style" or name.startswith("on")
                ], share.url
    scripts |= set(html.parse(str(drill / "former/index.html")).xpath("//script/text()"))
    assert len(scripts) == len(styles) == 1


def test_without_an_address_nothing_is_absolute_and_everything_leads_on(unpublished, site):
    for share in unpublished:
        assert (
            not {"og:url", "og:image"} & share.tag.keys() and share.tag["twitter:card"] == "summary"
        )
        assert "://" not in share.bytes.decode("utf-8")
        target = urldefrag(urljoin("/" + share.url, share.refresh.removeprefix("0; url=")))[0]
        assert (site / target.lstrip("/") / "index.html").is_file()


def test_they_are_in_no_search_index_and_no_sitemap(published):
    for folder in (published, published / "en"):
        index = json.loads((folder / "search/search_index.json").read_text(encoding="utf-8"))
        assert not [
            doc
            for doc in index["docs"]
            if doc["location"].startswith("s/") or "/s/" in doc["location"]
        ]
        places = etree.parse(str(folder / "sitemap.xml")).xpath("//*[local-name()='loc']/text()")
        assert places and not [place for place in places if "/s/" in place]


def test_pages_themselves_preview_well(published_pages, published):
    for page in published_pages:
        tag = {
            meta.get("property"): meta.get("content")
            for meta in page.tree.xpath("//meta[@property]")
        }
        assert tag["og:url"] == SITE_URL + page.url and tag["og:locale"] == LOCALES[page.language]
        assert tag["og:type"] == ("article" if page.name else "website")
        assert tag["og:title"] == " ".join(
            re.sub("¶", "", page.article.xpath(".//h1")[0].text_content()).split()
        )
        assert tag["og:description"] == page.tree.xpath(
            "string(//meta[@name='description']/@content)"
        )
        assert (published / tag["og:image"].removeprefix(SITE_URL)).is_file()


def test_moved_sections_and_pages_have_theirs_still(drill):
    shares = {share.url: share for share in crawl(drill)}
    for folder in ("", "en/"):
        away = shares[f"{folder}s/drill/moved-away/"]
        assert away.refresh.endswith("../playbook/#openai") and away.tag["og:title"].startswith(
            "OpenAI · "
        )
        assert (
            away.tag["og:url"] == SITE_URL + away.url
            and away.canonical == f"{SITE_URL}{folder}playbook/"
        )
        assert shares[f"{folder}s/former/elsewhere/"].refresh.endswith("../guide/#overfitting")
        assert shares[f"{folder}s/former/tabs/"].refresh.endswith("../drill/#tabs")
        assert shares[f"{folder}s/former/"].refresh.endswith("../drill/")
        old, new = shares[f"{folder}s/drill/old-name/"], shares[f"{folder}s/drill/new-name/"]
        assert (old.tag["og:title"], old.tag["og:description"]) == (
            new.tag["og:title"],
            new.tag["og:description"],
        )
        page = html.parse(str(drill / folder / "former/index.html"))
        assert page.xpath("string(//meta[@http-equiv='refresh']/@content)") == "0; url=../drill/"
        assert page.xpath("string(//link[@rel='canonical']/@href)") == f"{SITE_URL}{folder}drill/"
        assert page.xpath("//body//a[@href='../drill/']")


@pytest.mark.parametrize(
    "repo, template, form",
    [
        ("", "", ""),
        (
            "https://github.com/a/b",
            "",
            "https://github.com/a/b/issues/new?title={title}&body={body}",
        ),
        (
            "https://github.com/a/b.git/",
            "",
            "https://github.com/a/b/issues/new?title={title}&body={body}",
        ),
        (
            "https://gitlab.com/a/b",
            "",
            "https://gitlab.com/a/b/-/issues/new?issue[title]={title}&issue[description]={body}",
        ),
        (
            "https://gitlab.example.org/a/b",
            "",
            "https://gitlab.example.org/a/b/-/issues/new?issue[title]={title}&issue[description]={body}",
        ),
        (
            "https://gitee.com/a/b",
            "",
            "https://gitee.com/a/b/issues/new?issue[title]={title}&issue[description]={body}",
        ),
        (
            "https://codeberg.org/a/b",
            "",
            "https://codeberg.org/a/b/issues/new?title={title}&body={body}",
        ),
        ("https://git.example.org/a/b", "", ""),
        ("https://evil.example/github.com/a/b", "", ""),
        (
            "https://git.example.org/a/b",
            "{repo}/new?t={title}&b={body}",
            "https://git.example.org/a/b/new?t={title}&b={body}",
        ),
        ("", "{repo}/new?t={title}&b={body}", ""),
    ],
)
def test_the_form_for_reports_goes_by_host_or_template(repo, template, form):
    assert issue_form(repo, template) == form


@pytest.mark.parametrize(
    "template", ["{repo}/new", "javascript:alert('{title}{body}')", "/new?{title}{body}"]
)
def test_a_form_that_cannot_work_is_told(template):
    with pytest.raises(ValueError, match="no web address"):
        issue_form("https://git.example.org/a/b", template)
