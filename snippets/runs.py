"""What every program here needs to fail well: one clear line, a status, and nothing half-written."""

import errno
import json
import os
import signal
import sys
from argparse import Action, ArgumentDefaultsHelpFormatter, ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

try:
    import fcntl
except ImportError:  # Windows has no such locks: two trainings in one folder go unnoticed there
    fcntl = None

BAD_INPUT, WRITE_FAILED, INTERRUPTED, READER_LEFT = 2, 3, 130, 141
NO_SPACE = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}
BEGIN_AGAIN = "delete it to train from the beginning"
GO_ON = "Every epoch that was finished is kept; the same command goes on from there."


class InputError(Exception):
    """What the user gave cannot be used. The message is one line that says what to do."""


# The command line


class Help(ArgumentDefaultsHelpFormatter):
    """Help that names a default where there is one to name."""

    def _get_help_string(self, action: Action) -> str | None:
        return action.help if action.default is None or action.default is False else super()._get_help_string(action)


class Parser(ArgumentParser):
    """A command line that complains in one line, like everything else here. Raises InputError."""

    def parse_args(self, arguments: Sequence[str] | None = None, namespace: Namespace | None = None) -> Namespace:
        for argument in sys.argv[1:] if arguments is None else arguments:
            try:
                argument.encode()
            except UnicodeEncodeError:
                raise InputError(f"an argument is not in UTF-8: {ascii(argument)}") from None
        return super().parse_args(arguments, namespace)

    def error(self, message: str) -> NoReturn:
        raise InputError(f"{message} ({self.prog} --help says more)")


def whole(least: int, most: int | None = None) -> Callable[[str], int]:
    """An argument type: a whole number, neither too small nor too large."""
    def read(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = least - 1
        if value < least or most is not None and value > most:
            limits = f"from {least} on" if most is None else f"from {least} to {most}"
            raise ArgumentTypeError(f"“{text}” is no whole number {limits}")
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


def folder(text: str) -> Path:
    """An argument type: the path of a folder. An empty one, often an unset variable, would be the current folder."""
    if not text.strip():
        raise ArgumentTypeError("the name of a folder is needed, not an empty one")
    return Path(text)


seed = whole(0, 2**32 - 1)  # as far as numpy goes


def run(program: Callable[[Sequence[str] | None], None], arguments: Sequence[str] | None = None) -> int:
    """Run a command line and turn what the user can mend into one line on stderr.

    Returns the exit status: 0, BAD_INPUT, WRITE_FAILED, INTERRUPTED or READER_LEFT. A fault of ours keeps its
    traceback.
    """
    # A job that is told to end stops like one that is interrupted at the keyboard.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        program(arguments)
        sys.stdout.flush()
    except InputError as error:
        return complain(str(error), BAD_INPUT)
    except BrokenPipeError:  # as with `… | head`: nobody reads on, and nobody wants to be told
        # Python flushes once more at its end; that must not fail either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READER_LEFT
    except OSError as error:
        if error.errno not in NO_SPACE:
            raise
        where = f" {error.filename}" if error.filename else ""
        return complain(f"no room to write{where}: {error.strerror}. {GO_ON}", WRITE_FAILED)
    except KeyboardInterrupt:
        return complain(f"interrupted. {GO_ON}", INTERRUPTED)
    return 0


def complain(message: str, status: int) -> int:
    """Print one line on stderr and hand the status back."""
    print("error: " + " ".join(message.split()), file=sys.stderr)
    return status


# Files


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that a reader finds the old content or the new one, never a part.

    Raises OSError, with the old file untouched and no temporary file left, when the disk is full.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
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


def read_json(path: Path, keys: Collection[str]) -> dict:
    """Read a JSON file that one of these programs wrote.

    Raises InputError when it is not there, is broken, or lacks one of the keys.
    """
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(f"{path} does not exist: is {path.parent} the --out folder of a finished training?") from None
    except ValueError:
        raise InputError(f"{path} is damaged: train again, into another folder") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from None
    if not isinstance(value, dict) or not set(keys) <= value.keys():
        raise InputError(f"{path} is not of this program")
    return value


@contextmanager
def claimed(out: Path) -> Iterator[None]:
    """Have an output folder to oneself; one that is not there yet is made.

    When nothing but settings was written in the end, those go again, so that a corrected command may use the
    folder. Raises InputError when the path is no folder, cannot be written, holds what no training of ours
    wrote, or when another training is at work in it.
    """
    if os.path.lexists(out) and not os.path.isdir(out):
        raise InputError(f"--out {out} is no folder; name a new or an empty one")
    is_new = not os.path.isdir(out)
    with writable(out):
        out.mkdir(parents=True, exist_ok=True)
        found = files_in(out)
    with locked(out):
        if found and "settings.json" not in found:
            raise InputError(f"--out {out} holds other files; name a new or an empty folder")
        try:
            yield
        finally:
            if files_in(out) <= {"settings.json"}:
                (out / "settings.json").unlink(missing_ok=True)
                if is_new:
                    out.rmdir()


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
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)  # ends with the process, however that ends
    except BlockingIOError:
        raise InputError(f"--out {out}: another training is at work there; wait for it, or name another folder") from None
    except OSError:
        pass  # some network file systems have no locks
    try:
        yield
    finally:
        os.close(handle)


def files_in(out: Path) -> set[str]:
    return {path.name for path in out.iterdir()}


def settle(out: Path, settings: dict) -> None:
    """Note the settings of a training in its folder, or check that it began with these same ones.

    `settings` holds plain values by the names of their options, and `program` and `data_sha256`.
    Raises InputError when the folder belongs to other settings or cannot be written.
    """
    path = out / "settings.json"
    if files_in(out) <= {path.name}:  # what a training left that was killed before its first checkpoint does not bind
        with writable(out):
            write_json(path, settings)
        return
    before = read_json(path, ["program"])
    if before["program"] != settings["program"]:
        raise InputError(f"--out {out} belongs to another program ({before['program']}); name another folder")
    changed = [
        "other data" if key == "data_sha256" else f"{option(key, before.get(key))}, not {option(key, settings.get(key))}"
        for key in [*settings, *(before.keys() - settings.keys())] if before.get(key) != settings.get(key)
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
