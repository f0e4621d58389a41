"""The lab on energy: the bench and the sums on cases done by hand, and the whole in a small setting."""

import socket

import pytest
import torch

from snippets.labs import digits
from snippets.labs import energy as lab
from snippets.labs.energy import SMALL, grid, jobs, meters, show
from snippets.labs.energy.expected import EXPECTED
from snippets.labs.energy.names import NAMES
from snippets.labs.energy.own_data import as_text, bill, read_profile, when
from snippets.labs.energy.verdict import verdict
from snippets.runs import InputError


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kept")
    made = lab.run(SMALL, folder)
    assert len(list(folder.iterdir())) == 2 + 3 * 2 + 2 + 1
    return made


# The bench


@pytest.mark.parametrize(("busy", "share"), [(0, 0.1), (1, 0.1 + 0.9 / 8), (2, 1.0)])
def test_the_machine_is_given_a_tenth_and_the_cube_of_its_load(busy, share):
    assert meters.codecarbon_watts(80, 2, busy, 0) == pytest.approx(80 * share)


@pytest.mark.parametrize(("own", "share"), [(0, 0.0), (1, 0.25), (4, 1.0)])
def test_a_process_is_given_its_own_share_whatever_others_do(own, share):
    assert meters.codecarbon_watts(80, 4, 4, own, "process") == pytest.approx(80 * share)


@pytest.mark.parametrize(("gib", "watts"), [(1, 10), (16, 10), (24, 20), (64, 20), (128, 38)])
def test_memory_is_counted_by_its_size_alone(gib, watts):
    assert meters.codecarbon_memory_watts(gib) == pytest.approx(watts)


def test_a_name_is_found_as_a_whole_or_not_at_all():
    assert meters.carbontracker_watts("AMD EPYC 7763") == (140, "AMD EPYC 7763")
    watts, row = meters.carbontracker_watts("AMD EPYC 7763 64-Core Processor")
    assert row is None and 35 < watts < 36
    assert meters.carbontracker_watts("AMD EPYC")[1] == "AMD EPYC 7232P"  # the first of many
    assert meters.codecarbon_tdp("AMD EPYC 7763 64-Core Processor", 4) == (280, True)
    assert meters.codecarbon_tdp("AMD EPYC", 6) == (24, False)  # 4 W a thread


def test_every_row_that_a_person_would_look_up_is_in_the_table():
    table = meters.table_of_codecarbon()
    wanted = [row for row in NAMES.values() if row]
    assert all(row in table for row in wanted)
    # Half its row's watts come back for a name that is a row's: so many rows are there at all.
    there = [row for row in wanted if meters.carbontracker_watts(row)[1] == row]
    assert len(there) == 19


def test_nothing_is_asked_of_the_network():
    asked = []
    with meters.offline(asked), pytest.raises(OSError, match="kept off"):
        socket.create_connection(("example.org", 80), timeout=1)
    assert asked == ["example.org"]


def test_the_steps_that_are_made_the_same_end_at_the_same_figure():
    steps = lab.chain(lab.OURS, busy=1)
    assert steps[0]["codecarbon"] == pytest.approx(8 * 0.2125 + 20)
    assert steps[0]["carbontracker"] == pytest.approx(60 * 1.58)
    assert steps[-1]["ratio"] == pytest.approx(1)


def test_the_same_work_done_slowly_is_less_the_same_or_more():
    found = lab.same_work()
    assert found == pytest.approx(
        {"machine": 0.425, "process": 1, "carbontracker": 2, "straight": 1.5}
    )


def test_the_load_between_two_readings():
    before, after = meters.Times(10.0, 2.0, 100.0), meters.Times(13.0, 2.0, 101.0)
    assert meters.load_between(before, after) == 0.75
    assert meters.load_between(before, before) == 0


# The sums


def test_energy_emissions_and_the_grid():
    assert grid.consumption(500, 10, 1.2) == pytest.approx(6)
    assert grid.emissions(6, 500) == pytest.approx(3)
    assert sum(grid.SUNNY_DAY) == pytest.approx(24) and len(grid.SUNNY_DAY) == 24


def test_the_best_start_is_found_past_midnight_and_a_full_day_saves_nothing():
    day = [1.0] * 24
    day[23] = day[0] = 0.4
    found = grid.best_start(day, 2)
    assert found["start"] == 23 and found["mean"] == pytest.approx(0.4)
    assert found["saves_of_worst"] == pytest.approx(0.6)
    assert grid.best_start(day, 24)["saves_of_worst"] == pytest.approx(0)
    assert len(grid.windows(day, 50)) == 24


def test_a_server_that_stays_on_saves_little():
    assert grid.server_saving(0.5, 1, 1) == pytest.approx(0.5)
    assert grid.server_saving(0, 0.3, 0.5) == pytest.approx(0.5)
    assert grid.server_saving(1, 0.3, 0.5) == 0


