"""K4: why a promise got another day is about whom the promise is about, lies where it lies, and goes along with it."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from circle.furnished import LATER
from circle.test_a_version_of_hidden_words import OnlySamira, insert
from kring.intake.models import Promise, PromiseChange
from kring.intake.usecases import promises
from kring.trust import viewer
from trust.by_hand import tried

SECRET = "She sleeps in the blue house"


@pytest.fixture
def home(owner: psycopg.Connection) -> OnlySamira:
    """Karim promised something about Samira, and Noor something about everybody."""
    home = OnlySamira(owner)
    soon = datetime.now(UTC) + timedelta(days=4)
    for who, subject in ((home.karim, home.samira), (home.noor, None)):
        with viewer.acting(who) as me:
            promises.promise(home.circle, what="to come", due_at=soon, by=me, at=LATER, subject_id=subject)
    return home


def moved(home: OnlySamira, reason: str = SECRET) -> None:
    """Noor moves the one about Samira."""
    with viewer.acting(home.noor) as me:
        promise, soon = Promise.objects.get(subject_id=home.samira), datetime.now(UTC) + timedelta(days=9)
        promises.renegotiate(promise, due_at=soon, reason=reason, by=me, at=datetime.now(UTC))


def reasons(home: OnlySamira, who) -> list[str]:
    """What somebody reads of why."""
    with viewer.acting(who):
        return [change.reason for change in PromiseChange.objects.all()]


@pytest.mark.parametrize("ground", ["own choice", "court order"])
def test_who_is_left_out_reads_it_on_no_page(home, ground):
    home.without(home.karim, ground=ground)
    home.without(home.aunt)
    moved(home)
    page = f"/family/{home.family}/promises/"
    assert SECRET.encode() not in home.browser(home.karim).get(page, follow=True).content
    assert SECRET.encode() in home.browser(home.naima).get(page, follow=True).content
    assert reasons(home, home.karim) == reasons(home, home.aunt) == []
    assert reasons(home, home.noor) == reasons(home, home.samira) == [SECRET]


def test_what_is_written_by_hand_lies_there_too(home):
    row = {"circle_id": home.own[home.samira], "author_id": home.noor, "at": LATER, "reason": SECRET}
    made = home.owner.execute("SELECT id, subject_id FROM intake_promise").fetchall()
    for promise, _ in made:
        insert(home.owner, "intake_promisechange", promise_id=promise, was_due_at=LATER, due_at=LATER, **row)
    told = home.owner.execute("SELECT promise_id, circle_id, subject_id, about_id FROM intake_promisechange")
    assert set(told.fetchall()) == {(promise, home.circle, about, about) for promise, about in made}


def test_it_goes_along_into_a_part_and_no_other_goes(home):
    moved(home)
    with viewer.acting(home.noor) as me:
        other = Promise.objects.get(subject_id=None)
        promises.renegotiate(
            other, due_at=datetime.now(UTC) + timedelta(days=9), reason="ill", by=me, at=datetime.now(UTC)
        )
    part = insert(
        home.owner, "trust_circle", village_id=home.village, family_id=home.family, kind="part", name="us",
        safety=False, secrecy=False, opened_at=LATER,
    )  # fmt: skip
    for who, role, ground in ((home.naima, "guardian", "guardian"), (home.samira, "child", "own choice")):
        home.seat(part, who, role=role, ground=ground)
    assert sorted(reasons(home, home.aunt)) == sorted([SECRET, "ill"])
    with viewer.acting(home.naima):
        Promise.objects.filter(subject_id=home.samira).update(circle_id=part)
    assert reasons(home, home.aunt) == ["ill"]
    assert sorted(reasons(home, home.naima)) == sorted([SECRET, "ill"])
    lies = "SELECT circle_id FROM intake_promisechange WHERE reason = %s"
    assert home.owner.execute(lies, [SECRET]).fetchall() == [(part,)]
    home.owner.execute("UPDATE intake_promise SET subject_id = %s WHERE subject_id IS NULL", [home.yassin])
    about = "SELECT subject_id, about_id FROM intake_promisechange WHERE reason = 'ill'"
    assert home.owner.execute(about).fetchall() == [(home.yassin, home.yassin)]


def test_nobody_removes_a_promise_of_another_by_hand(home):
    moved(home)
    assert tried(home.aunt, "DELETE FROM intake_promise") == "refused"
    assert tried(home.karim, "DELETE FROM intake_promise WHERE author_id = %s", home.karim) == 1
    assert home.owner.execute("DELETE FROM intake_promise").rowcount == 2, (
        "what is forgotten is removed by nobody here"
    )
