"""Reads data/recordings/: what the programs of snippets/ gave when they were run, by key."""

import json
from dataclasses import dataclass
from pathlib import Path

FOLDER = "data/recordings"


@dataclass(frozen=True)
class Recordings:
    """All recorded values. A key is the way to one: "cnn_image_classification.test.interval.0"."""

    values: dict

    def find(self, expression: str) -> float:
        """The number under a key, its opposite (`-a`), or the difference or ratio of two (`a - b`, `a / b`).

        Raises KeyError with what is wrong, in words.
        """
        if expression.startswith("-"):
            return -self.find(expression[1:])
        for sign, compute in ((" - ", lambda a, b: a - b), (" / ", lambda a, b: a / b)):
            if sign in expression:
                left, right = expression.split(sign, 1)
                return compute(self.find(left), self.find(right))
        value, path, rest = self.values, [], expression.strip()
        while rest:
            entries = value if isinstance(value, dict) else by_name(value)
            known = {str(name): name for name in entries}
            part = max((name for name in known if f"{rest}.".startswith(f"{name}.")), key=len, default="")  # a name may hold dots
            if not part:
                at = f"“{'.'.join(path)}” has" if path else "there are the recordings"
                raise KeyError(f"“{rest.split('.')[0]}” is not recorded; {at}: {', '.join(known) or 'nothing below it'}")
            value, path, rest = entries[known[part]], [*path, part], rest[len(part) + 1:]
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            below = ", ".join(map(str, value)) if isinstance(value, dict) else type(value).__name__
            raise KeyError(f"“{expression}” is no number but holds {below}")
        return value


def by_name(value: object) -> dict:
    """The entries of a list by their id, or by their place where they have none."""
    if not isinstance(value, list):
        return {}
    return {entry.get("id", i) if isinstance(entry, dict) else i: entry for i, entry in enumerate(value)}


def read_recordings(root: Path) -> Recordings:
    """Read every result.json. Raises ValueError, as json does, for a damaged one."""
    values = {}
    for path in sorted((root / FOLDER).glob("*/result.json")):
        values[path.parent.name] = json.loads(path.read_text(encoding="utf-8"))
    return Recordings(values)


def written(value: float, like: str) -> str:
    """A value in the form of a number on a page: as many decimals, per cent, thousands separators, exponent."""
    unit = like[len(like.rstrip("% ")):]  # "%", " %" or nothing
    digits = like.removesuffix(unit).replace(",", "")
    if "e" in digits:
        return f"{value:.{len(digits.split('e')[0].partition('.')[2])}e}"
    text = f"{value * 100 if unit else value:,.{len(digits.partition('.')[2])}f}"
    if "," not in like and len(digits.partition(".")[0]) < 5:
        text = text.replace(",", "")
    return (text if text.strip("-0.,") else text.lstrip("-")) + unit  # nought has no sign
