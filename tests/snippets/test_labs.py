"""What is stored of every lab: its result of the present code, its verdict, and notebooks made of both."""

import json
import re
from importlib import import_module

import nbformat
import pytest
from conftest import ROOT
from handbook.labs.source import LANGUAGES, VERDICTS, read_labs, read_result
from lxml import html
from handbook.record.labs import versions
from snippets.labs.steps import lab_code

LABS = {lab.name: lab for lab in read_labs(ROOT)}


def numbers(value, path=""):
    """Every number of a result, with the way to it."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from numbers(below, f"{path}.{key}")
    elif isinstance(value, list):
        for key, below in enumerate(value):
            yield from numbers(below, f"{path}.{key}")
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield path, value


@pytest.mark.parametrize("name", LABS)
def test_the_result_is_of_the_present_code_and_the_verdict_follows_from_it(name):
    result = read_result(ROOT, LABS[name])
    assert result["made"]["code"] == lab_code(LABS[name].module), (
        f"run make labs ONLY={name}, then look at the text"
    )
    module = import_module(LABS[name].module)
    assert module.verdict(result) == result["verdict"] in VERDICTS
    assert module.verdict.__doc__ and all(
        f'"{word}"' in module.verdict.__doc__ for word in VERDICTS
    )


@pytest.mark.parametrize("name", LABS)
def test_intervals_hold_their_means(name):
    result = read_result(ROOT, LABS[name])
    found = dict(numbers(result))
    for path in found:
        if path.endswith(".mean") and f"{path[:-5]}.interval.0" in found:
            assert (
                found[f"{path[:-5]}.interval.0"] <= found[path] <= found[f"{path[:-5]}.interval.1"]
            ), path


@pytest.mark.parametrize("name", LABS)
def test_it_says_when_where_and_with_what(name):
    made = read_result(ROOT, LABS[name])["made"]
    assert (
        re.fullmatch(r"20\d\d-\d\d-\d\d", made["date"]) and made["processor"] and made["cores"] >= 1
    )
    assert 0 < made["processor_seconds"] and made["versions"].keys() == versions(LABS[name]).keys()


@pytest.mark.parametrize("name", LABS)
def test_the_notebooks_of_both_languages_differ_in_words_alone(name):
    lab = LABS[name]
    notebooks = [
        nbformat.read(ROOT / lab.notebook(language), as_version=4) for language in LANGUAGES
    ]
    cells = [
        [cell for cell in notebook.cells if cell.cell_type == "code"][1:] for notebook in notebooks
    ]
    for chinese, english in zip(*cells, strict=True):
        assert chinese.source == english.source
        assert shown_numbers(chinese) == shown_numbers(english), chinese.source


def shown_numbers(cell):
    """The numbers in the tables that a cell shows; the names of rows and columns are words."""
    shown = [output.get("data", {}).get("text/html", "") for output in cell.outputs]
    tables = [html.fromstring(text) for text in shown if "<table" in text]
    assert len(tables) == len(re.findall(r"^\w*table\(", cell.source, re.MULTILINE))
    return [
        re.findall(r"\d+(?:\.\d+)?%?", td.text_content())
        for table in tables
        for td in table.xpath(".//td[preceding-sibling::*]")
    ]


def test_no_notebook_tells_of_the_machine():
    for path in (ROOT / "docs").rglob("*.ipynb"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"(?<![\w:.])/(?:home|root|tmp|work|Users)/", text), path
        assert json.loads(text)["metadata"].keys() == {"handbook", "kernelspec", "language_info"}