def test_the_spread_of_the_same_work():
    assert lab.spread([2.0, 1.0, 8.0]) == 8 and lab.spread([0.0, 1.0]) == 0


def test_training_stops_when_two_epochs_bring_nothing_better(monkeypatch):
    seen, data = [], digits.load().take(torch.arange(20).numpy())
    monkeypatch.setattr(jobs, "epoch", lambda model, data, batch: seen.append(1))
    monkeypatch.setattr(
        jobs, "accuracy", lambda model, data: [0.5, 0.7, 0.6, 0.7, 0.9][len(seen) - 1]
    )
    jobs.trained(jobs.cnn(1), data, 20, 10, validation=data)
    assert len(seen) == 4


# The verdict


def saving(low, high, worst):
    return {"time": {"interval": [low, high]}, "accuracy": {"interval": [worst, 0.01]}}


def test_a_saving_needs_less_time_and_no_worse_accuracy(result):
    judged = verdict(
        {
            "savings": {
                "a": saving(0.4, 0.9, -0.01),
                "b": saving(0.4, 1.1, -0.01),
                "c": saving(0.4, 0.9, -0.03),
            },
            "jobs": {"x": {"ratio_machine": {"mean": 1.2}, "ratio_process": {"mean": 0.8}}},
            "same_energy": {"kwh": 1.0},
        }
    )
    assert [judged[name] for name in "abc"] == ["supported", "refuted", "refuted"]
    assert judged["metered"] == "supported" and judged["green_power"] == "refuted"
    found = verdict(result)
    assert found["metered"] == "refuted"
    assert {found[name] for name in ("certificates", "hours", "region")} == {"not_tested"}


# The whole


def test_the_small_run_holds_what_the_page_says(result):
    assert result["names"]["codecarbon_right"] == result["names"]["known"] == 24
    assert result["names"]["carbontracker_right"] == 2
    assert result["half_load"]["process_over_machine"] == pytest.approx(2.353, abs=0.001)
    assert result["hosts"]["carbontracker"] == ["ipinfo.io"]
    for one in result["live"].values():
        assert one["carbontracker_over_asleep"]["mean"] == pytest.approx(1)  # deaf to the load


@pytest.mark.parametrize("language", ["zh", "en"])
def test_everything_is_shown_in_both_languages(result, language):
    makers = [getattr(show, name) for name in dir(show) if name.endswith(("_table", "_figure"))]
    makers = [maker for maker in makers if maker.__module__ == show.__name__]
    assert len(makers) == 10
    for maker in makers:
        assert maker(result, language).bundle["text/plain"]
    rows = show.expected_table(result, language).bundle["text/plain"].splitlines()
    assert len(rows) == len(EXPECTED) + 1


# One's own data


def test_the_bill_by_hand():
    found = bill(300, 10, 531, pue=1.5, price=0.8)
    assert found == pytest.approx({"kwh": 4.5, "kg": 2.3895, "cost": 3.6})
    assert "cost" not in bill("300", "10", "531")


def test_a_profile_is_read_and_the_spread_of_days_told(tmp_path):
    path = tmp_path / "mine.csv"
    days = [[500.0] * 24, [500.0] * 24]
    days[0][3], days[1][3] = 100.0, 700.0  # good on the first day, a loss on the second
    path.write_text(
        "intensity\n" + "\n".join(str(v) for day in days for v in day), encoding="utf-8"
    )
    timing = when(read_profile(path), 1)
    assert timing["start"] == 3 and timing["days"] == 2
    assert timing["spread"][0] < 0 < timing["spread"][1]
    assert "start at 3:00" in as_text(bill(300, 1, 500), timing)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("intensity\n" + "5\n" * 23, "whole days of 24"),
        ("carbon\n" + "5\n" * 24, "no column"),
        ("intensity\n", "no row"),
        ("intensity\n" + "5\n" * 23 + "nan\n", "row 25"),
        ("intensity\n" + "-5\n" * 24, "row 2 is -5"),
    ],
)
def test_a_profile_that_cannot_be_used_gets_one_sentence(tmp_path, text, message):
    path = tmp_path / "mine.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_profile(path)


def test_values_that_cannot_be_get_one_sentence(tmp_path):
    for values in ({"watts": -1}, {"hours": "ten"}, {"intensity": float("nan")}, {"pue": 0.5}):
        given = {"watts": 300, "hours": 10, "intensity": 531, **values}
        with pytest.raises(InputError, match="it has to be a number from"):
            bill(**given)
    with pytest.raises(InputError, match="cannot be read"):
        read_profile(tmp_path / "none.csv")
    with pytest.raises(InputError, match="every hour"):
        when([0.0] * 24, 1)
    with pytest.raises(InputError, match="hours of the job"):
        when([1.0] * 24, 0)
