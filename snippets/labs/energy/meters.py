"""Two energy meters as they are, kept off the network: on a bench that prescribes what they read, and on real runs.

codecarbon 3.3.2 and carbontracker 2.4.7. On the bench the tools' code is their own; only the clock, the counters of
the operating system and the processor's name are ours.
"""

import contextlib
import csv
import functools
import io
import logging
import os
import socket
import time
import warnings
from collections import namedtuple
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import SimpleNamespace
from unittest.mock import Mock, patch

import psutil

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # that pynvml has another name now
    from carbontracker import constants
    from carbontracker.components.cpu import generic
    from carbontracker.components.cpu.sim_cpu import SimulatedCPUHandler
    from carbontracker.emissions.intensity import intensity
    from carbontracker.tracker import CarbonTracker
    from codecarbon import EmissionsTracker, OfflineEmissionsTracker
    from codecarbon.core import cpu as codecarbon_cpu
    from codecarbon.core.cpu import TDP
    from codecarbon.external import hardware, ram
    from codecarbon.input import DataSource

JOULES = 3.6e6  # in a kilowatt-hour
GIB = 2**30
PUE = constants.PUE_2023  # carbontracker multiplies every figure by it
Times = namedtuple("Times", "user system idle")


@dataclass(frozen=True)
class Machine:
    """A machine on the bench: the processor's name, threads that the operating system sees, memory in GiB."""

    name: str
    threads: int
    memory: float


class Bench:
    """A clock and the counters of an operating system, which move on only when told."""

    def __init__(self, threads: int) -> None:
        self.threads, self.now, self.busy, self.own = threads, 0.0, 0.0, 0.0

    def pass_time(self, seconds: float, busy: float, own: float) -> None:
        """Let time pass with so many threads busy in all, and so many of them in the tracked process."""
        self.now += seconds
        self.busy += seconds * busy
        self.own += seconds * own

    def clock(self) -> SimpleNamespace:
        """Stands for the module time."""
        return SimpleNamespace(
            time=lambda: self.now, perf_counter=lambda: self.now, sleep=lambda seconds: None
        )

    def counters(self) -> SimpleNamespace:
        """Stands for psutil: seconds of all threads since some moment, and those of one process without children."""
        process = SimpleNamespace(
            pid=1, children=lambda recursive: [], cpu_times=lambda: Times(self.own, 0.0, 0.0)
        )
        return SimpleNamespace(
            cpu_times=lambda: Times(self.busy, 0.0, self.threads * self.now - self.busy),
            Process=lambda pid=None: process,
            NoSuchProcess=psutil.NoSuchProcess,
            AccessDenied=psutil.AccessDenied,
        )


# --8<-- [start:bench]
def codecarbon_watts(
    tdp: float, threads: int, busy: float, own: float, tracking: str = "machine"
) -> float:
    """Watts that codecarbon gives a processor whose counters say that `busy` threads work, `own` of them for us.

    tracking: "machine" or "process". The way is the tool's own: start, a minute, read.
    """
    bench = Bench(threads)
    with (
        patch.object(hardware, "psutil", bench.counters()),
        patch.object(hardware, "time", bench.clock()),
        patch.object(hardware, "count_cpus", lambda: threads),
    ):
        meter = hardware.CPU(".", hardware.MODE_CPU_LOAD, "", tdp, tracking_mode=tracking)
        meter.start()
        bench.pass_time(60, busy, own)
        _, energy = meter.measure_power_and_energy(last_duration=60)
    return energy.kWh * JOULES / 60


def codecarbon_memory_watts(memory: float) -> float:
    """Watts that codecarbon gives to so many GiB of memory, of a machine or, in process tracking, in use."""
    seen = SimpleNamespace(virtual_memory=lambda: SimpleNamespace(total=memory * GIB))
    with patch.object(ram, "psutil", seen), patch.object(ram, "SLURM_JOB_ID", None):
        meter = ram.RAM(pid=1)
        meter.is_arm_cpu = False
        return meter.total_power().W


def codecarbon_tdp(name: str, threads: int) -> tuple[float, bool]:
    """Watts at full load that codecarbon takes for a processor's name, and whether it found it in its table."""
    with (
        patch.object(codecarbon_cpu, "detect_cpu_model", lambda: name),
        patch.object(codecarbon_cpu, "count_cpus", lambda: threads),
        patch.object(codecarbon_cpu, "logger", Mock()),
    ):
        found = TDP.__new__(TDP)._get_cpu_power_from_registry(name)
        return TDP().tdp, found is not None


def carbontracker_watts(name: str) -> tuple[float, str | None]:
    """Watts that carbontracker gives a processor of a name, whatever it does; and the row of its table, if any.

    Before PUE. They are half the row's, or half the mean of the whole table.
    """
    told = Mock()
    with (
        patch.object(generic.cpuinfo, "get_cpu_info", lambda: {"brand_raw": name}),
        patch.object(generic, "logger", told),
    ):
        meter = generic.GenericCPU([], devices_by_pid=False)
        meter.init()
    watts = meter.power_usage()[0]
    said = [str(call.args[0]) for call in told.err_info.call_args_list]
    partly = [text.split(" to ")[1].split(" with TDP")[0] for text in said if " to " in text]
    row = name if name in meter.cpu_power_data else (partly[0] if partly else None)
    return watts, row


def carbontracker_told_watts(tdp: float, share: float) -> float:
    """Watts of carbontracker when it is told a processor (sim_cpu_tdp, sim_cpu_util). Before PUE."""
    return SimulatedCPUHandler("told", tdp, share).power_usage()[0]


# --8<-- [end:bench]


