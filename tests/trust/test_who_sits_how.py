"""Who sits where and how, asked of everybody: also beside danger, in the circle next door, and when it is over."""

from typing import Any
from uuid import UUID

from handover.hours import Hours, hours, moment
from trust.each_policy import lay
from trust.scenes import LONG_AGO
from trust.whoever import NOBODY, PARENTS, asked_at_once


def in_danger(there: Hours, who: str, whose: str) -> None:
    """Danger opens the family's circle to somebody, by the seat of another."""
    lay(there.owner, "trust_access", {
        "viewer_id": there.here.called[who], "circle_id": there.here.circle, "danger": True, "since": moment(-1),
        "until": moment(3), "source_id": seat_of(there, whose),
    })  # fmt: skip


def seat_of(there: Hours, who: str) -> UUID:
    """Their seat in the family's circle."""
    told = "SELECT id FROM trust_seat WHERE person_id = %s AND circle_id = %s"
    found: UUID = there.owner.execute(told, [there.here.called[who], there.here.circle]).fetchone()[0]
    return found


def over(there: Hours, *who: str) -> None:
    """Whatever was open to them is not open any more."""
    said = "UPDATE trust_access SET until = %s WHERE viewer_id = ANY(%s)"
    there.owner.execute(said, [moment(-1), [there.here.called[one] for one in who]])


def of_whom(there: Hours, function: str, *values: Any, asked_by: str | None = None) -> set[str]:
    """Of whom this is said."""
    marks = ", ".join(["%s"] * (len(values) + 1))
    there.asks(asked_by)
    return {
        name
        for name, who in there.here.called.items()
        if there.owner.execute(f"SELECT trust.{function}({marks})", [who, *values]).fetchone()[0]
    }


def by_whom(there: Hours, function: str, *values: Any) -> set[str]:
    """Who is told yes."""
    return {name for name, told in there.told(function, *values).items() if told}


def test_who_sits_as_what_is_said_of_those_who_sit_there_to_those_who_sit_there(here):
    def who(there: Hours, role: list[str], circle: UUID, asked_by: str) -> set[str]:
        return of_whom(there, "sits_as", circle, role, asked_by=asked_by)

    family = ["child", "guardian"]
    with hours(here) as there:
        in_danger(there, "vik", "noor")
        for asked_by in ("naima", "lotte", "els"):
            assert who(there, family, here.circle, asked_by) == PARENTS
            assert who(there, ["coordinator"], here.circle, asked_by) == {"noor"}
        assert (
            who(there, family, here.next_circle, "britt")
            == who(there, family, here.next_circle, "els")
            == {"britt"}
        )
        assert who(there, family, here.bram_own, "said") == {"bram"}
        for asked_by in ("ada", "tom", "vik"):
            assert who(there, family, here.circle, asked_by) == NOBODY
        over(there, "karim", "noor")
        assert who(there, family, here.circle, "naima") == PARENTS - {"karim"}
        assert who(there, ["coordinator"], here.circle, "naima") == NOBODY


def test_who_sits_there_for_themselves_and_not_by_work(here):
    with hours(here) as there:
        in_danger(there, "vik", "naima")
        assert of_whom(there, "sits_for_themself", here.circle) == PARENTS | {"hind"}
        assert of_whom(there, "sits_for_themself", here.next_circle) == {"britt"}
        assert of_whom(there, "sits_for_themself", here.bram_own) == {"bram", "said"}
        over(there, "hind", "karim")
        assert of_whom(there, "sits_for_themself", here.circle) == PARENTS - {"karim"}


def test_who_coordinates(here):
    def both(there: Hours) -> list[set[str]]:
        return [of_whom(there, "coordinates", one) for one in (here.circle, here.next_circle)]

    with hours(here) as there:
        in_danger(there, "vik", "noor")
        assert both(there) == [{"noor"}, {"tom"}]
        over(there, "noor")
        assert both(there) == [NOBODY, {"tom"}]


