"""The lab on private training: each function on cases done by hand, and the whole in a small setting."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
import torch
from opacus import GradSampleModule
from sklearn.metrics import roc_auc_score
from torch import nn
from torch.nn.functional import cross_entropy

from snippets.labs import private_training as lab
from snippets.labs.private_training import SMALL, accounting, attack, show, train
from snippets.labs.private_training.__main__ import main
from snippets.labs.private_training.train import Recipe
from snippets.labs.private_training.verdict import verdict
from snippets.runs import InputError

RECORDED = json.loads((Path(lab.__file__).parent / "result.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    return lab.run(SMALL, tmp_path_factory.mktemp("kept"))


def as_modules(model, which):
    """One of our networks as PyTorch's modules."""
    layers = []
    for weight, bias in zip(model[::2], model[1::2], strict=True):
        layer = nn.Linear(*weight.shape[1:])
        with torch.no_grad():
            layer.weight.copy_(weight[which].T)
            layer.bias.copy_(bias[which, 0])
        layers += [layer, nn.ReLU()]
    return nn.Sequential(*layers[:-1])


# Training


@pytest.mark.parametrize("hidden", [0, 5])
@pytest.mark.parametrize("clip", [None, 0.3])
def test_the_clipped_sum_is_that_of_opacus_gradients(hidden, clip):
    random = torch.Generator().manual_seed(0)
    model = train.start(4, hidden, 3, 2, random)
    x, y = torch.rand(2, 6, 4, generator=random) * 3, torch.randint(0, 3, (2, 6), generator=random)
    taken = torch.ones(2, 6, dtype=torch.bool)
    taken[1, 4:] = False  # what fills a batch up counts for nothing
    found = train.gradients(model, x, y, taken, clip)
    for which in range(2):
        wrapped = GradSampleModule(as_modules(model, which), loss_reduction="sum")
        rows = taken[which]
        cross_entropy(wrapped(x[which, rows]), y[which, rows], reduction="sum").backward()
        single = [p.grad_sample.flatten(1) for p in wrapped.parameters()]
        length = torch.cat(single, 1).norm(dim=1)
        factor = torch.ones_like(length) if clip is None else (clip / length).clamp(max=1)
        for ours, theirs in zip(found, wrapped.parameters(), strict=True):
            total = torch.einsum("r,r...->...", factor, theirs.grad_sample)
            wanted = total.T if total.ndim == 2 else total[None]
            assert torch.allclose(ours[which], wanted, atol=1e-5)


def test_batches_hold_members_alone_and_vary_in_size():
    members = torch.zeros(2, 100, dtype=torch.bool)
    members[0, :50] = True
    members[1, 90:] = True
    random = torch.Generator().manual_seed(0)
    sizes = []
    for _ in range(20):
        rows, taken = train.batches(members, 0.3, random)
        assert set(rows[0][taken[0]].tolist()) <= set(range(50))
        assert set(rows[1][taken[1]].tolist()) <= set(range(90, 100))
        assert all(len(set(r[t].tolist())) == t.sum() for r, t in zip(rows, taken, strict=True))
        sizes.append(int(taken[0].sum()))
    assert len(set(sizes)) > 3 and 10 < np.mean(sizes) < 20


def test_noise_alone_moves_weights_as_far_as_it_says():
    x, y, members = (
        torch.zeros(10, 50),
        torch.zeros(10, dtype=torch.int64),
        torch.ones(4, 10, dtype=bool),
    )
    recipe = Recipe(0, 1, 0.5, 2.0, clip=1e-9, noise=3.0)
    still = train.fit(x, y, members, Recipe(0, 0, 0.5, 2.0), 3, 0)
    moved = train.fit(x, y, members, recipe, 3, 0)
    step = (moved[0] - still[0]).std().item()
    assert step == pytest.approx(
        2.0 * 3.0 * 1e-9 / 5, rel=0.5
    )  # the rate times the noise, by 5 rows expected


