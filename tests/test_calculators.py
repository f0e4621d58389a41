"""The pages of the calculators as they are built: the worked example stands there, and only they load its files."""

import gzip
import re
from urllib.parse import parse_qsl

import pytest

from handbook.book.book import read_chapter
from handbook.calculators.page import (
    answer_currency,
    figure,
    names,
    opening,
    remarks,
    result_of,
    specification,
)
from handbook.calculators.pages import OPENINGS
from handbook.site import text_of

PAGES = [(language, name) for language in ("zh", "en") for name in names()]
WEIGHT = 40_000  # bytes packed, more than a page without a tool


def bare(text):
    """Without the marks that keep a range on one line."""
    return text.replace("\u2060", "")


def packed(file):
    """The size of a file as it is sent."""
    return len(gzip.compress(file.read_bytes(), 9))


def results(language, name):
    """The results of the worked example as they are to be read."""
    answer = result_of(name, opening(name))
    currency = answer_currency(answer)
    return {
        one["name"]: figure(found["low"], found["high"], one["unit"], language, currency)
        for one in specification(name)["results"]
        if (found := answer.get(one["name"]))
    }


@pytest.mark.parametrize(("language", "name"), PAGES)
def test_a_worked_example_stands_on_the_page_in_the_books_and_in_the_plain_text(
    site_model, language, name
):
    page = site_model.page(language, f"tools/{name}")
    chapter = bare(text_of(read_chapter(page).element))
    plain = bare(page.file.with_suffix(".md").read_text(encoding="utf-8"))
    found = results(language, name)
    assert set(OPENINGS[name].headline) <= set(found)
    for key, text in found.items():
        shown = page.article.xpath(f".//*[@data-result='{key}']")
        assert shown and all(bare(text_of(one)) == text for one in shown), key
        assert text in chapter and text in plain, key
    for text in remarks(name, result_of(name, opening(name)), language):
        assert text in bare(text_of(page.article))
    inputs = [row for row in page.article.xpath(".//tr[@data-input]") if "hidden" not in row.attrib]
    assert len(inputs) > 5
    for row in inputs:
        assert all(bare(text_of(cell)) in chapter for cell in row)


def test_every_input_has_a_label_a_unit_and_help(site_model):
    for language, name in PAGES:
        article = site_model.page(language, f"tools/{name}").article
        for one in specification(name)["inputs"]:
            (field,) = article.xpath(f".//*[@name='{one['name']}']")
            (label,) = article.xpath(f".//label[@for='{field.get('id')}']")
            assert text_of(label).startswith(one[language])
            (help,) = article.xpath(f".//*[@id='help-{one['name']}']")
            assert text_of(help)


def test_examples_lead_to_calculations_that_hold_what_was_published(site_model):
    for language, name in PAGES:
        article = site_model.page(language, f"tools/{name}").article
        links = [one.get("href") for one in article.xpath(".//li/a[starts-with(@href, '?')]")]
        assert links, name
        known = {one["name"] for one in specification(name)["inputs"]}
        for link in links:
            texts = dict(parse_qsl(link[1:], keep_blank_values=True))
            assert set(texts) <= known, link
            assert result_of(name, opening(name) | texts)["calculator"] == name


def test_the_first_page_answers_with_each_calculator(site_model):
    for language in ("zh", "en"):
        article = site_model.page(language, "tools/index").article
        text = bare(text_of(article))
        for name in names():
            assert article.xpath(f".//a[contains(@href, '{name}')]")
            assert results(language, name)[OPENINGS[name].headline[0]] in text


def test_a_tool_weighs_little_and_no_other_page_loads_it(built, site_model):
    lightest = min(packed(page.file) for page in site_model.pages if "tools/" not in page.name)
    files = re.compile(r"assets/(?:javascripts|stylesheets)/calculators[\w-]*\.(?:js|css)")
    for page in site_model.pages:
        text = page.file.read_text(encoding="utf-8")
        loaded = set(files.findall(text))
        if page.name.startswith("decisions/"):
            continue  # the worksheets compute by them
        if not page.name.startswith("tools/"):
            assert not loaded, page.name
            continue
        assert len(loaded) == (1 if page.name == "tools/index" else 3)
        whole = packed(page.file) + sum(packed(built / one) for one in loaded)
        assert whole - lightest <= WEIGHT, page.name
