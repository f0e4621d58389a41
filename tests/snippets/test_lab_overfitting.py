"""The lab on overfitting: each function on cases done by hand, and the whole in a small setting."""

import copy
import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from snippets.labs import digits
from snippets.labs import overfitting as lab
from snippets.labs.digits import Digits
from snippets.labs.overfitting import SMALL, Recipe
from snippets.labs.overfitting.show import (
    changes_figure,
    chosen_table,
    effects_table,
    pruning_figure,
)
from snippets.labs.overfitting.verdict import NAMED, verdict
from snippets.labs.wording import number, signed, with_interval


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kept")
    first = lab.run(SMALL, folder)
    steps = sorted(path.name for path in folder.iterdir())
    assert steps == [
        f"wrong-{share}-round-{number}.json" for share in ("0", "0.2") for number in (0, 1)
    ]
    return first


@pytest.fixture(scope="module")
def few():
    every = digits.load()
    return every.take(digits.take_turns(every.labels.numpy(), np.arange(5000), 0)[:100])


def tiny(*rows):
    """A network whose first matrix holds these rows, from as many pixels as a row has to one class each."""
    layer = nn.Linear(len(rows[0]), len(rows))
    with torch.no_grad():
        layer.weight.copy_(torch.tensor(rows))
    return nn.Sequential(nn.Flatten(), layer)


# The digits


def test_the_digits_are_there_and_none_twice():
    every = digits.load()
    assert (
        every.images.shape == (5000, 1, 28, 28) and every.labels.bincount().tolist() == [500] * 10
    )
    assert every.images.min() == 0 and every.images.max() == 1
    assert len(every.images.flatten(1).unique(dim=0)) == 5000


def test_every_digit_is_tested_on_once_and_never_learnt_from_in_that_round():
    labels = np.repeat(np.arange(10), 20)
    rounds = digits.deal(labels, 4, seed=3)
    assert sorted(np.concatenate([test for _, test in rounds])) == list(range(200))
    for rest, test in rounds:
        assert not set(rest) & set(test) and len(rest) + len(test) == 200
        assert np.bincount(labels[rest[:50]]).tolist() == [5] * 10  # classes take turns
    assert any(
        (a[0][:10] != b[0][:10]).any()
        for a, b in zip(rounds, digits.deal(labels, 4, seed=4), strict=True)
    )


@given(st.integers(10, 80), st.floats(0, 1), st.integers(0, 5))
@settings(deadline=None, max_examples=30)
def test_so_many_labels_are_wrong_and_no_more(count, share, seed):
    labels = torch.arange(count) % 10
    changed = digits.mislabelled(labels, share, seed)
    assert (changed != labels).sum() == round(share * count)
    assert changed.min() >= 0 and changed.max() <= 9
    assert torch.equal(labels, torch.arange(count) % 10)  # the right ones are left alone


# Training


def test_shrinking_moves_towards_zero_and_stops_there():
    matrix = torch.tensor([[0.5, -0.5, 0.1, -0.1, 0.0]])
    lab.shrink([matrix], 0.2)
    assert torch.allclose(matrix, torch.tensor([[0.3, -0.3, 0.0, 0.0, 0.0]]))


def test_l2_adds_the_gradient_of_half_the_squares(few):
    once = Digits(few.images[:50], few.labels[:50])  # one batch
    setting = lab.Settings(epochs=1, batch=50, rate=0.1)
    torch.manual_seed(0)
    start = lab.network(Recipe(16))
    plain, regular = copy.deepcopy(start), copy.deepcopy(start)
    torch.manual_seed(0)
    lab.fit(plain, Recipe(16), once, setting, 1)
    torch.manual_seed(0)
    lab.fit(regular, Recipe(16, l2=0.5), once, setting, 1)
    for before, without, with_l2 in zip(
        lab.weights(start), lab.weights(plain), lab.weights(regular), strict=True
    ):
        assert torch.allclose(without - with_l2, 0.1 * 0.5 * before, atol=1e-6)
    assert torch.allclose(plain[1].bias, regular[1].bias)  # biases are left alone


def test_l1_leaves_zeros_and_the_plain_network_none(few):
    setting = lab.Settings(epochs=3, batch=20)
    assert lab.zeros(lab.train(Recipe(16), few, setting, 0)) == 0
    assert lab.zeros(lab.train(Recipe(16, l1=0.01), few, setting, 0)) > 0.1


