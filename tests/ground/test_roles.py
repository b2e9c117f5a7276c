"""The roles of the database: what each may, what it may not, and servers that do not allow everything."""

import os
import subprocess
import sys
from dataclasses import replace

import psycopg
import pytest

from kring.ground import roles
from kring.ground.addresses import Address, Addresses, find
from kring.ground.cluster import Cluster
from kring.ground.places import Place
from kring.ground.refusals import Refusal

WORD = "a word that the town chose for its server"


@pytest.fixture
def server(place: Place) -> Cluster:
    """A server as a town may have it: not ours to start, and not ours to rule."""
    server = Cluster(place, {"fsync": "off"})
    server.start()
    return server


def town(server: Cluster, rights: str) -> Address:
    """The town's own user with some rights, and a database that belongs to it."""
    with psycopg.connect(server.conninfo(), autocommit=True) as connection:
        connection.execute(f"CREATE ROLE town LOGIN PASSWORD '{WORD}' {rights}")
        connection.execute("CREATE DATABASE village OWNER town")
    return Address("village", "town", WORD, str(server.place.run))


def addresses(owner: Address) -> Addresses:
    migrator, runtime, clock = (
        Address(owner.name, role, role * 4, owner.host)
        for role in ("kring_migrator", "kring_runtime", "kring_clock")
    )
    return Addresses(owner, migrator, runtime, clock, embedded=False)


def kring(url: str, area: Place, *words: str, clock: str = "") -> subprocess.CompletedProcess[str]:
    surroundings = {**os.environ, "DATABASE_URL": url, "KRING_AREA": str(area.area / "town")}
    surroundings |= {"KRING_CLOCK_URL": clock} if clock else {}
    command = [sys.executable, "-m", "kring.commands.cli", *words]
    return subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=120)


def test_a_server_that_does_not_let_anyone_pass_policies(server: Cluster) -> None:
    found = addresses(town(server, "CREATEROLE"))
    said: list[str] = []
    for _ in range(2):
        roles.prepare(found, said.append)
    sentence = (
        "This server does not let kring_gatekeeper pass policies by itself; the policies name it instead."
    )
    counted = "This server shows every role how many rows its tables have, and never what stands in them."
    assert said == [sentence, counted, counted]
    with psycopg.connect(found.migrator.conninfo(), autocommit=True) as connection:
        connection.execute("CREATE TABLE told (words text)")
        connection.execute("CREATE FUNCTION told() RETURNS bigint LANGUAGE sql SECURITY DEFINER RETURN 1")
        connection.execute("ALTER FUNCTION told() OWNER TO kring_gatekeeper")
    with psycopg.connect(found.runtime.conninfo(), autocommit=True) as connection:
        connection.execute("INSERT INTO told VALUES ('a')")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("TRUNCATE told")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE mine (words text)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SET ROLE kring_gatekeeper")


def test_a_town_migrates_checks_and_serves_on_its_own_server(server: Cluster) -> None:
    owner = town(server, "CREATEROLE")
    url = f"postgresql://town:{WORD.replace(' ', '%20')}@/village?host={server.place.run}"
    said = kring(url, server.place, "migrate")
    assert said.stdout.strip().endswith("The database is ready."), said.stderr
    runtime, clock = (
        psycopg.conninfo.make_conninfo(
            host=str(server.place.run), dbname="village", user=role, password=_password(server, role)
        )
        for role in ("kring_runtime", "kring_clock")
    )
    said = kring(runtime, server.place, "migrate")
    assert said.stdout.strip() == "The database is ready.", said.stderr
    assert kring(url, server.place, "worker", "--once").returncode == 0
    said = kring(runtime, server.place, "worker", "--once")
    assert said.stderr.strip().endswith("Name kring_clock in KRING_CLOCK_URL.")
    said = kring(runtime, server.place, "check")
    assert said.stdout.strip().endswith("Name kring_clock in KRING_CLOCK_URL."), said.stderr
    assert kring(runtime, server.place, "worker", "--once", clock=clock).returncode == 0
    assert owner.password not in said.stdout + said.stderr
    said = kring(url, server.place, "serve", "--port", "1")
    assert said.stderr.strip() == "The database does not write to disk (fsync=off). Switch it on."


def _password(server: Cluster, role: str) -> str:
    from kring.ground import keeping

    secret = (server.place.area / "town" / "keep" / "secret").read_text()
    return keeping.role_password(secret, role, "village")


def test_a_user_who_may_create_no_roles(server: Cluster) -> None:
    found = addresses(town(server, ""))
    with pytest.raises(Refusal, match="may not create roles; give it CREATEROLE"):
        roles.prepare(found)


@pytest.mark.parametrize("right", ["SUPERUSER", "BYPASSRLS"])
def test_a_serving_role_that_passes_policies_is_refused(server: Cluster, right: str) -> None:
    found = addresses(town(server, "CREATEROLE"))
    with psycopg.connect(server.conninfo(), autocommit=True) as connection:
        connection.execute(f"CREATE ROLE kring_runtime LOGIN {right}")
    with pytest.raises(Refusal, match="The role kring_runtime may pass every policy"):
        roles.prepare(found)


def test_a_new_secret_means_new_passwords(server: Cluster) -> None:
    found = addresses(town(server, "CREATEROLE"))
    roles.prepare(found, lambda sentence: None)
    other = Address("village", "kring_runtime", "another" * 9, found.runtime.host)
    roles.prepare(replace(found, runtime=other), lambda sentence: None)
    psycopg.connect(other.conninfo()).close()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(found.runtime.conninfo())


def test_a_stranger_with_a_role_cannot_enter_the_database(server: Cluster) -> None:
    found = addresses(town(server, "CREATEROLE"))
    roles.prepare(found, lambda sentence: None)
    with psycopg.connect(server.conninfo(), autocommit=True) as connection:
        connection.execute(f"CREATE ROLE stranger LOGIN PASSWORD '{WORD}'")
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(server.conninfo("stranger", "village", WORD))


def test_an_address_does_not_show_its_password() -> None:
    assert WORD not in repr(Address("village", "town", WORD))


def test_nobody_else_comes_in_as_the_clock(monkeypatch: pytest.MonkeyPatch, place: Place) -> None:
    url = "postgresql://kring_runtime:word@host/village"
    monkeypatch.setenv("DATABASE_URL", url)
    assert find(place).clock is None
    monkeypatch.setenv("KRING_CLOCK_URL", url)
    with pytest.raises(Refusal, match="KRING_CLOCK_URL must name the user kring_clock"):
        find(place)
    monkeypatch.setenv("DATABASE_URL", url.replace("runtime", "clock"))
    monkeypatch.delenv("KRING_CLOCK_URL")
    with pytest.raises(Refusal, match="say that in KRING_CLOCK_URL, and here kring_runtime"):
        find(place)
