"""Answer for single images with a trained network."""

from collections.abc import Sequence
from pathlib import Path

import keras
import numpy as np

from snippets.runs import AGAIN, InputError, read_result

from .model import probabilities
from .own_images import light_ground, read_image
from .training import PROGRAM


def load_run(run: Path) -> tuple[keras.Model, dict]:
    """The model and the result of a finished training. Raises InputError when either is missing or damaged."""
    result = read_result(run, PROGRAM, {"names": list, "invert": bool})
    path = run / "model.keras"
    if not path.is_file():
        raise InputError(f"{path} does not exist; {AGAIN}")
    try:
        model = keras.models.load_model(path, compile=False)
    # Keras, zipfile and h5py each have errors of their own for a damaged file.
    except Exception as error:
        raise InputError(f"{path} is damaged ({type(error).__name__}); {AGAIN}") from None
    if model.output_shape[-1] != len(result["names"]):
        raise InputError(
            f"{path} has {model.output_shape[-1]} classes, but result.json {len(result['names'])}"
        )
    return model, result


# --8<-- [start:predict]
def predict(run: Path, images: Sequence[Path], invert: bool | None = None) -> list[dict]:
    """Label images. invert: whether they are dark on light; as in the training unless given.

    Returns for each image its file, label, probability, the probabilities of all classes by name, and
    `light_ground`, a warning sign for a network that learned light strokes on a dark ground.
    Raises InputError when the run or any image cannot be read: all or nothing.
    """
    model, result = load_run(run)
    pixels = np.stack(
        [read_image(path, result["invert"] if invert is None else invert) for path in images]
    )
    answers = []
    for path, image, given in zip(images, pixels, probabilities(model, pixels), strict=True):
        best = int(given.argmax())
        answers.append(
            {
                "file": str(path),
                "label": result["names"][best],
                "probability": float(given[best]),
                "probabilities": dict(zip(result["names"], given.tolist(), strict=True)),
                "light_ground": light_ground(image),
            }
        )
    return answers


# --8<-- [end:predict]
