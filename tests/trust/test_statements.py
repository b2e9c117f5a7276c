"""A question put together once answers as if it were put together every time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import testbed
from kring.trust import unit, viewer
from kring.trust.models import Person, Seat
from kring.trust.statements import Statement, ValueMissing
from kring.wraparound.models import Goal, Plan
from wraparound.home import AT, Home

SEATS = Statement(
    lambda people, at: (
        Seat.objects.filter(person__any_of=people, since__lte=at).select_related("person").order_by("id")
    )
)
NAMES = Statement(
    lambda ids: Person.objects.filter(pk__any_of=ids).values_list("given_name", "id").order_by("id")
)
GOALS = Statement(lambda plan: Goal.objects.filter(plan=plan).standing().in_order())


@pytest.fixture
def home(owner):
    return Home(owner)


def seen(rows):
    return [(row.pk, row.role, row.person.given_name) for row in rows]


def test_its_rows_are_those_of_the_queryset_for_any_values(home):
    with viewer.acting(home.hanne):
        for people in ([home.hanne], [home.fatna, home.hanne, home.naima], [], [home.fatna]):
            for at in (AT, AT - timedelta(days=9999)):
                rows = (
                    Seat.objects.filter(person_id__in=people, since__lte=at)
                    .select_related("person")
                    .order_by("id")
                )
                assert seen(SEATS(people=people, at=at)) == seen(rows)
            assert NAMES(ids=people) == list(
                Person.objects.filter(pk__in=people).order_by("id").values_list("given_name", "id")
            )


def test_its_text_is_the_same_however_many_are_asked_for(home):
    with viewer.acting(home.hanne), CaptureQueriesContext(connection) as asked:
        SEATS(people=[home.hanne], at=AT)
        one = SEATS.text
        SEATS(people=[home.fatna, home.hanne], at=AT)
    assert SEATS.text is one
    assert len([line for line in asked if "trust_seat" in line["sql"]]) == 2, (
        "each is one statement, asked anew"
    )


def test_the_database_decides_each_time_who_may_know(home):
    home.plan()
    with viewer.acting(home.hanne):
        plan = Plan.objects.get().pk
        assert [goal.pk for goal in GOALS(plan=plan)] == [goal.pk for goal in Goal.objects.all()] != []
    with viewer.acting(home.tom):
        assert GOALS(plan=plan) == []


def test_the_journal_hears_of_each_row_that_was_read(home):
    home.plan()
    with viewer.acting(home.hanne):
        plan = Plan.objects.get().pk
    with viewer.acting(home.hanne):
        assert unit.current().seen == set()
        assert (
            {(row.circle_id, row.about_id, "plan") for row in GOALS(plan=plan)}
            == unit.current().seen
            != set()
        )


def test_each_thread_asks_on_its_own_connection(home):
    def ask(_n):
        try:
            with viewer.acting(home.hanne):
                return seen(SEATS(people=[home.hanne], at=AT))
        finally:
            testbed.forget_connections()

    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(ask, range(6)))
    assert all(one == found[0] != [] for one in found)


@pytest.mark.parametrize(
    ("build", "why"),
    [
        (lambda at: Seat.objects.filter(since__lte=at - timedelta(days=7)), "reckoned from what was given"),
        (lambda at: Seat.objects.filter(since__lte=at, until__gt=AT), "a moment that nobody gave"),
        (lambda at: Seat.objects.filter(role="guardian"), "given and not asked"),
    ],
)
def test_a_value_that_would_stay_as_it_was_the_first_time_is_refused(build, why):
    with pytest.raises(ValueMissing):
        Statement(build)(at=AT)


def test_a_value_more_or_fewer_than_the_first_time_is_refused(home):
    with viewer.acting(home.hanne):
        GOALS(plan=home.hanne)
        with pytest.raises(ValueMissing):
            GOALS()
        with pytest.raises(ValueMissing):
            GOALS(plan=home.hanne, at=AT)


def test_words_are_no_value(home):
    with pytest.raises(ValueMissing):
        Statement(lambda role: Seat.objects.filter(role=role))(role="guardian")
