"""A card to come in with: who makes one for a colleague who lost a factor, who keeps its code, and when it shows who comes."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection

from kring.trust import viewer
from trust.by_hand import account_with_app
from trust.each_policy import LATER, NOW, Neighbourhood, lay
from trust.scenes import insert
from trust.unheard import unheard
from trust.whoever import NOBODY, of_whom, stands

HOUR = timedelta(hours=1)
CODE, DEVICE = b"123456", b"telephone"
CARD = {"purpose": "sign in", "code_hash": CODE, "device_hash": None, "until": LATER, "wrong_codes": 3}
SHOWN = "SELECT trust.show_card(%s, %s, %s)"


@pytest.fixture
def here(owner: psycopg.Connection) -> Neighbourhood:
    """Ada and Bea administer the village; Lotte lost all she had, Tom has an account with an app."""
    here = Neighbourhood(owner)
    account_with_app(owner, here.tom, "tom@linde.example")
    account = account_with_app(owner, here.lotte, "lotte@linde.example")
    owner.execute("UPDATE mfa_authenticator SET type = 'recovery_codes' WHERE user_id = %s", [account])
    return here


def agreed(here: Neighbourhood, whom: UUID, at: datetime = NOW - HOUR, **more: Any) -> UUID:
    """Ada asked that somebody chooses a factor anew, and Vera said yes."""
    with unheard(here.owner):
        said = {
            "village_id": here.village, "circle_id": here.circle, "kind": "second factor", "asked_by_id": here.ada, "until": LATER,
            "answer": "yes", "answered_by_id": here.vera, "answered_at": at, "number": uuid4().hex[:9],
            "facts": json.dumps({"person": str(whom)}),
        }  # fmt: skip
        matter: UUID = lay(here.owner, "trust_matter", said | more)
    return matter


def cards(here: Neighbourhood, many: int, whom: UUID, **more: Any) -> None:
    """So many cards for this one, made now."""
    for _each in range(many):
        insert(
            here.owner, "trust_link",
            **{"token_hash": uuid4().bytes, "person_id": whom, "made_at": NOW, "written_at": NOW} | CARD | more,
        )  # fmt: skip


def lost(here: Neighbourhood) -> set[str]:
    """Who has nothing to come in with, as two people agreed."""
    return of_whom(here, "reckon_lost_factor")


def test_what_two_people_agreed_on_last_counts_for_whom_it_is_about(here):
    agreed(here, here.lotte, NOW - 2 * HOUR)
    last = agreed(here, here.lotte)
    for other in (here.tom, here.said):
        agreed(here, other, NOW)
    assert lost(here) == {"lotte"}, "Tom has an app, Said has no account"
    told = here.owner.execute("SELECT trust.reckon_lost_factor(%s)", [here.lotte]).fetchone()
    assert told == (last,)


@pytest.mark.parametrize("kind", ["totp", "webauthn"])
def test_who_has_something_new_to_come_in_with_lost_nothing(here, kind):
    agreed(here, here.lotte)
    assert lost(here) == {"lotte"}
    own = "SELECT %s, '{}', a.id, now() FROM trust_account a WHERE a.person_id = %s"
    here.owner.execute(
        f"INSERT INTO mfa_authenticator (type, data, user_id, created_at) {own}", [kind, here.lotte]
    )
    assert lost(here) == NOBODY


def test_what_was_refused_or_not_answered_or_is_about_something_else_gives_no_card(here):
    agreed(here, here.lotte, answer="no")
    agreed(here, here.lotte, answer="", answered_by_id=None, answered_at=None)
    agreed(here, here.lotte, kind="export")
    agreed(here, here.naima)
    assert lost(here) == NOBODY


def makers(here: Neighbourhood, whom: UUID, matter: UUID) -> set[str]:
    """Who makes a card now."""
    return of_whom(here, "reckon_makes_card", whom, matter)


def test_who_asked_makes_five_cards_at_most_since_the_yes(here):
    matter = agreed(here, here.lotte)
    assert makers(here, here.lotte, matter) == {"ada"}
    assert makers(here, here.lotte, uuid4()) == NOBODY
    for not_counted in ({"written_at": NOW - 2 * HOUR}, {"purpose": "approve"}):
        cards(here, 5, here.lotte, **not_counted)
    cards(here, 5, here.tom)
    cards(here, 4, here.lotte)
    assert makers(here, here.lotte, matter) == {"ada"}
    cards(here, 1, here.lotte, written_at=NOW - HOUR)
    assert makers(here, here.lotte, matter) == NOBODY, "one made at that very moment counts"
    anew = agreed(here, here.lotte, NOW + HOUR)
    assert makers(here, here.lotte, anew) == {"ada"}
    assert makers(here, here.lotte, matter) == NOBODY


def in_hands(who: UUID, whom: UUID, **more: Any) -> list[tuple[UUID, bool]]:
    """Under which matter the code is kept, and whether they make the card."""
    with viewer.acting(who, **more), connection.cursor() as cursor:
        cursor.execute("SELECT matter, mine FROM trust.card_in_two_hands(%s)", [whom])
        return cursor.fetchall()


def test_administrators_of_the_village_hear_of_a_card_in_two_hands(here):
    agreed(here, here.lotte, NOW - 2 * HOUR)
    matter = agreed(here, here.lotte)
    agreed(here, here.tom)
    assert {name: told for name, who in here.called.items() if (told := in_hands(who, here.lotte))} == {
        "ada": [(matter, True)],
        "bea": [(matter, False)],
    }
    assert in_hands(here.ada, here.tom) == in_hands(here.ada, here.lotte, seen_as=here.noor) == []


def keeps(who: UUID, matter: UUID, whom: UUID) -> bool:
    """Whether the code is kept when they bring it."""
    with viewer.acting(who), connection.cursor() as cursor:
        cursor.execute("SELECT trust.keep_card_code(%s, %s, 'locked')", [matter, whom])
        return cursor.fetchone()[0]


def test_the_code_is_kept_with_the_matter_of_now_by_who_asked(here):
    before, now, other = (
        agreed(here, here.lotte, NOW - 2 * HOUR),
        agreed(here, here.lotte),
        agreed(here, here.tom),
    )
    for matter in (before, other, uuid4()):
        assert keeps(here.ada, matter, here.lotte) is False
    assert keeps(here.bea, now, here.lotte) is keeps(here.ada, now, here.tom) is False
    kept = "SELECT id FROM trust_matter WHERE code_locked <> ''"
    assert here.owner.execute(kept).fetchall() == []
    assert keeps(here.ada, now, here.lotte) is True
    assert here.owner.execute(kept).fetchall() == [(now,)]


def signed_in(here: Neighbourhood, *people: UUID) -> None:
    """A session, a device left to others now, and one that ended an hour ago; of each."""
    here.owner.execute("DELETE FROM trust_session")
    here.owner.execute("DELETE FROM trust_shareddevice")
    for who in people:
        said = {"person_id": who, "session_key": uuid4().hex, "until": LATER}
        lay(here.owner, "trust_session", said)
        for ended in (None, NOW - HOUR):
            lay(here.owner, "trust_shareddevice", said | {"ended_at": ended})


def still_in(here: Neighbourhood) -> tuple[set[str], set[str]]:
    """Who is in, and who left a device to others."""
    called = {who: name for name, who in here.called.items()}
    told = (
        "SELECT person_id FROM trust_session",
        "SELECT person_id FROM trust_shareddevice WHERE ended_at IS NULL",
    )
    sessions, devices = ({called[who] for (who,) in here.owner.execute(one).fetchall()} for one in told)
    return sessions, devices


def signs_out(who: UUID, whom: UUID, **more: Any) -> bool:
    """Whether this one may sign out that one."""
    with viewer.acting(who, **more), connection.cursor() as cursor:
        cursor.execute("SELECT trust.sign_out_colleague(%s)", [whom])
        return cursor.fetchone()[0]


def test_an_administrator_signs_out_one_colleague_of_the_village_and_nobody_else(here):
    everybody = {"lotte", "tom", "said", "xeno"}
    signed_in(here, here.lotte, here.tom, here.said, here.xeno)
    for whom in (here.said, here.xeno, uuid4()):
        assert signs_out(here.ada, whom) is False, "no colleague of hers"
    assert signs_out(here.lou, here.lotte) is signs_out(here.ada, here.lotte, seen_as=here.noor) is False
    assert still_in(here) == (everybody, everybody)
    assert signs_out(here.ada, here.lotte) is True
    assert still_in(here) == (everybody - {"lotte"},) * 2
    ended = "SELECT count(*) FROM trust_shareddevice WHERE ended_at = %s"
    assert here.owner.execute(ended, [NOW - HOUR]).fetchone() == (4,), "what had ended had ended then"
    stands(here, "UPDATE trust_job SET until = %s WHERE person_id = %s", NOW - HOUR, here.tom)
    assert signs_out(here.bea, here.tom) is True, "who left is signed out too"


def shown(here: Neighbourhood, token: bytes, code: bytes = CODE, device: bytes = DEVICE) -> UUID | None:
    """Who comes in by this card."""
    return here.owner.execute(SHOWN, [token, code, device]).fetchone()[0]


def wrongs(here: Neighbourhood) -> dict[bytes, int]:
    """How many wrong codes were tried, by card."""
    told = here.owner.execute("SELECT token_hash, wrong_codes FROM trust_link").fetchall()
    return {bytes(token): wrong for token, wrong in told}


def test_a_card_with_its_code_shows_whose_it_is_and_no_other(here):
    for token, who in ((b"l", here.lotte), (b"t", here.tom)):
        cards(here, 1, who, token_hash=token)
    assert (shown(here, b"l"), shown(here, b"t"), shown(here, b"?")) == (here.lotte, here.tom, None)
    stands(here, "UPDATE trust_link SET wrong_codes = 3")
    assert shown(here, b"l", b"000000") is None
    assert wrongs(here) == {b"l": 4, b"t": 3}
    assert shown(here, b"l") == here.lotte
    assert wrongs(here) == {b"l": 0, b"t": 3}, "a right code begins anew, for this card"


@pytest.mark.parametrize(
    ("more", "shows"),
    [
        ({"purpose": "approve"}, False),
        ({"ended_at": NOW}, False),
        ({"until": NOW - HOUR}, False),
        ({"wrong_codes": 4}, True),
        ({"wrong_codes": 5}, False),
        ({"device_hash": DEVICE}, True),
        ({"device_hash": b"another"}, False),
        ({"code_hash": None}, False),
    ],
)
def test_when_a_card_shows_whose_it_is(here: Neighbourhood, more: dict[str, Any], shows: bool) -> None:
    cards(here, 1, here.lotte, token_hash=b"l", **more)
    assert shown(here, b"l") == (here.lotte if shows else None)


def test_a_card_is_over_at_its_end(here):
    cards(here, 1, here.lotte, token_hash=b"l")
    for more, who in (("interval '0'", None), ("interval '1 second'", here.lotte)):
        asked = psycopg.ClientCursor(here.owner).execute(
            f"UPDATE trust_link SET until = trust.moment() + {more}; {SHOWN}", [b"l", CODE, DEVICE]
        )
        assert asked.nextset()
        assert asked.fetchone() == (who,)
