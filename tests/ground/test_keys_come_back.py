"""Keys come back only where none was made anew in their place, and only from a backup of these two weeks."""

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from kring.commands import key_backups, keys
from kring.ground import keeping, places
from kring.ground.backups import codes
from kring.ground.refusals import Refusal
from kring.trust.keys import store

NOW = datetime.now(UTC)


@pytest.fixture
def machine(tmp_path, settings, monkeypatch):
    """Move to a machine of this name, the old or a new one; the backups of keys lie on another."""
    monkeypatch.setenv("KRING_BACKUP_KEY", "7a" * 32)
    for word in ("KRING_MASTER_KEYS", "KRING_MASTER_KEYS_FILE"):
        monkeypatch.delenv(word, raising=False)
    settings.KEY_BACKUPS_FOLDER = tmp_path / "key-backups"

    def move(name: str) -> None:
        settings.PLACE = places.at(tmp_path / name)
        settings.KEYS_FOLDER, settings.LEDGER = tmp_path / name / "keys", tmp_path / name / "forgotten.jsonl"

    move("old")
    return move


def back(path, settings) -> tuple[int, int]:
    return key_backups.restore(path, codes.backup_key(settings.PLACE))


def test_a_key_made_anew_is_named_and_what_was_forgotten_stays_destroyed(machine, settings) -> None:
    desk, forgotten, other = uuid4(), uuid4(), uuid4()
    kept = {of: store.key("circle", of) for of in (desk, forgotten, other)}
    path, number, _ = key_backups.backup(at=NOW)
    assert number == 3

    machine("where the master was made anew")
    store.key("circle", desk)
    with pytest.raises(Refusal, match="Master key 1 here is another"):
        back(path, settings)
    assert len(list(store.every_key())) == 1, "nothing was put back"

    machine("where one key was made anew")
    settings.PLACE.keep.mkdir(parents=True)
    keeping.write_master_keys(settings.PLACE, _old_masters(settings))
    store.key("circle", desk)
    with pytest.raises(Refusal, match=f"The key circle-{desk.hex}.key here is another"):
        back(path, settings)

    machine("where somebody was forgotten meanwhile")
    settings.LEDGER.parent.mkdir(parents=True, exist_ok=True)
    line = {
        "id": str(uuid4()),
        "done_at": NOW.isoformat(),
        "reach": {"circles": [str(forgotten)], "nameless": []},
    }
    settings.LEDGER.write_text(f"torn\n{json.dumps(line)}\n")
    with pytest.raises(Refusal, match="Nothing was put back"):
        keys._restore(path, by_codes=False)
    assert not keeping.has_master_keys(settings.PLACE), "nothing was put back"
    settings.LEDGER.write_text(f"\n{json.dumps(line)}\n")
    assert back(path, settings) == (2, 1)
    assert {of: store.key("circle", of) for of in (desk, other)} == {of: kept[of] for of in (desk, other)}
    with pytest.raises(store.Gone):
        store.key("circle", forgotten)

    masters = keeping.master_keys(settings.PLACE) | {2: b"2" * 32}
    keeping.write_master_keys(settings.PLACE, masters)
    assert [store.wrap_anew(key, 2) for key in store.every_key()] == [True, True]
    assert back(path, settings) == (0, 1), "a key wrapped anew is the same key"


def test_the_two_weeks_are_counted_from_the_moment_inside(machine, settings) -> None:
    store.key("circle", uuid4())
    path, _, _ = key_backups.backup(at=NOW - timedelta(days=13))
    assert back(path.rename(path.with_name("keys-20250101T000000Z.backup")), settings) == (0, 0)
    late, _, _ = key_backups.backup(at=NOW - timedelta(days=15))
    with pytest.raises(Refusal, match="older than two weeks"):
        back(late.rename(path.with_name(f"keys-{NOW:%Y%m%dT%H%M%SZ}.backup")), settings)


def _old_masters(settings) -> dict[int, bytes]:
    return keeping.master_keys(places.at(settings.KEY_BACKUPS_FOLDER.with_name("old")))
