"""A table of invented people, and how many of them can be found again once their names are gone.

Everybody here is invented, with distributions that are a choice and stand in `DISTRICTS`, `AGES` and `make_people`:
a town of so many inhabitants, twelve districts, forty occupations. What is measured is how thin such a table gets when a
few harmless columns are read together; on real people the figures differ.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

YEAR = 2026
DISTRICTS = (
    0.17,
    0.14,
    0.12,
    0.11,
    0.1,
    0.09,
    0.08,
    0.06,
    0.05,
    0.04,
    0.025,
    0.015,
)  # shares of the inhabitants
REGIONS = (0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3)  # which districts are put together first
AGES = (
    (18, 25, 0.12),
    (25, 35, 0.2),
    (35, 45, 0.2),
    (45, 55, 0.19),
    (55, 65, 0.15),
    (65, 80, 0.12),
    (80, 95, 0.02),
)
OCCUPATIONS, GROUPS = (
    40,
    6,
)  # an occupation is the more frequent the smaller its number: 1/1, 1/2, 1/3, …
CONDITIONS = 8  # what nobody wants told, such as an illness; its frequencies change with age
COLUMNS = ("district", "sex", "year", "day", "occupation")


@dataclass(frozen=True)
class People:
    """One row a person: whole numbers, and what they spend a month in yuan."""

    district: np.ndarray
    sex: np.ndarray
    year: np.ndarray  # of birth
    day: np.ndarray  # of the year of birth, 0 to 364
    occupation: np.ndarray
    condition: np.ndarray
    spending: np.ndarray

    def __len__(self) -> int:
        return len(self.district)

    def take(self, rows: np.ndarray) -> "People":
        """Some of the rows, in the order given."""
        return People(**{name: getattr(self, name)[rows] for name in self.__dataclass_fields__})


def make_people(count: int, seed: int) -> People:
    """So many invented people. Spending rises with age to 50 and falls after it, and differs by
    sex, occupation, district and their groups.
    """
    draw = np.random.default_rng(seed)
    bands = draw.choice(len(AGES), count, p=[share for *_, share in AGES])
    age = np.array([draw.integers(*AGES[band][:2]) for band in bands])
    district = draw.choice(len(DISTRICTS), count, p=DISTRICTS)
    frequency = 1 / np.arange(1, OCCUPATIONS + 1)
    occupation = draw.choice(OCCUPATIONS, count, p=frequency / frequency.sum())
    odds = np.exp(-0.35 * np.arange(CONDITIONS) * (1.6 - age[:, None] / 80))
    condition = (odds.cumsum(1) / odds.sum(1, keepdims=True) < draw.random((count, 1))).sum(1)
    of_group, of_occupation = draw.normal(0, 700, GROUPS), draw.normal(0, 500, OCCUPATIONS)
    of_region, of_district = (
        draw.normal(0, 500, max(REGIONS) + 1),
        draw.normal(0, 500, len(DISTRICTS)),
    )
    sex = draw.integers(0, 2, count)
    spending = (
        4000
        - 1.5 * (age - 50) ** 2
        + 600 * sex
        + of_group[occupation % GROUPS]
        + of_occupation[occupation]
        + of_region[np.array(REGIONS)[district]]
        + of_district[district]
        + draw.normal(0, 800, count)
    )
    return People(
        district, sex, YEAR - age, draw.integers(0, 365, count), occupation, condition, spending
    )


# --8<-- [start:unique]
def groups(columns: Sequence[np.ndarray]) -> np.ndarray:
    """The number of each row's group, from 0: rows that agree in all columns have the same."""
    group = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:  # numbered anew each time, so that the products stay small
        group = np.unique(group * (int(column.max()) + 1) + column, return_inverse=True)[1].ravel()
    return group


def share_unique(columns: Sequence[np.ndarray]) -> float:
    """The share of rows that no other row agrees with in all columns."""
    group = groups(columns)
    return float((np.bincount(group)[group] == 1).mean())


# --8<-- [end:unique]


# --8<-- [start:link]
def link(released: Sequence[np.ndarray], register: Sequence[np.ndarray]) -> np.ndarray:
    """For each released row the one row of the register that agrees with it, and with no other released row; else -1."""
    both = groups([np.concatenate(pair) for pair in zip(released, register, strict=True)])
    ours, theirs = both[: len(released[0])], both[len(released[0]) :]
    once_here, once_there = (
        np.bincount(ours, minlength=both.max() + 1) == 1,
        np.bincount(theirs, minlength=both.max() + 1) == 1,
    )
    row_there = np.zeros(both.max() + 1, dtype=int)
    row_there[theirs] = np.arange(len(theirs))
    return np.where(once_here[ours] & once_there[ours], row_there[ours], -1)


