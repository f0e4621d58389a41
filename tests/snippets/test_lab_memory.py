"""The lab on training memory: each function on cases done by hand, and the whole in a small setting."""

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from snippets.labs import memory as lab
from snippets.labs.memory import SMALL
from snippets.labs.memory.counting import held, peak_above, saved, storages
from snippets.labs.memory.data import EDGE, UNKNOWN, as_rows, different, split, vocabulary
from snippets.labs.memory.expected import EXPECTED
from snippets.labs.memory.model import IGNORED, Shape, text_loss, token_loss
from snippets.labs.memory.own_data import as_table, compare_file
from snippets.labs.memory.process import process_peaks
from snippets.labs.memory.recipes import BF16, RECIPES, Master, optimizer_of, set_rate
from snippets.labs.memory.show import (
    activations_table,
    batch_table,
    bytes_table,
    expected_table,
    fine_tuning_table,
    loss_table,
    lost_figure,
    parts_figure,
    process_table,
    sums_table,
)
from snippets.labs.memory.verdict import verdict
from snippets.runs import InputError

SHAPE = Shape(vocabulary=40, hidden=16, layers=2, heads=2, context=8)


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    return lab.run(SMALL, tmp_path_factory.mktemp("kept"))


# Counting


def trained(recipe):
    model = lab.fresh(SHAPE, recipe)
    optimizer = optimizer_of(recipe, model, 1e-3)
    token_loss(model(torch.arange(8)[None]), torch.arange(8)[None]).backward()
    optimizer.step()
    return model, optimizer


@pytest.mark.parametrize(
    ("name", "sizes"), [("fp32", (4, 4, 8)), ("master", (2, 2, 12)), ("bf16", (2, 2, 4))]
)
def test_bytes_are_those_of_the_tensors(name, sizes):
    model, optimizer = trained(RECIPES[name])
    parameters = sum(one.numel() for one in model.parameters())
    steps = 4 * len(list(model.parameters()))  # Adam's number of steps, one for each tensor
    found = held(model, optimizer)
    assert found == {
        "weights": sizes[0] * parameters,
        "gradients": sizes[1] * parameters,
        "optimizer": sizes[2] * parameters + steps,
    }


def test_eight_bit_states_are_looked_into():
    layer = nn.Linear(128, 64, bias=False)  # 8,192 weights: enough to be kept in 8 bits
    optimizer = optimizer_of(RECIPES["adam8"], layer, 1e-3)
    layer(torch.ones(1, 128)).sum().backward()
    optimizer.step()
    scales, maps, steps = 2 * 4 * 8192 // 256, 2 * 4 * 256, 4
    assert held(layer, optimizer)["optimizer"] == 2 * 8192 + scales + maps + steps


def test_a_piece_of_memory_counts_once():
    whole = torch.zeros(10)
    assert sum(storages([whole, whole[:3], whole.view(2, 5)]).values()) == 40


def test_what_autograd_keeps_of_a_product():
    layer = nn.Linear(8, 4, bias=False)
    x = torch.ones(3, 8)
    assert saved(layer, lambda: layer(x).sum()) == 4 * 3 * 8  # its input; the weight is not counted


def test_the_peak_of_a_moment():
    def work():
        a = torch.ones(1000)
        del a
        torch.ones(500)

    assert peak_above(work) == 4000


# The model and its recipes


def test_written_out_scores_and_the_kernel_agree():
    plain = lab.fresh(SHAPE, RECIPES["fp32"])
    written = lab.fresh(replace(SHAPE, scores_kept=True), RECIPES["fp32"])
    indices = torch.arange(16).view(2, 8)
    assert torch.allclose(plain(indices), written(indices), atol=1e-6)


def test_no_character_sees_a_later_one():
    model = lab.fresh(SHAPE, RECIPES["fp32"])
    one = torch.arange(8)[None]
    other = one.clone()
    other[0, 5] = 30
    assert torch.allclose(model(one)[0, :5], model(other)[0, :5], atol=1e-6)
    assert not torch.allclose(model(one)[0, 5], model(other)[0, 5])


def test_the_master_weights_collect_what_16_bits_lose():
    layer = nn.Linear(1, 1, bias=False).to(BF16)
    nn.init.ones_(layer.weight)
    master = Master(list(layer.parameters()), 1e-3)
    for _ in range(10):
        layer.weight.grad = torch.ones(1, 1, dtype=BF16)
        master.step()
    assert layer.weight.item() == 253 / 256  # 0.99, rounded
    assert master.pairs[0][1].item() == pytest.approx(0.99, abs=1e-5)
    set_rate(master, 0.5)
    assert master.each[0].param_groups[0]["lr"] == 0.5


