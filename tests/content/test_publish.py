"""Publishing: compressed copies, releases on a disk, an object store, the workflows and the container file."""

import gzip
import subprocess
import sys
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import brotli
import pytest
import yaml
from conftest import ROOT
from lxml import etree
from publish import bucket, release
from publish.precompress import precompress

S3 = "http://s3.amazonaws.com/doc/2006-03-01/"
SCRIPT = "assets/javascripts/site.{}.js"
POLICY = "add_header Content-Security-Policy \"default-src 'none'; script-src 'self' 'sha256-{}='\" always;\nadd_header X \"y\" always;\n"


def site(folder: Path, number: int) -> Path:
    """A small site, another one for each number."""
    script = SCRIPT.format(f"{number:08x}")
    files = {
        "index.html": f"<title>{number}</title><script src={script}></script>" + "words " * 200,
        "404.html": "missing",
        "guide/index.html": f"guide {number}",
        script: f"let a = {number} // " + "words " * 200,
        "_headers": "x",
        "card.png": "png",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    headers = folder.with_name(folder.name + "-headers")
    headers.mkdir(exist_ok=True)
    (headers / "nginx.conf").write_text(POLICY.format(f"script{number}"))
    (headers / "Caddyfile").write_text(
        f"header {{\n\tContent-Security-Policy \"script-src 'self' 'sha256-script{number}='\"\n}}\n"
    )
    return folder


# Compressed copies


def test_copies_are_the_same_each_time_and_never_larger(tmp_path):
    built = site(tmp_path / "site", 1)
    sizes = precompress(built)
    first = {file: file.read_bytes() for file in built.rglob("*") if file.is_file()}
    assert (
        precompress(built) == sizes
        and {file: file.read_bytes() for file in built.rglob("*") if file.is_file()} == first
    )
    page = (built / "index.html").read_bytes()
    assert (
        gzip.decompress((built / "index.html.gz").read_bytes())
        == brotli.decompress((built / "index.html.br").read_bytes())
        == page
    )
    assert not (built / "guide/index.html.gz").exists() and not (built / "card.png.gz").exists()
    assert sizes[".br"] < sizes[".gz"] < sizes[""]


def test_a_copy_of_what_has_become_short_goes(tmp_path):
    built = site(tmp_path / "site", 1)
    precompress(built)
    (built / "index.html").write_text("x")
    precompress(built)
    assert not (built / "index.html.gz").exists() and not (built / "index.html.br").exists()


def test_no_site_no_copies(tmp_path):
    with pytest.raises(FileNotFoundError, match="make build"):
        precompress(tmp_path)


# Releases


@pytest.fixture
def target(tmp_path):
    return tmp_path / "served"


def shown(target):
    return (target / "current/index.html").read_text().split("</title>")[0]


def test_a_release_is_shown_and_the_one_before_comes_back(tmp_path, target):
    for number in (1, 2):
        release.publish(site(tmp_path / f"site{number}", number), target)
    assert shown(target) == "<title>2"
    # A page that was opened before the release finds its script after it; so it is after a rollback.
    assert (target / "current" / SCRIPT.format("00000001")).is_file()
    release.roll_back(target)
    assert (
        shown(target) == "<title>1" and (target / "current" / SCRIPT.format("00000002")).is_file()
    )
    with pytest.raises(release.Refused, match="no older release"):
        release.roll_back(target)
    assert shown(target) == "<title>1"


def test_old_releases_go_and_the_shown_one_stays(tmp_path, target):
    for number in range(1, 6):
        release.publish(site(tmp_path / f"site{number}", number), target, keep=3)
    assert len(release.releases(target)) == 3
    assert all(
        len(list((target / "releases").glob(f"*.{kind}"))) == 3
        for kind in ("headers.conf", "headers.caddy", "json")
    )
    release.roll_back(target)
    release.roll_back(target)
    release.publish(site(tmp_path / "site9", 9), target, keep=2)
    assert shown(target) == "<title>9"


def test_the_policy_allows_both_releases_while_they_change(tmp_path, target):
    release.publish(site(tmp_path / "a", 1), target)
    assert (target / "headers.conf").read_text() == POLICY.format("script1")
    release.publish(site(tmp_path / "b", 2), target)
    text = (target / "headers.conf").read_text()
    assert (
        "default-src 'none'; script-src 'self' 'sha256-script2=' 'sha256-script1='" in text
        and text.endswith('add_header X "y" always;\n')
    )
    release.publish(site(tmp_path / "c", 3), target)
    assert "script1" not in (target / "headers.conf").read_text()
    # Going back twice, what is shown is allowed as well.
    for back in (2, 1):
        release.roll_back(target)
        assert shown(target) == f"<title>{back}"
        for file in ("headers.conf", "headers.caddy"):
            assert (
                f"'sha256-script{back}='" in (target / file).read_text()
                and f"'sha256-script{back + 1}='" in (target / file).read_text()
            )


def test_going_back_shows_what_was_shown_before(tmp_path, target):
    """Not the next older folder, which may be the one that was taken back."""
    for number in (1, 2):
        release.publish(site(tmp_path / f"s{number}", number), target)
    release.roll_back(target)
    release.publish(site(tmp_path / "s3", 3), target, keep=2)
    release.roll_back(target)
    assert shown(target) == "<title>1"


def test_figures_of_the_last_releases_stay_and_no_old_copy_of_a_new_file(tmp_path, target):
    first = site(tmp_path / "s1", 1)
    for name in ("old.svg", "kept.svg", "gone.html"):
        (first / name).write_text(name * 99)
    precompress(first)
    release.publish(first, target)
    second = site(tmp_path / "s2", 2)
    (second / "kept.svg").write_text("another")  # too small to be compressed
    release.publish(second, target)
    now = target / "current"
    assert (now / "old.svg").read_text() == "old.svg" * 99 and (now / "old.svg.gz").is_file()
    assert (
        (now / "kept.svg").read_text() == "another"
        and not (now / "kept.svg.gz").exists()
        and not (now / "gone.html").exists()
    )
    # They go with the last release that had them.
    for number in (3, 4):
        release.publish(site(tmp_path / f"s{number}", number), target, keep=2)
    assert (
        not (now / "old.svg").exists()
        and not (now / SCRIPT.format("00000001")).exists()
        and (now / SCRIPT.format("00000003")).is_file()
    )


def test_a_server_that_does_not_reload_keeps_the_old_release(tmp_path, target):
    release.publish(site(tmp_path / "a", 1), target, reload=f"{sys.executable} -c pass")
    with pytest.raises(release.Refused, match="failed: no such thing"):
        release.publish(
            site(tmp_path / "b", 2),
            target,
            reload=f"{sys.executable} -c \"raise SystemExit('no such thing')\"",
        )
    assert shown(target) == "<title>1" and "script2" not in (target / "headers.conf").read_text()
    with pytest.raises(release.Refused, match="no-such-program"):
        release.publish(tmp_path / "b", target, reload="no-such-program")
    assert len(release.releases(target)) == 1
    release.publish(tmp_path / "b", target)
    release.roll_back(target)
    assert shown(target) == "<title>1"


@pytest.mark.parametrize(
    "careless",
    ["no site", "something else", "the same", "keep", "link", "clock", "inside", "no headers"],
)
def test_careless_use_changes_nothing(tmp_path, target, careless):
    built = site(tmp_path / "site", 1)
    release.publish(built, target, now=datetime(2026, 11, 25, tzinfo=UTC))
    before = sorted(target.rglob("*"))
    arguments, options, message = (built, target), {}, "this very site"
    if careless == "no site":
        arguments, message = (tmp_path / "nothing", target), "make build"
    elif careless == "something else":
        (tmp_path / "home").mkdir()
        (tmp_path / "home/letter.txt").write_text("mine")
        arguments, message = (built, tmp_path / "home"), "something else"
    elif careless == "keep":
        options, message = {"keep": 1}, "--keep"
    elif careless == "link":
        (target / "current").unlink()
        (target / "current").mkdir()
        before, message = sorted(target.rglob("*")), "is no link"
    elif careless == "clock":
        arguments = (site(tmp_path / "site2", 2), target)
        options, message = {"now": datetime(2020, 1, 1, tzinfo=UTC)}, "clock"
    elif careless == "inside":
        arguments, message = (built, built / "served"), "within the site"
    elif careless == "no headers":
        (tmp_path / "site-headers/nginx.conf").unlink()
        message = "make build"
    with pytest.raises(release.Refused, match=message):
        release.publish(*arguments, **options)
    assert sorted(target.rglob("*")) == before
    assert careless != "something else" or [
        path.name for path in (tmp_path / "home").iterdir()
    ] == ["letter.txt"]


def test_a_full_disk_leaves_what_is_served(tmp_path, target, monkeypatch):
    release.publish(site(tmp_path / "a", 1), target)
    monkeypatch.setattr(
        release.shutil,
        "copytree",
        lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")),
    )
    with pytest.raises(release.Refused, match="No space left"):
        release.publish(site(tmp_path / "b", 2), target)
    assert shown(target) == "<title>1" and not list((target / "releases").glob("*.part"))


def test_what_a_stopped_command_left_is_cleared_away(tmp_path, target):
    release.publish(site(tmp_path / "a", 1), target)
    (target / "releases/20261125-000000.000000-aaaaaaaa.part").mkdir()
    (target / ".next").symlink_to("nowhere")
    release.publish(site(tmp_path / "b", 2), target)
    assert shown(target) == "<title>2" and not list((target / "releases").glob("*.part"))


@pytest.mark.parametrize(
    ("where", "still"),
    [("shutil.copytree", 1), ("carry_over", 1), ("write", 1), ("show", 1), ("drop_old", 2)],
)
def test_a_command_that_is_killed_loses_nothing(tmp_path, target, where, still):
    for number in (1, 2):
        site(tmp_path / f"s{number}", number)
    release.publish(tmp_path / "s1", target)
    die = f"import os; from publish import release; release.{where} = lambda *_: os.kill(os.getpid(), 9); release.main(['s2', 'served'])"
    done = subprocess.run([sys.executable, "-c", die], cwd=tmp_path, env={"PYTHONPATH": str(ROOT)})
    assert done.returncode == -9 and shown(target) == f"<title>{still}"
    assert f"script{still}" in (target / "headers.conf").read_text()
    release.publish(site(tmp_path / "s3", 3), target)
    assert shown(target) == "<title>3" and not list(target.rglob("*.part"))
    release.roll_back(target)
    assert shown(target) == f"<title>{still}"


def test_one_command_at_a_time(tmp_path, target):
    release.publish(site(tmp_path / "a", 1), target)
    with release.locked(target), pytest.raises(release.Refused, match="under way"):
        release.publish(site(tmp_path / "b", 2), target)


def test_at_every_moment_a_page_finds_its_script(tmp_path, target):
    """A reader of the folder, as a server is one, while releases come and go."""
    sites = [site(tmp_path / f"s{number}", number) for number in (1, 2, 3)]
    release.publish(sites[0], target)
    stop, missing, read = threading.Event(), [], []

    def reader():
        while not stop.is_set():
            html = (target / "current/index.html").read_text()
            script = html.split("src=")[1].split(">")[0]
            read.append(1)
            if not (target / "current" / script).is_file():
                missing.append(script)

    thread = threading.Thread(target=reader)
    thread.start()
    try:
        for number in range(4, 24):
            release.publish(site(tmp_path / f"s{number}", number), target, keep=3)
            if number % 3 == 0:
                release.roll_back(target)
    finally:
        stop.set()
        thread.join()
    assert not missing and len(read) > 20


def test_the_commands_say_what_is_wrong_in_one_line(tmp_path):
    for arguments in (
        ["release", "nothing", str(tmp_path / "t")],
        ["release", "--rollback", str(tmp_path / "t")],
        ["precompress", "nothing"],
    ):
        done = subprocess.run(
            [sys.executable, "-m", f"publish.{arguments[0]}", *arguments[1:]],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        assert (
            done.returncode == 2
            and done.stderr.startswith("nothing ")
            and done.stderr.count("\n") == 1
        ), done.stderr


# An object store


class Store(BaseHTTPRequestHandler):
    """As much of S3 as a client needs to write, read and delete objects of the bucket `handbook`."""

    def do_PUT(self):
        name = unquote(self.path.split("?")[0]).removeprefix("/handbook/")
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if name in self.server.broken:
            return self.answer(
                "<Error><Code>InternalError</Code><Message>gone</Message></Error>", 400
            )
        self.server.objects[name] = (dict(self.headers), body)
        self.server.written.append(name)
        self.answer("", ETag='"1"')

    def do_GET(self):
        name = unquote(self.path.split("?")[0]).removeprefix("/handbook/")
        if name in self.server.objects:
            return self.answer(self.server.objects[name][1].decode())
        self.answer("<Error><Code>NoSuchKey</Code><Message>none</Message></Error>", 404)

    def do_POST(self):
        body = etree.fromstring(self.rfile.read(int(self.headers["Content-Length"])))
        for key in body.xpath("//*[local-name()='Key']/text()"):
            del self.server.objects[key]
        self.answer(f'<DeleteResult xmlns="{S3}"/>')

    def answer(self, text, status=200, **headers):
        self.send_response(status)
        for name, value in {
            **headers,
            "Content-Type": "application/xml",
            "Content-Length": str(len(text)),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def store(monkeypatch):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Store)
    server.objects, server.written, server.broken = {}, [], set()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "x")
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    yield server
    server.shutdown()
    server.server_close()


def put(built, store, *more):
    return bucket.main(
        [str(built), "handbook", "--endpoint", f"http://127.0.0.1:{store.server_port}", *more]
    )


def test_a_bucket_holds_the_site_with_its_headers(tmp_path, store, capsys):
    built = site(tmp_path / "site", 1)
    precompress(built)
    assert (
        put(built, store, "--prefix", "/docs") == 0
        and capsys.readouterr().out == "5 files written, 0 deleted\n"
    )
    headers, body = store.objects["docs/index.html"]
    assert (
        headers["Content-Type"] == "text/html; charset=utf-8"
        and headers["Cache-Control"] == "no-cache"
    )
    assert (
        headers["Content-Encoding"] == "gzip"
        and gzip.decompress(body) == (built / "index.html").read_bytes()
    )
    headers, _ = store.objects[f"docs/{SCRIPT.format('00000001')}"]
    assert (
        headers["Cache-Control"] == "public, max-age=31536000, immutable"
        and headers["Content-Type"] == "text/javascript; charset=utf-8"
    )
    headers, _ = store.objects["docs/card.png"]
    assert headers["Content-Type"] == "image/png" and "Content-Encoding" not in headers
    assert set(store.objects) == {
        f"docs/{name}"
        for name in (
            "index.html",
            "404.html",
            "guide/index.html",
            "card.png",
            SCRIPT.format("00000001"),
            bucket.WRITTEN,
        )
    }


def test_pages_come_last_and_what_old_pages_need_stays(tmp_path, store):
    first = site(tmp_path / "a", 1)
    (first / "old").mkdir()
    (first / "old/index.html").write_text("old")
    assert put(first, store) == 0 and "old/index.html" in store.objects
    store.written.clear()
    assert put(site(tmp_path / "b", 2), store) == 0
    assert store.written[0] == store.written.pop() == bucket.WRITTEN
    kinds = [
        0 if "site." in key else 2 if key.endswith(".html") else 1 for key in store.written[1:]
    ]
    assert kinds == sorted(kinds)
    assert {SCRIPT.format("00000001"), SCRIPT.format("00000002")} <= set(
        store.objects
    ) and "old/index.html" not in store.objects


def test_what_others_keep_in_the_bucket_stays(tmp_path, store):
    """Other data, and another copy of the site, in a bucket whose root is the site's."""
    store.objects["backups/letters.tar"] = ({}, b"mine")
    put(site(tmp_path / "a", 1), store, "--prefix", "staging")
    put(site(tmp_path / "b", 2), store)
    put(site(tmp_path / "c", 3), store)
    assert (
        store.objects["backups/letters.tar"] == ({}, b"mine")
        and "staging/guide/index.html" in store.objects
    )
    assert {SCRIPT.format(f"{number:08x}") for number in (2, 3)} <= set(store.objects)


def test_a_list_that_is_not_ours_stops_the_upload(tmp_path, store, capsys):
    for text in (b"[]", b"{}", b"no JSON", b'{"written": ["other/index.html"]}'):
        store.objects[f"docs/{bucket.WRITTEN}"] = ({}, text)
        store.written.clear()
        assert put(site(tmp_path / "a", 1), store, "--prefix", "docs") == 2 and not store.written
        said = capsys.readouterr().err
        assert said.startswith(f"not published: docs/{bucket.WRITTEN}") and said.count("\n") == 1


def test_an_upload_that_breaks_off_deletes_nothing(tmp_path, store, capsys):
    first = site(tmp_path / "a", 1)
    (first / "old").mkdir()
    (first / "old/index.html").write_text("old")
    put(first, store)
    store.broken.add("guide/index.html")
    assert put(site(tmp_path / "b", 2), store) == 2
    said = capsys.readouterr().err
    assert said.startswith("not published: ") and "gone" in said
    assert "old/index.html" in store.objects and SCRIPT.format("00000001") in store.objects
    # The next one that goes through deletes what is due.
    store.broken.clear()
    assert put(tmp_path / "b", store) == 0 and "old/index.html" not in store.objects


def test_careless_uploads_are_refused_in_one_line(tmp_path, store, monkeypatch, capsys):
    assert put(tmp_path, store) == 2 and "make build" in capsys.readouterr().err
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    assert (
        put(site(tmp_path / "a", 1), store) == 2
        and "AWS_SECRET_ACCESS_KEY" in capsys.readouterr().err
    )
    with pytest.raises(SystemExit):
        bucket.main([str(tmp_path), "handbook", "--endpoint", "example.org"])


# Workflows and container file


@pytest.fixture(params=["publish.yml", "pull-request.yml"])
def workflow(request):
    found = yaml.safe_load((ROOT / ".github/workflows" / request.param).read_text(encoding="utf-8"))
    return request.param, found, found[True]  # “on” is true in YAML 1.1


def test_workflows_have_few_rights_and_pinned_actions(workflow):
    name, found, on = workflow
    rights = [found["permissions"], *(job.get("permissions", {}) for job in found["jobs"].values())]
    granted = {(key, value) for right in rights for key, value in right.items()}
    if name == "pull-request.yml":
        assert list(on) == ["pull_request"] and granted == {("contents", "read")}
        assert "secrets" not in (ROOT / ".github/workflows" / name).read_text()
    else:
        assert granted == {("contents", "read"), ("pages", "write"), ("id-token", "write")}
        assert (
            set(found["jobs"]["deploy"]["permissions"]) == {"pages", "id-token"}
            and found["jobs"]["deploy"]["needs"] == "build"
        )
    for job in found["jobs"].values():
        assert job["timeout-minutes"] <= 60
        for step in job["steps"]:
            action, _, pin = step.get("uses", "").partition("@")
            assert not action or action.startswith("actions/") and len(pin) == 40


def tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def test_linters_find_nothing(tmp_path):
    done = subprocess.run(
        [tool("zizmor"), "--offline", ".github/workflows"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    done = subprocess.run(
        [tool("hadolint"), "deploy/Containerfile"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0 and not done.stdout, done.stdout + done.stderr
    bad = tmp_path / ".github/workflows/bad.yml"
    bad.parent.mkdir(parents=True)
    bad.write_text(
        "on: pull_request_target\njobs: {a: {runs-on: x, steps: [{uses: actions/checkout@v4}, {run: 'echo ${{ github.head_ref }}'}]}}\n"
    )
    assert (
        subprocess.run([tool("zizmor"), "--offline", str(bad)], capture_output=True).returncode != 0
    )


def test_the_container_gets_what_it_names():
    lines = (ROOT / "deploy/Containerfile").read_text(encoding="utf-8").splitlines()
    sources = [line.split()[1] for line in lines if line.startswith("COPY")]
    kept = [
        line[1:] for line in (ROOT / ".containerignore").read_text().split() if line.startswith("!")
    ]
    assert sorted(sources) == sorted(kept) and (ROOT / "deploy/nginx.conf").is_file()
