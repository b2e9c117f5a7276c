"""How each role reaches the village's database: the town's own server, or the embedded one."""

import os
from dataclasses import dataclass, field, replace
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from kring.ground import keeping
from kring.ground.places import Place
from kring.ground.refusals import Refusal

MIGRATOR = "kring_migrator"
RUNTIME = "kring_runtime"
CLOCK = "kring_clock"
DATABASE = "kring"


@dataclass(frozen=True)
class Address:
    """Where a database answers, and as whom one comes in."""

    name: str
    user: str
    password: str = field(repr=False)
    host: str = ""
    port: str = ""
    extra: tuple[tuple[str, str], ...] = ()

    def conninfo(self, dbname: str | None = None) -> str:
        """A connection string for psycopg, for this database or another on the same server."""
        parts: dict[str, Any] = {"host": self.host, "port": self.port, "password": self.password}
        parts |= {"dbname": dbname or self.name, "user": self.user, **dict(self.extra)}
        return make_conninfo(**{key: value for key, value in parts.items() if value != ""})

    def django(self, **options: Any) -> dict[str, Any]:
        """The same as an entry of Django's DATABASES."""
        entry = {"ENGINE": "django.db.backends.postgresql", "NAME": self.name, "USER": self.user}
        entry |= {"PASSWORD": self.password, "HOST": self.host, "PORT": self.port}
        given = dict(self.extra)
        if "options" in given and "options" in options:
            options["options"] += f" {given['options']}"
        return {**entry, "OPTIONS": {**given, **options}}


@dataclass(frozen=True)
class Addresses:
    """The four ways in: `owner` prepares the ground, `migrator` owns the tables, `runtime` serves, `clock` works.

    Without an owner (DATABASE_URL names the runtime role itself) the ground is only checked, and the clock has a way
    in only where KRING_CLOCK_URL names it.
    """

    owner: Address | None
    migrator: Address
    runtime: Address
    clock: Address | None
    embedded: bool

    def at(self, name: str) -> "Addresses":
        """The same ways into another database of this server."""
        owner, clock = (one and replace(one, name=name) for one in (self.owner, self.clock))
        migrator, runtime = (replace(one, name=name) for one in (self.migrator, self.runtime))
        return Addresses(owner, migrator, runtime, clock, self.embedded)


def find(place: Place) -> Addresses:
    """The addresses for a place: DATABASE_URL when it is set, else the embedded database."""
    url = os.environ.get("DATABASE_URL")
    return _given(url, place) if url else _embedded(place)


def _embedded(place: Place) -> Addresses:
    secret = keeping.secret(place)
    host = str(place.run)

    def role(user: str) -> Address:
        return Address(DATABASE, user, keeping.role_password(secret, user, DATABASE), host)

    owner = Address(DATABASE, "owner", keeping.kept(place, "owner"), host)
    return Addresses(owner, role(MIGRATOR), role(RUNTIME), role(CLOCK), embedded=True)


def _given(url: str, place: Place) -> Addresses:
    given, told = _read("DATABASE_URL", url), os.environ.get("KRING_CLOCK_URL")
    clock = _read("KRING_CLOCK_URL", told) if told else None
    if clock and clock.user != CLOCK:
        raise Refusal(f"KRING_CLOCK_URL must name the user {CLOCK}.")
    if given.user == CLOCK:
        raise Refusal(f"DATABASE_URL names {CLOCK}; say that in KRING_CLOCK_URL, and here kring_runtime.")
    if given.user == RUNTIME:
        return Addresses(None, given, given, clock, embedded=False)
    secret = keeping.secret(place)

    def role(user: str) -> Address:
        return replace(given, user=user, password=keeping.role_password(secret, user, given.name))

    return Addresses(given, role(MIGRATOR), role(RUNTIME), clock or role(CLOCK), embedded=False)


def _read(word: str, url: str) -> Address:
    """The address that a word of the environment gives."""
    try:
        parts = {key: str(value) for key, value in conninfo_to_dict(url).items() if value is not None}
    except psycopg.ProgrammingError as problem:
        raise Refusal(f"{word} is not an address such as postgresql://user:word@host/name.") from problem
    name, user = parts.pop("dbname", ""), parts.pop("user", "")
    if not name or not user:
        raise Refusal(f"{word} must name a user and a database.")
    password, host, port = parts.pop("password", ""), parts.pop("host", ""), parts.pop("port", "")
    return Address(name, user, password, host, port, tuple(sorted(parts.items())))
