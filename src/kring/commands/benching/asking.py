"""Asking pages as a browser does: one connection kept open, cookies, forms with their tokens."""

import http.client
import re
import secrets
import time
from dataclasses import dataclass, field
from statistics import median
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Unexpected(Exception):
    """A page answered otherwise than it should."""


@dataclass
class Measured:
    """Seconds of each request, statements of the last, bytes of the last."""

    seconds: list[float] = field(default_factory=list)
    statements: int = 0
    size: int = 0

    @property
    def median_ms(self) -> float:
        """The median in milliseconds."""
        return median(self.seconds) * 1000

    @property
    def p95_ms(self) -> float:
        """The 95th percentile in milliseconds."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))] * 1000


class Browser:
    """One person's browser."""

    def __init__(self, port: int, session: str = "", source: str = "127.0.0.1") -> None:
        self.cookies = {"__Host-language": "nl"} | ({"__Host-kring": session} if session else {})
        self.connection = http.client.HTTPConnection(
            "127.0.0.1", port, timeout=30, source_address=(source, 0)
        )

    def ask(self, method: str, path: str, form: dict[str, str] | None = None, record: str = "",
            expected: tuple[int, ...] = (200,)) -> tuple[float, str, http.client.HTTPResponse]:  # fmt: skip
        """One request; its time, its text and its answer."""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), "Host": "localhost"}
        if record:
            headers["X-Bench-Record"] = record
        body = None
        if form is not None:
            body = urlencode(form)
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": "http://localhost/",
                        "Origin": "http://localhost"}  # fmt: skip
        began = time.perf_counter()
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        took = time.perf_counter() - began
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        if answer.status not in expected:
            raise Unexpected(f"{method} {path} answered {answer.status}: {text[:300]}")
        return took, text, answer

    def token(self, path: str) -> tuple[str, str]:
        """The token of the form on a page, and the page."""
        _took, text, _answer = self.ask("GET", path)
        found = TOKEN.search(text)
        if not found:
            raise Unexpected(f"{path} has no form")
        return found[1], text


def secret() -> str:
    """A key nobody uses twice."""
    return secrets.token_hex(16)
