"""Kilowatt-hours, carbon dioxide and cost of one's own machines, and the hour to start at for one's own grid."""

import csv
import math
from collections.abc import Sequence
from pathlib import Path

from snippets.labs.energy.grid import best_start, consumption, emissions
from snippets.runs import InputError

DAY = 24


def within(value: float, what: str, least: float, most: float) -> float:
    """A number that can be used. Raises InputError for one outside the range, and for what is no number."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not least <= number <= most:  # not a number compares as false
        raise InputError(f"{what} is {value}; it has to be a number from {least:g} to {most:g}")
    return number


def bill(
    watts: float, hours: float, intensity: float, pue: float = 1.0, price: float | None = None
) -> dict:
    """Kilowatt-hours at the meter of the building, kilograms of carbon dioxide, and cost.

    watts: what the machines draw on average, idling included; hours: for how long; intensity: grams a kilowatt-hour;
    pue: of the building, 1 where there is none; price: of a kilowatt-hour. Raises InputError for a value that cannot be.
    """
    kwh = consumption(
        within(watts, "watts", 0, 1e9),
        within(hours, "hours", 0, 1e7),
        within(pue, "pue", 1, 5),
    )
    found = {"kwh": kwh, "kg": emissions(kwh, within(intensity, "intensity", 0, 3000))}
    if price is not None:
        found["cost"] = kwh * within(price, "price", 0, 1000)
    return found


def read_profile(path: Path, column: str = "intensity", encoding: str = "utf-8-sig") -> list[float]:
    """Grams a kilowatt-hour for each hour, from a CSV file with a heading: one day or whole days, in order.

    Raises InputError in one sentence for a file, a column or a value that cannot be used.
    """
    try:
        with path.open(encoding=encoding, newline="") as file:
            rows = list(csv.DictReader(file))
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from None
    except (UnicodeDecodeError, LookupError):
        raise InputError(f"{path} is not in {encoding}; name its encoding") from None
    except csv.Error as error:
        raise InputError(f"{path} is no CSV file: {error}") from None
    if not rows or column not in rows[0]:
        raise InputError(f"{path} has no column “{column}”, or no row below its heading")
    if len(rows) % DAY:
        raise InputError(f"{path} has {len(rows)} rows; whole days of {DAY} hours are needed")
    return [
        within(row[column], f"{column} in row {number}", 0, 3000)
        for number, row in enumerate(rows, 2)
    ]


def when(profile: Sequence[float], hours: int) -> dict:
    """Best hour of the day to start a job of whole hours, and what it saves against the average hour.

    Days are averaged first. spread: the same saving on each day by itself, lowest and highest, at the best hour of the average
    day: some days it may be a loss. Raises InputError for a length that cannot be.
    """
    length = int(within(hours, "hours of the job", 1, 24 * 365))
    days = [profile[start : start + DAY] for start in range(0, len(profile), DAY)]
    mean = [sum(day[hour] for day in days) / len(days) for hour in range(DAY)]
    if not any(mean):
        raise InputError("every hour of the profile is 0: nothing can be saved")
    found = best_start(mean, length)
    each = [saving(day, found["start"], length) for day in days if any(day)]
    return {**found, "days": len(days), "spread": [min(each), max(each)]}


def saving(day: Sequence[float], start: int, hours: int) -> float:
    """What a start saves on one day, repeated, against its average hour."""
    mean = sum(day[(start + hour) % DAY] for hour in range(hours)) / hours
    return 1 - mean / (sum(day) / DAY)


def as_text(found: dict, timing: dict | None = None) -> str:
    """The results as lines for a terminal."""
    lines = [f"{found['kwh']:,.2f} kWh, {found['kg']:,.2f} kg of CO2"]
    if "cost" in found:
        lines[0] += f", cost {found['cost']:,.2f}"
    if timing:
        low, high = timing["spread"]
        lines.append(
            f"start at {timing['start']}:00: {100 * timing['saves_of_average']:.0f}% less CO2 than at an average hour "
            f"(days in the file: {timing['days']}; day by day {100 * low:.0f}% to {100 * high:.0f}%), and the same kWh"
        )
    return "\n".join(lines)
