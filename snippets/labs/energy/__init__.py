"""Lab: what do energy meters measure where there is no meter, and what saves work? Two tools, a bench, and small jobs.

What the tools make of a load is read on a bench that prescribes it, so that it is the same on every machine. What they say of
real runs is of this machine and of its neighbours at that moment, and stands beside the load of the machine.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from codecarbon.core.emissions import Emissions
from codecarbon.core.units import Energy
from codecarbon.external.geography import GeoMetadata
from codecarbon.input import DataSource

from snippets.labs.energy import grid, jobs, meters
from snippets.labs.energy.meters import PUE, Machine
from snippets.labs.energy.names import NAMES
from snippets.labs.statistics import mean_interval
from snippets.labs.steps import kept

# What we measured on, and a common small machine of a cloud: 4 of the 128 threads of a processor of 280 W.
OURS = Machine("AMD EPYC", threads=2, memory=24)
CLOUD = Machine("AMD EPYC 7763 64-Core Processor", threads=4, memory=16)
CLOUD_THREADS, CLOUD_WATTS = 128, 280
IDLE = 0.5  # of full power: Barroso and Hölzle, 2007


@dataclass(frozen=True)
class Settings:
    """The experiment.

    loads: shares of the machine's threads that are busy, on the bench. window: seconds of each condition of the live
    comparison; the tools sample every second. sizes: digits, reviews and digits of the three jobs.
    train, epochs, repeats: of the savings. hours: lengths of jobs that are moved within the day.
    """

    loads: tuple[float, ...] = (0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1)
    memories: tuple[int, ...] = (1, 8, 16, 24, 32, 64, 128, 256, 512)
    rounds: int = 6
    window: float = 2.5
    job_seeds: tuple[int, ...] = (1, 2, 3, 4, 5)
    sizes: tuple[int, int, int] = (4000, 6000, 20_000)
    seeds: tuple[int, ...] = (1, 2, 3, 4, 5, 6)
    train: int = 1000
    epochs: int = 20
    repeats: int = 3
    hours: tuple[int, ...] = (1, 4, 8, 12, 24)
    seed: int = 0


FULL = Settings()
SMALL = Settings(
    rounds=2,
    window=0.2,
    job_seeds=(1, 2),
    sizes=(150, 200, 500),
    seeds=(1, 2),
    train=50,
    epochs=2,
    repeats=1,
)


def looked_up() -> dict:
    """Each name of a processor, with what both tools take for it; and how many find the right row of their table."""
    table = meters.table_of_codecarbon()
    rows = []
    for name, wanted in NAMES.items():
        rated = float(table[wanted]) if wanted else None
        tdp, found = meters.codecarbon_tdp(name, OURS.threads)
        watts, row = meters.carbontracker_watts(name)
        rows.append(
            {
                "name": name,
                "rated": rated,
                "codecarbon": tdp,
                "codecarbon_found": found,
                "carbontracker": 2 * watts,
                "carbontracker_row": row,
            }
        )
    known = [row for row in rows if row["rated"] is not None]
    hidden = [row for row in rows if row["rated"] is None]
    return {
        "rows": rows,
        "known": len(known),
        "hidden": len(hidden),
        "codecarbon_right": sum(row["codecarbon"] == row["rated"] for row in known),
        "carbontracker_right": sum(row["carbontracker_row"] == NAMES[row["name"]] for row in known),
        "carbontracker_average": 2 * meters.carbontracker_watts("no such processor")[0],
        "rows_of_codecarbon": len(table),
        "rows_of_carbontracker": meters.rows_of_carbontracker_table(),
    }


# --8<-- [start:curve]
def curve(loads: Sequence[float]) -> list[dict]:
    """Watts of a processor of 1 W at each load, by each meter: one process alone is the whole load."""
    threads = 8
    return [
        {
            "load": load,
            "machine": meters.codecarbon_watts(1, threads, load * threads, load * threads),
            "process": meters.codecarbon_watts(
                1, threads, load * threads, load * threads, "process"
            ),
            "carbontracker": meters.carbontracker_told_watts(1, 0.5),
            "straight": IDLE + (1 - IDLE) * load,
        }
        for load in loads
    ]


# --8<-- [end:curve]


def same_work() -> dict[str, float]:
    """Energy of the same work on one of two threads for twice the time, over both threads: what each meter says."""
    half, full = curve((0.5, 1))
    return {name: 2 * half[name] / full[name] for name in half if name != "load"}


def chain(machine: Machine, busy: float) -> list[dict]:
    """Why the two tools differ on one machine: watts of both, one setting after another made the same."""
    found_tdp, _ = meters.codecarbon_tdp(machine.name, machine.threads)
    rated, _ = meters.carbontracker_watts(machine.name)
    memory = meters.codecarbon_memory_watts(machine.memory)
    tdp = 2 * rated

    def processor(watts: float) -> float:
        return meters.codecarbon_watts(watts, machine.threads, busy, busy)

    share = processor(1)
    steps = [
        ("as_installed", processor(found_tdp) + memory, rated * PUE),
        ("same_rating", processor(tdp) + memory, rated * PUE),
        ("same_building", (processor(tdp) + memory) * PUE, rated * PUE),
        ("no_memory", processor(tdp) * PUE, rated * PUE),
        ("same_load", processor(tdp) * PUE, meters.carbontracker_told_watts(tdp, share) * PUE),
    ]
    return [
        {"step": name, "codecarbon": one, "carbontracker": other, "ratio": other / one}
        for name, one, other in steps
    ]


def part_of_a_processor() -> dict:
    """A small machine of a cloud at full load: watts by each tool, and its share of the processor's rating."""
    tdp, _ = meters.codecarbon_tdp(CLOUD.name, CLOUD.threads)
    share = CLOUD_WATTS * CLOUD.threads / CLOUD_THREADS
    tracked = meters.codecarbon_watts(tdp, CLOUD.threads, CLOUD.threads, CLOUD.threads)
    other = meters.carbontracker_watts(CLOUD.name)[0]
    return {
        "share": share,
        "codecarbon": tracked,
        "carbontracker": other,
        "codecarbon_over_share": tracked / share,
        "carbontracker_over_share": other / share,
    }


