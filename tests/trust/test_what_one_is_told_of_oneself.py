"""What whoever comes in is told of themselves: village, work, seats, danger; and only what is theirs and lives now."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from kring.trust import viewer
from trust.each_policy import LATER, NOW, Neighbourhood, lay
from trust.scenes import LONG_AGO
from trust.whoever import NOBODY, asked, asked_at_once, end, lay_danger, stands
from trust.work_laid import agreement_ends, work

HOUR = timedelta(hours=1)


def told(here: Neighbourhood) -> dict[str, dict[str, Any]]:
    """What each is told."""
    return {name: json.loads(words) for name, words in asked(here, "whoami").items()}


def of_each(here: Neighbourhood, kind: str, *facts: str) -> dict[str, Any]:
    """These facts of every line of one kind; of those who have a line."""
    return {
        name: [tuple(line[fact] for fact in facts) for line in one[kind]]
        for name, one in told(here).items()
        if one[kind] != []
    }


def yes(here: Neighbourhood, what: str) -> set[str]:
    """To whom this is said."""
    return {name for name, one in told(here).items() if one[what]}


def by_a_link(who: UUID) -> list[dict[str, Any]]:
    """What whoever comes by a link to one object is told."""
    with transaction.atomic(), connection.cursor() as cursor:
        viewer.identify(who, scope=uuid4())
        cursor.execute("SELECT trust.whoami()::text")
        return [json.loads(words) for (words,) in cursor.fetchall()]


def test_everybody_is_themselves_and_in_their_own_village(here):
    stands(here, "UPDATE trust_village SET name = 'Elsewhere' WHERE id <> %s", here.village)
    for name, one in told(here).items():
        assert UUID(one["person"]) == here.called[name]
        village = "Elsewhere" if name.startswith("x") else "Lindekwartier"
        assert (one["given_name"].lower(), one["village_name"]) == (name, village)


WORK = {
    "noor": ("worker", "Girlz Lounge"), "tom": ("worker", "Girlz Lounge"), "lotte": ("teacher", "School De Linde"),
    "els": ("contact point", "Huis van het Kind"), "eva": ("contact point", "Huis van het Kind"), "lou": ("lead", "School De Linde"),
    "ada": ("administrator", "Town hall"), "bea": ("administrator", "Town hall"), "nel": ("network", "Town hall"),
    "nils": ("network", "Town hall"), "vera": ("trust officer", "Ombuds"), "vik": ("trust officer", "Ombuds"),
    "xavi": ("administrator", "Elsewhere"), "xena": ("network", "Elsewhere"), "xander": ("trust officer", "Elsewhere"),
    "xeno": ("contact point", "Elsewhere"),
}  # fmt: skip


def test_work_is_ones_own_and_of_now(here):
    usual = {name: [job] for name, job in WORK.items()}
    assert of_each(here, "jobs", "role", "organisation_name") == usual
    work(here, here.lotte, "coordinator", "Girlz Lounge", until=NOW - HOUR)
    work(here, here.lotte, "lead", "Girlz Lounge", since=LATER)
    assert of_each(here, "jobs", "role", "organisation_name") == usual
    agreement_ends(here, "Ombuds")
    assert of_each(here, "jobs", "role", "organisation_name") == {
        name: jobs for name, jobs in usual.items() if name not in ("vera", "vik")
    }


def seats(here: Neighbourhood) -> dict[str, list[tuple[str, str | None, str]]]:
    """In which circle, about whom, and how each sits, by name."""
    circles = {
        here.circle: "family", here.next_circle: "next door", here.desk: "desk", here.bram_own: "own", here.own[here.samira]: "own"
    }  # fmt: skip
    people = {str(who): name for name, who in here.called.items()} | {None: None}
    return {
        name: sorted(
            (circles.get(UUID(circle), "another"), people[subject], role) for circle, subject, role in lines
        )
        for name, lines in of_each(here, "seats", "circle", "subject", "role").items()
    }


def test_seats_are_ones_own_and_of_now(here):
    guardian, professional = (("family", None, "guardian"), ("family", None, "professional"))
    usual = {
        "naima": [("another", None, "guardian"), guardian], "karim": [guardian], "hind": [("family", None, "natural")],
        "samira": [("another", None, "child"), ("family", None, "child"), ("own", "samira", "child")],
        "noor": [("family", None, "coordinator"), ("own", "samira", "professional")], "lotte": [professional],
        "els": [("desk", None, "professional"), professional, ("next door", None, "professional")],
        "eva": [("desk", None, "professional")], "tom": [("next door", None, "coordinator")],
        "britt": [("next door", None, "guardian")], "bram": [("own", "bram", "child")], "said": [("own", "bram", "natural")],
        "xeno": [("another", None, "professional")],
    }  # fmt: skip
    assert seats(here) == usual
    end(here, here.lotte)
    del usual["lotte"]
    assert seats(here) == usual


def open_in_danger(here: Neighbourhood, who: UUID, circle: UUID, **more: Any) -> UUID:
    """Danger opens this circle to somebody."""
    danger = uuid4()
    lay(here.owner, "trust_access", {
        "viewer_id": who, "circle_id": circle, "since": NOW - HOUR, "until": LATER, "danger": True, "source_id": danger,
        "id": danger.int % 10**12,
    } | more)  # fmt: skip
    return danger


def test_what_danger_opens_is_told_apart_to_whom_it_opens_and_for_now(here):
    before = seats(here)
    vik = open_in_danger(here, here.vik, here.circle)
    lou = open_in_danger(here, here.lou, here.next_circle)
    open_in_danger(here, here.ada, here.circle, until=NOW - timedelta(minutes=1))
    opened = of_each(here, "dangers", "id", "circle", "kind", "family")
    assert opened == {
        "vik": [(str(vik), str(here.circle), "family", str(here.family))],
        "lou": [(str(lou), str(here.next_circle), "family", str(here.next_family))],
    }
    assert seats(here) == before


def test_by_a_link_one_hears_who_one_is_and_nothing_of_seats_or_danger(here):
    danger = lay_danger(here, at=NOW - 2 * HOUR, ended_at=NOW - HOUR)
    open_in_danger(here, here.noor, here.circle)
    everything = told(here)
    assert everything["noor"]["heard"] == [str(danger)]
    (noor,) = by_a_link(here.noor)
    assert noor == everything["noor"] | {"seats": [], "dangers": [], "heard": []}
    assert UUID(noor["person"]) == here.noor


def test_digits_that_one_forgot_are_told_for_three_days_to_whose_they_are(here):
    for who, days in ((here.samira, 2), (here.bram, 4), (here.karim, None)):
        at = days and NOW - timedelta(days=days)
        lay(here.owner, "trust_owndigits", {"person_id": who, "forgotten_at": at})
    assert yes(here, "digits_forgotten") == {"samira"}
    assert [one["digits_forgotten"] for one in by_a_link(here.samira)] == [False]
    said = (
        "UPDATE trust_owndigits SET forgotten_at = trust.moment() - interval '3 days' + {} WHERE person_id = %s; "
        "SELECT (trust.whoami() ->> 'digits_forgotten')::boolean"
    )
    for more, new in (("interval '0'", False), ("interval '1 second'", True)):
        assert asked_at_once(here, here.bram, said.format(more), here.bram) is new


def forgetting(here: Neighbourhood, kind: str, whose: UUID, **more: Any) -> None:
    """Somebody asked that this one is forgotten, and nothing else waits."""
    stands(here, "DELETE FROM trust_forgetting")
    lay(here.owner, "trust_forgetting", {
        "kind": kind, "whose": whose, "word": "adult", "asked_at": LONG_AGO, "due_at": LATER,
    } | more)  # fmt: skip


def test_whoever_is_to_be_forgotten_may_think_again(here):
    forgetting(here, "person", here.aunt)
    assert yes(here, "may_think_again") == {"hind"}


def test_whoever_may_withdraw_a_family_may_think_again(here):
    forgetting(here, "family", here.family)
    assert yes(here, "may_think_again") == {"naima", "karim", "samira"}
    forgetting(here, "family", here.next_family)
    assert yes(here, "may_think_again") == {"britt"}, "Bram has no voice of his own yet"
    stands(
        here,
        "DELETE FROM trust_familymember WHERE family_id = %s AND person_id <> %s",
        here.next_family,
        here.britt,
    )
    assert yes(here, "may_think_again") == {"britt"}


@pytest.mark.parametrize("over", [{"taken_back_at": NOW}, {"done_at": NOW}, {"due_at": NOW - HOUR}])
def test_what_is_over_is_thought_again_by_nobody(here, over):
    forgetting(here, "family", here.family, **over)
    assert yes(here, "may_think_again") == NOBODY


def test_at_its_very_hour_it_is_too_late_to_think_again(here):
    forgetting(here, "family", here.family)
    said = (
        "UPDATE trust_forgetting SET due_at = trust.moment() + {}; "
        "SELECT (trust.whoami() ->> 'may_think_again')::boolean"
    )
    for more, may in (("interval '0'", False), ("interval '1 second'", True)):
        assert asked_at_once(here, here.naima, said.format(more)) is may
