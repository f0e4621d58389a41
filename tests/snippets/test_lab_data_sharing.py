"""The lab on sharing data: federated training and what it gives away on cases done by hand, and one's own table."""

import copy
import json
import math

import numpy as np
import pytest
import torch

from snippets.labs import data_sharing as lab
from snippets.labs.data_sharing import SMALL, federated, leaks, own_data, parties, show, texts
from snippets.labs.data_sharing.__main__ import main
from snippets.labs.data_sharing.expected import FIGURES
from snippets.labs.data_sharing.verdict import verdict
from snippets.runs import run


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    return lab.run(SMALL, tmp_path_factory.mktemp("kept"))


@pytest.fixture
def group():
    torch.manual_seed(0)
    return federated.gathered(
        [(torch.rand(n, 12), torch.randint(0, 3, (n,))) for n in (30, 20, 10)]
    )


# Federated training


def test_one_local_step_is_pooling(group):
    # In double precision: in single, a unit that is zero but for rounding may be on in one and off in the other.
    group = federated.Parties(group.inputs.double(), group.labels, group.sizes.double())
    begin = [one.double() for one in federated.start((12, 5, 3), 0)]
    rows = federated.draws(group.sizes, 50, 6, 0)
    _, shared = federated.train(begin, group, rows, 0.3, 1)
    pooled = federated.copies(begin, 1)
    for chosen in rows:  # one batch of all parties, each counting as its share of the examples
        parts = [(group.inputs[i, one], group.labels[i, one]) for i, one in enumerate(chosen)]
        slopes = [lab.batch_gradient([one[0] for one in pooled], *part) for part in parts]
        for place, one in enumerate(pooled):
            of = torch.cat([slope[place] for slope in slopes])
            one -= 0.3 * torch.tensordot(group.shares, of, dims=1)
    for one, same in zip(federated.of_party(shared, 0), pooled, strict=True):
        assert torch.allclose(one, same, atol=1e-12)
    many, _ = federated.train(begin, group, rows, 0.3)
    assert not torch.allclose(many[0][:1], pooled[0], atol=1e-2)


def test_parties_do_not_touch_each_other_nor_the_beginning(group):
    begin = federated.start((12, 5, 3), 0)
    before = copy.deepcopy(begin)
    rows = federated.draws(group.sizes, 5, 4, 0)
    together, _ = federated.train(begin, group, rows, 0.3)
    alone = federated.gathered([(group.inputs[1, :20], group.labels[1, :20])])
    by_itself, _ = federated.train(begin, alone, rows[:, 1:2], 0.3)
    for one, same in zip(federated.of_party(together, 1), by_itself, strict=True):
        assert torch.allclose(one, same, atol=1e-6)
    assert all(torch.equal(a, b) for a, b in zip(begin, before, strict=True))


def test_draws_stay_within_each_party():
    rows = federated.draws(torch.tensor([3.0, 7.0]), 200, 5, 0)
    assert rows.amin((0, 2)).tolist() == [0, 0] and rows.amax((0, 2)).tolist() == [2, 6]


def test_ways_of_averaging_by_hand():
    after = [torch.tensor([[1.0], [2.0], [9.0]])]
    shares = torch.tensor([0.5, 0.25, 0.25])
    assert federated.weighted_mean(shares)([], after)[0].item() == 3.25
    assert federated.median()([], after)[0].item() == 2
    assert federated.trimmed_mean(1)([], after)[0].item() == 2


def test_a_party_that_is_wrong_is_left_out():
    right = [torch.eye(2)[None], torch.zeros(1, 2)]
    after = [torch.cat([right[0], right[0], right[0].flip(1)]), torch.zeros(3, 2)]
    together = federated.checked(torch.full((3,), 1 / 3), torch.eye(2), torch.tensor([0, 1]))
    assert torch.allclose(together([], after)[0], torch.eye(2))


def test_an_update_is_shortened_and_noise_is_as_long_as_said():
    random = torch.Generator().manual_seed(0)
    change = [torch.full((2, 100, 100), 0.03), torch.zeros(2, 100)]
    change[0][1] /= 10  # the second is 0.3 long, the first 3
    still = federated.disturbed(change, 1.0, 0.0, random)
    assert federated.lengths(still).tolist() == pytest.approx([1.0, 0.3])
    loud = federated.disturbed(change, 1.0, 5.0, random)
    noise = [a - b for a, b in zip(loud, still, strict=True)]
    assert federated.lengths(noise).tolist() == pytest.approx([5.0, 5.0], rel=0.05)


def test_the_guarantee_by_hand():
    # A multiplier of 1 over 2 rounds: rho = 1, epsilon = 1 + 2 sqrt(ln 1e5).
    assert federated.guarantee(10.0, 100, 2, 1e-5) == pytest.approx(
        1 + 2 * math.sqrt(math.log(1e5))
    )


