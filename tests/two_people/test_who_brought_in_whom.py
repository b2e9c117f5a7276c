"""Two are two people: nobody brought in the other, by work nobody confirmed or by a card, and nobody is behind both."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from trust.each_policy import NOW, Neighbourhood
from trust.scenes import LONG_AGO, insert
from trust.whoever import of_whom, stands

NOBODY: set[str] = set()
BEFORE = NOW - timedelta(days=2)
CARD = "trust_link"


@pytest.fixture
def here(owner: psycopg.Connection) -> Neighbourhood:
    """All work was written down when it began; nobody here gave it."""
    here = Neighbourhood(owner)
    stands(here, "UPDATE trust_job SET written_at = since")
    return here


def given(here: Neighbourhood, who: UUID, by: UUID | None, at: datetime = BEFORE, **more: Any) -> None:
    """Somebody here gave this work."""
    said = {"given_here": True, "given_by_id": by, "written_at": at} | more
    columns = ", ".join(f"{column} = %s" for column in said)
    stands(here, f"UPDATE trust_job SET {columns} WHERE person_id = %s", *said.values(), who)


def card(here: Neighbourhood, for_whom: UUID, by: UUID, hours: float = 1, **more: Any) -> datetime:
    """A card to come in with, made so many hours ago; when it was written down."""
    here.owner.execute("DELETE FROM trust_link")
    at: datetime = here.owner.execute("SELECT now() - %s", [timedelta(hours=hours)]).fetchone()[0]
    said = {
        "token_hash": b"x", "purpose": "sign in", "person_id": for_whom, "made_by_id": by, "made_at": at, "written_at": at,
        "until": at + timedelta(hours=3), "wrong_codes": 0,
    }  # fmt: skip
    insert(here.owner, CARD, **said | more)
    return at


def factor(here: Neighbourhood, whose: UUID, at: datetime | None) -> None:
    """Their account, and since when they have a second factor, if they have one."""
    here.owner.execute("DELETE FROM mfa_authenticator WHERE user_id IN "
                       "(SELECT id FROM trust_account WHERE person_id = %s)", [whose])  # fmt: skip
    here.owner.execute("DELETE FROM trust_account WHERE person_id = %s", [whose])
    account = insert(here.owner, "trust_account", person_id=whose, password="!", language="nl", is_active=True, shortcuts=True)  # fmt: skip
    if at is not None:
        here.owner.execute(
            "INSERT INTO mfa_authenticator (type, data, user_id, created_at) VALUES ('totp', '{}', %s, %s)",
            [account, at],
        )


def brought(here: Neighbourhood, newcomer: UUID) -> set[str]:
    """Who brought this one in."""
    return of_whom(here, "brought_in", newcomer)


def test_who_gave_work_that_nobody_confirmed_brought_somebody_in(here):
    given(here, here.lotte, here.noor)
    assert brought(here, here.lotte) == {"noor", "lotte"}, "Lotte stands on Noor herself"
    assert brought(here, here.said) == brought(here, here.tom) == NOBODY, "it is the work of another"
    given(here, here.lotte, here.noor, until=NOW)
    assert brought(here, here.lotte) == NOBODY, "it has ended"
    given(here, here.lotte, here.noor, until=None, confirmed_at=NOW)
    assert brought(here, here.lotte) == NOBODY, "somebody else stands for it"


def test_who_has_other_work_that_nobody_here_gave_was_brought_in_by_nobody(here):
    given(here, here.lotte, here.noor)
    assert brought(here, here.lotte) == {"noor", "lotte"}
    insert(here.owner, "trust_job", person_id=here.lotte, organisation_id=here.organisations["Ombuds"], role="worker",
           title="", bound=False, phone="", languages="", since=LONG_AGO)  # fmt: skip
    assert brought(here, here.lotte) == NOBODY


def test_who_made_a_card_brought_somebody_in_until_their_work_is_confirmed(here):
    at = card(here, here.lotte, here.noor)
    assert brought(here, here.lotte) == {"noor"}
    given(here, here.tom, here.lou, confirmed_at=NOW)
    assert brought(here, here.lotte) == {"noor"}, "the work of another was confirmed"
    for confirmed, who in (
        (at - timedelta(seconds=1), {"noor"}),
        (at, {"noor"}),
        (at + timedelta(seconds=1), NOBODY),
    ):
        given(here, here.lotte, here.lou, confirmed_at=confirmed)
        assert brought(here, here.lotte) == who


def test_only_a_card_by_another_to_come_in_with_counts(here):
    card(here, here.lotte, here.lotte)
    assert brought(here, here.lotte) == NOBODY, "one's own"
    card(here, here.lotte, here.noor, purpose="approve")
    assert brought(here, here.lotte) == NOBODY, "a link to something else"


def test_a_card_counts_a_day_longer_than_a_week_for_whoever_had_a_factor_before(here):
    for hours, who in ((191.5, {"noor"}), (192.5, NOBODY)):
        at = card(here, here.lotte, here.noor, hours)
        factor(here, here.lotte, LONG_AGO)
        assert brought(here, here.lotte) == who
    for since in (at, at + timedelta(seconds=1), None):
        factor(here, here.lotte, since)
        assert brought(here, here.lotte) == {"noor"}, "there was none when it was made"
    factor(here, here.tom, LONG_AGO)
    assert brought(here, here.lotte) == {"noor"}, "another had one"


def test_a_card_of_exactly_that_long_ago_counts_no_more(here):
    card(here, here.lotte, here.noor)
    factor(here, here.lotte, LONG_AGO)
    told = psycopg.ClientCursor(here.owner).execute(
        "UPDATE trust_link SET written_at = trust.moment() - interval '192 hours'; SELECT trust.brought_in(%s, %s)",
        [here.noor, here.lotte],
    )
    assert told.nextset()
    assert told.fetchone() == (False,)


def test_who_is_behind_what_another_did(here):
    """Tom stood on Lou, and Lou on herself; since then Tom stands on himself, and Lotte on him."""
    given(here, here.tom, here.lou)
    assert of_whom(here, "is_behind", here.tom, NOW) == {"tom", "lou"}
    stands(
        here,
        "UPDATE trust_job SET until = %s WHERE person_id = ANY(%s)",
        NOW - timedelta(hours=1),
        [here.tom, here.lou],
    )
    then = NOW - timedelta(hours=2)
    assert of_whom(here, "is_behind", here.tom, then) == {"tom", "lou"}
    for who, by in ((here.tom, here.eva), (here.lou, here.eva), (here.lotte, here.tom)):
        insert(here.owner, "trust_job", person_id=who, organisation_id=here.organisations["Ombuds"], role="worker",
               title="", bound=False, phone="", languages="", since=NOW - timedelta(minutes=30), given_here=True,
               given_by_id=by, written_at=NOW - timedelta(minutes=30))  # fmt: skip
    assert of_whom(here, "is_behind", here.tom, then) == {"tom", "lou"}, "whoever they stand on now"
    stands(here, "UPDATE trust_job SET confirmed_at = now() WHERE person_id = %s AND until IS NULL", here.tom)
    stands(here, "UPDATE trust_job SET until = %s WHERE person_id = %s AND NOT given_here", NOW, here.lotte)
    stands(
        here,
        "UPDATE trust_job SET written_at = %s, since = %s WHERE person_id = %s",
        NOW - timedelta(minutes=5),
        NOW - timedelta(minutes=20),
        here.lotte,
    )
    assert of_whom(here, "is_behind", here.tom, then) == {"tom", "lou", "lotte"}, "Lotte stands on Tom now"


def test_behind_nobody_is_nobody_and_behind_who_had_no_work_is_everybody(here):
    assert of_whom(here, "is_behind", None, NOW) == NOBODY
    assert of_whom(here, "is_behind", here.said, NOW) == set(here.called)


def test_who_stands_on_nobody_any_more_is_not_behind_it_and_that_is_said(here):
    given(here, here.lotte, None)
    told = here.owner.execute("SELECT trust.is_behind(%s, %s, now())", [here.lotte, here.tom])
    assert told.fetchone() == (False,)


def two(here: Neighbourhood, who: UUID, other: UUID) -> Any:
    """Whether they are two people."""
    return here.owner.execute("SELECT trust.are_two(%s, %s)", [who, other]).fetchone()[0]


def test_two_are_two_when_neither_brought_in_the_other(here):
    assert two(here, here.tom, here.lotte) is True
    assert two(here, here.tom, here.tom) is False
    card(here, here.lotte, here.noor)
    assert two(here, here.noor, here.lotte) is two(here, here.lotte, here.noor) is False
    assert two(here, here.tom, here.lotte) is True


def test_a_trust_officer_is_not_two_with_who_stands_on_nobody(here):
    assert two(here, here.vera, here.lotte) is True
    given(here, here.lotte, None)
    assert two(here, here.vera, here.lotte) is False
    assert two(here, here.tom, here.lotte) is True, "only a trust officer's yes asks for that"
