"""Lab: does taking out names and numbers make data anonymous?

Two measurements. How much of the personal data in Chinese text is found: invented items set into real reviews, and
the real reviews themselves. And how many people are found again in an invented table that was stripped of its names.
"""

import hashlib
import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import numpy as np
from stdnum.cn import ric

from snippets.labs.anonymisation import people_table
from snippets.labs.anonymisation.people_table import (
    FINEST,
    Levels,
    People,
    coarsened,
    groups,
    k_anonymous,
    link,
    make_people,
    register_of,
)
from snippets.labs.anonymisation.personal_cases import NOTATIONS, TRAPS, Case, cases
from snippets.labs.anonymisation.personal_data import (
    KINDS,
    STRUCTURED,
    Detector,
    Span,
    as_shipped,
    ours,
    overlap,
    surnames_alone,
    tagger,
)
from snippets.labs.anonymisation.personal_judged import ALARMS, STRINGS
from snippets.labs.reviews import comparable, read_reviews
from snippets.labs.steps import kept
from snippets.metrics import accuracy_interval

WITHOUT_NAMES = {  # columns that are left when names are gone, from harmless to all
    "sex_year": ("sex", "year"),
    "district_sex_year": ("district", "sex", "year"),
    "with_occupation": ("district", "sex", "year", "occupation"),
    "with_birthday": ("district", "sex", "year", "day"),
    "all": ("district", "sex", "year", "day", "occupation"),
}
LINKED_BY = {
    "birthday": (0, 0, 2, 0),
    "birthday_and_occupation": FINEST,
    "year_and_occupation": (2, 0, 0, 0),
}
SWEPT = ("birthday_and_occupation", "year_and_occupation")  # compared in every town of the sweep


@dataclass(frozen=True)
class Settings:
    """How much is measured."""

    seeds: tuple[int, ...] = (0, 1, 2, 3, 4)
    each: int = 40  # cases of each notation and trap, a seed
    reviews: int | None = None  # how many of the real reviews are searched; None: all
    tagged: int = 2000  # how many of them the slow tagger reads
    inhabitants: int = 100_000
    customers: int = 20_000  # rows of the table that is given away
    known: int = 30_000  # rows of the register that somebody else has
    stale: float = (
        0.1  # share of the register's rows in which district or occupation is no longer right
    )
    ks: tuple[int, ...] = (2, 5, 10, 20, 50, 100)
    most_dropped: float = 0.02
    # Nobody knows these of a real register: every combination is measured, the one above among them.
    towns: tuple[int, ...] = (50_000, 100_000, 300_000, 1_000_000)
    overlaps: tuple[float, ...] = (0.03, 0.1, 0.3, 1.0)  # of the town, in the register
    stales: tuple[float, ...] = (0.0, 0.1, 0.3, 0.5)


FULL = Settings()
SMALL = Settings(
    seeds=(0,),
    each=2,
    reviews=600,
    tagged=20,
    inhabitants=4000,
    customers=1500,
    known=1500,
    ks=(2, 10),
    most_dropped=0.05,
    towns=(4000, 8000),
    overlaps=(0.375, 1.0),
    stales=(0.1, 0.3),
)


# The real reviews


@cache
def distinct_reviews() -> tuple[str, ...]:
    """Each of the real reviews once, in the order of the files."""
    distinct: dict[str, str] = {}
    for review in read_reviews():
        distinct.setdefault(comparable(review.text), review.text)
    return tuple(text for same, text in distinct.items() if same)


def name_of(text: str, span: Span | tuple[int, int]) -> str:
    """A name for a place in a review that does not show what stands there."""
    start, end = (span.start, span.end) if isinstance(span, Span) else span
    return hashlib.sha256(f"{text}\n{start}\n{end}".encode()).hexdigest()[:12]


def backgrounds(reviews: Sequence[str]) -> list[str]:
    """Reviews to put cases into: none with seven digits in a row or an @, which may be somebody's."""
    return [
        text
        for text in reviews
        if "@" not in text and not any(run.isdigit() for run in windows(text, 7))
    ]


