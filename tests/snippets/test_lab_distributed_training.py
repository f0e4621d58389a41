"""The lab on distributed training: two processes of a small run, and the arithmetic around them."""

import dataclasses
import json
from subprocess import CompletedProcess

import numpy as np
import pytest
import torch

from snippets.labs import distributed_training
from snippets.labs.distributed_training import (
    SMALL,
    Network,
    compare,
    compare_training,
    fit_line,
    fit_network,
    launch,
    many_machines,
    median_ratio,
    ring,
    run,
    step_time,
    worker,
)
from snippets.labs.distributed_training.show import (
    cost_figure,
    cost_table,
    curve_figure,
    gradients_table,
    model_figure,
    model_table,
    speed_figure,
    speed_table,
    training_table,
)
from snippets.labs.distributed_training.verdict import ROUNDING, verdict
from snippets.labs.distributed_training.worker import digits, main, network, seconds, tuples
from snippets.runs import InputError


@pytest.fixture(scope="module")
def kept_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def result(kept_folder):
    return run(SMALL, kept_folder)


def test_two_processes_compute_what_one_does(result):
    assert result["processes"] == 2
    assert (
        result["gradients"]["cnn"]["largest"] < ROUNDING
        and result["gradients"]["wide"]["largest"] < ROUNDING
    )
    assert result["gradients"]["cnn_double"]["largest"] < 1e-12
    assert result["gradients"]["norm"]["largest"] > 1e-3  # each process normalises by its own half
    training = result["training"]
    assert training["steps"] == SMALL.measured.epochs * (4000 // SMALL.measured.batch)
    assert training["first"] < 1e-5 and training["largest"] < 1e-3
    assert training["runs"][0]["alone_accuracy"] == pytest.approx(
        training["runs"][0]["together_accuracy"], abs=0.01
    )


def test_a_small_run(result):
    assert [row["id"] for row in result["speed"]] == ["cnn_32"]
    row = result["speed"][0]
    assert row["rounds"] == SMALL.measured.rounds
    for name in ("speedup_over_one_thread", "speedup_over_two_threads", "communication", "cost"):
        low, high = row[name]["interval"]
        assert low <= row[name]["ratio"] <= high
    assert row["communication"]["ratio"] < 1 and min(row["milliseconds"].values()) > 0
    assert [len(network["machines"]) for network in result["model"]["networks"]] == [7, 7, 7]
    assert result["parameters"] == {"cnn": 225034, "wide": 1863690}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_everything_is_shown(result, language):
    for show in (
        gradients_table,
        curve_figure,
        training_table,
        cost_figure,
        speed_figure,
        speed_table,
        cost_table,
        model_figure,
        model_table,
    ):
        bundle = show(result, language)._repr_mimebundle_()
        assert "text/html" in bundle or "image/svg+xml" in bundle


def test_what_was_kept_is_not_measured_again(kept_folder, result, monkeypatch):
    monkeypatch.setattr(distributed_training, "launch", lambda *_: pytest.fail("measured again"))
    assert run(SMALL, kept_folder) == result


def test_the_worker_wants_company(tmp_path, monkeypatch):
    monkeypatch.delenv("WORLD_SIZE", raising=False)
    with pytest.raises(InputError, match="torchrun --standalone --nproc-per-node 2"):
        main(["--out", str(tmp_path / "x.json")])


def test_a_failure_tells_why(monkeypatch):
    monkeypatch.setattr(
        distributed_training.subprocess,
        "run",
        lambda *_, **__: CompletedProcess([], 1, "", "no room"),
    )
    with pytest.raises(RuntimeError, match="torchrun failed: no room"):
        launch(SMALL, "agreement")


def test_networks_and_digits():
    images, labels = digits()
    assert images.shape == (5000, 1, 28, 28) and 0 <= images.min() and images.max() == 1
    assert torch.bincount(labels).tolist() == [500] * 10 and len(labels[:100].unique()) == 10
    assert sum(p.numel() for p in network("cnn", 0).parameters()) == 225034
    assert torch.equal(network("cnn", 1)[0].weight, network("cnn", 1)[0].weight)
    assert not torch.equal(network("cnn", 1)[0].weight, network("cnn", 2)[0].weight)
    for name in ("cnn", "norm", "wide"):
        assert network(name, 0)(images[:4]).shape == (4, 10)
    with pytest.raises(ValueError, match="no network"):
        network("deep", 0)


def test_settings_come_back_from_json():
    settings = worker.FULL
    back = {
        name: tuples(value)
        for name, value in json.loads(json.dumps(dataclasses.asdict(settings))).items()
    }
    assert worker.Settings(**back) == settings


def test_seconds_are_a_median_without_the_first(monkeypatch):
    clock = iter([0, 1, 10, 30, 100, 102])  # 1, 20, 2
    monkeypatch.setattr(worker.time, "perf_counter", lambda: next(clock))
    steps = []
    assert seconds(lambda: steps.append(1), 3) == 2 and len(steps) == 4


def test_ratios_are_taken_round_by_round():
    slow_machine = np.array([1, 1, 10, 1, 1])
    got = median_ratio(2 * slow_machine, slow_machine)
    assert got["ratio"] == 2 and got["interval"] == [2, 2]


def test_comparing_by_hand():
    timed = {
        "id": "cnn_100",
        "network": "cnn",
        "batch": 100,
        "one_thread": [0.4, 0.4],
        "two_threads": [0.3, 0.3],
        "processes": [0.25, 0.25],
        "silent": [0.2, 0.2],
    }
    row = compare(timed, dataclasses.replace(SMALL, price=2.0, examples=1_440_000))
    assert row["speedup_over_one_thread"]["ratio"] == pytest.approx(1.6)
    assert row["speedup_over_two_threads"]["ratio"] == pytest.approx(1.2)
    assert row["communication"]["ratio"] == pytest.approx(0.2)
    assert row["cost"]["ratio"] == pytest.approx(1.25)
    assert row["hours"] == pytest.approx(
        {"one_thread": 1.6, "two_threads": 1.2, "processes": 1.0}
    )  # 14,400 steps
    assert row["yuan"] == pytest.approx({"one_thread": 3.2, "two_threads": 4.8, "processes": 4.0})


def test_lines_are_found_again():
    x = [1, 2, 5, 100]
    assert fit_line(x, [3 + 2 * v for v in x]) == pytest.approx((3, 2))
    start, slope = fit_line(x, [max(0.1, 2 * v - 3) for v in x])
    assert start >= 0 and slope >= 0
    there = Network(1e-4, 1e8)
    found = fit_network([{"bytes": b, "seconds": ring(4, b, there)} for b in (1e3, 1e5, 1e7)], 4)
    assert (found.latency, found.bandwidth) == pytest.approx((1e-4, 1e8))


def test_the_ring_by_hand():
    # Four machines, 400 bytes, 100 bytes a second: six messages of 100 bytes, a second and a half each.
    assert ring(4, 400, Network(0.5, 100)) == pytest.approx(9)
    assert ring(1, 400, Network(0.5, 100)) == 0
    assert step_time(4, 80, (1, 0.1), 400, Network(0.5, 100)) == pytest.approx(1 + 2 + 9)


def test_the_model_loses_money_with_every_machine():
    measured = {
        "curve": [{"batch": b, "seconds": 0.01 + 0.001 * b} for b in (16, 64, 256)],
        "processes": 2,
        "parameters": {"cnn": 225034},
        "averaging": [{"bytes": b, "seconds": 2e-4 + b / 1e9} for b in (1024, 65536, 2**20)],
        "timings": [
            {"id": "cnn_100", "network": "cnn", "batch": 100, "processes": [0.061]},
            {"id": "wide_1", "network": "wide"},
        ],
    }
    model = many_machines(measured, SMALL)
    assert model["here"] == pytest.approx({"latency_microseconds": 100, "megabytes_a_second": 1000})
    for net in model["networks"]:
        costs = [row["cost"] for row in net["machines"]]
        assert costs[0] == 1 and costs == sorted(costs)
        assert all(
            row["speedup"] <= row["machines"] and row["speedup"] <= row["speedup_grown"] + 1e-9
            for row in net["machines"]
        )
    assert model["checked"] == [
        {
            "id": "cnn_100",
            "model_over_measured": pytest.approx((0.01 + 0.05 + 2e-4 + 900136 / 1e9) / 0.061),
        }
    ]


def test_two_curves_compared():
    got = compare_training(
        [
            {
                "seed": 3,
                "alone": [2.0, 1.0],
                "together": [2.0, 1.25],
                "alone_accuracy": 0.5,
                "together_accuracy": 0.6,
            }
        ]
    )
    assert (got["first"], got["largest"], got["steps"]) == (0, 0.25, 2)
    assert got["runs"][0]["id"] == "seed3" and got["curve"]["apart"] == [0, 0.25]


@pytest.mark.parametrize(
    "difference, cost, big, one_at_128, verdicts",
    [
        (1e-6, (0.99, 1.16), (0.7, 0.8), 0.007, ("refuted", "other_reason")),
        (1e-6, (0.99, 1.16), (0.7, 0.8), 0.009, ("refuted", "supported")),
        (1e-6, (0.8, 0.9), (1.1, 1.2), 0.007, ("supported", "refuted")),
        (1e-6, (0.9, 1.1), (0.9, 1.1), 0.007, ("not_tested", "not_tested")),
        (1e-2, (0.8, 0.9), (0.7, 0.8), 0.007, ("refuted", "refuted")),  # another computation
    ],
)
def test_the_rule_of_the_verdict(difference, cost, big, one_at_128, verdicts):
    result = {
        "gradients": {"cnn": {"largest": difference}, "wide": {"largest": 0}},
        "speed": [
            {"id": "cnn_32", "cost": {"interval": [9, 9]}},
            {"id": "cnn_128", "cost": {"interval": cost}, "yuan": {"one_thread": one_at_128}},
            {"id": "cnn_512", "cost": {"interval": big}, "yuan": {"processes": 0.008}},
        ],
    }
    found = verdict(result)
    assert (found["processes"], found["big_batch"]) == verdicts
    assert found["machines"] == found["cloud"] == "not_tested"
