"""Somebody who sends a form until it is acknowledged, and always the same form; and how many do so at once."""

import hashlib
import http.client
import re
import secrets
import threading
import time
from contextlib import closing, suppress
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Post:
    """One browser at the door of the contact point."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {"__Host-language": "nl"}

    def token(self) -> str:
        """The token of the form."""
        found = TOKEN.search(self._ask("GET")[1])
        if not found:
            raise ValueError("no form")
        return found[1]

    def send(self, key: str, words: str) -> str | None:
        """The receipt when it is acknowledged, otherwise nothing."""
        form = {"form_key": key, "who_about": words, "seen": words, "help": "1"}
        status, _text, where = self._ask("POST", {"csrfmiddlewaretoken": self.token(), **form})
        found = re.search(r"/r/([^/]+)/", where) if status == 302 else None
        return found[1] if found else None

    def _ask(self, method: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), "Host": "localhost"}
        if form:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": "http://localhost"}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)) as connection:
            connection.request(method, "/concern/", urlencode(form) if form else None, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        return answer.status, text, answer.getheader("Location") or ""


class Load:
    """Several people who hand in one concern after another, whatever breaks meanwhile."""

    def __init__(self, port: int, people: int) -> None:
        self.port, self.enough = port, threading.Event()
        self.acknowledged: list[str] = []
        self.sent = 0
        self.people = [threading.Thread(target=self._write, daemon=True) for _ in range(people)]
        for one in self.people:
            one.start()

    def _write(self) -> None:
        while not self.enough.is_set():
            key, receipt = secrets.token_hex(16), None
            until = time.monotonic() + 120
            while receipt is None and time.monotonic() < until:
                self.sent += 1
                with suppress(OSError, http.client.HTTPException, ValueError):
                    receipt = Post(self.port).send(key, f"stil, {key[:6]}")
                if receipt is None:
                    time.sleep(0.02)
            if receipt is None:
                raise RuntimeError("a form was never acknowledged")
            self.acknowledged.append(receipt)

    def hashes(self) -> list[bytes]:
        """By what the database knows the receipts."""
        return [hashlib.sha256(receipt.encode()).digest() for receipt in self.acknowledged]

    def stop(self) -> None:
        """What is begun is sent until it is acknowledged, then no more."""
        self.enough.set()
        for one in self.people:
            one.join()
