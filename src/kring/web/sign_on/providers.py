"""The identity provider of the town: what it says of itself, and asking it (OpenID Connect Core and Discovery 1.0)."""

import base64
import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.error import URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings

#: Seconds we wait for an answer, for which we believe what the provider says of itself, and for which we do not ask
#: again when it did not answer.
PATIENCE, BELIEVED, REST = 4, 60 * 60, 20
LONGEST = 1024 * 1024
HERE = ("localhost", "127.0.0.1", "::1")


class DoesNotAnswer(Exception):
    """The provider is not there, or says something that nobody understands."""


class _NoWayRound(HTTPRedirectHandler):
    """An answer comes from where we asked, or not at all."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


@dataclass
class Provider:
    """One identity provider. `seconds` are the ways of signing in there that count as two factors."""

    issuer: str
    client: str
    secret: str = field(repr=False)
    name: str = ""
    seconds: frozenset[str] = frozenset()
    _said: dict[str, Any] = field(default_factory=dict, repr=False)
    _until: float = 0
    _rests_until: float = 0

    def said(self, *, anew: bool = False) -> dict[str, Any]:
        """What it says of itself and its keys, believed for an hour."""
        now = time.monotonic()
        if now < self._rests_until:
            raise DoesNotAnswer
        if anew or now >= self._until:
            self._rests_until = now + REST
            found = self._ask(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
            if found.get("issuer") != self.issuer:
                raise DoesNotAnswer
            self._said = {**found, "jwks": self._ask(str(found.get("jwks_uri", "")))}
            self._until, self._rests_until = now + BELIEVED, 0
        return self._said

    def address(self, **asked: str) -> str:
        """Where the browser goes to sign in."""
        place = _trusted(str(self.said().get("authorization_endpoint", "")))
        told = {"response_type": "code", "client_id": self.client, "scope": "openid email", **asked}
        return f"{place}{'&' if '?' in place else '?'}{urlencode(told)}"

    def tokens(self, **told: str) -> dict[str, Any]:
        """What the provider gives for a code, asked from server to server with our secret."""
        said = self.said()
        asked = {"grant_type": "authorization_code", "client_id": self.client, **told}
        headers = {}
        if "client_secret_basic" in said.get(
            "token_endpoint_auth_methods_supported", ["client_secret_basic"]
        ):
            pair = f"{quote(self.client, safe='')}:{quote(self.secret, safe='')}"
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        else:
            asked["client_secret"] = self.secret
        return self._ask(str(said.get("token_endpoint", "")), asked, headers)

    def person(self, token: str) -> dict[str, Any]:
        """What the provider says of who signed in, when their token says too little."""
        place = str(self.said().get("userinfo_endpoint", ""))
        return self._ask(place, headers={"Authorization": f"Bearer {token}"}) if place else {}

    @staticmethod
    def _ask(
        place: str, told: dict[str, str] | None = None, headers: dict[str, str] | None = None
    ) -> dict[str, Any]:
        asked = Request(  # noqa: S310  the scheme is looked at
            _trusted(place),
            data=urlencode(told).encode() if told is not None else None,
            headers={"Accept": "application/json", **(headers or {})},
        )
        try:
            with build_opener(_NoWayRound).open(asked, timeout=PATIENCE) as answer:
                found = json.loads(answer.read(LONGEST))
        except (URLError, OSError, ValueError) as problem:
            raise DoesNotAnswer from problem
        if not isinstance(found, dict):
            raise DoesNotAnswer
        return found


def _trusted(place: str) -> str:
    """An address that nobody on the way can read or change: https, or this machine itself."""
    parts = urlsplit(place)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in HERE):
        return place
    raise DoesNotAnswer


_known: dict[tuple[Any, ...], Provider] = {}


def ours() -> Provider | None:
    """The provider this installation was told of, if any."""
    told = settings.SIGN_ON
    if not told.get("issuer") or not told.get("client"):
        return None
    key = tuple(sorted((name, str(value)) for name, value in told.items()))
    if key not in _known:
        _known[key] = Provider(**{**told, "seconds": frozenset(told["seconds"])})
    return _known[key]
