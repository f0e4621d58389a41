"""The changelog's faults are told; what changed between editions is computed; an edition stays as it was."""

import shutil

import pytest
from handbook.checks import changelog
from handbook.checks.pages import read_sources
from conftest import ROOT
from handbook.editions import (
    CHANGELOG,
    FOLDER,
    PAGE,
    Careless,
    Section,
    changes_between,
    fingerprint,
    main,
    read_changelog,
    read_snapshot,
    snapshot_of,
    used_again,
    written,
)

GOOD = """\
- edition: 2
  date: 2026-11-25
  zh: {title: 二, text: 文}
  en: {title: Two, text: Text}
  changes:
    - at: /guide/#overfitting
      zh: 改
      en: Changed
- edition: 1
  date: 2026-11-24
  zh: {title: 一, text: 文}
  en: {title: One, text: Text}
"""


@pytest.fixture
def tree(tmp_path):
    (tmp_path / "data/editions").mkdir(parents=True)
    shutil.copy(ROOT / "data/addresses.yml", tmp_path / "data/addresses.yml")
    for number in (1, 2):
        (tmp_path / f"data/editions/{number}.yml").write_text(
            "/guide/:\n  guide: [a, b, 指南, Guide]\n", encoding="utf-8"
        )
    (tmp_path / CHANGELOG).write_text(GOOD, encoding="utf-8")
    return tmp_path


def told(tree):
    return [str(problem) for problem in changelog.check(read_sources(tree))]


def test_a_good_changelog_is_silent(tree):
    assert told(tree) == []
    assert [(edition.number, edition.date) for edition in read_changelog(tree)] == [
        (2, "2026-11-25"),
        (1, "2026-11-24"),
    ]


