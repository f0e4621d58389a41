"""Labelled texts: what is read, what is left out, and that no text stands on both sides of the split."""

import csv

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snippets.bert_text_classification.data import (
    Example,
    clean,
    comparable,
    label_names,
    sample,
    split,
)
from snippets.bert_text_classification.own_texts import read_csv
from snippets.runs import InputError

TEXTS = st.text(st.sampled_from("好坏 ａaA书\t\n"), max_size=4)
EXAMPLES = st.lists(st.tuples(TEXTS, st.sampled_from(["0", "1"])), max_size=40).map(
    lambda pairs: [Example(text, label, row) for row, (text, label) in enumerate(pairs, 1)]
)


@given(EXAMPLES)
def test_what_is_kept_is_neither_empty_nor_repeated_nor_contradictory(examples):
    cleaned = clean(examples)
    keys = [comparable(example.text) for example in cleaned.examples]
    assert "" not in keys and len(keys) == len(set(keys))
    for example in cleaned.examples:
        assert {e.label for e in examples if comparable(e.text) == comparable(example.text)} == {
            example.label
        }


@given(EXAMPLES)
def test_every_row_is_accounted_for_once(examples):
    cleaned = clean(examples)
    rows = (
        [example.row for example in cleaned.examples]
        + cleaned.empty
        + cleaned.duplicates
        + cleaned.contradictory
    )
    assert sorted(rows) == [example.row for example in examples]


def test_width_case_and_space_do_not_make_a_text_another():
    assert comparable("ＧＰＴ３  很好\n") == comparable("gpt3 很好")
    assert comparable("很好") != comparable("很差")


@settings(deadline=None)
@given(st.lists(st.integers(30, 90), min_size=2, max_size=4), st.integers(0, 5))
def test_the_split_is_disjoint_complete_and_stratified(counts, seed):
    labels = np.random.default_rng(seed).permutation(np.repeat(np.arange(len(counts)), counts))
    parts = split(labels, seed)
    assert sorted(np.concatenate(parts).tolist()) == list(range(len(labels)))
    for part in parts:
        expected = np.array(counts) * len(part) / len(labels)
        assert np.abs(np.bincount(labels[part], minlength=len(counts)) - expected).max() <= 1.5
    again = split(labels, seed)
    assert all(np.array_equal(a, b) for a, b in zip(parts, again, strict=True))
    assert not np.array_equal(parts[2], split(labels, seed + 1)[2])


def test_the_parts_have_the_stated_sizes():
    assert [len(part) for part in split([0, 1] * 500, 0)] == [800, 100, 100]


def test_a_sample_keeps_the_proportions():
    examples = [Example(f"{i}", "b" if i % 4 else "a", i) for i in range(400)]
    kept = sample(examples, 100, 0)
    assert len(kept) == 100 and sum(e.label == "a" for e in kept) == 25
    assert [e.row for e in kept] == sorted(e.row for e in kept)
    assert sample(examples, 1000, 0) == examples


@pytest.mark.parametrize("limit", [1, 59, 60])
def test_a_limit_that_leaves_a_class_without_texts(limit):
    examples = [Example(f"{i}", "ab"[i % 2], i) for i in range(60)]
    if limit == 60:
        assert sample(examples, limit, 0) == examples
        return
    with pytest.raises(InputError, match=f"--limit {limit}: from 2 to 58, or all 60 without it"):
        sample(examples, limit, 0)


def labelled(*labels):
    return [Example(f"text {i}", label, i) for i, label in enumerate(labels, 1)]


def test_whole_numbers_are_sorted_as_numbers_and_texts_as_texts():
    assert label_names(labelled(*["10", "9", "1"] * 10)) == ["1", "9", "10"]
    assert (
        label_names(labelled(*["好评", "差评"] * 10))
        == ["好评", "差评"][:: 1 if "好评" < "差评" else -1]
    )


