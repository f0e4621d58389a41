"""The lab on feedback: its rules on cases done by hand, the whole in a small setting, and one's own table."""

import copy
import csv
import json

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from snippets.labs import feedback as lab
from snippets.labs.feedback import SMALL, active, flips, loop, own_data, show, skew
from snippets.labs.feedback.__main__ import main
from snippets.labs.feedback.active import Asked, Study
from snippets.labs.feedback.data import Split, mixed, weighted
from snippets.labs.feedback.expected import EXPECTED
from snippets.labs.feedback.learner import choose, learn
from snippets.labs.feedback.verdict import verdict
from snippets.runs import run


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    return lab.run(SMALL, tmp_path_factory.mktemp("kept"))


@pytest.fixture(scope="module")
def recorded():
    path = lab.__file__.replace("__init__.py", "result.json")
    with open(path, encoding="utf-8") as file:
        return json.load(file)


class Told:
    """A model whose probabilities of class 1 are the first column of what it is asked about."""

    classes_ = np.array([0, 1])

    def predict_proba(self, features):
        likely = np.asarray(features)[:, 0]
        return np.column_stack([1 - likely, likely])


def asked_about(likely, vectors=None):
    pool = np.array(likely)[:, None]
    few = np.array([[0.0], [1.0], [0.1], [0.9]])
    return Asked(
        pool,
        None if vectors is None else np.array(vectors),
        few,
        np.array([0, 1, 0, 1]),
        np.array([0, 1]),
        Told(),
        1.0,
        0,
        np.random.default_rng(0),
    )


# Data


def test_a_character_that_the_pool_does_not_repeat_counts_as_none():
    pool = csr_matrix(np.array([[1, 2, 0], [1, 0, 1]]))
    test = csr_matrix(np.array([[1, 0, 5]]))
    features, asked = weighted(pool, test)
    assert features.toarray().tolist() == [[1, 0, 0], [1, 0, 0]]  # the others stand in one text
    assert asked.toarray().tolist() == [[1, 0, 0]]


def test_a_mix_has_its_share_and_two_mixes_share_no_row():
    labels = np.array([1] * 50 + [0] * 50)
    rows = np.random.default_rng(0).permutation(100)
    first, second = mixed(labels, rows, 20, 0.8, 0), mixed(labels, rows, 20, 0.8, 20)
    assert labels[first].sum() == labels[second].sum() == 16
    assert len(set(first) | set(second)) == 40


# The classifier


def test_weights_matter_by_their_proportions_alone():
    random = np.random.default_rng(0)
    x, y = csr_matrix(random.random((40, 5))), np.array([0, 1] * 20)
    weights = random.random(40)
    one, ten = (learn(x, y, 1.0, weights * factor).coef_ for factor in (1, 10))
    assert one == pytest.approx(ten)
    assert one != pytest.approx(learn(x, y, 1.0).coef_)


def test_strength_is_chosen_within_the_labels_and_needs_two_of_each_class():
    random = np.random.default_rng(0)
    y = np.array([0, 1] * 20)
    x = random.normal(size=(40, 2)) * 0.1 + y[:, None]
    found = choose(x, y)
    assert found.own == 1 and found.strength in (1.0, 10.0, 100.0)
    with pytest.raises(ValueError):
        choose(x[:4], np.array([0, 0, 0, 1]))


# Asking


def test_margin_asks_where_the_two_likeliest_are_closest():
    asked = asked_about([0.9, 0.52, 0.1, 0.45, 0.7])
    assert active.margin(asked, np.arange(5), 2).tolist() == [1, 3]
    assert active.margin(asked, np.array([0, 2, 4]), 1).tolist() == [4]  # of the rest only


def test_hybrid_takes_one_of_each_cluster():
    likely = [0.5, 0.51, 0.52, 0.4, 0.41, 0.99]
    places = [[0, 0], [0, 0.1], [0.1, 0], [9, 9], [9, 9.1], [5, 5]]
    chosen = active.hybrid(asked_about(likely, places), np.arange(6), 3)
    assert sorted(chosen.tolist()) == [0, 4, 5]


