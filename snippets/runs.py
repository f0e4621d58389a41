"""What every program here needs to fail well: one clear line, a status, and nothing half-written."""

import errno
import json
import os
import signal
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

BAD_INPUT, WRITE_FAILED, INTERRUPTED = 2, 3, 130
NO_SPACE = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}


class InputError(Exception):
    """What the user gave cannot be used. The message is one line that says what to do."""


class Parser(ArgumentParser):
    """A command line that complains in one line, like everything else here. Raises InputError."""

    def error(self, message: str) -> NoReturn:
        raise InputError(f"{message} ({self.prog} --help says more)")


def run(program: Callable[[Sequence[str] | None], None], arguments: Sequence[str] | None = None) -> int:
    """Run a command line and turn what the user can mend into one line on stderr.

    Returns the exit status: 0, BAD_INPUT, WRITE_FAILED or INTERRUPTED. A fault of ours keeps its traceback.
    """
    # A job that is told to end stops like one that is interrupted at the keyboard.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        program(arguments)
    except InputError as error:
        return complain(str(error), BAD_INPUT)
    except OSError as error:
        if error.errno not in NO_SPACE:
            raise
        return complain(f"no room to write {error.filename}: {error.strerror}. {GO_ON}", WRITE_FAILED)
    except KeyboardInterrupt:
        return complain(f"interrupted. {GO_ON}", INTERRUPTED)
    return 0


GO_ON = "What was finished is kept; the same command goes on from the last whole epoch."


def complain(message: str, status: int) -> int:
    """Print one line on stderr and hand the status back."""
    print("error: " + " ".join(message.split()), file=sys.stderr)
    return status


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


def read_json(path: Path) -> dict:
    """Read a JSON file. Raises InputError when it is not there or broken."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(f"{path} does not exist: is {path.parent} the --out folder of a finished training?") from None
    except ValueError as error:
        raise InputError(f"{path} is damaged ({error}): train again") from None


def claim_folder(folder: Path, settings: dict) -> None:
    """Make an output folder ours, or check that a training with these same settings began in it.

    Raises InputError when the path is no folder, cannot be written, or belongs to other settings.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError(f"--out {folder} is a file; name a folder")
    path = folder / "settings.json"
    if not path.exists():
        if folder.is_dir() and any(folder.iterdir()):
            raise InputError(f"--out {folder} holds other files; name a new or an empty folder")
        try:
            write_json(path, settings)
        except (PermissionError, NotADirectoryError) as error:
            raise InputError(f"--out {folder} cannot be written: {error.strerror}") from None
        return
    before = read_json(path)
    changed = sorted(key for key in before.keys() | settings.keys() if before.get(key) != settings.get(key))
    if changed:
        raise InputError(
            f"--out {folder} holds a training with another {', '.join(changed)}; "
            "use its settings to go on, or another folder"
        )
