"""A backup comes back by two people only, and nobody who was forgotten comes back with it."""

import json
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from ground.test_commands import kring
from kring.ground import opening, places
from kring.ground.cluster import Cluster
from kring.ground.places import Place
from trust.scenes import Scene, insert

NOW = datetime.now(UTC)
NAMES = "SELECT string_agg(given_name, ' ' ORDER BY given_name) FROM trust_person"


@pytest.fixture
def running(furnished: dict[str, str], place: Place) -> Iterator[Cluster]:
    """The database of a village, running for the whole test."""
    cluster = Cluster(place)
    with cluster.held():
        said = kring(furnished, "migrate")
        assert said.returncode == 0, said.stderr
        yield cluster


def ask(cluster: Cluster, question: str, *values: object) -> object:
    with psycopg.connect(cluster.conninfo(dbname="kring"), autocommit=True) as owner:
        return owner.execute(question, values).fetchone()[0]


def people(cluster: Cluster) -> dict[str, uuid.UUID]:
    """A village in which one person was forgotten after the backup, and two may agree on a restore."""
    with psycopg.connect(cluster.conninfo(dbname="kring"), autocommit=True) as owner:
        scene = Scene(owner)
        found = {name: scene.person(name) for name in ("Asker", "Other", "Zora")}
        return found | {"desk": scene.desk, "village": scene.village}


def forgotten(place: Place, person: uuid.UUID) -> str:
    """The line that the clock writes when fourteen days are over."""
    line = {"id": str(uuid.uuid4()), "kind": "person", "whose": str(person), "word": "adult", "asked_by": str(person),
            "asked_at": "2026-01-01T00:00:00+00:00", "due_at": "2026-01-15T00:00:00+00:00", "taken_back_at": None,
            "done_at": "2026-01-15T00:01:00+00:00",
            "reach": {"persons": [str(person)], "nameless": [str(person)], "circles": [], "families": []}}  # fmt: skip
    with (place.keep / "forgotten.jsonl").open("a") as file:
        file.write(f"\n{json.dumps(line)}\n")
    return str(line["id"])


def refused_without_a_line(
    cluster: Cluster, surroundings: dict[str, str], place: Place, path: Path, which: str
) -> None:
    """A ledger that lost a line is refused, known by the database or by another backup; and so is a backup renamed."""
    ledger, kept = place.keep / "forgotten.jsonl", (place.keep / "forgotten.jsonl").read_bytes()
    number = ("restore", str(path), "--number", "333333333", "--ledger-lost")
    with psycopg.connect(cluster.conninfo(dbname="kring"), autocommit=True) as owner:
        owner.execute("SET session_replication_role = replica")
        insert(owner, "trust_forgetting", id=which, kind="person", whose=which, word="adult", asked_by=which,
               asked_at=NOW - timedelta(days=15), due_at=NOW - timedelta(days=1), done_at=NOW)  # fmt: skip
        for without in (b"", b'\n{"torn'):
            ledger.write_bytes(without)
            assert "is missing or too short" in kring(surroundings, *number).stderr
        owner.execute("DELETE FROM trust_forgetting WHERE id = %s", [which])
    ledger.write_bytes(kept)
    own = path.read_bytes()
    newer = backup(surroundings, place)  # of one day only the last stays
    path.write_bytes(own)
    ledger.unlink()
    assert "is missing or too short" in kring(surroundings, *number).stderr
    ledger.write_bytes(kept)
    newer.rename(path)
    assert "bears the name of another backup" in kring(surroundings, *number).stderr
    path.write_bytes(own)


def agreed(
    cluster: Cluster, known: dict[str, uuid.UUID], file: str, number: str, *, words: bytes = b""
) -> None:
    """Two people agreed on this backup a moment ago."""
    with psycopg.connect(cluster.conninfo(dbname="kring"), autocommit=True) as owner:
        owner.execute("SET session_replication_role = replica")
        insert(owner, "trust_matter", village_id=known["village"], circle_id=known["desk"], kind="restore", number=number,
               facts=json.dumps({"backup": file}), words_locked=words, no_locked=b"", asked_by_id=known["Asker"],
               asked_at=NOW, until=NOW, answer="yes", answered_by_id=known["Other"], answered_at=NOW)  # fmt: skip


def backup(surroundings: dict[str, str], place: Place) -> Path:
    said = kring(surroundings, "backup")
    assert said.returncode == 0, said.stderr
    return sorted((place.area / "backups").glob("*.backup"))[-1]


