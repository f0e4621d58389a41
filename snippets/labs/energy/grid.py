"""Kilowatt-hours, kilograms, and what it changes to run elsewhere or at another hour. Plain arithmetic."""

from collections.abc import Sequence

# Grams of carbon dioxide a kilowatt-hour, as published; sources on the page.
PUBLISHED = {
    "china_2022": 536.6,
    "china_2023": 530.6,
    "china_2023_without_traded": 609.6,
    "germany_2024": 363.0,
    "world_2024": 445.0,
}

# A day of a grid with much solar power, in parts of its mean. Given, and made up: no measurement.
SUNNY_DAY = (
    1.10, 1.08, 1.06, 1.05, 1.05, 1.06, 1.05, 0.98, 0.88, 0.80, 0.74, 0.71,
    0.70, 0.71, 0.75, 0.83, 0.95, 1.10, 1.25, 1.28, 1.28, 1.25, 1.20, 1.14,
)  # fmt: skip


def consumption(watts: float, hours: float, pue: float = 1.0) -> float:
    """Kilowatt-hours of machines that draw so many watts for so many hours, the building included."""
    return watts * hours * pue / 1000


def emissions(kwh: float, intensity: float) -> float:
    """Kilograms of carbon dioxide, by grams a kilowatt-hour. The same kilowatt-hours, whatever the grid."""
    return kwh * intensity / 1000


def windows(profile: Sequence[float], hours: int) -> list[float]:
    """Mean of a profile over so many hours, by the hour of the start; what begins late ends in the next round."""
    round_trip = list(profile) * (hours // len(profile) + 2)
    return [sum(round_trip[start : start + hours]) / hours for start in range(len(profile))]


def best_start(profile: Sequence[float], hours: int) -> dict:
    """The start with the lowest mean, its mean, and what it saves of the average start and of the worst."""
    means = windows(profile, hours)
    average = sum(means) / len(means)
    low = min(means)
    return {
        "start": means.index(low),
        "mean": low,
        "saves_of_average": 1 - low / average,
        "saves_of_worst": 1 - low / max(means),
    }


def server_saving(idle: float, use: float, less: float) -> float:
    """Share of a server's electricity that is saved when its work falls by `less` and it stays on.

    idle: what it draws without work, as a share of its full power; use: share of its time that is work. Power rises
    in a straight line between the two.
    """
    before = idle + (1 - idle) * use
    after = idle + (1 - idle) * use * (1 - less)
    return 1 - after / before