# --8<-- [end:link]


def register_of(people: People, rows: np.ndarray, stale: float, seed: int) -> People:
    """What somebody else knows of some of the people, with names: a share of them has changed district or occupation."""
    draw = np.random.default_rng(seed)
    known = people.take(rows)
    moved = draw.random(len(rows)) < stale / 2
    changed = ~moved & (draw.random(len(rows)) < stale / 2)
    district, occupation = known.district.copy(), known.occupation.copy()
    district[moved] = draw.integers(0, len(DISTRICTS), moved.sum())
    occupation[changed] = draw.integers(0, OCCUPATIONS, changed.sum())
    return People(**{**vars(known), "district": district, "occupation": occupation})


# Coarser and coarser: what each column becomes at each level, the last one saying nothing

LEVELS = {"birth": 6, "district": 3, "occupation": 3, "sex": 2}
Levels = tuple[int, int, int, int]  # of birth, district, occupation, sex
FINEST: Levels = (0, 0, 0, 0)


def coarsened(people: People, levels: Levels) -> list[np.ndarray]:
    """The quasi-identifiers at the levels given: birth as day, month, year, 5 years, 10 years or nothing; district,
    region or nothing; occupation, group of occupations or nothing; sex or nothing.
    """
    birth, district, occupation, sex = levels
    nothing = np.zeros(len(people), dtype=int)
    born = [
        people.year * 365 + people.day,
        people.year * 12 + people.day * 12 // 365,
        people.year,
        people.year // 5,
        people.year // 10,
        nothing,
    ]
    return [
        born[birth],
        [people.district, np.array(REGIONS)[people.district], nothing][district],
        [people.occupation, people.occupation % GROUPS, nothing][occupation],
        [people.sex, nothing][sex],
    ]


def explained(group: np.ndarray, values: np.ndarray, seed: int) -> float:
    """How much of the variance of values the groups' means explain, learned on one half of the rows, tested on the other.

    Groups without a row to learn from get the mean of all; a table that is too fine explains nothing new.
    """
    learn = np.random.default_rng(seed).random(len(group)) < 0.5
    count, total = (
        np.bincount(group[learn], minlength=group.max() + 1),
        np.bincount(group[learn], values[learn], group.max() + 1),
    )
    mean = values[learn].mean()
    predicted = np.where(count > 0, total / np.maximum(count, 1), mean)[group[~learn]]
    rest = values[~learn]
    return float(1 - ((rest - predicted) ** 2).mean() / ((rest - rest.mean()) ** 2).mean())


# --8<-- [start:anonymise]
def k_anonymous(
    people: People, ks: Sequence[int], most_dropped: float, seed: int
) -> dict[int, tuple[Levels, np.ndarray]]:
    """For each k the levels at which every group has at least k rows, and which rows stay.

    Rows in smaller groups are dropped, at most the share `most_dropped`. Every combination of levels is tried; of those
    that suffice, the one is taken that keeps most of what the table is for here: telling who spends how much.
    Raises ValueError when no combination suffices.
    """
    best: dict[int, tuple[float, Levels, np.ndarray]] = {}
    for levels in product(*map(range, LEVELS.values())):
        group = groups(coarsened(people, levels))
        sizes, worth = np.bincount(group)[group], explained(group, people.spending, seed)
        for k in ks:
            stays = sizes >= k
            if 1 - stays.mean() <= most_dropped and (k not in best or worth > best[k][0]):
                best[k] = worth, levels, stays
    if missing := set(ks) - best.keys():
        raise ValueError(f"{len(people)} rows cannot be put in groups of {max(missing)}")
    return {k: best[k][1:] for k in ks}


# --8<-- [end:anonymise]


def told_anyway(group: np.ndarray, condition: np.ndarray) -> float:
    """The share of rows in groups in which all have the same condition: who is in one is found out without being found."""
    order = np.lexsort((condition, group))
    g, c = group[order], condition[order]
    differs = np.zeros(group.max() + 1, dtype=bool)
    differs[g[1:][(g[1:] == g[:-1]) & (c[1:] != c[:-1])]] = True
    return float((~differs[group]).mean())
