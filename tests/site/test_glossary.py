"""The glossary: one source, shown as a page, as tooltips, and used by the search."""

import re
from itertools import combinations

import pytest
from handbook.glossary.terms import load_terms, pattern_of
from pypinyin import lazy_pinyin, load_phrases_dict


def page_named(pages, language, name):
    return next(p for p in pages if p.language == language and p.name == name)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_shows_every_term_in_the_order_of_ids(pages, language):
    page = page_named(pages, language, "reference/glossary/")
    terms = load_terms(language)
    assert [id for level, id in page.headings if level == 2] == sorted(term.id for term in terms)
    text = " ".join(page.article.text_content().split())
    for term in terms:
        assert " ".join(term.text.split()) in text, term.id


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_jump_list_is_sorted_for_its_language(pages, language):
    page = page_named(pages, language, "reference/glossary/")
    links = page.article.xpath(".//nav[contains(@class,'hb-jump')]//a")
    ids = [link.get("href")[1:] for link in links]
    keys = {term.id: term.sort_key for term in load_terms(language)}
    assert sorted(ids) == sorted(keys)
    assert [keys[id] for id in ids] == sorted(keys.values())


def test_pinyin_is_that_of_the_term():
    load_phrases_dict({"微调": [["wéi"], ["tiáo"]]})  # pypinyin reads it "diao"
    for term in load_terms("zh"):
        expected = "".join(lazy_pinyin(term.name, v_to_u=False))
        assert re.sub(r"[\s-]", "", term.sort_key) == re.sub(r"[\s《》-]", "", expected).casefold(), term.name


def sections_of(article):
    """The links to terms under each heading, in order."""
    here = []
    for element in article.iter():
        if element.tag in ("h1", "h2", "h3"):
            yield here
            here = []
        elif element.tag == "a" and "hb-term" in (element.get("class") or ""):
            here.append(element)
    yield here


def test_a_term_is_linked_once_a_section_and_tells_its_definition(pages):
    for page in pages:
        terms = {term.id: term for term in load_terms(page.language)}
        for links in sections_of(page.article):
            ids = [link.get("href").split("#")[1] for link in links]
            assert len(ids) == len(set(ids)), f"{page.url}: {ids}"
            for id, link in zip(ids, links):
                assert link.get("title") == terms[id].text


def test_every_term_is_used_on_some_page(pages):
    for language in ("zh", "en"):
        used = {
            link.get("href").split("#")[1]
            for page in pages if page.language == language
            for link in page.article.xpath(".//a[contains(@class,'hb-term')]")
        }
        text = " ".join(p.article.text_content() for p in pages if p.language == language and "glossary" not in p.name)
        for term in load_terms(language):
            found = term.id in used or any(re.search(pattern_of(name), text) for name in term.names)
            assert found, f"{term.id} stands on no page in {language}"


@pytest.mark.parametrize("name, text, found", [
    ("PII", "涉及PII的数据", True),
    ("GPT-3", "用 GPT-3 写的", True), ("GPT-3", "GPT3", True), ("GPT-3", "GPT-35", False),
    ("token", "Tokens are", True), ("token", "tokenizer", False), ("token", "broken", False),
    ("over-fitting", "over fitting", True), ("GPU", "GPUs", True), ("API", "apis", False),
    ("过拟合", "防止过拟合的办法", True),
])
def test_a_name_is_found_as_a_word(name, text, found):
    assert bool(re.search(pattern_of(name), text)) is found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_longer_name_wins(pages, language):
    """Where one term's name stands inside another's, a link never cuts the longer one."""
    terms = load_terms(language)
    pairs = [(a, b) for a, b in combinations(terms, 2) if a.name in b.name or b.name in a.name]
    assert pairs
    page = page_named(pages, language, "reference/glossary/")
    for link in page.article.xpath(".//p/a[contains(@class,'hb-term')]"):
        around = link.text + (link.tail or "")[:12]
        for term in terms:
            match = re.match(pattern_of(term.name), around)
            assert not match or len(match[0]) <= len(link.text), f"{link.text} cuts {term.name}"
