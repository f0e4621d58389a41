"""python -m snippets.calculators training parameters=174.6e9 tokens=300e9 gpu=V100

training, memory, serving, api and breakeven print JSON; with --help the inputs. “random NAME COUNT
SEED” prints random inputs with their results, “tables” all that the page uses, “overdue” the tables
that are to be checked again.
"""

import json
import sys
from datetime import date

from snippets.calculators import tables
from snippets.calculators.calculators import CALCULATORS
from snippets.calculators.numbers import InputError
from snippets.calculators.samples import samples


def main(arguments: list[str]) -> int:
    """Print results, or what is wrong. The exit status is 2 for input that cannot be used."""
    name, rest = (arguments or ["--help"])[0], arguments[1:]
    if name in ("--help", "-h", "help"):
        print(__doc__.strip(), *(helped(one) for one in CALCULATORS), sep="\n\n")
        return 0
    if name == "random" and len(rest) == 3 and rest[0] in CALCULATORS:
        print(json.dumps(samples(rest[0], int(rest[1]), int(rest[2])), ensure_ascii=False))
        return 0
    if name == "tables" and not rest:
        print(json.dumps(tables.export(), ensure_ascii=False))
        return 0
    if name == "overdue" and not rest:
        print(json.dumps(tables.overdue(date.today())))
        return 0
    if name not in CALCULATORS:
        known = ", ".join(CALCULATORS)
        print(f"There is no calculator “{name}”. Choose one of: {known}.", file=sys.stderr)
        return 2
    if {"--help", "-h"} & set(rest):
        print(helped(name))
        return 0
    given: dict[str, str] = {}
    for argument in rest:
        key, equals, value = argument.removeprefix("--").partition("=")
        if not equals:
            print(f"“{argument}” is no input: write name=value.", file=sys.stderr)
            return 2
        if key in given:
            print(InputError(key, "twice"), file=sys.stderr)
            return 2
        given[key] = value
    try:
        print(json.dumps(CALCULATORS[name](given), ensure_ascii=False, indent=1, default=str))
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def helped(name: str) -> str:
    """The inputs of a calculator with units, limits and defaults."""
    spec = tables.table("inputs")[name]
    lines = [f"{name}: {spec['en']}"]
    for field in spec["inputs"]:
        lines.append(f"  {field['name']}{allowed(field)}: {field['help']['en']}")
    results = ", ".join(f"{one['name']} ({one['unit']})" for one in spec["results"])
    return "\n".join([*lines, f"  → {results}"])


def allowed(field: dict) -> str:
    """Unit, limits, default and other names of an input, in brackets."""
    kind = field["kind"]
    if kind in ("number", "range"):
        parts = [f"{field['unit']}, {float(field['min']):g} to {float(field['max']):g}"]
        parts += ["a range or one number"] if kind == "range" else []
    elif kind == "choice":
        parts = ["|".join(map(str, tables.options(field)))]
    else:
        parts = [", ".join(row["id"] for row in tables.rows(kind))]
    if "default" in field:
        parts.append(f"default {field['default']}")
    elif "from" in field:
        parts.append(f"default: the table's ({field['from']})")
    elif field.get("needed"):
        parts.append("needed")
    if "also" in field:
        parts.append("also " + ", ".join(field["also"]))
    return f" ({'; '.join(parts)})"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
