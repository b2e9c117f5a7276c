"""A hand-over is stopped: by whom, until when, what was asked of whom falls away, and a stand-in goes sooner."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError, connection

from handover.hours import REFUSED, Hours, Seat, but, hours, moment
from kring.trust import viewer
from trust.each_policy import lay
from trust.unheard import unheard
from trust.whoever import NOBODY, PARENTS, end

TAKEN: dict[str, Any] = {"next_id": "lotte", "taken_at": -3, "begins_at": 5, "leaves_at": 8}


def may_stop(there: Hours, hand_over: UUID) -> set[str]:
    """Whoever is not refused."""
    told = there.told("stop_hand_over", hand_over, moment(0))
    assert set(told.values()) <= {True, REFUSED}
    return {name for name, said in told.items() if said is True}


def test_the_family_and_who_hands_over_may_stop_it(here):
    with hours(here) as there:
        assert may_stop(there, there.hand_over("family", "noor")) == PARENTS | {"noor"}
        assert may_stop(there, there.hand_over("next family", "tom")) == {"britt", "tom"}


def test_who_does_not_coordinate_any_more_may_not_stop_it(here):
    with hours(here) as there:
        assert may_stop(there, there.hand_over("family", "lotte")) == PARENTS
    end(here, here.noor)
    with hours(here) as there:
        assert may_stop(there, there.hand_over("family", "noor")) == PARENTS


def test_nobody_may_stop_it_through_the_eyes_of_another_or_without_saying_who_they_are(here):
    with hours(here) as there:
        one = there.hand_over("family", "noor")
        assert there.does("naima", "stop_hand_over", one, moment(0), seen_as=here.karim) == REFUSED
        assert there.does("noor", "stop_hand_over", one, moment(0), seen_as=here.naima) == REFUSED
        assert there.does(None, "stop_hand_over", one, moment(0)) == REFUSED
        assert may_stop(there, uuid4()) == NOBODY, "there is none"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, True),
        ({"begins_at": -1}, True),
        (TAKEN, True),
        (TAKEN | {"begins_at": 0}, False),
        (TAKEN | {"begins_at": -1}, False),
        ({"stopped_at": -1, "stopped_by_id": "karim"}, False),
    ],
)
def test_it_can_be_stopped_until_the_next_one_has_begun(here, said, told):
    with hours(here) as there:
        one = there.hand_over("family", "noor", **said)
        beside = [
            there.hand_over("next family", "tom", **said),
            there.hand_over("family", "noor", stopped_at=-5, stopped_by_id="noor"),
        ]
        asked = there.invitation("family", "lotte")
        assert there.does("naima", "stop_hand_over", one, moment(0)) is told
        was = said.get("stopped_at"), said.get("stopped_by_id")
        now = (0, "naima") if told else was
        columns = (
            there.column("trust_handover", which, one, *beside) for which in ("stopped_at", "stopped_by_id")
        )
        assert list(zip(*columns, strict=True)) == [now, was, (-5, "noor")]
        assert there.column("trust_invitation", "withdrawn_at", asked) == [0 if told else None]


def test_what_was_arranged_falls_away_with_it(here):
    comes: Seat = ("lotte", "family", "coordinator", 5, None)
    with hours(here) as there:
        there.nobody_sits()
        one = there.hand_over("family", "noor", **TAKEN)
        # Naima alone sits there still
        seat = {
            "person_id": here.naima,
            "circle_id": here.circle,
            "role": "guardian",
            "since": moment(-9),
            "ring": 1,
        }
        source = lay(there.owner, "trust_seat", seat | {"ground": "guardian"})
        there.owner.execute(
            "UPDATE trust_access SET source_id = %s WHERE viewer_id = %s", [source, here.naima]
        )
        there.sit(comes)
        assert there.does("naima", "stop_hand_over", one, moment(0)) is True
        assert there.sitting() == but([("naima", "family", "guardian", -9, None), comes], {comes: 5})


def link(there: Hours, to: UUID, ended: int | None = None) -> UUID:
    """A link to this."""
    made: UUID = lay(there.owner, "trust_link", {
        "token_hash": to.bytes + (b"x" if ended else b"y"), "purpose": "invitation", "person_id": there.here.lotte, "object_id": to,
        "made_by_id": there.here.naima, "made_at": moment(-20), "until": moment(99), "wrong_codes": 0, "ended_at": moment(ended),
    })  # fmt: skip
    return made


def test_whoever_was_asked_to_come_next_is_not_asked_any_more(here):
    with hours(here) as there:
        one = there.hand_over("family", "noor")
        asked = [
            there.invitation("family", "lotte", phone="015"),
            there.invitation("family", "lou", phone="015", withdrawn_at=-2),
            there.invitation("family", "nel", phone="015", answer="no", answered_at=-2),
            there.invitation("family", "tom", phone="015", role="professional"),
            there.invitation("next family", "lotte", phone="015"),
        ]
        links = [*(link(there, to) for to in asked), link(there, uuid4()), link(there, asked[0], -2)]
        assert there.does("naima", "stop_hand_over", one, moment(0)) is True
        assert there.column("trust_invitation", "withdrawn_at", *asked) == [0, -2, None, None, None]
        assert there.column("trust_invitation", "phone", *asked) == ["", *["015"] * 4]
        assert there.column("trust_link", "ended_at", *links) == [0, None, None, None, None, None, -2]


def test_it_waits_for_what_happens_in_its_circle_and_for_no_other(here):
    with unheard(here.owner):
        there = [
            lay(
                here.owner,
                "trust_handover",
                {"circle_id": circle, "leaver_id": leaver, "at": moment(-20), "told_how": ""},
            )
            for circle, leaver in (
                (here.circle, here.noor),
                (here.next_circle, here.tom),
                (here.desk, here.els),
            )
        ]
    held = "SELECT 1 FROM trust_circle WHERE id = %s FOR NO KEY UPDATE"
    for circle, waits in ((here.circle, True), (here.next_circle, False)):
        with here.owner.transaction():
            here.owner.execute(held, [circle])
            assert stops_at_once(here.naima, there[0]) is not waits


def stops_at_once(who: UUID, hand_over: UUID) -> bool:
    """Whether it is done without waiting for anybody."""
    try:
        with viewer.acting(who), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '300ms'")
            cursor.execute("SELECT trust.stop_hand_over(%s, %s)", [hand_over, moment(0)])
            return cursor.fetchone()[0] is True
    except OperationalError:
        return False


STANDS_IN: dict[str, Any] = {
    "role": "professional", "stands_in_for_id": "noor", "begins_at": 2, "ends_at": 8
}  # fmt: skip


def test_who_decides_there_and_the_stand_in_say_that_a_stand_in_goes(here):
    def may(there: Hours, invitation: UUID) -> set[str]:
        told = there.told("stand_in_goes", invitation, moment(3))
        assert {said for said in told.values() if said} <= {REFUSED}
        return {name for name, said in told.items() if said != REFUSED}

    with hours(here) as there:
        one = there.invitation("family", "lou", **STANDS_IN)
        assert may(there, one) == PARENTS | {"noor", "lou"}
        assert may(there, there.invitation("next family", "lou", **STANDS_IN)) == {"britt", "tom", "lou"}
        assert may(there, there.invitation("family", "vera", role="professional", ends_at=8)) == NOBODY, (
            "no stand-in"
        )
        assert may(there, uuid4()) == NOBODY
        assert there.does(None, "stand_in_goes", one, moment(3)) == REFUSED
        for who, other in (("naima", "karim"), ("lou", "naima")):
            assert there.does(who, "stand_in_goes", one, moment(3), seen_as=here.called[other]) == REFUSED


def test_what_was_opened_to_a_stand_in_for_their_hours_is_closed_with_them(here):
    closes: dict[Seat, int] = {
        ("lou", "part", "professional", 2, 8): 3, ("lou", "home", "professional", 2, 7): 3,
        ("lou", "other part", "professional", 5, 8): 5,
    }  # fmt: skip
    stay: list[Seat] = [
        ("lou", "own", "professional", 2, 8), ("lou", "fourth part", "natural", 2, 8),
        ("lou", "family", "professional", 2, 8), ("lou", "part", "professional", -9, 2),
        ("lou", "third part", "professional", 2, 9), ("lou", "home", "professional", 9, None),
        ("lou", "next part", "professional", 2, 8), ("eva", "part", "professional", 2, 8),
    ]  # fmt: skip
    with hours(here) as there:
        there.sit(*closes, *stay)
        before = there.sitting()
        one = there.invitation("family", "lou", **STANDS_IN)
        there.invitation("family", "eva", **STANDS_IN)
        assert there.does("lou", "stand_in_goes", one, moment(3)) == ""
        assert there.sitting() == before - but(closes, {}) + but(closes, closes)
