"""Random inputs with their results, to compare the page's JavaScript with this module."""

import math
import random
from typing import Any

from snippets.calculators import tables
from snippets.calculators.calculators import CALCULATORS
from snippets.calculators.numbers import InputError

NAMED = ("model", "card", "price")
TOGETHER = {  # all of them, or none
    "training": [("layers", "attention_width", "sequence")],
    "memory": [("layers", "hidden", "heads")],
    "serving": [
        ("layers", "kv_heads", "head_dim"),
        ("layers", "latent", "rope_dim"),
        ("window_layers", "window", "layers", "kv_heads", "head_dim"),
    ],
    "api": [("price_input", "price_output"), ("input_tokens", "output_tokens")],
    "breakeven": [("price",)],
}


def samples(name: str, count: int, seed: int, valid: bool = True) -> list[dict[str, Any]]:
    """Inputs as a reader would type them, with the results, or the field and sentence of the error.

    Args:
        name: a calculator.
        count: how many.
        seed: the same seed gives the same inputs.
        valid: leave out inputs that give an error.
    """
    source, found = random.Random(f"{name} {seed}"), []
    while len(found) < count:
        given = drawn(name, source)
        result = outcome(name, given)
        if "results" in result or not valid:
            found.append({"inputs": given, **result})
    return found


def outcome(name: str, given: dict[str, str]) -> dict[str, Any]:
    """The results, or the error."""
    try:
        return {"results": CALCULATORS[name](given)}
    except InputError as error:
        texts = {language: error.text(language) for language in ("zh", "en")}
        return {"error": {"field": error.field, "message": error.message} | texts}


def drawn(name: str, source: random.Random) -> dict[str, str]:
    """Inputs: those that are needed, some of the others, and mostly what belongs together."""
    fields = tables.table("inputs")[name]["inputs"]
    odds = source.random() * 0.4
    chosen = {field["name"] for field in fields if field.get("needed") or source.random() < odds}
    for group in TOGETHER[name]:
        chosen = chosen - set(group) if source.random() < 0.7 else chosen | set(group)
    if source.random() < 0.8:
        chosen |= {"model"}
    for field in fields:
        if "needed_without" in field and field["needed_without"] not in chosen:
            chosen |= {field["name"]}
    return {field["name"]: value(field, source) for field in fields if field["name"] in chosen}


def value(field: dict[str, Any], source: random.Random) -> str:
    """One value within the limits, most often of a usual size."""
    if field["kind"] in NAMED:
        return source.choice(tables.rows(field["kind"]))["id"]
    if field["kind"] == "choice":
        return str(source.choice(list(tables.options(field))))
    ends = sorted(number(field, source) for _ in range(2 if field["kind"] == "range" else 1))
    form = source.randrange(4)
    return "..".join(typed(end, field, form) for end in ends)


def number(field: dict[str, Any], source: random.Random) -> float:
    """A number between the limits: evenly for a share, else evenly in its digits."""
    low, high = float(field["min"]), float(field["max"])
    if field.get("share"):
        return low + (high - low) * source.random()
    middle = 10.0 ** (source.random() * math.log10(max(high / max(low, 1.0), 10.0)) * 0.6)
    found = min(high, max(low, max(low, 1.0) * middle))
    return float(math.floor(found)) if field.get("whole") else found


def typed(amount: float, field: dict[str, Any], form: int) -> str:
    """The number in one of the forms that people use."""
    if field.get("share"):
        return f"{amount * 100:.6g}%" if form else repr(amount)
    if field.get("whole"):
        return f"{amount:,.0f}" if form == 1 and amount < 1e15 else f"{amount:.0f}"
    if form == 1 and amount >= 1e4:
        return f"{amount / 1e4:.2f}万"
    return repr(amount)
