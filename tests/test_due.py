"""`make due`: what a machine can do is done, and what is left is said, in seconds and before any build."""

import json

import pytest
import small_project
from conftest import ROOT
from small_project import ENGLISH, GUIDE, change

from handbook import due
from handbook.checks import translations
from handbook.checks.everything import all_problems
from handbook.checks.pages import read_sources

RECORD = translations.FILE


@pytest.fixture
def tree(tmp_path, capsys):
    """A small project in which nothing is due."""
    small_project.write(tmp_path)
    addresses = "/:\n  index: share\n/guide/:\n  guide: share\n  data: share\n  more-data: share\n  conclusion: share\n"
    (tmp_path / "data/addresses.yml").write_text(addresses, encoding="utf-8")
    assert due.main([], tmp_path) == 0, capsys.readouterr().out
    capsys.readouterr()
    return tmp_path


def test_nothing_is_due_in_this_project():
    sources = read_sources(ROOT)
    now, then = translations.current(sources), translations.recorded(ROOT)
    assert now == then, "run make due"
    assert due.unknown_addresses(sources) == [], "run make build, then make due"


def test_a_change_of_the_chinese_alone_is_told_until_somebody_has_looked(tree, capsys):
    line = change(tree, GUIDE, "开头一段。", "开头改了。") - 2
    (problem,) = all_problems(tree)
    assert str(problem).startswith(
        f"{ENGLISH}:5: the Chinese of the section “guide” has changed ({GUIDE}:{line})"
    )
    assert due.main([], tree) == 1 and 'run: make due SAME="guide#guide"' in capsys.readouterr().out
    assert (
        due.main(["guide#guide"], tree) == 0
        and "noted as saying the same in both languages: guide#guide." in capsys.readouterr().out
    )
    assert all_problems(tree) == []


@pytest.mark.parametrize(
    "changes",
    [
        [(ENGLISH, "One para", "A para")],  # the English alone
        [(GUIDE, "开头一段。", "开头改了。"), (ENGLISH, "One para", "A changed para")],
        [
            (GUIDE, "### 结语", "### 又一节 {#new}\n\n### 结语"),
            (ENGLISH, "### C", "### New {#new}\n\n### C"),
        ],
        [
            (GUIDE, "开头一段。", "开头\n一段。"),
            (GUIDE, "多要数据", "多要 数据<!-- a.key -->"),
        ],  # nothing that a reader would notice
    ],
)
def test_other_changes_are_noted_by_themselves(tree, capsys, changes):
    for file, old, new in changes:
        change(tree, file, old, new)
    assert all_problems(tree) == []
    due.main([], tree)
    assert translations.current(read_sources(tree)) == translations.recorded(tree)


def test_nothing_is_noted_of_a_page_that_has_another_fault(tree, capsys):
    change(tree, GUIDE, "开头一段。", "开头改了。\n\n![](guide.md)")
    change(tree, ENGLISH, "One paragraph.", "A changed paragraph.")
    before = (tree / RECORD).read_bytes()
    assert due.main([], tree) == 1 and (tree / RECORD).read_bytes() == before
    change(tree, GUIDE, "![]", "![图]")
    due.main([], tree)
    assert "noted as saying the same in both languages: guide#guide." in capsys.readouterr().out


def test_an_unknown_section_is_refused_and_nothing_written(tree, capsys):
    change(tree, GUIDE, "开头一段。", "开头改了。")
    before = (tree / RECORD).read_bytes()
    assert due.main(["guide#guied"], tree) == 2
    assert "There is no section guide#guied" in capsys.readouterr().out
    assert (tree / RECORD).read_bytes() == before


def test_a_recorded_number_is_corrected_in_both_languages(tree, capsys):
    folder = tree / "data/recordings/run"
    folder.mkdir(parents=True)
    (folder / "result.json").write_text(json.dumps({"made": {}, "share": 0.75}), encoding="utf-8")
    change(tree, GUIDE, "开头一段。", "开头 0.70<!-- run.share -->。")
    change(tree, ENGLISH, "One paragraph.", "One 0.75<!-- run.share -->.")
    due.main([], tree)
    output = capsys.readouterr().out
    assert f"{GUIDE}:7: 0.70 → 0.75 (run.share): read the sentence again." in output
    assert "0.75<!-- run.share -->" in (tree / GUIDE).read_text(encoding="utf-8")
    assert "data/recordings/run/result.json:1: " in output  # it does not say which code made it


def test_new_addresses_need_a_build(tree, capsys):
    for file, heading in ((GUIDE, "### 又一节"), (ENGLISH, "### New")):
        change(tree, file, "### ", f"{heading} {{#new}}\n\n### ")
    assert due.main([], tree) == 0  # nothing is wrong
    assert "new addresses (/guide/#new): run make build, then make due" in capsys.readouterr().out