def windows(text: str, size: int) -> list[str]:
    """Every piece of so many characters."""
    return [text[i : i + size] for i in range(len(text) - size + 1)]


# Searching the cases


def tally(made: Sequence[Case], find: Detector, kinds: Sequence[str]) -> dict:
    """What a detector finds in cases.

    For each kind: `found` (the whole item lies in spans of its kind), `touched` (a part does), of so many, by notation;
    `alarms` in what was put into the review, how many of them `right` (they touch an item of the kind); and by trap
    how many cases gave an alarm of any of the kinds. Alarms in the review around it are not counted.
    """
    counts = {kind: {"notations": {}, "alarms": 0, "right": 0} for kind in kinds}
    traps = {sort: {"cases": 0, "alarmed": 0} for sort in TRAPS}
    for case in made:
        found = [
            s
            for s in find(case.text)
            if s.kind in kinds and s.start < case.place[1] and case.place[0] < s.end
        ]
        if case.kind in kinds:
            item = Span(case.start, case.end, case.kind)
            same = [s for s in found if s.kind == case.kind and overlap(s, item)]
            covered = set().union(*(range(s.start, s.end) for s in same)) if same else set()
            row = counts[case.kind]["notations"].setdefault(
                case.notation, {"cases": 0, "found": 0, "touched": 0}
            )
            row["cases"] += 1
            row["touched"] += bool(same)
            row["found"] += covered >= set(range(item.start, item.end))
        if case.kind == "none":
            traps[case.notation]["cases"] += 1
            traps[case.notation]["alarmed"] += bool(found)
        for span in found:
            counts[span.kind]["alarms"] += 1
            counts[span.kind]["right"] += span.kind == case.kind and overlap(
                span, Span(case.start, case.end, case.kind)
            )
    return {"kinds": counts, "traps": traps}


def search_cases(seed: int, settings: Settings) -> dict:
    """All detectors on the cases of one seed; those that know only names see names and traps alone."""
    made = cases(backgrounds(distinct_reviews()), seed, settings.each)
    names = [case for case in made if case.kind in ("name", "none")]
    alone = [
        sentence_alone(case) for case in names
    ]  # the tagger is slow: it reads the sentence without the review around it
    return {
        "shipped": tally(made, as_shipped(), ("phone", "bank_card", "email")),
        "unchecked": tally(made, ours(check_digits=False), KINDS),
        "ours": tally(made, ours(), KINDS),
        "tagger": tally(alone, tagger(), ("name",)),
        "surnames": tally(names, surnames_alone(), ("name",)),
        "library_refuses": refused(made),
    }


def refused(made: Sequence[Case]) -> dict:
    """How many valid identity-card numbers python-stdnum's own `validate` refuses, for the reason in `is_id_card`."""
    numbers = [
        case.text[case.start : case.end]
        for case in made
        if (case.kind, case.notation) == ("id_card", "plain")
    ]
    return {"refused": sum(not ric.is_valid(number) for number in numbers), "of": len(numbers)}


def sentence_alone(case: Case) -> Case:
    """What was put into the review, as a case of its own."""
    at, end = case.place
    return Case(
        case.text[at:end], case.start - at, case.end - at, case.kind, case.notation, (0, end - at)
    )


def added(parts: Sequence[dict]) -> dict:
    """The sum of nested counts."""
    first = parts[0]
    return (
        {key: added([p[key] for p in parts]) for key in first}
        if isinstance(first, dict)
        else sum(parts)
    )


def share(part: int, whole: int) -> dict:
    """A share with its interval; of nothing there is none."""
    if not whole:
        return {"of": 0, "count": 0}
    return {
        "of": whole,
        "count": part,
        "share": part / whole,
        "interval": list(accuracy_interval(part, whole)),
    }


