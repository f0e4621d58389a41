"""Random inputs with their results, to compare the page's JavaScript with this module."""

import math
import random
from collections.abc import Iterator
from typing import Any

from snippets.calculators import tables
from snippets.calculators.calculators import CALCULATORS
from snippets.calculators.numbers import InputError

NAMED = ("model", "card", "price")


def samples(name: str, count: int, seed: int) -> list[dict[str, Any]]:
    """Inputs as a reader would type them, with the results, or the field and sentence of the error.

    Args:
        name: a calculator.
        count: how many.
        seed: the same seed gives the same inputs.
    """
    source = random.Random(f"{name} {seed}")
    return [{"inputs": given, **outcome(name, given)} for given in drawn(name, count, source)]


def outcome(name: str, given: dict[str, str]) -> dict[str, Any]:
    """The results, or the error."""
    try:
        return {"results": CALCULATORS[name](given)}
    except InputError as error:
        texts = {language: error.text(language) for language in ("zh", "en")}
        return {"error": {"field": error.field, "message": error.message} | texts}


def drawn(name: str, count: int, source: random.Random) -> Iterator[dict[str, str]]:
    """Inputs: those that are needed, and about half of the others."""
    fields = tables.table("inputs")[name]["inputs"]
    for _ in range(count):
        odds = source.random() * 0.7
        yield {
            field["name"]: text
            for field in fields
            if field.get("needed") or source.random() < odds
            for text in [value(field, source)]
        }


def value(field: dict[str, Any], source: random.Random) -> str:
    """One value within the limits, most often of a usual size."""
    if field["kind"] in NAMED:
        return source.choice(tables.rows(field["kind"]))["id"]
    if field["kind"] == "choice":
        return str(source.choice(list(tables.options(field))))
    ends = sorted(number(field, source) for _ in range(2 if field["kind"] == "range" else 1))
    return "..".join(typed(end, field, source) for end in ends)


def number(field: dict[str, Any], source: random.Random) -> float:
    """A number between the limits: evenly for a share, else evenly in its digits."""
    low, high = float(field["min"]), float(field["max"])
    if field.get("share"):
        return low + (high - low) * source.random()
    middle = 10.0 ** (source.random() * math.log10(max(high / max(low, 1.0), 10.0)) * 0.6)
    found = min(high, max(low, max(low, 1.0) * middle))
    return float(math.floor(found)) if field.get("whole") else found


def typed(amount: float, field: dict[str, Any], source: random.Random) -> str:
    """The number in one of the forms that people use."""
    form = source.randrange(4)
    if field.get("share"):
        return f"{amount * 100:.6g}%" if form else repr(amount)
    if field.get("whole"):
        return f"{amount:,.0f}" if form == 1 and amount < 1e15 else f"{amount:.0f}"
    if form == 1 and amount >= 1e4:
        text = f"{amount / 1e4:.6g}"
        return text + "万" if "e" not in text else repr(amount)
    return repr(amount)
