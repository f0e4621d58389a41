"""The lab on validation: functions on cases done by hand or by another library, and the whole in a small setting."""

import copy
import json

import numpy as np
import pytest
from scipy.special import expit, logit
from scipy.stats import ks_2samp
from sklearn.metrics import brier_score_loss, roc_auc_score

from snippets.labs.validation import (
    CHANGES,
    SMALL,
    behaviour,
    calibration,
    drift,
    over_seeds,
    run,
    show,
    texts,
)
from snippets.labs.validation.__main__ import main
from snippets.labs.validation.drift import ALARMS
from snippets.labs.validation.expected import EXPECTED
from snippets.labs.validation.own_data import as_table, judge_file
from snippets.labs.validation.verdict import verdict
from snippets.runs import InputError


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    return run(SMALL, tmp_path_factory.mktemp("kept"))


# Texts


def test_no_review_is_in_two_parts_and_none_has_both_labels():
    data = texts.reviews()
    assert len(data.texts) == 17_358 == len(set(data.texts))
    of = texts.parts(data, {"train": 300, "test": 200}, 1)
    assert not set(of["train"].texts) & set(of["test"].texts)
    assert texts.parts(data, {"train": 300}, 2)["train"].texts != of["train"].texts
    with pytest.raises(ValueError, match="17358"):
        texts.parts(data, {"train": 20_000}, 1)


def test_typos_touch_as_many_characters_as_they_say():
    text, random = "酒店房间很干净服务也很好早餐不错", np.random.default_rng(0)
    for change in (texts.with_homophones, texts.with_random_characters):
        after = change(text, random, 0.25)
        assert len(after) == len(text)
        assert sum(a != b for a, b in zip(text, after, strict=True)) <= 4
    assert len(texts.with_gaps(text, random, 0.25)) == len(text) - 4
    assert sorted(texts.with_swaps(text, random, 0.25)) == sorted(text)
    assert texts.with_homophones("abc 123", random, 0.5) == "abc 123"  # nothing to slip on


def test_a_homophone_has_the_same_reading():
    same, sounds = texts.homophones(), texts.readings()
    assert "他" in same["她"] and "她" not in same["她"]
    assert all(sounds[other] == sounds["是"] for other in same["是"])


def test_a_not_is_put_into_praise_once_and_where_it_belongs():
    assert texts.negated("服务很好，推荐") == "服务很不好，推荐"
    assert texts.negated("值得买") == "不值得买" and texts.negated("值得买", "天") == "天值得买"
    assert texts.negated("不太满意，但值得") == "不太满意，但不值得"
    assert texts.negated("一般") is None and texts.negated("并不推荐") is None


def test_what_a_reader_would_not_notice():
    assert texts.in_half_width("好，真好！") == "好, 真好!"
    assert texts.without_punctuation("好，真好！ ok 1") == "好真好ok1"
    assert texts.slices("书不好，但便宜") == {"book", "negation", "turn", "short"}
    pairs = texts.sentence_pairs()
    assert ("房间很好", "房间不好") in pairs["not"]
    assert ("房间没有一处不好", "房间没有一处好") in pairs["double"]


# Calibration


def test_calibration_error_by_hand_in_both_ways_of_binning():
    sure = np.array([0.6, 0.6, 0.9, 0.9])
    right = np.array([True, False, True, True])
    # |1.2 − 1| + |1.8 − 2| over four
    assert calibration.calibration_error(sure, right, bins=2) == pytest.approx(0.1)
    assert calibration.calibration_error(sure, right, 5, "widths") == pytest.approx(0.1)
    assert calibration.calibration_error(np.ones(3), np.ones(3)) == 0


def test_a_perfect_model_has_an_error_by_chance_that_falls_with_size():
    random = np.random.default_rng(0)
    few, many = (
        calibration.error_by_chance(random.uniform(0.5, 1, size), random, 20)
        for size in (100, 4000)
    )
    assert 0.08 < few < 0.14 and 0.01 < many < 0.025


def test_what_is_judged_agrees_with_scikit_learn():
    random = np.random.default_rng(1)
    p, labels = random.random(200), random.integers(0, 2, 200)
    found = calibration.judged(p, labels)
    assert found["brier"] == pytest.approx(brier_score_loss(labels, p))
    assert found["accuracy"] == pytest.approx(((p > 0.5) == labels).mean())
    firm = np.maximum(p, 1 - p) >= 0.9
    assert found["firm_right"] == pytest.approx(((p > 0.5) == labels)[firm].mean())
    assert calibration.judged(np.array([0.6]), np.array([1]))["firm_right"] is None


