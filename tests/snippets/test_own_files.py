"""What people bring is read or called what it is, in one line; nothing is passed over in silence."""

import gzip
import io
import tarfile
import zipfile

import pytest
from PIL import Image, ImageDraw
from programs import fails

from snippets.bert_text_classification.__main__ import main as bert
from snippets.bert_text_classification.own_texts import read_csv, read_lines
from snippets.cnn_image_classification.__main__ import main as cnn
from snippets.cnn_image_classification.data import divide
from snippets.cnn_image_classification.own_images import read_image
from snippets.cnn_image_classification.sources import load
from snippets.code_hash import code_hash
from snippets.runs import InputError

MAC_NOTE = b"\0\5\x16\7\0\2\0\0Mac OS X        "
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"


def picture(number, kind="PNG"):
    """A small picture as a file of some kind; no two numbers give the same one."""
    image = Image.new("L", (28, 28), 0)
    ImageDraw.Draw(image).ellipse((number % 7, number // 7, 20, 22), outline=255, width=2)
    file = io.BytesIO()
    image.save(file, kind)
    return file.getvalue()


def tree(folder, *names, each=4, **files):
    """Pictures in folders, which may differ in their kind: "round" or "train/round"; and other files."""
    for at, name in enumerate(names):
        (folder / name).mkdir(parents=True, exist_ok=True)
        for number in range(each):
            (folder / name / f"{number}.png").write_bytes(picture(at * each + number))
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def packed(**files):
    """A zip archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


# Images


def test_what_systems_leave_is_passed_over_with_a_count(tmp_path):
    left = {f"round/._{n}.png": MAC_NOTE for n in range(4)}
    left |= {
        "round/.DS_Store": b"",
        "square/Thumbs.db": b"x",
        "desktop.ini": b"",
        ".git/config": b"",
    }
    left |= {"__MACOSX/round/._0.png": MAC_NOTE, "square/~$a.docx": b""}
    source = load(str(tree(tmp_path, "round", "square", **left)))
    assert source.names == ("round", "square") and len(source.train) == 8
    assert source.notes[1:] == ["left out 10 hidden or system files (as ._x, .DS_Store, Thumbs.db)"]


@pytest.mark.parametrize("kind", ["WEBP", "BMP", "GIF", "TIFF", "PPM", "JPEG", "none"])
def test_every_usual_kind_of_image_is_read(tmp_path, kind):
    end = "" if kind == "none" else f".{kind.lower()}"
    more = {f"round/more{n}{end}": picture(n, "PNG" if kind == "none" else kind) for n in (40, 41)}
    source = load(str(tree(tmp_path, "round", "square", **more)))
    assert len(source.train) == 10 and len(source.notes) == 1


def test_what_is_not_read_is_named_with_a_count(tmp_path):
    more = {f"round/IMG_{n}.HEIC": HEIC for n in range(3)} | {"round/a.avif": b""}
    more |= {"labels.csv": b"a,b", "square/notes.txt": b"x"}
    source = load(str(tree(tmp_path, "round", "square", **more)))
    assert len(source.train) == 8 and source.notes[1:] == [
        "left out 3 .heic, 1 .avif, image formats that are not read here: save them as PNG or JPEG",
        "left out 1 .csv, 1 .txt, no images: labels.csv, notes.txt",
    ]


@pytest.mark.parametrize(
    "folders, sizes",
    [
        (["train/{}", "val/{}"], (6, 8, 2)),
        (["Train/{}", "Valid/{}", "TEST/{}"], (8, 8, 8)),
        (["training/{}", "testing/{}"], (6, 2, 8)),
        (["data/train/{}", "data/validation/{}", "data/test/{}"], (8, 8, 8)),
        (["train/images/{}", "dev/images/{}", "test/images/{}"], (8, 8, 8)),
        (["训练集/{}", "测试集/{}"], (6, 2, 8)),
    ],
)
def test_folders_that_are_divided_already_are_taken_as_parts(tmp_path, folders, sizes):
    names = [folder.format(shape) for folder in folders for shape in ("round", "square")]
    source = load(str(tree(tmp_path, *names)))
    assert source.names == ("round", "square")
    parts = divide(source, None, 0.25, None, seed=0)
    assert tuple(map(len, (parts.train, parts.validation, parts.test))) == sizes
    (note,) = [note for note in source.notes if note.startswith("divided already: 8 train (")]
    assert ("held out" in note) == (len(folders) < 3)
    assert not parts.notes, "no picture is in two parts"


def test_a_test_part_without_classes_is_left_out_with_a_count(tmp_path):
    source = load(str(tree(tmp_path, "train/round", "train/square", "test")))
    assert len(source.train) == 8 and source.test is None
    note = f"left out 4 images that lie in no class of a part, as in {tmp_path / 'test'}"
    assert note in source.notes


def test_one_folder_around_another_and_folders_below_a_class(tmp_path):
    source = load(str(tree(tmp_path, "set/set/round/mine", "set/set/round", "set/set/square")))
    assert source.names == ("round", "square") and len(source.train) == 12
    assert source.notes[0] == f"the classes are in {tmp_path / 'set/set'}"
    assert "4 images lie deeper and count for the folder of the class above" in source.notes


def test_links_in_a_circle_end(tmp_path):
    tree(tmp_path, "round", "square")
    (tmp_path / "round" / "other").symlink_to(tmp_path / "square")
    (tmp_path / "square" / "other").symlink_to(tmp_path / "round")
    (tmp_path / "square" / "up").symlink_to(tmp_path)
    (tmp_path / "square" / "gone").symlink_to(tmp_path / "nowhere")
    source = load(str(tmp_path))
    assert source.names == ("round", "square")
    assert "without an ending, no images: gone" in " ".join(source.notes)


def test_a_class_may_be_called_test(tmp_path):
    assert load(str(tree(tmp_path, "test", "control"))).names == ("control", "test")


@pytest.mark.parametrize(
    "names, files, words",
    [
        (
            ["val/a", "val/b", "test/a", "test/b"],
            {},
            "has the part test and val, but no folder train",
        ),
        (
            ["train/a", "train/b", "val/a", "valid/a"],
            {},
            "has val and valid, which are both the valid",
        ),
        (
            ["train/a", "train/b", "val/c"],
            {},
            "c is a class that the training part lacks; it has a, b",
        ),
        (["train/a", "val/a"], {}, "train has the single class a; two are needed at least"),
        (["train/a", "train/b", "val/a", "cat"], {}, "beside them folders of images (cat)"),
        (["train", "train/a", "train/b", "val/a"], {}, "4 images beside the folders of classes"),
        (
            ["train", "val"],
            {},
            "train has no folder for each class: a part holds folders of images",
        ),
        (["a/train", "a/val", "b/train"], {}, "a is divided into train, val: put the parts above"),
        ([""], {}, "has 4 images that lie in no folder of a class"),
        (
            [],
            {"a.zip": b"", "b.csv": b""},
            "nor a subfolder of images for each class (it holds 1 .zip,",
        ),
        (
            ["a"],
            {"b/1.heic": HEIC},
            "b has no image that is read here; it holds 1 .heic: save them as",
        ),
        (
            ["a"],
            {"b/.DS_Store": b""},
            "b has no image that is read here; it holds hidden or system",
        ),
        (
            ["a"],
            {"b/1.png": HEIC},
            "1.png cannot be read as an image: it is a HEIC image; save it as",
        ),
        (
            ["a"],
            {"b/1.jpg": b"<!DOCTYPE html>"},
            "1.jpg cannot be read as an image: it is a web page",
        ),
        (["a"], {"b/1.jpg": b""}, "1.jpg cannot be read as an image: it is empty (0 bytes)"),
        (
            ["a"],
            {"b/1.jpg": picture(50)},
            'class "b" has too few different images to split (1 in all)',
        ),
    ],
)
def test_folders_of_images_that_cannot_be_used(capsys, tmp_path, names, files, words):
    tree(tmp_path / "own", *names, **files)
    error = fails(capsys, cnn, "train", "--data", tmp_path / "own", "--out", tmp_path / "out")
    assert words in error and not (tmp_path / "out").exists()


def test_single_files_in_place_of_folders_and_images(capsys, tmp_path):
    for content, words in [
        (packed(**{"a/1.png": "x"}), "is a zip archive, and no folder; give the folder that holds"),
        (picture(1), "is a PNG image, and no folder"),
        (b"a,b", "is neither an .npz file nor a folder; give the folder"),
    ]:
        (tmp_path / "own").write_bytes(content)
        assert words in fails(
            capsys, cnn, "train", "--data", tmp_path / "own", "--out", tmp_path / "out"
        )
    for path, words in [
        (tmp_path, "it is a folder; name the images"),
        (tmp_path / "own", "cannot be"),
    ]:
        with pytest.raises(InputError, match=words):
            read_image(path, False)


# Texts

WORKBOOK = packed(**{"[Content_Types].xml": "", "xl/workbook.xml": ""})
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)


def tarred():
    """A tar archive with one file."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("reviews.csv"))
    return file.getvalue()


@pytest.mark.parametrize(
    "content, words",
    [
        (WORKBOOK, "is an Excel workbook (.xlsx): open it and save it as CSV (UTF-8)"),
        (WORKBOOK[:60], "is an Excel workbook (.xlsx)|is a zip archive"),
        (OLD + "Workbook".encode("utf-16-le"), "is an Excel workbook (.xls): open it and save it as CSV"),
        (OLD + "WordDocument".encode("utf-16-le"), "is a Word document (.doc): put its texts into a"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "is an Office file with a password: take that"),
        (OLD, "is an old Office file"),
        (packed(**{"word/document.xml": ""}), "is a Word document (.docx): put its texts into a table"),
        (packed(**{"Index/Tables/DataList.iwa": ""}), "is a Numbers workbook: open it and save it as"),
        (
            packed(mimetype="application/vnd.oasis.opendocument.spreadsheet"),
            "is an OpenDocument workbook (.ods): open it and save it as CSV",
        ),
        (
            packed(**{"reviews.csv": "", "__MACOSX/._reviews.csv": ""}),
            "is a zip archive: unpack it and give what is in it; it holds reviews.csv\n",
        ),
        (gzip.compress(b"text,label"), "is packed (gzip): unpack it"),
        (tarred(), "is a tar archive: unpack it"),
        (b"%PDF-1.7 ...", "is a PDF: put its texts into a table"),
        (b"{\\rtf1", "is a document in RTF"),
        (b"PAR1" + bytes(9), "is a Parquet file: export its table as CSV (UTF-8)"),
        (b"SQLite format 3\0", "is a SQLite database: export"),
        (picture(1), "is a PNG image: there is no text in it to classify"),
        (picture(1, "JPEG"), "is a JPEG image"),
        (picture(1, "WEBP"), "is a WebP image"),
        (picture(1, "BMP"), "is a BMP image"),
        (HEIC, "is a HEIC image"),
        (b"\0\0\0\x20ftypisom", "is a sound or a video"),
        (b"RIFF....WAVE", "is a sound or a video"),
        (b'[{"text": "x", "label": "1"}]', "is JSON: save it as CSV (UTF-8)"),
        (b'{"text": "x"}\n{"text": "y"}\n', "is JSON Lines: save it as CSV (UTF-8)"),
        (b"<html><table>", "is a web page (HTML): fetch the file itself again"),
        (b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?><Workbook '
         b'xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "is an Excel workbook in XML: open"),
        (b"version https://git-lfs.github.com/spec/v1\n", "is a pointer of Git LFS: run git lfs pull"),
        (MAC_NOTE, "is a note of macOS about another file"),
        (b"", "is empty (0 bytes)"),
        (b"\xef\xbb\xbf\r\n", "is empty (5 bytes)"),
        (bytes(100), "is no text (byte 0)"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "file",  # packed files hold the time
)  # fmt: skip
def test_a_file_that_is_no_table_is_called_what_it_is(capsys, tmp_path, content, words):
    path = tmp_path / "reviews.csv"
    path.write_bytes(content)
    error = fails(capsys, bert, "train", "--data", path, "--out", tmp_path / "out")
    assert any(f"{path} {part}" in error for part in words.split("|"))
    with pytest.raises(InputError):
        read_lines(path)


def test_a_folder_in_place_of_a_table(tmp_path):
    for files, words in [
        ({}, "is a folder: give one CSV file$"),
        ({"a.csv": b"", "._a.csv": b"", "b.txt": b""}, r"give one CSV file in it \(a.csv\)$"),
        ({"pos/1.txt": b"x", "b.docx": b"x"}, "give one CSV file; it holds 1 .docx$"),
    ]:
        folder = tree(tmp_path / str(len(files)), **files)
        folder.mkdir(exist_ok=True)
        with pytest.raises(InputError, match=words):
            read_csv(folder, "text", "label")


def test_texts_that_only_look_like_something_else_are_read(tmp_path):
    path = tmp_path / "a.csv"
    for text in ("BMW 很好", "[好评] 很好", "{x} 很好", "ID3 很好", "PK 很好", "<b>很好</b>"):
        path.write_text(f"{text}\n", encoding="utf-8")
        assert read_lines(path) == [text]


def test_what_reads_own_files_makes_no_recording_stale(tmp_path):
    folder = tmp_path / "snippets" / "x"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text("from .own_texts import read\n")
    (folder / "own_texts.py").write_text("read = 1\n")
    before = code_hash("snippets.x", tmp_path)
    (folder / "own_texts.py").write_text("read = 2\n")
    assert code_hash("snippets.x", tmp_path) == before