def test_hybrid_fills_up_when_texts_are_alike():
    chosen = active.hybrid(asked_about([0.5, 0.6, 0.7, 0.8], [[0, 0]] * 4), np.arange(4), 3)
    assert len(set(chosen.tolist())) == 3 and 0 in chosen


def test_a_committee_asks_where_it_disagrees(monkeypatch):
    class Voter(Told):
        def __init__(self, bound):
            self.bound = bound

        def predict(self, features):
            return (np.asarray(features)[:, 0] > self.bound).astype(int)

    bounds = iter([0.3, 0.4, 0.5, 0.6, 0.7])
    monkeypatch.setattr(active, "learn", lambda *_: Voter(next(bounds)))
    chosen = active.committee(asked_about([0.1, 0.35, 0.55, 0.95]), np.arange(4), 2)
    assert chosen.tolist() == [2, 1]  # three against two, then four against one


def test_all_begin_with_the_same_labels_and_two_of_a_rare_class():
    labels = np.zeros(200, dtype=int)
    labels[:6] = 1
    order = active.beginning(labels, 30, np.random.default_rng(0))
    assert sorted(order) == list(range(200)) and labels[order[:30]].sum() >= 2


def test_so_many_answers_are_wrong():
    labels = np.arange(100) % 4
    answers = active.wrong_answers(labels, 0.1, np.random.default_rng(0))
    assert (answers != labels).sum() == 10 and set(answers) == set(range(4))


def test_a_strategy_asks_in_batches_and_is_tested_at_the_sizes():
    random = np.random.default_rng(0)
    labels = np.array([0, 1] * 60)
    features = random.normal(size=(120, 3)) + labels[:, None]
    split = Split(features, labels, features, labels)
    study = Study(("random", "margin"), 10, 7, (10, 20, 30), (40,))
    found = active.follow(split, None, study, "margin", 0, rare=False)
    chance = active.follow(split, None, study, "random", 0, rare=False)
    assert [one["size"] for one in found] == [10, 20, 30]
    assert [one["size"] for one in chance] == [10, 20, 30, 40]
    assert found[0] == chance[0]


@pytest.mark.parametrize(
    ("score", "labels"), [(0.7, 100), (0.75, 316.2), (0.8, 1000), (0.65, 100), (0.9, np.inf)]
)
def test_how_many_labels_at_random_a_score_needs(score, labels):
    curve = [(100, 0.7), (1000, 0.8), (2000, 0.79)]  # the last one falls, and counts as level
    assert lab.labels_for(score, curve) == pytest.approx(labels, rel=1e-3)


def test_worth_without_an_end_says_none():
    random = np.array([[0.7, 0.8], [0.7, 0.8]])
    beyond = lab.worth(np.array([0.9, 0.9]), 200, random, (100, 1000), 20)
    assert beyond == {
        "labels": None,
        "interval": [None, None],
        "times": None,
        "times_interval": [None, None],
    }
    reached = lab.worth(np.array([0.8, 0.8]), 500, random, (100, 1000), 20)
    assert reached["times"] == pytest.approx(2) and reached["times_interval"] == pytest.approx(
        [2, 2]
    )


# The loop


def test_what_is_seen():
    likely, random = np.array([0.9, 0.2, 0.8, 0.4]), np.random.default_rng(0)
    let, chance = loop.seen(likely, loop.Mode("top", 0.05), 0.5, random)
    assert let.tolist() == [True, False, True, False]
    assert chance.tolist() == [1, 0.05, 1, 0.05]
    let, chance = loop.seen(likely, loop.Mode("threshold"), 0.25, random)
    assert let.tolist() == [True, False, True, False] and chance.tolist() == [1, 0, 1, 0]
    let, chance = loop.seen(likely, loop.Mode("control"), 0.25, random)
    assert let.sum() == chance.sum() == 1
    assert loop.seen(likely, loop.Mode("all"), 0.25, random)[1].tolist() == [1] * 4


