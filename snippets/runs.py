"""What every program here needs to fail well: one clear line, a status, and nothing half-written."""

import errno
import json
import os
import shutil
import signal
import sys
from argparse import (
    Action,
    ArgumentDefaultsHelpFormatter,
    ArgumentParser,
    ArgumentTypeError,
    Namespace,
)
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

try:
    import fcntl
except ImportError:  # Windows has no such locks: two trainings in one folder go unnoticed there
    fcntl = None

BAD_INPUT, WRITE_FAILED, INTERRUPTED, READER_LEFT = 2, 3, 130, 141
NO_SPACE = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}
PART = ".part-"  # what a file is called while it is being written
BEGIN_AGAIN = "delete it to train from the beginning"
AGAIN = "give the command of the training again"
GO_ON = "Every epoch that was finished is kept; the same command goes on from there."


class InputError(Exception):
    """What the user gave cannot be used. The message is one line that says what to do."""


# The command line


class Help(ArgumentDefaultsHelpFormatter):
    """Help that names a default where there is one to name."""

    def _get_help_string(self, action: Action) -> str | None:
        return (
            action.help
            if action.default is None or action.default is False
            else super()._get_help_string(action)
        )


class Parser(ArgumentParser):
    """A command line that complains in one line, like everything else here. Raises InputError."""

    def parse_args(
        self, arguments: Sequence[str] | None = None, namespace: Namespace | None = None
    ) -> Namespace:
        """Parse arguments, those of the process when none are given. Raises InputError."""
        for argument in sys.argv[1:] if arguments is None else arguments:
            try:
                argument.encode()
            except UnicodeEncodeError:
                raise InputError(f"an argument is not in UTF-8: {ascii(argument)}") from None
        return super().parse_args(arguments, namespace)

    def error(self, message: str) -> NoReturn:
        """Raise InputError with argparse's own words."""
        raise InputError(f"{message} ({self.prog} --help says more)")


