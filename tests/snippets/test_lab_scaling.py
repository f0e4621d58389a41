"""The lab on scaling: texts, model, curves and controls on cases done by hand, and the whole in a small setting."""

import copy
import json
import math

import numpy as np
import pytest
import torch

from snippets.labs import scaling as lab
from snippets.labs.scaling import SMALL, laws, model, show
from snippets.labs.scaling.__main__ import main
from snippets.labs.scaling.controls import Counts, compressed
from snippets.labs.scaling.expected import FIGURES, VERDICTS
from snippets.labs.scaling.model import Model, Size
from snippets.labs.scaling.own_points import as_table, compare, read_points
from snippets.labs.scaling.text import BYTES, Document, Vocabulary, dealt, stream, without_leaks
from snippets.labs.scaling.verdict import verdict
from snippets.runs import InputError


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def result(folder):
    return lab.run(SMALL, folder)


# Texts


def test_the_vocabulary_loses_nothing():
    vocabulary = Vocabulary(["第一条\n", "第二条\n"], 3)
    assert len(vocabulary) == BYTES + 3 and set(vocabulary.tokens) == {"\n", "条", "第"}
    tokens = vocabulary.encode("第𠮷条é")
    assert len(tokens) == 1 + 4 + 1 + 2 and tokens.max() < len(vocabulary)
    assert vocabulary.decode(tokens) == "第𠮷条é"
    assert vocabulary.decode(tokens[:3]) == "第"  # the beginning of a character is none


def test_equal_counts_do_not_depend_on_the_order_of_the_texts():
    one, other = Vocabulary(["甲乙丙"], 2), Vocabulary(["丙乙甲"], 2)
    assert one.tokens == other.tokens


def test_repeats_and_shared_sentences_leave_the_training_part():
    shared = "县级以上人民政府应当加强对本行政区域内工作的领导"
    train = [Document("a", ("甲" * 9, "甲" * 9, shared + "。", "另外的一条，谁也没有写过同样的话"))]
    kept, repeats, leaks = without_leaks(train, [Document("b", (shared,))])
    assert (repeats, leaks) == (1, 1) and kept[0].parts == (train[0].parts[0], train[0].parts[3])


def test_whole_documents_are_dealt_and_the_longest_are_for_training():
    documents = [Document(str(i), (chr(0x4E00 + i) * (10 * (i + 1)),)) for i in range(20)]
    corpus = dealt(documents, test=150, validation=60, longest=120, seed=1)
    names = [{d.name for d in part} for part in (corpus.train, corpus.validation, corpus.test)]
    assert sum(map(len, names)) == 20 == len(set.union(*names))
    assert max(len(d.text) for d in corpus.test + corpus.validation) <= 120
    assert sum(len(d.text) for d in corpus.test) >= 150


def test_a_stream_is_read_once_and_a_shorter_one_is_its_beginning():
    vocabulary = Vocabulary(["甲乙丙丁"], 4)
    documents = [Document("a", ("甲乙", "丙丁", "丁甲"))]
    long, short = (stream(documents, vocabulary, count, 3) for count in (9, 7))
    assert len(long) == 9 and long[:7].tolist() == short.tolist()
    with pytest.raises(ValueError, match="the documents hold"):
        stream(documents, vocabulary, 10, 3)


# The model


def test_parameters_and_operations_by_hand():
    width, blocks = 16, 2
    by_hand = blocks * (12 * width * width + 13 * width)  # weights, biases and normalisations
    assert model.parameters(Size(width, blocks)) == by_hand == 6560
    assert model.operations(Size(width, blocks), 100, 10) == 6 * (by_hand + 100 * width) * 10


def test_no_token_sees_what_comes_after_it():
    torch.manual_seed(0)
    made = Model(Size(16, 2), 50).eval()
    rows = torch.randint(50, (1, 20))
    other = rows.clone()
    other[0, 12:] = (other[0, 12:] + 1) % 50
    with torch.no_grad():
        a, b = made(rows), made(other)
    assert torch.allclose(a[0, :12], b[0, :12], atol=1e-5) and not torch.allclose(
        a[0, 12], b[0, 12]
    )


def test_the_rate_rises_falls_and_goes_with_the_width():
    assert model.rate(Size(64, 4), 0.64) == 0.01 == model.rate(Size(128, 4), 1.28)
    shares = [model.at_step(step, 100) for step in range(100)]
    assert shares[0] == 0.1 and shares[9] == shares[10] == 1 and shares[-1] < 0.11
    assert all(a >= b for a, b in zip(shares[10:], shares[11:], strict=False))