def wait_until_ready(tracker: CarbonTracker, seconds: float = 10) -> None:
    """Wait for the thread that looks the processor up: what ends before it has, has no figure."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end and any(
        part.handler.power_usage()[0] is None for part in tracker.tracker.components
    ):
        time.sleep(0.001)


@functools.cache
def processor_name() -> str:
    """What this machine's processor calls itself, asked once: the asking takes a second of both tools."""
    return generic.cpuinfo.get_cpu_info().get("brand_raw", "")


def own_seconds() -> float:
    """Processor seconds of this process and of children that have ended."""
    return sum(os.times()[:4])


def rows_of_carbontracker_table() -> int:
    """How many processors carbontracker's table has."""
    with patch.object(generic, "logger", Mock()):
        return len(generic.GenericCPU([], devices_by_pid=False).cpu_power_data)


def table_of_codecarbon() -> dict[str, str]:
    """Rated watts by row, as codecarbon has them: as text, since a few are no numbers ("27.29.5")."""
    rows = DataSource().get_cpu_power_data()
    return dict(zip(rows["Name"], map(str, rows["TDP"]), strict=True))


def rows_of_carbontracker() -> list[dict]:
    """The table of carbon intensities that carbontracker brings."""
    path = intensity.__file__.replace(
        "emissions/intensity/intensity.py", "data/carbon-intensities.csv"
    )
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader(file))


@contextmanager
def offline(asked: list[str] | None = None) -> Iterator[None]:
    """No host is found by name or reached by number; who was asked for is added to `asked`."""

    def refuse(host: object) -> None:
        if asked is not None:
            asked.append(str(host))
        raise OSError("kept off the network")

    with (
        patch.object(socket, "getaddrinfo", lambda host, *rest, **more: refuse(host)),
        patch.object(socket.socket, "connect", lambda self, address: refuse(address[0])),
    ):
        yield


@contextmanager
def quiet() -> Iterator[None]:
    """The tools' words go nowhere."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with (
            contextlib.redirect_stdout(io.StringIO()),
            contextlib.redirect_stderr(io.StringIO()),
        ):
            yield
    finally:
        logging.disable(before)


def hosts_asked() -> dict[str, list[str]]:
    """Which hosts each tool asks for when it is started as its introduction shows; none answers."""
    found = {}
    for tool in ("codecarbon", "carbontracker"):
        asked: list[str] = []
        with offline(asked), quiet():
            if tool == "codecarbon":
                tracker = EmissionsTracker(output_methods=[])
                tracker.start()
                tracker.stop()
            else:
                tracker = CarbonTracker(epochs=1, components="cpu")
                wait_until_ready(tracker)
                tracker.epoch_start()
                tracker.epoch_end()
                tracker.stop()
        found[tool] = sorted(set(asked))
    return found


# --8<-- [start:live]
class Live:
    """Both tools around the same work, codecarbon in both kinds of tracking. Watts are means over the time it took."""

    def __enter__(self) -> "Live":
        self.reading: dict[str, float] = {}
        self._stack = contextlib.ExitStack()
        self._stack.enter_context(offline())
        self._stack.enter_context(quiet())
        self._codecarbon = {
            tracking: OfflineEmissionsTracker(
                country_iso_code="CHN",
                tracking_mode=tracking,
                measure_power_secs=1,
                output_methods=[],
                log_level="critical",
            )
            for tracking in ("machine", "process")
        }
        name = processor_name()
        self._stack.enter_context(
            patch.object(generic.cpuinfo, "get_cpu_info", lambda: {"brand_raw": name})
        )
        in_china = SimpleNamespace(ok=True, address="China", country="CN")
        self._stack.enter_context(patch.object(intensity.geocoder, "ip", lambda which: in_china))
        # Two epochs are announced, so that the first can be read before the tool ends itself.
        self._carbontracker = CarbonTracker(
            epochs=2, components="cpu", epochs_before_pred=0, update_interval=0.5, verbose=0
        )
        wait_until_ready(self._carbontracker)
        for tracker in self._codecarbon.values():
            tracker.start()
        self._counters, self._own = psutil.cpu_times(), own_seconds()
        self._began = time.perf_counter()
        self._carbontracker.epoch_start()
        return self

    def __exit__(self, *error: object) -> None:
        wall = time.perf_counter() - self._began
        own = own_seconds() - self._own
        counters = psutil.cpu_times()
        self._carbontracker.epoch_end()
        energy = float(self._carbontracker.tracker.total_energy_per_epoch().sum())
        seconds = self._carbontracker.tracker.epoch_times[0]
        grams = energy * self._carbontracker.intensity_updater.average_carbon_intensity()
        self._carbontracker.stop()
        self.reading = {
            "own_threads": own / wall,
            "machine_load": load_between(self._counters, counters),
            "carbontracker": energy * JOULES / seconds,
            "carbontracker_grams": grams,
            "carbontracker_kwh": energy,
            "processor_seconds": own,
        }
        for tracking, tracker in self._codecarbon.items():
            tracker.stop()
            data = tracker.final_emissions_data
            self.reading |= {
                f"{tracking}_processor": data.cpu_energy * JOULES / data.duration,
                f"{tracking}_memory": data.ram_energy * JOULES / data.duration,
                f"{tracking}": data.energy_consumed * JOULES / data.duration,
                f"{tracking}_grams": 1000 * data.emissions,
                f"{tracking}_kwh": data.energy_consumed,
            }
        self._stack.close()


# --8<-- [end:live]


def load_between(before: tuple, after: tuple) -> float:
    """Share of the machine's threads that was busy between two readings of psutil.cpu_times()."""
    spent = [b - a for a, b in zip(before, after, strict=True)]
    idle = after.idle - before.idle + getattr(after, "iowait", 0) - getattr(before, "iowait", 0)
    return 1 - idle / sum(spent) if sum(spent) else 0.0
