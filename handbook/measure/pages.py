"""Serves a site compressed, on a slow line if wished, and measures its pages in Chromium."""

import functools
import gzip
import http.server
import json
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import mean, quantiles

from playwright.sync_api import Browser, Page, sync_playwright

from handbook.browser import find_browser

PHONE = {"viewport": {"width": 412, "height": 823}, "is_mobile": True, "has_touch": True}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
PATHS = {
    "guide": "guide/",
    "playbook": "playbook/",
    "bert": "problems/bert-text-classification/",
    "glossary": "reference/glossary/",
    "lab": "labs/overfitting/",
}
SLOWER = 4  # times, as in Lighthouse's mobile profile
DELAY, BYTES_PER_SECOND = 0.15, 1_600_000 / 8  # of each request; of all together
PACKED = {".html", ".css", ".js", ".mjs", ".json", ".svg", ".xml", ".txt"}
METRICS = {"layout": "Layout", "style": "RecalcStyle", "script": "Script", "all": "Task"}
QUERIES = {
    "zh": "过拟合 卷积神经网络 预训练模型 数据隐私 开源 算力 商业模式 融资 transformer gpt-3".split(),
    "en": "overfitting convolution pretrained privacy compute funding regularisation gpt-3".split(),
}
CLICKED = """addEventListener("click", () => {
  sessionStorage.clicked = performance.timeOrigin + performance.now()
}, true)"""
PAINT = 'performance.getEntriesByName("first-contentful-paint")[0]'
ARRIVED = f"path => location.pathname === path && {PAINT}"
WAITED = f"performance.timeOrigin + {PAINT}.startTime - sessionStorage.clicked"
# Types each query letter by letter, and times each until the frame with its results is painted.
# Letters that find nothing do not count.
TYPE = """async queries => {
  const input = document.querySelector(".md-search__input"), times = []
  const list = document.querySelector(".md-search-result__list")
  const frame = () => new Promise(requestAnimationFrame)
  for (const query of queries) for (let end = 1; end <= query.length; end++) {
    const from = performance.now()
    input.value = query.slice(0, end)
    input.dispatchEvent(new InputEvent("input", {bubbles: true}))
    while (list.dataset.query !== input.value) await frame()
    await new Promise(done => requestAnimationFrame(() => setTimeout(done)))
    if (list.children.length) times.push(performance.now() - from)
  }
  return times
}"""


