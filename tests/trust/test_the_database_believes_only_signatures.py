"""Attacks with the run-time role's own rights: whatever SQL somebody smuggles in, the policies hold."""

import hashlib
import hmac
import time

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from kring.trust import identity, viewer
from kring.trust.audit import audit
from kring.wraparound.models import Note
from trust.scenes import LONG_AGO, Scene, insert


@pytest.fixture
def scene(owner):
    scene = Scene(owner)
    scene.els = scene.worker("Els")
    family = insert(owner, "trust_family", village_id=scene.village, name="F", opened_at=LONG_AGO)
    scene.circle = insert(
        owner, "trust_circle", village_id=scene.village, family_id=family, kind="family", name="", safety=False,
        secrecy=False, opened_at=LONG_AGO,
    )  # fmt: skip
    scene.seat(scene.circle, scene.els, job_id=scene.jobs[scene.els])
    scene.note = insert(
        owner,
        "wraparound_note",
        circle_id=scene.circle,
        author_id=scene.els,
        at=LONG_AGO,
        text="marker",
        signed="",
    )
    return scene


def notes_of(line):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('kring.identity', %s, true)", [line])
        cursor.execute("SELECT count(*) FROM wraparound_note")
        return cursor.fetchone()[0]


def line(person, key=None, **changes):
    with connection.cursor():
        facts = {"backend": connection.connection.info.backend_pid, "at": time.time()} | changes
    return identity.signed(key or settings.IDENTITY_KEY, person=person, **facts)


def test_a_true_signature_opens(scene):
    assert notes_of(line(scene.els)) == 1


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: "",
        lambda text: text[:-1] + ("0" if text[-1] != "0" else "1"),
        lambda text: text.replace("|", "||", 1),
        lambda text: "x" * 500,
        lambda text: "|" * 5,
        lambda text: text.upper(),
        lambda text: " " + text,
        lambda text: text + "|",
        lambda text: "é" + text[1:],
    ],
)
def test_anything_else_opens_nothing(scene, spoil):
    assert notes_of(spoil(line(scene.els))) == 0


def test_another_key_another_connection_and_an_old_signature_open_nothing(scene):
    assert notes_of(line(scene.els, key=b"guessed")) == 0
    assert notes_of(line(scene.els, backend=1)) == 0
    assert notes_of(line(scene.els, at=time.time() - identity.VALID_SECONDS - 2)) == 0


def test_the_pads_are_those_of_hmac():
    inner, outer = identity.pads(b"k" * 100)
    mac = hashlib.sha256(outer + hashlib.sha256(inner + b"word").digest()).hexdigest()
    assert mac == hmac.new(b"k" * 100, b"word", hashlib.sha256).hexdigest()


def test_the_identity_ends_with_the_transaction(scene):
    with viewer.acting(scene.els):
        assert Note.objects.count() == 1
    with transaction.atomic():
        assert Note.objects.count() == 0


@pytest.mark.parametrize(
    "attack",
    [
        "SET ROLE kring_gatekeeper",
        "SET ROLE kring_migrator",
        "SELECT * FROM trust_signingkey",
        "SELECT * FROM trust_link",
        "CREATE FUNCTION trust.moment2() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE OR REPLACE FUNCTION trust.moment() RETURNS timestamptz LANGUAGE sql STABLE AS $$SELECT '2000-01-01'::timestamptz$$",
        "CREATE TABLE public.mine(i int)",
        "ALTER TABLE wraparound_note DISABLE ROW LEVEL SECURITY",
        "DROP POLICY may_select ON wraparound_note",
        "DELETE FROM trust_entry",
        "UPDATE trust_entry SET part = ''",
        "INSERT INTO trust_access (viewer_id, circle_id, since, until, danger, source_id) SELECT gen_random_uuid(), gen_random_uuid(), now(), 'infinity', false, gen_random_uuid()",
        "TRUNCATE trust_exclusion",
        "SELECT trust.reckon_everything()",
        "SELECT trust.lock_rows('{}', '{}', '{}')",
        "COPY wraparound_note TO PROGRAM 'cat'",
        "SET session_replication_role = replica",
    ],
)
def test_the_role_that_serves_cannot_change_the_rules(scene, attack):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)


def test_a_setting_of_ones_own_does_not_switch_policies_off(scene):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL row_security = off")
        with pytest.raises(DatabaseError):
            cursor.execute("SELECT count(*) FROM wraparound_note")


def test_the_search_path_does_not_mislead_the_functions(scene):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE trust_signingkey AS SELECT 1 AS id, ''::bytea AS inner_pad, ''::bytea AS outer_pad"
        ) if _may_temp(cursor) else None
        cursor.execute("SELECT count(*) FROM wraparound_note")
        assert cursor.fetchone()[0] == 0


def _may_temp(cursor):
    cursor.execute("SELECT has_database_privilege(current_database(), 'TEMP')")
    return cursor.fetchone()[0]


def test_nobody_writes_as_somebody_else(scene):
    other = scene.worker("Karin")
    with pytest.raises(DatabaseError), viewer.acting(scene.els):
        Note.objects.create(circle_id=scene.circle, author_id=other, at=LONG_AGO, text="x")


def test_the_audit_finds_nothing_here_and_finds_what_is_broken(scene, owner):
    with connection.cursor() as cursor:
        assert audit(cursor) == []
    try:
        owner.execute("ALTER TABLE wraparound_note NO FORCE ROW LEVEL SECURITY")
        with connection.cursor() as cursor:
            assert audit(cursor) == ["The table wraparound_note does not force its policies."]
    finally:
        owner.execute("ALTER TABLE wraparound_note FORCE ROW LEVEL SECURITY")
