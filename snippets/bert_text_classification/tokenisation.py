"""Texts as the numbers that BERT reads."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from transformers import BertTokenizer, PreTrainedTokenizerBase

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
ASCII = "abcdefghijklmnopqrstuvwxyz0123456789"


@dataclass(frozen=True)
class Encoded:
    """Tokenised texts without padding, and how many of them had to be cut."""

    # Of each text input_ids and attention_mask, of up to max_length numbers each.
    rows: list[dict[str, list[int]]]
    truncated: int


# --8<-- [start:vocabulary]
def build_tokenizer(texts: Sequence[str], size: int = 6000) -> BertTokenizer:
    """A tokenizer of its own for a model without pre-training: one Chinese character, one token.

    The vocabulary comes from the training texts alone; characters that only the test part has stay
    unknown, as they will be in use. Latin words are spelt out. `size` is an upper bound.
    """
    counts = Counter(
        character for text in texts for character in text.lower() if not character.isspace()
    )
    pieces = [*SPECIAL, *ASCII, *(f"##{character}" for character in ASCII)]
    frequent = sorted(
        (c for c, n in counts.items() if n > 1 and c not in ASCII), key=lambda c: (-counts[c], c)
    )
    vocabulary = {piece: i for i, piece in enumerate([*pieces, *frequent][:size])}
    return BertTokenizer(vocab=vocabulary)


# --8<-- [end:vocabulary]


# --8<-- [start:encode]
def encode(tokenizer: PreTrainedTokenizerBase, texts: Sequence[str], max_length: int) -> Encoded:
    """Tokenise a whole batch in one call: [CLS], up to max_length - 2 tokens, [SEP].

    Nothing is padded here. Each batch is padded to its own longest text when it is put together, and the
    attention mask then tells real tokens (1) from padding (0).
    """
    if not texts:
        return Encoded([], 0)
    batch = tokenizer(list(texts), truncation=True, max_length=max_length)
    rows = [
        {"input_ids": ids, "attention_mask": mask}
        for ids, mask in zip(batch["input_ids"], batch["attention_mask"], strict=True)
    ]
    return Encoded(rows, sum(bool(encoding.overflowing) for encoding in batch.encodings))


# --8<-- [end:encode]