class Handler(http.server.SimpleHTTPRequestHandler):
    """Sends text packed; lets browsers keep what lies under assets/."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        """Send the file, or the 404 page."""
        self.directory = str(self.server.folder)
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        found = path.is_file()
        body = packed(path if found else self.server.folder / "404.html")
        tag = f'"{zlib.crc32(body):x}"'
        known = self.headers["If-None-Match"] == tag
        body = b"" if known else body
        self.server.take(len(body))
        self.send_response(304 if known else 200 if found else 404)
        self.send_header("ETag", tag)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Cache-Control", "max-age=3600" if "/assets/" in self.path else "no-cache")
        self.send_header("Content-Length", str(len(body)))
        if path.suffix in PACKED:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        """Nothing is to be told."""


class Server(http.server.ThreadingHTTPServer):
    """Serves a folder until the program ends; knows how many bytes were sent."""

    def __init__(self, folder: Path):
        super().__init__(("127.0.0.1", 0), Handler)
        self.folder, self.address = folder, f"http://127.0.0.1:{self.server_port}/"
        self.slow, self.sent, self.busy_until, self.lock = False, 0, 0.0, threading.Lock()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def take(self, size: int) -> None:
        """Count what is sent, and wait as long as the slow line needs for it."""
        with self.lock:
            self.sent += size
            begin = max(time.monotonic() + DELAY, self.busy_until)
            self.busy_until = begin + size / BYTES_PER_SECOND
        if self.slow:
            time.sleep(self.busy_until - time.monotonic())

    def handle_error(self, *arguments):
        """A browser that leaves a page drops its connections."""


@functools.cache
def packed(path: Path) -> bytes:
    """A file as it is sent."""
    data = path.read_bytes()
    return gzip.compress(data, 9, mtime=0) if path.suffix in PACKED else data


@contextmanager
def new_page(browser: Browser, profile: dict, slower: float = 1) -> Iterator[Page]:
    """A page with an empty cache and a slower processor."""
    with browser.new_context(**profile) as context:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
        yield page


@contextmanager
def browsing() -> Iterator[Browser]:
    """A browser without a window."""
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-background-networking"]
        yield playwright.chromium.launch(executable_path=find_browser(), args=flags)


def work(browser: Browser, server: Server) -> dict[str, float]:
    """Milliseconds of the main thread to load the guide: layout, style, script, all tasks."""
    with new_page(browser, PHONE, SLOWER) as page:
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable")
        page.goto(server.address + PATHS["guide"])
        page.wait_for_timeout(3000)  # what a page puts off until it is idle counts, too
        metrics = session.send("Performance.getMetrics")["metrics"]
    found = {metric["name"]: 1000 * metric["value"] for metric in metrics}
    return {name: found[f"{long}Duration"] for name, long in METRICS.items()}


def sizes(browser: Browser, server: Server) -> dict[str, float]:
    """KB of a first visit to the guide, and of four more pages in the same tab."""
    found = {}
    with new_page(browser, PHONE) as page:
        for name, path in PATHS.items():
            before = server.sent
            page.goto(server.address + path)
            page.wait_for_timeout(2000)
            found[name] = (server.sent - before) / 1000
    return found | {"later": sum(found.values()) - found["guide"]}


def clicks(browser: Browser, server: Server) -> dict[str, float]:
    """Milliseconds from a click until the next page is painted: by mouse, by touch."""
    return {
        "hover": click(browser, server, DESKTOP, ".md-nav"),
        "tap": click(browser, server, PHONE, ".md-footer"),
    }


def click(browser: Browser, server: Server, profile: dict, place: str) -> float:
    """The mean of guide to playbook and back on a slow line, by links in a part of the page."""
    waited = []
    with new_page(browser, profile, SLOWER) as page:
        page.add_init_script(CLICKED)
        page.goto(server.address + PATHS["guide"])
        server.slow = True
        for name in ("playbook", "guide"):
            page.wait_for_timeout(2000)
            link = page.locator(f'{place} a[href="../{PATHS[name]}"]:visible').last
            if profile is PHONE:
                link.tap(no_wait_after=True)
            else:
                link.hover()
                page.wait_for_timeout(200)
                page.mouse.down()
                page.mouse.up()
            page.wait_for_function(ARRIVED, arg=f"/{PATHS[name]}")
            waited.append(page.evaluate(WAITED))
    server.slow = False
    return mean(waited)


def search(browser: Browser, server: Server) -> dict[str, float]:
    """Milliseconds from a key to its results, 95th percentile, also with ten times the index."""
    return {
        f"{language} {times}": typing(browser, server, language, times)
        for language in QUERIES
        for times in (1, 10)
    }


def typing(browser: Browser, server: Server, language: str, times: int) -> float:
    """The 95th percentile over all letters of all queries."""
    home = "" if language == "zh" else "en/"
    index = json.loads((server.folder / home / "search/search_index.json").read_bytes())
    copies = ("", *(f"copy-{number}/" for number in range(2, times + 1)))
    docs = index["docs"]
    index["docs"] = [doc | {"location": copy + doc["location"]} for copy in copies for doc in docs]
    with new_page(browser, DESKTOP) as page:
        page.route("**/search_index.json", lambda route: route.fulfill(json=index))
        page.goto(server.address + home, wait_until="networkidle")
        page.keyboard.press("/")
        page.keyboard.insert_text("model")
        page.wait_for_selector(".md-search-result__link", timeout=120_000)
        return quantiles(page.evaluate(TYPE, QUERIES[language]), n=20)[-1]
