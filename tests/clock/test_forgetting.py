"""What happens by the clock: warning, deleting, counting (S1, S2, trust.md section 1)."""

from datetime import timedelta

import psycopg
import pytest
from django.db.utils import DatabaseError
from django.utils import timezone

from clockwork import as_the_worker
from intake.desk import Desk
from kring.clock import usecases as clock
from kring.intake import receipts
from kring.intake.models import Concern
from kring.intake.usecases import concerns
from kring.intake.usecases.handing_in import Told
from kring.trust.viewer import acting


@pytest.fixture
def desk(owner: psycopg.Connection) -> Desk:
    return Desk(owner)


def close(desk: Desk, concern, **facts):
    with acting(desk.els) as me:
        facts = {"outcome": "talked", "reason": "Dank je."} | facts
        concerns.close(Concern.objects.get(pk=concern), by=me, at=timezone.now(), **facts)


def letters(desk: Desk, kind: str) -> set:
    return {
        row[0] for row in desk.owner.execute("SELECT person_id FROM messaging_letter WHERE kind = %s", [kind])
    }


def test_what_nobody_took_up_is_deleted_when_the_term_ends(desk: Desk):
    old, young = desk.hand_in(), desk.hand_in(Told(who_about="Samira", seen="Moe"))
    desk.earlier(old.concern_id, days=90)
    desk.earlier(young.concern_id, days=89)
    assert as_the_worker(clock.forget, at=timezone.now()) == 1
    row = desk.row(old.concern_id)
    assert {
        row[name] for name in ("who_about", "seen", "reach", "asker_name", "asker_kind", "family_knows")
    } == {""}
    assert bytes(row["told_locked"]) == b""
    assert desk.row(young.concern_id)["seen"] == "Moe"
    assert desk.count("intake_promise") == 1


def test_who_asked_still_finds_an_honest_word_for_thirty_days(desk: Desk):
    made = desk.hand_in()
    desk.earlier(made.concern_id, days=91)
    as_the_worker(clock.forget, at=timezone.now())
    receipt = receipts.read(made.token, at=timezone.now())
    assert (receipt.state, receipt.outcome) == ("not done", "nobody")
    desk.earlier(made.concern_id, days=31)
    as_the_worker(clock.forget, at=timezone.now())
    assert desk.row(made.concern_id) == {}
    assert receipts.read(made.token, at=timezone.now()) is None


def test_a_first_talk_without_a_yes_is_deleted_too(desk: Desk):
    concern = desk.taken_up()
    with acting(desk.els) as me:
        concerns.write_note(
            Concern.objects.get(pk=concern), text="Geheim", reached=True, by=me, at=timezone.now()
        )
    desk.earlier(concern, days=91)
    as_the_worker(clock.forget, at=timezone.now())
    assert desk.count("intake_talknote") == desk.count("intake_promise") == 0
    talk = desk.row(concern)["circle_id"]
    desk.earlier(concern, days=31)
    as_the_worker(clock.forget, at=timezone.now())
    assert desk.owner.execute(
        "SELECT count(*) FROM trust_seat WHERE circle_id = %s AND until IS NULL", [talk]
    ).fetchone() == (0,)


def test_the_term_of_a_first_talk_begins_when_it_is_taken_up(desk: Desk, owner):
    concern = desk.taken_up()
    owner.execute("UPDATE intake_concern SET at = at - interval '89 days' WHERE id = %s", [concern])
    desk.owner.execute(
        "UPDATE intake_concern SET taken_at = taken_at - interval '2 days' WHERE id = %s", [concern]
    )
    assert as_the_worker(clock.forget, at=timezone.now()) == 0


def test_a_receipt_that_still_runs_is_not_cut_off(desk: Desk, owner):
    concern = desk.taken_up()
    desk.earlier(concern, days=89)
    close(desk, concern)
    desk.earlier(concern, days=5)
    assert as_the_worker(clock.forget, at=timezone.now()) == 0
    assert receipts.read(receipts.token(concern), at=timezone.now()).reason == "Dank je."
    desk.earlier(concern, days=26)
    assert as_the_worker(clock.forget, at=timezone.now()) == 1
    assert desk.row(concern) == {}


