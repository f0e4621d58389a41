"""Reads data/law.yml (the order of the decisions, the instruments) and data/law/ (one file for each decision)."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from handbook.yaml_lines import parse

ROOT = Path(__file__).resolve().parents[2]
FILE, FOLDER = "data/law.yml", "data/law"
PLACES = ("cn", "eu", "us")
# What reading or showing files with faults raises: the checks tell where, and the preview shows the other pages.
BROKEN = (OSError, KeyError, TypeError, AttributeError, ValueError)
Pair = dict[str, str]  # {"zh": …, "en": …}


@dataclass(frozen=True)
class Event:
    """A day on which something changes, and the rule that says so."""

    on: date
    text: Pair
    decision: str
    rule: str
    place: str
    read: date


@dataclass(frozen=True)
class Decision:
    """One page: what a founder has to decide, and the rules under their topics."""

    id: str
    data: dict[str, Any]

    @cached_property
    def rules(self) -> list[dict[str, Any]]:
        """All rules, in the order of the page."""
        return [rule for topic in self.data["topics"] for rule in topic["rules"]]

    @cached_property
    def events(self) -> list[Event]:
        """What is coming, by day."""
        found = [
            Event(
                event["on"],
                {one: event[one] for one in ("zh", "en")},
                self.id,
                rule["id"],
                rule["in"],
                rule["read"],
            )
            for rule in self.rules
            for event in rule.get("coming", ())
        ]
        return sorted(found, key=lambda event: (event.on, PLACES.index(event.place), event.rule))


@dataclass(frozen=True)
class Law:
    """All decisions in the order of the pages, and the instruments that their rules cite."""

    decisions: list[Decision]
    instruments: dict[str, dict[str, Any]]

    def decision(self, id: str) -> Decision:
        """A decision by its id. Raises KeyError."""
        return next((one for one in self.decisions if one.id == id), None) or self.missing(id)

    def missing(self, id: str) -> Decision:
        """Say what is not there."""
        raise KeyError(f"{FOLDER}/{id}.yml is not named in {FILE}")

    @cached_property
    def read(self) -> date:
        """The last day on which any rule was read. Windows start there, so that a build is the same on every day."""
        return max(rule["read"] for one in self.decisions for rule in one.rules)

    def calendar(self, months: int = 18) -> list[Event]:
        """The events of all decisions in the months after the last reading, each told once."""
        year, month = divmod(self.read.month - 1 + months, 12)
        last = self.read.replace(self.read.year + year, month + 1, min(self.read.day, 28))
        told: dict[tuple[date, str], Event] = {}
        for event in sorted(
            (event for one in self.decisions for event in one.events),
            key=lambda event: (event.on, PLACES.index(event.place)),
        ):
            if self.read <= event.on <= last:
                told.setdefault((event.on, event.text["zh"]), event)
        return list(told.values())


def load(root: Path = ROOT) -> Law:
    """The law as it stands in the files; they are read anew each time, as a live preview needs."""
    top, _ = parse((root / FILE).read_text(encoding="utf-8"))
    decisions = []
    for id in top["decisions"]:
        data, _ = parse((root / FOLDER / f"{id}.yml").read_text(encoding="utf-8"))
        decisions.append(Decision(id, data))
    return Law(decisions, top["instruments"])
