"""Counts the tokens of a text with nine tokenizers: `python -m snippets.labs.tokens "文本"`, or from a pipe.

Prints a JSON object, the count by tokenizer. The text is counted as it is given; of a pipe the last line end is left out,
which `echo` adds. Words that look like control tokens count as text, and no chat template is added.
"""

import json
import sys

from snippets.labs.tokens.vocabularies import TOKENIZERS, encode
from snippets.runs import InputError, Parser, run

MOST = 5_000_000  # characters: a few minutes of work


def main(arguments: list[str] | None) -> None:
    """Count a text. Raises InputError."""
    parser = Parser(prog="python -m snippets.labs.tokens", description=__doc__.split("\n\n")[1])
    parser.add_argument("text", nargs="?", help="the text; without it, what comes from a pipe")
    named = ", ".join(TOKENIZERS)
    parser.add_argument("--tokenizer", action="append", metavar="NAME", help=f"only this one, of {named}")  # fmt: skip
    options = parser.parse_args(arguments)
    text = checked(from_pipe() if options.text is None else options.text)
    counts, missing = {}, []
    for name in options.tokenizer or TOKENIZERS:
        try:
            counts[name] = len(encode(name, text))
        except (InputError, ImportError) as error:
            missing.append(str(error))
    if options.tokenizer and missing or not counts:
        raise InputError(missing[0])
    for message in missing:
        print(f"left out: {message}", file=sys.stderr)
    print(json.dumps(counts, ensure_ascii=False, indent=1))


def from_pipe() -> str:
    """What comes from a pipe, without its last line end. Raises InputError."""
    if sys.stdin is None or sys.stdin.isatty():
        raise InputError(
            'give a text: python -m snippets.labs.tokens "文本", or send one by a pipe'
        )
    data = sys.stdin.buffer.read(4 * MOST + 1)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if len(data) <= 4 * MOST:
            raise InputError(f"the input is not UTF-8 text (byte {error.start}): is it a binary file?") from None  # fmt: skip
        text = "x" * (MOST + 1)  # cut within a character: too long in any case
    return text.removesuffix("\n").removesuffix("\r")


def checked(text: str) -> str:
    """A text that can be counted. Raises InputError for any other."""
    if not text:
        raise InputError("the text is empty")
    if "\0" in text:
        raise InputError("the text holds zero bytes: is it a binary file?")
    if len(text) > MOST:
        raise InputError(f"the text has more than {MOST:,} characters; count a part of it")
    return text


if __name__ == "__main__":
    sys.exit(run(main))
