"""A little server for the gallery: a strict policy, compressed answers, and it remembers what was posted."""

import gzip
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "src/kring/web/static"
POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
KINDS = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
}


class Site:
    """Pages by path; posts as they came in; bytes and answers counted."""

    def __init__(self) -> None:
        self.pages: dict[str, str] = {}
        self.posted: list[tuple[str, dict[str, list[str]], dict[str, str]]] = []
        self.sent: list[tuple[str, int]] = []
        self.answers: dict[str, tuple[int, str]] = {}
        self.origin = ""

    def add(self, path: str, page: str) -> str:
        """A page at an address."""
        self.pages[path] = page
        return self.origin + path

    def weight(self) -> int:
        """Bytes over the wire."""
        return sum(size for _, size in self.sent)


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.split("?")[0]
            if path in site.pages:
                return self.answer(200, "text/html; charset=utf-8", site.pages[path].encode())
            file = STATIC / path.removeprefix("/static/")
            if path.startswith("/static/") and file.is_file():
                return self.answer(200, KINDS.get(file.suffix, "text/plain"), file.read_bytes())
            return self.answer(404, "text/plain", b"")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            site.posted.append((self.path, parse_qs(body), dict(self.headers.items())))
            status, page = site.answers.get(self.path, (204, ""))
            self.answer(status, "text/html; charset=utf-8", page.encode())

        def answer(self, status: int, kind: str, body: bytes) -> None:
            small = body if kind == "font/woff2" else gzip.compress(body, 6)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Security-Policy", POLICY)
            self.send_header("Cache-Control", "no-store")
            if small is not body:
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", "0" if status == 204 else str(len(small)))
            self.end_headers()
            if status != 204:
                site.sent.append((self.path, len(small)))
                self.wfile.write(small)

        def log_message(self, *words: Any) -> None:
            """Silence."""

    return Handler


@contextmanager
def served() -> Any:
    """The site, for as long as it is needed."""
    site = Site()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(site))
    server.daemon_threads = True
    site.origin = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
