"""The tables of data/calculators/: whole rows with real numbers and days, and which are to be checked again."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from handbook.checks.pages import Sources
from handbook.notes.check import SOON
from handbook.problems import Problem
from handbook.yaml_lines import read

FOLDER = "data/calculators"
TABLES = {  # the name of each, what a row needs, and what else it may hold
    "models": (
        {"id", "layers", "growing_layers", "grade", "source"},
        {
            "also",
            "released",
            "total",
            "active",
            "experts",
            "size",
            "kv_heads",
            "head_dim",
            "value_dim",
        }
        | {
            "latent",
            "rope_dim",
            "kv",
            "index",
            "window",
            "window_bytes",
            "state",
            "context",
            "hidden",
        }
        | {"heads", "intermediate", "vocabulary", "note"},
    ),
    "cards": (
        {"id", "memory", "grade"},
        {"also", "bandwidth", "peak", "peak8", "power", "price", "url"},
    ),
    "prices": (
        {"id", "by", "source", "grade", "lists"},
        {"also", "tokenizer", "peak", "batch", "smaller", "from", "tier", "note"},
    ),
    "grids": ({"zh", "en", "carbon", "grade", "note"}, {"url"}),
}
TEXTS = {"id", "also", "released", "size", "grade", "source", "note", "experts", "by", "tokenizer"}
TEXTS |= {"smaller", "from", "url", "zh", "en", "lists", "price"}
RATES = ("input", "cached", "output")


def check(sources: Sources) -> Iterator[Problem]:
    """Every table. A project without calculators needs none."""
    if not (sources.root / FOLDER / "inputs.yml").is_file():
        return
    tables = {name: read(sources.root, f"{FOLDER}/{name}.yml")[0] for name in (*TABLES, "tokens")}
    for name in TABLES:
        table, file = tables[name], f"{FOLDER}/{name}.yml"
        if not isinstance(table, dict) or not table.get(name):
            yield Problem(file, 1, f"this holds no “{name}:”", "Add it with its rows.")
            continue
        days = table.get("read"), table.get("recheck")
        if not all(isinstance(day, date) for day in days) or days[0] >= days[1]:
            todo = "Write read: YYYY-MM-DD and a later recheck: YYYY-MM-DD."
            yield Problem(file, 1, "the days of reading and of the next check are missing", todo)
        for line, what, todo in rows(name, table[name], tables):
            yield Problem(file, line, what, todo)


def rows(name: str, table: Any, tables: dict[str, Any]) -> Iterator[tuple[int, str, str]]:
    """What is wrong with the rows of a table: line, what, what to do."""
    needed, more = TABLES[name]
    listed = table if isinstance(table, list) else [{"id": id} | row for id, row in table.items()]
    names: dict[str, int] = {}
    for place, row in enumerate(listed):
        id = row.get("id", "?")
        line = getattr(id, "line", 1)
        for key in sorted(needed - set(row)):
            yield line, f"the row “{id}” has no “{key}”", f"Add “{key}: …”."
        for key in sorted(set(row) - needed - more - {"id"}):
            yield line, f"the row “{id}” has an unknown key “{key}”", "Take it out, or correct it."
        for key, value in row.items():
            if key not in TEXTS and not numeric(value, 0 if key == "rope_dim" else 1e-12):
                todo = "Write a number above zero, or a range such as 1.7..5."
                yield line, f"“{key}” of “{id}” is no number: {value}", todo
        for one in (id, *row.get("also", ())):
            bare = "".join(c for c in str(one).lower() if c not in " -_.")
            if names.setdefault(bare, place) != place:
                yield line, f"the name “{one}” belongs to two rows", "Leave it to one of them."
        if name == "prices":
            yield from of_price(row, line, tables)


def of_price(row: dict, line: int, tables: dict[str, Any]) -> Iterator[tuple[int, str, str]]:
    """The lists of one model, and the rows that it names."""
    id = row.get("id")
    for currency, prices in (row.get("lists") or {}).items():
        wrong = [key for key in RATES if not numeric(prices.get(key), least=0)]
        if wrong or currency not in ("USD", "CNY"):
            todo = "Write USD: {input: 1, cached: 0.1, output: 2}, for a million tokens."
            yield line, f"the {currency} list of “{id}” is not whole", todo
    known = {
        "tokenizer": set((tables["tokens"] or {}).get("tokenizers", ())),
        "smaller": {one.get("id") for one in (tables["prices"] or {}).get("prices", ())},
        "source": set((tables["prices"] or {}).get("sources", ())),
    }
    for key, names in known.items():
        if key in row and row[key] not in names:
            todo = f"Choose one of: {', '.join(sorted(names))}."
            yield line, f"“{key}” of “{id}” names “{row[key]}”, which does not exist", todo


def numeric(value: Any, least: float = 1e-12) -> bool:
    """Whether it is a number from least on, or a range of them as a text."""
    if isinstance(value, str):
        ends = value.split("..")
        try:
            return len(ends) <= 2 and least <= float(ends[0]) <= float(ends[-1])
        except ValueError:
            return False
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= least


def falling_due(sources: Sources, today: date, ahead: timedelta = SOON) -> list[Problem]:
    """The tables to be read again by some days from today, the oldest first."""
    found = []
    for path in sorted((sources.root / FOLDER).glob("*.yml")):
        file = f"{FOLDER}/{path.name}"
        data, _ = read(sources.root, file)
        day = data.get("recheck") if isinstance(data, dict) else None
        if isinstance(day, date) and day <= today + ahead:
            what = f"the table “{path.stem}” is to be checked again by {day}"
            todo = "Read its sources, correct it, and set “read” and “recheck” anew."
            line = next(key.line for key in data if key == "recheck")
            found.append((day, Problem(file, line, what, todo)))
    return [problem for _, problem in sorted(found)]
