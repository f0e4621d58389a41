"""What pages tell of themselves as JSON-LD: checked against the published vocabulary of schema.org, as a package carries it."""

import json
from copy import deepcopy
from datetime import date

import pytest
import schema_org
from conftest import SITE_URL
from handbook.editions import read_changelog
from handbook.share.structured_data import as_json, questions
from pydantic import ValidationError

LANGUAGES = {"zh": SITE_URL, "en": SITE_URL + "en/"}


def checked(data):
    """The model of some data. Raises when a type or property is not in the vocabulary, or a value is not of its range."""
    if isinstance(data, list):
        return [checked(value) for value in data]
    if not isinstance(data, dict):
        return data
    model = getattr(schema_org, data["@type"])
    dated = {entry.schema_name for entry in model.SCHEMA_PROPERTIES if "Date" in entry.ranges}
    values = {}
    for name, value in data.items():
        if name == "@id":
            values["schema_id"] = value
        elif name not in ("@context", "@type"):
            values[name] = date.fromisoformat(value) if name in dated else checked(value)
    return model(**values)


def data_of(page):
    """What stands in a page, one object each."""
    texts = page.tree.xpath("//script[@type='application/ld+json']/text()")
    assert len(texts) == 1, page.url
    data = json.loads(texts[0])
    return data if isinstance(data, list) else [data]


def test_every_page_keeps_to_the_vocabulary(pages, published_pages):
    assert schema_org.SCHEMA_VERSION and len(pages) == len(published_pages) >= 26
    for page in [*pages, *published_pages]:
        for data in data_of(page):
            assert data["@context"] == "https://schema.org"
            assert checked(data).to_jsonld() == data, page.url


def faulty(data, change):
    data = deepcopy(data)
    change(data)
    return data


FAULTS = {
    "no such property": lambda data: data.update(headlin="x"),
    "a property of another type": lambda data: data.update(recipeYield="x"),
    "a property of another type, below": lambda data: data["author"].update(headline="x"),
    "no such type": lambda data: data["author"].update({"@type": "Organisation"}),
    "text in the place of a thing": lambda data: data.update(isPartOf=7),
    "no date": lambda data: data.update(dateModified="yesterday"),
    "a thing of a wrong type": lambda data: data["hasPart"][0].update(
        acceptedAnswer={"@type": "WebSite", "name": "x"}
    ),
    "a number in the place of a text": lambda data: data.update(headline=7),
}


@pytest.mark.parametrize("name", FAULTS)
def test_the_check_finds(published_pages, name):
    guide = next(page for page in published_pages if page.url == "en/guide/")
    with pytest.raises((ValidationError, ValueError, AttributeError)):
        checked(faulty(data_of(guide)[0], FAULTS[name]))


def test_each_page_says_what_it_is(published_pages):
    newest = read_changelog()[0]
    for page in published_pages:
        about, *more = data_of(page)
        own = SITE_URL + page.url
        assert (
            about["@id"]
            == about["url"]
            == own
            == page.tree.xpath("string(//link[@rel='canonical']/@href)")
        )
        assert about["inLanguage"] == page.language == page.tree.get("lang")
        assert about["description"] == page.tree.xpath(
            "string(//meta[@name='description']/@content)"
        )
        assert (
            about["version"] == str(newest.number)
            and about["datePublished"] <= about["dateModified"] <= newest.date
        )
        other = SITE_URL + page.name if page.language == "en" else SITE_URL + "en/" + page.name
        assert (
            about["translationOfWork" if page.language == "en" else "workTranslation"]["url"]
            == other
        )
        if not page.name:
            assert about["@type"] == "WebSite" and not more
            continue
        assert (
            about["@type"] == "TechArticle" and about["isPartOf"]["@id"] == LANGUAGES[page.language]
        )
        assert about["headline"] == page.article.xpath("string(.//h1)").removesuffix("¶").strip()
        (crumbs,) = more
        places = [(item["position"], item["item"]["@id"]) for item in crumbs["itemListElement"]]
        assert [place for place, _ in places] == list(range(1, len(places) + 1))
        assert places[0][1] == LANGUAGES[page.language] and places[-1][1] == own
        inner = page.name.startswith("labs/") and page.name != "labs/"
        assert [at for _, at in places[1:-1]] == (
            [LANGUAGES[page.language] + "labs/"] if inner else []
        )


def test_without_an_address_nothing_needs_one(pages):
    for page in pages:
        assert "http" not in json.dumps(
            [
                {k: v for k, v in data.items() if k not in ("@context", "hasPart", "description")}
                for data in data_of(page)
            ]
        )


def test_the_questions_are_the_articles_own(published_pages):
    asked = {
        page.url: data_of(page)[0].get("hasPart")
        for page in published_pages
        if "hasPart" in data_of(page)[0]
    }
    assert set(asked) == {"guide/", "en/guide/"}
    for page in published_pages:
        for part in asked.get(page.url, ()):
            address, _, id = part["url"].partition("#")
            heading = page.tree.get_element_by_id(id)
            assert address == SITE_URL + page.url and part["name"] in heading.text_content()
            text = " ".join(page.article.text_content().split())
            assert (
                part["acceptedAnswer"]["text"][:60] in text
                and len(part["acceptedAnswer"]["text"]) > 60
            )
    assert len(asked["guide/"]) == len(asked["en/guide/"]) == 3


def test_an_answer_has_its_list_and_other_headings_are_no_questions():
    html = (
        '<h2 id="a">What?<a class="headerlink">¶</a></h2><p>Text.</p>'
        '<h3 id="b">2. Why &amp; how?<a class="headerlink">¶</a></h3>\n<p><strong>Answer:</strong> So:</p>\n<ul><li>one;</li><li>two</li></ul>'
    )
    assert questions(html) == [{"id": "b", "name": "Why & how?", "answer": "So: one; two"}]


def test_nothing_ends_the_script_early():
    assert as_json({"name": "</script><script>alert(1)</script>"}).count("<") == 0
    assert json.loads(as_json({"name": "</script>"})) == {"name": "</script>"}
