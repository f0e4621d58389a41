"""Serves a built site compressed, as the usual hosts do."""

import functools
import gzip
import http.server
import threading
from contextlib import contextmanager
from pathlib import Path

TYPES = {
    ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
    ".json": "application/json", ".svg": "image/svg+xml", ".xml": "application/xml", ".txt": "text/plain; charset=utf-8",
}


@functools.lru_cache(maxsize=4096)
def packed(path, changed):
    """A file, compressed; `changed` is its time of change, so that a new build is not served from memory."""
    return gzip.compress(path.read_bytes(), 9, mtime=0)


class Handler(http.server.SimpleHTTPRequestHandler):
    """Text goes out compressed; what is missing gets the site's 404 page."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        found = path.is_file()
        if not found:
            path = Path(self.directory) / "404.html"
        if not path.is_file():
            return self.send_error(404)
        kind = TYPES.get(path.suffix)
        body = packed(path, path.stat().st_mtime_ns) if kind else path.read_bytes()
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", kind or self.guess_type(path))
        self.send_header("Content-Length", str(len(body)))
        if kind:
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Vary", "Accept-Encoding")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_GET

    def log_message(self, *arguments):
        pass


class Server(http.server.ThreadingHTTPServer):
    """A browser that leaves a page drops its connections: nothing to report."""

    daemon_threads = True

    def handle_error(self, request, client_address):
        pass


@contextmanager
def serving_compressed(folder):
    """Serve a folder on a free port of this machine; gives the address of its root."""
    with Server(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
