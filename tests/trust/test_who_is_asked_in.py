"""Who was asked into a circle: what they hear of it and until when, and that somebody else was asked instead."""

from collections import Counter
from typing import Any
from uuid import UUID, uuid4

from handover.hours import Hours, hours, moment
from trust.each_policy import lay
from trust.scenes import LONG_AGO
from trust.whoever import NOBODY, asked_at_once

#: Who is asked, in which family, by whom, as what, from when to when, instead of whom, the answer.
Heard = tuple[str, str, str, str, Any, Any, str, str]
AMRANI, BAKKER = "Familie Amrani", "Familie Bakker"


def asked_only(there: Hours) -> None:
    """Nobody was asked before."""
    there.owner.execute("DELETE FROM trust_invitation")


def heard(there: Hours, who: str, **more: Any) -> Counter[Heard]:
    """What they hear of invitations."""
    there.asks(who, **more)
    told = "SELECT family_name, asked_by, role, begins_at, ends_at, stands_in_for, answer FROM trust.my_invitations()"
    return Counter(
        (who, family, by, role, begins and moment_of(begins), ends and moment_of(ends), away, answer)
        for family, by, role, begins, ends, away, answer in there.owner.execute(told).fetchall()
    )


def moment_of(at: Any) -> int:
    """In how many hours."""
    return round((at - moment(0)).total_seconds() / 3600)


def by_noors_stand_in(there: Hours) -> tuple[UUID, UUID]:
    """Lotte is asked to stand in for Noor, and to coordinate for the next family."""
    stands_in = there.invitation(
        "family",
        "lotte",
        role="professional",
        begins_at=2,
        ends_at=8,
        stands_in_for_id="noor",
        author_id="naima",
    )
    return stands_in, there.invitation("next family", "lotte", author_id="britt")


STANDS_IN: Heard = ("lotte", AMRANI, "Naima", "professional", 2, 8, "Noor", "")
COORDINATES: Heard = ("lotte", BAKKER, "Britt", "coordinator", None, None, "", "")


def test_everybody_hears_what_they_were_asked_and_nothing_of_anybody_else(here):
    with hours(here) as there:
        asked_only(there)
        by_noors_stand_in(there)
        said = {"role": "professional", "answered_at": -5}
        there.invitation("family", "lotte", author_id="karim", answer="yes", until=-1, **said)
        there.invitation("family", "lotte", author_id="lou", answer="no", **said)
        there.invitation("family", "lotte", author_id="lou", word_of_id="tom", answer="no", **said)
        there.invitation("family", "lotte", author_id="naima", withdrawn_at=-4)
        there.invitation("family", "vera", author_id="lou", word_of_id="naima")
        there.invitation("family", "ada", author_id="britt")
        there.invitation("family", "eva", author_id="lou")
        there.invitation("family", "tom", until=-1)
        there.invitation("family", "lou", ends_at=-1)
        there.invitation("family", "nel", until=-1, ends_at=9)
        answered: Heard = ("lotte", AMRANI, "Karim", "professional", None, None, "", "yes")
        vera: Heard = ("vera", AMRANI, "Lou", "coordinator", None, None, "", "")
        every = sum((heard(there, name) for name in here.called), Counter[Heard]())
        assert every == Counter([STANDS_IN, COORDINATES, answered, vera])


def test_a_link_tells_of_the_one_invitation_it_was_made_for(here):
    with hours(here) as there:
        asked_only(there)
        stands_in, coordinates = by_noors_stand_in(there)
        assert heard(there, "lotte", scope=stands_in) == Counter([STANDS_IN])
        assert heard(there, "lotte", scope=coordinates) == Counter([COORDINATES])
        assert heard(there, "lou", scope=stands_in) == heard(there, "lotte", scope=uuid4()) == Counter()


def test_at_its_end_an_invitation_is_over(here):
    with hours(here) as there:
        asked_only(there)
        there.invitation("family", "lotte")
        said = "UPDATE trust_invitation SET until = trust.moment() + {}; SELECT count(*) FROM trust.my_invitations()"
        for more, many in (("interval '0'", 0), ("interval '1 second'", 1)):
            assert asked_at_once(here, here.lotte, said.format(more)) == many


