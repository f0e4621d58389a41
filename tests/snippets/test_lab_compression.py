"""The lab on compression: each function on cases done by hand, and the whole in a small setting."""

import copy
import time
import zlib

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from snippets.labs import compression as lab
from snippets.labs import digits
from snippets.labs.compression import NAMED, SMALL, Network
from snippets.labs.compression.show import (
    classes_table,
    name_of,
    pruning_figure,
    quality_table,
    savings_figure,
    size_table,
    speed_table,
)
from snippets.labs.compression.verdict import verdict
from snippets.labs.digits import Digits

CHANNELS = SMALL.channels


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    return lab.run(SMALL, tmp_path_factory.mktemp("kept"))


@pytest.fixture(scope="module")
def few():
    every = digits.load()
    return every.take(digits.take_turns(every.labels.numpy(), np.arange(5000), 0)[:200])


@pytest.fixture(scope="module")
def model(few):
    torch.manual_seed(0)
    return lab.fit(Network(CHANNELS), few, 2, SMALL, 0)


def test_the_network_is_that_of_the_first_problem():
    assert (
        lab.parameters(Network((32, 64, 128))) == 225_034
    )  # docs/*/problems/cnn-image-classification.md counts them
    assert Network(CHANNELS)(torch.zeros(3, 1, 28, 28)).shape == (3, 10)


def test_pruning_takes_the_smallest_weights_of_all_layers(model):
    smaller = lab.pruned(model, 0.75)
    before = torch.cat([layer.weight.flatten() for layer in lab.weighty(model)])
    after = torch.cat([layer.weight.flatten() for layer in lab.weighty(smaller)])
    assert (after == 0).double().mean() == pytest.approx(0.75, abs=0.001)
    assert before[after == 0].abs().max() <= before[after != 0].abs().min()
    assert torch.equal(after[after != 0], before[after != 0])


def test_training_after_pruning_keeps_the_zeros(model, few):
    tuned = lab.pruned(model, 0.75, lambda m: lab.fit(m, few, 1, SMALL, 1))
    at = lab.pruned(model, 0.75).layers[7].weight == 0
    assert (tuned.layers[7].weight[at] == 0).all()
    assert not torch.equal(tuned.layers[7].weight[~at], model.layers[7].weight[~at])


@given(st.integers(2, 8))
@settings(deadline=None, max_examples=7)
def test_rounding_keeps_so_many_levels(model, bits):
    for layer, was in zip(lab.weighty(lab.rounded(model, bits)), lab.weighty(model), strict=True):
        for row, before in zip(layer.weight.flatten(1), was.weight.flatten(1), strict=True):
            step = before.abs().max() / (2 ** (bits - 1) - 1)
            assert ((row / step) - (row / step).round()).abs().max() < 1e-3
            assert (row - before).abs().max() <= step / 2 + 1e-6


def test_int8_is_small_and_computes_nearly_the_same(few):
    torch.manual_seed(0)
    wide = lab.fit(Network((8, 16, 128)), few, 1, SMALL, 0)
    before = copy.deepcopy(wide.state_dict())
    for smaller in (lab.int8(wide, few.images), lab.int8_dense_only(wide)):
        assert lab.sizes(smaller)["file"] < 0.5 * lab.sizes(wide)["file"]
        difference = (smaller(few.images) - wide(few.images)).abs().max() / wide(
            few.images
        ).abs().max()
        assert 0 < difference < 0.1
    assert all(
        torch.equal(value, wide.state_dict()[name]) for name, value in before.items()
    )  # the original is left alone


def test_the_distilled_network_comes_nearer_to_its_teacher(model, few):
    def distance(student):
        return (student(few.images).softmax(1) - model(few.images).softmax(1)).abs().mean()

    torch.manual_seed(0)
    start = Network(SMALL.student)
    taught = lab.distilled(copy.deepcopy(start), model, few, 2.0, SMALL, 0)
    assert distance(taught) < distance(start.eval())


def test_a_digit_without_label_counts_by_the_teachers_word_alone(model, few):
    blind = Digits(few.images, torch.where(torch.arange(200) < 100, few.labels, lab.UNKNOWN))
    other = Digits(
        few.images, torch.where(torch.arange(200) < 100, few.labels, (few.labels + 1) % 10)
    )
    torch.manual_seed(0)
    start = Network(SMALL.student)
    taught, mistaught = (
        lab.distilled(copy.deepcopy(start), model, data, 2.0, SMALL, 0) for data in (blind, other)
    )
    assert all(value.isfinite().all() for value in taught.parameters())
    assert not torch.equal(taught.layers[0].weight, mistaught.layers[0].weight)


