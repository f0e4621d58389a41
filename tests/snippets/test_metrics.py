"""Scores, against values worked out by hand or published."""

import numpy as np
import pytest

from snippets.metrics import accuracy_interval, evaluate


def test_wilsons_interval_has_its_known_value():
    # p = 0.5, n = 10, z = 1.96: centre 0.5, half-width z/(2n) * sqrt(n + z²/... ) worked out by the formula.
    z, n, p = 1.959963984540054, 10, 0.5
    half = z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    assert accuracy_interval(5, 10) == pytest.approx((0.5 - half, 0.5 + half))
    low, high = accuracy_interval(10, 10)
    assert low < 0.8 and high == 1


def test_rows_of_the_confusion_matrix_are_true_classes():
    probabilities = np.array([[0.1, 0.9], [0.2, 0.8], [0.7, 0.3], [0.4, 0.6]])
    scores = evaluate([0, 0, 0, 1], probabilities, ["a", "b"])
    assert scores["confusion"] == [[1, 2], [0, 1]]
    assert scores["correct"] == 2 and scores["accuracy"] == 0.5
    assert scores["per_class"][0] == {
        "name": "a",
        "precision": 1.0,
        "recall": pytest.approx(1 / 3),
        "f1": 0.5,
        "examples": 3,
    }
    assert (
        scores["per_class"][1]["precision"] == pytest.approx(1 / 3)
        and scores["per_class"][1]["recall"] == 1
    )
    assert scores["macro_f1"] == pytest.approx(0.5)
    assert scores["log_loss"] == pytest.approx(-np.log([0.1, 0.2, 0.7, 0.6]).mean())
    assert scores["roc_auc"] == pytest.approx(1 / 3)


def test_a_class_that_is_never_predicted_scores_zero():
    scores = evaluate([0, 1, 2], np.eye(3)[[0, 0, 0]] * 0.9 + 0.1 / 3, ["a", "b", "c"])
    assert [row["f1"] for row in scores["per_class"]] == [0.5, 0, 0]
    assert "roc_auc" not in scores


def test_shapes_that_do_not_fit():
    with pytest.raises(ValueError, match="probabilities of that shape"):
        evaluate([0, 1], np.ones((2, 3)) / 3, ["a", "b"])
