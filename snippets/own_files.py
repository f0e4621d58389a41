"""What people's own files are, told by their first bytes: names mislead, and some say nothing."""

import io
import os
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from snippets.runs import one_line

# What systems and programs leave beside the files that one means; hidden names (._x, .DS_Store) besides.
LITTER = {
    "thumbs.db",
    "ehthumbs.db",
    "ehthumbs_vista.db",
    "desktop.ini",
    "__macosx",
    "@eadir",
    "$recycle.bin",
    "system volume information",
}
BEGINNING = 65_536  # bytes that tell what a file is; a tar says so at 257
NAMED = 4  # sorts of files that a message names


@dataclass(frozen=True)
class Kind:
    """What a file is, and what to do when its texts are wanted."""

    name: str
    advice: str
    image: bool = False


TO_CSV = "open it and save it as CSV (UTF-8), then give that file"
TO_TABLE = "put its texts into a table, one in a row, and save that as CSV (UTF-8)"
UNPACK = "unpack it and give what is in it"
EXPORT = "export its table as CSV (UTF-8), as with pandas' to_csv"
NO_TEXT = (
    "there is no text in it to classify; type or recognise (OCR) what it shows, and save as CSV"
)
SOUND = "there is no text in it to classify; write down what is said, and save as CSV"
RELOAD = (
    "fetch the file itself again; if the page holds the table, copy that and save it as CSV (UTF-8)"
)


def picture(name: str) -> Kind:
    """A kind of image."""
    return Kind(name, NO_TEXT, image=True)


# Where the bytes stand, the bytes, and what they tell.
SIGNATURES: list[tuple[int, bytes, Kind]] = [
    (0, b"\x89PNG\r\n\x1a\n", picture("a PNG image")),
    (0, b"\xff\xd8\xff", picture("a JPEG image")),
    (0, b"GIF8", picture("a GIF image")),
    (0, b"II*\0", picture("a TIFF image")),
    (0, b"MM\0*", picture("a TIFF image")),
    (0, b"8BPS", picture("a Photoshop file (.psd)")),
    (0, b"\0\0\1\0", picture("an icon (.ico)")),
    (0, b"\0\0\0\x0cjP  ", picture("a JPEG 2000 image")),
    (0, b"\xff\x0a", picture("a JPEG XL image")),
    (0, b"\0\0\0\x0cJXL ", picture("a JPEG XL image")),
    (0, b"qoif", picture("a QOI image")),
    (0, b"\0\5\x16\7", Kind("a note of macOS about another file", "give the file without “._”")),
    (0, b"%PDF", Kind("a PDF", TO_TABLE)),
    (0, b"%!PS", Kind("a PostScript file", TO_TABLE)),
    (0, b"{\\rtf", Kind("a document in RTF", TO_TABLE)),
    (0, b"\x1f\x8b", Kind("packed (gzip)", UNPACK)),
    (0, b"\xfd7zXZ\0", Kind("packed (xz)", UNPACK)),
    (0, b"\x28\xb5\x2f\xfd", Kind("packed (zstd)", UNPACK)),
    (0, b"7z\xbc\xaf\x27\x1c", Kind("a 7z archive", UNPACK)),
    (0, b"Rar!\x1a\7", Kind("a RAR archive", UNPACK)),
    (257, b"ustar", Kind("a tar archive", UNPACK)),
    (0, b"PAR1", Kind("a Parquet file", EXPORT)),
    (0, b"ARROW1", Kind("an Arrow file", EXPORT)),
    (0, b"FEA1", Kind("a Feather file", EXPORT)),
    (0, b"SQLite format 3\0", Kind("a SQLite database", EXPORT)),
    (0, b"\x89HDF\r\n\x1a\n", Kind("an HDF5 file", EXPORT)),
    (0, b"\x93NUMPY", Kind("a NumPy file (.npy)", EXPORT)),
    (0, b"version https://git-lfs", Kind("a pointer of Git LFS", "run git lfs pull for the file")),
]
PACKED = [  # what stands in a zip archive, and what that makes it
    ("xl/", Kind("an Excel workbook (.xlsx)", TO_CSV)),
    ("word/", Kind("a Word document (.docx)", TO_TABLE)),
    ("ppt/", Kind("a PowerPoint file (.pptx)", TO_TABLE)),
    ("Index/Tables/", Kind("a Numbers workbook", TO_CSV)),
    ("Index/CalculationEngine", Kind("a Numbers workbook", TO_CSV)),
    ("Index/", Kind("a document of Pages, Numbers or Keynote", TO_CSV)),
    ("META-INF/container.xml", Kind("an e-book (.epub)", TO_TABLE)),
]
# The first file of an archive may say what it is.
OPEN_DOCUMENTS = {
    b"opendocument.spreadsheet": Kind("an OpenDocument workbook (.ods)", TO_CSV),
    b"opendocument.": Kind("an OpenDocument file", TO_TABLE),
    b"epub+zip": Kind("an e-book (.epub)", TO_TABLE),
}
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")  # of the order of bytes


