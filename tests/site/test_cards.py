"""Preview images: one for each page and second-level section, of the right size, drawn from the present title."""

import struct

import pytest
from conftest import ROOT
from handbook.built_pages import outlines_of
from handbook.share.cards import (
    FOLDER,
    HEIGHT,
    MOST_BYTES,
    WIDTH,
    cards_wanted,
    design,
    read_manifest,
)

MEND = "Run `make cards` and commit data/cards/."


@pytest.fixture(scope="module")
def wanted(site):
    return {
        **cards_wanted(outlines_of(site, "zh"), "zh"),
        **cards_wanted(outlines_of(site, "en"), "en"),
    }


def files():
    folder = ROOT / FOLDER
    return {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.png")}


def test_each_page_and_second_level_section_has_one(wanted):
    assert files().keys() == wanted.keys(), f"{files().keys() ^ wanted.keys()}: {MEND}"
    assert len(wanted) >= 34
    assert {name.removeprefix("zh/") for name in wanted if name.startswith("zh/")} == {
        name.removeprefix("en/") for name in wanted if name.startswith("en/")
    }


def test_each_was_drawn_from_the_present_title(wanted):
    drawn = read_manifest()["cards"]
    for name, words in wanted.items():
        assert drawn.get(name) == words, (
            f"{name} says {drawn.get(name)}, the page now says {words}. {MEND}"
        )
    assert drawn.keys() == wanted.keys(), MEND


def test_all_were_drawn_in_the_present_look():
    assert read_manifest()["design"] == design(), f"The look of the cards has changed. {MEND}"


def test_they_are_png_of_the_right_size():
    for name, path in files().items():
        data = path.read_bytes()
        assert data[:8] == b"\x89PNG\r\n\x1a\n", name
        assert struct.unpack(">II", data[16:24]) == (WIDTH, HEIGHT), name
        assert 2000 < len(data) <= MOST_BYTES, f"{name}: {len(data)} bytes"


def test_terms_have_none(wanted):
    assert not [
        name
        for name in wanted
        if name.startswith(("zh/reference/glossary/", "en/reference/glossary/"))
    ]


def test_a_section_without_a_card_of_its_own_shows_that_of_the_section_or_page_above(published):
    text = (published / "s/guide/overfitting/index.html").read_text(encoding="utf-8")
    assert 'content="https://example.org/some/prefix/s/guide/question-bank/card.png"' in text
    text = (published / "en/s/guide/guide/index.html").read_text(encoding="utf-8")
    assert 'content="https://example.org/some/prefix/en/s/guide/card.png"' in text
