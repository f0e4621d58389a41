"""What a check reports: where, what is wrong, and what to do about it."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One fault of the sources. Sorted by file and line, as an author works through them."""

    file: str  # from the project root, with forward slashes
    line: int
    message: str  # without a full stop
    todo: str  # whole sentences
    stops: bool = False  # the build would break down over it, with a traceback

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}. {self.todo}"