def test_zeros_save_nothing_in_a_file_until_it_is_packed():
    torch.manual_seed(0)
    wide = Network((8, 16, 128))
    full, pruned = lab.sizes(wide), lab.sizes(lab.pruned(wide, 0.9))
    assert pruned["file"] == pytest.approx(full["file"], abs=500)
    assert pruned["zipped"] < 0.3 * full["zipped"]
    assert (
        lab.sparse_size(lab.pruned(wide, 0.9))
        < 0.5 * full["file"]
        < full["file"]
        < lab.sparse_size(wide)
    )


def test_sizes_are_those_of_the_files(tmp_path, model):
    torch.save(model.state_dict(), tmp_path / "model.pt")
    size = (tmp_path / "model.pt").stat().st_size
    assert lab.sizes(model)["file"] == pytest.approx(size, abs=300)  # the file's own name is in it
    assert lab.sizes(model)["zipped"] == pytest.approx(
        len(zlib.compress((tmp_path / "model.pt").read_bytes(), 9)), abs=300
    )


def test_a_compact_matrix_is_the_same_matrix():
    matrix = torch.tensor([[0.0, 2.0, 0.0], [0.0, 0.0, 0.0], [1.0, 0.0, 3.0]])
    assert torch.equal(lab.compact(matrix).to_dense(), matrix)
    layer = nn.Linear(3, 3)
    with torch.no_grad():
        layer.weight.copy_(matrix)
    inputs = torch.rand(5, 3)
    assert torch.allclose(lab.Sparse(layer)(inputs), layer(inputs))


def test_made_ready_changes_no_result(model, few):
    images = few.images[:4]
    for one in (model, lab.int8(model, few.images), lab.int8_dense_only(model)):
        assert torch.allclose(lab.made_ready(one, images)(images), one(images), atol=1e-4)


# Scores


def test_scoring_by_hand():
    labels = np.array([*range(10), 9])
    given = np.full((11, 10), 0.02)
    given[np.arange(11), [*range(10), 0]] = 0.82  # the last one is a 9 taken for a 0
    dense = given.copy()
    dense[3] = np.roll(dense[3], 1)
    scores = lab.score(given, dense, labels)
    assert (scores["accuracy"], scores["changed"]) == (
        pytest.approx(10 / 11),
        pytest.approx(1 / 11),
    )
    assert scores["loss"] == pytest.approx(-(10 * np.log(0.82) + np.log(0.02)) / 11)
    assert scores["recall"] == [1] * 9 + [0.5]
    assert (
        scores["bins"][8] == [11, 10, pytest.approx(11 * 0.82)]
        and sum(b[0] for b in scores["bins"]) == 11
    )


def test_calibration_by_hand():
    # Ten digits at confidence 0.9, of which 9 are right: perfect. Ten at 0.6 with 4 right: off by 0.2, half of all.
    assert lab.calibration(
        [[[10, 9, 9.0], [0, 0, 0.0]], [[0, 0, 0.0], [10, 4, 6.0]]]
    ) == pytest.approx(0.1)
    # The bins of two rounds are added before anything is compared.
    assert lab.calibration([[[10, 10, 9.0]], [[10, 8, 9.0]]]) == 0


@given(st.lists(st.floats(0.1, 10), min_size=1, max_size=60))
@settings(deadline=None)
def test_the_interval_of_a_median_holds_it(values):
    measured = lab.median_interval(values)
    assert (
        min(values)
        <= measured["interval"][0]
        <= measured["median"]
        <= measured["interval"][1]
        <= max(values)
    )


def test_the_interval_of_a_median_by_hand():
    # Of 11 ordered values, the 2nd and the 10th enclose the median with at least 95 %: 1 − 2·(1 + 11)/2048 = 0.988.
    assert lab.median_interval(range(11))["interval"] == [1, 9]
    with pytest.raises(ValueError, match="one measurement"):
        lab.median_interval([])


def test_ratios_tell_which_is_slower_whoever_waits():
    class Works(nn.Module):
        def __init__(self, times, waits=0.0):
            super().__init__()
            self.times, self.waits = times, waits

        def forward(self, images):
            time.sleep(self.waits)  # as if another program had the processor meanwhile
            for _ in range(self.times):
                images = images @ images / 100
            return images

    compared = {"slow": Works(40), "quick": Works(2), "interrupted": Works(10, waits=0.002)}
    ratios = lab.time_ratios(compared, Works(10), torch.rand(100, 100), 9)
    assert len(ratios["slow"]) == 9
    assert np.median(ratios["quick"]) < 0.7 and np.median(ratios["slow"]) > 2
    assert np.median(ratios["interrupted"]) < 2  # twenty times that by the clock on the wall


# What comes out


