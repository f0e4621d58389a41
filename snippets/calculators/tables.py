"""The tables of data/calculators/: inputs, messages, models, cards, grids, prices, and the tokens
lab's rates.
"""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
FOLDER = "data/calculators"
LAB = "snippets/labs/tokens/result.json"
DATED = ("models", "cards", "grids", "prices")
SUFFIXES = ("instruct", "base", "chat", "it")
Range = tuple[float, float]


@cache
def table(name: str) -> dict[str, Any]:
    """One file of the folder."""
    return yaml.safe_load((ROOT / FOLDER / f"{name}.yml").read_text("utf-8"))


@cache
def rates() -> dict[str, dict[str, Range]]:
    """Tokens for each character by tokenizer and text: the 95 % intervals that the tokens lab measured."""
    measured = json.loads((ROOT / LAB).read_text("utf-8"))["tokenizers"]
    names = table("tokens")
    found = {
        tokenizer: {
            text: tuple(measured[tokenizer]["corpora"][text]["interval"]) for text in names["texts"]
        }
        for tokenizer in names["tokenizers"]
        if tokenizer != "unknown"
    }
    found["unknown"] = {
        text: (
            min(rate[text][0] for rate in found.values()),
            max(rate[text][1] for rate in found.values()),
        )
        for text in names["texts"]
    }
    return found


def options(field: dict[str, Any]) -> dict[str, dict[str, str]]:
    """What a choice offers: its value, and the words for it in both languages."""
    if "options" in field:
        return field["options"]
    named = field["table"]
    return table("grids")["grids"] if named == "grids" else table("tokens")[named]


def bare(name: str) -> str:
    """A name without the differences that people do not mean: case, hyphens, spaces, dots, the owner before a slash."""
    name = name.rsplit("/", 1)[-1].lower()
    return "".join(letter for letter in name if letter not in " -_.")


def find(kind: str, name: str) -> dict[str, Any] | None:
    """The model, card or price list of this name."""
    wanted, known = bare(name), by_name(kind)
    wishes = [wanted] + [wanted.removesuffix(end) for end in SUFFIXES if wanted.endswith(end)]
    return next((known[wish] for wish in wishes if wish in known), None)


@cache
def by_name(kind: str) -> dict[str, dict[str, Any]]:
    """All models, cards or price lists by all their names."""
    return {bare(one): row for row in rows(kind) for one in (row["id"], *row.get("also", ()))}


def rows(kind: str) -> list[dict[str, Any]]:
    """All models, cards or price lists."""
    return table(f"{kind}s")[f"{kind}s"]


def near(name: str, names: list[str], most: int = 3) -> list[str]:
    """The likest names: those that contain it or are contained first, then by letters to change."""

    def unlike(other: str) -> tuple[bool, int]:
        one, two = bare(name), bare(other)
        held = min(len(one), len(two)) > 2 and (one in two or two in one)
        return not held, changes(one, two)

    return sorted(names, key=unlike)[:most]


def changes(one: str, two: str) -> int:
    """How many letters must be put in, left out or replaced to get from one word to the other."""
    row = list(range(len(two) + 1))
    for i, letter in enumerate(one, 1):
        above, row[0] = row[0], i
        for j, other in enumerate(two, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (letter != other))
    return row[-1]


def overdue(today: date) -> list[dict[str, str]]:
    """The tables that were to be checked again before today."""
    return [
        {"table": name, "day": table(name)["recheck"].isoformat()}
        for name in DATED
        if table(name)["recheck"] < today
    ]


def export() -> dict[str, Any]:
    """All that the page needs, as plain JSON."""
    named = {
        name: table(name)
        for name in ("inputs", "messages", "examples", "sources", "tokens", *DATED)
    }
    return json.loads(json.dumps(named | {"rates": rates()}, default=str))