def test_confidence_is_the_log_odds_of_the_label():
    model = [torch.zeros(1, 1, 3), torch.tensor([[[0.0, math.log(2), 0.0]]])]
    found = train.confidence(model, torch.zeros(2, 1), torch.tensor([1, 0]))
    assert found[0].tolist() == pytest.approx([0.0, math.log(0.25 / 0.75)], abs=1e-6)


# Attacks


def test_the_area_is_that_of_scikit_learn():
    random = np.random.default_rng(0)
    scores, members = random.integers(0, 5, 300).astype(float), random.random(300) < 0.5
    assert attack.area(scores, members) == pytest.approx(roc_auc_score(members, scores))


def test_rates_by_hand():
    members = np.arange(200) >= 100
    scores = np.r_[np.arange(100), np.full(30, 98.5), np.full(70, 0.0)]
    at = attack.rates(scores, members, 0.01)
    assert at["tpr"]["mean"] == 0.3 and at["fpr"]["hits"] == 1
    assert (
        attack.rates(scores, members, 0.001)["tpr"]["mean"] == 0
    )  # not one false alarm is allowed


def test_exact_intervals():
    assert attack.exact(0, 10) == [0.0, pytest.approx(1 - 0.025 ** (1 / 10))]
    assert attack.exact(10, 10) == [pytest.approx(0.025 ** (1 / 10)), 1.0]


def test_attacks_find_what_is_there_and_nothing_else():
    random = np.random.default_rng(0)
    members = random.random((16, 400)).argsort(0) < 8
    hard = random.normal(size=400) * 3
    told = hard + members * 2.0 + random.normal(size=members.shape) * 0.5
    nothing = hard + random.normal(size=members.shape) * 0.5
    lira = attack.likelihood_ratio(told, members)
    assert attack.area(lira, members) > 0.95 > 0.7 > attack.area(told, members)
    assert attack.area(attack.calibrated(told), members) > 0.95
    assert attack.area(attack.likelihood_ratio(nothing, members), members) == pytest.approx(
        0.5, abs=0.03
    )
    assert attack.least_epsilon(lira, members, 1e-5)["epsilon"] > 2
    assert attack.least_epsilon(nothing, members, 1e-5)["epsilon"] < 0.3
    with pytest.raises(ValueError, match="two shadow models"):
        attack.likelihood_ratio(told[:3], members[:3])


# Accounting


def test_one_gaussian_and_the_ways_of_counting():
    # Balle and Wang's exact figure, at which half of the tail is the other half's
    noise = 3.0
    epsilon = accounting.gaussian_epsilon(noise, 1e-5)
    assert accounting.gaussian_delta(epsilon, noise) == pytest.approx(1e-5, rel=1e-6)
    assert epsilon < math.sqrt(2 * math.log(1.25e5)) / noise  # the textbook's bound
    found = accounting.counted(noise, 1.0, 1, 1e-5)
    assert found["adding"] == pytest.approx(epsilon) == found["passes"]
    assert epsilon <= found["prv"] + 0.02 and found["prv"] < found["rdp"]


def test_the_noise_keeps_the_epsilon_and_bounds_hold():
    noise = accounting.noise_for(1.0, 1e-5, 0.25, 20, "rdp")
    assert 0.98 < accounting.by_rdp(noise, 0.25, 20, 1e-5) <= 1.0
    best = accounting.allowed(noise, 0.25, 20, 0.01)
    assert (
        0.01 < best < accounting.allowed_by(1.0, 1e-5, 0.01) == pytest.approx(math.e / 100 + 1e-5)
    )
    two = accounting.group(1.0, 1e-5, 2)
    assert two["epsilon"] == 2 and two["delta"] == pytest.approx(1e-5 * (math.e + 1))


def test_the_vocabulary_tells_its_texts():
    found = lab.vocabulary_attack(["abc", "abcd", "xyz"], ["ab", "xy!", "abcz"], (1, 2))
    assert found["1"]["tpr"]["mean"] == 1 and found["1"]["fpr"]["hits"] == 1  # "ab" is all there
    assert found["2"]["tpr"]["hits"] == 1 and found["2"]["grams"] == 6  # a, b, c, ab, bc, abc
    assert found["1"]["on_the_edge"] == pytest.approx(2 / 3)  # "abc" brings nothing of its own