def test_where_it_falls():
    def change(mean, high):
        return {"mean": mean, "interval": [mean - (high - mean), high]}

    mild, unsure, clear = change(-0.005, -0.001), change(-0.02, 0.01), change(-0.03, -0.01)
    assert lab.falls_at([(0.5, mild), (0.8, unsure), (0.9, clear), (0.95, clear)]) == 0.9
    assert lab.falls_at([(0.5, mild), (0.8, unsure)]) is None


@pytest.mark.parametrize(
    ("file", "ratio", "low", "right"),
    [
        (250, 0.5, -0.004, {"space": True, "time": True, "accuracy": True}),
        (1000, 0.5, -0.004, {"space": False, "time": True, "accuracy": True}),
        (250, 1.02, -0.004, {"space": True, "time": False, "accuracy": True}),
        (
            250,
            0.95,
            -0.004,
            {"space": True, "time": False, "accuracy": True},
        ),  # less than a tenth: another day it is gone
        (
            250,
            0.5,
            -0.02,
            {"space": True, "time": True, "accuracy": False},
        ),  # it may have lost two points
    ],
)
def test_what_is_saved(file, ratio, low, right):
    found = {
        "files": {"dense": {"file": 1000}, "int8": {"file": file}},
        "speeds": {
            "batch_1": {"int8": {"interval": [0.1, ratio]}},
            "batch_64": {"int8": {"interval": [0.1, 0.2]}},
        },
        "methods": {"int8": {"against_dense": {"accuracy": {"interval": [low, 0.01]}}}},
    }
    assert lab.saves("int8", found) == right


@pytest.mark.parametrize(
    ("lacks", "low", "name", "right"),
    [
        ("", 0.001, "int8", "supported"),
        ("time", 0.001, "int8", "refuted"),
        ("accuracy", 0.001, "pruning", "refuted"),
        ("", 0.001, "distillation", "supported"),
        ("accuracy", 0.001, "distillation", "refuted"),
        (
            "accuracy",
            -0.01,
            "distillation",
            "other_reason",
        ),  # the small network does it, not its teacher
        ("time", -0.01, "distillation", "refuted"),
        ("", 0.001, "bits_4", "not_tested"),
    ],
)
def test_the_verdict_on_a_technique(lacks, low, name, right):
    saved = {row: {key: key != lacks for key in ("space", "time", "accuracy")} for row in NAMED}
    result = {"saves": saved, "against_small": {"distilled": {"interval": [low, 0.02]}}}
    assert verdict(result)[name] == right


def test_a_small_run(result):
    methods = result["methods"]
    assert set(NAMED) < set(methods) and set(verdict(result)) >= {"int8", "pruning"}
    assert methods["dense"]["changed"]["mean"] == 0
    for name, method in methods.items():
        assert 0 <= method["calibration_error"] <= 1
        if name != "dense":
            against = method["against_dense"]
            assert against["accuracy"]["mean"] == pytest.approx(
                method["accuracy"]["mean"] - methods["dense"]["accuracy"]["mean"]
            )
            # As many of each digit: the mean of the recalls is the accuracy.
            assert np.mean([change["mean"] for change in against["recall"]]) == pytest.approx(
                against["accuracy"]["mean"]
            )
    for base in ("small", "longer"):
        for name, change in result[f"against_{base}"].items():
            assert change["mean"] == pytest.approx(
                methods[name]["accuracy"]["mean"] - methods[base]["accuracy"]["mean"]
            )
    assert set(result["against_longer"]) == {"pruned_50", "pruned_90", "pruned_90_int8"}
    assert (
        set(result["speeds"]) == {"batch_1", "batch_4"}
        and "sparse_layer" in result["speeds"]["batch_1"]
    )
    assert all(value in SMALL.temperatures for value in result["temperatures"])
    assert result["parameters"]["small"] < result["parameters"]["dense"]


def test_scores_do_not_depend_on_the_clock(result, tmp_path):
    again = lab.run(SMALL, tmp_path)
    assert again["methods"] == result["methods"] and again["files"] == result["files"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_is_shown_in_both_languages(result, language):
    assert quality_table(result, language).bundle["text/html"].count("<tr>") == 1 + len(
        result["methods"]
    )
    assert size_table(result, language).bundle["text/html"].count("<tr>") == 8
    assert speed_table(result, language).bundle["text/html"].count("<tr>") == 7
    assert classes_table(result, language).bundle["text/html"].count("<tr>") == 11
    for figure in (pruning_figure, savings_figure):
        assert figure(result, language).bundle["image/svg+xml"].startswith("<?xml")
    assert (
        name_of("pruned_98_untuned", language)
        == {"zh": "剪枝 98%，不再训练", "en": "98% pruned, not trained on"}[language]
    )