def scores(counts: dict) -> dict:
    """Precision and recall of a detector from its counts: by kind, by notation, and false alarms by trap."""
    kinds = {}
    for kind, row in counts["kinds"].items():
        total = (
            added(list(row["notations"].values()))
            if row["notations"]
            else {"cases": 0, "found": 0, "touched": 0}
        )
        kinds[kind] = {
            "recall": share(total["found"], total["cases"]),
            "touched": share(total["touched"], total["cases"]),
            "precision": share(row["right"], row["alarms"]),
            "notations": {
                name: share(n["found"], n["cases"]) for name, n in row["notations"].items()
            },
        }
    return {
        "kinds": kinds,
        "traps": {name: share(n["alarmed"], n["cases"]) for name, n in counts["traps"].items()},
    }


# Searching the real reviews


def search_reviews(settings: Settings) -> dict:
    """Alarms in the real reviews, for each detector and kind; and what those that we judged turned out to be."""
    reviews = distinct_reviews()[: settings.reviews]
    sample = random.Random(0).sample(reviews, min(settings.tagged, len(reviews)))
    result = {}
    for name, find, texts in (
        ("shipped", as_shipped(), reviews),
        ("unchecked", ours(check_digits=False), reviews),
        ("ours", ours(), reviews),
        ("tagger", tagger(), sample),
        ("surnames", surnames_alone(), sample),
    ):
        alarms = [(text, span) for text in texts for span in find(text)]
        result[name] = {"reviews": len(texts), "kinds": {}}
        for kind in sorted({span.kind for _, span in alarms}):
            of_kind = [(text, span) for text, span in alarms if span.kind == kind]
            judged = Counter(
                ALARMS[key]
                for text, span in of_kind
                if (key := judged_as(name, text, span)) in ALARMS
            )
            result[name]["kinds"][kind] = {
                "alarms": len(of_kind),
                "per_thousand": 1000 * len(of_kind) / len(texts),
                "judged": {what: share(judged[what], judged.total()) for what in sorted(judged)},
                "judged_count": judged.total(),
            }
    result["strings"] = strings_found(reviews, {"shipped": as_shipped(), "ours": ours()})
    return result


def judged_as(detector: str, text: str, span: Span) -> str:
    """The key of an alarm in `ALARMS`: names were drawn for each detector, the others all read."""
    whose = {"unchecked": "ours"}.get(detector, detector) if span.kind == "name" else span.kind
    return f"{whose}-{name_of(text, span)}"


def strings_found(reviews: Sequence[str], detectors: dict[str, Detector]) -> dict:
    """How many of the strings that people left in the reviews, as judged, a detector covers."""
    judged: dict[str, Counter] = {}
    for text in reviews:
        for start, end in strings(text):
            what = STRINGS.get(name_of(text, (start, end)))
            if what is None:
                continue
            counter = judged.setdefault(what, Counter())
            counter["of"] += 1
            for name, find in detectors.items():
                covering = [
                    s
                    for s in find(text)
                    if s.kind in STRUCTURED and s.start <= start and end <= s.end
                ]
                counter[name] += bool(covering)
    return {
        what: {name: share(n[name], n["of"]) for name in detectors}
        for what, n in sorted(judged.items())
    }


def strings(text: str) -> list[tuple[int, int]]:
    """Every string of digits, spaces and hyphens with at least seven digits, and every word with an @: where to look.

    Not the detectors' patterns but a wider net, whose whole catch was read.
    """
    found, start = [], None
    for i, c in enumerate(f"{text}\n"):
        if c in "0123456789-" or (start is not None and c == " "):
            start = i if start is None else start
        elif start is not None:
            raw = text[start:i]
            piece = raw.strip(" -")
            if sum(d.isdigit() for d in piece) >= 7:
                at = start + len(raw) - len(raw.lstrip(" -"))
                found.append((at, at + len(piece)))
            start = None
    for i, c in enumerate(text):
        if c == "@":
            left = right = i
            while left and text[left - 1].isascii() and text[left - 1] not in " :,;()":
                left -= 1
            while (
                right + 1 < len(text)
                and text[right + 1].isascii()
                and text[right + 1] not in " :,;()"
            ):
                right += 1
            while text[right] in ".!":
                right -= 1
            found.append((left, right + 1))
    return sorted(set(found))