def whole(least: int, most: int = 10**9) -> Callable[[str], int]:
    """An argument type: a whole number, neither too small nor too large."""

    def read(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = least - 1
        if not least <= value <= most:
            raise ArgumentTypeError(f"“{text}” is no whole number from {least} to {most}")
        return value

    return read


def fraction(most: float) -> Callable[[str], float]:
    """An argument type: a number above 0."""

    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = 0.0
        if not 0 < value <= most:
            raise ArgumentTypeError(f"“{text}” is no number above 0 and up to {most:g}")
        return value

    return read


def named(text: str) -> str:
    """An argument type: a name. An empty one, often an unset variable, would stand for the current folder."""
    if not text.strip():
        raise ArgumentTypeError("a name is needed, not an empty one")
    return text


def place(text: str) -> Path:
    """An argument type: the path of a file or folder."""
    return Path(named(text))


seed = whole(0, 2**32 - 1)  # as far as numpy goes


def run(
    program: Callable[[Sequence[str] | None], None], arguments: Sequence[str] | None = None
) -> int:
    """Run a command line and turn what the user can mend into one line on stderr.

    Returns the exit status: 0, BAD_INPUT, WRITE_FAILED, INTERRUPTED or READER_LEFT. A fault of ours keeps its
    traceback.
    """
    # A job that is told to end stops like one that is interrupted at the keyboard.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # as after `>&-`
            stream.reconfigure(errors="backslashreplace")  # some consoles have no Chinese
    try:
        program(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
    except InputError as error:
        return complain(str(error), BAD_INPUT)
    except BrokenPipeError:  # as with `… | head`: nobody reads on, and nobody wants to be told
        # Python flushes once more at its end; that must not fail either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READER_LEFT
    except OSError as error:
        what = error.filename or "the output"
        if error.errno in NO_SPACE:
            return complain(
                f"no room to write {what}: {error.strerror}. {note(error)}", WRITE_FAILED
            )
        return complain(
            f"{what} cannot be used: {error.strerror or error}. {note(error)}", WRITE_FAILED
        )
    except KeyboardInterrupt as error:
        return complain(f"interrupted. {note(error)}", INTERRUPTED)
    return 0


def note(error: BaseException) -> str:
    """What claimed() added to an error."""
    return " ".join(getattr(error, "__notes__", ()))


def complain(message: str, status: int) -> int:
    """Print one line on stderr and hand the status back."""
    if sys.stderr is not None:
        print("error: " + one_line(message), file=sys.stderr)
    return status


def one_line(text: str, widest: int | None = None) -> str:
    """A text as it can be shown in a line or a table: without line breaks, tabs or what commands a terminal."""
    text = "".join(c if c.isprintable() else "�" for c in " ".join(text.split()))
    return text if widest is None or len(text) <= widest else text[: widest - 1] + "…"


# Files


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that a reader finds the old content or the new one, never a part.

    Raises OSError, with the old file untouched and no temporary file left, when the disk is full.
    """
    temporary = path.with_name(PART + path.name)
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException as error:
        temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):
            error.filename = str(path)  # the name that the user knows
        raise


def write_json(path: Path, value: object) -> None:
    """Write a value as readable JSON, atomically."""
    text = json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    write_atomically(path, text.encode("utf-8"))


def read_json(path: Path) -> dict:
    """Read an object from a JSON file. Raises InputError when it is not there or broken."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(
            f"{path} does not exist: is {path.parent} the --out folder of a finished training?"
        ) from None
    except (ValueError, RecursionError):
        raise InputError(f"{path} is damaged; {BEGIN_AGAIN}") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from None
    if not isinstance(value, dict):
        raise InputError(f"{path} is not of this program")
    return value


def read_result(folder: Path, program: str, types: Mapping[str, type]) -> dict:
    """What a finished training wrote.

    Raises InputError when it is of another program or lacks one of the types' keys.
    """
    path = folder / "result.json"
    result = read_json(path)
    if result.get("program") != program:
        raise InputError(
            f"{path} is not of this program, but of {one_line(str(result.get('program', 'an unknown one')))}"
        )
    for key, kind in types.items():
        if not isinstance(result.get(key), kind):
            raise InputError(f"{path} is damaged; {AGAIN}")
    return result


@contextmanager
def claimed(out: Path) -> Iterator[None]:
    """Have an output folder to oneself; one that is not there yet is made.

    What a killed run left half-written goes. When nothing but settings is there in the end, those go again, so that a
    corrected command may use the folder; when there is more, errors are given the note that it is kept. Raises
    InputError when the path is no folder, cannot be written, holds what no training of ours wrote, or when another
    training is at work in it.
    """
    if os.path.lexists(out) and not os.path.isdir(out):
        raise InputError(f"--out {out} is no folder; name a new or an empty one")
    made = [path for path in (out, *out.parents) if not os.path.lexists(path)]
    try:
        with writable(out):
            out.mkdir(parents=True, exist_ok=True)
            found = files_in(out)
        with locked(out):
            if found and "settings.json" not in found:
                raise InputError(f"--out {out} holds other files; name a new or an empty folder")
            try:
                remove_parts(out)
                yield
            except BaseException as error:
                if out.is_dir() and files_in(out) > {"settings.json"}:
                    error.add_note(GO_ON)
                raise
            finally:
                with suppress(OSError):  # the folder may be gone, or no longer be writable
                    remove_parts(out)
                    if files_in(out) <= {"settings.json"}:
                        (out / "settings.json").unlink(missing_ok=True)
    finally:
        with suppress(OSError):
            for path in made:
                path.rmdir()  # which takes empty ones only


def remove_parts(out: Path) -> None:
    """Remove what was half-written."""
    for path in out.glob(f"{PART}*"):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


@contextmanager
def writable(out: Path) -> Iterator[None]:
    """Turn what an output folder's file system refuses, lack of space aside, into an InputError."""
    try:
        yield
    except OSError as error:
        if error.errno in NO_SPACE:
            raise
        raise InputError(f"--out {out} cannot be written: {error.strerror}") from None


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Keep a second process out of a folder. Raises InputError when there is one already."""
    if not fcntl:
        yield
        return
    handle = os.open(out, os.O_RDONLY)
    try:
        # The lock ends with the process, however that ends.
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise InputError(
            f"--out {out}: another training is at work there; wait for it, or name another folder"
        ) from None
    except OSError:
        pass  # some network file systems have no locks
    try:
        yield
    finally:
        os.close(handle)


def files_in(out: Path) -> set[str]:
    """The names of what is in a folder, but for what was half-written."""
    return {path.name for path in out.iterdir() if not path.name.startswith(PART)}


def settle(out: Path, settings: dict) -> None:
    """Note the settings of a training in its folder, or check that it began with these same ones.

    `settings` holds plain values by the names of their options, and `program` and `data_sha256`.
    Raises InputError when the folder belongs to other settings or cannot be written.
    """
    path = out / "settings.json"
    # What a training left that was killed before its first checkpoint does not bind.
    if files_in(out) <= {path.name}:
        with writable(out):
            write_json(path, settings)
        return
    before = read_json(path)
    if before.get("program") != settings["program"] or before.keys() != settings.keys():
        raise InputError(
            f"--out {out} belongs to another program, or another version of this one; name another folder"
        )
    changed = [
        "other data"
        if key == "data_sha256"
        else f"{option(key, before[key])}, not {option(key, value)}"
        for key, value in settings.items()
        if before[key] != value
    ]
    if changed:
        raise InputError(
            f"--out {out} was begun with {'; '.join(changed)}: give that command again to go on, or name another folder"
        )


def option(name: str, value: object) -> str:
    """A setting as one would give it on the command line."""
    flag = f"--{name.replace('_', '-')}"
    if value is True:
        return flag
    return f"no {flag}" if value is None or value is False else f"{flag} {value}"
