"""W9, W10, K6: a young person tells one person something; nobody else can notice, and everything stays theirs."""

import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from kring.confidences.models import Telling
from kring.confidences.usecases import hearing, tellings
from kring.trust import viewer
from kring.trust.models import Circle, Seat
from kring.trust.permissions import NotAllowed
from kring.trust.usecases.looking import who_looked
from wraparound.home import AT, LATER

NOTHING = [0, 0, 0, 0, 0]


def refused(name, *, by, run):
    """The database itself refuses it, by this name."""
    with viewer.acting(by) as me, pytest.raises(DatabaseError, match=name), transaction.atomic():
        run(me)


def test_a_girl_tells_one_person_and_nobody_else_of_the_village_has_anything(home):
    told = home.tells(home.samira, home.mila, "Ik slaap niet meer.")
    assert home.hears(home.samira, told) == home.hears(home.mila, told) == ["Ik slaap niet meer."]
    for other in home.everybody_else(home.samira, home.mila):
        assert home.sees(other) == NOTHING
        assert home.hears(other, told) is None
    locked = home.owner.execute("SELECT words_locked FROM confidences_telling").fetchone()[0]
    assert b"slaap" not in locked


def test_whom_a_young_person_can_choose_and_what_each_says_of_secrecy(home):
    home.exclude(home.samira, home.lotte, "own choice")
    with viewer.acting(home.samira):
        found = {one.name: (one.kind, one.bound) for one in hearing.who_can_hear()}
    assert found["Mila"] == ("professional", True)
    assert found["Noor"] == ("professional", False)
    assert found["Samir"] == found["Fatna"] == ("natural", False)
    assert "Lotte" not in found, "who is left out is not offered"
    assert "Karin" not in found
    assert "Samira" not in found
    with viewer.acting(home.yara):
        assert {one.name for one in hearing.who_can_hear()} >= {"Naima", "Samir", "Mila"}
    for grown in (home.naima, home.mila):
        with viewer.acting(grown):
            assert hearing.who_can_hear() == []


def test_a_child_of_eight_tells_dad_only(home):
    """Hard case 13, in words."""
    told = home.tells(home.yara, home.samir, "Voor papa.")
    assert home.hears(home.samir, told) == ["Voor papa."]
    for other in home.everybody_else(home.yara, home.samir):
        assert home.sees(other) == NOTHING
    with viewer.acting(home.samir):
        assert Seat.objects.get(circle_id=told, person_id=home.samir).ground == "own choice", (
            "not by being a guardian"
        )


def test_a_girl_in_counselling_whose_mother_asks(home):
    """Hard case 2: her mother reads the circle and the journal of the family, and finds nothing."""
    told = home.tells(home.samira, home.mila, "Dit blijft bij ons.")
    home.hears(home.mila, told)
    with viewer.acting(home.naima) as me:
        looks = who_looked(
            home.family, by=me, since=AT - timedelta(days=9), until=LATER + timedelta(days=9000)
        )
        assert "confidence" not in str(looks)
        assert Circle.objects.filter(family_id=home.family).count() == 1
    with viewer.acting(home.samira) as me:
        looks = who_looked(
            home.family, by=me, since=AT - timedelta(days=9), until=LATER + timedelta(days=9000)
        )
        assert "confidence" not in str(looks), "not on the page of the family either, where others look along"


def test_secrecy_is_settled_when_it_is_told(home):
    secret, open_one = home.tells(home.samira, home.mila), home.tells(home.samira, home.noor)
    with viewer.acting(home.samira) as me:
        assert [Circle.objects.get(pk=one).secrecy for one in (secret, open_one)] == [True, False]
        with pytest.raises(DatabaseError, match="not_bound_by_secrecy"), transaction.atomic():
            tellings.let_hear(secret, home.noor, from_the_beginning=True, by=me, at=LATER)
        with pytest.raises(DatabaseError, match="not_bound_by_secrecy"), transaction.atomic():
            tellings.let_hear(secret, home.samir, from_the_beginning=True, by=me, at=LATER)
        with pytest.raises(DatabaseError, match="stays_as_written"), transaction.atomic():
            Circle.objects.filter(pk=secret).update(secrecy=False)
        tellings.let_hear(open_one, home.mila, from_the_beginning=False, by=me, at=LATER)
    assert home.hears(home.mila, open_one) == [], "only what comes after"
    home.answers(home.samira, open_one, "En nog iets.", LATER)
    assert home.hears(home.mila, open_one) == ["En nog iets."]


