"""Images with labels: checked, and split into training, validation and test."""

from dataclasses import dataclass, field

import numpy as np

from snippets.runs import InputError

SIZE = 28
# The test part must not change with --seed, or runs with several seeds could not be compared.
TEST_SEED = 0


@dataclass(frozen=True)
class Part:
    """Images with their labels.

    images: uint8, shape (n, 28, 28), 0 for black to 255 for white, light strokes on a dark ground.
    labels: int64, shape (n,), from 0 to k - 1. files: where each image came from, or empty.
    """

    images: np.ndarray
    labels: np.ndarray
    files: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.labels)

    def take(self, rows: np.ndarray) -> "Part":
        """The images of these rows, in this order."""
        return Part(
            self.images[rows],
            self.labels[rows],
            tuple(self.files[row] for row in rows if self.files),
        )


@dataclass(frozen=True)
class Source:
    """What was read: a training part, others if the source has them, the classes' names, remarks."""

    kind: str
    train: Part
    test: Part | None
    names: tuple[str, ...]
    notes: list[str] = field(default_factory=list)
    validation: Part | None = None


@dataclass(frozen=True)
class Parts:
    """What a training needs: three parts without an image in common, as far as the source allows."""

    train: Part
    validation: Part
    test: Part
    notes: list[str]


# --8<-- [start:check]
def check(images: np.ndarray, labels: np.ndarray, where: str) -> Part:
    """Make sure that arrays are what the network expects, before anything is trained on them.

    images: whole numbers from 0 to 255, shape (n, 28, 28). labels: whole numbers, shape (n,).
    where: named in the message. Raises InputError with the first thing that is wrong.
    """
    if images.ndim != 3 or images.shape[1:] != (SIZE, SIZE):
        raise InputError(f"{where}: images of shape {images.shape}; (n, {SIZE}, {SIZE}) is needed")
    if labels.ndim != 1:
        raise InputError(
            f"{where}: labels of shape {labels.shape}; one whole number for each image is needed"
        )
    if len(images) != len(labels):
        raise InputError(f"{where}: {len(images)} images, but {len(labels)} labels")
    if len(images) == 0:
        raise InputError(f"{where}: no images")
    if not np.issubdtype(labels.dtype, np.integer):
        raise InputError(f"{where}: labels of type {labels.dtype}; whole numbers are needed")
    if not np.issubdtype(images.dtype, np.integer):
        raise InputError(
            f"{where}: images of type {images.dtype}; whole numbers from 0 to 255 are needed"
        )
    if images.min() < 0 or images.max() > 255:
        raise InputError(
            f"{where}: values from {images.min()} to {images.max()}; 0 to 255 is needed"
        )
    if images.max() <= 1:
        raise InputError(
            f"{where}: no value above 1, so the images were scaled already; 0 to 255 is needed"
        )
    return Part(images.astype(np.uint8), labels.astype(np.int64))


# --8<-- [end:check]


def check_classes(train: Part, test: Part | None) -> tuple[str, ...]:
    """The classes' names, "0" to "k - 1", for a source that has only numbers.

    Raises InputError when the training labels do not count from 0 without a gap, when there is a single
    class, or when the test part has a label that the training part lacks.
    """
    found = np.unique(train.labels)
    if len(found) < 2:
        raise InputError(
            f"all training images carry the label {found[0]}; two classes are needed at least"
        )
    if found[0] != 0 or found[-1] != len(found) - 1:
        raise InputError(
            f"{len(found)} different training labels, from {found[0]} to {found[-1]}; "
            f"they must count from 0 to {len(found) - 1} without a gap"
        )
    if test is not None:
        foreign = np.setdiff1d(test.labels, found)
        if len(foreign):
            raise InputError(
                f"the test part has the label {foreign[0]}, which no training image carries"
            )
    return tuple(str(number) for number in found)


def copies(images: np.ndarray) -> np.ndarray:
    """A number for each of n images, shape (n,): the same for images that agree in every pixel."""
    numbers: dict[bytes, int] = {}
    return np.array([numbers.setdefault(image.tobytes(), len(numbers)) for image in images])


def shares(sizes: np.ndarray, fraction: float) -> np.ndarray:
    """How many of each class to hold out: whole numbers, each less than 1 from its exact share.

    sizes: images of each class, shape (k,). Shares are rounded by the largest remainder, so that their sum
    is right too; each class gives at least one image and keeps at least one.
    """
    exact = sizes * fraction
    counts = np.floor(exact).astype(int)
    missing = round(float(exact.sum())) - int(counts.sum())
    counts[np.argsort(counts - exact, kind="stable")[:missing]] += 1
    return np.minimum(np.maximum(counts, 1), sizes - 1)


