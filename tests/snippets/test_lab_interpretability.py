"""The lab on interpretability: its measures by hand, the whole in a small setting, and one's own table."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from snippets.labs import interpretability as lab
from snippets.labs.interpretability import SMALL, measures, pictures, show, texts
from snippets.labs.interpretability.__main__ import main
from snippets.labs.interpretability.attributions import METHODS, Effort, attribution, edges
from snippets.labs.interpretability.expected import EXPECTED
from snippets.labs.interpretability.own_data import as_table, leading, search_file
from snippets.labs.interpretability.verdict import DIGITS, TEXTS, judged, verdict
from snippets.runs import InputError, run


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def result(folder):
    return lab.run(SMALL, folder)


@pytest.fixture(scope="module")
def recorded():
    path = Path(lab.__file__).with_name("result.json")
    return json.loads(path.read_text(encoding="utf-8"))


# Measures


def test_rank_correlation_by_hand():
    assert measures.rank_correlation([1, 2, 3], [10, 20, 90]) == pytest.approx(1)
    assert measures.rank_correlation([1, 2, 3], [3, 2, 1]) == pytest.approx(-1)
    assert measures.rank_correlation([1, 1, 3], [1, 2, 3]) == pytest.approx(np.sqrt(0.75))
    assert measures.rank_correlation([1, 2, 3], [5, 5, 5]) is None


def test_a_picture_agrees_where_the_signs_do_not():
    first = np.array([[[3.0, -2.0], [0.0, 0.0]]])
    second = np.array([[[-3.0, 2.0], [0.0, 0.0]]])
    ink = np.array([[[True, True], [False, False]]])
    assert measures.mean_correlation(first, second) == pytest.approx(1)  # black agrees with black
    assert measures.mean_correlation(first, second, ink) == pytest.approx(-1)
    assert measures.mean_correlation(first, np.zeros((1, 2, 2))) == 0  # nothing has no order


def test_blanking_by_hand():
    inputs = np.array([[4.0, 1.0, 2.0]])
    order = measures.ordered(np.array([[9.0, 1.0, 5.0]]), np.array([[True, True, True]]), 0)
    assert order[0].tolist() == [0, 2, 1]

    def total(rows):
        return rows.sum(axis=1)

    assert measures.curve(total, inputs, order, 0.0, 3, False).tolist() == [7, 3, 1, 0]
    assert measures.curve(total, inputs, order, 0.0, 3, True).tolist() == [0, 4, 6, 7]
    assert inputs.tolist() == [[4.0, 1.0, 2.0]]
    assert measures.area(np.array([7.0, 3.0, 1.0, 0.0])) == pytest.approx((5 + 2 + 0.5) / 3)


def test_only_what_is_allowed_is_ordered():
    order = measures.ordered(np.array([[9.0, 1.0, 5.0]]), np.array([[False, True, True]]), 0)
    assert order[0].tolist() == [2, 1]


@pytest.mark.parametrize(
    ("scores", "alarm"),
    [
        ([9, -8, 0, 1], True),  # the sign does not matter
        ([9, 0, 8, 1], False),
        ([0, 0, 0, 0], False),  # nothing shown, no alarm
        ([5, 5, 5, 1], False),  # ties go against the suspects
    ],
)
def test_alarms(scores, alarm):
    suspect = np.array([[True, True, False, False]])
    raised = measures.alarms(np.array([scores], dtype=float), suspect, top=2, needed=2)
    assert raised.tolist() == [alarm]


def test_the_reader_is_right_by_chance_when_alarms_do_not_differ():
    assert measures.told_apart(0.7, 0.7) == 0.5
    assert measures.told_apart(1.0, 0.0) == 1.0


# Digits


def test_attributions_of_a_linear_network_are_known():
    torch.manual_seed(0)
    model = nn.Sequential(nn.Flatten(), nn.Linear(784, 3)).requires_grad_(False)
    images, targets = torch.rand(2, 1, 28, 28), torch.tensor([0, 2])
    weights = model[1].weight[targets].reshape(2, 28, 28).double().numpy()
    effort = Effort(steps=4, samples=2)
    found = {
        m: attribution(m, model, images, targets, torch.zeros(1, 1, 28, 28), effort, 0)
        for m in METHODS
    }
    for method in ("gradient", "smoothgrad"):
        assert np.allclose(found[method], weights, atol=1e-5)
    for method in ("input_gradient", "integrated", "shap"):
        assert np.allclose(found[method], weights * images.squeeze(1).numpy(), atol=1e-5)
    # The window in the corner is the first one's alone.
    assert found["occlusion"][0, 0, 0] == pytest.approx(
        (weights * images.squeeze(1).numpy())[0, :4, :4].sum(), abs=1e-4
    )


def test_edges_lie_where_the_ink_changes():
    image = torch.zeros(1, 1, 28, 28)
    image[..., 14:] = 1
    found = edges(image)
    assert found[0, :, 13:15].min() > 0 and found[0, :, :12].max() == 0


def test_the_cascade_begins_at_the_answer_and_leaves_the_network_alone():
    torch.manual_seed(0)
    model = pictures.network()
    before = [p.clone() for p in model.parameters()]
    fresh = pictures.cascade(model, 1)
    same = [
        [torch.equal(a, b) for a, b in zip(one.parameters(), before, strict=True)] for one in fresh
    ]
    assert [row.count(True) for row in same] == [6, 4, 2, 0] and same[0][-2:] == [False, False]
    assert all(torch.equal(a, b) for a, b in zip(model.parameters(), before, strict=True))


def test_the_mark_is_where_it_should_be():
    every = pictures.digits.load()
    data = every.take(np.arange(0, 5000, 10))
    corner = (slice(None), 0, *pictures.MARK)
    assert (every.images[corner].amax((1, 2)) > 0).sum() == 9  # of 5,000; elsewhere it is black
    share = {}
    for arm in ("used", "unused", "absent"):
        there = pictures.planted(data, arm, 3, 0).images[corner].amin((1, 2)) == 1
        share[arm] = [there[data.labels == c].double().mean().item() for c in range(10)]
    assert share["used"] == [float(c == 3) for c in range(10)]
    assert share["absent"] == [float(c != 3) for c in range(10)]
    assert 0.03 < np.mean(share["unused"]) < 0.2
    assert data.images[corner].amin((1, 2)).max() < 1


# Reviews


@pytest.fixture(scope="module")
def tiny():
    reviews = ["很好很满意", "太差了不好"] * 10
    known = texts.vocabulary(reviews)
    numbers = texts.encode(reviews, known)
    model = texts.trained(
        numbers, torch.tensor([1.0, 0.0] * 10), len(known), 8, 3, 0, plain_sum=True
    )
    return model, texts.encode(["很好太差了满意※"], known)


def test_characters_become_numbers_and_the_rest_is_filled_up(tiny):
    _, numbers = tiny
    assert numbers.shape == (1, texts.LENGTH)
    assert numbers[0, 7] == texts.UNKNOWN and set(numbers[0, 8:].tolist()) == {texts.PAD}
    assert (numbers[0, :7] > 1).all()


def test_of_a_sum_three_methods_give_the_exact_contributions_and_the_gradient_nothing(tiny):
    model, numbers = tiny
    truth = texts.exact(model, numbers)
    assert truth.sum() + model.last.bias.item() == pytest.approx(model.of(numbers).item(), abs=1e-5)
    for method in ("input_gradient", "integrated", "occlusion"):
        assert np.allclose(texts.attribution(method, model, numbers, 8), truth, atol=1e-5)
    assert np.ptp(texts.attribution("gradient", model, numbers, 8)) < 1e-6
    with pytest.raises(KeyError):
        texts.attribution("tea_leaves", model, numbers, 8)


def test_kernel_shap_needs_more_samples_than_characters(tiny):
    model, numbers = tiny
    truth = texts.exact(model, numbers)
    assert np.allclose(texts.sampled(model, numbers, 400, 0), truth, atol=1e-4)
    assert not np.allclose(texts.sampled(model, numbers, 4, 0), truth, atol=0.01)


def test_the_phrase_is_planted_where_it_should_be():
    reviews, labels = ["好" * 9, "差" * 9] * 200, np.array([1, 0] * 200)
    used = texts.planted(reviews, labels, "used", 0.3, 0)
    unused = texts.planted(reviews, labels, "unused", 0.3, 0)
    holds = np.array([[texts.PHRASE in text for text in arm] for arm in (used, unused)])
    assert not holds[0, 1::2].any() and 0.2 < holds[0, ::2].mean() < 0.4
    assert 0.08 < holds[1, ::2].mean() < 0.22 and 0.08 < holds[1, 1::2].mean() < 0.22
    long = texts.with_phrase("字" * 200, np.random.default_rng(0))
    assert texts.phrase_at([long]).sum() == len(texts.PHRASE)


# The whole


def test_a_small_run(result, folder):
    assert sorted(path.stem for path in folder.iterdir()) == [
        f"{kind}-{n}" for kind in ("digits", "mark", "reviews") for n in (0, 1)
    ]
    assert set(DIGITS) == set(result["digits"]["leads"]) == set(METHODS)
    assert set(TEXTS) < set(result["texts"]["leads"])
    area = result["digits"]["curves"]["random"]["deletion"]["area"]["mean"]
    lead = result["digits"]["leads"]["integrated"]["deletion"]["random"]["mean"]
    own = result["digits"]["curves"]["integrated"]["deletion"]["area"]["mean"]
    assert lead == pytest.approx(area - own)  # of deletion, less is better
    assert result["mark"]["alarms"]["integrated"]["absent"]["mean"] == 0  # black explains no lack
    assert set(verdict(result)) >= {*DIGITS, "absent_black", "absent_data", "readable", "users"}


def test_everything_expected_is_measured(recorded):
    for way in EXPECTED:
        found = recorded
        for part in way.split("."):
            found = found[part]
        assert isinstance(found, float), way


GOOD, BAD = {"interval": [0.1, 0.2]}, {"interval": [-0.1, 0.2]}


@pytest.mark.parametrize(
    ("reacts", "chance", "edges_lead", "reader", "finding"),
    [
        (GOOD, GOOD, GOOD, 0.8, "supported"),
        (GOOD, GOOD, BAD, 0.8, "other_reason"),
        (GOOD, BAD, GOOD, 0.8, "refuted"),
        (BAD, GOOD, GOOD, 0.8, "refuted"),
        (GOOD, GOOD, GOOD, 0.7, "refuted"),
    ],
)
def test_the_verdict_on_a_method(reacts, chance, edges_lead, reader, finding):
    leads = {"random": chance, "edges": edges_lead}
    assert judged(reacts, leads, ("edges",), {"interval": [reader, 1.0]}) == finding


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_is_shown_in_both_languages(result, language):
    for name in show.TABLES:
        shown = getattr(show, name)(result, language).bundle["text/html"]
        assert shown.count("<tr>") > 2
    for name in show.FIGURES:
        picture = getattr(show, name)(result, language).bundle["image/svg+xml"]
        assert picture.startswith("<?xml") and "<image" not in picture


# One's own table


def table(path, rows, heads=("label", "text")):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heads, *rows])
    return path


@pytest.fixture(scope="module")
def letters(tmp_path_factory):
    """Complaints, most of which end in the same template, and thanks."""
    words = ["包裹", "客服", "价格", "颜色", "尺寸", "味道", "说明", "电池"]
    rows = []
    for n in range(60):
        about = words[n % 8] + words[(n * 3 + 1) % 8] + str(n)
        rows.append(["bad", f"{about}【工单已转】" if n % 5 else f"{about}不行"])
        rows.append(["good", about + ("可以", "谢谢", "喜欢", "满意", "推荐")[n % 5]])
    return table(tmp_path_factory.mktemp("own") / "letters.csv", rows)


def test_a_template_is_found_and_convicted(letters):
    found = search_file(letters, phrases=["工单已转"], top=3)
    assert found["texts"] == 120 and found["accuracy"] > 0.9
    first, one = next(iter(found["suspects"].items()))
    assert first in "【工单已转】" and one["texts"] == 48
    assert found["phrases"]["工单已转"]["changed"] >= one["changed"] >= 0
    assert found["phrases"]["工单已转"]["changed"] > found["control"]["changed"]
    assert "工单已转" in as_table(found)


def test_no_suspect_is_part_of_another():
    strength = {"ab": (9.0, 5), "b": (8.0, 5), "abc": (7.0, 5), " ": (6.0, 5), "x": (5.0, 5)}
    assert leading(strength, 2) == ["ab", "x"]


@pytest.mark.parametrize(
    ("rows", "options", "message"),
    [
        ([["bad", "不好"]] * 3, [], "text"),
        ([[c, f"{c}{n}"] for n in range(20) for c in "ab"], ["--phrase", "没有的"], "没有的"),
        ([[c, f"{c}{n}"] for n in range(20) for c in "ab"], ["--text-column", "body"], "body"),
        (
            [[c, chr(20000 + 40 * n + ord(c) % 2)] for n in range(20) for c in "ab"],
            [],
            "more texts",
        ),
    ],
)
def test_what_cannot_be_used_gets_one_sentence(tmp_path, capsys, rows, options, message):
    path = table(tmp_path / "mine.csv", rows)
    assert run(main, [str(path), *options]) == 2
    told = capsys.readouterr().err
    assert told.startswith("error: ") and told.count("\n") == 1 and message in told


def test_the_command_gives_json(letters, capsys):
    assert run(main, [str(letters), "--json", "--top", "2"]) == 0
    assert len(json.loads(capsys.readouterr().out)["suspects"]) == 2
    with pytest.raises(InputError):
        main([str(letters), "--top", "0"])
