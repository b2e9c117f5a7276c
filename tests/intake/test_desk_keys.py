"""The desk's key turns every day and opens for a week: an older backup cannot be opened with the keys of today."""

import uuid
from datetime import UTC, timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from clockwork import as_the_worker
from intake.desk import JONAS, Desk
from kring.clock import usecases as clock
from kring.commands import keys as command
from kring.intake import receipts
from kring.intake.models import Concern
from kring.intake.usecases import concerns, handing_in
from kring.trust.keys import store, turning
from kring.trust.viewer import acting

KEPT = ("id", "circle_id", "subject_id", "told_locked")


@pytest.fixture
def desk(owner, settings, tmp_path):
    settings.KEYS_FOLDER = tmp_path / "keys"
    return Desk(owner)


def copied(desk, concern):
    """The row as a backup of this moment holds it."""
    row = desk.row(concern)
    return Concern(**{name: row[name] for name in KEPT})


def key_of(concern):
    return turning.turn_of(bytes(concern.told_locked))


def test_what_waits_goes_under_the_key_of_each_day_and_a_backup_opens_for_a_week(desk, capsys):
    now = timezone.now()
    waits = desk.hand_in(JONAS, at=now).concern_id
    backup = copied(desk, waits)
    assert key_of(backup) == turning.key_of(desk.scene.desk, now.astimezone(UTC).date())
    assert as_the_worker(clock.turn_desk_keys, at=now) == 0, "under the key of this day already"
    for days in range(1, 8):
        assert as_the_worker(clock.turn_desk_keys, at=now + timedelta(days=days)) == 1
        assert copied(desk, waits).who_about == JONAS.who_about
    again = Concern(**{name: getattr(backup, name) for name in KEPT})
    assert again.who_about == JONAS.who_about, "a week later it opens still"
    command._count()
    assert "destroyed after a week: 8" in capsys.readouterr().out
    assert as_the_worker(clock.turn_desk_keys, at=now + timedelta(days=8)) == 1
    again = Concern(**{name: getattr(backup, name) for name in KEPT})
    assert again.who_about == "", "and on the day after it opens no more"
    assert copied(desk, waits).who_about == JONAS.who_about
    assert store.destroyed("desk", key_of(backup))
    with acting(desk.els):
        assert Concern.objects.get(pk=waits).seen == JONAS.seen


def test_after_a_standstill_yesterdays_backup_opens_and_one_bad_text_holds_up_no_other(desk, caplog):
    now = timezone.now()
    first = desk.hand_in(JONAS, at=now).concern_id
    backup, key = copied(desk, first), key_of(copied(desk, first))
    bad = desk.hand_in(handing_in.Told(seen="Iets anders."), form_key=uuid.uuid4().hex).concern_id
    desk.owner.execute("UPDATE intake_concern SET told_locked = told_locked || 'x' WHERE id = %s", [bad])
    assert as_the_worker(clock.turn_desk_keys, at=now + timedelta(days=12)) == 1
    assert str(bad) in caplog.text
    assert backup.who_about == JONAS.who_about, "it lay under that key until now"
    desk.owner.execute("UPDATE intake_concern SET told_locked = '' WHERE id = %s", [bad])
    assert as_the_worker(clock.turn_desk_keys, at=now + timedelta(days=18)) == 1
    assert not store.destroyed("desk", key)
    assert as_the_worker(clock.turn_desk_keys, at=now + timedelta(days=19)) == 1
    assert store.destroyed("desk", key), "a week after it was left"


def test_taken_up_put_back_and_what_a_child_adds_lie_under_the_right_key(desk):
    concern = desk.taken_up()
    assert key_of(copied(desk, concern)) is None, "a first talk has a key of its own"
    with acting(desk.els) as me:
        concerns.put_back(Concern.objects.get(pk=concern), by=me, at=timezone.now())
    assert key_of(copied(desk, concern)) is not None
    help_now = handing_in.Told(wants_help_now=True)
    made = desk.hand_in(help_now, form_key=uuid.uuid4().hex)
    assert receipts.add_reach(made.token, name="Jonas", reach="bij de fietsen", at=timezone.now())
    assert key_of(copied(desk, made.concern_id)) is not None
    assert copied(desk, made.concern_id).reach == "bij de fietsen"


def test_what_lies_at_a_desk_is_handed_to_the_clock_alone(desk):
    made = desk.hand_in(JONAS)
    with pytest.raises(DatabaseError, match="permission denied"):
        clock.turn_desk_keys(at=timezone.now() + timedelta(days=30))
    assert copied(desk, made.concern_id).who_about == JONAS.who_about
