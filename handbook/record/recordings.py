"""Reads what programs gave when they were run, and finds a number in it by its key."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from handbook.problems import Problem
from snippets.code_hash import code_hash

FOLDER = "data/recordings"
LABS = "snippets/labs"
# Not made by code of `snippets/`: runs of the listings as published, and measurements of the site.
NOT_OURS = ("as_published", "speed")


@dataclass(frozen=True)
class Recordings:
    """All recorded values. A key is the way to one: "cnn_image_classification.test.interval.0"."""

    values: dict
    damaged: dict[str, Problem] = field(default_factory=dict)  # by the name of the recording

    def find(self, expression: str) -> float:
        """The number under a key, its opposite (`-a`), or a difference or ratio (`a - b`, `a / b`).

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
            entries = {str(name): entry for name, entry in by_name(value).items()}
            # A name may hold dots: the longest one that fits.
            fitting = (name for name in entries if f"{rest}.".startswith(f"{name}."))
            part = max(fitting, key=len, default="")
            if not part:
                at = f"“{'.'.join(path)}” has" if path else "there are the recordings"
                known = ", ".join(entries) or "nothing below it"
                raise KeyError(f"“{rest.split('.')[0]}” is not recorded; {at}: {known}")
            value, path, rest = entries[part], [*path, part], rest[len(part) + 1 :]
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            below = ", ".join(value) if isinstance(value, dict) else type(value).__name__
            raise KeyError(f"“{expression}” is no number but holds {below}")
        return value


def by_name(value: object) -> dict:
    """What stands below a value; the entries of a list by their id, else by their place."""
    if isinstance(value, list):
        return {e.get("id", i) if isinstance(e, dict) else i: e for i, e in enumerate(value)}
    return value if isinstance(value, dict) else {}


def result_files(root: Path) -> dict[str, Path]:
    """The result.json of every recording, by name; those of the labs are called lab_<name>."""
    found = {path.parent.name: path for path in (root / FOLDER).glob("*/result.json")}
    labs = {f"lab_{path.parent.name}": path for path in (root / LABS).glob("*/result.json")}
    return dict(sorted((found | labs).items()))


def read_recordings(root: Path) -> Recordings:
    """Read every recording that is there; the damaged ones are told of, the others still good."""
    values, damaged = {}, {}
    for name, path in result_files(root).items():
        file = path.relative_to(root).as_posix()
        todo = f"Bring back the last good one: git checkout HEAD -- {file}"
        try:
            value = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:  # neither JSON nor UTF-8
            line = getattr(error, "lineno", 1)
            damaged[name] = Problem(file, line, f"the recording is damaged: {error}", todo)
            continue
        if isinstance(value, dict):
            values[name] = value
        else:
            damaged[name] = Problem(file, 1, "the recording holds no names with values", todo)
    return Recordings(values, damaged)


def stale(root: Path) -> Iterator[Problem]:
    """Every recording whose code is no longer the one that made it."""
    recordings = read_recordings(root)
    yield from recordings.damaged.values()
    for name, path in result_files(root).items():
        if name in NOT_OURS or name in recordings.damaged:
            continue
        file, again = path.relative_to(root).as_posix(), record_again(name)
        try:
            made = recordings.values[name]["made"]
            if made["code"] != code_hash(made["module"], root):
                message = f"{made['module']}, or what it imports, has changed since it was recorded"
                yield Problem(file, 1, message, f"Run {again}, and look at what the pages say.")
        except (KeyError, TypeError):
            message = "it does not say which code made it (made.module, made.code)"
            yield Problem(file, 1, message, f"Let the program write it: {again}.")
        except ModuleNotFoundError as error:
            yield Problem(file, 1, str(error), f"Delete {path.parent.name}, or run {again}.")


def recorder(root: Path, name: str) -> bool:
    """Whether a program is there that makes a recording."""
    lab = name.replace("lab_", "labs/", 1)
    files = (f"{name}.py", f"{name}/record.py", f"{lab}/lab.py")
    return any((root / "snippets" / file).is_file() for file in files)


def record_again(name: str) -> str:
    """The command that makes a recording anew."""
    if name.startswith("lab_"):
        return f"make labs ONLY={name.removeprefix('lab_')}"
    return f"make record ONLY={name}"


def written(value: float, like: str) -> str:
    """A value as a number on a page is written: decimals, per cent, thousands, exponent, minus."""
    unit = like[len(like.rstrip("% ")) :]  # "%", " %" or nothing
    digits = like.removesuffix(unit).replace(",", "")
    if "e" in digits:
        return f"{value:.{len(digits.split('e')[0].partition('.')[2])}e}"
    text = f"{value * 100 if unit else value:,.{len(digits.partition('.')[2])}f}"
    if "," not in like and len(digits.partition(".")[0]) < 5:
        text = text.replace(",", "")
    return (text if text.strip("-0.,") else text.lstrip("-")) + unit  # nought has no sign