@pytest.mark.parametrize(
    "labels, message",
    [
        ([], "no text is left"),
        (["1"] * 20, "nothing to tell apart"),
        (["1", "good"] * 10, "mixed kinds: whole number (“1”, row 1), text (“good”, row 2)"),
        (["0.5", "0.7"] * 10, "“0.5” in row 1 is a decimal number"),
        (
            ["a"] * 20 + ["b"] * 3,
            "the class “b” is too small to train, validate and test: 3 of at least 10 texts",
        ),
        ([f"text {i}" for i in range(101)], "101 different labels"),
        (["nan"] * 20, "all 20 texts have the label “nan”"),
        (["1" * 5000, "0"] * 10, "mixed kinds: text"),
    ],
)
def test_labels_that_are_no_classes(labels, message):
    with pytest.raises(InputError) as error:
        label_names(labelled(*labels))
    assert message in str(error.value)


def test_a_csv_with_line_breaks_quotes_and_a_byte_order_mark(tmp_path):
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(
            [
                ["label", "text", "more"],
                ["1", '第一行\n第二行，“引号”和"quotes"', "x"],
                ["0", "", "y"],
            ]
        )
    assert read_csv(path, "text", "label") == [
        Example('第一行\n第二行，“引号”和"quotes"', "1", 1),
        Example("", "0", 2),
    ]


@pytest.mark.parametrize(
    "content, options, message",
    [
        (b"", {}, "is empty (0 bytes)"),
        (b"body,label\nx,1\n", {}, "has no column “text”; it has: “body”, “label”"),
        (b"text,label\nx,\n", {}, "row 1 has no label"),
        (
            b"text,label\nx,1\n\na,b,0\n",
            {},
            "row 2 has 3 fields and the heading 2; a text that holds a comma has to stand",
        ),
        (b"text,label,more\nx,1\n", {}, "row 1 has 2 fields and the heading 3"),
        (
            b"body\tlabel\nx\t1\n",
            {},
            "has no column “text”; it has: “body”, “label”; the first row has to name the columns",
        ),
        (b"text,label,text\nx,1,y\n", {}, "has 2 columns “text”"),
        (
            "text,label\n很好,1\n".encode("gb18030"),
            {},
            "is not utf-8 (byte 11); a file from Excel in China may be",
        ),
        (
            "text,label\n很好,1\n".encode("utf-16-le"),
            {},
            "is not utf-8 (byte 22); it looks like --encoding utf-16-le",
        ),
        (b"\0t\0e\0x\0t\0,\0a", {}, "is no text (byte 0); it looks like --encoding utf-16-be"),
        (
            "text,label\n很好,1\n".encode("utf-16"),
            {"encoding": "gb18030"},
            "gb18030 (byte 0); it looks like --encoding utf-16",
        ),
        (
            b"text,label\n\xff\xff,1\n",
            {"encoding": "gb18030"},
            "is not gb18030 (byte 11); name its own with --encoding",
        ),
        (b"text,label\nx,1\n", {"encoding": "utf-9"}, "no encoding “utf-9”"),
        (b"text,label\nx,1\n", {"encoding": "base64"}, "no encoding “base64” for texts"),
        (
            b'text,label\n"x,1\ny,0\n',
            {},
            "is no CSV at its beginning: unexpected end of data; is a quote never closed?",
        ),
        (b"text, label\nx,1\n", {}, "has no column “label”; it has: “text”, “ label”"),
        (",".join(f"c{i}" for i in range(5000)).encode(), {}, "“c9” and 4990 more"),
        (b"text,label\n", {}, "has a heading, but no row below it"),
        (
            b"text,label\n\\ud800,1\n",
            {"encoding": "unicode_escape"},
            "name its own with --encoding",
        ),
        (b'text,label\nx,1\n"y"z,0\n', {}, "is no CSV after row 1"),
    ],
)
def test_a_csv_that_cannot_be_used(tmp_path, content, options, message):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(InputError) as error:
        read_csv(path, "text", "label", **options)
    assert message in str(error.value)


@pytest.mark.parametrize(
    "text, encoding, options",
    [
        ("text,label\n很好,1\n", "gb18030", {"encoding": "gb18030"}),
        ("text\tlabel\n很好\t1 \n", "utf-16", {}),  # Excel's “Unicode text”
        ("text;label\r\n很好;1\r\n", "utf-8-sig", {}),
    ],
)
def test_what_spreadsheets_save_is_read(tmp_path, text, encoding, options):
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))
    assert read_csv(path, "text", "label", **options) == [Example("很好", "1", 1)]
