"""Texts as numbers: lengths, masks, padding, and a vocabulary that knows the training texts alone."""

import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from transformers import DataCollatorWithPadding

from snippets.bert_text_classification.tokenisation import SPECIAL, build_tokenizer, encode

KNOWN = "质量很好不错太差了，。！"
TOKENIZER = build_tokenizer([KNOWN * 2, "GPT gpt 3.5"])
CLS, SEP, UNK = (TOKENIZER.convert_tokens_to_ids(f"[{name}]") for name in ("CLS", "SEP", "UNK"))
TEXT = st.text(st.sampled_from(KNOWN + "GPTgpt345 \n鑫😀"), max_size=30)


@settings(deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=5), st.integers(8, 20))
def test_every_row_is_framed_bounded_and_wholly_real(texts, max_length):
    encoded = encode(TOKENIZER, texts, max_length)
    assert len(encoded.rows) == len(texts)
    whole = encode(TOKENIZER, texts, 1000)
    assert whole.truncated == 0
    for row, full in zip(encoded.rows, whole.rows, strict=True):
        ids = row["input_ids"]
        assert ids[0] == CLS and ids[-1] == SEP and len(ids) <= max_length
        assert ids[:-1] == full["input_ids"][: len(ids) - 1]
        assert row["attention_mask"] == [1] * len(ids)
    assert encoded.truncated == sum(len(row["input_ids"]) > max_length for row in whole.rows)


@settings(deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=5))
def test_a_batch_is_padded_to_its_longest_text_and_the_mask_says_where(texts):
    rows = encode(TOKENIZER, texts, 64).rows
    batch = DataCollatorWithPadding(TOKENIZER)([dict(row) for row in rows])
    assert batch["input_ids"].shape == (len(texts), max(len(row["input_ids"]) for row in rows))
    assert torch.equal(
        batch["attention_mask"], (batch["input_ids"] != TOKENIZER.pad_token_id).long()
    )
    assert batch["attention_mask"].sum(dim=1).tolist() == [len(row["input_ids"]) for row in rows]


def test_one_chinese_character_is_one_token_and_latin_is_spelt_out():
    assert TOKENIZER.tokenize("质量很好") == list("质量很好")
    assert TOKENIZER.tokenize("GPT") == ["g", "##p", "##t"]


def test_known_characters_are_known_and_others_are_not():
    (known,) = encode(TOKENIZER, [KNOWN], 64).rows
    assert UNK not in known["input_ids"]
    (other,) = encode(TOKENIZER, ["鑫"], 64).rows
    assert other["input_ids"] == [CLS, UNK, SEP]


def test_the_vocabulary_is_the_same_every_time_and_bounded():
    texts = [KNOWN * 3, "书书 本本"]
    first, second = (
        build_tokenizer(texts).get_vocab(),
        build_tokenizer(list(reversed(texts))).get_vocab(),
    )
    assert first == second
    assert [first[token] for token in SPECIAL] == list(range(len(SPECIAL)))
    assert "书" in first and "鑫" not in first
    assert len(build_tokenizer(texts, size=80)) == 80


def test_a_very_long_text_is_cut_and_counted():
    encoded = encode(TOKENIZER, ["好" * 10_000, "好"], 128)
    assert [len(row["input_ids"]) for row in encoded.rows] == [128, 3]
    assert encoded.truncated == 1


def test_no_texts_are_no_rows():
    assert encode(TOKENIZER, [], 64).rows == []