@pytest.mark.parametrize("name", calibration.CALIBRATORS)
def test_every_calibrator_mends_scores_that_are_three_times_too_large(name):
    random = np.random.default_rng(2)
    p = random.uniform(0.02, 0.98, 8000)
    labels = (random.random(8000) < p).astype(int)
    scores = 3 * logit(p)
    before = calibration.judged(expit(scores), labels)["error"]
    mended = calibration.CALIBRATORS[name](scores[:4000], labels[:4000])(scores[4000:])
    assert before > 0.1 and calibration.judged(mended, labels[4000:])["error"] < 0.035
    if name == "temperature":
        assert ((mended > 0.5) == (scores[4000:] > 0)).all()
        assert mended == pytest.approx(p[4000:], abs=0.05)


# Drift


def pool_of(scores, labels=None, words=None):
    scores = np.asarray(scores, dtype=float)
    labels = np.ones(len(scores), dtype=int) if labels is None else np.asarray(labels)
    return drift.pool(scores, labels, words or ["好"] * len(scores))


def test_psi_and_ks_against_a_hand_and_scipy():
    reference = np.full(10, 0.1)
    edges = np.arange(0.1, 0.95, 0.1)
    even = np.arange(0.05, 1, 0.1)
    assert drift.psi(np.repeat(even, 5), edges, reference) == pytest.approx(0)
    all_in_one = drift.psi(np.full(10, 0.55), edges, reference)
    p = np.array([10.5] + [0.5] * 9) / 15
    assert all_in_one == pytest.approx(((p - 0.1) * np.log(p / 0.1)).sum())
    random = np.random.default_rng(3)
    one, other = random.random(40), random.random(70) ** 2
    assert drift.ks(one, np.sort(other)) == pytest.approx(ks_2samp(one, other).statistic)


def test_the_two_sample_test_finds_other_characters_and_nothing_in_the_same():
    random = np.random.default_rng(4)

    def words(of, count):
        return ["".join(random.choice(list(of), 12)) for _ in range(count)]

    halves = tuple(
        drift.half(pool_of([1] * 100, words=words("甲乙丙丁戊己庚辛", 100)).characters)
        for _ in (0, 1)
    )
    same, other = (
        drift.told_apart(pool_of([1] * 60, words=words(of, 60)).characters, halves)
        for of in ("甲乙丙丁戊己庚辛", "甲乙子丑寅卯")
    )
    assert 0.3 < same < 0.7 and other > 0.95


def test_the_area_under_the_curve_is_scikit_learns():
    day, old = np.array([1.0, 2.0, 2.0]), np.array([0.0, 2.0, 3.0, 1.0])
    below = np.searchsorted(np.sort(old), day, "left") + np.searchsorted(np.sort(old), day, "right")
    area = roc_auc_score([1] * 3 + [0] * 4, np.concatenate([day, old]))
    assert below.sum() / 2 / 12 == pytest.approx(area)


def test_a_half_counts_characters_by_text():
    made = drift.half(pool_of([1, 1], words=["好好", "坏"]).characters)
    assert made.lengths.tolist() == [2, 1]
    assert made.frequencies.sum() == pytest.approx(1)
    assert made.scored(np.ones(drift.WIDTH)).tolist() == [1, 1]


def test_the_summed_form_adds_up_what_is_unusual_and_forgets_nothing_below_zero():
    daily = np.array([[[0.0], [1.5], [2.5], [0.0]]])
    found = drift.summed(daily, np.array([0.0]), np.array([1.0]))
    assert found[0, :, 0].tolist() == [0, 1, 3, 2.5]


def test_thresholds_let_so_many_quiet_streams_ring_and_alarms_are_dated():
    quiet = np.arange(100.0).reshape(100, 1, 1) * np.array([[[0.5], [1.0]]])
    height = drift.thresholds(quiet, 0.05)
    first = drift.first_alarm(quiet, height)
    assert (first < 2).mean() == 0.05 and set(first.ravel()) == {1, 2}


def test_what_is_caught_before_the_change_is_no_find_and_never_is_said():
    first = np.array([0, 3, 4, 10, 10])  # of 10 days, the change on day 2
    found = drift.caught(first, 2, 10)
    assert found == {"early": 0.2, "found": 0.5, "delay": 3.0, "mean_delay": 5.25}
    assert drift.caught(np.array([10, 10, 3]), 2, 10)["delay"] is None
    assert drift.caught(np.array([0, 1]), 2, 10)["found"] == 0


# The whole


def test_over_seeds_keeps_the_form_and_counts_texts():
    found = over_seeds(
        [{"a": {"b": 1.0, "c": None, "w": "x"}}, {"a": {"b": 3.0, "c": 2.0, "w": "x"}}]
    )
    assert found["a"]["b"]["mean"] == 2 and found["a"]["c"] is None and found["a"]["w"] == {"x": 2}


def test_the_worst_slice_is_held_against_random_groups():
    right = np.array([True] * 90 + [False] * 10)
    some = ["书" + "a" * 20] * 90 + ["b" * 200] * 10
    found = behaviour.by_slice(right, some, 5, 20, 0)
    assert found["worst"] == "long" and found["worst_accuracy"] == 0
    assert found["below_average"] == pytest.approx(0.9) and found["worst_by_chance"] > 0.5