def test_every_token_of_a_text_is_counted_once():
    """A model of even logits gives log2 of the vocabulary for each token but the first, whatever the windows."""
    made = Model(Size(4, 1), 8)
    with torch.no_grad():
        made.tokens.weight.zero_()
    texts = [np.zeros(n, dtype=np.int64) for n in (2, 40, 129, 130, 225, 226, 500)]
    assert model.bits(made, texts) == pytest.approx([3 * (len(text) - 1) for text in texts])


def test_training_learns_what_repeats_and_the_seed_decides():
    data = np.tile(np.arange(8), 400)
    one, same, other = (model.trained(Size(8, 1), 8, data, 0.3, seed) for seed in (1, 1, 2))
    assert all(torch.equal(a, b) for a, b in zip(one.parameters(), same.parameters(), strict=True))
    assert not torch.equal(one.tokens.weight, other.tokens.weight)
    assert model.bits(one, [data[:100]])[0] / 99 < 2.0  # by chance: 3


# The curves


SIZES = [6560, 14400, 38000, 85000, 200000, 793000]


@pytest.mark.parametrize(
    ("law", "losses"),
    [
        ("power", lambda n: 7 * (n / 1e5) ** -0.07),
        ("power_floor", lambda n: 4 + 1.5 * (n / 1e5) ** -0.4),
        ("logarithm", lambda n: 12 - 0.5 * math.log(n)),
        ("exponential", lambda n: 5 + 2 * math.exp(-n / 50_000)),
    ],
)
def test_each_curve_finds_itself_and_foretells_the_largest(law, losses):
    points = np.array([losses(n) for n in SIZES])
    found = laws.fit(law, SIZES[:5], points[:5])
    assert laws.value(law, found, SIZES[5])[0] == pytest.approx(points[5], abs=0.003)
    others = [one for one in laws.LAWS if one != law]
    off = [laws.value(one, laws.fit(one, SIZES, points), 3e6)[0] for one in others]
    assert max(abs(one - losses(3e6)) for one in off) > 0.05


def test_a_floor_is_never_below_zero_and_too_few_sizes_are_refused():
    falling = 7 * (np.array(SIZES) / 1e5) ** -0.02
    falling[-1] -= 0.5
    assert laws.fit("power_floor", SIZES, falling)["floor"][0] >= 0
    with pytest.raises(ValueError, match="power_floor has 3 parameters"):
        laws.fit("power_floor", SIZES[:2], falling[:2])


def test_many_sets_at_once_give_what_each_gives_alone():
    points = np.array([[6 + n / 9 for n in range(6, 0, -1)], [9.0, 8, 7.5, 7.2, 7.1, 7.0]])
    both = laws.fit("logarithm", SIZES, points)
    for row, losses in enumerate(points):
        alone = laws.fit("logarithm", SIZES, losses)
        assert both["factor"][row] == pytest.approx(alone["factor"][0])


def test_a_loss_weighs_documents_by_their_characters():
    assert laws.loss(np.array([[10.0, 5], [90, 15]])) == 5
    of = np.array([[[10.0, 5], [90, 15]], [[20, 5], [90, 15]]])
    drawn = laws.drawn(of, np.array([[0, 0], [0, 1]]), np.array([[1.0, 1], [2, 0]]))
    assert drawn.tolist() == [5, 3]


def test_predictions_and_the_guesses_that_need_no_curve():
    runs = [np.array([[[loss * 100, 100]]] * 2) + [[[0, 0]], [[1, 0]]] for loss in (8, 7, 6.4, 6)]
    told = laws.predicted(SIZES[:4], [np.array(r).reshape(2, 1, 2) for r in runs], SIZES[5], 2)
    assert told["naive"] == pytest.approx(6.005) and told["step"] < told["naive"]
    for one in told["laws"].values():
        assert one["interval"][0] <= one["value"] <= one["interval"][1]


# Controls


def test_counting_by_hand_and_all_chances_sum_to_one():
    data = np.array([0, 1, 0, 1, 0, 2])
    counts = Counts(data, 2, 4)
    chances = [2 ** -counts.bits(np.array([0, after])) for after in range(4)]
    assert sum(chances) == pytest.approx(1) and chances[1] > chances[2] > chances[3] > 0


def test_longer_runs_cost_less_on_text_that_repeats_and_nothing_is_known_of_others():
    data = np.tile(np.arange(50), 20)
    few, many = Counts(data, 1, 64), Counts(data, 3, 64)
    assert many.bits(data[:200]) < 0.2 * few.bits(data[:200])
    with pytest.raises(ValueError, match="do not fit"):
        Counts(data, 6, 64)


