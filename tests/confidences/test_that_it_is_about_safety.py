"""K4, K8: whoever sits in a confidence says that it is about safety; also who wrote it down and was left out since."""

import uuid

import pytest
from django.db import connection

from confidences.young import Young
from kring.confidences.models import Telling
from kring.confidences.usecases import tellings
from kring.trust import viewer
from kring.trust.permissions import NotAllowed
from wraparound.home import AT


@pytest.fixture
def home(owner):
    return Young(owner)


def written_down(home, young):
    """Noor writes it down with the young person at the table."""
    with viewer.acting(home.noor, at=AT) as me:
        return tellings.write_down_together(
            young, "Ik word geslagen.", read_back=True, safety=False, secrecy=False, key=uuid.uuid4(), by=me, at=AT
        )  # fmt: skip


def left_out(home, who, ground="own choice", young=None):
    home.exclude(young or home.samira, who, ground=ground)


def says(home, who, confidence):
    """They say that it is about safety; whether it stands there then."""
    with viewer.acting(who) as me:
        tellings.about_safety(confidence, by=me, at=AT)
    return marked(home, confidence)


def marked(home, confidence):
    return home.owner.execute("SELECT safety FROM trust_circle WHERE id = %s", [confidence]).fetchone()[0]


def said(home):
    """How often it stands in the journal."""
    deed = "said that it is about safety"
    return home.owner.execute("SELECT count(*) FROM trust_entry WHERE deed = %s", [deed]).fetchone()[0]


def by_hand(who, confidence, **more):
    """Asked past the use case."""
    with viewer.acting(who, **more), connection.cursor() as cursor:
        cursor.execute("SELECT trust.mark_safety(%s)", [confidence])
        return cursor.fetchone()[0]


@pytest.mark.parametrize("ground", ["own choice", "conflict", "withheld"])
def test_who_wrote_it_down_and_was_left_out_since_says_it_and_danger_opens_it(home, ground):
    told = written_down(home, home.samira)
    home.owner.execute(
        "INSERT INTO trust_danger (id, person_id, job_id, family_id, at) VALUES (%s, %s, %s, %s, now())",
        [uuid.uuid4(), home.karin, home.jobs[home.karin], home.family],
    )
    left_out(home, home.noor, ground)
    with viewer.acting(home.karin):
        assert Telling.objects.count() == 0
    assert [says(home, home.noor, told), says(home, home.noor, told)] == [True, True]
    assert said(home) == 1, "said twice it stands there once"
    with viewer.acting(home.karin):
        assert [row.circle_id for row in Telling.objects.all()] == [told]


def test_a_court_keeps_her_from_it(home):
    told = written_down(home, home.samira)
    left_out(home, home.noor, "court order")
    assert says(home, home.noor, told) is False
    assert said(home) == 0


def test_what_she_did_not_write_down_is_not_hers_to_say_once_left_out(home):
    told = home.tells(home.samira, home.noor)
    left_out(home, home.noor)
    assert says(home, home.noor, told) is False
    assert says(home, home.samira, told) is True, "the young person says it"


def test_whoever_hears_it_says_it_and_nobody_else(home):
    told = home.tells(home.samira, home.mila)
    for who in home.everybody_else(home.samira, home.mila):
        assert by_hand(who, told) is False
        with viewer.acting(who) as me, pytest.raises(NotAllowed):
            tellings.about_safety(told, by=me, at=AT)
    assert by_hand(home.naima, told, seen_as=home.samira) is False
    assert by_hand(home.mila, told, seen_as=home.samira) is False
    assert not marked(home, told)
    assert says(home, home.mila, told)
    assert by_hand(home.mila, told) is False, "it stands there already"


def test_no_other_circle_is_about_safety_and_of_many_this_one_only(home):
    one, other = home.tells(home.samira, home.mila), home.tells(home.samira, home.mila)
    assert by_hand(home.samira, home.circle) is False
    assert by_hand(home.samira, uuid.uuid4()) is False
    assert by_hand(home.samira, one) is True
    assert (marked(home, one), marked(home, other), marked(home, home.circle)) == (True, False, False)