@pytest.mark.parametrize("by", ["mila", "naima", "hanne", "karin", "ada"])
def test_a_reader_more_needs_the_confiders_yes_and_nobody_elses(home, by):
    """K6, for whoever hears it, a guardian, a coordinator, a colleague, an administrator: by use case and by SQL."""
    told, who = home.tells(home.samira, home.mila), getattr(home, by)
    with viewer.acting(who) as me, pytest.raises((NotAllowed, DatabaseError)), transaction.atomic():
        tellings.let_hear(told, home.karin, from_the_beginning=True, by=me, at=LATER)
    seat = dict(circle_id=told, person_id=home.karin, job_id=home.jobs[home.karin], role="professional", since=AT,
                ground="job")  # fmt: skip
    for decided in (who, home.samira):
        with viewer.acting(who), pytest.raises(DatabaseError), transaction.atomic():
            Seat.objects.create(decided_by_id=decided, **seat)
    for question in (
        "SELECT trust.let_hear(%s, %s, true, now())",
        "SELECT trust.let_nobody_hear(%s, %s, now())",
    ):
        refused(
            "not_yours_to_decide",
            by=who,
            run=lambda me, question=question: connection.cursor().execute(question, [told, home.karin]),
        )
    with viewer.acting(who), pytest.raises(DatabaseError), transaction.atomic():
        Circle.objects.create(village_id=home.village, family_id=home.family, kind="confidence", subject_id=home.samira,
                              opened_by_id=who, opened_at=AT)  # fmt: skip
    assert home.hears(home.karin, told) is None


def test_nobody_opens_a_confidence_for_two_others(home):
    def opened(me, young, hearer):
        connection.cursor().execute("SELECT trust.open_confidence(%s, %s, %s, false, false, now())",
                                    [uuid.uuid4(), young, hearer])  # fmt: skip

    refused("not_yours_to_decide", by=home.naima, run=lambda me: opened(me, home.samira, home.mila))
    refused("not_yours_to_decide", by=home.naima, run=lambda me: opened(me, home.samira, home.naima))
    refused("not_yours_to_decide", by=home.samira, run=lambda me: opened(me, home.samira, home.karin))
    refused("not_yours_to_decide", by=home.karin, run=lambda me: opened(me, home.samira, home.karin))
    with viewer.acting(home.naima, seen_as=home.samira) as me, pytest.raises(NotAllowed):
        tellings.tell(home.mila, "x", safety=False, key=uuid.uuid4(), by=me, at=AT)
    refused("permission denied", by=home.naima, run=lambda me: connection.cursor().execute("SELECT trust.near(%s)", [home.samira]))  # fmt: skip


def test_a_worker_writes_it_down_with_the_boy_at_the_table(home):
    with viewer.acting(home.noor, at=AT) as me:
        told = dict(safety=True, secrecy=False, key=uuid.uuid4(), by=me, at=AT)
        with pytest.raises(tellings.NotReadBack):
            tellings.write_down_together(home.yara, "Ik word geslagen.", read_back=False, **told)
        with pytest.raises(DatabaseError, match="not_bound_by_secrecy"), transaction.atomic():
            tellings.write_down_together(home.yara, "x", read_back=True, **(told | {"secrecy": True}))
        made = tellings.write_down_together(home.yara, "Ik word geslagen.", read_back=True, **told)
        assert tellings.write_down_together(home.yara, "Ik word geslagen.", read_back=True, **told) == made
    assert home.hears(home.yara, made) == home.hears(home.noor, made) == ["Ik word geslagen."]
    with viewer.acting(home.yara):
        assert Telling.objects.get().how == "together"
        assert Circle.objects.get(pk=made).safety
    with viewer.acting(home.naima) as me, pytest.raises(NotAllowed):
        tellings.write_down_together(home.yara, "x", read_back=True, safety=False, secrecy=False, key=uuid.uuid4(),
                                     by=me, at=AT)  # fmt: skip


def test_sent_twice_it_is_told_once_and_empty_words_tell_nothing(home):
    key = uuid.uuid4()
    assert home.tells(home.samira, home.mila, key=key) == home.tells(home.samira, home.mila, key=key)
    assert len(home.hears(home.mila, home.tells(home.samira, home.mila, key=key))) == 1
    with pytest.raises(tellings.NothingTold):
        home.tells(home.samira, home.mila, "  ")
    assert home.owner.execute("SELECT count(*) FROM trust_circle WHERE kind = 'confidence'").fetchone() == (
        1,
    )


def test_it_is_taken_back_until_somebody_has_opened_it(home):
    told = home.tells(home.samira, home.mila, "Eerste.")
    second = home.answers(home.samira, told, "Toch niet.", LATER)
    with viewer.acting(home.samira) as me:
        tellings.take_back(Telling.objects.get(pk=second), by=me, at=LATER)
    assert home.hears(home.mila, told) == ["Eerste."]
    with viewer.acting(home.samira) as me:
        with pytest.raises(tellings.OpenedAlready):
            tellings.take_back(Telling.objects.get(), by=me, at=LATER)
        for change in (lambda: Telling.objects.update(heard_at=None), lambda: Telling.objects.all().delete(),
                       lambda: Telling.objects.update(words_locked=b"x"),
                       lambda: Telling.objects.update(circle_id=home.circle)):  # fmt: skip
            with pytest.raises(DatabaseError), transaction.atomic():
                change()
    refused("was_opened_already", by=home.mila, run=lambda me: Telling.objects.all().delete())


