"""Runs `mkdocs serve` on a tree, for the bench and the tests."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def previewing(tree: Path, work: Path) -> Iterator[str]:
    """Serve a tree; gives the address of its root. What is served lies below work/served, the log in work/log."""
    (work / "served").mkdir(parents=True, exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {key: value for key, value in os.environ.items() if key not in ("SITE_URL", "REPO_URL")}
    environment |= {"NO_MKDOCS_2_WARNING": "1"} | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(work / "served"))
    with (work / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", f"127.0.0.1:{port}"], cwd=tree,
            env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()
            server.wait(10)


def read(address: str) -> str:
    """What is served at an address."""
    with urllib.request.urlopen(address, timeout=60) as response:
        return response.read().decode("utf-8")


def until(condition: Callable, seconds: float = 300):
    """Wait until a condition holds and give its value. Raises TimeoutError with what it last said or raised."""
    end, last = time.monotonic() + seconds, None
    while time.monotonic() < end:
        try:
            if last := condition():
                return last
        except OSError as error:
            last = error
        time.sleep(0.05)
    raise TimeoutError(f"not within {seconds} s: {last}")
