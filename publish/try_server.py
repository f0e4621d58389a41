"""`make try-server`: serves the built site with the very nginx.conf of deploy/, and asks it everything that a reader's browser may ask.

    python -m publish.try_server [--load] [--runs 5]

Checks headers, compression, caching, ranges, redirects and the 404 page, in both languages; asks the same through HTTPS and below a path,
as deploy/nginx-proxy.conf sets it up; replaces the release while readers are asking, and goes back. `--load` asks with wrk from ever more connections until it answers no faster, and writes the recording
data/recordings/server/result.json with the table of the page that reports it. Needs nginx and openssl, and wrk for the load.
"""

import argparse
import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from handbook.measured import median, write
from publish import release
from publish.precompress import precompress
from recording.keep import RECORDINGS

ROOT = Path(__file__).resolve().parent.parent
OUT = RECORDINGS / "server" / "result.json"
CONNECTIONS, SECONDS = (1, 2, 4, 8, 16, 32, 64, 128, 256), 3
MAIN = """
{user}daemon off; worker_processes 2; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    include {types};
    default_type application/octet-stream;
    access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
    include {folder}/proxy.conf;
}}
"""


class Wrong(Exception):
    """What the server does that it should not."""


@contextmanager
def nginx(served: Path) -> Iterator[tuple[int, int]]:
    """Run nginx with the configurations of deploy/ on a folder of releases; gives its port, and that for HTTPS below /handbook/.

    Raises Wrong when it does not start.
    """
    program = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin:/opt/homebrew/bin")
    if program is None:
        raise Wrong("nginx is not installed")
    types = next((path for path in map(Path, ("/etc/nginx/mime.types", "/opt/homebrew/etc/nginx/mime.types")) if path.is_file()), None)
    if types is None:
        raise Wrong("nginx has no mime.types")
    if shutil.which("openssl") is None:
        raise Wrong("openssl is not installed")
    with socket.socket() as one, socket.socket() as other:
        for free in (one, other):
            free.bind(("127.0.0.1", 0))
        port, secure = one.getsockname()[1], other.getsockname()[1]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        own = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
        own = own.replace("listen 8080;", f"listen 127.0.0.1:{port};").replace("/srv/handbook/", f"{served}/")
        (folder / "site.conf").write_text(own, encoding="utf-8")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost",
             "-keyout", str(folder / "handbook.key"), "-out", str(folder / "handbook.pem")], check=True, capture_output=True)
        proxy = (ROOT / "deploy" / "nginx-proxy.conf").read_text(encoding="utf-8").replace("/etc/ssl/", f"{folder}/")
        proxy = proxy.replace("listen 8443 ssl;", f"listen 127.0.0.1:{secure} ssl;").replace("127.0.0.1:8080", f"127.0.0.1:{port}")
        (folder / "proxy.conf").write_text(proxy, encoding="utf-8")
        user = "user root; " if hasattr(os, "geteuid") and os.geteuid() == 0 else ""  # or its workers may not read the folder
        (folder / "nginx.conf").write_text(MAIN.format(folder=folder, types=types, user=user), encoding="utf-8")
        with (folder / "said").open("w+") as said:
            process = subprocess.Popen([program, "-c", str(folder / "nginx.conf")], stdout=said, stderr=said)
            try:
                for _ in range(100):
                    if process.poll() is not None:
                        said.seek(0)
                        raise Wrong(f"nginx does not start: {said.read().strip()}")
                    with socket.socket() as probe:
                        if probe.connect_ex(("127.0.0.1", port)) == 0:
                            break
                    time.sleep(0.05)
                yield port, secure
            finally:
                process.terminate()
                process.wait()


