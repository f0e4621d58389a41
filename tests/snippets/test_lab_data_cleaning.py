"""The lab on data cleaning: each function on cases done by hand, and the whole in a small setting."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from snippets.labs import data_cleaning as lab
from snippets.labs.data_cleaning import SMALL, Settings
from snippets.labs.data_cleaning.show import (
    gain_table,
    missing_figure,
    missing_table,
    scores_figure,
)
from snippets.labs.data_cleaning.verdict import verdict
from snippets.labs.reviews import Review, comparable, read_reviews
from snippets.labs.statistics import mean_interval

GOOD, BAD = True, False
TEXT = "房间很干净，前台的服务也很热情，离地铁站走路五分钟，下次还住这里。"
TEXTS = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x4E20), max_size=12)


def rows(*pairs):
    return [Review(text, label) for text, label in pairs]


def test_the_reviews_are_there_with_all_their_repeats():
    reviews = read_reviews()
    assert (len(reviews), sum(r.positive for r in reviews)) == (35124, 16548)
    few = read_reviews(5)
    assert len({comparable(r.text) for r in few}) == 10 and len(few) > 10


def test_what_counts_as_the_same_text():
    assert comparable("很  好！ＡＢＣ") == comparable("很 好!abc")
    assert comparable("很好") != comparable("很好。")


def test_shingles_and_their_likeness():
    assert (
        lab.shingles("a b c d") == {"abc", "bcd"}
        and lab.shingles("好") == {"好"}
        and lab.shingles("") == {""}
    )
    assert lab.jaccard({1, 2, 3}, {2, 3, 4}) == 0.5


def test_near_repeats_are_found():
    texts = [
        TEXT,
        TEXT.replace("很干净", "真干净"),
        "完全是另一回事，屏幕有亮点，要求退货。",
        TEXT[:8],
    ]
    assert lab.near_pairs(texts, 0.7) == lab.all_near_pairs(texts, 0.7) == [(0, 1)]


@settings(deadline=None, max_examples=30)
@given(st.lists(TEXTS, min_size=1, max_size=25))
def test_comparing_all_finds_what_a_double_loop_finds(texts):
    runs = [lab.shingles(text) for text in texts]
    right = [
        (i, j) for j in range(len(texts)) for i in range(j) if lab.jaccard(runs[i], runs[j]) >= 0.7
    ]
    assert lab.all_near_pairs(texts, 0.7, block=7) == sorted(right)
    assert set(lab.near_pairs(texts, 0.7)) <= set(right)


def test_groups_go_around_corners():
    assert lab.groups(5, [(0, 2), (2, 4)]).tolist() == [0, 1, 0, 2, 0]
    assert lab.groups(2, []).tolist() == [0, 1]


def test_repeats_and_contradictions():
    reviews = rows(
        ("好", GOOD), (" 好", GOOD), ("", GOOD), ("一般", GOOD), ("一般", BAD), ("差", BAD)
    )
    once = lab.without_repeats(reviews)
    assert [r.text for r in once] == ["好", "一般", "差"]
    assert [r.text for r in lab.without_contradictions(once, reviews)] == ["好", "差"]
    near = rows((TEXT, GOOD), ("别的", BAD), (TEXT + "！", GOOD))
    assert lab.without_near_repeats(near, SMALL) == near[:2]


def test_only_repeats_are_edited():
    reviews = rows((TEXT, GOOD), ("别的", BAD), (TEXT, GOOD))
    changed = lab.edited(reviews, 2, 1)
    assert changed[:2] == reviews[:2] and changed == lab.edited(reviews, 2, 1)
    assert 0 < sum(a != b for a, b in zip(changed[2].text, TEXT, strict=True)) <= 2


def test_nothing_unseen_has_been_seen():
    reviews = read_reviews(300)
    groups = lab.grouped(reviews, SMALL)
    collected, unseen = lab.put_aside(reviews, groups, SMALL, 1)
    there, here = ({groups[comparable(r.text)] for r in side} for side in (collected, unseen))
    assert not there & here and len(here) == len(unseen)
    assert len(unseen) == pytest.approx(0.15 * len(groups), abs=20)
    assert (
        len(collected)
        + sum(groups[comparable(r.text)] not in there for r in reviews if comparable(r.text))
        >= len(reviews) - 1
    )


def test_a_repeat_in_the_test_set_is_counted_and_pays():
    generator = np.random.default_rng(0)
    noise = ["".join(generator.choice(list("天地玄黄宇宙洪荒日月盈昃"), 9)) for _ in range(120)]
    labelled = rows(
        *((text, bool(generator.integers(2))) for text in noise)
    )  # nothing to learn, only to remember
    unseen = rows(
        *(("".join(generator.choice(list("天地玄黄宇宙洪荒"), 9)), i % 2 == 0) for i in range(100))
    )
    counted = lab.Counted([*labelled, *unseen])
    once = lab.believed_and_true(counted, labelled, unseen, 1)
    thrice = lab.believed_and_true(counted, labelled * 3, unseen, 1)
    assert once["leaked"] < 3 and thrice["leaked"] / thrice["test"] > 0.8
    assert thrice["own"] > 0.7 > max(once["own"], thrice["unseen"])


def test_counting_once_gives_the_same_model():
    reviews = read_reviews(120)
    train, test = reviews[::2], reviews[1::2]
    usual = make_pipeline(
        TfidfVectorizer(analyzer="char", ngram_range=(1, 2), min_df=2, sublinear_tf=True),
        LogisticRegression(C=2, max_iter=1000),
    )
    usual.fit([r.text for r in train], [r.positive for r in train])
    score = usual.score([r.text for r in test], [r.positive for r in test])
    assert lab.accuracies(lab.Counted(reviews), train, test, looseness=2) == [pytest.approx(score)]


@pytest.mark.parametrize(
    "kind, is_mended",
    [
        ("utf8-as-latin1", True),
        ("utf8-as-gb18030", False),
        ("gb18030-as-latin1", True),
        ("gb18030-as-utf8", False),
    ],
)
def test_broken_encoding_is_found(kind, is_mended):
    broken = lab.GARBLES[kind](TEXT)
    assert broken != TEXT and lab.is_broken(broken) and not lab.is_broken(TEXT)
    assert (lab.mended(broken) == TEXT) is is_mended and lab.mended(TEXT) == TEXT


def test_a_text_of_whole_pairs_turns_back_from_gb18030():
    broken = lab.GARBLES["utf8-as-gb18030"]("质量不错")
    assert broken == "璐ㄩ噺涓嶉敊" and lab.mended(broken) == "质量不错"
    assert lab.ftfy.fix_encoding(broken) == broken  # why our rule is there


@settings(deadline=None)
@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0xD7FF)))
def test_turning_back_is_the_way_back(text):
    broken = lab.read_wrongly(text, "gb18030", "latin-1")
    assert lab.turned(broken, "latin-1", "gb18030") in (text, "")


def test_shares():
    found = lab.detection([TEXT, "质量不错", "plain", TEXT + "好"], 0.5, 1)
    assert set(found["kinds"]) == set(lab.GARBLES) and found["false_alarms"]["count"] == 0
    assert lab.share_of(1, 4)["share"] == 0.25


def test_means_with_intervals():
    found = mean_interval([1.0, 2.0, 3.0])
    assert found["mean"] == 2 and found["runs"] == 3
    assert found["interval"] == pytest.approx([2 - 4.302653 / 3**0.5, 2 + 4.302653 / 3**0.5])
    with pytest.raises(ValueError, match="at least two"):
        mean_interval([1.0])


def test_labels_are_lost_by_kind():
    reviews = rows(*((str(i), i % 2 == 0) for i in range(4000)))
    there, lost = lab.without_labels(reviews, 0.2, 0.8, 1)
    assert len(there) + len(lost) == 4000
    assert sum(r.positive for r in lost) == pytest.approx(400, abs=60)
    assert sum(not r.positive for r in lost) == pytest.approx(1600, abs=60)


def test_ways_to_go_on_without_labels():
    there = rows(("很好很好", GOOD), ("真好真好", GOOD), ("很差真差", BAD))
    lost = rows(("很好真好", BAD), ("很差很差", GOOD))  # labels that nobody has any more
    counted = lab.Counted([*there, *lost])
    assert lab.filled(counted, there, lost, "drop") == there
    assert [r.positive for r in lab.filled(counted, there, lost, "commonest")[3:]] == [GOOD, GOOD]
    many = there * 20
    assert [r.positive for r in lab.filled(counted, many, lost, "predicted")[60:]] == [GOOD, BAD]


def told(**changed):
    """A result in which every step does what is said of it, but for what is changed."""

    def score(mean):
        return {"mean": mean, "interval": [mean - 0.005, mean + 0.005]}

    given = {"raw": 0.1, "repeats": 0, "near": 0, "pairs": 0, "found": 1, "mended": 1}
    given |= {"loss": 0.004, "loss_by_label": 0.004} | changed
    inflation = {name: {"inflation": score(given[name])} for name in ("raw", "repeats", "near")}
    return {
        "scores": {"real": inflation, "edited": inflation},
        "found": {"near_pairs_other_label": given["pairs"]},
        "encoding": {"kinds": {"x": {n: {"share": given[n]} for n in ("found", "mended")}}},
        "missing": {
            "complete": {"drop": {"loss": score(0)}},
            "random": {"drop": {"loss": score(given["loss"])}, "fill": {"loss": score(0.2)}},
            "by_label": {"drop": {"loss": score(given["loss_by_label"])}},
        },
    }


@pytest.mark.parametrize(
    "technique, changed",
    [
        ("repeats", {"raw": 0.014}),  # nothing that cleaning could have mended
        ("repeats", {"repeats": 0.02}),
        ("near", {"near": -0.02}),
        ("labels", {"pairs": 1}),
        ("finding", {"found": 0.98}),
        ("mending", {"mended": 0.98}),
        ("complete", {"loss_by_label": 0.009}),
    ],
)
def test_the_verdicts(technique, changed):
    holds = verdict(told())
    assert {*holds.values()} == {"supported", "not_tested"} and holds["fields"] == "not_tested"
    assert verdict(told(**changed)) == {**holds, technique: "refuted"}


def test_a_small_run(tmp_path):
    small = Settings(distinct=150, seeds=(1, 2), damage=(0.2,), hashes=64)
    result = lab.run(small, tmp_path)
    assert result == lab.run(small, tmp_path)  # from what was kept
    assert (
        result["found"]["rows"]
        > result["found"]["left"]["repeats"]
        >= result["found"]["left"]["near"]
    )
    raw, clean = (result["scores"]["real"][stage] for stage in ("raw", "near"))
    assert raw["leaked"] > 0.5 and clean["leaked"] == 0
    assert result["final"]["raw"]["gain"]["mean"] == 0 and set(result["final"]) == {
        "raw",
        "repeats",
        "labels",
        "near",
        "loose",
    }
    assert raw["inflation"]["mean"] > clean["inflation"]["mean"]
    for score in (raw, clean):
        assert all(0.5 < score[name]["mean"] <= 1 for name in ("own", "unseen"))
        assert score["inflation"]["mean"] == pytest.approx(
            score["own"]["mean"] - score["unseen"]["mean"]
        )
    assert set(result["damage"]) == {"clean", "broken-0.2", "wrong-0.2"}
    lost = result["missing"]
    assert set(lost) == {"complete", "random", "by_label"} and set(lost["random"]) == set(lab.WAYS)
    assert lost["complete"]["drop"]["loss"]["mean"] == 0 and lost["random"]["drop"]["rows"] < 200
    assert "supported" in verdict(result).values()
    for show in (missing_figure, missing_table, scores_figure, gain_table):
        assert show(result, "zh") and show(result, "en")
