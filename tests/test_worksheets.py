"""Worksheets: their figures are the calculators', their sentences lead somewhere, what cannot be had is told."""

import re
from datetime import date

import pytest
from conftest import ROOT

from handbook.calculators.figures import figure
from handbook.checks.pages import read_sources
from handbook.worksheets import check, page, sheets
from handbook.yaml_lines import read
from snippets.calculators.calculators import CALCULATORS
from snippets.calculators.numbers import InputError

SHEETS = list(sheets.data()["sheets"])


@pytest.fixture(scope="module")
def sources():
    return read_sources(ROOT)


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_example_has_figures_as_ranges(name, language):
    for example in sheets.sheet(name)["examples"]:
        found = sheets.figures(name, sheets.opening(name, language, example))
        assert found
        for one in found.values():
            assert all(low <= high for low, high in one["results"].values())


def test_a_figure_is_what_its_calculator_finds():
    texts = sheets.opening("pricing", "en", "abroad")
    found = sheets.figures("pricing", texts)["api"]["results"]["month"]
    inputs = {key: texts[key] for key in texts if key not in ("product", "paste", "price")}
    inputs = {key: inputs[key] for key in inputs if key not in ("customers", "other", "heavy")}
    answer = CALCULATORS["api"](inputs)["month"]
    assert found == (answer["low"], answer["high"])


def test_figures_made_of_others():
    values = {"api": (10, 20), "people": (2, 2), "pay": (100, 200), "reserve": (0.1, 0.5)}
    year = {"sum": [["api", 12], ["people", "pay"]], "reserve": "reserve"}
    assert sheets.made(year, values) == pytest.approx((352, 960))
    assert sheets.made({"sum": [["api"]], "per": "people"}, values) == (5, 10)
    assert sheets.made({"margin": ["pay", "api"]}, values) == pytest.approx((0.8, 0.95))


def test_the_budget_of_a_year_counts_everything_once():
    texts = sheets.opening("own-gpus", "en") | {"people": "0", "data": "0", "filing": "0"}
    found = sheets.figures("own-gpus", texts | {"reserve": "0%"})
    low, high = found["pay"]["results"]["api_month"]
    assert found["year_api"]["results"][""] == pytest.approx((12 * low, 12 * high))


def test_mistakes_get_the_calculators_sentence():
    texts = sheets.opening("own-gpus", "en") | {"people": "four"}
    with pytest.raises(InputError) as caught:
        sheets.figures("own-gpus", texts)
    assert caught.value.field == "people"
    assert "four" in caught.value.text("en", "People")


def test_sentences_by_choice_lead_to_pages_and_rules(sources):
    for name in SHEETS:
        sheet = sheets.sheet(name)
        choices = {one["name"]: one for one in sheets.fields(name) if one["kind"] == "choice"}
        for one in sheet.get("says", ()):
            for field, options in one["when"].items():
                assert set(options) <= set(choices[field]["options"]), (name, field)
            for language in ("zh", "en"):
                for target, anchor in re.findall(r"\]\(([\w/-]+)(#[\w-]+)?\)", one[language]):
                    files = list((ROOT / "docs" / language).glob(f"{target}.*"))
                    assert files, target
                    if anchor and target.startswith("law/"):
                        rules = (ROOT / "data" / f"{target}.yml").read_text("utf-8")
                        assert f"- id: {anchor[1:]}\n" in rules, (target, anchor)


def test_every_choice_of_a_licence_says_something():
    licences = next(one for one in sheets.fields("open-source") if one["name"] == "licence")
    others = {"use": ("inside", "product", "service"), "revenue": ("small", "middle", "large")}
    for licence in licences["options"]:
        for use in others["use"]:
            for revenue in others["revenue"]:
                for seat in ("cn", "eu"):
                    texts = {"licence": licence, "use": use, "revenue": revenue, "seat": seat}
                    says = sheets.sheet("open-source")["says"]
                    assert any(sheets.holds(one["when"], texts) for one in says), texts


def test_a_figure_in_a_sentence_leads_to_its_inputs():
    made = page.in_a_sentence("own-gpus", "abroad", "year_api", None, "en")
    low, high = sheets.figures("own-gpus", sheets.opening("own-gpus", "en", "abroad"))["year_api"][
        "results"
    ][""]
    assert made.startswith(f"[{figure(low, high, 'money', 'en', 'USD')}](own-gpus.md?")
    assert "&amp;api=gpt-6-luna" in made and made.endswith("#form)")
    assert "](../tools/api.md?" in page.in_a_sentence("learners-luna", None, "month", None, "zh")


def test_the_pages_name_figures_that_exist(sources):
    assert not list(check.check(sources))


def test_a_figure_that_does_not_exist_is_told_with_its_line(sources, monkeypatch):
    one = next(p for p in sources.pages if p.name == "decisions/pricing.md")
    wrong = re.match(page.FIGURE, "<!-- figure: pricing/nobody.left -->")
    monkeypatch.setattr(
        type(one),
        "find",
        lambda self, pattern: iter([(7, wrong)] if self is one and pattern is page.FIGURE else []),
    )
    (problem,) = check.check(sources)
    assert (problem.file, problem.line) == (one.file, 7)
    assert "pricing/nobody.left" in str(problem)


def test_the_licences_fall_due(sources):
    day = read(ROOT, check.FILE)[0]["recheck"]
    assert check.falling_due(sources, day)
    assert not check.falling_due(sources, date(2026, 11, 29))