def test_who_sits_in_something_sealed(here):
    with hours(here) as there:
        one, other = (
            lay(
                there.owner,
                "trust_circle",
                {"village_id": here.village, "kind": "sealed", "family_id": family},
            )
            for family in (here.family, here.next_family)
        )
        for who, circle, danger, until in (
            ("lotte", one, False, 9), ("ada", one, False, -1), ("vik", one, True, 9), ("lou", other, False, 9)
        ):  # fmt: skip
            lay(there.owner, "trust_access", {
                "viewer_id": here.called[who], "circle_id": circle, "danger": danger, "since": moment(-9), "until": moment(until),
            })  # fmt: skip
        assert [of_whom(there, "sits_sealed", which) for which in (one, other, here.circle)] == [
            {"lotte"},
            {"lou"},
            NOBODY,
        ]


def opened(there: Hours, kind: str, by: str, now: bool = True) -> UUID:
    """A circle that somebody opened: in this very deed, or in one before."""
    made: UUID = lay(there.owner, "trust_circle", {
        "village_id": there.here.village, "kind": kind, "family_id": there.here.family, "opened_at": LONG_AGO,
        "opened_by_id": there.here.called[by],
    })  # fmt: skip
    when = "pg_current_xact_id()" if now else "'7'::xid8"
    there.owner.execute(f"UPDATE trust_circle SET opened_in = {when} WHERE id = %s", [made])
    return made


def test_who_decides_in_a_circle_or_has_just_opened_it_may_let_somebody_sit_there(here):
    with hours(here) as there:
        in_danger(there, "vik", "noor")
        part, family, before = (opened(there, kind, "lotte") for kind in ("part", "family", "part"))
        there.owner.execute("UPDATE trust_circle SET opened_in = '7'::xid8 WHERE id = %s", [before])
        assert by_whom(there, "may_seat", part) == by_whom(there, "may_seat", family) == {"lotte"}
        assert by_whom(there, "may_seat", before) == NOBODY
        assert by_whom(there, "may_seat", here.circle) == PARENTS | {"noor"}
        assert by_whom(there, "may_seat", here.next_circle) == {"britt", "tom"}
        assert by_whom(there, "may_seat", here.own[here.samira]) == {"samira"}
        over(there, "karim")
        assert by_whom(there, "may_seat", here.circle) == PARENTS - {"karim"} | {"noor"}


def test_a_seat_is_given_unasked_in_any_circle_but_the_familys_once_it_stands(here):
    with hours(here) as there:
        there.sit(("karim", "part", "guardian", -9, None))
        decides = {
            "viewer_id": here.karim,
            "circle_id": there.where["part"],
            "since": moment(-9),
            "until": moment(9),
        }
        of_karim = "SELECT id FROM trust_seat WHERE person_id = %s AND circle_id = %s"
        source = there.owner.execute(of_karim, [here.karim, there.where["part"]]).fetchone()[0]
        lay(there.owner, "trust_access", decides | {"source_id": source, "danger": False})
        part, family = (opened(there, kind, "lotte") for kind in ("part", "family"))
        before = opened(there, "part", "lotte", now=False)
        assert by_whom(there, "may_give_seat", part) == by_whom(there, "may_give_seat", family) == {"lotte"}
        assert by_whom(there, "may_give_seat", before) == NOBODY
        assert by_whom(there, "may_give_seat", there.where["part"]) == {"karim"}
        assert by_whom(there, "may_give_seat", here.own[here.samira]) == {"samira"}
        assert by_whom(there, "may_give_seat", here.circle) == NOBODY, "there somebody is asked first"


def test_who_decides_for_a_family_begins_again_for_that_family(here):
    with hours(here) as there:
        there.owner.execute("DELETE FROM trust_withdrawal")
        stopped = [
            lay(there.owner, "trust_withdrawal", {"family_id": family, "by_id": here.naima, "at": moment(at), "ended_at": moment(ended)})
            for family, at, ended in ((here.family, -5, None), (here.next_family, -5, None), (here.family, -9, -7))
        ]  # fmt: skip
        assert by_whom(there, "begin_again", here.family, moment(1)) == PARENTS
        assert by_whom(there, "begin_again", here.next_family, moment(1)) == {"britt"}
        with there.owner.transaction(force_rollback=True):
            assert there.does("tom", "begin_again", here.family, moment(1)) is False
            assert there.column("trust_withdrawal", "ended_at", *stopped) == [None, None, -7]
        for at, ended in ((1, 1), (-6, -5)):
            with there.owner.transaction(force_rollback=True):
                assert there.does("naima", "begin_again", here.family, moment(at)) is True
                assert there.column("trust_withdrawal", "ended_at", *stopped) == [ended, None, -7]
                assert there.does("karim", "begin_again", here.family, moment(at)) is False, (
                    "it has begun already"
                )


