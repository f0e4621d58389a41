"""The list of links to other sites, and the command that asks them, against a server of our own."""

import http.server
import threading
import time
from datetime import UTC, datetime

import pytest
from conftest import ROOT
from handbook import link_checker
from handbook.links import FILE, addresses
from lxml import html

ANSWERS = {  # path: (status for HEAD, status for GET, where to)
    "/good": (200, 200, ""),
    "/no-head": (405, 200, ""),
    "/head-lies": (404, 200, ""),
    "/gone": (404, 404, ""),
    "/gone-for-good": (410, 410, ""),
    "/forbidden": (403, 403, ""),
    "/busy": (503, 503, ""),
    "/moved": (301, 301, "/good"),
    "/elsewhere": (302, 302, "/good"),
    "/chain": (301, 301, "/elsewhere"),
    "/round": (302, 302, "/round"),
    "/moved-and-gone": (301, 301, "/gone"),
    "/good#section": (200, 200, ""),
}
STATES = {
    "/good": "ok",
    "/no-head": "ok",
    "/head-lies": "ok",
    "/gone": "dead",
    "/gone-for-good": "dead",
    "/forbidden": "refused",
    "/busy": "refused",
    "/moved": "moved",
    "/elsewhere": "ok",
    "/chain": "ok",
    "/round": "dead",
    "/moved-and-gone": "dead",
    "/good#section": "ok",
}


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers as told; /slow not in time."""

    def answer(self):
        self.server.asked.append((time.monotonic(), self.command, self.path))
        if self.path == "/slow":
            time.sleep(1)
        status = ANSWERS.get(self.path, (200, 200, ""))
        self.send_response(status[self.command == "GET"])
        if status[2]:
            self.send_header("Location", status[2])
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET = answer

    def log_message(self, *arguments):
        pass


@pytest.fixture
def server():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.asked = []
        threading.Thread(target=running.serve_forever, daemon=True).start()
        running.root = f"http://127.0.0.1:{running.server_port}"
        yield running
        running.shutdown()


@pytest.fixture
def project(tmp_path, server):
    """A project with one page that links to every kind of address; gives a function that writes its list."""

    def write(*paths, root=server.root):
        (tmp_path / "docs/zh").mkdir(parents=True, exist_ok=True)
        (tmp_path / "data").mkdir(exist_ok=True)
        (tmp_path / "docs/zh/page.md").write_text(
            "# x {#x}\n\n" + "\n".join(f"[x]({root}{path})" for path in paths), encoding="utf-8"
        )
        (tmp_path / FILE).write_text(
            "# a comment\n"
            + "".join(f"{root}{path}: {{checked: 2026-01-02, answered: null}}\n" for path in paths),
            encoding="utf-8",
        )
        return tmp_path

    return write


def test_every_kind_of_answer_is_told_apart(project, server, capsys):
    tree = project(*STATES)
    assert link_checker.main(tree, delay=0) == 1
    printed = capsys.readouterr().out
    told = dict(
        reversed(line.split())
        for line in printed.splitlines()
        if line.split()[0] in link_checker.ORDER
    )
    assert {address.removeprefix(server.root): state for address, state in told.items()} == STATES
    assert (
        f"now at {server.root}/good" in printed
        and "403 Forbidden" in printed
        and "redirects without end" in printed
    )
    assert "docs/zh/page.md:6" in printed, "where a dead link stands"
    assert printed.splitlines()[-1] == "13 links: 4 dead, 2 refused, 1 moved, 6 ok"


def test_only_what_answered_is_dated(project, server):
    tree = project(*STATES)
    link_checker.main(tree, delay=0)
    today = datetime.now(UTC).date().isoformat()
    lines = (tree / FILE).read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# a comment"
    for line in lines[1:]:
        path = line.removeprefix(server.root).split(": ")[0]
        assert line.endswith(
            f"{{checked: 2026-01-02, answered: {today if STATES[path] in ('ok', 'moved') else 'null'}}}"
        ), line


def test_all_well_is_zero(project):
    assert link_checker.main(project("/good", "/forbidden"), delay=0) == 0


def test_a_host_is_asked_one_thing_at_a_time(project, server):
    link_checker.main(project("/good", "/a", "/b"), delay=0.2)
    times = [at for at, _, _ in server.asked]
    assert len(times) == 3 and all(
        later - sooner >= 0.19 for sooner, later in zip(times, times[1:])
    )


def test_no_answer_in_time_is_dead(project, capsys):
    assert link_checker.main(project("/slow", "/good"), delay=0, timeout=(1, 0.2)) == 1
    assert "no answer in time" in capsys.readouterr().out


def test_without_a_network_nothing_is_changed(project, capsys):
    tree = project("/a", "/b", root="http://127.0.0.1:1")
    before = (tree / FILE).read_bytes()
    assert link_checker.main(tree, delay=0) == 2
    assert "no network" in capsys.readouterr().err and (tree / FILE).read_bytes() == before


@pytest.mark.parametrize(
    "text, found",
    [
        ("见[此](https://a.example/b)。", ["https://a.example/b"]),
        ("见 https://a.example/b，后文", ["https://a.example/b"]),
        ("<https://a.example/b>", ["https://a.example/b"]),
        ("[x]: https://a.example/b 'y'", ["https://a.example/b"]),
        ('<a href="https://a.example/b?c=d&e">', ["https://a.example/b?c=d&e"]),
        ("(https://a.example/b_(c))", ["https://a.example/b_(c)"]),
        (
            "at https://a.example/b. And **https://a.example/c**",
            ["https://a.example/b", "https://a.example/c"],
        ),
        ("http://", []),
    ],
)
def test_addresses_are_found_in_text(text, found):
    assert [address for _, address in addresses(text)] == found


def test_every_link_of_the_built_site_is_in_the_list(site):
    """Those of templates, hooks and the theme too, which the check of the sources does not see."""
    listed = (ROOT / FILE).read_text(encoding="utf-8")
    used = {
        link
        for page in site.rglob("*.html")
        for link in html.parse(str(page), html.HTMLParser(encoding="utf-8")).xpath("//@href")
        if link.startswith(("http:", "https:", "//"))
    }
    assert len(used) > 30
    assert not [link for link in used if f"\n{link}: " not in listed]