def test_plain_16_bits_lose_it():
    weight = nn.Parameter(torch.ones(1, dtype=BF16))
    optimizer = torch.optim.AdamW([weight], 1e-3, weight_decay=0.0)
    for _ in range(10):
        weight.grad = torch.ones(1, dtype=BF16)
        optimizer.step()
    assert weight.item() == 1.0


# Losses and gradients


def test_the_two_means_of_a_loss():
    scores = torch.zeros(2, 3, 2)
    scores[0, 0, 0] = 100.0  # right, and sure
    targets = torch.tensor([[0, IGNORED, IGNORED], [0, 1, 0]])
    guess = math.log(2)
    assert token_loss(scores, targets).item() == pytest.approx(3 * guess / 4)
    assert text_loss(scores, targets).item() == pytest.approx((0 + guess) / 2)


def test_accumulation_by_characters_is_the_batch_and_by_texts_is_not():
    model = lab.fresh(SHAPE, RECIPES["fp32"])
    inputs = torch.arange(16).view(2, 8)
    targets = inputs + 1
    targets[1, 2:] = IGNORED  # one text of eight characters, one of two
    token_loss(model(inputs), targets).backward()
    whole = lab.flat_gradient(model)
    assert lab.off(lab.accumulated(model, inputs, targets, "tokens"), whole) < 1e-6
    assert lab.off(lab.accumulated(model, inputs, targets, "texts"), whole) > 0.1
    model.zero_grad()
    text_loss(model(inputs), targets).backward()
    by_text = lab.flat_gradient(model)
    assert lab.off(lab.accumulated(model, inputs, targets, "texts"), by_text) < 1e-6


def test_which_updates_are_lost():
    weights = torch.ones(4)
    updates = torch.tensor([2.0**-12, 2.0**-10, 2.0**-6, 2.0**-3])
    found = lab.lost(weights, updates)
    assert found["all"] == 0.5 and found["counts"] == [1, 1, 1, 1]
    assert found["share"] == [1.0, 1.0, 0.0, 0.0]
    assert lab.lost(weights, torch.zeros(4) + 2.0**-12)["median"] == 2.0**-12


def test_a_slope():
    assert lab.slope([1, 2, 4], [7, 9, 13]) == pytest.approx(2)


def test_small_numbers_vanish():
    assert lab.decay(100)["bf16"] == 1.0
    assert lab.decay(100)["fp32"] == pytest.approx(0.9999**100, abs=1e-4)


# The texts


def test_texts_as_rows():
    rows = as_rows(["甲乙", "乙丙丁戊"], {"甲": 2, "乙": 3}, 4)
    assert rows.inputs.tolist() == [[EDGE, 2, 3, EDGE], [EDGE, 3, UNKNOWN, UNKNOWN]]
    assert rows.targets.tolist() == [[2, 3, EDGE, IGNORED], [3, UNKNOWN, UNKNOWN, EDGE]]
    assert rows.batch(np.array([0]))[0].tolist() == [[EDGE, 2, 3]]


def test_repeats_and_empty_texts_go():
    assert different(["好", " 好 ", "", "坏"]) == ["好", "坏"]
    assert vocabulary(["乙甲甲", "丙"], 4) == {"甲": 2, "丙": 3}


def test_no_text_is_in_two_parts():
    parts = split([str(n) for n in range(50)], 10)
    assert sorted(sum(parts.values(), [])) == sorted(str(n) for n in range(50))
    assert [len(parts[name]) for name in ("test", "validation", "train")] == [10, 10, 30]


# The whole


def test_a_small_run(result):
    assert result["bytes"]["fp32"]["states"] == pytest.approx(16, abs=0.05)
    assert result["bytes"]["autocast"]["states"] == pytest.approx(16, abs=0.05)
    assert result["bytes"]["bf16"]["states"] == pytest.approx(8, abs=0.05)
    kept = result["activations"]["dropout"]["fp32"]
    assert (kept["sbh"], kept["as2b"]) == (pytest.approx(72), pytest.approx(12))
    assert kept["off"] < 1e-6
    assert result["activations"]["recomputed"]["fp32"]["sbh"] == pytest.approx(4)
    assert result["accumulation"]["recomputed"]["mean"] == 0
    assert result["accumulation"]["tokens"]["mean"] < 1e-5
    assert set(result["loss"]) == {*RECIPES, "order", "text_means"}
    assert result["half"]["lost"] > 0.1


