"""Work of whom two people rest on is confirmed by a third: with such work, elsewhere than who gave it, and standing apart."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection

from kring.trust import viewer
from trust.each_policy import LATER, NOW, Neighbourhood
from trust.scenes import LONG_AGO, insert
from trust.whoever import NOBODY, by_whom, stands
from trust.work_laid import BEFORE, agreement_ends, all_of_old, gave_all, given, work

TOWN, OTHERS = {"ada", "bea", "nel", "nils"}, {"lou", "vera", "vik"}
MAY = "SELECT trust.may_confirm_work(%s, j) FROM trust_job j WHERE j.id = %s"
LINES = "SELECT id, name, role, organisation, gave, mine FROM trust.work_to_confirm()"
CONFIRMED = "SELECT confirmed_by_id FROM trust_job WHERE id = %s"


@pytest.fixture
def here(owner: psycopg.Connection) -> Neighbourhood:
    """All work was written down when it began; the town hall has four colleagues with work two people rest on."""
    return all_of_old(owner)


def may(here: Neighbourhood, who: UUID, job: UUID) -> Any:
    """Whether this one may confirm it."""
    return here.owner.execute(MAY, [who, job]).fetchone()[0]


def confirmers(here: Neighbourhood, job: UUID) -> set[str]:
    """Who may confirm it."""
    return {name for name, who in here.called.items() if may(here, who, job)}


def test_whoever_has_such_work_elsewhere_than_who_gave_it(here):
    assert confirmers(here, given(here, here.tom, here.ada)) == OTHERS
    assert confirmers(here, given(here, here.tom, here.lou)) == TOWN | {"vera", "vik"}
    assert confirmers(here, given(here, here.tom, here.xavi)) == TOWN | OTHERS
    work(here, here.said, "network", "School De Linde")
    assert confirmers(here, given(here, here.tom, here.ada)) == OTHERS | {"said"}, "Nel's is not Said's"


@pytest.mark.parametrize("role", ["trust officer", "lead", "network", "administrator"])
def test_work_on_which_two_people_rest_is_confirmed(here, role):
    assert confirmers(here, given(here, here.tom, here.ada, role)) == OTHERS


@pytest.mark.parametrize("role", ["worker", "coordinator", "contact point", "teacher", "volunteer"])
def test_other_work_is_not(here, role):
    assert confirmers(here, given(here, here.tom, here.ada, role)) == NOBODY


def test_what_was_confirmed_has_ended_or_has_not_begun_is_confirmed_by_nobody(here):
    for said in ({"confirmed_at": NOW}, {"until": NOW}, {"since": LATER}):
        assert confirmers(here, given(here, here.tom, here.ada, **said)) == NOBODY, said
    assert confirmers(here, given(here, here.tom, here.ada, until=LATER)) == OTHERS


def test_who_stands_on_somebody_forgotten_confirms_nothing(here):
    job = given(here, here.tom, here.ada)
    gave_all(here, here.lou, here.eva)
    assert confirmers(here, job) == OTHERS
    stands(here, "UPDATE trust_person SET given_name = '', surname = '' WHERE id = %s", here.eva)
    assert confirmers(here, job) == OTHERS - {"lou"}


def test_who_stands_where_the_giver_stood_then_confirms_nothing(here):
    job = given(here, here.tom, here.ada)
    gave_all(here, here.vera, here.eva)
    gave_all(here, here.ada, here.eva)
    stands(here, "UPDATE trust_job SET until = %s WHERE person_id = %s", NOW - timedelta(hours=1), here.ada)
    work(here, here.ada, "administrator", "Town hall", since=NOW - timedelta(minutes=30))
    assert confirmers(here, job) == OTHERS - {"vera"}, "Ada stands on herself now"


def test_who_stands_on_whose_work_it_is_confirms_nothing(here):
    job = given(here, here.tom, here.ada)
    gave_all(here, here.lou, here.tom)
    assert confirmers(here, job) == OTHERS - {"lou"}


def test_whom_the_giver_brought_in_confirms_nothing(here):
    job = given(here, here.tom, here.ada)
    at = NOW - timedelta(hours=1)
    insert(
        here.owner, "trust_link", token_hash=b"x", purpose="sign in", person_id=here.vera, made_by_id=here.ada,
        made_at=at, written_at=at, until=LATER, wrong_codes=0,
    )  # fmt: skip
    assert confirmers(here, job) == OTHERS - {"vera"}


def test_where_the_giver_had_no_work_nobody_confirms_and_that_is_said(here):
    job = given(here, here.tom, here.said)
    assert [may(here, who, job) for who in (here.vera, here.ada, here.lou)] == [False] * 3
    assert confirms(here.vera, job) is False
    assert here.owner.execute(CONFIRMED, [job]).fetchone() == (None,)


def test_who_works_no_more_or_under_no_agreement_confirms_nothing(here):
    job = given(here, here.tom, here.ada)
    stands(here, "UPDATE trust_job SET until = now() - interval '1 hour' WHERE person_id = %s", here.lou)
    assert confirmers(here, job) == OTHERS - {"lou"}
    agreement_ends(here, "Ombuds")
    work(here, here.bea, "administrator", "Ombuds")
    assert confirmers(here, job) == NOBODY, "Bea is administrator under an agreement at the town hall alone"


def test_with_work_from_the_same_hand_nobody_confirms_until_a_third_stood_for_it(here):
    """Lotte is a teacher of old, whom nobody here brought in."""
    job = given(here, here.tom, here.ada)
    lead = given(here, here.lotte, here.ada, "lead")
    assert confirmers(here, job) == OTHERS
    stands(here, "UPDATE trust_job SET confirmed_at = %s WHERE id = %s", NOW, lead)
    assert confirmers(here, job) == OTHERS | {"lotte"}
    stands(here, "UPDATE trust_job SET confirmed_at = NULL, given_by_id = %s WHERE id = %s", here.nel, lead)
    assert confirmers(here, job) == OTHERS | {"lotte"}, "Nel stands on herself"


def test_work_that_ended_elsewhere_does_not_make_a_colleague_of_the_giver_somebody_apart(here):
    job = given(here, here.tom, here.ada)
    work(here, here.bea, "administrator", "School De Linde", until=NOW - timedelta(hours=1))
    work(here, here.nel, "network", "School De Linde", since=LATER)
    assert confirmers(here, job) == OTHERS
    work(here, here.nils, "network", "School De Linde")
    assert confirmers(here, job) == OTHERS | {"nils"}


@pytest.mark.parametrize(
    ("since", "until", "who"),
    [
        (LATER, None, OTHERS),
        (NOW, None, {"lou"}),
        (LONG_AGO, None, {"lou"}),
        (LONG_AGO, BEFORE, OTHERS),
        (LONG_AGO, BEFORE + timedelta(seconds=1), {"lou"}),
        (LONG_AGO, LATER, {"lou"}),
    ],
)
def test_colleagues_of_the_giver_are_those_of_then_and_of_now(
    here: Neighbourhood, since: datetime, until: datetime | None, who: set[str]
) -> None:
    job = given(here, here.tom, here.ada)
    work(here, here.ada, "worker", "Ombuds", since=since, until=until)
    assert confirmers(here, job) == who


def test_a_giver_is_a_colleague_from_the_very_instant_on(here):
    job = given(here, here.tom, here.ada)
    other = work(here, here.ada, "worker", "Ombuds", since=LATER)
    for more, told in (("interval '0'", False), ("interval '1 minute'", True)):
        with here.owner.transaction(force_rollback=True):
            asked = psycopg.ClientCursor(here.owner).execute(
                "SET LOCAL session_replication_role = replica; "
                f"UPDATE trust_job SET since = trust.moment() + {more} WHERE id = %s; {MAY}",
                [other, here.vera, job],
            )
            while asked.nextset():
                pass
            assert asked.fetchone() == (told,)


def lines(who: UUID, seen_as: UUID | None = None) -> list[tuple[Any, ...]]:
    """What waits for their word, or is theirs and waits."""
    with viewer.acting(who, seen_as=seen_as), connection.cursor() as cursor:
        cursor.execute(LINES)
        return cursor.fetchall()


def test_everybody_reads_what_waits_for_their_word_and_an_officer_their_own(here):
    said = given(here, here.said, here.ada)
    given(here, here.xeno, here.xavi, "lead", organisation_id=elsewhere(here))
    waits = (said, "Said Saids", "trust officer", "School De Linde", "Ada Adas")
    told = {name: lines(who) for name, who in here.called.items()}
    assert {name for name, rows in told.items() if rows} == OTHERS | {"said"}
    assert all(told[name] == [(*waits, False)] for name in OTHERS)
    assert told["said"] == [(*waits, True)], "Xavi asked in Xeno, and nobody of another place is there"
    assert lines(here.vera, seen_as=here.noor) == lines(here.said, seen_as=here.noor) == []


def elsewhere(here: Neighbourhood) -> UUID:
    """Where Xavi works."""
    told = "SELECT organisation_id FROM trust_job WHERE person_id = %s"
    return here.owner.execute(told, [here.xavi]).fetchone()[0]


def test_of_ones_own_only_officers_work_that_still_waits(here):
    """Vera and Vik have nothing else; what is Vera's is nothing of Vik's."""
    stands(here, "DELETE FROM trust_job WHERE person_id = ANY(%s)", [here.vera, here.vik])
    own = {name: given(here, here.called[name], here.ada, organisation="Ombuds") for name in ("vera", "vik")}
    given(here, here.vera, here.ada, "worker", "Ombuds")
    given(here, here.vik, here.ada, until=NOW, organisation="Ombuds")
    given(here, here.vera, here.ada, confirmed_at=BEFORE, until=NOW, organisation="Ombuds")
    for name, job in own.items():
        assert [(row[0], row[-1]) for row in lines(here.called[name])] == [(job, True)]
    work(here, here.vik, "worker", "Girlz Lounge")
    assert not any(row[-1] for row in lines(here.vik)), "work that nobody here gave speaks for Vik"
    agreement_ends(here, "Ombuds")
    assert lines(here.vera) == [], "Vera is no officer now"


def confirms(who: UUID, job: UUID, seen_as: UUID | None = None) -> Any:
    """What they are told who say it is right."""
    with viewer.acting(who, seen_as=seen_as), connection.cursor() as cursor:
        cursor.execute("SELECT trust.confirm_work(%s)", [job])
        return cursor.fetchone()[0]


def test_who_confirms_stands_for_that_work_alone_and_it_is_written_with_their_own(here):
    tom, lotte = (given(here, who, here.ada) for who in (here.tom, here.lotte))
    work(here, here.vera, "worker", "Girlz Lounge", since=LONG_AGO - timedelta(days=9))
    work(here, here.vera, "lead", "School De Linde", since=LONG_AGO + timedelta(days=1))
    assert confirms(here.vera, tom, seen_as=here.noor) is False, "nobody does anything through other eyes"
    assert confirms(here.vera, uuid4()) is confirms(here.bea, tom) is False
    assert here.owner.execute(CONFIRMED, [tom]).fetchone() == (None,)
    assert confirms(here.vera, tom) is confirms(here.vera, tom) is True
    assert here.owner.execute(CONFIRMED, [tom]).fetchone() == (here.vera,)
    assert here.owner.execute(CONFIRMED, [lotte]).fetchone() == (None,)
    written = "SELECT person_id, organisation_id, role, object_id, about_id FROM trust_entry WHERE deed LIKE 'confirmed%'"
    assert here.owner.execute(written).fetchall() == [
        (here.vera, here.organisations["Ombuds"], "trust officer", tom, here.tom)
    ]


def test_nobody_confirms_who_is_nobody(here):
    job = given(here, here.tom, here.ada)
    assert by_whom(here, "confirm_work", uuid4()) == NOBODY
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.confirm_work(%s)", [job])
        assert cursor.fetchone() == (False,)