def test_nobody_makes_the_clock_strike_early(desk: Desk):
    desk.hand_in()
    later = timezone.now() + timedelta(days=365)
    for strike in (
        clock.forget,
        clock.forget_letters,
        clock.ask_whether_true,
        clock.remind,
        clock.count_weeks,
    ):
        with pytest.raises(DatabaseError):
            as_the_worker(strike, at=later)
    assert desk.count("intake_concern") == 1


def test_a_week_before_deletion_who_is_on_duty_is_warned_once(desk: Desk):
    made = desk.hand_in()
    desk.earlier(made.concern_id, days=82)
    assert as_the_worker(clock.warn, at=timezone.now()) == 0
    desk.earlier(made.concern_id, days=1)
    assert as_the_worker(clock.warn, at=timezone.now()) == 2
    assert as_the_worker(clock.warn, at=timezone.now()) == 0
    assert letters(desk, "concern ends soon") == {desk.els, desk.marc}


def test_who_took_it_up_is_warned_alone(desk: Desk):
    concern = desk.taken_up(by=desk.fien)
    desk.earlier(concern, days=84)
    assert as_the_worker(clock.warn, at=timezone.now()) == 1
    assert letters(desk, "concern ends soon") == {desk.fien}


def test_what_has_ended_warns_nobody(desk: Desk):
    concern = desk.taken_up()
    close(desk, concern)
    desk.earlier(concern, days=84)
    assert as_the_worker(clock.warn, at=timezone.now()) == 0


def test_a_late_promise_is_reminded_of_once(desk: Desk):
    concern = desk.taken_up()
    assert as_the_worker(clock.remind, at=timezone.now()) == 0
    desk.earlier(concern, days=7)
    assert as_the_worker(clock.remind, at=timezone.now()) == 1
    assert as_the_worker(clock.remind, at=timezone.now()) == 0
    assert letters(desk, "promise late") == {desk.els}


def test_weeks_are_counted_once_and_shown_only_when_there_are_enough(desk: Desk):
    made = [desk.taken_up() for _ in range(6)]
    for concern in made[:5]:
        with acting(desk.els) as me:
            concerns.write_note(
                Concern.objects.get(pk=concern), text="", reached=True, by=me, at=timezone.now()
            )
    for concern in made:
        desk.earlier(concern, days=10)
        desk.owner.execute(
            "UPDATE intake_promise SET due_at = now() - interval '8 days' WHERE concern_id = %s", [concern]
        )
    assert as_the_worker(clock.count_weeks, at=timezone.now()) == 4
    assert as_the_worker(clock.count_weeks, at=timezone.now()) == 0
    with acting(desk.fien):
        figures = concerns.figures(at=timezone.now())
    assert (figures.due, figures.kept, figures.hours) == (6, 5, 0)
    with acting(desk.scene.person("Ouder")):
        assert concerns.figures(at=timezone.now()).due is None


def test_four_are_too_few_to_say(desk: Desk):
    for _ in range(4):
        concern = desk.taken_up()
        desk.earlier(concern, days=10)
    as_the_worker(clock.count_weeks, at=timezone.now())
    with acting(desk.els):
        figures = concerns.figures(at=timezone.now())
    assert (figures.due, figures.kept, figures.hours) == (None, None, None)


def test_what_is_left_of_ended_sessions_goes_and_live_ones_stay(desk: Desk):
    at = timezone.now()
    for key, ends in (("ended", at - timedelta(minutes=1)), ("live", at + timedelta(minutes=1))):
        desk.owner.execute(
            "INSERT INTO trust_session (session_key, session_data, expire_date, ref, works, device, since, seen_at) "
            "VALUES (%s, '', %s, gen_random_uuid(), false, '', now(), now())",
            [key, ends],
        )
    assert as_the_worker(clock.forget_sessions, at=at) == 1
    assert desk.owner.execute("SELECT session_key FROM trust_session").fetchall() == [("live",)]
