"""Packs vocabularies for the page: `python -m snippets.labs.tokens.pack` writes theme/assets/tokens/*.js from the packages.

A file is a script of one call, `handbookVocabulary("…")`, so that a page which was opened from a folder can load it, too.
The text is base64 of gzip of: how many tokens there are (32 bits, the low byte first), the length of each (8 bits), the
bytes of all of them, in the order of their ids.
"""

import base64
import gzip
import hashlib
import struct
import sys
from pathlib import Path

from snippets.labs.tokens.vocabularies import TOKENIZERS, tokens_of
from snippets.runs import Parser, run, write_atomically

FOLDER = Path(__file__).resolve().parents[3] / "theme/assets/tokens"
# Whose licence lets us pass them on; theme/assets/tokens/LICENCES.txt has the words.
OFFERED = {
    "deepseek": "© 2023 DeepSeek, MIT",
    "qwen36": "© Alibaba Cloud, Apache-2.0",
    "qwen3": "© Alibaba Cloud, Apache-2.0",
    "o200k": "© 2022 OpenAI, Shantanu Jain, MIT",
    "cl100k": "© 2022 OpenAI, Shantanu Jain, MIT",
    "tekken": "© Mistral AI, Apache-2.0",
}
CALL = "handbookVocabulary("


def main(arguments: list[str]) -> None:
    """Write the files of all vocabularies that the page offers, and delete those of other content."""
    Parser(prog="python -m snippets.labs.tokens.pack", description=__doc__).parse_args(arguments)
    for name in OFFERED:
        data = packed(tokens_of(name))
        path = FOLDER / f"{name}.{hashlib.sha256(data).hexdigest()[:8]}.js"
        for old in FOLDER.glob(f"{name}.*.js"):
            if old != path:
                old.unlink()
        write_atomically(path, script(name, data).encode())
        print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB")


def packed(tokens: list[bytes]) -> bytes:
    """Tokens as the page reads them."""
    return struct.pack("<I", len(tokens)) + bytes(map(len, tokens)) + b"".join(tokens)


def script(name: str, data: bytes) -> str:
    """The file of a vocabulary."""
    one = TOKENIZERS[name]
    text = base64.b64encode(gzip.compress(data, 9, mtime=0)).decode()
    note = f"/*! Tokens of {one.models}, {OFFERED[name]}: from {one.package}, packed anew. LICENCES.txt */"
    return f'{note}\n{CALL}"{text}")\n'


def read(path: Path) -> list[bytes]:
    """The tokens of a packed file."""
    text = path.read_text(encoding="utf-8").partition(f'{CALL}"')[2].partition('"')[0]
    data = gzip.decompress(base64.b64decode(text))
    (count,) = struct.unpack_from("<I", data)
    tokens, at = [], 4 + count
    for length in data[4:at]:
        tokens.append(data[at : at + length])
        at += length
    return tokens


def file_for_page(name: str) -> Path:
    """The packed file of a vocabulary."""
    return next(FOLDER.glob(f"{name}.*.js"))


if __name__ == "__main__":
    sys.exit(run(main, sys.argv[1:]))
