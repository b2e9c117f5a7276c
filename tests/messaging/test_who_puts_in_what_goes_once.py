"""Letters that go once are put in by the clock, of a few kinds by a page in somebody's name; others by any page."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from kring.trust import viewer
from trust.each_policy import Neighbourhood

NOW = datetime.now(UTC)
BY_A_PAGE = ("danger opened", "danger to review", "meeting called", "meeting called off", "did you lose it")
PUT = "SELECT trust.queue_letter(%s, %s, %s, 'email', 'ar', %s, %s)"
LIES = (
    "SELECT id, kind, object_id, person_id, channel, language, state, attempts, once, queued_at "
    "FROM messaging_letter WHERE id = %s"
)


def put(values: tuple[Any, ...]) -> UUID | None:
    """One letter is put in by the page that asks now."""
    with connection.cursor() as cursor:
        cursor.execute(PUT, values)
        made: UUID | None = cursor.fetchone()[0]
        return made


def put_in(here: Neighbourhood, kind: str, once: bool, by: UUID | None) -> Any:
    """How often it lies in the outbox after this page put it in twice; or the word of the refusal."""
    values = (kind, uuid4(), here.karim, once, NOW)
    try:
        with viewer.acting(by) if by else transaction.atomic():
            letters = [put(values), put(values)]
    except DatabaseError as refused:
        return str(refused).splitlines()[0]
    rows = [here.owner.execute(LIES, [letter]).fetchone() for letter in letters if letter]
    assert rows[0] == (letters[0], *values[:3], "email", "ar", "queued", 0, once, NOW)
    return len(rows)


@pytest.mark.parametrize("kind", BY_A_PAGE)
def test_a_page_puts_in_once_what_it_has_to_tell_at_once_and_in_somebodys_name(here, kind):
    assert put_in(here, kind, True, here.naima) == 1
    assert put_in(here, kind, True, None) == "not_yours_to_decide"


def test_what_the_clock_tells_once_is_put_in_by_no_page(here):
    assert put_in(here, "seats asleep", True, here.naima) == "not_yours_to_decide"
    assert put_in(here, "seats asleep", True, None) == "not_yours_to_decide"
    with here.owner.transaction(force_rollback=True):
        assert here.owner.execute(PUT, ["seats asleep", uuid4(), here.karim, True, NOW]).fetchone()[0]


def test_what_may_go_again_is_put_in_by_any_page(here):
    assert put_in(here, "seats asleep", False, here.naima) == 2
    assert put_in(here, "seats asleep", False, None) == 2
