"""What all tests share: the built site, a server for it, and a browser."""

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

ROOT = Path(__file__).resolve().parent.parent
SITE_URL = "https://example.org/some/prefix/"
PREFIX = "/some/prefix/"


def pytest_configure(config):
    if not hasattr(config, "workerinput") and find_browser() is None:
        pytest.exit(
            "No Chromium or Chrome found: install one (Debian: apt-get install chromium) "
            "or run `.venv/bin/playwright install chromium`.",
            returncode=3,
        )


def run_mkdocs(root, *arguments, site_url=None, repo_url=None, **options):
    """Run `mkdocs` in a tree with this Python; returns the finished process, output in one stream."""
    environment = {k: v for k, v in os.environ.items() if k not in ("SITE_URL", "REPO_URL")}
    environment["NO_MKDOCS_2_WARNING"] = "1"
    if site_url:
        environment["SITE_URL"] = site_url
    if repo_url:
        environment["REPO_URL"] = repo_url
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments], cwd=root, env=environment, text=True, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options,
    )


def built_once(tmp_path_factory, name, site_url, prepare=None, **options):
    """Build the site once for all worker processes; the first one there builds, the others wait.

    `prepare` is given a copy of the project to change before it is built.
    """
    base = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        base = base.parent
    site, done, log = base / name, base / f"{name}.done", base / f"{name}.log"
    try:
        (base / f"{name}.lock").mkdir()
    except FileExistsError:
        for _ in range(600):
            if done.exists():
                return site
            assert not log.exists(), log.read_text(encoding="utf-8")
            time.sleep(0.1)
        raise TimeoutError(f"{name} was not built within a minute") from None
    tree = ROOT
    if prepare:
        tree = copied(base / f"{name}-tree")
        prepare(tree)
    result = run_mkdocs(tree, "build", "--strict", "--site-dir", str(site), site_url=site_url, **options)
    if result.returncode:
        log.write_text(result.stdout, encoding="utf-8")
    assert result.returncode == 0, result.stdout
    done.touch()
    return site


def copied(tree):
    """A copy of the project, without what is built or installed."""
    built = {".git", ".venv", "site", "site-headers", ".cache", ".pytest_cache", "tests", "downloads"}

    def leave_out(folder, names):
        return {name for name in names if name == "__pycache__" or Path(folder) == ROOT and name in built}

    shutil.copytree(ROOT, tree, ignore=leave_out)
    return tree


def contents(folder):
    """Every file below a folder, hidden ones too, with its bytes."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The folder of the site, built without SITE_URL."""
    return built_once(tmp_path_factory, "site", None)


@pytest.fixture(scope="session")
def published(tmp_path_factory):
    """The folder of the site, built for SITE_URL."""
    return built_once(tmp_path_factory, "published", SITE_URL)


@pytest.fixture(scope="session")
def drill(tmp_path_factory):
    """The folder of a site with all that can happen to an address (see drill.py), published and with a repository."""
    from drill import REPO_URL, prepare

    return built_once(tmp_path_factory, "drill", SITE_URL, prepare, repo_url=REPO_URL)


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder under a prefix, with its 404.html and the headers it is given, as the usual hosts do."""

    def __init__(self, *arguments, prefix, headers, **options):
        self.prefix = prefix
        self.extra_headers = headers
        super().__init__(*arguments, **options)

    def translate_path(self, path):
        if not path.startswith(self.prefix):
            return str(Path(self.directory) / "outside-the-prefix")
        return super().translate_path(path[len(self.prefix) - 1:])

    def send_error(self, code, message=None, explain=None):
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.exists():
            return super().send_error(code, message, explain)
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def end_headers(self):
        for name, value in self.extra_headers.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *arguments):
        pass


@contextmanager
def serving(folder, prefix=PREFIX, headers=None):
    """Serve a folder on a free port of this machine; gives the address of its root."""
    handler = functools.partial(Handler, directory=str(folder), prefix=prefix, headers=headers or {})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
        server.shutdown()


@pytest.fixture(scope="session")
def address(site):
    """Address of the site built without SITE_URL, served under a prefix that the build never heard of."""
    with serving(site) as root:
        yield root


@pytest.fixture(scope="session")
def published_address(published):
    """Address of the site built for SITE_URL, under the same prefix."""
    with serving(published) as root:
        yield root


@pytest.fixture(scope="session")
def drill_address(drill):
    """Address of the site with the drill page, under the same prefix."""
    with serving(drill) as root:
        yield root


def polled(page, expression, *, arg=None, timeout=30_000):
    """Page.wait_for_function from outside the page: Playwright's own has the page evaluate a string, which our policy forbids."""
    from playwright.sync_api import Error, TimeoutError

    end = time.monotonic() + timeout / 1000
    while True:
        try:
            if value := page.evaluate(expression, arg):
                return value
        except Error as error:
            if "context was destroyed" not in error.message:  # by going to another page
                raise
        if time.monotonic() > end:
            raise TimeoutError(f"not within {timeout} ms: {expression}")
        page.wait_for_timeout(20)


SETTLED = """!document.querySelector("script[data-rest]") || document.documentElement.matches(".no-js, .hb-links")"""


def settled(method):
    """A navigation that waits for the page's script, which comes after the first paint and may come after `load`."""
    from playwright.sync_api import Error

    @functools.wraps(method)
    def call(page, *arguments, **options):
        result = method(page, *arguments, **options)
        until = time.monotonic() + 5
        while time.monotonic() < until:
            try:
                if page.evaluate(SETTLED):
                    break
            except Error:  # the page is just being left
                pass
            time.sleep(0.02)
        return result
    return call


@pytest.fixture(scope="session")
def browser():
    """One browser for the session, whose pages wait for our script and under our policy."""
    from playwright.sync_api import Page, sync_playwright

    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        patch.setattr(Page, "wait_for_function", polled)
        for name in ("goto", "reload", "wait_for_url", "go_back"):
            patch.setattr(Page, name, settled(getattr(Page, name)))
        running = playwright.chromium.launch(
            executable_path=find_browser(), args=["--no-sandbox", "--disable-background-networking"])
        yield running
        running.close()


@pytest.fixture
def page(browser):
    """A fresh desktop page; the test fails if the page throws or logs an error."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, permissions=["clipboard-read", "clipboard-write"])
    tab = context.new_page()
    errors = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    yield tab
    context.close()
    assert not [e for e in errors if "404" not in e], errors
