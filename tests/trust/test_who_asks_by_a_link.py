"""Who is believed to ask, with all they have or by a link to one object; and what a link may know."""

import time
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction

from kring.trust import identity
from trust.each_policy import LATER, NOW, Neighbourhood
from trust.scenes import insert

OBJECT = uuid4()


def told(line: str | None, question: str, *values: Any) -> Any:
    """What the database answers to whoever shows this line; nothing at all is shown where it is none."""
    with transaction.atomic(), connection.cursor() as cursor:
        if line is not None:
            cursor.execute("SELECT set_config('kring.identity', %s, true)", [line])
        cursor.execute(question, values)
        return cursor.fetchone()[0]


def signed(who: UUID, key: bytes | None = None, **more: Any) -> str:
    """This one asks, signed."""
    with connection.cursor():
        facts = {"backend": connection.connection.info.backend_pid, "at": time.time()} | more
    return identity.signed(key or settings.IDENTITY_KEY, person=who, **facts)


SCOPE, LINK, SEEN = ("SELECT trust.scope()", "SELECT trust.link_viewer()", "SELECT trust.seen_as()")


def test_who_comes_by_a_link_is_known_with_its_object(here):
    line = signed(here.naima, scope=OBJECT)
    assert (told(line, LINK), told(line, SCOPE), told(line, SEEN)) == (here.naima, OBJECT, None)
    assert told(line, "SELECT trust.viewer()") is None


def test_who_asks_with_all_they_have_came_by_no_link(here):
    line = signed(here.naima, seen_as=here.karim)
    assert (told(line, LINK), told(line, SCOPE), told(line, SEEN)) == (None, None, here.karim)
    for nobody in (None, ""):
        assert [told(nobody, question) for question in (LINK, SCOPE, SEEN)] == [None, None, None]


def test_a_link_that_another_signed_or_that_is_over_or_was_shown_elsewhere_is_nobodys(here):
    true = signed(here.naima, scope=OBJECT)
    old = signed(here.naima, scope=OBJECT, at=time.time() - identity.VALID_SECONDS - 5)
    elsewhere = signed(here.naima, scope=OBJECT, backend=1)
    other_key = signed(here.naima, key=b"another key of thirty-two letters", scope=OBJECT)
    swapped = true.replace(str(here.naima), str(here.karim))
    for line in (old, elsewhere, other_key, swapped):
        assert told(line, LINK) is told(line, SCOPE) is None, line


def test_a_key_that_was_laid_beside_the_first_opens_nothing_and_closes_nothing(here):
    line = signed(here.naima, scope=OBJECT)
    second = "INSERT INTO trust_signingkey (id, inner_pad, outer_pad) SELECT 2, outer_pad, inner_pad FROM trust_signingkey"
    here.owner.execute(second)
    try:
        assert told(line, LINK) == here.naima
    finally:
        here.owner.execute("DELETE FROM trust_signingkey WHERE id = 2")


def links(here: Neighbourhood, for_whom: UUID, **more: Any) -> None:
    """The one link there is."""
    here.owner.execute("DELETE FROM trust_link")
    said = {
        "token_hash": b"x", "purpose": "approve", "person_id": for_whom, "object_id": OBJECT, "made_by_id": here.noor,
        "made_at": NOW, "until": LATER, "wrong_codes": 0,
    }  # fmt: skip
    insert(here.owner, "trust_link", **said | more)


def knows(here: Neighbourhood, who: UUID) -> bool:
    """Whether this one, by the link, knows what was written in the family's circle."""
    return told(
        signed(who, scope=OBJECT), "SELECT trust.link_knows(%s, NULL, %s, %s)", here.circle, here.karim, NOW
    )


def test_by_a_link_one_knows_no_more_than_oneself_and_whoever_made_it(here):
    for maker, known in ((here.noor, True), (here.naima, True), (here.lou, False)):
        links(here, here.naima, made_by_id=maker)
        assert knows(here, here.naima) is known
    links(here, here.lou)
    assert knows(here, here.lou) is False


def test_only_ones_own_link_to_that_object_which_is_not_over_opens_it(here):
    links(here, here.karim)
    assert (knows(here, here.karim), knows(here, here.naima)) == (True, False)
    over = NOW - timedelta(seconds=1)
    for more in ({"object_id": uuid4()}, {"ended_at": NOW}, {"until": over}):
        links(here, here.karim, **more)
        assert knows(here, here.karim) is False, more