def test_compressors_are_better_once_they_have_seen_the_like():
    text = "第一条 为了规范民事诉讼活动，保护当事人的合法权益，制定本法。"
    found = compressed([text], text * 3)
    assert found["xz_known"] < found["xz"] and found["gzip_known"] < found["gzip"]


# The whole


def test_the_largest_is_foretold_before_it_is_trained(result, folder):
    largest = SMALL.sizes[-1].name
    steps = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
    names = [path.stem for path in steps]
    assert names.index("prediction") < min(
        place for place, name in enumerate(names) if largest in name
    )
    assert all(
        f"run-{size.name}-1" in names[: names.index("prediction")] for size in SMALL.sizes[:-1]
    )
    assert result["prediction"]["measured"] == pytest.approx(result["sizes"][-1]["test"]["mean"])


def test_a_small_run_is_whole(result):
    assert len(result["sizes"]) == 6 and result["data"]["tokens"] == SMALL.tokens
    for one in result["sizes"]:
        assert one["test"]["interval"][0] <= one["test"]["mean"] <= one["test"]["interval"][1]
    work = [
        model.operations(size, 256 + SMALL.characters, one["tokens"])
        for size, one in zip(SMALL.equal, result["equal"]["sizes"], strict=False)
        if size.name == one["name"]
    ]
    assert all(abs(w / result["equal"]["operations"] - 1) < 0.01 for w in work)
    assert set(result["fewer"]["larger_less_smaller"]) == {"1", *map(str, SMALL.fewer)}
    json.dumps(result, allow_nan=False)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_is_shown_in_both_languages(result, language):
    for name, rows in (("sizes", 7), ("prediction", 7), ("laws", 9), ("fewer", 5), ("equal", 6)):
        shown = getattr(show, f"{name}_table")(result, language).bundle["text/html"]
        assert shown.count("<tr>") == rows
    for name in ("controls", "rates", "expected"):
        assert "<td" in getattr(show, f"{name}_table")(result, language).bundle["text/html"]
    for draw in (show.curve_figure, show.equal_figure):
        assert draw(result, language).bundle["image/svg+xml"].startswith("<?xml")
    assert set(show.EXPECTED) == set(FIGURES)


def test_the_verdicts_follow_the_figures(result):
    found = verdict(result)
    assert set(VERDICTS) < set(found) and found["large"] == "not_tested"
    changed = copy.deepcopy(result)
    for step in changed["steps"]:
        step["test"]["interval"] = [-0.2, -0.1]
    changed["prediction"]["naive_error"] = 0.5
    changed["prediction"]["laws"]["power_floor"].update(error=0.1, inside=False)
    changed["prediction"]["laws"]["logarithm"]["error"] = -0.05
    changed["equal"]["best"] = changed["sizes"][-1]["name"]
    found = verdict(changed)
    assert found["parameters"] == found["prediction"] == found["equal_compute"] == "supported"
    assert found["interval"] == found["law"] == "refuted"
    changed["steps"][0]["test"]["interval"][1] = 0.01
    changed["prediction"]["naive_error"] = 0.1
    found = verdict(changed)
    assert found["parameters"] == found["prediction"] == "refuted"


# Own points


def table(tmp_path, text):
    path = tmp_path / "mine.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_own_points_are_averaged_and_the_largest_is_held_back(tmp_path, capsys):
    rows = [f"{n},{4 + 1.5 * (n / 1e5) ** -0.4 + e}" for n in SIZES for e in (-0.01, 0.01)]
    path = table(tmp_path, "parameters,loss\n" + "\n".join(rows) + '\n"6,560",8.46\n')
    found = compare(read_points(path, "parameters", "loss"))
    assert found["sizes"] == 6 and found["runs"] == 13 and found["largest"] == 793000
    assert abs(found["error"]["power_floor"]) < 0.05 < found["error"]["naive"]
    assert "held back: 793,000" in as_table(found)
    main([str(path), "--json"])
    assert json.loads(capsys.readouterr().out)["sizes"] == 6


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("parameters,loss\n1,2\n2,1\n", "2 different sizes are too few"),
        ("size,loss\n1,2\n", "no column “parameters”"),
        ("parameters,loss\n1,two\n", "line 2"),
        ("parameters,loss\n1,-2\n", "above 0"),
        ("parameters,loss\n1\n", "above 0"),
        ("", "is empty"),
    ],
)
def test_what_cannot_be_used_is_told_in_a_sentence(tmp_path, text, says):
    with pytest.raises(InputError, match=says):
        main([str(table(tmp_path, text))])