def asked(port: int, path: str, secure: bool = False, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers by their names in small letters, and body. Underlines in names stand for hyphens."""
    if secure:
        unknown = ssl.create_default_context()  # the certificate was made a moment ago, and nobody has signed it
        unknown.check_hostname, unknown.verify_mode = False, ssl.CERT_NONE
        connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=10, context=unknown)
    else:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def script_of(html: bytes) -> str:
    """The address of the script that a page at the root asks for."""
    return "/" + re.search(rb'data-rest="(?:\./)?([^"]+)"', html)[1].decode()


def questions(port: int, site: Path, folder: Path, below: str = "") -> dict[str, Callable[[], object]]:
    """What is asked, by its name: each gives True when the answer is right, else what was answered.

    below: the path below which the site is, "/handbook"; it is then asked through HTTPS.
    """
    def ask(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        return asked(port, below + path, secure=bool(below), **headers)

    said = {name.lower(): value for name, value in re.findall(r'^add_header ([\w-]+) "(.*)" always;', (folder / "headers.conf").read_text(), re.MULTILINE)}
    page = (site / "guide/index.html").read_bytes()
    script = script_of((site / "index.html").read_bytes())

    def page_of(path: str, file: str) -> object:
        status, headers, body = ask(port, path)
        right = status == 200 and body == (site / file).read_bytes() and headers["content-type"] == "text/html; charset=utf-8"
        return right or (status, headers)

    def security(path: str) -> object:
        _, headers, _ = ask(port, path)
        return all(headers.get(name) == value for name, value in said.items()) and "server" in headers and not re.search(
            r"\d", headers["server"]) or headers

    def compressed(path: str, file: str) -> object:
        status, headers, body = ask(port, path, Accept_Encoding="gzip, br")
        return status == 200 and headers.get("content-encoding") == "gzip" and headers.get("vary") == "Accept-Encoding" and body == (
            site / (file + ".gz")).read_bytes() or (status, headers, len(body))

    def cached(path: str, expected: str) -> object:
        status, headers, _ = ask(port, path)
        return status == 200 and headers.get("cache-control") == expected or headers

    def unchanged() -> object:
        _, headers, _ = ask(port, "/guide/")
        status, again, body = ask(port, "/guide/", If_None_Match=headers["etag"])
        return status == 304 and not body and again.get("cache-control") == "no-cache" or (status, again)

    def part() -> object:
        status, headers, body = ask(port, "/guide/", Range="bytes=100-199")
        return status == 206 and body == page[100:200] and headers["content-range"] == f"bytes 100-199/{len(page)}" or (status, headers)

    def redirected(path: str) -> object:
        status, headers, _ = ask(port, path)
        return status == 301 and headers["location"] == below + path + "/" or (status, headers)

    def missing(path: str) -> object:
        status, headers, body = ask(port, path)
        right = status == 404 and body == (site / "404.html").read_bytes() and "content-security-policy" in headers
        return right or (status, headers)

    return {
        "home page": lambda: page_of("/", "index.html"), "English page": lambda: page_of("/en/guide/", "en/guide/index.html"),
        "security headers of a page": lambda: security("/guide/"), "security headers of a script": lambda: security(script),
        "security headers of the 404 page": lambda: security("/nothing/"),
        "compressed page": lambda: compressed("/guide/", "guide/index.html"),
        "compressed script": lambda: compressed(script, script[1:]),
        "a page is asked for again": lambda: cached("/guide/", "no-cache"),
        "the index is asked for again": lambda: cached("/search/search_index.json", "no-cache"),
        "a hashed file is kept for good": lambda: cached(script, "public, max-age=31536000, immutable"),
        "304 for what has not changed": unchanged, "a range": part,
        "redirect to the address with a slash": lambda: redirected("/guide"), "redirect in English": lambda: redirected("/en/guide"),
        "404 page": lambda: missing("/nothing/"), "404 page in English": lambda: missing("/en/nothing/"),
        "no files for other servers": lambda: missing("/_headers"), "no hidden files": lambda: missing("/.htaccess"),
        "no way out of the folder": lambda: ask(port, "/../releases/.lock")[0] in (400, 404) or "served",
        "the way to a certificate": lambda: ask(port, "/.well-known/acme-challenge/token")[2] == b"token" or "not served",
    }


def replaced_while_read(port: int, site: Path, folder: Path, seconds: float = 2) -> int:
    """Show a changed release and go back, again and again, while readers ask; gives how many pages they read.

    A reader asks for a page, and then for the script that this page names. Raises Wrong when either is missing.
    """
    other = folder.with_name("other")
    shutil.copytree(site, other)
    shutil.copytree(site.with_name("site-headers"), folder.with_name("other-headers"))
    script = script_of((site / "index.html").read_bytes())[1:]
    renamed = re.sub(r"\.[0-9a-f]{8}\.js$", ".00000000.js", script)
    for copy in (script, script + ".gz", script + ".br"):
        (other / copy).rename(other / copy.replace(script, renamed))
    for suffix in ("", ".gz", ".br"):
        (other / f"index.html{suffix}").unlink(missing_ok=True)
    html = (site / "index.html").read_bytes()
    (other / "index.html").write_bytes(html.replace(script.encode(), renamed.encode()))
    stop, wrong, read = threading.Event(), [], []

    def reader() -> None:
        while not stop.is_set():
            status, _, body = asked(port, "/")
            time.sleep(0.002)
            there = status == 200 and asked(port, script_of(body))[0]
            read.append(1)
            if there != 200:
                wrong.append((status, there))

    readers = [threading.Thread(target=reader) for _ in range(4)]
    for one in readers:
        one.start()
    try:
        release.publish(other, folder)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            release.roll_back(folder)
            release.show(folder, release.releases(folder)[-1])
    finally:
        stop.set()
        for one in readers:
            one.join()
    if wrong:
        raise Wrong(f"{len(wrong)} of {len(read)} readers missed something while releases changed: {wrong[0]}")
    release.roll_back(folder)
    return len(read)


def load(port: int, path: str, connections: int, seconds: int) -> dict[str, float]:
    """Answers a second and errors, as wrk counts them; pages are asked for compressed."""
    told = subprocess.run(
        ["wrk", f"-c{connections}", "-t1", f"-d{seconds}s", "--latency", "-H", "Accept-Encoding: gzip", f"http://127.0.0.1:{port}{path}"],
        capture_output=True, text=True, check=True).stdout
    errors = sum(map(int, re.findall(r"(?:connect|read|write|timeout) (\d+)", told))) + sum(map(int, re.findall(r"Non-2xx.*: (\d+)", told)))
    p99 = re.search(r"99%\s+([\d.]+)(us|ms|s)", told)
    return {"per_second": float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1]), "errors": errors,
            "p99_ms": float(p99[1]) * {"us": 0.001, "ms": 1, "s": 1000}[p99[2]]}


def loaded(port: int, runs: int) -> list[dict]:
    """The load of ever more connections, up to the first two steps that bring no twentieth more."""
    found: list[dict] = []
    for connections in CONNECTIONS:
        measured = [load(port, "/guide/", connections, SECONDS) for _ in range(runs)]
        found.append({
            "id": f"n{connections}", "connections": connections, "per_second": median([one["per_second"] for one in measured], 0),
            "p99_ms": median([one["p99_ms"] for one in measured]), "errors": sum(one["errors"] for one in measured),
        })
        print(f"{connections:>4} connections: {found[-1]['per_second']['median']:.0f} answers a second, "
              f"99% within {found[-1]['p99_ms']['median']} ms, {found[-1]['errors']} errors", flush=True)
        best = max(one["per_second"]["median"] for one in found[:-2]) if len(found) > 2 else None
        if best and all(one["per_second"]["median"] < 1.05 * best for one in found[-2:]):
            break
    return found


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m publish.try_server", description="Try deploy/nginx.conf on the built site.")
    parser.add_argument("--site", type=Path, default=ROOT / "site")
    parser.add_argument("--load", action="store_true", help="measure the load too, and write the recording")
    parser.add_argument("--runs", type=int, default=5, help="how often each load is measured (5)")
    options = parser.parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory() as name:
            site, folder = Path(name) / "site", Path(name) / "served"
            shutil.copytree(options.site, site)
            shutil.copytree(options.site.with_name(options.site.name + "-headers"), site.with_name("site-headers"))
            sizes = precompress(site)
            token = site / ".well-known/acme-challenge/token"
            token.parent.mkdir(parents=True)
            token.write_bytes(b"token")
            release.publish(site, folder)
            with nginx(folder) as (port, secure):
                checks = questions(port, site, folder)
                checks |= {f"{name}, HTTPS": check for name, check in questions(secure, site, folder, "/handbook").items()}
                wrong = {name: found for name, check in checks.items() if (found := check()) is not True}
                if wrong:
                    raise Wrong("; ".join(f"{name}: {found}" for name, found in wrong.items()))
                print(f"{len(checks)} questions answered as they should be")
                print(f"{replaced_while_read(port, site, folder)} pages read with their scripts while releases changed, none missing")
                if options.load:
                    found = loaded(port, options.runs)
                    program = subprocess.run(["nginx", "-v"], capture_output=True, text=True).stderr.rpartition("/")[2].strip()
                    wrk = re.search(r"wrk \S*?([\d.]+)", subprocess.run(["wrk", "-v"], capture_output=True, text=True).stdout)[1]
                    write(OUT, {"versions": {"nginx": program, "wrk": wrk}, "runs": options.runs, "page": "/guide/",
                                "bytes": (site / "guide/index.html.gz").stat().st_size, "sizes": {k or "plain": v for k, v in sizes.items()},
                                "best": max(one["per_second"]["median"] for one in found), "load": found})
                    from recording import tables

                    tables.write_all()
    except (Wrong, release.Refused, FileNotFoundError) as error:
        print(f"try-server: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
