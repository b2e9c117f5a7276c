"""Keys outside the database: made once, wrapped, rotated, destroyed for ever."""

import os
import threading
from dataclasses import replace
from uuid import UUID

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from kring.commands import cli
from kring.ground import keeping
from kring.trust.keys import DoesNotOpen, Gone, destroy, lock_of, store

CIRCLE, OTHER, CHILD = (UUID(int=n) for n in (1, 2, 3))
ROW = UUID(int=9)
PLACE = {"table": "told", "column": "words", "row": ROW}


@pytest.fixture(autouse=True)
def _own_folders(tmp_path, monkeypatch):
    for name in ("KRING_MASTER_KEYS", "KRING_MASTER_KEYS_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(settings, "KEYS_FOLDER", tmp_path / "keys")
    monkeypatch.setattr(settings, "PLACE", replace(settings.PLACE, area=tmp_path))


def test_what_was_locked_opens_again():
    locked = lock_of(CIRCLE, CHILD).close(b"hij slaat mij", **PLACE)
    assert b"slaat" not in locked
    assert lock_of(CIRCLE, CHILD, make=False).open(locked, **PLACE).decode() == "hij slaat mij"


@pytest.mark.parametrize("elsewhere", [{"table": "note"}, {"column": "title"}, {"row": UUID(int=8)}], ids=str)
def test_a_locked_text_is_worthless_in_another_place(elsewhere):
    locked = lock_of(CIRCLE, CHILD).close(b"x", **PLACE)
    with pytest.raises(DoesNotOpen):
        lock_of(CIRCLE, CHILD).open(locked, **(PLACE | elsewhere))


def test_another_circle_or_person_does_not_open_it():
    locked = lock_of(CIRCLE, CHILD).close(b"x", **PLACE)
    for lock in (lock_of(OTHER, CHILD), lock_of(CIRCLE, OTHER), lock_of(CIRCLE)):
        with pytest.raises(DoesNotOpen):
            lock.open(locked, **PLACE)


@given(st.binary(max_size=400), st.data())
def test_one_changed_bit_is_noticed(content, data):
    lock = lock_of(CIRCLE)
    locked = bytearray(lock.close(content, **PLACE))
    at = data.draw(st.integers(0, len(locked) * 8 - 1))
    locked[at // 8] ^= 1 << at % 8
    with pytest.raises(DoesNotOpen):
        lock.open(bytes(locked), **PLACE)


@pytest.mark.parametrize(("kind", "of"), [("circle", CIRCLE), ("person", CHILD)], ids=("circle", "person"))
def test_a_destroyed_key_never_comes_back(kind, of):
    lock_of(CIRCLE, CHILD)
    destroy(kind, of)
    destroy(kind, of)
    for make in (True, False):
        with pytest.raises(Gone):
            lock_of(CIRCLE, CHILD, make=make)


def test_a_destroyed_key_that_comes_back_from_a_backup_opens_nothing():
    lock_of(CIRCLE)
    (path,) = store.every_key()
    before = path.read_bytes()
    destroy("circle", CIRCLE)
    path.write_bytes(before)
    with pytest.raises(Gone):
        lock_of(CIRCLE)


def test_reading_makes_no_key():
    with pytest.raises(Gone):
        lock_of(CIRCLE, make=False)
    assert list(store.every_key()) == []


def test_many_at_once_get_the_same_key():
    found, begin = [], threading.Barrier(8)

    def ask() -> None:
        begin.wait()
        found.append(store.key("circle", CIRCLE))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    [one.start() for one in threads]
    [one.join() for one in threads]
    assert len(set(found)) == 1
    assert len(found) == 8


def test_files_are_for_the_owner_only_and_hold_no_key():
    key = store.key("circle", CIRCLE)
    (path,) = store.every_key()
    assert path.stat().st_mode & 0o777 == 0o600
    for folder in (path.parent, store.folder()):  # when a key came last is nobody else's business either
        assert folder.stat().st_mode & 0o777 == 0o700
    assert key not in path.read_bytes()
    assert (settings.PLACE.keep / "master-keys").stat().st_mode & 0o777 == 0o600


def test_exchanged_files_do_not_open():
    store.key("circle", CIRCLE)
    store.key("circle", OTHER)
    first, second = store.every_key()
    first.write_bytes(second.read_bytes())
    with pytest.raises(store.Damaged):
        store.key("circle", CIRCLE)


def test_a_new_master_key_while_everybody_works(capsys):
    locked = lock_of(CIRCLE, CHILD).close(b"x", **PLACE)
    assert cli.main(["keys", "rotate"]) == 0
    assert sorted(keeping.master_keys(settings.PLACE)) == [1, 2]
    lock_of(OTHER)
    assert lock_of(CIRCLE, CHILD, make=False).open(locked, **PLACE) == b"x"
    assert cli.main(["keys", "finish"]) == 0
    assert list(keeping.master_keys(settings.PLACE)) == [2]
    assert lock_of(CIRCLE, CHILD, make=False).open(locked, **PLACE) == b"x"
    capsys.readouterr()
    cli.main(["keys", "count"])
    assert capsys.readouterr().out == "Wrapped by master key 2: 3\n"


def test_the_old_master_key_stays_while_it_is_needed(capsys):
    lock_of(CIRCLE)
    masters = keeping.master_keys(settings.PLACE)
    keeping.write_master_keys(settings.PLACE, masters | {2: os.urandom(32)})
    assert cli.main(["keys", "finish"]) == 1
    assert "1 keys are still wrapped" in capsys.readouterr().err


def test_master_keys_from_outside(monkeypatch, capsys):
    monkeypatch.setenv("KRING_MASTER_KEYS", f"7:{'ab' * 32}")
    assert list(keeping.master_keys(settings.PLACE)) == [7]
    assert cli.main(["keys", "rotate"]) == 1
    assert "come from outside" in capsys.readouterr().err
    monkeypatch.setenv("KRING_MASTER_KEYS", "7:ab")
    assert cli.main(["keys", "count"]) == 1
