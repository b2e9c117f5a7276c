"""A real identity provider beside the village, that holds to the rules of OpenID Connect and of PKCE."""

import base64
import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, parse_qsl

import psycopg
import pytest
from oidc_provider_mock import app
from werkzeug.serving import make_server

from web import doorstep
from web.test_sign_in_of_staff import staff

os.environ.setdefault("AUTHLIB_INSECURE_TRANSPORT", "1")  # this machine speaks http with itself


@dataclass
class Keeping:
    """The provider, and beside it what it leaves to others: that a verifier fits its challenge (RFC 7636)."""

    inner: Callable[..., Any]
    challenges: dict[str, str] = field(default_factory=dict)
    other_nonce: str = ""

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        asked = dict(parse_qsl(environ["QUERY_STRING"]))
        if environ["PATH_INFO"] == "/oauth2/authorize":
            assert asked["code_challenge_method"] == "S256"
            self.challenges[asked["nonce"]] = asked["code_challenge"]
            if self.other_nonce:
                environ["QUERY_STRING"] = environ["QUERY_STRING"].replace(asked["nonce"], self.other_nonce)
        if environ["PATH_INFO"] == "/oauth2/token":
            sent = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
            environ["wsgi.input"] = BytesIO(sent)
            verifier = parse_qs(sent.decode())["code_verifier"][0]
            made = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
            assert made in self.challenges.values()
        return self.inner(environ, start)


@dataclass
class Town:
    """The sign-in of the town: who is there, and what it says of them."""

    address: str
    keeping: Keeping
    told: Callable[..., None]


@pytest.fixture
def town(settings: Any) -> Iterator[Town]:
    """The provider, known to the village."""
    inner = app()
    inner.debug = False
    keeping = Keeping(inner.wsgi_app)
    server = make_server("localhost", 0, keeping, threaded=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    address = f"http://localhost:{server.server_port}"
    settings.SIGN_ON = {
        "issuer": address, "client": "kring", "secret": "made up", "name": "Lindestad", "seconds": ["mfa"],
    }  # fmt: skip

    def told(who: str, **claims: Any) -> None:
        assert inner.test_client().put(f"/users/{who}", json=claims).status_code == 204

    yield Town(address, keeping, told)
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def at_the_door(owner: psycopg.Connection) -> doorstep.Doorstep:
    """Els has a password and an app with codes."""
    house = doorstep.build(owner)
    staff(owner, house)
    return house
