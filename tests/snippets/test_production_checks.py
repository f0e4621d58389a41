"""The checks of the page “99% in the test, complaints in use” find what they are for."""

import numpy as np

from snippets.production_checks import batch_changes, doubtful, moved, recall_by_class, seen_before


def test_images_move_to_the_right_and_lose_what_leaves_the_frame():
    images = np.arange(1, 7).reshape(1, 2, 3)
    assert moved(images, 1).tolist() == [[[0, 1, 2], [0, 4, 5]]]
    assert moved(images, 0).tolist() == images.tolist() and not moved(images, 3).any()


def test_rows_that_training_has_seen_are_found_in_any_width_case_and_spacing():
    train = ["质量很好 ABC", "房间还可以"]
    assert seen_before(train, ["质量很好ａｂｃ", "房间很好", " 房间还可以\n"]) == [
        "质量很好ａｂｃ",
        " 房间还可以\n",
    ]


def test_a_dropped_mask_shows_when_texts_are_computed_together():
    def masked(texts):
        return [[len(text) / 10, 1 - len(text) / 10] for text in texts]

    def padded(texts):  # counts padding as text
        longest = max(map(len, texts))
        return [[longest / 10, 1 - longest / 10] for _ in texts]

    assert batch_changes(masked, ["好", "很不好"]) == 0
    assert round(batch_changes(padded, ["好", "很不好"]), 6) == 0.2


def test_the_worst_class_comes_first():
    rows = recall_by_class(["a"] * 8 + ["b"] * 2, ["a"] * 8 + ["a", "b"])
    assert rows == [("b", 0.5, 2), ("a", 1.0, 8)]


def test_the_least_believed_labels_come_first():
    assert doubtful([0, 1, 0], [[0.9, 0.1], [0.8, 0.2], [0.4, 0.6]], 2) == [1, 2]
