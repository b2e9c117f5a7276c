"""What an administrator does with backups: make, list, try; and what a thief of one holds."""

import json
from collections.abc import Iterator

import psycopg
import pytest

from ground.test_commands import kring
from kring.ground.cluster import Cluster
from kring.ground.places import Place
from trust.scenes import Scene

WORD = "Zonnebloempit"


@pytest.fixture
def village(furnished: dict[str, str], place: Place) -> Iterator[psycopg.Connection]:
    """A village with one person and one picture, its database running: the owner's connection."""
    cluster = Cluster(place)
    with cluster.held(), psycopg.connect(cluster.conninfo(dbname="kring"), autocommit=True) as owner:
        Scene(owner).person(WORD)
        media = place.keep / "media" / "pictures"
        media.mkdir(parents=True)
        (media / "face.webp").write_bytes(WORD.encode() * 1000)
        yield owner


def databases(owner: psycopg.Connection) -> set[str]:
    return {name for (name,) in owner.execute("SELECT datname FROM pg_database")}


def test_a_backup_is_made_read_tried_and_refused_when_it_is_damaged(
    village: psycopg.Connection, furnished: dict[str, str], place: Place
) -> None:
    kring(furnished, "migrate")
    before = databases(village)
    said = kring(furnished, "check")
    assert "A backup nobody restored counts as none: none was ever tried." in said.stdout, said.stderr
    assert "There is no backup in" in kring(furnished, "check", "--drill").stderr

    said = kring(furnished, "backup")
    assert said.returncode == 0, said.stderr
    (path,) = (place.area / "backups").glob("*.backup")
    assert WORD.encode() not in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    (place.area / "backups" / f"{path.name}.unfinished").write_bytes(b"")
    said = kring(furnished, "backup", "--list")
    assert f"{path.name}: whole, 4 files" in said.stdout
    assert f"{path.name}.unfinished is unfinished. It is not used." in said.stdout

    said = kring(furnished, "check", "--drill")
    assert f"{path.name} was restored on trial" in said.stdout, said.stderr
    assert databases(village) == before, "nothing of the trial is left"
    assert "counts as none" not in kring(furnished, "check").stdout
    assert json.loads((place.keep / "backups.json").read_text())["drill"]["file"] == path.name

    damaged = bytearray(path.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    path.write_bytes(damaged)
    said = kring(furnished, "check", "--drill")
    assert said.returncode == 1
    assert said.stderr.strip() == f"{path.name} is damaged, or made with another backup key. It is not used."
    assert databases(village) == before


def test_a_reader_who_does_not_see_everything_makes_no_backup(
    village: psycopg.Connection, furnished: dict[str, str], place: Place
) -> None:
    village.execute("DROP POLICY backup ON trust_person")
    said = kring(furnished, "backup")
    assert said.stderr.strip() == "The role kring_backup does not see all of trust_person; run kring migrate."
    assert not list((place.area / "backups").glob("*.backup*"))


def test_keys_have_backups_of_their_own_and_what_was_destroyed_stays_destroyed(
    surroundings: dict[str, str], place: Place
) -> None:
    folder = place.area / "keys" / "ab"
    folder.mkdir(parents=True)
    (folder / "circle-ab1.key").write_bytes(b"\x01" + bytes(60))
    (folder / "person-ab2.key").write_bytes(b"\x01" + bytes(60))
    backups = place.area / "key-backups"
    backups.mkdir()
    old = backups / "keys-20250101T000000Z.backup"
    old.write_bytes(b"")
    said = kring(surroundings, "keys", "backup")
    assert "2 keys. Backups older than two weeks that went: 1." in said.stdout, said.stderr
    (path,) = backups.glob("*.backup")
    assert not old.exists()

    for name in ("circle-ab1", "person-ab2"):
        (folder / f"{name}.key").unlink()
    (folder / "person-ab2.gone").touch()
    said = kring(surroundings, "keys", "restore", str(path))
    assert "Keys that came back: 1. Keys that stay destroyed: 1." in said.stdout, said.stderr
    assert sorted(file.name for file in folder.iterdir()) == ["circle-ab1.key", "person-ab2.gone"]
