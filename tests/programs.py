"""Running the programs of `snippets/` as a reader does."""

import os
import resource
import signal
import subprocess
import sys

from conftest import ROOT

from snippets.runs import run


def start(program, *arguments, env=None, largest_file=None):
    """A command line as a process of its own, with one thread and its output in pipes.

    largest_file: in bytes; a write beyond it fails as on a full disk.
    """

    def prepare():
        # A shell starts background jobs with the interrupt ignored; a reader at a terminal does not.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        if largest_file:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

    return subprocess.Popen(
        [sys.executable, "-m", f"snippets.{program}", *map(str, arguments)],
        cwd=ROOT,
        preexec_fn=prepare,
        text=True,
        encoding="utf-8",
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "OMP_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1", **(env or {})},
    )


def fails(capsys, main, *arguments, status=2):
    """Run in this process; returns the one line that the program complains with."""
    capsys.readouterr()
    found = run(main, [str(argument) for argument in arguments])
    error = capsys.readouterr().err
    assert found == status and error.startswith("error: ") and error.count("\n") == 1, (
        found,
        error,
    )
    return error
