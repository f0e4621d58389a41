"""Publishing: the nginx configuration asked as a reader's browser asks, the workflows and the container file."""

import gzip
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml
from conftest import ROOT

NGINX = "/usr/sbin/nginx"
CONFIGURATION = ROOT / "handbook/publish/nginx.conf"
# What a distribution's main file would hold, and a second server in front, as the page tells to set it up.
MAIN = """
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
    server {{ listen 127.0.0.1:{front}; absolute_redirect off; {proxy} }}
}}
"""
FOR_GOOD = "public, max-age=31536000, immutable"


def free_ports():
    with socket.socket() as one, socket.socket() as other:
        for free in (one, other):
            free.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


@pytest.fixture(scope="module")
def served(published, tmp_path_factory):
    """nginx with the configuration as it is, address and folder aside; gives the folder and both ports."""
    folder = tmp_path_factory.mktemp("nginx")
    shutil.copytree(published, folder / "site")
    compressed = subprocess.run(["make", "-s", "-C", folder, "-f", ROOT / "Makefile", "compress"])
    assert compressed.returncode == 0
    for name in ("x.js", "x.1234abcd.min.js"):
        (folder / "site/assets" / name).write_text("1")
    (folder / "site/.well-known").mkdir()
    (folder / "site/.well-known/token").write_text("token")
    (folder / "site/.git").write_text("hidden")
    back, front = free_ports()
    text = CONFIGURATION.read_text(encoding="utf-8").replace(
        "listen 8080", f"listen 127.0.0.1:{back}"
    )
    text = text.replace("root /srv/handbook", f"root {folder}/site")
    (folder / "site.conf").write_text(text, encoding="utf-8")
    page = (ROOT / "docs/en/reference/publishing.md").read_text(encoding="utf-8")
    proxy = re.search(r"```nginx\n(.*?)```", page, re.DOTALL)[1].replace(":8080/", f":{back}/")
    # Started as root, its workers would otherwise not be let into the folder.
    main = "user root;" * (os.geteuid() == 0) + MAIN
    (folder / "nginx.conf").write_text(main.format(folder=folder, front=front, proxy=proxy))
    command = [NGINX, "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]
    told = subprocess.run([*command, "-t"], capture_output=True, text=True)
    assert told.returncode == 0 and "[warn]" not in told.stderr, told.stderr
    process = subprocess.Popen(command)
    try:
        until = time.monotonic() + 30
        while socket.socket().connect_ex(("127.0.0.1", front)):
            assert process.poll() is None and time.monotonic() < until, "nginx does not answer"
            time.sleep(0.05)
        yield folder / "site", back, front
    finally:
        process.terminate()
        process.wait()


def ask(port, path, **headers):
    """Status, headers and body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("GET", path, headers=names)
    answer = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read()
    connection.close()
    return found


@pytest.mark.parametrize(
    "path, status, kind, cache",
    [
        ("/", 200, "text/html; charset=utf-8", "no-cache"),
        ("/en/guide/", 200, "text/html; charset=utf-8", "no-cache"),
        ("/guide/index.md", 200, "text/markdown; charset=utf-8", "no-cache"),
        ("/guide/?1234abcd", 200, "text/html; charset=utf-8", "no-cache"),
        ("/assets/x.1234abcd.min.js", 200, "text/javascript; charset=utf-8", FOR_GOOD),
        ("/assets/x.js", 200, "text/javascript; charset=utf-8", "no-cache"),
        ("/assets/x.js?1234abcd", 200, "text/javascript; charset=utf-8", FOR_GOOD),
        ("/assets/images/icon.svg", 200, "image/svg+xml; charset=utf-8", "no-cache"),
        ("/nothing/", 404, "text/html; charset=utf-8", "no-cache"),
        ("/nothing.js?1234abcd", 404, "text/html; charset=utf-8", "no-cache"),
        ("/.git", 404, "text/html; charset=utf-8", "no-cache"),
        ("/guide", 301, "text/html", "no-cache"),
        ("/.well-known/token", 200, "application/octet-stream", "no-cache"),
    ],
)
def test_nginx_answers_with_type_cache_and_policy(served, path, status, kind, cache):
    site, port, _ = served
    found, headers, body = ask(port, path)
    assert (found, headers["Content-Type"], headers["Cache-Control"]) == (status, kind, cache)
    assert headers["Content-Security-Policy"] == "frame-ancestors 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"] and headers["Server"] == "nginx"
    if status == 404:
        assert body == (site / "404.html").read_bytes()
    if status == 301:
        assert headers["Location"] == "/guide/"


def test_every_kind_of_file_of_the_site_has_a_type(served):
    site, port, _ = served
    kinds = {path.suffix: path for path in site.rglob("*.*") if path.is_file()}
    assert {".html", ".js", ".svg", ".xml", ".zip"} <= kinds.keys()
    for kind in kinds.keys() - {".gz", ".git"}:
        place = kinds[kind].relative_to(site).as_posix()
        assert ask(port, f"/{place}")[1]["Content-Type"] != "application/octet-stream", place


def test_texts_come_packed_and_unchanged_ones_not_at_all(served):
    site, port, _ = served
    _, headers, body = ask(port, "/guide/", Accept_Encoding="gzip, br")
    assert (headers["Content-Encoding"], headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert body == (site / "guide/index.html.gz").read_bytes()
    assert gzip.decompress(body) == (site / "guide/index.html").read_bytes()
    status, _, body = ask(port, "/guide/", If_None_Match=ask(port, "/guide/")[1]["ETag"])
    assert (status, body) == (304, b"")


def test_the_site_can_stand_below_a_path_of_another_server(served):
    site, _, front = served
    assert ask(front, "/handbook/guide/")[2] == (site / "guide/index.html").read_bytes()
    assert ask(front, "/handbook/guide")[1]["Location"] == "/handbook/guide/"


# ---- workflows and container file ----


@pytest.mark.parametrize("name", ["publish.yml", "pull-request.yml"])
def test_workflows_have_few_rights_and_pinned_actions(name):
    found = yaml.safe_load((ROOT / ".github/workflows" / name).read_text(encoding="utf-8"))
    jobs = found["jobs"]
    rights = [found["permissions"], *(job.get("permissions", {}) for job in jobs.values())]
    granted = {(key, value) for right in rights for key, value in right.items()}
    publishing = {("pages", "write"), ("id-token", "write")} if name == "publish.yml" else set()
    assert granted == {("contents", "read")} | publishing
    assert "secrets." not in str(found)
    commands = [step["run"] for step in jobs["build"]["steps"] if "run" in step]
    assert commands[0] == "make test" and commands[-1].strip().endswith("make build")
    for job in jobs.values():
        assert job["timeout-minutes"] <= 60
        for step in job["steps"]:
            assert re.fullmatch(
                r"actions/[\w-]+@[0-9a-f]{40}", step.get("uses", f"actions/x@{'0' * 40}")
            )


@pytest.mark.parametrize(
    "command",
    [["zizmor", "--offline", ".github/workflows"], ["hadolint", "handbook/publish/Containerfile"]],
)
def test_linters_find_nothing(command):
    program = Path(sys.executable).with_name(command[0])
    done = subprocess.run([program, *command[1:]], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_container_gets_what_it_names():
    lines = (ROOT / "handbook/publish/Containerfile").read_text(encoding="utf-8").splitlines()
    sources = [line.split()[1] for line in lines if line.startswith("COPY")]
    kept = (ROOT / ".containerignore").read_text(encoding="utf-8").split()
    assert sorted(sources) == sorted(line[1:] for line in kept if line.startswith("!"))
    assert CONFIGURATION.relative_to(ROOT).as_posix() in sources