def test_near_a_family_is_who_is_left_out_of_a_child_of_that_family(here):
    with hours(here) as there:
        near, near_next = (
            {*of_whom(there, "is_near_family", one)} for one in (here.family, here.next_family)
        )
        there.owner.execute("UPDATE trust_exclusion SET person_id = %s", [here.lou])
        assert of_whom(there, "is_near_family", here.family) == near - {"tom"} | {"lou"}
        assert of_whom(there, "is_near_family", here.next_family) == near_next


def test_only_who_leads_an_organisation_now_says_that_somebody_leaves_it(here):
    def say(there: Hours, whose: UUID) -> set[str]:
        return by_whom(there, "may_say_leaving", here.jobs[whose], whose)

    usual, lounge = {"tom", "els", "eva"}, here.organisations["Girlz Lounge"]
    again = {"person_id": here.lou, "organisation_id": lounge, "since": moment(-9)}
    for more, led in (
        ({"role": "worker"}, False), ({"role": "lead", "until": moment(-1)}, False), ({"role": "lead"}, True),
    ):  # fmt: skip
        with hours(here) as there:
            lay(there.owner, "trust_job", again | more)
            assert say(there, here.tom) == (usual | {"lou"} if led else usual), more
    with hours(here) as there:
        said = "UPDATE trust_agreement SET since = %s, until = %s WHERE organisation_id = %s"
        there.owner.execute(said, [moment(-9), moment(-1), here.organisations["School De Linde"]])
        assert say(there, here.lotte) == {"lotte", "els", "eva"}


def test_of_work_that_ends_at_this_instant_nobody_says_a_day_any_more(here):
    said = (
        "UPDATE trust_job SET until = trust.moment() + {} WHERE id = %s; SELECT trust.may_say_leaving(%s, %s)"
    )
    job = here.jobs[here.lotte]
    for more, may in (("interval '0'", False), ("interval '1 second'", True)):
        assert asked_at_once(here, here.lotte, said.format(more), job, job, here.lotte) is may


def test_who_keeps_somebody_keeps_them_in_the_family_in_which_they_are(here):
    """Karim and Hind helped the next family once; Lou is a guardian of the first by their seat alone."""
    with hours(here) as there:
        there.sit(
            ("karim", "next family", "natural", -9, -1), ("hind", "next family", "natural", -9, -1),
            ("lou", "family", "guardian", -9, None),
        )  # fmt: skip
        for goes, stays in ((here.vera, here.aunt), (here.ada, here.britt)):
            lay(there.owner, "trust_sameperson", {"goes_id": goes, "stays_id": stays})
        for who in ("karim", "hind", "lou", "vera"):
            assert of_whom(there, "keeps_somebody", here.called[who]) == {"noor", "els"}, who
        assert of_whom(there, "keeps_somebody", here.ada) == {"tom", "els"}
        assert of_whom(there, "keeps_somebody", here.nel) == NOBODY


def test_who_leads_an_organisation_leads_it_while_they_work_there_and_it_takes_part(here):
    school, lounge, ombuds = (
        here.organisations[one] for one in ("School De Linde", "Girlz Lounge", "Ombuds")
    )

    def led(there: Hours) -> dict[str, list[UUID]]:
        return {name: told for name, told in there.told("organisations_led").items() if told}

    with hours(here) as there:
        for who, where, times in (
            (here.lou, lounge, {"until": moment(-1)}),
            (here.nel, ombuds, {"since": moment(9)}),
        ):
            lay(
                there.owner,
                "trust_job",
                {"person_id": who, "organisation_id": where, "role": "lead", "since": moment(-9)} | times,
            )
        assert led(there) == {"lou": [school]}
        assert there.does("lou", "organisations_led", seen_as=here.lotte) == []
        lay(
            there.owner,
            "trust_job",
            {"person_id": here.tom, "organisation_id": lounge, "role": "lead", "since": moment(-9)},
        )
        ends = "UPDATE trust_agreement SET since = %s, until = %s WHERE organisation_id = %s"
        there.owner.execute(ends, [moment(-9), moment(-1), school])
        assert led(there) == {"tom": [lounge]}
