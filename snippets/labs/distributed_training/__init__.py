"""Lab: does distributed training lower the cost of compute?

Two real processes, started by torchrun, average their gradients over gloo: do they compute the same as one process, how
much faster, and at what cost? What ten machines would do is a model, fed with what was measured.
"""

import dataclasses
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import nnls

from snippets.labs.distributed_training import worker
from snippets.labs.steps import kept

ROOT = Path(__file__).resolve().parents[3]
MACHINES = (1, 2, 4, 6, 8, 10, 16)


@dataclass(frozen=True)
class Network:
    """What joins the machines: what a message waits, in seconds, and what passes, in bytes a second."""

    latency: float
    bandwidth: float


# Given, not measured: round figures of office and data-centre networks. Put in your own.
GIVEN = {"ethernet_1": Network(1e-4, 1e9 / 8), "ethernet_25": Network(2e-5, 25e9 / 8)}


@dataclass(frozen=True)
class Settings:
    """What is measured, and what is given."""

    measured: worker.Settings = worker.FULL
    processes: int = 2
    price: float = 0.3  # yuan for an hour of one core: given; put in your own
    examples: int = 300_000  # of the run whose cost is told: five epochs of 60,000
    model_batch: int = 512


FULL = Settings()
SMALL = Settings(measured=worker.SMALL)