def test_who_was_asked_to_coordinate_hears_that_somebody_else_was_asked_since(here):
    """Lotte's invitation was taken back five hours ago; what became of it depends on one other."""
    mine: dict[str, Any] = {"withdrawn_at": -5}
    same: list[tuple[dict[str, Any], tuple[str, str], dict[str, Any], set[str]]] = [
        (mine, ("family", "lou"), {"at": -5}, {"lotte"}),
        (mine, ("family", "lou"), {"at": -6}, NOBODY),
        (mine, ("next family", "lou"), {"at": -4}, NOBODY),
        (mine, ("family", "lou"), {"at": -4, "role": "professional"}, NOBODY),
        (mine, ("family", "lotte"), {"at": -4}, NOBODY),
        ({}, ("family", "lou"), {"at": -4}, NOBODY),
        (mine | {"answer": "no", "answered_at": -6}, ("family", "lou"), {"at": -4}, NOBODY),
        (mine | {"role": "professional"}, ("family", "lou"), {"at": -4}, NOBODY),
    ]
    for first, (where, who), other, told in same:
        with hours(here) as there:
            asked_only(there)
            one = there.invitation("family", "lotte", **first)
            there.invitation(where, who, **other)
            hear = there.told("somebody_else_was_asked", one)
            assert {name for name, said in hear.items() if said} == told, (first, who, other)


def test_it_is_told_of_the_invitation_that_is_asked_about_and_to_the_link_of_that_one(here):
    with hours(here) as there:
        asked_only(there)
        replaced = there.invitation("family", "lotte", withdrawn_at=-5)
        there.invitation("family", "lou", at=-4)
        taken_back = there.invitation("next family", "lotte", withdrawn_at=-5)

        def told(one: UUID, **more: Any) -> bool:
            return there.does("lotte", "somebody_else_was_asked", one, **more)

        assert [told(one) for one in (replaced, taken_back, uuid4())] == [True, False, False]
        assert told(replaced, scope=replaced) is True
        assert told(replaced, scope=taken_back) is told(taken_back, scope=replaced) is False


def asked_to_coordinate(there: Hours) -> Counter[tuple[str, str, str, int]]:
    """Who hears that whom was asked for which family, and when."""
    told: Counter[tuple[str, str, str, int]] = Counter()
    where = {there.here.family: "family", there.here.next_family: "next family"}
    called = {who: name for name, who in there.here.called.items()}
    for name in there.here.called:
        there.asks(name)
        rows = there.owner.execute(
            "SELECT family_id, person_id, at FROM trust.asked_to_coordinate()"
        ).fetchall()
        told.update(
            (name, where.get(family, "elsewhere"), called[who], moment_of(at)) for family, who, at in rows
        )
    return told


def test_the_contact_point_hears_whom_each_family_asked_last(here):
    with hours(here) as there:
        asked_only(there)
        there_village = here.owner.execute(
            "SELECT village_id FROM trust_person WHERE id = %s", [here.xeno]
        ).fetchone()[0]
        said = {"village_id": there_village, "kind": "family", "family_id": uuid4(), "opened_at": LONG_AGO}
        there.where["elsewhere"] = lay(here.owner, "trust_circle", said)
        there.invitation("family", "lotte", at=-9)
        there.invitation("family", "lou", at=-5)
        there.invitation("next family", "tom", at=-7)
        there.invitation("elsewhere", "xavi", at=-7, job_id=uuid4())
        # what was asked later is something else
        there.invitation("part", "nel", at=-1)
        there.invitation("family", "nel", at=-1, role="professional")
        there.invitation("family", "ada", at=-1, answer="no", answered_at=-1)
        there.invitation("family", "bea", at=-1, withdrawn_at=-1)
        there.invitation("family", "vera", at=-3, until=-1)
        told = {
            ("family", "lou", -5), ("next family", "tom", -7)
        }  # fmt: skip
        assert asked_to_coordinate(there) == Counter(
            [(who, *one) for who in ("els", "eva") for one in told] + [("xeno", "elsewhere", "xavi", -7)]
        )


def test_at_its_end_nobody_is_asked_to_coordinate_any_more(here):
    with hours(here) as there:
        asked_only(there)
        there.invitation("family", "lotte")
        said = "UPDATE trust_invitation SET until = trust.moment() + {}; SELECT count(*) FROM trust.asked_to_coordinate()"
        for more, many in (("interval '0'", 0), ("interval '1 second'", 1)):
            assert asked_at_once(here, here.els, said.format(more)) == many
