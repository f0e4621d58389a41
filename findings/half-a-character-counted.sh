#!/usr/bin/env bash
# Versions: tiktoken 0.14.0, tokenizers 0.23.3 (PyPI)
# Guess: text that is no valid Unicode (half of a pair, as JavaScript and cut JSON leave it) is treated alike by
#   programs that give the same ids for all other text.
# Behaviour seen: tiktoken replaces the half by U+FFFD and counts, without a word; tokenizers raises TypeError, which
#   says that the text is no string. A service that moves from one to the other begins to fail. Check the text first.
# Output seen:
#   tiktoken: 4 tokens, decoded as 'a\ufffd'
#   tokenizers: TypeError
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check tiktoken==0.14.0 tokenizers==0.23.3
env/bin/python - <<'PYTHON'
import tiktoken
import tokenizers

text, ranks = "a\ud83d", {bytes([byte]): byte for byte in range(256)}
one = tiktoken.Encoding("bytes", pat_str=".", mergeable_ranks=ranks, special_tokens={})
ids = one.encode_ordinary(text)
print(f"tiktoken: {len(ids)} tokens, decoded as {ascii(one.decode(ids))}")
assert one.decode(ids) == "a\ufffd", "changed: tiktoken"

other = tokenizers.Tokenizer(tokenizers.models.BPE(vocab={"a": 0}, merges=[]))
try:
    other.encode(text)
except TypeError as error:
    print("tokenizers:", type(error).__name__)
else:
    raise AssertionError("changed: tokenizers takes it")
PYTHON