def test_two_people_bring_a_backup_back_without_who_was_forgotten_since(
    running: Cluster, furnished: dict[str, str], place: Place
) -> None:
    known = people(running)
    path = backup(furnished, place)
    which = forgotten(place, known["Zora"])
    with psycopg.connect(running.conninfo(dbname="kring"), autocommit=True) as owner:
        owner.execute("UPDATE trust_person SET given_name = 'Changed' WHERE id = %s", [known["Other"]])

    said = kring(furnished, "restore", str(path))
    assert f"one of its administrators asks it on the page “Two people”, naming {path.name}" in said.stderr
    assert "Here a village lives" in kring(furnished, "restore", str(path), "--codes").stderr
    agreed(running, known, "another.backup", "111111111")
    assert (
        "two people did not agree" in kring(furnished, "restore", str(path), "--number", "111111111").stderr
    )
    agreed(running, known, path.name, "222222222")
    with psycopg.connect(running.conninfo(dbname="kring")):
        said = kring(furnished, "restore", str(path), "--number", "222222222")
        assert said.stderr.strip().endswith("stop kring serve and kring worker first."), said.stderr
    assert ask(running, "SELECT count(*) FROM pg_database WHERE datname LIKE 'kring_trial%%'") == 0

    (place.area / "seals").mkdir(exist_ok=True)
    seals = place.area / "seals" / "journal.txt"
    seals.write_text("kring-seal-1 9000 2026-01-01T00:00:00+00:00 1 root - print\n")
    assert "Seal 9000, the last in" in kring(furnished, "journal", "seal").stderr
    agreed(running, known, path.name, "333333333")
    refused_without_a_line(running, furnished, place, path, which)
    said = kring(furnished, "restore", str(path), "--number", "333 333 333")
    assert said.stdout.strip().endswith("Everybody signs in anew."), said.stderr
    names = str(ask(running, NAMES))
    assert seals.read_text().startswith("kring-seals-before 9000 print journal-before-1.txt 0\n")
    assert kring(furnished, "journal", "seal").returncode == 0, "seals are kept outside again"
    assert "Zora" not in names, "forgotten stays forgotten"
    assert "Other" in names
    assert "Changed" not in names
    assert ask(running, "SELECT has_database_privilege('kring_runtime', 'kring', 'CONNECT')")
    aside = "SELECT string_agg(has_database_privilege('kring_runtime', oid, 'CONNECT')::text, '') FROM pg_database WHERE datname LIKE 'kring_until_%%'"
    assert ask(running, aside) == "false", "what was there is set aside, and closed"


def test_a_restored_database_opens_to_nobody_before_everybody_is_forgotten_again(
    running: Cluster, furnished: dict[str, str], place: Place
) -> None:
    known = people(running)
    forgotten(place, known["Zora"])
    with psycopg.connect(running.conninfo(), autocommit=True) as owner:
        opening.close(owner, "kring")
    for words in (("serve",), ("worker", "--once"), ("migrate",), ("backup",)):
        said = kring(furnished, *words)
        assert said.returncode == 1
        assert said.stderr.strip().endswith("run kring restore --open."), (words, said.stderr)
    assert "Zora" in str(ask(running, NAMES))
    agreed(running, known, "a.backup", "111111111", words=b"locked")
    assert "Put the keys back first" in kring(furnished, "restore", "--open").stderr
    assert not (place.keep / "master-keys").exists()
    key = place.area / "keys" / "ab" / "circle-ab1.key"
    key.parent.mkdir(parents=True, exist_ok=True)
    key.write_bytes(b"\x01" + bytes(60))
    (place.keep / "master-keys").write_text(f"1:{'ab' * 32}")
    said = kring(furnished, "restore", "--open")
    assert said.returncode == 0, said.stderr
    assert "Zora" not in str(ask(running, NAMES))
    key.unlink()
    assert "Put the keys back first" in kring(furnished, "worker", "--once").stderr
    assert "nothing to go on with" in kring(furnished, "restore", "--open").stderr


def test_two_codes_open_a_backup_on_a_new_machine_with_the_ledger_of_the_newest(
    running: Cluster, furnished: dict[str, str], place: Place
) -> None:
    known = people(running)
    path = backup(furnished, place)
    forgotten(place, known["Zora"])
    codes = [
        line.strip()
        for line in kring(furnished, "backup", "--codes").stdout.splitlines()
        if line.count("-") > 9
    ]
    new = places.at(place.area.with_name(f"{place.area.name}-new"))
    there = {**furnished, "KRING_AREA": str(new.area)}
    try:
        shelf = shutil.copytree(path.parent, new.area / "rescued")
        shutil.copy(backup(furnished, place), shelf)  # the newest, with the ledger as it is now
        assert "let the two who keep the codes" in kring(there, "restore", str(shelf / path.name)).stderr
        command = [sys.executable, "-m", "kring.commands.cli", "restore", str(shelf / path.name), "--codes"]
        for typed, more, sentence in (
            ([codes[0], codes[0]], [], "another backup key"),
            (codes, [], "is missing or too short"),
            (codes, ["--ledger-lost"], ""),
        ):
            said = subprocess.run(
                [*command, *more], env=there, input="\n".join(typed), capture_output=True, text=True
            )
            assert sentence in said.stderr, said.stderr
        assert said.returncode == 0, said.stderr
        with Cluster(new).held():
            assert str(ask(Cluster(new), NAMES)).split() == ["Asker", "Other"]
        assert (new.keep / "backup-key").read_text() == (place.keep / "backup-key").read_text()
    finally:
        Cluster(new).stop()
        shutil.rmtree(new.area, ignore_errors=True)