def test_weights_undo_what_was_rarely_seen():
    # 10 let through, all right; of 100 others, half of them right, one in ten was seen.
    right = np.array([1.0] * 10 + [1.0, 0.0] * 5)
    weights = np.array([1.0] * 10 + [10.0] * 10)
    assert loop.weighted_mean(right, weights) == pytest.approx((10 + 50) / 110)


# Who answers


def test_the_dissatisfied_answer_more_often_and_weights_undo_it():
    users = skew.Users(0, 0, 0.8, 0.1, 5, (5,), 0.1)
    satisfied = np.array([1] * 8000 + [0] * 2000)
    rows = skew.who_answers(satisfied, users, np.random.default_rng(0))
    answers = satisfied[rows]
    assert answers.mean() == pytest.approx(800 / 1800, abs=0.03)
    assert np.average(answers, weights=skew.counted(answers, 5)) == pytest.approx(0.8, abs=0.02)


# Updates


def test_what_broke_and_what_was_mended():
    labels = np.array([1, 1, 1, 0, 0])
    old, new = np.array([0.9, 0.9, 0.1, 0.1, 0.9]), np.array([0.9, 0.2, 0.8, 0.1, 0.2])
    assert flips.compared(old, new, labels) == pytest.approx(
        {"before": 0.6, "after": 0.8, "broken": 0.2, "mended": 0.4, "broken_of_right": 1 / 3}
    )


def test_distilling_from_a_model_that_says_the_labels_is_learning_from_the_labels():
    random = np.random.default_rng(0)
    y = np.array([0, 1] * 30)
    x = csr_matrix(random.random((60, 4)) + 0.3 * y[:, None])
    plain = learn(x, y, 1.0)
    soft = flips.distilled(x, y, y.astype(float), 1.0, only_right=False)
    assert soft.coef_ == pytest.approx(plain.coef_, abs=1e-3)
    wrong = flips.distilled(x, y, 1 - y.astype(float), 1.0, only_right=True)  # it is never right
    assert wrong.coef_ == pytest.approx(plain.coef_, abs=1e-3)


# The whole


def test_the_result_holds_every_study_and_is_plain(result):
    assert json.loads(json.dumps(result, allow_nan=False)) == result
    assert set(result["active"]) == {
        "plain",
        "small",
        "wrong",
        "batch_250",
        "batch_750",
        "rare",
        "digits",
    }
    assert (
        result["active"]["plain"]["random"]["20"]["score"]
        == result["active"]["plain"]["margin"]["20"]["score"]
    )
    assert result["active"]["plain"]["margin"]["20"]["lead"]["mean"] == 0
    assert result["loop"]["top_0"]["extra"]["mean"] == 0
    assert result["loop"]["top_0"]["labels"] == result["loop"]["control"]["labels"]
    assert result["loop"]["control"]["against_control"]["accuracy"]["mean"] == 0
    assert result["skew"]["asked"]["against_asked"]["satisfied"]["mean"] == 0
    assert result["flips"]["40-80"]["plain"]["against_plain"]["broken"]["mean"] == 0


def test_the_expectations_are_about_what_is_recorded(recorded):
    for way in EXPECTED:
        found = recorded
        for part in way.split("."):
            found = found[part]
        assert isinstance(found, float), way