def litter(name: str) -> bool:
    """Whether a file or folder is what a system or program left: nobody's data."""
    return name.startswith((".", "~$", "Icon\r")) or name.casefold() in LITTER


def recognise(content: bytes) -> Kind | None:
    """What a file is, by its content or its beginning; None for text, and for what is not known."""
    for place, bytes_, kind in SIGNATURES:
        if content.startswith(bytes_, place):
            return kind
    if content[:2] == b"BM" and content[6:10] == bytes(4):
        return picture("a BMP image")
    if content[:3] == b"BZh" and content[4:10] == b"1AY&SY":
        return Kind("packed (bzip2)", UNPACK)
    if content[4:8] == b"ftyp":
        return of_family(content[8:12])
    if content[:4] == b"RIFF":
        image = content[8:12] == b"WEBP"
        return picture("a WebP image") if image else Kind("a sound or a video", SOUND)
    if content[:4] in (b"OggS", b"fLaC", b"\x1aE\xdf\xa3") or content[:4] in (b"ID3\3", b"ID3\4"):
        return Kind("a sound or a video", SOUND)
    if content.startswith(OLD_OFFICE):
        return old_office(content)
    if content.startswith((b"PK\3\4", b"PK\5\6")):
        return packed(content)
    return marked_up(content)


def of_family(brand: bytes) -> Kind:
    """An image or a video of the family that HEIC, AVIF and MP4 belong to."""
    if brand[:4] in (b"avif", b"avis"):
        return picture("an AVIF image")
    if brand[:3] in (b"hei", b"hev", b"mif", b"msf"):
        return picture("a HEIC image")
    return Kind("a sound or a video", SOUND)


def old_office(content: bytes) -> Kind:
    """A file of Office before 2007, or a newer one with a password."""
    names = {
        "EncryptedPackage": Kind("an Office file with a password", f"take that off; {TO_CSV}"),
        "Workbook": Kind("an Excel workbook (.xls)", TO_CSV),
        "Book": Kind("an Excel workbook (.xls)", TO_CSV),
        "WordDocument": Kind("a Word document (.doc)", TO_TABLE),
    }
    found = (kind for name, kind in names.items() if name.encode("utf-16-le") in content)
    return next(found, Kind("an old Office file (.xls or .doc)", TO_CSV))


def packed(content: bytes) -> Kind:
    """A zip archive, or one of the many kinds of file that are one."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        ValueError,
    ):  # cut short, or only its beginning
        names = []
    head = content[:200]
    for mark, kind in OPEN_DOCUMENTS.items():
        if b"mimetype" in head and mark in head:
            return kind
    for start, kind in PACKED:
        if any(name.startswith(start) for name in names) or (
            not names and start.encode() in content
        ):
            return kind
    if names and all(name.endswith(".npy") for name in names):
        return Kind("a NumPy file (.npz)", EXPORT)
    files = [name for name in names if not name.endswith("/") and not litter(Path(name).name)]
    files = [name for name in files if not name.startswith("__MACOSX/")]
    inside = f"; it holds {', '.join(map(one_line, files[:3]))}" if files else ""
    more = f" and {len(files) - 3} more" if len(files) > 3 else ""
    return Kind("a zip archive", f"{UNPACK}{inside}{more}")


def marked_up(content: bytes) -> Kind | None:
    """A web page or a table in XML: both are often called .xls or .csv."""
    head = content[:2000]
    for mark in MARKS:
        head = head.removeprefix(mark)
    head = head.replace(b"\0", b"").lstrip().lower()
    if head.startswith(b"<?xml") and b"spreadsheet" in head:
        return Kind("an Excel workbook in XML", TO_CSV)
    if head.startswith((b"<!doctype html", b"<html", b"<head", b"<table", b"<meta")):
        return Kind("a web page (HTML)", RELOAD)
    if head.startswith(b"<?xml") and b"<svg" in head or head.startswith(b"<svg"):
        return picture("an SVG drawing")
    return Kind("XML", EXPORT) if head.startswith(b"<?xml") else None


def recognise_file(path: Path) -> Kind | None:
    """What a file is, by its beginning. Raises OSError when it cannot be read."""
    with path.open("rb") as file:
        return recognise(file.read(BEGINNING))


def counted(paths: Iterable[Path]) -> str:
    """Files by the ends of their names: "16 .heic, 2 .txt"."""
    ends = Counter(path.suffix.lower() or "without an ending" for path in paths)
    told = [f"{count} {one_line(end)}" for end, count in ends.most_common(NAMED)]
    if more := len(ends) - len(told):
        told.append(f"{more} other sort{'s' * (more > 1)}")
    return ", ".join(told)


def named(paths: Iterable[Path], most: int = NAMED) -> str:
    """The names of some files, shown in a line."""
    names = sorted(
        one_line(os.fspath(path.name).encode("utf-8", "replace").decode()) for path in paths
    )
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
