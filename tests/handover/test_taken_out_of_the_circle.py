"""Somebody is taken out of the circle: who may say so, which seats and links end with it, and which do not."""

from uuid import UUID, uuid4

from django.db import OperationalError, connection

from handover.hours import REFUSED, Hours, Seat, but, hours, moment
from kring.trust import viewer
from trust.each_policy import Neighbourhood, lay
from trust.whoever import NOBODY, PARENTS


def both(there: Hours, whom: str, family: UUID | None = None) -> tuple[set[str], set[str]]:
    """Who takes them out of the family's circle, and who is told that this is not theirs to decide."""
    told = there.told("end_seats_in_family", family or there.here.family, there.here.called[whom], moment(1))
    assert set(told.values()) <= {True, False, REFUSED}
    does, may_not = ({name for name, said in told.items() if said == one} for one in (True, REFUSED))
    return does, may_not


def test_who_decides_there_takes_somebody_out_and_everybody_goes_by_themselves(here):
    with hours(here) as there:
        assert both(there, "lotte") == (PARENTS | {"noor", "lotte"}, {"hind", "els"})
        assert both(there, "hind") == (PARENTS | {"noor", "hind"}, {"lotte", "els"})
        assert both(there, "els", here.next_family) == ({"britt", "tom", "els"}, NOBODY)


def test_nobody_hears_anything_of_who_does_not_sit_there_now(here):
    with hours(here) as there:
        there.sit(
            ("lou", "family", "professional", -9, -1), ("nel", "family", "professional", 2, 9),
            ("vera", "part", "professional", -9, None),
        )  # fmt: skip
        for who in ("lou", "nel", "vera", "tom"):
            assert both(there, who) == (NOBODY, NOBODY), who
        assert both(there, "said", here.next_family) == (NOBODY, NOBODY)
        for who in ("britt", "bram"):
            assert both(there, who) == (NOBODY, NOBODY), (
                "they sit with the other family, and end there themselves"
            )


def taken_out(there: Hours, whom: UUID) -> None:
    """Naima takes them out; it counts from the first hour."""
    assert there.does("naima", "end_seats_in_family", there.here.family, whom, moment(1)) is True


def alone(there: Hours, *seats: Seat) -> None:
    """Lotte sits there, and nowhere else."""
    there.owner.execute("DELETE FROM trust_seat WHERE person_id = %s", [there.here.lotte])
    there.sit(*seats)


ENDS: dict[Seat, int] = {
    ("lotte", "family", "professional", -9, None): 1, ("lotte", "part", "professional", -9, 5): 1,
    ("lotte", "other part", "natural", -9, None): 1, ("lotte", "home", "professional", -9, None): 1,
    ("lotte", "part", "professional", 6, 9): 6,
}  # fmt: skip
STAY: list[Seat] = [
    ("lotte", "own", "professional", -9, None), ("lotte", "other home", "natural", -9, None),
    ("lotte", "next part", "professional", -9, None), ("lotte", "next family", "professional", -9, None),
    ("lotte", "third part", "professional", -9, -1), ("lou", "part", "professional", -9, None),
    ("lou", "home", "professional", -9, None),
]  # fmt: skip


def test_every_seat_in_the_circle_and_its_parts_ends_and_in_its_homes_those_by_work(here):
    with hours(here) as there:
        alone(there, *ENDS, *STAY)
        before = there.sitting()
        taken_out(there, here.lotte)
        assert there.sitting() == before - but(ENDS, {}) + but(ENDS, ENDS)


def same(there: Hours, goes: UUID, stays: UUID) -> None:
    """Two who turned out to be one."""
    lay(there.owner, "trust_sameperson", {"goes_id": goes, "stays_id": stays})


def test_who_stood_there_twice_is_taken_out_under_both_names(here):
    with hours(here) as there:
        alone(there, *ENDS)
        before = there.sitting()
        same(there, here.lou, here.lotte)
        same(there, here.vera, here.karim)
        taken_out(there, here.lou)
        assert there.sitting() == before - but(ENDS, {}) + but(ENDS, ENDS)


def test_every_link_ends_but_the_one_to_sign_in(here):
    def link(who: UUID, purpose: str = "approve", ended: int | None = None) -> UUID:
        made: UUID = lay(here.owner, "trust_link", {
            "token_hash": uuid4().bytes, "purpose": purpose, "person_id": who, "object_id": uuid4(), "ended_at": moment(ended),
            "made_by_id": here.naima, "made_at": moment(-20), "until": moment(99), "wrong_codes": 0,
        })  # fmt: skip
        return made

    with hours(here) as there:
        links = [
            link(here.lotte), link(here.lotte, ended=-2), link(here.lotte, "sign in"), link(here.aunt), link(here.tom)
        ]  # fmt: skip
        taken_out(there, here.lotte)
        assert there.column("trust_link", "ended_at", *links) == [1, -2, None, None, None]


def test_it_waits_while_two_people_bring_them_together_with_somebody_and_for_nobody_else(here):
    held = "SELECT 1 FROM trust_person WHERE id = %s FOR NO KEY UPDATE"
    for who, whom, told in (
        (here.lotte, here.lotte, "waits"),
        (here.tom, here.tom, "waits"),  # who does not sit there, but may in a moment
        (here.aunt, here.lotte, True),
    ):
        with here.owner.transaction():
            here.owner.execute(held, [who])
            assert taken_out_at_once(here, whom) == told


def taken_out_at_once(here: Neighbourhood, whom: UUID) -> bool | str:
    """What Naima is told when nobody waits for anybody."""
    try:
        with viewer.acting(here.naima), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '300ms'")
            cursor.execute("SELECT trust.end_seats_in_family(%s, %s, %s)", [here.family, whom, moment(1)])
            return bool(cursor.fetchone()[0])
    except OperationalError:
        return "waits"
