"""From a first talk to a family's circle; who told us stays behind (K10, hard case 10)."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from intake.desk import Desk
from intake.test_front_page import MOST_STATEMENTS, text
from kring.intake.models import Beginning, Concern, Promise, TalkNote
from kring.intake.usecases import beginnings, concerns, promises
from kring.intake.usecases.handing_in import Told
from kring.trust.models import Circle, Entry, Seat
from kring.trust.usecases.families import FamilysYes, NewChild, NewGuardian, Opened
from kring.trust.viewer import acting

GRAN = Told(
    who_about="Jonas",
    seen="Hij huilt 's nachts",
    reach="0470 99 88 77",
    asker_name="Oma Rosa",
    asker_kind="neighbour",
)


def begun_circle(desk: Desk) -> Opened:
    """Grandmother told us, the family said yes, and a circle began."""
    concern, now = desk.taken_up(GRAN), timezone.now()
    with acting(desk.els) as me:
        found = Concern.objects.get(pk=concern)
        concerns.write_note(found, text="Oma vertelde alles.", reached=True, by=me, at=now)
        to_gran = promises.promise(
            found.circle_id,
            what="Oma terugbellen",
            due_at=now + timedelta(3),
            to_asker=True,
            by=me,
            at=now,
            concern=found,
        )
        to_mother = promises.promise(
            found.circle_id,
            what="Judoclub bellen",
            due_at=now + timedelta(2),
            to_whom="mama",
            by=me,
            at=now,
            concern=found,
        )
        other = promises.promise(
            found.circle_id, what="School vragen", due_at=now + timedelta(2), by=me, at=now, concern=found
        )
        promises.renegotiate(to_mother, due_at=now + timedelta(4), reason="Oma wou eerst zelf", by=me, at=now)
        opened = beginnings.begin_circle(
            found, name="Familie Maes", children=[NewChild("Jonas", born=date(2016, 3, 1))],
            guardians=[NewGuardian("Leen", relation="mama")], yes=FamilysYes("Leen", "op bezoek", "nl"),
            wanted="Jonas wil beter slapen.", promises=[to_gran.pk, to_mother.pk], by=me, at=now,
        )  # fmt: skip
    desk.opened, desk.concern, desk.left = opened, concern, {to_gran.pk, other.pk}
    return opened


@pytest.fixture
def begun(desk: Desk) -> Desk:
    begun_circle(desk)
    return desk


def test_the_familys_circle_begins_with_what_is_wanted(begun: Desk):
    with acting(begun.opened.guardians[0].pk):
        assert [b.wanted for b in Beginning.objects.all()] == ["Jonas wil beter slapen."]
        assert [p.what for p in Promise.objects.all()] == ["Judoclub bellen"]
        assert [p.concern_id for p in Promise.objects.all()] == [None]


def test_the_family_finds_no_trace_of_who_told_us(begun: Desk):
    mother = begun.opened.guardians[0].pk
    with acting(mother):
        assert Concern.objects.ids() == []
        assert TalkNote.objects.ids() == []
        rows = [
            *Beginning.objects.all(),
            *Promise.objects.all(),
            *Entry.objects.all(),
            *Seat.objects.all(),
            *Circle.objects.all(),
        ]
        told = "\n".join(str(sorted(vars(row).items(), key=str)) for row in rows)
    talk = begun.row(begun.concern)["circle_id"]
    for trace in (
        "Oma",
        "Rosa",
        "0470 99 88 77",
        "huilt",
        "neighbour",
        str(begun.concern),
        str(talk),
        "concern",
    ):
        assert trace not in told.replace("'concern_id', None", "")


def test_who_told_us_gets_no_seat(begun: Desk):
    with acting(begun.els):
        seated = {seat.person.given_name for seat in Seat.objects.filter(circle=begun.opened.circle)}
    assert seated <= {"Els", "Leen", "Jonas"}


def test_the_concern_stays_in_the_first_talk(begun: Desk):
    row = begun.row(begun.concern)
    assert row["family_yes_at"] is not None
    assert row["asker_name"] == ""  # sealed, for the two of the first talk
    assert begun.seen_by(begun.marc) == [begun.concern]
    with acting(begun.marc):
        assert set(Promise.objects.open().ids()) == begun.left


def test_a_grandmother_who_joins_later_sees_no_more_than_others(begun: Desk, owner):
    gran = begun.scene.person("Rosa")
    begun.scene.seat(begun.opened.circle.pk, gran, since=timezone.now() - timedelta(minutes=1))
    with acting(gran):
        assert Concern.objects.ids() == []
        assert len(Beginning.objects.ids()) == 1


def test_a_second_click_opens_no_second_circle(begun: Desk):
    with acting(begun.els) as me, pytest.raises(concerns.AlreadyClosed):
        beginnings.begin_circle(
            Concern.objects.get(pk=begun.concern), name="x", children=[NewChild("x")], guardians=[NewGuardian("y")],
            yes=FamilysYes("y", "x"), wanted="x", promises=[], by=me, at=timezone.now(),
        )  # fmt: skip


def test_nothing_begins_from_the_desk_or_without_words(desk: Desk):
    made = desk.hand_in()
    words = {
        "name": "x", "children": [NewChild("x")], "guardians": [NewGuardian("y")], "yes": FamilysYes("y", "x"), "promises": [],
    }  # fmt: skip
    with acting(desk.els) as me, pytest.raises(concerns.AlreadyClosed):
        beginnings.begin_circle(
            Concern.objects.get(pk=made.concern_id), wanted="x", by=me, at=timezone.now(), **words
        )
    concern = desk.taken_up()
    with acting(desk.els) as me, pytest.raises(beginnings.NothingWanted):
        beginnings.begin_circle(
            Concern.objects.get(pk=concern), wanted=" ", by=me, at=timezone.now(), **words
        )


def test_a_family_says_whether_a_promise_was_true_and_who_promised_does_not(begun: Desk):
    with acting(begun.els) as me:
        promise = Promise.objects.get(what="Judoclub bellen")
        promises.keep(promise, by=me, at=timezone.now())
        with pytest.raises(promises.NotAllowed):
            promises.answer_whether_true(promise, answer="yes", by=me, at=timezone.now())
    with acting(begun.opened.guardians[0].pk) as mother:
        answered = promises.answer_whether_true(
            Promise.objects.get(what="Judoclub bellen"), answer="no", by=mother, at=timezone.now()
        )
        assert answered.was_true == "no"


def test_the_family_reads_its_promises_on_a_page(begun: Desk, sign_in):
    family = begun.opened.family.pk
    mother, els = sign_in(begun.opened.guardians[0].pk), sign_in(begun.els)
    page = text(mother.get(f"/family/{family}/promises/"))
    assert "Jonas wil beter slapen." in page
    assert "Judoclub bellen" in page
    assert "Oma" not in page
    here = f"/family/{family}/promises/"
    wrong = els.post(here, {"what": "Tolk vragen", "day": "2020-01-01", "hour": "10:00"})
    assert wrong.status_code == 422
    assert "Tolk vragen" in wrong.content.decode()
    soon = (timezone.localdate() + timedelta(2)).isoformat()
    assert els.post(here, {"what": "Tolk vragen", "to_whom": "mama", "day": soon}).status_code == 302
    asked = begun.owner.execute("SELECT id FROM intake_promise WHERE what = 'Tolk vragen'").fetchone()[0]
    for deed in ("kept", "let-go", "day"):
        assert (
            mother.post(f"/concerns/promises/{asked}/{deed}/", {"day": soon, "hour": "17:00"}).status_code
            == 403
        )
    assert els.post(f"/concerns/promises/{asked}/day/", {"day": "2020-01-01"}).status_code == 422
    assert els.post(f"/concerns/promises/{asked}/day/", {"day": soon, "hour": "17:00"}).status_code == 302
    assert els.post(f"/concerns/promises/{asked}/kept/")["Location"] == here
    assert "Was it true?" not in text(mother.get(here))
    begun.owner.execute(
        "UPDATE intake_promise SET kept_at = now() - interval '15 days' WHERE id = %s", [asked]
    )
    assert "Els says it was done. Was it true?" in text(mother.get(here))
    assert mother.post(f"/concerns/promises/{asked}/true/", {"true": "yes"}).status_code == 302
    assert "Was it true? Yes" in text(mother.get(here))


def test_a_stranger_finds_no_promises_of_a_family(begun: Desk, sign_in):
    for who in (begun.karin, begun.fien):
        assert sign_in(who).get(f"/family/{begun.opened.family.pk}/promises/").status_code == 404


def test_the_promises_of_a_family_take_few_statements(begun: Desk, sign_in):
    mother = sign_in(begun.opened.guardians[0].pk)
    with CaptureQueriesContext(connection) as asked:
        assert mother.get(f"/family/{begun.opened.family.pk}/promises/").status_code == 200
    counted = [
        q["sql"] for q in asked if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))
    ]
    assert len(counted) <= MOST_STATEMENTS
