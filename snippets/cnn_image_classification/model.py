"""The article's network on Keras 3. Set KERAS_BACKEND before this module is imported."""

from collections.abc import Sequence

import keras
import numpy as np
from scipy.special import softmax

from .data import SIZE

# Rows, columns, channels: whatever ~/.keras/keras.json of this machine says.
keras.config.set_image_data_format("channels_last")


# --8<-- [start:network]
def network(classes: int, learning_rate: float = 1e-3) -> keras.Sequential:
    """Two rounds of convolution and pooling, one hidden layer, one output layer.

    Input: float32, shape (n, 28, 28, 1), values from 0 to 1. Output: float32, shape (n, classes), logits.
    The last layer has no softmax: the loss works on logits, which stays exact where a probability would
    round to 0 or 1, and `probabilities` below applies it, once.
    """
    model = keras.Sequential(
        [
            keras.Input((SIZE, SIZE, 1)),
            keras.layers.Conv2D(32, (3, 3), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Conv2D(64, (3, 3), activation="relu"),
            keras.layers.MaxPooling2D((2, 2)),
            keras.layers.Flatten(),
            keras.layers.Dense(128, activation="relu"),
            keras.layers.Dense(classes),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate),
        # "Sparse": the labels are numbers from 0 to classes - 1, not one-hot rows.
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=[keras.metrics.SparseCategoricalAccuracy(name="accuracy")],
    )
    return model


# --8<-- [end:network]


# --8<-- [start:probabilities]
def prepare(images: np.ndarray) -> np.ndarray:
    """From uint8 images of shape (n, 28, 28) to the network's float32 input of shape (n, 28, 28, 1)."""
    return images[..., np.newaxis].astype(np.float32) / 255


def probabilities(model: keras.Model, images: np.ndarray, batch_size: int = 256) -> np.ndarray:
    """What the network gives to each class: float64, shape (n, classes), rows that sum to 1.

    images: uint8, shape (n, 28, 28). The only place where softmax is applied.
    """
    logits = model.predict(prepare(images), batch_size=batch_size, verbose=0)
    return softmax(logits.astype(np.float64), axis=1)


# --8<-- [end:probabilities]


def to_numpy(variables: Sequence[keras.Variable]) -> list[np.ndarray]:
    """Copies of variables as arrays that any backend can read."""
    return [np.array(keras.ops.convert_to_numpy(variable.value)) for variable in variables]


def assign(variables: Sequence[keras.Variable], arrays: Sequence[np.ndarray]) -> None:
    """Set variables. Raises ValueError when their number or a shape differs."""
    for variable, array in zip(variables, arrays, strict=True):
        variable.assign(array)