# Finding people again


@dataclass(frozen=True)
class Parties:
    """A town, whom of it the company has, and whom somebody else knows by name."""

    town: People
    rows: np.ndarray
    known: np.ndarray
    register: People

    @property
    def table(self) -> People:
        """The company's rows without names."""
        return self.town.take(self.rows)

    def linked(self, levels: Levels, stays: np.ndarray | None = None) -> dict:
        """How many rows get a name from the register at some levels, how many of those the right one.

        stays: which rows are given away; all of them by default.
        """
        rows = self.rows if stays is None else self.rows[stays]
        match = link(coarsened(self.town.take(rows), levels), coarsened(self.register, levels))
        named = match >= 0
        return {
            "named": int(named.sum()),
            "right": int((self.known[match[named]] == rows[named]).sum()),
            "in_register": int(np.isin(self.rows, self.known).sum()),
            "rows": len(match),
        }


def parties(town: People, customers: int, known: int, stale: float, seed: int) -> Parties:
    """So many customers and so many known people, drawn from a town each for itself."""
    draw = np.random.default_rng(seed + 1000)
    rows = draw.permutation(len(town))[:customers]
    others = draw.choice(len(town), known, replace=False)
    return Parties(town, rows, others, register_of(town, others, stale, seed + 2000))


def find_again(seed: int, settings: Settings) -> dict:
    """One invented town: its table without names, a register with names, and what the two give together."""
    town = make_people(settings.inhabitants, seed)
    both = parties(town, settings.customers, settings.known, settings.stale, seed)
    table = both.table
    coarse = k_anonymous(table, (1, *settings.ks), settings.most_dropped, seed)
    result = {
        "unique": {
            name: {
                "table": people_table.share_unique([getattr(table, column) for column in columns]),
                "town": people_table.share_unique([getattr(town, column) for column in columns]),
            }
            for name, columns in WITHOUT_NAMES.items()
        },
        "linked": {name: both.linked(levels) for name, levels in LINKED_BY.items()},
        "coarse": [],
    }
    for k, (levels, stays) in coarse.items():
        left = table.take(stays)
        group = groups(coarsened(left, levels))
        result["coarse"].append(
            {
                "k": k,
                "levels": list(levels),
                "dropped": float(1 - stays.mean()),
                "smallest": int(np.bincount(group).min()),
                "groups": int(group.max()) + 1,
                "guessed": (int(group.max()) + 1) / len(left),
                "explained": people_table.explained(group, left.spending, seed),
                "told_anyway": people_table.told_anyway(group, left.condition),
                **both.linked(levels, np.flatnonzero(stays)),
            }
        )
    return result


def sweep(seed: int, inhabitants: int, settings: Settings) -> dict:
    """One town of so many: the same table, and registers that hold more or less of the town and are more or less stale."""
    town, registers = make_people(inhabitants, seed), []
    for part in settings.overlaps:
        for stale in settings.stales:
            known = round(part * inhabitants)
            both = parties(town, min(settings.customers, inhabitants), known, stale, seed)
            registers.append(
                {
                    "overlap": part,
                    "stale": stale,
                    "linked": {name: both.linked(LINKED_BY[name]) for name in SWEPT},
                }
            )
    finest = {name: coarsened(town, LINKED_BY[name]) for name in SWEPT}
    rows = both.rows
    return {
        "unique": {
            name: {
                "table": people_table.share_unique([column[rows] for column in columns]),
                "town": people_table.share_unique(columns),
            }
            for name, columns in finest.items()
        },
        "registers": registers,
    }


def over_seeds(values: Sequence[float]) -> dict:
    """The mean over the seeds and their range."""
    return {"mean": float(np.mean(values)), "least": float(min(values)), "most": float(max(values))}


