"""What must be true before somebody is believed who comes back from the provider. No database, no page."""

import base64
import hashlib
import secrets
import time
from dataclasses import asdict, dataclass
from hmac import compare_digest
from typing import Any

import jwt

from kring.web.sign_on.providers import Provider

#: Signatures that only the provider can make.
SIGNED = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
#: Seconds in which one signs in over there, and by which clocks may differ.
PATIENCE, SKEW = 10 * 60, 60


class NotBelieved(Exception):
    """Something about the answer is not as it must be."""


@dataclass(frozen=True)
class Errand:
    """What this browser was sent away with: nobody else comes back with it, and nobody twice."""

    state: str
    nonce: str
    verifier: str
    next: str
    began: int
    begins_for: str = ""

    @classmethod
    def new(cls, then: str, *, begins_for: str = "") -> "Errand":
        """A new errand that leads to a page of ours afterwards; with a person, it begins this way in for them."""
        words = (secrets.token_urlsafe(32) for _ in range(3))
        return cls(*words, next=then, began=int(time.time()), begins_for=begins_for)

    @property
    def challenge(self) -> str:
        """The fingerprint of the verifier that goes ahead of it (RFC 7636, S256)."""
        made = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(made).rstrip(b"=").decode()

    def kept(self) -> dict[str, Any]:
        """As the session keeps it."""
        return asdict(self)


def back(kept: Any, told: dict[str, str], provider: Provider) -> Errand:
    """The errand of this browser, if it is the one that comes back, in time and from the right provider."""
    try:
        errand = Errand(**kept)
    except TypeError as problem:
        raise NotBelieved from problem
    if not compare_digest(errand.state.encode(), told.get("state", "").encode()):
        raise NotBelieved
    if time.time() - errand.began > PATIENCE or told.get("iss", provider.issuer) != provider.issuer:
        raise NotBelieved
    return errand


def claims(token: str, errand: Errand, provider: Provider) -> dict[str, Any]:
    """What a token says, if the provider signed it for us, just now, and for this errand."""
    try:
        told: dict[str, Any] = jwt.decode(
            token,
            _key(token, provider),
            algorithms=SIGNED,
            audience=provider.client,
            issuer=provider.issuer,
            leeway=SKEW,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )
    except jwt.PyJWTError as problem:
        raise NotBelieved from problem
    if not compare_digest(str(told.get("nonce", "")).encode(), errand.nonce.encode()):
        raise NotBelieved
    if told.get("azp", provider.client) != provider.client:
        raise NotBelieved
    return told


def _key(token: str, provider: Provider) -> Any:
    """The key the token names, asked anew once: providers change theirs."""
    named = jwt.get_unverified_header(token).get("kid")
    for anew in (False, True):
        for key in jwt.PyJWKSet.from_dict(provider.said(anew=anew)["jwks"]).keys:
            if named is None or key.key_id == named:
                return key
    raise NotBelieved


def address(told: dict[str, Any]) -> str:
    """The e-mail address, if the provider has made sure of it."""
    if told.get("email_verified") is not True:
        raise NotBelieved
    return str(told.get("email", ""))


def two_factors(told: dict[str, Any], provider: Provider) -> bool:
    """Whether the provider asked for two factors, in a way the village accepts."""
    ways = told.get("amr")
    ways = {str(way) for way in ways} if isinstance(ways, list) else set()
    return bool(provider.seconds & (ways | {str(told.get("acr", ""))}))
