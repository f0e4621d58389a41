"""The live preview: plain `mkdocs serve` shows both languages and follows edits in each."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from conftest import ROOT


def read(address):
    with urllib.request.urlopen(address, timeout=60) as response:
        return response.read().decode("utf-8")


def until(condition, seconds=120):
    """Wait until a condition holds; what it last said or raised goes into the failure."""
    end, last = time.monotonic() + seconds, None
    while time.monotonic() < end:
        try:
            if last := condition():
                return last
        except OSError as error:
            last = error
        time.sleep(0.2)
    pytest.fail(f"not within {seconds} s: {last}")


def test_both_languages_are_previewed_and_follow_edits(tmp_path):
    tree = tmp_path / "tree"
    shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(".git", ".venv", "site", ".cache", "__pycache__", ".pytest_cache"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if k != "SITE_URL"} | {"NO_MKDOCS_2_WARNING": "1"}
    log = (tmp_path / "log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"], cwd=tree, env=environment,
        stdout=log, stderr=subprocess.STDOUT)
    root = f"http://127.0.0.1:{port}/"
    try:
        until(lambda: "AI大模型创业指南" in read(root + "guide/"))
        assert "A Startup Guide" in read(root + "en/guide/")
        for share in ("s/guide/overfitting/", "en/s/guide/overfitting/"):
            assert f'property="og:url" content="{root}{share}"' in read(root + share)
        for path, address in (("docs/zh/guide.md", "guide/"), ("docs/en/playbook.md", "en/playbook/")):
            file = tree / path
            file.write_text(file.read_text(encoding="utf-8").replace("## 结语", "## 结语改").replace("## Conclusion", "## Conclusion, edited"), encoding="utf-8")
            until(lambda: "结语改" in read(root + address) or "Conclusion, edited" in read(root + address))
            # The server puts the script of its live reload into the page, which no hash could know.
            assert "Content-Security-Policy" not in read(root + address)
    finally:
        server.terminate()
        server.wait(10)
        log.close()