def test_traffic_by_hand():
    weights = federated.start((784, 64, 10), 0)
    assert federated.traffic(weights, 10, 200, 20) == {
        "rounds": 10,
        "bytes": 2 * 10 * 10 * 4 * 50890,
    }


# Parties


@pytest.mark.parametrize("split", lab.SPLITS)
def test_every_example_has_one_party(split):
    labels = torch.arange(1000) % 10
    learn = lab.Digits(torch.rand(1000, 784), labels)
    rows = lab.dealt(split, learn, lab.FULL, 3)
    assert len(rows) == 10 and sorted(np.concatenate(rows)) == list(range(1000))
    classes = [len(np.unique(labels[own])) for own in rows]
    if split == "two_classes":
        assert set(classes) == {2} and {len(own) for own in rows} == {100}
    if split == "very_uneven":
        assert np.mean(classes) < 8 and min(map(len, rows)) >= 10


def test_sizes_have_to_add_up():
    with pytest.raises(ValueError, match="sizes of 3 for 4"):
        parties.by_size(np.zeros(4), (1, 2))


def test_one_scanner_is_rotated_and_one_column_slips():
    learn = lab.Digits(torch.rand(40, 784), torch.arange(40) % 10)
    rows = parties.evenly(learn.labels.numpy(), 4)
    turned = lab.made("rotated", learn, rows)
    assert torch.equal(turned.inputs[0], learn.images[:10])
    picture = learn.images[30].view(28, 28)
    assert torch.equal(turned.inputs[3, 0].view(28, 28)[27 - 5, 3], picture[3, 5])
    assert lab.made("even", learn, rows, bad=1).labels[1].tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 9, 0]


def test_scores_weigh_classes_as_the_party_has_them():
    weights = [torch.zeros(1, 784, 10), torch.zeros(1, 10)]
    weights[1][0, 3] = 1  # always says 3
    test = lab.Digits(torch.zeros(10, 784), torch.arange(10))
    mixes = np.array([np.eye(10)[3], np.full(10, 0.1)])
    found = lab.scores(weights, "even", mixes, test)
    assert found["own"] == pytest.approx([1.0, 0.1]) and found["common"] == pytest.approx(
        [0.1, 0.1]
    )


# Leaks


def test_the_gradient_of_one_example_is_the_example():
    state = federated.start((784, 16, 10), 0)
    image = torch.rand(1, 784)
    found = leaks.images_from(lab.batch_gradient(state, image, torch.tensor([4])))
    best = leaks.best(found, image)
    assert best["exact"] == [1] and best["similar"][0] == pytest.approx(1, abs=1e-4)
    assert leaks.best(found, torch.rand(1, 784))["exact"] == [0]


def test_nothing_found_is_like_nothing():
    best = leaks.best(torch.zeros(0, 784), torch.rand(2, 784))
    assert best["similar"].tolist() == [0, 0] and best["exact"].tolist() == [0, 0]


def test_class_shares_by_hand():
    # Mean prediction one third each; a batch of classes 0, 0, 1: the slope is that less (2/3, 1/3, 0).
    third = torch.full((3,), 1 / 3)
    slope = third - torch.tensor([2 / 3, 1 / 3, 0])
    assert leaks.classes_from(slope, third) == pytest.approx([2 / 3, 1 / 3, 0])
    assert leaks.classes_from(third, third) == pytest.approx([1 / 3] * 3)  # nothing to tell
    assert leaks.distance(np.array([1, 0, 0]), np.array([0.5, 0.5, 0])) == 0.5


def test_characters_of_a_batch_are_its_rows():
    begin = federated.start((len(texts.CHARACTERS), 2), 0)
    reviews = [texts.Review("房间很干净 OK", True), texts.Review("早餐差！", False)]
    seen = leaks.characters_from(lab.batch_gradient(begin, *lab.encoded(reviews)))
    shown = {one for one, place in texts.CHARACTERS.items() if seen[place]}
    assert shown == set("房间很干净早餐差")


def test_the_list_of_characters_is_that_of_the_standard():
    assert len(texts.CHARACTERS) == 3755 and sorted(texts.CHARACTERS.values()) == list(range(3755))
    assert texts.CHARACTERS["啊"] == 0 and "犇" not in texts.CHARACTERS
    assert torch.allclose(texts.vectors(["好好的", "?"]).norm(dim=1), torch.tensor([1.0, 0.0]))


def test_a_twin_has_the_same_label():
    labels, others = torch.tensor([1, 0, 1, 1]), torch.tensor([0, 1, 1])
    rows = lab.twins(labels, others)
    assert others[rows].tolist() == labels.tolist() and rows.tolist() == [1, 0, 2, 1]


