"""Keeps the results of slow work in .cache/build/, each under the content that it was made from."""

import hashlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from jinja2 import BytecodeCache

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".cache" / "build"
PACKAGES = ("mkdocs", "mkdocs-material", "markdown", "pymdown-extensions", "pygments", "lxml")
CODE = ("checks", "handbook", "hooks")
DAY = 24 * 60 * 60
KEEP = 7 * DAY  # long enough to go back and forth between branches


class Kept:
    """What is kept of one language's builds. An entry is one file: the hash of its contents, then these."""

    def __init__(self, folder: Path, basis: object):
        """The basis is what everything depends on besides its own inputs."""
        self.folder = folder
        self.basis = digest([basis, code(), sys.version, [version(package) for package in PACKAGES]])
        self.made = 0  # results that had to be made

    def result(self, kind: str, inputs: object, make: Callable, keep: Callable[[], bool] = lambda: True):
        """What `make` gives for some inputs, made or kept; both are JSON. It is kept if `keep` agrees afterwards."""
        file = self.folder / f"{kind}-{digest([self.basis, inputs])}"
        if (text := read(file)) is not None:
            return json.loads(text)
        self.made += 1
        result = make()
        if keep():
            write(file, json.dumps(result, ensure_ascii=False).encode())
        return result


class KeptTemplates(BytecodeCache):
    """Compiled templates; Jinja compares the source, and its own version and Python's."""

    def load_bytecode(self, bucket):
        if (code := read(FOLDER / "templates" / bucket.key)) is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket):
        write(FOLDER / "templates" / bucket.key, bucket.bytecode_to_string())


def sweep(folder: Path) -> None:
    """Throw away what no build has used for a week, and files that were never finished."""
    for file in folder.rglob("*"):
        try:
            if file.is_file() and file.stat().st_mtime < time.time() - KEEP:
                file.unlink()
        except OSError:  # another build was faster
            continue


def digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, default=repr).encode()).hexdigest()


def code() -> str:
    """The hash of our own code that runs in a build."""
    return contents(ROOT / part for part in CODE)


def contents(folders) -> str:
    """The hash of all files below some folders, with their names."""
    whole = hashlib.sha256()
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                for part in (file.relative_to(folder).as_posix().encode(), file.read_bytes()):
                    whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()


def read(file: Path) -> bytes | None:
    """What an entry holds; None when there is none or it is damaged."""
    try:
        hashed, _, body = file.read_bytes().partition(b"\n")
        if hashed != hashlib.sha256(body).hexdigest().encode():
            return None
        if file.stat().st_mtime < time.time() - DAY:
            os.utime(file)  # still of use: see sweep
    except OSError:
        return None
    return body


def write(file: Path, body: bytes) -> None:
    """Write an entry whole or not at all. Where that is impossible the next build takes longer, no more."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, prefix="new-", delete=False) as new:
            new.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        os.replace(new.name, file)
    except OSError:
        return