def test_a_rare_class_loses_nine_tenths_of_its_rows():
    labels = np.repeat([0, 1], 50)
    kept = lab.thin(np.arange(100), labels, 1, lab.FULL)
    assert np.bincount(labels[kept]).tolist() == [50, 5]


# The whole


def test_a_small_run(result):
    assert result["membership"].keys() == {
        "memorised",
        "l2",
        "plain",
        "early",
        "clipped",
        "eps_8",
        "eps_1",
    }
    assert result["accounts"]["eps_1"]["prv"] <= 1
    assert set(verdict(result)) == set(RECORDED["verdict"])
    for one in result["membership"].values():
        for group in one["groups"].values():
            assert 0 < group["without"] < 1 and all(0 <= group[a]["auc"] <= 1 for a in lab.ATTACKS)


def test_what_was_recorded_keeps_the_guarantee():
    for way in ("eps_8", "eps_1"):
        account, one = RECORDED["accounts"][way], RECORDED["membership"][way]
        for group in ("ordinary", "mistaken_1"):
            for name in lab.ATTACKS:
                for key in lab.RATES:
                    assert (
                        one["groups"][group][name][f"at_{key}"]["tpr"]["interval"][0]
                        <= account["allowed"][key]
                    )
        assert all(x["epsilon"] <= account["epsilon"] for x in one["least_epsilon"].values())
    control = RECORDED["membership"]["memorised"]["control"]
    assert all(abs(control[name]["auc"] - 0.5) < 0.02 for name in lab.ATTACKS)


def test_verdicts_by_rule():
    def group(high):
        at = {"tpr": {"interval": [0, high]}}
        return {name: {"at_1": at} for name in lab.ATTACKS}

    ways = ("eps_1", "eps_8", "clipped", "l2", "early")
    membership = {
        way: {"groups": {"mistaken_1": group(0.04), "mistaken_16": group(0.3)}} for way in ways
    }
    membership["l2"]["groups"]["mistaken_1"]["lira"]["at_1"] = {"tpr": {"interval": [0.02, 0.06]}}
    told = {"1": {"tpr": {"interval": [0.9, 1]}, "fpr": {"interval": [0, 0.04]}}}
    assert verdict({"membership": membership, "vocabulary": told}) == {
        "dp_1": "supported",
        "dp_8": "supported",
        "clipping": "other_reason",
        "l2": "refuted",
        "early": "other_reason",
        "person_16": "refuted",
        "vocabulary": "refuted",
        "names": "not_tested",
    }


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_is_shown_in_both_languages(result, language):
    for made in (show.price_figure(result, language), show.leak_figure(result, language)):
        assert made.bundle["image/svg+xml"].startswith("<?xml")
    for made in (
        show.price_table,
        show.leak_table,
        show.control_table,
        show.worst_table,
        show.accounts_table,
        show.groups_table,
        show.rare_table,
        show.classes_table,
        show.vocabulary_table,
        show.expected_table,
    ):
        assert "<td" in made(result, language).bundle["text/html"]
    assert show.attacks_table(result, language, "ordinary").bundle["text/html"].count("<tr>") == 22


# Own data


def written(tmp_path, lines):
    path = tmp_path / "scores.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def test_an_own_audit(tmp_path, capsys):
    rows = [f"{i % 100 + 200 * (i < 300)},{int(i < 300)}" for i in range(600)]
    main([written(tmp_path, ["score,member", *rows])])
    shown = capsys.readouterr().out
    assert "300 members, 300 others; AUC 1.000" in shown
    assert "100.0% of the members found (98.8% to 100.0%); too few others" in shown
    assert "ε is at least 3." in shown


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["score,member", "0.5,1"], "1 members and 0 others"),
        (["score,member", "high,1"], "row 1: the score “high” is no number"),
        (["score,member", "nan,1"], "is no number"),
        (["score,member", "0.5,yes"], "neither 1"),
        (["loss,member", "0.5,1"], "has no column “score”"),
    ],
)
def test_own_data_that_cannot_be_used(tmp_path, lines, message):
    with pytest.raises(InputError, match=message):
        main([written(tmp_path, lines)])
