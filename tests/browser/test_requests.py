"""Not one request leaves the site's origin: not on any page, not after a click on any kind of control."""

import socket
import threading

import pytest
from conftest import find_browser, serving
from reader import NAMES
from tour import Watched, click_everything, open_page, search, written_headers

LANGUAGES = {"zh": "", "en": "en/"}
BARE = ["s/guide/overfitting/", "former/", "en/s/guide/", "nowhere/", "en/nowhere/"]
# What Chromium asks for of its own accord; a page that asked these hosts would be found by its requests.
OWN = ["accounts.google.com", "update.googleapis.com", "content-autofill.googleapis.com"]
RULES = ", ".join(f"MAP {host} ~NOTFOUND" for host in OWN)


class Elsewhere:
    """Stands for every other host: all names lead here, and each connection is counted."""

    def __init__(self):
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.heard = []
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            try:
                connection, _ = self.listening.accept()
            except OSError:
                return
            connection.settimeout(1)
            try:
                self.heard.append(connection.recv(8000))
            except OSError:
                self.heard.append(b"")
            connection.close()


@pytest.fixture(scope="module")
def elsewhere():
    trap = Elsewhere()
    yield trap
    trap.listening.close()


@pytest.fixture(scope="module")
def trapped(browser, elsewhere):
    """A browser for which every name but this machine's address is the trap; it sees beacons and prefetches too."""
    running = browser.browser_type.launch(
        executable_path=find_browser(),
        args=[
            "--no-sandbox",
            "--disable-background-networking",
            "--disable-component-update",
            f"--host-resolver-rules={RULES}, MAP * 127.0.0.1:{elsewhere.port}, EXCLUDE 127.0.0.1",
        ],
    )
    yield running
    running.close()


@pytest.fixture(scope="module")
def root(drill):
    """The site with the drill page and a repository, served with its own headers."""
    with serving(drill, headers=written_headers(drill)) as address:
        yield address


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_asked_for_elsewhere_on_any_page_after_any_click(
    trapped, elsewhere, root, language
):
    with Watched(trapped, locale="en-GB" if language == "zh" else "zh-CN") as watched:
        for name in [*NAMES, "drill/"]:
            open_page(watched.page, root + LANGUAGES[language] + name)
            assert click_everything(watched.page) >= 15, name
            # What opened a menu or the search is left as a reader would leave it, to be used once more.
            watched.page.keyboard.press("Escape")
            search(watched.page, "model 模型")
            assert not watched.errors, f"{name}: {watched.errors}"
            assert not watched.foreign(root), name
        assert not watched.context.service_workers
        assert (
            watched.page.evaluate(
                "navigator.serviceWorker.getRegistrations().then(all => all.length)"
            )
            == 0
        )
        assert watched.page.evaluate("document.cookie") == "" and not watched.context.cookies()
    assert not elsewhere.heard


def test_nor_on_share_pages_redirects_and_the_404_page(trapped, elsewhere, root):
    with Watched(trapped) as watched:
        for name in BARE:
            watched.page.goto(root + name)
            watched.page.wait_for_load_state("networkidle")
            assert len(watched.requests) > 1
        assert not watched.foreign(root) and not watched.errors
    assert not elsewhere.heard


def test_the_trap_hears_what_does_leave(trapped, elsewhere, root):
    """The tests above could not pass by deafness."""
    before = len(elsewhere.heard)
    with Watched(trapped) as watched:
        watched.page.set_content(
            "<img src='http://elsewhere.example/pixel'><link rel=prefetch href='http://other.example/next'>"
        )
        watched.page.evaluate("navigator.sendBeacon('http://third.example/beacon', 'x')")
        for _ in range(50):
            heard = b" ".join(elsewhere.heard[before:])
            if b"/pixel" in heard and b"/next" in heard and b"/beacon" in heard:
                break
            watched.page.wait_for_timeout(100)
        else:
            pytest.fail(f"heard only {heard}")
        assert len(watched.foreign(root)) >= 2
    del elsewhere.heard[before:]