def live(settings: Settings, number: int) -> dict:
    """One round of the live comparison: the readings of each condition, in an order drawn by lot."""
    order = list(jobs.CONDITIONS)
    random.Random(settings.seed + number).shuffle(order)
    return {name: metered(lambda n=name: jobs.CONDITIONS[n](settings.window)) for name in order}


def metered(work: Callable[[], None]) -> dict:
    """The readings of both tools around a piece of work."""
    with meters.Live() as both:
        work()
    return both.reading


def live_summary(rounds: Sequence[dict]) -> dict:
    """Means over the rounds, with intervals, and the ratios to sleeping within each round."""
    fields = (
        "machine_load",
        "own_threads",
        "machine_processor",
        "process_processor",
        "machine_memory",
        "process_memory",
        "carbontracker",
    )

    def over(name: str, other: str, field: str) -> dict:
        return mean_interval([r[name][field] / r[other][field] for r in rounds])

    return {
        name: {
            **{field: mean_interval([r[name][field] for r in rounds]) for field in fields},
            "machine_over_asleep": over(name, "asleep", "machine_processor"),
            "process_over_one": over(name, "one", "process_processor"),
            "carbontracker_over_asleep": over(name, "asleep", "carbontracker"),
        }
        for name in jobs.CONDITIONS
    }


def spread(values: Sequence[float]) -> float:
    """The largest over the smallest; 0 where the smallest is too small to be told from nothing."""
    return max(values) / min(values) if min(values) > 0 else 0.0


def job_summary(runs: Sequence[dict]) -> dict:
    """Means of one job over its seeds: watts, grams, and the ratios of the tools run by run."""

    def mean(of: Callable[[dict], float]) -> dict:
        return mean_interval([of(run) for run in runs])

    return {
        "machine": mean(lambda r: r["machine"]),
        "process": mean(lambda r: r["process"]),
        "carbontracker": mean(lambda r: r["carbontracker"]),
        "machine_load": mean(lambda r: r["machine_load"]),
        "ratio_machine": mean(lambda r: r["carbontracker"] / r["machine"]),
        "ratio_process": mean(lambda r: r["carbontracker"] / r["process"]),
        "memory_share": mean(lambda r: r["machine_memory"] / r["machine"]),
        "memory_share_process": mean(lambda r: r["process_memory"] / r["process"]),
        "milligrams_machine": mean(lambda r: 1000 * r["machine_grams"]),
        "milligrams_carbontracker": mean(lambda r: 1000 * r["carbontracker_grams"]),
        "carbon_ratio": mean(lambda r: r["carbontracker_grams"] / r["machine_grams"]),
        # Of the same work: what the tools counted at most over at least, and what the processor needed.
        "spread": {
            field: spread([r[field] for r in runs])
            for field in ("machine_kwh", "process_kwh", "carbontracker_kwh", "processor_seconds")
        },
    }


def saving_summary(runs: Sequence[dict]) -> dict:
    """For each way to save: processor time after over before, and the change in accuracy, seed by seed."""
    return {
        name: {
            "time": mean_interval([r[name][1]["seconds"] / r[name][0]["seconds"] for r in runs]),
            "accuracy": mean_interval(
                [r[name][1]["accuracy"] - r[name][0]["accuracy"] for r in runs]
            ),
            "before": mean_interval([r[name][0]["accuracy"] for r in runs]),
        }
        for name in runs[0]
    }


