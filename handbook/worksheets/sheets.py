"""The worksheets of data/worksheets.yml: their fields, and their figures as ranges.

A field is text, a choice, a number, or an input of a calculator (`of: api.dialogues`). A figure is what a calculator
finds for fields of the form (`calculator`, `fixed`, `take`, `show`), or made of others:

    sum: [[api.month, 12], [data]]   products that are added; `reserve` adds a share, `per` divides
    margin: [price, cost]            the share of the price that is left
"""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from handbook.calculators import page as calculators
from handbook.record.recordings import read_recordings
from snippets.calculators import tables
from snippets.calculators.calculators import CALCULATORS
from snippets.calculators.numbers import parse

FILE = Path(__file__).resolve().parents[2] / "data" / "worksheets.yml"
LAB = "lab:"
NUMERIC = ("number", "range")
KEPT = (
    "kind",
    "unit",
    "whole",
    "share",
    "min",
    "max",
    "from",
    "options",
    "table",
    "default",
    "zh",
    "en",
)
Range = tuple[float, float]


@cache
def data() -> dict[str, Any]:
    """The whole file: `sheets` and `figures`, with the numbers of recordings in their places."""
    found = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    recordings = read_recordings(FILE.parents[1])
    for one in found["sheets"].values():
        for entry in one["figures"]:
            for product in entry.get("sum", ()):
                product[:] = [
                    recordings.find(part.removeprefix(LAB)) if str(part).startswith(LAB) else part
                    for part in product
                ]
    return found


def sheet(name: str) -> dict[str, Any]:
    """A worksheet. Raises KeyError."""
    return data()["sheets"][name]


def fields(name: str) -> list[dict[str, Any]]:
    """Its fields, each input of a calculator with what the calculator says of it."""
    found = []
    for one in sheet(name)["fields"]:
        of = {}
        if "of" in one:
            calculator, _, key = one["of"].partition(".")
            of = next(i for i in tables.table("inputs")[calculator]["inputs"] if i["name"] == key)
            of = {k: of[k] for k in KEPT if k in of} | {"help": of["help"], "input": key}
        found.append(of | one)
    return found


def opening(name: str, language: str, example: str = "") -> dict[str, str]:
    """What stands in each field: in the opening example, or in another one of the sheet."""
    examples = sheet(name)["examples"]
    typed = examples[next(iter(examples))]["inputs"]
    if example:
        typed = typed | examples[example]["inputs"]
    return {
        one["name"]: said(typed.get(one["name"], one.get("default", "")), language)
        for one in fields(name)
    }


def said(text: Any, language: str) -> str:
    """What is typed, in one language where it is words."""
    text = text[language] if isinstance(text, dict) else text
    return calculators.dashed(str(text))


def figures(name: str, texts: dict[str, str]) -> dict[str, dict[str, Any]]:
    """Each figure's results as ranges, with the answer of its calculator.

    texts: what stands in each field. Raises InputError.
    """
    values: dict[str, Range] = {}
    for one in fields(name):
        if one["kind"] in NUMERIC and texts[one["name"]]:
            value = parse(texts[one["name"]], one, texts.get("currency", ""))
            values[one["name"]] = value if isinstance(value, tuple) else (value, value)
    found: dict[str, dict[str, Any]] = {}
    for one in sheet(name)["figures"]:
        if "calculator" in one:
            answer = CALCULATORS[one["calculator"]](given(one, texts))
            results = {key: (answer[key]["low"], answer[key]["high"]) for key in one["show"]}
            found[one["name"]] = {"results": results, "answer": answer}
            values |= {f"{one['name']}.{key}": value for key, value in results.items()}
        else:
            values[one["name"]] = made(one, values)
            found[one["name"]] = {"results": {"": values[one["name"]]}}
    return found


def given(one: dict[str, Any], texts: dict[str, str]) -> dict[str, str]:
    """The inputs of a figure's calculator: what the form holds over what is fixed."""
    taken = {key: texts[field] for key, field in one["take"].items() if texts[field]}
    return {key: str(value) for key, value in one.get("fixed", {}).items()} | taken


def made(one: dict[str, Any], values: dict[str, Range]) -> Range:
    """A figure that is made of others, all at least 0."""

    def of(part: Any) -> Range:
        return values[part] if isinstance(part, str) else (part, part)

    if "margin" in one:
        price, cost = map(of, one["margin"])
        return 1 - cost[1] / price[0], 1 - cost[0] / price[1]
    low = high = 0.0
    for product in one["sum"]:
        ends = [1.0, 1.0]
        for part in product:
            ends = [end * value for end, value in zip(ends, of(part), strict=True)]
        low, high = low + ends[0], high + ends[1]
    reserve = of(one.get("reserve", 0))
    low, high = low * (1 + reserve[0]), high * (1 + reserve[1])
    per = of(one.get("per", 1))
    return low / per[1], high / per[0]


def results_of(one: dict[str, Any], language: str) -> list[tuple[str, str, str]]:
    """What a figure shows: key, label and unit of each."""
    if "calculator" not in one:
        return [("", one[language], one["unit"])]
    named = {r["name"]: r for r in tables.table("inputs")[one["calculator"]]["results"]}
    labels = one.get("labels", {})
    return [(key, labels.get(key, named[key])[language], named[key]["unit"]) for key in one["show"]]


def holds(when: dict[str, Any], texts: dict[str, str]) -> bool:
    """Whether the choices in the form are among those that a sentence is for."""
    return all(texts[field] in options for field, options in when.items())
