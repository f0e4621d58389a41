"""What a screen reader says: each passage in its own language, each figure by what it shows."""

import re

# Three words or more, one of them an ordinary one: a phrase. Names and terms of two words stay as they are in Chinese text.
PHRASE = re.compile(r"(?:[A-Za-z][A-Za-z’'-]*[ ,:]+){2,}[A-Za-z][A-Za-z’'-]*")
ORDINARY = re.compile(r"(?<![\w-])[a-z]{2,}(?![\w-])")
HAN = re.compile(r"[\u3400-\u9fff]")


def passages(element, language):
    """(language, text) of each run of text that a reader sees; code has no language."""
    if not isinstance(element.tag, str) or element.tag in ("code", "pre", "kbd", "script", "style") or "filename" in element.get("class", ""):
        return
    own = element.get("lang", language)
    yield own, element.text or ""
    for child in element:
        yield from passages(child, own)
        yield own, child.tail or ""


def test_foreign_passages_say_their_language(pages):
    for page in pages:
        for language, text in passages(page.tree.find("body"), page.language):
            if language == "en":
                assert not HAN.search(text), f"{page.url}: {text.strip()}"
            else:
                for phrase in PHRASE.findall(text):
                    assert not ORDINARY.search(phrase), f"{page.url}: {phrase}"


def test_the_names_of_the_glossary_and_the_switch_say_their_language(pages):
    for page in pages:
        other = "en" if page.language == "zh" else "zh"
        assert page.tree.xpath("//a[@data-language-switch]/@lang") == [other]
        for names in page.article.find_class("hb-names"):
            assert names[0].get("lang") == other, page.url


def test_a_figure_is_told_once_in_the_language_of_the_page(pages):
    """One of a pair is shown, light or dark, and both say the same: a sentence, and no file's name."""
    found = 0
    for page in pages:
        figures = {}
        for image in page.article.iter("img"):
            source, scheme = re.fullmatch(r"(.*)-(?:light|dark)\.svg#only-(light|dark)", image.get("src")).groups()
            figures.setdefault(source, {})[scheme] = image.get("alt")
        for source, told in figures.items():
            assert told.keys() == {"light", "dark"} and len(set(told.values())) == 1, f"{page.url}: {source}"
            alt = told["light"]
            assert len(alt) >= (20 if page.language == "zh" else 60) and bool(HAN.search(alt)) == (page.language == "zh"), f"{page.url}: {alt}"
            found += 1
    assert found >= 10
