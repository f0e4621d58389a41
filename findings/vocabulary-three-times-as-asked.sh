#!/usr/bin/env bash
# Versions: tokenizers 0.23.3, sentencepiece 0.2.3 (PyPI)
# Guess: vocab_size is a ceiling. Where the text has more different characters than that, as Chinese easily has, the
#   trainer leaves the rare ones out or says that it cannot be done.
# Behaviour seen: of text with 3,000 different characters and vocab_size=1000, the trainers of one library do three
#   things. BPE gives 3,001 entries and WordPiece 5,941, without a word; BPE has not merged a single pair, so it is a
#   list of characters. Unigram refuses, as sentencepiece does. A model whose table was made for 1,000 rows breaks at
#   its first rare character. Ask the tokenizer for its size after training, or set limit_alphabet.
# Output seen:
#   BPE: 3001, longest entry 1 characters
#   WordPiece: 5941
#   BPE, limit_alphabet=900: 1000
#   Unigram: The vocabulary is not large enough to contain all chars
#   sentencepiece: refused
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check tokenizers==0.23.3 sentencepiece==0.2.3
env/bin/python - <<'PYTHON'
import io

import sentencepiece
from tokenizers import Tokenizer, models, trainers

UNKNOWN = "[UNK]"
texts = ["".join(map(chr, range(start, start + 50))) for start in range(0x4E00, 0x4E00 + 3000, 50)]
asked = {"vocab_size": 1000, "special_tokens": [UNKNOWN], "show_progress": False}


def trained(model, trainer):
    tokenizer = Tokenizer(model)
    tokenizer.train_from_iterator(texts * 3, trainer)
    return tokenizer


bpe = trained(models.BPE(unk_token=UNKNOWN), trainers.BpeTrainer(**asked))
longest = max(len(entry) for entry in bpe.get_vocab() if entry != UNKNOWN)
print(f"BPE: {bpe.get_vocab_size()}, longest entry {longest} characters")
assert (bpe.get_vocab_size(), longest) == (3001, 1), "changed: BPE"

wordpiece = trained(models.WordPiece(unk_token=UNKNOWN), trainers.WordPieceTrainer(**asked))
print("WordPiece:", wordpiece.get_vocab_size())
assert wordpiece.get_vocab_size() > 5000, "changed: WordPiece"

limited = trained(models.BPE(unk_token=UNKNOWN), trainers.BpeTrainer(**asked, limit_alphabet=900))
print("BPE, limit_alphabet=900:", limited.get_vocab_size())
assert limited.get_vocab_size() == 1000, "changed: limit_alphabet"

try:
    trained(models.Unigram(), trainers.UnigramTrainer(**asked, unk_token=UNKNOWN))
except Exception as error:
    print("Unigram:", error)
else:
    raise AssertionError("changed: Unigram takes it")

try:
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(texts * 3),
        model_writer=io.BytesIO(),
        vocab_size=1000,
        model_type="bpe",
        character_coverage=1.0,
        minloglevel=2,
    )
except RuntimeError as error:
    assert "required_chars" in str(error), error
    print("sentencepiece: refused")
else:
    raise AssertionError("changed: sentencepiece takes it")
PYTHON