def summary_of_tables(parts: Sequence[dict]) -> dict:
    """The towns together."""
    linked = {}
    for name in LINKED_BY:
        total = added([part["linked"][name] for part in parts])
        linked[name] = {
            "named": share(total["named"], total["rows"]),
            "right": share(total["right"], total["named"]),
            "found_again": share(total["right"], total["in_register"]),
        }
    coarse = []
    for rows in zip(*(part["coarse"] for part in parts), strict=True):
        coarse.append(
            {
                "id": f"k{rows[0]['k']}",
                "k": rows[0]["k"],
                "levels": [row["levels"] for row in rows],
                "smallest": min(row["smallest"] for row in rows),
                "named": sum(row["named"] for row in rows),
                **{
                    name: over_seeds([row[name] for row in rows])
                    for name in ("dropped", "guessed", "explained", "told_anyway")
                },
            }
        )
    return {
        "unique": {
            name: {
                where: over_seeds([part["unique"][name][where] for part in parts])
                for where in ("table", "town")
            }
            for name in WITHOUT_NAMES
        },
        "linked": linked,
        "coarse": coarse,
    }


def summary_of_sweep(parts: Sequence[Sequence[dict]], settings: Settings) -> dict:
    """The sweep over all seeds. parts: for each town size what `sweep` gave, a seed each.

    `cells`: for each combination the share found again of those in both, and how many of the names given are right;
    `range`: the least and the most of each over all combinations; `unique`: by town size, whatever the register.
    """
    cells, unique = [], []
    for inhabitants, of_town in zip(settings.towns, parts, strict=True):
        unique.append(
            {
                "id": f"n{inhabitants}",
                "inhabitants": inhabitants,
                **{
                    name: {
                        where: over_seeds([part["unique"][name][where] for part in of_town])
                        for where in ("table", "town")
                    }
                    for name in SWEPT
                },
            }
        )
        for place, register in enumerate(of_town[0]["registers"]):
            given = {name: register[name] for name in ("overlap", "stale")}
            parts_of = "-".join(f"{name[0]}{value * 100:.0f}" for name, value in given.items())
            cell = {"id": f"n{inhabitants}-{parts_of}", "inhabitants": inhabitants, **given}
            for name in SWEPT:
                total = added([part["registers"][place]["linked"][name] for part in of_town])
                cell[name] = {
                    "right": share(total["right"], total["named"]),
                    "found_again": share(total["right"], total["in_register"]),
                }
            cells.append(cell)
    ends: dict = {name: {} for name in SWEPT}
    for name in SWEPT:
        for what in ("right", "found_again"):
            shares = [cell[name][what]["share"] for cell in cells if cell[name][what]["of"]]
            ends[name][what] = {"least": min(shares), "most": max(shares)}
    return {"cells": cells, "unique": unique, "range": ends}


# The whole


def run(settings: Settings, folder: Path) -> dict:
    """Measure everything; what is in `folder` already is not measured again."""
    searched = [
        kept(
            folder,
            f"cases-{seed}",
            lambda seed=seed: search_cases(seed, settings),
            settings=settings,
        )
        for seed in settings.seeds
    ]
    tables = [
        kept(
            folder, f"table-{seed}", lambda seed=seed: find_again(seed, settings), settings=settings
        )
        for seed in settings.seeds
    ]
    swept = [
        [
            kept(
                folder,
                f"sweep-{inhabitants}-{seed}",
                partial(sweep, seed, inhabitants, settings),
                settings=settings,
            )
            for seed in settings.seeds
        ]
        for inhabitants in settings.towns
    ]
    refused_together = added([part.pop("library_refuses") for part in searched])
    return {
        "cases": {
            "seeds": len(settings.seeds),
            "each": settings.each,
            "total": len(settings.seeds)
            * settings.each
            * (sum(map(len, NOTATIONS.values())) + len(TRAPS)),
        },
        "detectors": {
            name: scores(added([part[name] for part in searched])) for name in searched[0]
        },
        "library_refuses": share(refused_together["refused"], refused_together["of"]),
        "reviews": kept(folder, "reviews", lambda: search_reviews(settings), settings=settings),
        "tables": {**summary_of_tables(tables), "sweep": summary_of_sweep(swept, settings)},
        "settings": json.loads(json.dumps(vars(settings))),
    }