def intensities() -> dict:
    """Grams a kilowatt-hour that each tool takes, with the year of its figure, beside published ones."""
    mix = DataSource().get_global_energy_mix_data()
    world = DataSource().get_carbon_intensity_per_source_data()["world_average"]
    other = {row["Code"]: row for row in meters.rows_of_carbontracker()}
    column = "Carbon intensity of electricity (gCO2eq/kWh)"
    found = {
        country: {
            "codecarbon": mix[code]["carbon_intensity"],
            "codecarbon_year": mix[code]["year"],
            "carbontracker": float(other[code][column]),
            "carbontracker_year": int(other[code]["Year"]),
        }
        for country, code in {"china": "CHN", "germany": "DEU"}.items()
    }
    found["world"] = {
        "codecarbon": world,
        "codecarbon_year": 2019,
        "carbontracker": meters.constants.WORLD_AVG_CARBON_INTENSITY,
        "carbontracker_year": meters.constants.WORLD_AVG_CARBON_INTENSITY_YEAR,
    }
    return {
        "tools": found,
        "published": dict(grid.PUBLISHED),
        "codecarbon_over_official": found["china"]["codecarbon"] / grid.PUBLISHED["china_2023"],
        "carbontracker_over_official": found["china"]["carbontracker"]
        / grid.PUBLISHED["china_2023"],
        "unplaced_over_china": found["world"]["carbontracker"] / found["china"]["carbontracker"],
    }


def regions() -> dict:
    """China's provinces by the official factors for 2023 that codecarbon carries, lowest first."""
    data = DataSource().get_china_provincial_emissions_data()["data"]
    rows = sorted((one["emission_factor"], one["description"]) for one in data.values())
    by_name = {name: factor for factor, name in rows}
    return {
        "count": len(rows),
        "lowest": {"name": rows[0][1], "factor": rows[0][0]},
        "highest": {"name": rows[-1][1], "factor": rows[-1][0]},
        "highest_over_lowest": rows[-1][0] / rows[0][0],
        "beijing": by_name["Beijing"],
        "inner_mongolia": by_name["Inner Mongolia"],
        "guizhou": by_name["Guizhou"],
        "moved_to_inner_mongolia": by_name["Inner Mongolia"] / by_name["Beijing"] - 1,
        "moved_to_guizhou": by_name["Guizhou"] / by_name["Beijing"] - 1,
        "moved_to_lowest": rows[0][0] / by_name["Beijing"] - 1,
    }


def same_energy() -> dict:
    """One kilowatt-hour on two grids, by codecarbon's own sum: kilograms of each."""
    made = Emissions(DataSource())
    one = Energy.from_energy(1)
    china, france = (
        made.get_private_infra_emissions(one, GeoMetadata(code, country))
        for code, country in (("CHN", "China"), ("FRA", "France"))
    )
    return {"kwh": one.kWh, "china": china, "france": france, "saved": 1 - france / china}


def run(settings: Settings, folder: Path) -> dict:
    """The whole experiment. Each step is kept, so that a run that was stopped goes on where it was."""
    torch.set_num_threads(1)
    rounds = [
        kept(folder, f"live-{n}", lambda: live(settings, n), settings=settings)
        for n in range(settings.rounds)
    ]
    made = {}
    for (name, job), size in zip(jobs.JOBS.items(), settings.sizes, strict=True):
        job(0, size)  # what is loaded once belongs to no run
        made[name] = [
            kept(
                folder,
                f"job-{name}-{seed}",
                lambda: metered(lambda: job(seed, size)),
                settings=settings,
            )
            for seed in settings.job_seeds
        ]
    saved = [
        kept(
            folder,
            f"savings-{seed}",
            lambda: jobs.savings(seed, settings.train, settings.epochs, settings.repeats),
            settings=settings,
        )
        for seed in settings.seeds
    ]
    bench = kept(folder, "bench", lambda: on_the_bench(settings), settings=settings)
    return {
        "live": live_summary(rounds),
        "jobs": {name: job_summary(runs) for name, runs in made.items()},
        "savings": saving_summary(saved),
        **bench,
    }


def on_the_bench(settings: Settings) -> dict:
    """All that comes out the same on every machine."""
    points = curve(settings.loads)
    half = curve((0.5,))[0]
    memory = [
        {"gib": size, "watts": meters.codecarbon_memory_watts(size)} for size in settings.memories
    ]
    return {
        "machine": {"threads": OURS.threads, "memory": OURS.memory},
        "names": looked_up(),
        "curve": points,
        "half_load": {**half, "process_over_machine": half["process"] / half["machine"]},
        "same_work": same_work(),
        "memory": memory,
        "chain": chain(OURS, busy=1),
        "cloud": part_of_a_processor(),
        "pue": PUE,
        "intensities": intensities(),
        "regions": regions(),
        "same_energy": same_energy(),
        "hours": [
            {"hours": hours, **grid.best_start(grid.SUNNY_DAY, hours)} for hours in settings.hours
        ],
        "server": {
            "half_of_30": grid.server_saving(IDLE, 0.3, 0.5),
            "half_of_80": grid.server_saving(IDLE, 0.8, 0.5),
        },
        "hosts": meters.hosts_asked(),
    }
