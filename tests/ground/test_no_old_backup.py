"""0 erased persons back from any old backup (D7): made before, between and after, each restored and searched whole."""

import os
import random
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.utils import timezone

import figures
import testbed
from clockwork import as_the_worker
from forgetting.backup import stands
from kring.commands import backup_contents, bringing_back
from kring.ground.backups import codes
from kring.trust import viewer
from kring.trust.models import Forgetting
from kring.trust.usecases import forgettings
from trust.scenes import Scene

MADE = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = int(os.environ.get("KRING_MOMENTS", "2"))
A_TIME = 4


@pytest.mark.django_db(transaction=True, databases=["default", "migrator"])
def test_nobody_who_was_forgotten_comes_back_from_any_old_backup(
    owner, bed: testbed.Testbed, tmp_path, settings, monkeypatch, capsys
) -> None:
    monkeypatch.setenv("KRING_BACKUP_KEY", "7a" * 32)
    settings.PLACE = bed.cluster.place
    settings.LEDGER, settings.KEYS_FOLDER = tmp_path / "forgotten.jsonl", tmp_path / "keys"
    found, scene, dice = bed._addresses(bed.name), Scene(owner), random.Random(7)
    names = [f"Zilverreiger{number:03}" for number in range(A_TIME * (MOMENTS + 1))]
    here = {name: scene.person(name) for name in names}
    erased: list[str] = []
    kept: dict[datetime, set[str]] = {}
    for moment in range(MOMENTS + 1):
        at = MADE + timedelta(days=moment)
        backup_contents.make(found, tmp_path, at=at)
        kept[at] = set(here)
        if moment < MOMENTS:
            erased += _forget(owner, {name: here.pop(name) for name in dice.sample(sorted(here), A_TIME)})
    testbed.forget_connections()

    back: list[str] = []
    for at, then in kept.items():
        path = tmp_path / f"kring-{at:%Y%m%dT%H%M%SZ}.backup"
        name = bringing_back.scratch_name(found, at)
        bringing_back.restored(found, path, codes.backup_key(settings.PLACE), name, pictures=None)
        try:
            assert bringing_back.made_ready(found, name) == []
            with psycopg.connect(bed.cluster.conninfo(dbname=name), autocommit=True) as restored:
                back += stands(restored, set(erased))
                assert stands(restored, then) == then - set(erased), "and everybody else is there"
        finally:
            bringing_back.dropped(found, name)
    with capsys.disabled():
        print(f"\nbackups restored {len(kept)}, persons erased {len(erased)}, came back {len(back)}")  # noqa: T201
    figures.keep("restore", f"make forgotten MOMENTS={MOMENTS}", restored=len(kept), back=len(back))
    assert back == []
    assert len(erased) == A_TIME * MOMENTS


def _forget(owner: psycopg.Connection, people: dict[str, object]) -> list[str]:
    """They ask it themselves, and fourteen days go by."""
    for person in people.values():
        with viewer.acting(person) as me:
            forgettings.ask(Forgetting.Kind.PERSON, person, by=me, at=timezone.now())
    owner.execute("UPDATE trust_forgetting SET asked_at = asked_at - interval '15 days', due_at = due_at - interval '15 days' "
                  "WHERE done_at IS NULL")  # fmt: skip
    assert as_the_worker(forgettings.forget_those_due) == len(people)
    return list(people)
