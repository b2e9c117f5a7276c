"""What was told lies locked: no word of it in a copy of the whole database, and old rows are locked by a migration."""

import base64
from dataclasses import replace
from importlib import import_module
from types import SimpleNamespace

import psycopg
import pytest
from django.utils import timezone

from clockwork import as_the_worker
from intake.desk import JONAS, Desk
from kring.clock import usecases as clock
from kring.intake.models import Concern, TalkNote
from kring.intake.models.concerns import open_together
from kring.intake.usecases import concerns, handing_in
from kring.trust import keys
from kring.trust.viewer import acting

WORDS = {
    "who_about": "Wolkje",
    "seen": "slaapt in de zandbak",
    "reach": "0499 88 77 66",
    "asker_name": "Meester Uil",
}
NOTE = "Meester Uil belt zelf met oma Mus"
LOCK = import_module("kring.intake.migrations.0002_told_locked").lock_what_stands


@pytest.fixture
def desk(owner):
    return Desk(owner)


def everything(owner: psycopg.Connection) -> bytes:
    """Every table as a backup copies it."""
    tables = owner.execute(
        "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname IN ('public', 'trust')"
    ).fetchall()
    copied = bytearray()
    for (table,) in tables:
        with owner.cursor() as cursor, cursor.copy(f"COPY {table} TO STDOUT") as stream:
            for piece in stream:
                copied += bytes(piece)
    return bytes(copied)


def test_no_word_of_a_concern_lies_readable_in_the_database(desk, owner):
    made = desk.hand_in(replace(JONAS, **WORDS))
    assert desk.row(made.concern_id)["seen"] == WORDS["seen"]
    with acting(desk.els) as me:
        (found,) = Concern.objects.all()
        assert (found.who_about, found.number) == ("Wolkje", WORDS["reach"])
        taken = concerns.take_up(found, by=me, at=timezone.now(), stand_in=desk.marc)
    with acting(desk.els) as me:
        concerns.write_note(
            Concern.objects.get(pk=taken.pk), text=NOTE, reached=True, by=me, at=timezone.now()
        )
    with acting(desk.marc):
        assert Concern.objects.get().seen == WORDS["seen"]
        assert TalkNote.objects.get().text == NOTE
    lies = everything(owner)
    for word in (*WORDS.values(), NOTE, "Meester", "zandbak"):
        raw = word.encode()
        for marker in (
            raw,
            raw.hex().encode(),
            base64.b64encode(raw)[:-3],
            raw.decode().encode("utf-16-le").hex().encode(),
        ):
            assert marker not in lies, word


def test_what_lies_in_a_first_talk_opens_with_no_key_of_the_desk(desk, owner):
    """Taken up, the words move to the key of the first talk; its key goes when the term ends."""
    concern = desk.taken_up()
    row = desk.row(concern)
    assert row["circle_id"] != desk.scene.desk
    there = {name: row[name] for name in ("id", "told_locked")}
    keys.lock_of(desk.scene.desk)
    with pytest.raises(keys.DoesNotOpen):
        Concern(circle_id=desk.scene.desk, **there).told  # noqa: B018
    assert Concern(circle_id=row["circle_id"], **there).who_about == JONAS.who_about
    desk.earlier(concern, days=90)
    as_the_worker(clock.forget, at=timezone.now())
    assert keys.destroyed("circle", row["circle_id"])
    assert Concern(circle_id=row["circle_id"], **there).who_about == ""  # an old backup opens nothing


def test_a_key_goes_with_what_was_closed_or_put_back_too(desk, owner):
    """Closed, the row itself goes in the same night; put back, no concern lies in that talk any more."""
    closed, put_back = desk.taken_up(), desk.taken_up()
    talks = [desk.row(concern)["circle_id"] for concern in (closed, put_back)]
    with acting(desk.els) as me:
        at = timezone.now()
        concerns.close(Concern.objects.get(pk=closed), by=me, at=at, outcome="talked", reason="Dank je.")
        concerns.put_back(Concern.objects.get(pk=put_back), by=me, at=at)
    as_the_worker(clock.forget, at=timezone.now())
    assert not any(keys.destroyed("circle", talk) for talk in talks)
    for concern in (closed, put_back):
        desk.earlier(concern, days=91)
    owner.execute(
        "UPDATE trust_circle SET opened_at = opened_at - interval '91 days' WHERE id = ANY(%s)", [talks]
    )
    assert as_the_worker(clock.forget, at=timezone.now()) == 2
    assert desk.row(closed) == {}
    assert all(keys.destroyed("circle", talk) for talk in talks)


def test_a_list_takes_each_lock_once(desk, monkeypatch):
    for number in range(5):
        desk.hand_in(replace(JONAS, who_about=f"kind {number}"))
    taken = []
    monkeypatch.setattr(
        "kring.trust.keys.turning.lock_of",
        lambda *place, **how: taken.append(place) or keys.lock_of(*place, **how),
    )
    with acting(desk.els):
        found = list(Concern.objects.order_by("at"))
        open_together(found)
        assert [concern.who_about for concern in found] == [f"kind {number}" for number in range(5)]
    assert len(taken) == 1


def test_rows_from_before_are_locked_where_they_lie(desk, owner):
    old = desk.hand_in(handing_in.Told(who_about="x", wants_help_now=True)).concern_id
    talk = desk.taken_up()
    with owner.transaction(force_rollback=True):
        owner.execute("ALTER TABLE intake_talknote ADD COLUMN text text NOT NULL DEFAULT ''")
        for name in WORDS:
            owner.execute(f"ALTER TABLE intake_concern ADD COLUMN {name} text NOT NULL DEFAULT ''")
        old_words = ", ".join(f"{name} = %s" for name in WORDS)
        owner.execute(
            f"UPDATE intake_concern SET told_locked = '', {old_words} WHERE id = %s", [*WORDS.values(), old]
        )
        owner.execute(
            "INSERT INTO intake_talknote (id, circle_id, concern_id, at, reached, text_locked, text) "
            "SELECT gen_random_uuid(), circle_id, id, now(), true, '', %s FROM intake_concern WHERE id = %s", [NOTE, talk],
        )  # fmt: skip
        LOCK(None, SimpleNamespace(connection=owner))
        row = desk.row(old)
        names = ("id", "circle_id", "subject_id", "told_locked")
        assert Concern(**{name: row[name] for name in names}).told == WORDS
        assert row["reachable"]
        note = owner.execute("SELECT id, circle_id, text_locked FROM intake_talknote").fetchone()
        assert TalkNote(id=note[0], circle_id=note[1], text_locked=note[2]).text == NOTE