def test_when_everything_is_taken_back_nobody_was_told_anything(home):
    told = home.tells(home.samira, home.mila, "Toch niet.")
    with viewer.acting(home.samira) as me:
        tellings.take_back(Telling.objects.get(), by=me, at=LATER)
    assert home.hears(home.mila, told) is None
    assert home.hears(home.samira, told) == []
    home.answers(home.samira, told, "Toch wel.", LATER)
    assert home.hears(home.mila, told) == ["Toch wel."]


def test_the_confider_ends_it_and_keeps_what_was_told(home):
    told = home.tells(home.samira, home.mila)
    with viewer.acting(home.mila) as me, pytest.raises(DatabaseError), transaction.atomic():
        tellings.end(told, by=me, at=LATER)
    with viewer.acting(home.mila):
        assert Seat.objects.filter(circle_id=told, person_id=home.samira).update(until=LATER) == 0
    with viewer.acting(home.samira) as me:
        tellings.end(told, by=me, at=LATER)
        tellings.end(told, by=me, at=LATER)
    assert home.hears(home.mila, told) is None
    assert home.hears(home.samira, told) == ["Ik ben bang."]
    with viewer.acting(home.samira):
        (one,) = hearing.my_confidences()
        assert one.heard_by == one.left == []


def test_a_worker_leaves_and_a_colleague_gets_it_only_with_her_yes(home):
    """Hard case 15."""
    told = home.tells(home.samira, home.mila, "Alleen voor jou.")
    home.seat(home.circle, home.karin, role="professional", job_id=home.jobs[home.karin])
    home.leaves(home.mila)
    assert home.hears(home.mila, told) is home.hears(home.karin, told) is None
    with viewer.acting(home.samira) as me:
        (one,) = hearing.my_confidences()
        assert [left.name for left in one.left] == ["Mila"]
        assert one.heard_by == []
        tellings.let_hear(told, home.karin, from_the_beginning=True, by=me, at=LATER)
        tellings.let_hear(told, home.karin, from_the_beginning=True, by=me, at=LATER)
    assert home.hears(home.karin, told) == ["Alleen voor jou."]
    assert home.sees(home.hanne) == NOTHING


def test_only_a_confidence_about_safety_opens_in_danger(home):
    """K8, hard case 3: what was marked; and it is never unmarked."""
    plain, marked = (
        home.tells(home.samira, home.mila),
        home.tells(home.samira, home.mila, "Ik woon bij oma.", safety=True),
    )
    home.owner.execute(
        "INSERT INTO trust_danger (id, person_id, job_id, family_id, at) VALUES (%s, %s, %s, %s, now())",
        [uuid.uuid4(), home.karin, home.jobs[home.karin], home.family],
    )
    with viewer.acting(home.karin) as me:
        assert [row.circle_id for row in Telling.objects.all()] == [marked]
        with pytest.raises(NotAllowed):
            tellings.add(marked, "x", key=uuid.uuid4(), by=me, at=AT)
    with viewer.acting(home.mila) as me:
        tellings.about_safety(plain, by=me, at=LATER)
        with pytest.raises(DatabaseError, match="stays_as_written"), transaction.atomic():
            Circle.objects.filter(pk=marked).update(safety=False)
    with viewer.acting(home.karin):
        assert Telling.objects.count() == 2


def test_no_link_opens_a_confidence(home):
    """K13."""
    told = home.tells(home.samira, home.mila)
    for scope in (told, uuid.uuid4()):
        with viewer.acting(home.samira, scope=scope):
            assert Telling.objects.count() == Circle.objects.filter(kind="confidence").count() == 0
            assert hearing.my_confidences() == hearing.who_can_hear() == []


def test_one_searches_in_ones_own_confidences_only(home):
    told = home.tells(home.samira, home.mila, "Ik droom van de ZEE en van oma.")
    home.hears(home.mila, told)
    home.hears(home.samir, home.tells(home.yara, home.samir, "Ook de zee."))
    home.answers(home.samira, told, "Het strand.", LATER)
    for who, many in ((home.samira, 1), (home.mila, 0)):
        with viewer.acting(who) as me:
            assert len(tellings.search("strand", by=me)) == many, "not opened yet, it can still be taken back"
    for who, many in ((home.samira, 1), (home.mila, 1), (home.samir, 1), (home.naima, 0), (home.noor, 0)):
        with viewer.acting(who) as me:
            assert len(tellings.search("zee", by=me)) == many
            assert len(tellings.search("oma zee", by=me)) == (who in (home.samira, home.mila))
            assert tellings.search(" ", by=me) == []