def test_small_run_has_every_alarm_in_every_change(result):
    assert result["data"] == {"reviews": 17_358, "seeds": [1, 2]}
    for of in result["drift"].values():
        assert set(of["alarms"]["summed"]) == set(ALARMS)
    again = result["calibration"]["plain"]["clean"]
    assert again["temperature"]["accuracy_change"]["mean"] == 0


def test_the_verdicts_follow_their_rules(result):
    found = copy.deepcopy(result)
    assert set(verdict(found).values()) <= {"supported", "refuted", "not_tested"}
    for name in CHANGES:
        found["drift"][name]["fall"] = {"mean": 0.0, "interval": [-0.1, 0.1]}
    found["drift"]["standard"]["fall"] = {"mean": 0.1, "interval": [0.05, 0.15]}
    alarms = found["drift"]["standard"]["alarms"]["summed"]
    alarms["psi"]["found"]["mean"], alarms["labels_20"]["found"]["mean"] = 0.5, 0.51
    said = verdict(found)
    assert (said["scores"], said["labels"], said["real_users"]) == (
        "refuted",
        "supported",
        "not_tested",
    )
    pair = found["against_plain"]["hardened"]
    pair["accuracy"]["interval"], pair["loss"]["traditional"]["interval"] = (
        [-0.009, 0.009],
        [-0.1, -0.01],
    )
    assert verdict(found)["behaviour"] == "supported"
    pair["accuracy"]["interval"] = [-0.011, 0.0]
    assert verdict(found)["behaviour"] == "refuted"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_everything_is_shown_in_both_languages(result, language):
    for made in (
        show.hidden_table(result, language),
        show.calibration_table(result, "plain", language),
        show.size_table(result, language),
        show.stated_table(result, language),
        show.shifted_table(result, language),
        show.invariance_table(result, language),
        show.direction_table(result, language),
        show.pairs_table(result, language),
        show.slices_table(result, language),
        show.drift_table(result, "alone", language),
        show.false_alarms_table(result, language),
        show.rules_table(result, language),
        *(show.expected_table(result, group, language) for group in EXPECTED),
    ):
        text = made.bundle["text/plain"]
        assert "None" not in text.replace("None\t", "") and "nan" not in text
    if language == "zh":
        assert "<svg" in show.drift_figure(result, language).bundle["image/svg+xml"]


def test_a_value_is_found_by_its_way_and_missed_quietly():
    assert show.at({"a": {"psi_0.1": {"mean": 2.0}}}, "a.psi_0.1.mean") == 2
    assert show.at({"a": {"b": None}}, "a.b.mean") is None and show.at({}, "a") is None


# One's own tables


def written(folder, name, rows, head="probability,label"):
    path = folder / name
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


def test_own_probabilities_are_judged_and_their_drift(tmp_path):
    random = np.random.default_rng(5)
    p = random.uniform(0.01, 0.99, 600)
    labels = (random.random(600) < p).astype(int)
    too_sure = expit(3 * logit(p))
    old, new = (
        written(tmp_path, name, [f"{a:.5f},{b}" for a, b in zip(values, labels, strict=True)])
        for name, values in (("old.csv", p), ("new.csv", too_sure))
    )
    found = judge_file(new, old)
    assert found["stated"]["error"] > 3 * found["stated"]["error_by_chance"]
    assert found["second_half_mended"]["error"] < found["second_half"]["error"] / 2
    assert found["drift"]["ks"]["value"] > found["drift"]["ks"]["chance"]
    assert "psi" in as_table(found) and "drift" not in judge_file(old)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["0.5,1"] * 99, "99 rows"),
        (["0.5,1"] * 100 + ["1.5,1"], "row 101 has “1.5” in “probability”"),
        (["0.5,1"] * 100 + ["much,1"], "“much”"),
        (["nan,1"] * 100, "“nan”"),
        (["0.5,yes"] * 100, "0 or 1 is needed"),
        (["0.5,0.5"] * 100, "0 or 1 is needed"),
    ],
)
def test_own_table_that_cannot_be_used_gets_one_sentence(tmp_path, rows, said):
    with pytest.raises(InputError, match=said) as error:
        judge_file(written(tmp_path, "mine.csv", rows))
    assert "\n" not in str(error.value)
    with pytest.raises(InputError, match="no column “probability”"):
        judge_file(written(tmp_path, "other.csv", ["1,2"], "score,label"))


def test_a_table_of_one_class_is_judged(tmp_path):
    found = judge_file(written(tmp_path, "one.csv", ["0.5,1"] * 120))
    assert found["stated"]["firm_right"] is None and "-" in as_table(found)


def test_the_command_line_prints_json(tmp_path, capsys):
    path = written(tmp_path, "mine.csv", [f"{i / 200},{i % 2}" for i in range(1, 200)])
    main([str(path), "--json"])
    assert json.loads(capsys.readouterr().out)["rows"] == 199
