"""Folders of images that people bring, and single images. No recording reads any.

Nothing is passed over in silence: what is left out is counted, and what cannot be used is named.
"""

import os
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from snippets.own_files import counted, litter, named, recognise_file
from snippets.runs import InputError

from .data import SIZE, Part, Source

# What Pillow reads everywhere; anything else that is an image is left out, with its count.
FORMATS = ("PNG", "JPEG", "WEBP", "BMP", "GIF", "TIFF", "PPM")
SUFFIXES = {".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".webp", ".bmp", ".gif", ".tif", ".tiff"}
SUFFIXES |= {".pgm", ".pbm", ".ppm"}
OTHER_IMAGES = {".heic", ".heif", ".avif", ".jxl", ".jp2", ".svg", ".psd", ".raw", ".dng", ".cr2"}
OTHER_IMAGES |= {".nef", ".arw", ".ico", ".eps", ".pdf", ".tga", ".dcm"}
ARCHIVES = {".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz"}
SAVE = "save them as PNG or JPEG"

TRAIN, VALIDATION, TEST = "train", "validation", "test"
PARTS = {
    TRAIN: {"train", "training", "trainset", "train_set", "训练", "训练集"},
    VALIDATION: {"val", "valid", "validation", "dev", "valset", "val_set", "验证", "验证集"},
    TEST: {"test", "testing", "testset", "test_set", "测试", "测试集"},
}


@dataclass
class Tree:
    """A folder and all below it: what is of use, and what is not."""

    path: Path
    folders: dict[str, "Tree"] = field(default_factory=dict)
    images: list[Path] = field(default_factory=list)
    others: list[Path] = field(default_factory=list)  # files that are not read
    litter: int = 0

    def all(self, name: str) -> list[Path]:
        """The images or the others of this folder and of all below."""
        found = list(getattr(self, name))
        for folder in self.folders.values():
            found += folder.all(name)
        return found

    def all_litter(self) -> int:
        """How many files of systems and programs there are."""
        return self.litter + sum(folder.all_litter() for folder in self.folders.values())


def from_images(folder: Path, invert: bool) -> Source:
    """A folder with a subfolder of images for each class, its name the class's; or such a folder for each part.

    Parts are called train, val and test, or nearly so. Raises InputError, which names what is in the way.
    """
    top = look(folder)
    check_names(folder, top.all("images") + top.all("others"))
    inner = unwrapped(top)
    notes = [] if inner is top else [f"the classes are in {inner.path}"]
    divided = parts_of(inner)
    names = class_names(divided[TRAIN])
    read = {part: read_part(tree, names, invert, folder) for part, tree in divided.items()}
    notes += told(top, inner, divided, read, invert)
    return Source(str(folder), read[TRAIN], read.get(TEST), names, notes, read.get(VALIDATION))


# What there is


def look(folder: Path, above: frozenset[Path] = frozenset()) -> Tree:
    """All that is in a folder. Links to folders are followed, but not in a circle (above: where it came from)."""
    tree, above = Tree(folder), above | {folder.resolve()}
    for path in sorted(folder.iterdir()):
        if litter(path.name):
            tree.litter += count_files(path)
        elif path.is_dir():
            if path.resolve() not in above:
                tree.folders[path.name] = look(path, above)
        elif is_image(path):
            tree.images.append(path)
        else:
            tree.others.append(path)
    return tree


def count_files(path: Path) -> int:
    """1 for a file, and for a folder how many it holds."""
    if path.is_symlink() or not path.is_dir():
        return 1
    return sum(len(files) for _, _, files in os.walk(path))


def is_image(path: Path) -> bool:
    """Whether a file is an image that is read: by its name, or where that says nothing by its beginning."""
    if path.suffix.lower() in SUFFIXES:
        return True
    if path.suffix or not path.is_file():
        return False
    kind = recognise_file(path)
    return bool(kind and kind.image)


def check_names(folder: Path, paths: Sequence[Path]) -> None:
    """Raises InputError for a name that is not in UTF-8, as from an archive that another system made."""
    for path in paths:
        try:
            str(path).encode()
        except UnicodeEncodeError:
            name = ascii(path.relative_to(folder).as_posix())
            raise InputError(f"a name in {folder} is not in UTF-8: {name}; rename it") from None


def unwrapped(tree: Tree) -> Tree:
    """The folder that holds the classes or parts, where archives put one folder around another."""
    while len(tree.folders) == 1 and not tree.images:
        (inner,) = tree.folders.values()
        if not inner.folders:
            break
        tree = inner
    return tree


# Parts and classes


def part_named(name: str) -> str | None:
    """Which part of a set a folder of this name would be."""
    return next((part for part, names in PARTS.items() if name.strip().casefold() in names), None)


def parts_of(tree: Tree) -> dict[str, Tree]:
    """The folders of classes, by part. A class may be called "test": a part holds folders of images, not images.

    Raises InputError where this cannot be told.
    """
    inner = {name: unwrapped(folder) for name, folder in tree.folders.items()}
    parts = {
        name: part_named(name)
        for name, folder in inner.items()
        if part_named(name) and any(below.all("images") for below in folder.folders.values())
    }
    if not parts:
        check_flat(tree)
        return {TRAIN: tree}
    for part in (TRAIN, VALIDATION, TEST):
        same = [name for name, found in parts.items() if found == part]
        if len(same) > 1:
            raise InputError(
                f"{tree.path} has {' and '.join(same)}, which are both the {part} part; put them together"
            )
    if TRAIN not in parts.values():
        raise InputError(
            f"{tree.path} has the part {' and '.join(parts)}, but no folder train to learn from"
        )
    beside = [
        name
        for name, folder in tree.folders.items()
        if name not in parts and part_named(name) is None and folder.all("images")
    ]
    if beside:
        raise InputError(
            f"{tree.path} has the parts {', '.join(parts)} and beside them folders of images "
            f"({', '.join(beside[:3])}): put these into a part, or elsewhere"
        )
    for name in parts:
        if inner[name].images:
            raise InputError(
                f"{inner[name].path} has {len(inner[name].images)} images beside the folders of classes: "
                "put each into the folder of its class"
            )
    return {part: inner[name] for part in PARTS for name, found in parts.items() if found == part}


def check_flat(tree: Tree) -> None:
    """Raises InputError for a folder that holds no classes, with what it holds instead."""
    path, folders = tree.path, tree.folders
    if tree.images:
        raise InputError(
            f"{path} has {len(tree.images)} images that lie in no folder of a class: "
            "make one for each class and put them there"
        )
    if not folders:
        holds = f" (it holds {counted(tree.others)})" if tree.others else ""
        if any(file.suffix.lower() in ARCHIVES for file in tree.others):
            holds += ": unpack it first"
        raise InputError(
            f"{path} has neither MNIST's four files nor a subfolder of images for each class{holds}"
        )
    if len(folders) < 2:
        raise InputError(
            f"{path} has the single class {next(iter(folders))}; two are needed at least"
        )
    if all(part_named(name) and not folder.folders for name, folder in folders.items()):
        raise InputError(
            f"{path / next(iter(folders))} has no folder for each class: a part holds folders of images, "
            f"as in {path / next(iter(folders)) / 'cat'}"
        )
    inside = {
        name: [below for below in folder.folders if part_named(below)]
        for name, folder in folders.items()
        if not folder.images and folder.folders
    }
    if any(inside.values()):
        name, divided = next((n, below) for n, below in inside.items() if below)
        raise InputError(
            f"{path / name} is divided into {', '.join(divided)}: put the parts above the classes, "
            f"as in {path / divided[0] / name}"
        )


def class_names(tree: Tree) -> tuple[str, ...]:
    """The classes of a part. Raises InputError where there are fewer than two, or one has no image."""
    if len(tree.folders) < 2:
        raise InputError(
            f"{tree.path} has the single class {next(iter(tree.folders))}; two are needed at least"
        )
    for folder in tree.folders.values():
        if not folder.all("images"):
            others = folder.all("others")
            images = any(path.suffix.lower() in OTHER_IMAGES for path in others)
            empty = "; it holds hidden or system files alone" if folder.litter else "; it is empty"
            holds = f"; it holds {counted(others)}" if others else empty
            raise InputError(
                f"{folder.path} has no image that is read here{holds}"
                + (f": {SAVE}" if images else "")
            )
    return tuple(tree.folders)


# Pixels


def read_part(tree: Tree, names: tuple[str, ...], invert: bool, root: Path) -> Part:
    """The images of one part. Raises InputError for a class that is not among the names."""
    paths, labels = [], []
    for name, folder in tree.folders.items():
        images = folder.all("images")
        if images and name not in names:
            raise InputError(
                f"{folder.path} is a class that the training part lacks; it has {', '.join(names[:10])}"
            )
        paths += images
        labels += [names.index(name)] * len(images) if images else []
    files = tuple(str(path.relative_to(root)) for path in paths)
    images = np.stack([read_image(path, invert) for path in paths])
    return Part(images, np.array(labels, dtype=np.int64), files)


# --8<-- [start:read-image]
def read_image(path: Path, invert: bool) -> np.ndarray:
    """Read a picture as the network wants it: uint8, shape (28, 28), light strokes on a dark ground.

    Turned upright as the camera noted, laid on a ground where it is transparent, made grey, inverted if
    asked (nothing is guessed), then shrunk or enlarged in proportion and filled up with black.
    Raises InputError, with the file's name, when it is no image or has more than 8 bits a channel.
    """
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(path, formats=FORMATS) as file:
            image = ImageOps.exif_transpose(file)
            if image.mode.startswith(("I", "F")):
                raise InputError(f"{path} has more than 8 bits for each pixel; save it with 8")
            if image.has_transparency_data:
                ground = Image.new("RGBA", image.size, "white" if invert else "black")
                image = Image.alpha_composite(ground, image.convert("RGBA"))
            grey = image.convert("L")
    except FileNotFoundError:
        raise InputError(f"{path} does not exist") from None
    except InputError:
        raise
    except Exception as error:  # a damaged picture fails in many ways, none of them ours
        raise InputError(f"{path} cannot be read as an image: {why(path, error)}") from None
    if invert:
        grey = ImageOps.invert(grey)
    return np.asarray(ImageOps.pad(grey, (SIZE, SIZE), color=0))


# --8<-- [end:read-image]


def why(path: Path, error: Exception) -> str:
    """What is the matter with a file that Pillow refuses."""
    if path.is_dir():
        return "it is a folder; name the images in it"
    if isinstance(error, OSError) and error.errno:
        return error.strerror
    try:
        if path.stat().st_size == 0:
            return "it is empty (0 bytes)"
        kind = recognise_file(path)
    except OSError:
        kind = None
    if isinstance(error, Image.UnidentifiedImageError) and kind:
        return f"it is {kind.name}" + ("; save it as PNG or JPEG" if kind.image else "")
    return str(error)


def light_ground(image: np.ndarray) -> bool:
    """Whether an image's border, on the whole, is nearer to white than to black."""
    border = np.concatenate([image[0], image[-1], image[:, 0], image[:, -1]])
    return bool(border.mean() > 127)


# Remarks


def told(
    top: Tree, inner: Tree, divided: dict[str, Tree], read: dict[str, Part], invert: bool
) -> list[str]:
    """What a reader should know of what was read, and of all that was not."""
    total = sum(map(len, read.values()))
    notes = [
        f"{total} images, turned grey and resized to {SIZE}×{SIZE}"
        + (", inverted" if invert else "")
    ]
    if len(divided) > 1 or divided[TRAIN] is not inner:
        own = ", ".join(f"{len(read[part])} {part} ({tree.path})" for part, tree in divided.items())
        missing = [part for part in (VALIDATION, TEST) if part not in read]
        taken = f"; images of train are held out for {' and '.join(missing)}" if missing else ""
        notes.append(f"divided already: {own}{taken}")
    deeper = [
        path
        for tree in divided.values()
        for folder in tree.folders.values()
        for below in folder.folders.values()
        for path in below.all("images")
    ]
    if deeper:
        notes.append(f"{len(deeper)} images lie deeper and count for the folder of the class above")
    if light := sum(light_ground(image) for part in read.values() for image in part.images):
        notes.append(
            f"{light} of {total} images are dark on light after reading; MNIST is light on dark: "
            f"{'without' if invert else 'try'} --invert"
        )
    return notes + left_out(top, total)


def left_out(top: Tree, read: int) -> list[str]:
    """What was not read, by its kind, with counts."""
    notes = []
    others = top.all("others")
    images = [path for path in others if path.suffix.lower() in OTHER_IMAGES]
    files = [path for path in others if path not in set(images)]
    unplaced = top.all("images")
    if len(unplaced) > read:
        notes.append(
            f"left out {len(unplaced) - read} images that lie in no class of a part, as in "
            f"{stray(top).path}"
        )
    if images:
        notes.append(f"left out {counted(images)}, image formats that are not read here: {SAVE}")
    if files:
        notes.append(f"left out {counted(files)}, no images: {named(files)}")
    if count := top.all_litter():
        notes.append(f"left out {count} hidden or system files (as ._x, .DS_Store, Thumbs.db)")
    return notes


def stray(tree: Tree) -> Tree:
    """A folder with images that belong to no class: a part whose images lie in no folder."""
    flat = [f for name, f in tree.folders.items() if part_named(name) and f.images]
    return flat[0] if flat else next(map(stray, tree.folders.values()), tree)
