"""What a terminal showed when a listing ran: read for its fault, and cut to the telling lines for the pages."""

import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

GAP = "…"
MAX_LINES = 16
# Prose is broken here; code, carets and progress bars are not broken up to MAX_WIDTH.
FOLD_WIDTH = 100
MAX_WIDTH = 110
# A line of a library's log that needs more rows than this is cut; what an exception says never is.
MAX_ROWS = 3
LEFT_OUT = [
    "TensorFlow's messages about the processor and CUDA, and blank lines",
    "folders of the machine, before the names of files, and the numbers of requests",
    "all states of a progress bar but the last",
    "frames of a traceback in other files than the listing, and earlier tracebacks of a chain, for …",
    "the library's own source line under a warning",
    f"the ends of log lines of more than {MAX_ROWS} rows, for …",
    f"the middle, where there are more than {MAX_LINES} rows, for …",
]

ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
CHATTER = re.compile(
    r"[IWEF]\d{4} \d\d:|\d{4}-\d\d-\d\d \d\d:\d\d:[\d.]+: [IWEF] |"
    r"WARNING: All log messages before absl::|To enable the following")
HEADER = "Traceback (most recent call last):"
REQUEST = re.compile(r"(?<=Request ID: )[\da-f-]{36}")
FRAME = re.compile(r'  File "(?P<file>.*)", line (?P<line>\d+), in ')
WARNING = re.compile(r"[^\s:]+:\d+: (?P<category>\w*Warning): (?P<message>.*)")


@dataclass(frozen=True)
class Fault:
    """The exception that ended a listing, and the line of the listing in which it was raised."""

    type: str
    message: str
    line: int


def lines_of(output: str, folders: Iterable[str]) -> list[str]:
    """The lines that stand on the terminal at the end, without TensorFlow's chatter and without the folders' names."""
    known = "|".join(re.escape(folder) for folder in sorted(folders, key=len, reverse=True))
    inside = re.compile(rf"(?<![\w.:/-])(?:{known})/(?:[^\s\"':)]*/)?")
    shown = (last_state(ANSI.sub("", line)) for line in output.split("\n"))
    return [REQUEST.sub(GAP, inside.sub("", line)) for line in shown if line.strip() and not CHATTER.match(line)]


def last_state(line: str) -> str:
    """What is left of a line that was written over with carriage returns or backspaces, as progress bars are."""
    return re.split(r"[\r\b]", line.rstrip("\r\b "))[-1]


def split_at_traceback(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines before the first traceback, and those from there on."""
    start = lines.index(HEADER) if HEADER in lines else len(lines)
    return lines[:start], lines[start:]


def last_traceback(lines: list[str]) -> tuple[list[str], list[str]]:
    """The frames of the last traceback of a chain, and the lines of what the exception says."""
    start = max(number for number, line in enumerate(lines) if line == HEADER)
    inner = lines[start + 1:]
    end = next(number for number, line in enumerate(inner) if not line.startswith("  "))
    return inner[:end], inner[end:]


def fault_of(lines: list[str], listing: str) -> Fault | None:
    """The fault that ended the run; None if it ended well."""
    if HEADER not in lines:
        return None
    frames, said = last_traceback(lines)
    raised = [int(match["line"]) for match in map(FRAME.match, frames) if match and match["file"] == listing]
    kind, _, message = "\n".join(said).partition(": ")
    return Fault(kind.rpartition(".")[2], message, raised[0])


def warnings_of(lines: list[str]) -> list[dict[str, str]]:
    """Category and message of every warning of Python's, in order."""
    return [match.groupdict() for match in map(WARNING.match, lines) if match]


def retries_of(lines: list[str]) -> int:
    """How often huggingface_hub tried again."""
    return sum(line.startswith("Retrying in ") for line in lines)


def last_printed(lines: list[str]) -> str | None:
    """The last line that is neither of a traceback nor of a warning; None if there is none."""
    plain = [line for line in without_warned_source(split_at_traceback(lines)[0]) if not WARNING.match(line)]
    return plain[-1] if plain else None


def without_warned_source(lines: list[str]) -> list[str]:
    """The lines without the indented one that Python prints under a warning."""
    return [line for above, line in zip(["", *lines], lines) if not (WARNING.match(above) and line.startswith("  "))]


def shorten(lines: list[str], listing: str, command: str) -> list[str]:
    """The command and the telling lines: at most MAX_LINES rows of at most MAX_WIDTH characters. LEFT_OUT says how."""
    before, after = split_at_traceback(lines)
    end = shorten_traceback(after, listing) if after else []
    start = [row for line in without_warned_source(before) for row in fold(line, MAX_ROWS)]
    room = MAX_LINES - 1 - len(end)
    if len(start) > room:
        start = [*start[:room - 2], GAP, start[-1]]
    return [f"$ {command}", *start, *end]


def shorten_traceback(lines: list[str], listing: str) -> list[str]:
    """The last traceback of a chain with the listing's frames only."""
    frames, said = last_traceback(lines)
    earlier = [GAP] if lines.count(HEADER) > 1 else []
    return [*earlier, HEADER, *own_frames(frames, listing), *(row for line in said for row in fold(line))]


def own_frames(frames: list[str], listing: str) -> list[str]:
    """The frames of the listing; each row of others is one GAP."""
    ours, marked = False, []
    for line in frames:
        if match := FRAME.match(line):
            ours = match["file"] == listing
        marked.append(line if ours else f"  {GAP}")
    return [line for text, same in groupby(marked) for line in ([text] if text == f"  {GAP}" else same)]


def fold(line: str, most: int | None = None) -> list[str]:
    """A line too long for a row in rows broken at spaces; if that makes more than `most`, one row, cut off."""
    if len(line) <= MAX_WIDTH:
        return [line]
    rows = textwrap.wrap(line, FOLD_WIDTH, subsequent_indent="    ", break_on_hyphens=False)
    return [line[:FOLD_WIDTH - 1] + GAP] if most and len(rows) > most else rows