def test_verdicts_follow_the_intervals(result):
    changed = copy.deepcopy(result)
    loss = {"mean": -0.1, "interval": [-0.2, -0.05], "runs": 20}
    gain = {"mean": 0.1, "interval": [0.05, 0.2], "runs": 20}
    level = {"mean": 0.0, "interval": [-0.1, 0.1], "runs": 20}
    for size in changed["active"]["plain"]["margin"].values():
        size["lead"] = gain
    for size in changed["active"]["small"]["margin"].values():
        size["lead"] = level
    changed["loop"]["top_0"]["gain"]["accuracy"] = loss
    changed["loop"]["top_0"]["own_less_true"] = gain
    changed["loop"]["top_5"]["against_control"]["accuracy"] = level
    changed["loop"]["weighted_5"]["against_control"]["accuracy"] = loss
    changed["skew"]["raw"]["against_asked"]["satisfied"] = loss
    changed["skew"]["raw"]["against_asked"]["order"] = gain
    update = changed["flips"]["40-80"]
    update["plain"] |= {"gain": gain, "broken": gain}
    update["averaged"]["against_plain"] |= {"broken": loss, "after": level}
    found = verdict(changed)
    assert (
        found
        | {
            "asking": "supported",
            "asking_small": "refuted",
            "loop": "refuted",
            "own_figure": "refuted",
            "random_share": "supported",
            "weights": "refuted",
            "volunteers": "refuted",
            "volunteers_model": "supported",
            "update": "supported",
            "update_safe": "refuted",
            "averaged": "supported",
            "people": "not_tested",
        }
        == found
    )
    update["averaged"]["against_plain"]["after"] = loss
    assert verdict(changed)["averaged"] == "refuted"


# One's own table


def table_of(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("text", "label"), *rows])
    return str(path)


ROWS = [
    (
        f"{'好' if i % 2 else '差'}{'很' * (i % 7)}{chr(0x4E00 + i)}{chr(0x5000 + i * 3)}",
        "yn"[i % 2],
    )
    for i in range(120)
]


def test_ones_own_table_is_compared(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(own_data, "SEEDS", 2)
    assert run(main, [table_of(tmp_path / "mine.csv", [*ROWS, ROWS[0]]), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["texts"] == 120 and found["left_out"] == 1
    assert found["sizes"]["20"]["lead"]["mean"] == 0
    assert 0 <= found["update"]["broken"]["mean"] <= 1


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (ROWS[:60], "60 different texts are too few"),
        ([(text, "y") for text, _ in ROWS], "nothing to tell apart"),
        ([*ROWS, ("没有标签", "")], "row 121 has no label"),
        ([*ROWS, *[(f"第{i}", "z") for i in range(3)]], "“z” is too small"),
    ],
)
def test_a_table_that_cannot_be_used_gets_one_sentence(tmp_path, capsys, rows, told):
    assert run(main, [table_of(tmp_path / "mine.csv", rows)]) == 2
    error = capsys.readouterr().err
    assert told in error and error.count("\n") == 1 and "Traceback" not in error


# What is shown

SHOWN = (
    show.asking_figure,
    show.asking_table,
    show.sizes_table,
    show.strategies_table,
    show.own_table,
    show.loop_figure,
    show.loop_table,
    show.against_table,
    show.skew_table,
    show.flips_table,
    show.updates_table,
    show.expected_table,
)


@pytest.mark.parametrize("made", SHOWN, ids=lambda made: made.__name__)
def test_everything_is_shown_in_both_languages_in_small_and_as_recorded(result, recorded, made):
    for of in (result, recorded):
        chinese, english = (made(of, language).bundle for language in ("zh", "en"))
        assert chinese["text/plain"] != english["text/plain"]
        shape = [bundle.get("text/html", "").count("<td") for bundle in (chinese, english)]
        assert shape[0] == shape[1]


def test_what_random_does_not_reach_is_said_so():
    text = {"beyond": "over {}", "more": "more", "none": "—"}
    study = {"random": {"100": {}, "3200": {}}}
    one = {"labels": None, "interval": [None, None], "times": None, "times_interval": [None, None]}
    assert show.worth_words(one, study, text, "en") == ("over 3,200", "—")
    one = {"labels": 1200.4, "times": 1.5, "times_interval": [1.2, None]}
    count, times = show.worth_words(one, study, text, "en")
    assert count == "1,200" and times.replace("\u00a0", " ") == "1.50 (1.20 to more)"