FAULTS = {
    "not YAML": ("date: 2026-11-25", "date: [2026", 3, "not valid YAML"),
    "a colon in a text": ("en: Changed", "en: Changed: much", 8, "quotes around it"),
    "no list": (GOOD, "edition: 2\n", 1, "no list of editions"),
    "empty": (GOOD, "# nothing\n", 1, "no list of editions"),
    "unknown section": (
        "/guide/#overfitting",
        "/guide/#overfiting",
        6,
        "/guide/#overfiting has never been published",
    ),
    "unknown page": ("/guide/#overfitting", "/guides/", 6, "/guides/ has never been published"),
    "no address": ("/guide/#overfitting", "guide.md", 6, "“guide.md” is no address"),
    "a change in one language": ("      en: Changed\n", "", 6, "is not told in en"),
    "a missing language": (
        "  en: {title: Two, text: Text}\n",
        "",
        1,
        "edition 2 lacks title or text in en",
    ),
    "an empty title": ("title: 二", 'title: ""', 3, "edition 2 lacks title or text in zh"),
    "dates out of order": (
        "2026-11-25",
        "2026-11-23",
        1,
        "edition 2 is of 2026-11-23, before edition 1 of 2026-11-24",
    ),
    "no date": ("  date: 2026-11-25\n", "", 1, "edition 2 has no proper date"),
    "an impossible date": ("2026-11-25", "2026-11-31", 2, "edition 2 has no proper date"),
    "numbers out of order": ("edition: 2", "edition: 3", 1, "edition 3 stands above edition 1"),
    "a number twice": ("edition: 2", "edition: 1", 1, "edition 1 stands above edition 1"),
    "no number": ("edition: 2", "edition: two", 1, "an edition has no number"),
    "an unknown key": ("  changes:", "  chnages:", 5, "“chnages” is no part of an edition"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_careless_entry_is_told_in_one_line(tree, name):
    old, new, line, message = FAULTS[name]
    assert old in GOOD
    (tree / CHANGELOG).write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    found = told(tree)
    assert (
        len(found) == 1 and found[0].startswith(f"{CHANGELOG}:{line}: ") and message in found[0]
    ), found
    assert "\n" not in found[0]


def test_a_missing_file_and_a_missing_record_are_told(tree):
    (tree / "data/editions/2.yml").unlink()
    assert "Record it: make edition" in told(tree)[0]
    (tree / "data/editions/1.yml").unlink()
    assert any("git checkout -- data/editions" in line for line in told(tree))
    (tree / CHANGELOG).unlink()
    assert told(tree) == [
        f"{CHANGELOG}:1: the changelog is missing. Bring it back: git checkout -- {CHANGELOG}"
    ]


# ---- what changed ----


def sections(**titles):
    return {id.replace("_", "-"): Section(*text.split("|")) for id, text in titles.items()}


OLD = {
    "/a/": sections(a="1|A", b="2|B", c="3|C", d="4|D"),
    "/gone/": sections(gone="5|Gone", went="6|Went"),
}
NEW = {
    "/a/": sections(a="1|A", b="20|B", e="7|E", went="6|Went"),
    "/n/": sections(n="8|N", d="44|D"),
}


def test_new_changed_moved_and_gone_sections_are_found():
    moved = {"/a/#d": ("/n/#d", 1), "/gone/": ("/n/", 2)}
    changes = {one.page: one for one in changes_between(OLD, NEW, moved)}
    assert changes["/a/"].changed == [("b", "B")] and changes["/a/"].new == [("e", "E")]
    assert changes["/a/"].moved == [("went", "Went", "/gone/#went")], "found by its text"
    assert changes["/a/"].gone == [("c", "C")]
    assert changes["/n/"].moved == [("d", "D", "/a/#d")], (
        "said by data/moved.yml, though its text has changed"
    )
    assert changes["/n/"].new_page and changes["/gone/"].gone_page and not changes["/a/"].new_page
    assert changes_between(OLD, OLD, {}) == []


def test_a_section_that_became_another_is_found_and_can_be_confirmed():
    old = {"/a/": sections(x="1|How to deal with overfitting", y="2|Costs", z="3|一样")}
    new = {"/a/": sections(x="9|Quarterly sales", y="8|Costs of compute", z="3|完全不同")}
    assert list(used_again(old, new, set())) == [
        ("/a/#x", "How to deal with overfitting", "Quarterly sales")
    ]
    assert list(used_again(old, new, {"/a/#x"})) == []


def test_only_what_readers_notice_counts():
    text = "The [guide](../guide/index.md#a) says\n0.98 of x_(1)."
    assert fingerprint(text) == fingerprint(
        "The [guide](../../g/index.md#b)  says 0.98 of x_(1).\n"
    )
    for other in (
        text.replace("0.98", "0.97"),
        text.replace("says", "says not"),
        text.replace("guide]", "playbook]"),
    ):
        assert fingerprint(text) != fingerprint(other)


def test_the_changelog_is_no_part_of_an_edition():
    assert PAGE not in snapshot_of({PAGE: '# C <a id="c"></a>\n', "/a/": '# A <a id="a"></a>\n'})


# ---- the command ----


@pytest.fixture
def built(tmp_path):
    """What the command needs of a built site."""
    for folder in ("", "en/"):
        for page in ("", "guide/"):
            file = tmp_path / "site" / folder / page / "index.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(
                f'# Title: "{folder}" <a id="top"></a>\n\n## S <a id="s"></a>\n', encoding="utf-8"
            )
    return tmp_path / "site"


def test_the_command_records_the_newest_edition_once(tree, built, capsys):
    (tree / "data/editions/2.yml").unlink()
    assert main([str(built)], tree) == 0
    assert "data/editions/2.yml: 4 sections on 2 pages" in capsys.readouterr().out
    assert read_snapshot(tree, 2, "en")["/guide/"]["top"].title == 'Title: "en/"'
    before = (tree / "data/editions/2.yml").read_bytes()
    (built / "guide/index.md").write_text('# Other <a id="top"></a>\n', encoding="utf-8")
    assert main([str(built)], tree) == 2
    assert "Begin an entry for edition 3" in capsys.readouterr().err
    assert (tree / "data/editions/2.yml").read_bytes() == before


def test_the_command_writes_nothing_when_the_languages_differ_or_there_is_nothing(
    tree, built, capsys
):
    (tree / "data/editions/2.yml").unlink()
    (built / "en/guide/index.md").write_text('# Other <a id="other"></a>\n', encoding="utf-8")
    assert main([str(built)], tree) == 2 and "/guide/" in capsys.readouterr().err
    assert main([str(tree / "nothing")], tree) == 2 and "no pages" in capsys.readouterr().err
    (tree / CHANGELOG).write_text("- 1\n", encoding="utf-8")
    assert main([str(built)], tree) == 2 and CHANGELOG in capsys.readouterr().err
    assert not (tree / "data/editions/2.yml").exists()


def test_recorded_editions_read_back_as_they_were_written():
    for edition in read_changelog():
        chinese, english = (
            read_snapshot(ROOT, edition.number, language) for language in ("zh", "en")
        )
        assert chinese and written(edition.number, chinese, english) == (
            ROOT / FOLDER / f"{edition.number}.yml"
        ).read_text(encoding="utf-8")


def test_careless_says_all_at_once(tree):
    (tree / CHANGELOG).write_text(
        GOOD.replace("edition: 2", "edition: x").replace("date: 2026-11-24", "date: soon"),
        encoding="utf-8",
    )
    with pytest.raises(Careless) as raised:
        read_changelog(tree)
    assert len(raised.value.problems) == 2
