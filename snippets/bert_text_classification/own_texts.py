"""Texts that people bring: a table of them, or a file with one in each line. No recording reads any."""

import codecs
import csv
import io
import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from snippets.own_files import Kind, counted, litter, named, recognise
from snippets.runs import InputError

from .data import Example

UTF_8 = "utf-8-sig"  # unless another encoding is named
TABLES = (".csv", ".tsv")
DELIMITERS = (",", "\t", ";")
AS_CSV = "save it as CSV (UTF-8): a heading, then a row for each text"


def decode(path: Path, encoding: str) -> str:
    """The text of a file.

    Raises InputError that says what the file is when it holds no text, and else which encoding to try.
    """
    content = read_bytes(path)
    if kind := recognise(content) or as_json(content):
        raise InputError(f"{path} is {kind.name}: {kind.advice}")
    if encoding == UTF_8 and content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"  # as Excel's “Unicode text”; the mark leaves no doubt
    try:
        name = codecs.lookup(encoding).name
        text = content.decode(encoding)
        text.encode()  # some encodings can write what is no character
    except UnicodeError as error:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            advice = "it looks like --encoding utf-16"
        elif b"\0" in content:
            advice = without_mark(content)
        elif name.startswith("utf-8"):
            advice = "a file from Excel in China may be --encoding gb18030"
        else:
            advice = "name its own with --encoding"
        where = f" (byte {error.start})" if isinstance(error, UnicodeDecodeError) else ""
        raise InputError(f"{path} is not {name.removesuffix('-sig')}{where}; {advice}") from None
    except LookupError:
        raise InputError(f"there is no encoding “{encoding}” for texts") from None
    if "\0" in text:
        raise InputError(f"{path} is no text (byte {content.find(0)}); {without_mark(content)}")
    return text


def read_bytes(path: Path) -> bytes:
    """The content of a file. Raises InputError for a folder, for none, and for one that is empty."""
    if path.is_dir():
        inside = [file for file in path.iterdir() if file.is_file() and not litter(file.name)]
        tables = [file for file in inside if file.suffix.lower() in TABLES]
        holds = named(tables) if tables else counted(inside)
        raise InputError(
            f"{path} is a folder: give one CSV file"
            + (f" in it ({holds})" if tables else f"; it holds {holds}" if holds else "")
        )
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from None
    if not content.removeprefix(codecs.BOM_UTF8).strip():
        raise InputError(f"{path} is empty ({len(content)} bytes)")
    return content


def as_json(content: bytes) -> Kind | None:
    """JSON, or JSON Lines, where that is what it is."""
    content = content.removeprefix(codecs.BOM_UTF8).strip()
    if content[:1] not in (b"[", b"{"):
        return None
    for text, name in ((content, "JSON"), (content.split(b"\n", 1)[0], "JSON Lines")):
        with suppress(ValueError, RecursionError):
            if isinstance(json.loads(text), list | dict):
                return Kind(name, AS_CSV)
    return None


def without_mark(content: bytes) -> str:
    """What to try with a file that has zero bytes: as UTF-16 has, where nothing says that it is that."""
    beginning = content[:2000]
    for half, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if beginning[half::2].count(0) > 0.3 * len(beginning[half::2]):
            return f"it looks like --encoding {name}"
    return "is it the right file?"


def read_lines(path: Path, encoding: str = UTF_8) -> list[str]:
    """The lines of a file of texts. Raises InputError when it cannot be read."""
    return io.StringIO(decode(path, encoding), newline=None).read().removesuffix("\n").split("\n")


def read_csv(
    path: Path, text_column: str, label_column: str, encoding: str = UTF_8
) -> list[Example]:
    """Read a table with a heading: commas, tabs or semicolons between its columns.

    Raises InputError that names the column, row or byte at fault.
    """
    csv.field_size_limit(10_000_000)
    text = decode(path, encoding)
    delimiter = delimiter_of(text, path, {text_column, label_column})
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    examples = []
    try:
        columns = reader.fieldnames or []
        for column in (text_column, label_column):
            if column not in columns:
                raise InputError(f"{path} has no column “{column}”{instead(columns)}")
            if columns.count(column) > 1:
                raise InputError(f"{path} has {columns.count(column)} columns “{column}”")
        for row, fields in enumerate(reader, 1):
            count = (
                len(columns)
                + len(fields.get(None, ()))
                - sum(value is None for value in fields.values())
            )
            if count != len(columns):  # an unquoted comma would shift texts and labels
                raise InputError(
                    f"{path}: row {row} has {count} fields and the heading {len(columns)}; "
                    "a text that holds a comma has to stand in quotes"
                )
            text, label = fields[text_column], fields[label_column].strip()
            if not label and text.strip():
                raise InputError(f"{path}: row {row} has no label in the column “{label_column}”")
            examples.append(Example(text, label, row))
    except csv.Error as error:
        place = f"after row {len(examples)}" if examples else "at its beginning"
        advice = "; is a quote never closed?" if "unexpected end" in str(error) else ""
        raise InputError(f"{path} is no CSV {place}: {error}{advice}") from None
    if not examples:
        raise InputError(f"{path} has a heading, but no row below it")
    return examples


def delimiter_of(text: str, path: Path, wanted: set[str]) -> str:
    """What stands between the columns: the one that gives those that are wanted, or what the name says."""
    usual = "\t" if path.suffix.lower() == ".tsv" else ","
    for delimiter in sorted(DELIMITERS, key=lambda d: d != usual):
        with suppress(csv.Error):
            heading = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
            if wanted <= set(heading):
                return delimiter
    return usual


def instead(columns: Sequence[str]) -> str:
    """What a file has in place of the column that was asked for, and what may be the cause."""
    if len(columns) == 1:
        tried = {part: columns[0].split(part) for part in DELIMITERS[1:] if part in columns[0]}
        columns = next(iter(tried.values()), columns)
    names = ", ".join(f"“{name}”" for name in columns[:10]) + (
        f" and {len(columns) - 10} more" if len(columns) > 10 else ""
    )
    return (
        f"; it has: {names}; the first row has to name the columns, "
        "--text-column and --label-column say which to take"
    )