# --8<-- [start:split]
def split_rows(
    labels: np.ndarray, groups: np.ndarray, fraction: float, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Choose the rows to keep and the rows to hold out: at random, with the same share of every class.

    labels: shape (n,). groups: shape (n,), the same number for rows that must not be parted, such as
    identical images; with no two alike, each class's share is exact to less than one image. A group that
    carries several labels is never held out: nobody could say whether an answer to it is right.
    Returns two sorted arrays of row numbers, together 0 to n - 1. The same seed gives the same rows.
    """
    together: dict[int, list[int]] = {}
    for row in np.random.default_rng(seed).permutation(len(labels)):
        together.setdefault(int(groups[row]), []).append(int(row))
    classes, sizes = np.unique(labels, return_counts=True)
    wanted = dict(zip(classes, shares(sizes, fraction), strict=True))
    held: list[int] = []
    for rows in together.values():
        label = labels[rows[0]]
        if len(rows) <= wanted[label] and (labels[rows] == label).all():
            held += rows
            wanted[label] -= len(rows)
    rows_held = np.array(sorted(held), dtype=np.int64)
    return np.setdiff1d(np.arange(len(labels)), rows_held), rows_held


# --8<-- [end:split]


def split(part: Part, fraction: float, seed: int, names: tuple[str, ...]) -> tuple[Part, Part]:
    """Hold out a fraction of a part; identical images stay on one side.

    Raises InputError when a class would be missing on either side.
    """
    kept, held = split_rows(part.labels, copies(part.images), fraction, seed)
    for number, name in enumerate(names):
        if not (part.labels[kept] == number).any() or not (part.labels[held] == number).any():
            raise InputError(
                f'class "{name}" has too few different images to split ({(part.labels == number).sum()} '
                "in all); three are needed at least: for training, validation and test"
            )
    return part.take(kept), part.take(held)


# --8<-- [start:divide]
def divide(
    source: Source, test: float | None, validation: float, limit: int | None, seed: int
) -> Parts:
    """Take the test part first, then the validation part from what is left: never the other way round.

    test: fraction held out where the source has no test part of its own (0.2 unless given). validation:
    fraction of the training part, where the source has no validation part of its own. limit: use only so
    many training images, every class in proportion.
    Raises InputError when a class is too small, or when `test` is given and not needed.
    """
    if source.test is None:
        train, held = split(source.train, test or 0.2, TEST_SEED, source.names)
    elif test is None:
        train, held = source.train, source.test
    else:
        raise InputError(f"{source.kind} has a test part of its own: leave --test out")
    if limit is not None and limit < len(train):
        each_alone = np.arange(len(train))
        train = train.take(split_rows(train.labels, each_alone, limit / len(train), seed)[1])
    if source.validation is not None:
        return Parts(train, source.validation, held, remarks(train, source.validation, held))
    try:
        train, checked = split(train, validation, seed, source.names)
    except InputError as error:
        if limit is None:
            raise
        raise InputError(f"--limit {limit} leaves too little: {error}") from None
    return Parts(train, checked, held, remarks(train, checked, held))


# --8<-- [end:divide]


def remarks(train: Part, validation: Part, test: Part) -> list[str]:
    """What is odd about the parts, in words: images that they share, and images with two labels."""
    notes = []
    for one, other, words in [
        (test, train, "test images are also training images"),
        (test, validation, "test images are also validation images"),
        (validation, train, "validation images are also training images"),
    ]:
        if shared := overlap(one, other):
            notes.append(f"{shared} {words}: the score on them says nothing about new images")
    if count := contradictions(train):
        notes.append(f"{count} training images have an identical twin with another label")
    return notes


def overlap(one: Part, other: Part) -> int:
    """How many images of one part are found, pixel for pixel, in the other."""
    known = {image.tobytes() for image in other.images}
    return sum(image.tobytes() in known for image in one.images)


def contradictions(part: Part) -> int:
    """How many images of a part have an identical twin in it that carries another label."""
    labels: dict[bytes, set[int]] = {}
    for image, label in zip(part.images, part.labels, strict=True):
        labels.setdefault(image.tobytes(), set()).add(int(label))
    return sum(len(labels[image.tobytes()]) > 1 for image in part.images)