def test_the_same_seed_gives_the_same_network_and_another_another(few):
    setting = lab.Settings(epochs=2, batch=20)
    one, same, other = (
        lab.train(Recipe(16, shift=1.0, dropout=0.5), few, setting, seed) for seed in (1, 1, 2)
    )
    assert all(torch.equal(a, b) for a, b in zip(one.parameters(), same.parameters(), strict=True))
    assert not torch.equal(one[1].weight, other[1].weight)


def test_the_hook_sees_every_epoch(few):
    seen = []
    lab.train(Recipe(16), few, lab.Settings(epochs=4), 0, lambda model: seen.append(model.training))
    assert seen == [False] * 4


def test_moving_keeps_digits_nearly_in_place():
    image = torch.zeros(200, 1, 28, 28)
    image[:, :, 13:15, 13:15] = 1
    torch.manual_seed(0)
    shown = lab.moved(image, 2.0)
    assert shown.shape == image.shape and shown.min() >= 0 and shown.max() <= 1
    rows = (shown.sum(3) * torch.arange(28)).sum((1, 2)) / shown.sum((1, 2, 3)) - 13.5
    assert 1.0 < rows.abs().max() <= 2 * 1.15  # in pixels; scaling stretches the move a little
    assert (shown.sum((1, 2, 3)) - 4).abs().max() < 2


# Compression


def test_pruning_takes_the_smallest_weights():
    model = tiny([0.1, -0.9], [0.4, -0.2])
    assert torch.equal(lab.pruned(model, 0.5)[1].weight, torch.tensor([[0.0, -0.9], [0.4, 0.0]]))
    assert model[1].weight[0, 0].item() == pytest.approx(0.1)  # the original is left alone


def test_training_after_pruning_keeps_the_zeros(few):
    setting = lab.Settings(epochs=1, batch=20)
    model = lab.train(Recipe(16), few, setting, 0)
    tuned = lab.pruned(model, 0.7, lambda m: lab.fit(m, Recipe(16), few, setting, 1))
    assert lab.zeros(tuned) == pytest.approx(0.7, abs=0.001)
    kept = tuned[1].weight != 0
    assert not torch.equal(tuned[1].weight[kept], model[1].weight[kept])


def test_rounding_to_few_bits():
    model = lab.rounded(tiny([0.9, -0.4, 0.1], [0.0, 0.0, 0.0]), 2)
    assert torch.allclose(
        model[1].weight, torch.tensor([[0.9, 0.0, 0.0], [0.0, 0.0, 0.0]])
    )  # levels −1, 0, 1 of each row


@given(st.integers(2, 8), st.integers(0, 10))
@settings(deadline=None, max_examples=20)
def test_rounding_is_off_by_half_a_step_at_most(bits, seed):
    torch.manual_seed(seed)
    model = tiny(*torch.randn(3, 5).tolist())
    off = (lab.rounded(model, bits)[1].weight - model[1].weight).abs()
    step = model[1].weight.abs().amax(1, keepdim=True) / (2 ** (bits - 1) - 1)
    assert (off <= step / 2 + 1e-6).all()


def test_int8_computes_nearly_the_same_and_hides_its_weights(few):
    model = lab.train(Recipe(16), few, lab.Settings(epochs=2), 0)
    smaller = lab.quantised(model)
    assert lab.zeros(smaller) is None
    difference = (smaller(few.images) - model(few.images)).abs().max()
    assert 0 < difference < 0.2


# Scores and choices


def test_scoring_by_hand():
    model = tiny([1.0, 0.0], [0.0, 1.0])
    nn.init.zeros_(model[1].bias)
    data = Digits(
        torch.tensor([[2.0, 0.0], [0.0, 2.0], [2.0, 0.0], [0.0, 2.0]]), torch.tensor([0, 1, 1, 1])
    )
    right, wrong = math.log(1 + math.exp(-2)), math.log(1 + math.exp(2))
    assert lab.score(model, data) == {
        "accuracy": 0.75,
        "loss": pytest.approx((3 * right + wrong) / 4),
    }


def test_the_choice_sees_the_validation_part_alone():
    def candidate(name, accuracy, loss, test):
        return {
            "chosen": name,
            "validation": {"accuracy": accuracy, "loss": loss},
            "test": {"accuracy": test, "loss": 0},
        }

    worst_on_test = candidate("a", 0.9, 0.3, 0.1)
    assert (
        lab.choose([candidate("b", 0.8, 0.1, 0.9), worst_on_test, candidate("c", 0.9, 0.4, 0.9)])
        is worst_on_test
    )


