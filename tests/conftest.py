"""What all tests share: the built site, a server for it, a browser, and copies of the project to break."""

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from handbook.browser import find_browser
from handbook.site import read_site

ROOT = Path(__file__).resolve().parent.parent
SITE_URL = "https://example.org/some/prefix/"
PREFIX = "/some/prefix/"
NOT_COPIED = {
    ".git",
    ".venv",
    "site",
    ".cache",
    ".pytest_cache",
    ".ruff_cache",
    "downloads",
    "tests",
    "findings",
}


def pytest_configure(config):
    if not hasattr(config, "workerinput") and find_browser() is None:
        pytest.exit("No Chromium or Chrome found: apt-get install chromium", returncode=3)


# ---- builds ----


def build(tree, **settings):
    """`make build` in a tree; returns the finished process, its output in one stream.

    settings: environment variables such as SITE_URL.
    """
    environment = {
        k: v
        for k, v in os.environ.items()
        if k not in ("SITE_URL", "REPO_URL", "MAKEFLAGS", "MAKELEVEL")
    }
    environment |= {"PYTHONPATH": str(tree), **settings}
    return subprocess.run(
        ["make", "--silent", "build", f"BIN={Path(sys.executable).parent}", "VENV=.cache/venv"],
        cwd=tree,
        env=environment,
        text=True,
        encoding="utf-8",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def copy_of_project(tree):
    """A copy of the project in a new folder, without what is built or installed."""

    def leave_out(folder, names):
        return {
            name
            for name in names
            if name == "__pycache__" or Path(folder) == ROOT and name in NOT_COPIED
        }

    shutil.copytree(ROOT, tree, ignore=leave_out)
    stamp = tree / ".cache/venv/.site"  # the packages are there: those of this process
    stamp.parent.mkdir(parents=True)
    stamp.touch()
    return tree


def built_once(tmp_path_factory, name, prepare=None, **settings):
    """Build a copy of the project once for all worker processes; the first one there builds, the others wait.

    prepare: given the copy, to change it before it is built.
    """
    base = tmp_path_factory.getbasetemp()
    base = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    tree, done, log = base / f"{name}-tree", base / f"{name}.done", base / f"{name}.log"
    try:
        (base / f"{name}.lock").mkdir()
    except FileExistsError:
        until = time.monotonic() + 300
        while not done.exists():
            assert not log.exists(), log.read_text(encoding="utf-8")
            assert time.monotonic() < until, f"{name} was not built within five minutes"
            time.sleep(0.1)
        return tree / "site"
    copy_of_project(tree)
    if prepare:
        prepare(tree)
    result = build(tree, **settings)
    if result.returncode:
        log.write_text(result.stdout, encoding="utf-8")
    assert result.returncode == 0, result.stdout
    done.touch()
    return tree / "site"


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The folder of the site, built without an address."""
    return built_once(tmp_path_factory, "built")


@pytest.fixture(scope="session")
def published(tmp_path_factory):
    """The folder of the site, built for SITE_URL."""
    return built_once(tmp_path_factory, "published", SITE_URL=SITE_URL)


@pytest.fixture(scope="session")
def site_model(built):
    return read_site(built)


@pytest.fixture(scope="session")
def published_model(published):
    return read_site(published)


def contents(folder):
    """Every file below a folder with its bytes."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


# ---- servers ----


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder under a prefix, with its 404.html, as the usual hosts do."""

    def __init__(self, *arguments, prefix, **options):
        self.prefix = prefix
        super().__init__(*arguments, **options)

    def translate_path(self, path):
        if not path.startswith(self.prefix):
            return str(Path(self.directory) / "outside-the-prefix")
        return super().translate_path(path[len(self.prefix) - 1 :])

    def send_error(self, code, message=None, explain=None):
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.exists():
            return super().send_error(code, message, explain)
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(page.read_bytes())

    def log_message(self, *arguments):
        pass


class Server(http.server.ThreadingHTTPServer):
    """Takes all requests of a page at once."""

    request_queue_size = 64


@contextmanager
def serving(folder, prefix=PREFIX):
    """Serve a folder on a free port of this machine; gives the address of its root."""
    handler = functools.partial(Handler, directory=str(folder), prefix=prefix)
    with Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
        server.shutdown()


@pytest.fixture(scope="session")
def address(built):
    """Address of the site built without an address, under a prefix that the build never heard of."""
    with serving(built) as root:
        yield root


@pytest.fixture(scope="session")
def published_address(published):
    """Address of the site built for SITE_URL, under the same prefix."""
    with serving(published) as root:
        yield root


# ---- browser ----


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=find_browser(), args=["--no-sandbox", "--disable-background-networking"]
        )
        yield running
        running.close()


def settled(method):
    """A navigation that waits for the page's scripts, which come when the text has been painted."""

    @functools.wraps(method)
    def call(*arguments, **options):
        result = method(*arguments, **options)
        ready(method.__self__)
        return result

    return call


def ready(page):
    """Wait until the scripts of a page have done their work, if it has any (see theme/main.html)."""
    from playwright.sync_api import Error

    until = time.monotonic() + 30
    while page.context.scripted:
        try:
            if page.evaluate("!document.getElementById('hb-scripts')"):
                break
        except Error as error:
            if "context was destroyed" not in error.message:  # by going on to another page
                raise
        assert time.monotonic() < until, "the scripts of the page did not come"
        time.sleep(0.02)


@contextmanager
def tab(browser, **options):
    """A fresh page; the test fails if it throws or logs an error, a 404 aside."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"], **options)
    context.scripted = options.get("java_script_enabled", True)
    page = context.new_page()
    for name in ("goto", "reload", "go_back"):
        setattr(page, name, settled(getattr(page, name)))
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console", lambda message: errors.append(message.text) if message.type == "error" else None
    )
    yield page
    context.close()
    assert not [error for error in errors if "404" not in error], errors


@pytest.fixture
def page(browser):
    """A fresh desktop page."""
    with tab(browser, viewport={"width": 1280, "height": 900}) as one:
        yield one


@pytest.fixture
def phone(browser):
    """A fresh page on a phone."""
    with tab(
        browser, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    ) as one:
        yield one