# --8<-- [start:launch]
def launch(settings: Settings, part: str) -> dict:
    """Start the processes on this machine and read the part that they measured. Raises RuntimeError with what they said last."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "measured.json"
        ended = subprocess.run(
            [
                sys.executable,
                "-m",
                "torch.distributed.run",
                "--standalone",
                "--nproc-per-node",
                str(settings.processes),
                "-m",
                __name__,
                "--out",
                str(out),
                "--part",
                part,
                "--settings",
                json.dumps(dataclasses.asdict(settings.measured)),
            ],
            cwd=ROOT,
            env={**os.environ, "OMP_NUM_THREADS": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        if ended.returncode:
            raise RuntimeError(f"torchrun failed: {ended.stderr[-2000:]}")
        return json.loads(out.read_text(encoding="utf-8"))[part]


# --8<-- [end:launch]


def median_ratio(above: Sequence[float], below: Sequence[float]) -> dict:
    """The median over the rounds of a ratio taken within each round, and a 95% interval of it by bootstrap."""
    ratios = np.asarray(above) / np.asarray(below)
    again = np.median(np.random.default_rng(0).choice(ratios, (2000, len(ratios))), axis=1)
    low, high = np.percentile(again, [2.5, 97.5])
    return {"ratio": float(np.median(ratios)), "interval": [float(low), float(high)]}


def compare(timed: dict, settings: Settings) -> dict:
    """One workload: how much faster, which share of a step is communication, what a run costs."""
    times = {
        way: np.array(timed[way]) for way in ("one_thread", "two_threads", "processes", "silent")
    }
    steps = settings.examples / timed["batch"]
    cores = {"one_thread": 1, "two_threads": 2, "processes": settings.processes}
    return {
        "id": timed["id"],
        "network": timed["network"],
        "batch": timed["batch"],
        "rounds": len(timed["processes"]),
        "milliseconds": {way: float(np.median(t) * 1000) for way, t in times.items()},
        "speedup_over_one_thread": median_ratio(times["one_thread"], times["processes"]),
        "speedup_over_two_threads": median_ratio(times["two_threads"], times["processes"]),
        "speedup_of_two_threads": median_ratio(times["one_thread"], times["two_threads"]),
        "communication": median_ratio(times["processes"] - times["silent"], times["processes"]),
        "cost": median_ratio(settings.processes * times["processes"], times["one_thread"]),
        "hours": {way: float(np.median(times[way]) * steps / 3600) for way in cores},
        "yuan": {
            way: float(np.median(times[way]) * steps / 3600 * count * settings.price)
            for way, count in cores.items()
        },
    }


# The model of many machines


def fit_line(x: Sequence[float], y: Sequence[float]) -> tuple[float, float]:
    """Start and slope, neither negative, of the line that is least wrong in proportion to y."""
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    (start, slope), _ = nnls(np.stack([1 / y, x / y], 1), np.ones(len(y)))
    return float(start), float(slope)


def fit_network(averaging: Sequence[dict], processes: int) -> Network:
    """Latency and bandwidth that explain the times of averaging, by the formula of the ring."""
    start, slope = fit_line(
        [row["bytes"] for row in averaging], [row["seconds"] for row in averaging]
    )
    return Network(
        start / (2 * (processes - 1)), 2 * (processes - 1) / processes / max(slope, 1e-15)
    )


# --8<-- [start:model]
def ring(machines: int, size: int, network: Network) -> float:
    """Seconds in which a ring of machines averages so many bytes: 2(n-1) messages of one n-th each (ring all-reduce)."""
    return 2 * (machines - 1) * (network.latency + size / machines / network.bandwidth)


def step_time(
    machines: int, batch: float, compute: tuple[float, float], size: int, network: Network
) -> float:
    """Seconds a step when a batch is shared out; no averaging is hidden behind computing, so this is the cautious case."""
    start, slope = compute
    return start + slope * batch / machines + ring(machines, size, network)


# --8<-- [end:model]


def many_machines(measured: dict, settings: Settings) -> dict:
    """What the model says of up to sixteen machines, for three networks; and what it says of the two that were measured."""
    compute = fit_line(
        [row["batch"] for row in measured["curve"]], [row["seconds"] for row in measured["curve"]]
    )
    here = fit_network(measured["averaging"], measured["processes"])
    size, batch = 4 * measured["parameters"]["cnn"], settings.model_batch
    result = {
        "compute": {
            "fixed_milliseconds": compute[0] * 1000,
            "microseconds_an_example": compute[1] * 1e6,
        },
        "here": {
            "latency_microseconds": here.latency * 1e6,
            "megabytes_a_second": here.bandwidth / 1e6,
        },
        "bytes": size,
        "batch": batch,
        "networks": [],
    }
    for name, network in {"here": here, **GIVEN}.items():
        alone = step_time(1, batch, compute, size, network)
        rows = []
        for n in MACHINES:
            shared, grown = (
                step_time(n, batch, compute, size, network),
                step_time(n, n * batch, compute, size, network),
            )
            rows.append(
                {
                    "id": f"n{n}",
                    "machines": n,
                    "speedup": alone / shared,
                    "cost": n * shared / alone,
                    "communication": ring(n, size, network) / shared,
                    "speedup_grown": n * alone / grown,
                    "cost_grown": grown / alone,
                }
            )
        result["networks"].append(
            {
                "id": name,
                "latency": network.latency,
                "bandwidth": network.bandwidth,
                "machines": rows,
            }
        )
    checked = [
        {
            "id": timed["id"],
            "model_over_measured": step_time(
                measured["processes"], timed["batch"], compute, size, here
            )
            / float(np.median(timed["processes"])),
        }
        for timed in measured["timings"]
        if timed["network"] == "cnn"
    ]
    return {**result, "checked": checked}


def compare_training(runs: Sequence[dict]) -> dict:
    """How far the two loss curves part, and the test accuracies."""
    parted = [np.abs(np.subtract(run["alone"], run["together"])) for run in runs]
    return {
        "steps": len(runs[0]["alone"]),
        "first": float(max(p[0] for p in parted)),
        "largest": float(max(p.max() for p in parted)),
        "runs": [
            {
                "id": f"seed{run['seed']}",
                "largest": float(p.max()),
                "alone_accuracy": run["alone_accuracy"],
                "together_accuracy": run["together_accuracy"],
                "last_loss": run["together"][-1],
            }
            for run, p in zip(runs, parted, strict=True)
        ],
        "curve": {
            "alone": runs[0]["alone"],
            "together": runs[0]["together"],
            "apart": parted[0].tolist(),
        },
    }


def run(settings: Settings, folder: Path) -> dict:
    """Measure and compute everything; what is in `folder` already is not measured again."""
    measured = {
        part: kept(
            folder,
            part,
            lambda part=part: launch(settings, part),
            settings=[dataclasses.asdict(settings.measured), settings.processes],
        )
        for part in worker.parts(settings.measured)
    }
    agreement, machines = measured["agreement"], measured["machines"]
    parameters = {name: worker.parameters(name) for name in ("cnn", "wide")}
    timings = [
        {
            "id": f"{name}_{total}",
            "network": name,
            "batch": total,
            **measured[f"timings-{name}-{total}"],
        }
        for name, total in settings.measured.workloads
    ]
    return {
        "processes": machines["processes"],
        "parameters": parameters,
        "gradients": {
            name: {"largest": max(values), "count": len(values)}
            for name, values in agreement["gradients"].items()
        },
        "training": compare_training(agreement["training"]),
        "speed": [compare(timed, settings) for timed in timings],
        "model": many_machines(
            {**machines, "parameters": parameters, "timings": timings}, settings
        ),
        "averaging": machines["averaging"],
        "price": settings.price,
        "examples": settings.examples,
    }