# The whole


def test_a_small_run_holds_what_the_page_shows(result):
    assert set(result["splits"]) == set(lab.SPLITS)
    for split in result["splits"].values():
        alone = split["alone"]["all"]
        assert alone["gain"]["mean"] == 0 and alone["lose"] == 0
    images = result["leaks"]["fresh"]["images"]
    assert images["batch_1"]["exact"]["mean"] == 1 and images["batch_1"]["other_exact"]["mean"] == 0
    assert result["review_leaks"]["batch_1"]["seen"]["mean"] == 1
    assert result["traffic"]["local_1"]["rounds"] == SMALL.steps


@pytest.mark.parametrize("language", ["zh", "en"])
def test_tables_and_figures_show_the_result(result, language):
    for name in (
        "splits",
        "averaging",
        "local",
        "reviews",
        "robust",
        "leaks",
        "classes",
        "characters",
        "noise",
    ):
        shown = getattr(show, f"{name}_table")(result, language).bundle["text/plain"]
        assert shown.count("\n") >= 2
    assert show.expected_table(result, language).bundle["text/plain"].count("\n") == len(FIGURES)
    for picture in (show.who_figure(result, language), show.pictures_figure(result, language)):
        assert picture.bundle["image/svg+xml"].startswith("<?xml")


# The verdicts


def test_verdicts_follow_their_rules(result):
    found = verdict(result)
    assert found["stays_home"] == "refuted" and found["large_models"] == "not_tested"
    made = copy.deepcopy(result)
    usual = show.usual_of(made)
    for split in made["splits"].values():
        for method in split.values():
            for group in method.values():
                group["gain"]["interval"] = group["less_pooled"]["interval"] = [0.02, 0.03]
    for kind in made["reviews"].values():
        for one in kind["methods"]["pooled"].values():
            one["gain"]["interval"] = [0.01, 0.02]
    for one in made["robust"].values():
        for way in one.values():
            way["change"]["interval"] = [-0.005, 0.0]
    every = verdict(made)
    names = ("alike", "unlike", "averaging_alike", "averaging_unlike", "tuned", "median", "checked")
    assert {every[name] for name in names} == {"supported"}
    made["reviews"]["trades"]["methods"]["pooled"]["books"]["gain"]["interval"] = [-0.01, 0.02]
    made["splits"]["two_classes"][usual]["all"]["less_pooled"]["interval"] = [-0.011, 0.0]
    made["robust"]["two_classes"]["median"]["change"]["interval"] = [-0.02, -0.01]
    fewer = verdict(made)
    assert {name for name in names if fewer[name] == "refuted"} == {
        "unlike",
        "averaging_unlike",
        "median",
    }


# One's own table


@pytest.fixture
def table(tmp_path):
    def write(content):
        path = tmp_path / "mine.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


def rows(count):
    lines = ["party,label,text"]
    for party in ("甲", "乙"):
        lines += [f"{party},good,{party}方第{i}次来，热情满意" for i in range(count)]
        lines += [f"{party},bad,{party}方第{i}次来，又脏又吵" for i in range(count)]
    return "\n".join([*lines, lines[1]])


def test_own_parties_are_compared_with_intervals(table, capsys, monkeypatch):
    monkeypatch.setattr(own_data, "STEPS", 60)
    path = table(rows(12))
    assert run(main, [path, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["left_out"]["repeats"] == 1 and set(found["parties"]) == {"甲", "乙"}
    for one in found["parties"].values():
        assert one["texts"] == 24 and one["majority"] == 0.5
        assert one["accuracy"]["alone"] > 0.9 and one["gain"]["pooled"]["runs"] == 24
    assert "against alone" in own_data.as_table(found)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "is empty"),
        ("text,label\n好,good\n", "no column “party”"),
        (rows(12).replace("乙,", "甲,"), "only one party, “甲”"),
        (rows(9), "has 18 texts without repeats; it takes 20"),
        (rows(12).replace(",bad,", ",good,"), "the label “good”"),
        (b"party,label,text\na,good,\xba\xc3\n", "gb18030"),
    ],
)
def test_a_table_that_cannot_be_used_gets_one_sentence(table, capsys, content, told):
    assert run(main, [table(content)]) == 2
    error = capsys.readouterr().err
    assert told in error and error.count("\n") == 1


def test_a_column_of_names_is_no_party(table, capsys):
    lines = ["party,label,text"]
    lines += [f"p{i},{'good' if i % 2 else 'bad'},第{i}条" for i in range(30)]
    assert run(main, [table("\n".join(lines))]) == 2
    assert "30 parties" in capsys.readouterr().err
