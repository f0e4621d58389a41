"""From what was typed to values, and from results to JSON: what all five calculators share."""

from collections.abc import Mapping
from typing import Any

from snippets.calculators import tables
from snippets.calculators.numbers import InputError, parse, written

Range = tuple[float, float]


class Inputs:
    """The values of one calculation, and where each comes from: typed, the default, or a table."""

    def __init__(self, calculator: str, given: Mapping[str, Any]):
        spec = tables.table("inputs")[calculator]
        self.fields = {field["name"]: field for field in spec["inputs"]}
        self.results = {result["name"]: result["unit"] for result in spec["results"]}
        self.values: dict[str, Any] = dict.fromkeys(self.fields)
        self.origin: dict[str, str] = {}
        self.sources: list[str] = []
        typed = self.names(given)
        choices = [one for one in self.fields if self.fields[one]["kind"] == "choice"]
        for name in [*choices, *(one for one in self.fields if one not in choices)]:
            field = self.fields[name]
            text = typed.get(name, "")
            if isinstance(text, str) and not text.strip():
                text = field.get("default", "")
                self.origin[name] = "default"
            else:
                self.origin[name] = "typed"
            if text != "":
                self.values[name] = self.value(field, text)
            elif field.get("needed"):
                raise InputError(name, "needed")

    def names(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """What was given, by the fields' own names."""
        known = {
            also: name
            for name, field in self.fields.items()
            for also in (name, *field.get("also", ()))
        }
        typed: dict[str, Any] = {}
        for key, text in given.items():
            name = known.get(key.strip().lower().replace("-", "_"))
            if not name:
                near = ", ".join(tables.near(key, list(known), 1))
                raise InputError(key, "unknown", value=key, near=near)
            if name in typed:
                raise InputError(name, "twice")
            typed[name] = text
        return typed

    def value(self, field: dict[str, Any], text: Any) -> Any:
        """One value: a number, a range, the name of a choice, or the row of a table."""
        name, kind = field["name"], field["kind"]
        if kind in ("number", "range"):
            return parse(text, field, self.values.get("currency") or "")
        text = str(text).strip()
        if kind == "choice":
            offered = {str(one): one for one in tables.options(field)}
            for one in offered:
                if tables.bare(one) == tables.bare(text):
                    return one
            raise InputError(name, "choice", value=text, options=", ".join(offered))
        row = tables.find(kind, text)
        if not row:
            names = [one["id"] for one in tables.rows(kind)]
            raise InputError(name, kind, value=text, near=", ".join(tables.near(text, names)))
        return row

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def typed(self, name: str) -> bool:
        """Whether the reader gave it."""
        return self.values[name] is not None and self.origin[name] == "typed"

    def fill(self, name: str, amount: Any, message: str = "", **values: Any) -> Any:
        """The value, or what a table holds for it; without either the message, or None where there is none."""
        if self.values[name] is None and amount is not None:
            self.values[name] = self.value(self.fields[name], amount)
            self.origin[name] = "table"
        if self.values[name] is None and message:
            raise InputError(name, message, **values)
        return self.values[name]

    def card(self, name: str = "gpu") -> dict[str, Any]:
        """The card chosen."""
        self.cite("cards")
        return self[name]

    def cite(self, source: str) -> None:
        """A table that the result rests on."""
        if source not in self.sources:
            self.sources.append(source)

    def assumptions(self) -> dict[str, Any]:
        """Every value used, with its unit and where it comes from."""
        found = {}
        for name, value in self.values.items():
            if value is None:
                continue
            entry: dict[str, Any] = {"from": self.origin[name]}
            if isinstance(value, dict):
                entry["value"] = value["id"]
            elif isinstance(value, tuple):
                entry |= {"low": value[0], "high": value[1], "unit": self.fields[name]["unit"]}
            elif isinstance(value, float):
                entry |= {"low": value, "high": value, "unit": self.fields[name]["unit"]}
            else:
                entry["value"] = value
            found[name] = entry
        return found


class Answer:
    """Results as ranges, with what was assumed, what is not known, and the tables used."""

    def __init__(self, calculator: str, inputs: Inputs):
        self.calculator, self.inputs = calculator, inputs
        self.results: dict[str, Range] = {}
        self.extra: dict[str, Any] = {}
        self.notes: list[dict[str, Any]] = []

    def set(self, name: str, amount: float | Range) -> None:
        """A result; one number where it is exact."""
        low, high = amount if isinstance(amount, tuple) else (amount, amount)
        self.results[name] = (float(low), float(high))

    def note(self, output: str, message: str, **values: str) -> None:
        """Why a result is missing, or what must be known about it."""
        words = tables.table("messages")[message]
        texts = {language: words[language].format(**values) for language in ("zh", "en")}
        self.notes.append({"output": output, "message": message} | texts)

    def unit(self, name: str) -> str:
        """The unit of a result; money in the currency chosen."""
        unit = self.inputs.results[name]
        return unit.replace("money", self.inputs["currency"]) if "money" in unit else unit

    def json(self) -> dict[str, Any]:
        """{result: {low, high, unit}, …} in the order of inputs.yml, then everything beside it."""
        found: dict[str, Any] = {
            name: ranged(self.results[name], self.unit(name))
            for name in self.inputs.results
            if name in self.results
        }
        return (
            found
            | self.extra
            | {
                "calculator": self.calculator,
                "assumptions": self.inputs.assumptions(),
                "notes": self.notes,
                "sources": [
                    *(one["url"] for one in tables.table("sources")[self.calculator]),
                    *(f"{tables.FOLDER}/{name}.yml" for name in self.inputs.sources),
                ],
            }
        )


def ranged(amount: float | Range, unit: str) -> dict[str, Any]:
    """One result as it is printed."""
    low, high = amount if isinstance(amount, tuple) else (amount, amount)
    return {"low": low, "high": high, "unit": unit}


def times(one: float | Range, two: float | Range) -> Range:
    """The product of two ranges of positive numbers."""
    (a, b), (c, d) = both(one), both(two)
    return a * c, b * d


def over(one: float | Range, two: float | Range) -> Range:
    """The quotient of two ranges of positive numbers."""
    (a, b), (c, d) = both(one), both(two)
    return a / d, b / c


def plus(*ranges: float | Range) -> Range:
    """The sum of ranges."""
    low = high = 0.0
    for one in ranges:
        a, b = both(one)
        low, high = low + a, high + b
    return low, high


def both(amount: float | Range) -> Range:
    """A number as a range."""
    return amount if isinstance(amount, tuple) else (amount, amount)


__all__ = ["Answer", "InputError", "Inputs", "both", "over", "plus", "ranged", "times", "written"]