@pytest.mark.parametrize("name", [key for part in EXPECTED.values() for key in part])
def test_everything_expected_is_measured(name):
    here = json.loads(Path(lab.__file__).with_name("result.json").read_text("utf-8"))
    for part in name.replace("0.0001", "0,0001").split("."):
        here = here[part.replace(",", ".")]
    assert isinstance(here, float)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_is_shown_in_both_languages(result, language):
    made = {**result, "process": [{"recipe": "fp32", "cleared": True, "bytes": 16.5}]}
    for shown in (
        activations_table,
        batch_table,
        bytes_table,
        fine_tuning_table,
        loss_table,
        process_table,
        sums_table,
    ):
        assert shown(made, language).bundle["text/html"].count("<tr>") > 1
    assert expected_table(made, "loss", language).bundle["text/html"].count("<tr>") == 13
    for picture in (parts_figure(made, language), lost_figure(made, language)):
        assert picture.bundle["image/svg+xml"].startswith("<?xml")


def test_a_process_has_a_peak(monkeypatch):
    assert process_peaks.__doc__ and lab.process.CASES[0] == ("fp32", True)
    monkeypatch.setattr(lab.process.Path, "is_file", lambda _: False)
    assert process_peaks(8, (1, 2)) == []


# The verdicts


def measured(**changes):
    """A result in which every recipe does as well as 32 bits, but for those named: (low, high) of the loss's change."""
    loss = {name: {"all": {}} for name in RECIPES}
    for name in RECIPES:
        low, high = changes.get(name, (-0.01, 0.01))
        loss[name]["all"]["change"] = {"interval": [low, high]}
    less = {"less": {"interval": list(changes.get("tuned", (-0.01, 0.01)))}}
    states = {"fp32": 16, "autocast": 16, "master": 16, "bf16": 8, "bf16_sr": 8, "adam8": 10}
    states |= {"six": 6, "adafactor": 8, "momentum": 12, "sgd": 8}
    return {
        "bytes": {name: {"states": size} for name, size in states.items()},
        "activations": {
            "fused": {"fp32": {"sbh": 68}, "autocast": {"sbh": changes.get("kept", 38)}}
        },
        "loss": loss,
        "fine_tuning": {"1e-05": dict.fromkeys(("bf16", "bf16_sr"), less)},
        "batch": {
            name: {"peak": size}
            for name, size in (("batch", 100), ("recomputed", 40), ("accumulated", 10))
        },
        "accumulation": {
            "tokens": {"mean": 1e-7},
            "texts": {"mean": changes.get("texts", 0.3)},
            "recomputed": {"mean": 0.0},
        },
        "half": {"lost": 0.7},
    }


@pytest.mark.parametrize(
    ("changes", "name", "expected"),
    [
        ({}, "autocast", "other_reason"),  # activations shrink, weights and states do not
        ({"kept": 70}, "autocast", "refuted"),
        ({}, "bf16", "supported"),
        ({"tuned": (-0.2, -0.1)}, "bf16", "refuted"),
        ({"bf16": (0.01, 0.02)}, "bf16", "refuted"),
        ({}, "adam8", "supported"),
        ({"adam8": (0.01, 0.02)}, "adam8", "refuted"),
        ({"adafactor": (-0.2, -0.1)}, "adafactor", "supported"),
        ({"sgd": (0.5, 0.6)}, "sgd", "refuted"),
        ({}, "accumulated", "supported"),
        ({}, "text_means", "refuted"),
        ({"texts": 1e-6}, "text_means", "supported"),
        ({}, "recomputed", "supported"),
        ({}, "fp16", "refuted"),
        ({}, "sharded", "not_tested"),
    ],
)
def test_the_verdicts(changes, name, expected):
    assert verdict(measured(**changes))[name] == expected


# One's own texts


def write(path, texts):
    path.write_text("\n".join(texts), encoding="utf-8")
    return path


def test_own_texts(tmp_path):
    texts = [f"第{n}条：本条规定了第{n * 7}件事。" for n in range(120)]
    found = compare_file(write(tmp_path / "mine.txt", ["", texts[0], *texts]), settings=SMALL)
    assert found["texts"] == 120 and found["left_out"] == 2
    assert "bf16" in as_table(found) and found["loss"]["fp32"] > 0


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("一\n二\n三", "at least 100 different texts"),
        ("", "empty"),
    ],
)
def test_own_texts_that_cannot_be_used(tmp_path, content, says):
    path = tmp_path / "mine.txt"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=says):
        compare_file(path, settings=SMALL)


def test_no_file(tmp_path):
    with pytest.raises(InputError):
        compare_file(tmp_path / "none.txt")