@pytest.mark.parametrize(
    ("gap", "test", "finding"),
    [
        ((-0.2, -0.1), (0.01, 0.03), "remedy"),
        ((-0.2, -0.1), (-0.01, 0.03), "gap_only"),
        ((-0.2, -0.1), (-0.03, -0.01), "harm"),  # a smaller gap does not make up for a lower score
        ((-0.2, 0.1), (0.01, 0.03), "unclear"),
        ((-0.1, 0.1), (-0.01, 0.01), "unclear"),
    ],
)
def test_what_counts_as_a_remedy(gap, test, finding):
    assert lab.effect({"interval": list(gap)}, {"interval": list(test)}) == finding


@pytest.mark.parametrize(
    ("right", "wrong", "verdicts"),
    [
        ("remedy", "remedy", "supported"),
        ("remedy", "unclear", "supported"),
        ("gap_only", "remedy", "other_reason"),  # what it resists is the wrong labels
        ("unclear", "harm", "refuted"),
        ("gap_only", "gap_only", "refuted"),
    ],
)
def test_the_verdict_on_a_technique(right, wrong, verdicts):
    def setting(l2):
        methods = {row: {"effect": "unclear"} for row in NAMED.values()}
        return {"methods": {**methods, "l2": {"effect": l2}, "dropout": {"effect": "remedy"}}}

    found = verdict({"settings": [setting(right), setting(wrong)]})
    assert found == {**dict.fromkeys(NAMED, "refuted"), "l2": verdicts}


# The whole


def test_a_small_run(result):
    assert [setting["id"] for setting in result["settings"]] == ["wrong_0", "wrong_20"]
    for setting in result["settings"]:
        methods = setting["methods"]
        assert set(NAMED.values()) | set(lab.COMPRESSION) < set(methods)
        for name, method in methods.items():
            assert method["gap"]["mean"] == pytest.approx(
                method["train"]["mean"] - method["test"]["mean"]
            )
            assert (
                method["test"]["interval"][0]
                <= method["test"]["mean"]
                <= method["test"]["interval"][1]
            )
            if name != "plain":
                against = method["against_plain"]["test"]["mean"]
                assert against == pytest.approx(
                    method["test"]["mean"] - methods["plain"]["test"]["mean"]
                )
        assert [point["at"] for point in setting["shares"]] == list(SMALL.pruned)
        assert all(value in SMALL.dropout for value in methods["dropout"]["chosen"])
        assert methods["pruning"]["zeros"]["mean"] >= min(SMALL.pruned) - 0.01


def test_the_plain_network_learns(result):
    for setting in result["settings"]:  # by chance: 0.1, with a standard error of 0.004
        assert setting["methods"]["plain"]["test"]["mean"] > 0.2


def test_the_step_of_another_setting_is_not_used(tmp_path):
    calls = []

    def compute():
        calls.append(1)
        return 1

    lab.kept(tmp_path, "a", compute, settings=SMALL)
    lab.kept(tmp_path, "a", compute, settings=SMALL)
    lab.kept(tmp_path, "a", compute, settings=lab.FULL)
    assert len(calls) == 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_is_shown_in_both_languages(result, language):
    shown = effects_table(result, "wrong_20", language).bundle["text/html"]
    assert shown.count("<tr>") == 1 + len(result["settings"][0]["methods"])
    assert ("随机失活" if language == "zh" else "Dropout") in shown
    assert chosen_table(result, language).bundle["text/html"].count("<tr>") == 10
    for picture in (changes_figure(result, language), pruning_figure(result, language)):
        assert picture.bundle["image/svg+xml"].startswith("<?xml")


def test_changes_in_words():
    assert [signed(x) for x in (0.0123, -0.0123, 0.0001, -0.0001)] == [
        "+0.012",
        "−0.012",
        "0.000",
        "0.000",
    ]
    assert (
        with_interval({"mean": 0.02, "interval": [-0.001, 0.0412]}, "en")
        == "+0.020 (−0.001\u00a0to\u00a0+0.041)"
    )
    assert [number(x) for x in (0.0032, -0.5, 0, -0.0001)] == ["0.003", "−0.500", "0.000", "0.000"]
    assert number(-3.2e-7) == "−3.2\u00a0×\u00a010⁻⁷"
