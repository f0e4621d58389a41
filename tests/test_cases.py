"""The cases and what changed since: each event dated, graded and sourced, each quotation the author's."""

import re

import pytest
from conftest import ROOT

PAGES = ["changes", "cases/openai", "cases/deepmind", "cases/deepseek", "cases/zhipu"]
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
SINCE = re.compile(r"^- \*\*(?:Since )?(\d{4}(?:-\d{2}){0,2})(?: 起：|:)\*\*", re.MULTILINE)
GRADED = re.compile(r"(?:，|, |（|\()([PQS])(?=[，。；：）;:,.) ])")
LINK = re.compile(r"\]\((https?://[^)]+)\)")
REPORT = {"zh": re.compile("据"), "en": re.compile(r"report|\bas (?:quoted|copied)")}


def page(name, language):
    return (ROOT / "docs" / language / f"{name}.md").read_text(encoding="utf-8")


def timeline(name, language):
    """The cells of each row below the heading #timeline."""
    section = page(name, language).partition("{#timeline}")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for row in rows[1:]]


def frames(text):
    """What stands in the frames of the author's text, without our signs and bold type."""
    found = re.findall(r'^!!! article ".*"\n\n((?: {4}.*\n|\n)+)', text, re.MULTILINE)
    return [
        re.sub(r"\[\^[\w-]+\]|\*\*", "", re.sub(r"\s*\n\s*", " ", one)).strip() for one in found
    ]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_row_of_a_timeline_has_a_date_a_grade_and_a_source(name, language):
    rows = timeline(name, language)
    assert len(rows) >= 10
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    for date, what, source in rows:
        assert DATE.fullmatch(date) and date < "2026-11-30", date
        assert what and LINK.search(source), what
        grade, _, named = source.partition(" · ")
        assert grade in ("P", "Q", "S"), f"{what}: {source}"
        if grade == "S":
            assert REPORT[language].search(named.lower()), f"{what}: whose report is it?"


@pytest.mark.parametrize("name", PAGES)
def test_both_languages_give_the_same_events_grades_and_sources(name):
    chinese, english = timeline(name, "zh"), timeline(name, "en")
    for there, here in zip(chinese, english, strict=True):
        grades = there[2][0], here[2][0]
        assert there[0] == here[0] and grades[0] == grades[1], here
        assert LINK.findall(there[2]) == LINK.findall(here[2]), here
    for pattern in (SINCE, GRADED, LINK):
        texts = [pattern.findall(page(name, language)) for language in ("zh", "en")]
        assert texts[0] == texts[1]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_quotation_is_the_authors(language):
    own = " ".join(one for name in ("guide", "playbook") for one in frames(page(name, language)))
    own = re.sub(r" *\{: #[\w-]+ \} *", " ", own)
    for name in PAGES:
        quoted = frames(page(name, language))
        assert len(quoted) >= (20 if name == "changes" else 2)
        assert not [one for one in quoted if one not in own], name


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_change_says_since_when_by_which_source_what_to_do_and_where_it_stands(language):
    text = page("changes", language).partition("{#timeline}")[0]
    changes = re.split(r"^### ", text, flags=re.MULTILINE)[1:]
    assert len(changes) >= 20
    articles = {name: page(name, language) for name in ("guide", "playbook")}
    for change in changes:
        id = re.search(r"\{#([\w-]+)\}", change)[1]
        assert len(frames(change)) == 1 and SINCE.search(change), id
        for line in re.findall(r"^- .*", change, re.MULTILINE):
            assert LINK.search(line) and GRADED.search(line), f"{id}: {line}"
        do, back = re.findall(r"^(.+)\n\{: \.(hb-do|hb-reach) \}$", change, re.MULTILINE)
        assert (do[1], back[1]) == ("hb-do", "hb-reach"), id
        named = re.search(r"\((guide|playbook)\.md#([\w-]+)\)", back[0])
        assert f"#{named[2]}" in articles[named[1]], id
    linked = set(re.findall(r"changes\.md#([\w-]+)", "".join(articles.values())))
    sections = set(re.findall(r"^### .*\{#([\w-]+)\}", text, re.MULTILINE))
    strategies = re.search(r"\{#guide-strategies\}.*?^## ", text, re.DOTALL | re.MULTILINE)[0]
    together = set(re.findall(r"^### .*\{#([\w-]+)\}", strategies, re.MULTILINE))
    assert sections - together <= linked and "guide-strategies" in linked
