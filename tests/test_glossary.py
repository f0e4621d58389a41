"""The glossary: one source, shown as a page and as tooltips, and used by the search."""

import re

import pytest
from pypinyin import lazy_pinyin, load_phrases_dict

from handbook.glossary.terms import load_terms, pattern_of
from handbook.site import text_of

HEADINGS = ("h1", "h2", "h3")


@pytest.fixture(params=["zh", "en"])
def glossary(request, site_model):
    """(page, terms) of a language."""
    return site_model.page(request.param, "reference/glossary"), load_terms(request.param)


def test_the_page_shows_every_term_in_the_order_of_its_language(glossary):
    page, terms = glossary
    shown = [section.id for section in page.sections if section.kind == "term"]
    assert shown == [term.id for term in sorted(terms, key=lambda term: term.sort_key)]
    text = text_of(page.article)
    for term in terms:
        assert " ".join(term.text.split()) in text, term.id


def test_the_jump_list_is_sorted_for_its_language(glossary):
    page, terms = glossary
    keys = {term.id: term.sort_key for term in terms}
    links = page.article.xpath(".//nav[contains(@class,'hb-jump')]//a/@href")
    assert [keys[link[1:]] for link in links] == sorted(keys.values())


def test_entries_link_to_sections_by_their_titles(glossary, site_model):
    page, terms = glossary
    told = page.article.xpath(".//p[contains(@class,'hb-where')]//a")
    assert len(told) == sum(len(term.sections) for term in terms)
    for link in told:
        assert link.text and not re.match(r"\d+\.|[一二三]、", link.text), link.text


def test_pinyin_is_that_of_the_term():
    load_phrases_dict({"微调": [["wéi"], ["tiáo"]]})  # pypinyin reads it "diao"
    for term in load_terms("zh"):
        expected = "".join(lazy_pinyin(term.name, v_to_u=False))
        found = re.sub(r"[\s-]", "", term.sort_key)
        assert found == re.sub(r"[\s《》-]", "", expected).casefold(), term.name


def links_by_section(article):
    """The links to terms under each heading, in order."""
    here = []
    for element in article.iter():
        if element.tag in HEADINGS:
            yield here
            here = []
        elif element.tag == "a" and "hb-term" in element.classes:
            here.append(element)
    yield here


def test_a_term_is_linked_once_a_section_and_tells_its_definition(site_model):
    for page in site_model.pages:
        terms = {term.id: term for term in load_terms(page.language)}
        for links in links_by_section(page.article):
            ids = [link.get("href").split("#")[1] for link in links]
            assert len(ids) == len(set(ids)), f"{page.name}: {ids}"
            for id, link in zip(ids, links, strict=True):
                assert link.get("title") == terms[id].text
                assert not any(above.tag in HEADINGS for above in link.iterancestors())


def test_every_term_stands_on_some_page(site_model):
    for language in ("zh", "en"):
        pages = [p for p in site_model.of(language) if p.name != "reference/glossary"]
        text = " ".join(text_of(page.article) for page in pages)
        for term in load_terms(language):
            assert any(re.search(pattern_of(name), text) for name in term.names), term.id


@pytest.mark.parametrize(
    "name, text, found",
    [
        ("PII", "涉及PII的数据", True),
        ("GPT-3", "用 GPT-3 写的", True),
        ("GPT-3", "GPT3", True),
        ("GPT-3", "GPT-35", False),
        ("token", "Tokens are", True),
        ("token", "tokenizer", False),
        ("token", "broken", False),
        ("over-fitting", "over fitting", True),
        ("GPU", "GPUs", True),
        ("API", "apis", False),
        ("过拟合", "防止过拟合的办法", True),
    ],
)
def test_a_name_is_found_as_a_word(name, text, found):
    assert bool(re.search(pattern_of(name), text)) is found


def test_the_longer_name_wins(glossary):
    """Where one term's name stands inside another's, a link never cuts the longer one."""
    page, terms = glossary
    for link in page.article.xpath(".//p/a[contains(@class,'hb-term')]"):
        around = link.text + (link.tail or "")[:12]
        for term in terms:
            match = re.match(pattern_of(term.name), around)
            assert not match or len(match[0]) <= len(link.text), f"{link.text} cuts {term.name}"
