"""Who speaks for a family, who is kept from it, where somebody ever sat, and where what two people agree on is written."""

import json
from typing import Any
from uuid import UUID

import pytest

from trust.each_policy import LATER, Neighbourhood
from trust.one_trigger import Alone
from trust.scenes import LONG_AGO
from trust.whoever import NOBODY, PARENTS, hearing, of_whom

OF_NEXT = {"britt", "bram", "said"}
OURS = PARENTS | {"hind"}


def circle(by: Alone, here: Neighbourhood, kind: str) -> UUID:
    """One more circle of the family."""
    facts = {"village_id": here.village, "family_id": here.family, "opened_at": LONG_AGO}
    made: UUID = by.lies("trust_circle", kind=kind, **facts)
    return made


def speak(here: Neighbourhood) -> list[set[str]]:
    """Who speaks for the one family, and who for the next."""
    return [of_whom(here, "speaks_for_family", one) for one in (here.circle, here.next_circle)]


def test_children_and_guardians_who_sit_with_their_family_speak_for_it(here, by):
    assert speak(here) == [PARENTS, {"britt"}]
    here.seat(here.circle, here.britt)
    opened = {"circle_id": here.circle, "since": LONG_AGO, "until": LATER, "danger": True}
    for seat in here.owner.execute("SELECT id FROM trust_seat WHERE person_id = %s", [here.karim]).fetchall():
        by.lies("trust_access", viewer_id=here.vik, source_id=seat[0], **opened)
    assert speak(here) == [PARENTS, {"britt"}], "neither a guest who is a mother next door, nor by danger"
    here.owner.execute("UPDATE trust_seat SET until = now() WHERE person_id = %s", [here.karim])
    assert speak(here) == [PARENTS - {"karim"}, {"britt"}]


def kept(here: Neighbourhood) -> list[set[str]]:
    """Who is kept from the one family, and who from the next."""
    return [of_whom(here, "kept_from_family", family) for family in (here.family, here.next_family)]


def test_who_is_of_the_family_or_ever_sat_there_for_themself_does_not_come_by_work(here, by):
    assert kept(here) == [OURS, OF_NEXT]
    by.stands(
        "UPDATE trust_seat SET until = now() - interval '1 day', since = %s WHERE until IS NULL", LONG_AGO
    )
    assert kept(here) == [OURS, OF_NEXT], "it counts for good"
    by.stands("DELETE FROM trust_seat")
    assert kept(here) == [PARENTS, {"britt", "bram"}]
    by.lies("trust_seat", circle_id=circle(by, here, "part"), person_id=here.lou, job_id=None, role="natural")
    by.lies(
        "trust_seat",
        circle_id=here.circle,
        person_id=here.tom,
        job_id=here.jobs[here.tom],
        role="professional",
    )
    assert kept(here) == [PARENTS | {"lou"}, {"britt", "bram"}]


@pytest.mark.parametrize("ground", ["own choice", "guardian", "court order", "conflict"])
def test_who_is_left_out_of_a_child_by_a_court_or_for_a_conflict_does_not_come_by_work(here, by, ground):
    """As long as it lasts; from the family of that child, and whoever is left out, by name or by where they work."""
    never = ground in ("court order", "conflict")
    by.stands("UPDATE trust_exclusion SET ground = %s, since = %s", ground, LONG_AGO)
    of_house = {"person_id": None, "organisation_id": here.organisations["Town hall"], "sector": None}
    by.lies("trust_exclusion", subject_id=here.bram, ground=ground, since=LONG_AGO, **of_house)
    out = ({"tom"}, {"ada", "nel", "bea", "nils"}) if never else (NOBODY, NOBODY)
    assert kept(here) == [OURS | out[0], OF_NEXT | out[1]]
    by.stands("UPDATE trust_exclusion SET subject_id = %s WHERE subject_id = %s", here.britt, here.bram)
    assert kept(here) == [OURS | out[0], OF_NEXT], "of an adult nobody is left out like that"
    by.stands("UPDATE trust_exclusion SET until = now()")
    assert kept(here) == [OURS, OF_NEXT]


def families(here: Neighbourhood, *people: UUID) -> set[UUID | None]:
    """In which families one of these is, or ever sat."""
    told = here.owner.execute("SELECT trust.reckon_families_of(%s)", [list(people)]).fetchone()[0]
    assert len(told) == len(set(told))
    return set(told)


def test_in_which_families_somebody_is_or_ever_sat(here, by):
    one, other = {here.family}, {here.next_family}
    of = {name: families(here, who) for name, who in here.called.items()}
    assert {name: told for name, told in of.items() if told} == {
        **dict.fromkeys(("naima", "karim", "samira", "hind", "noor", "lotte"), one),
        **dict.fromkeys(("britt", "bram", "said", "tom"), other), "els": one | other,
    }  # fmt: skip
    assert families(here, here.aunt, here.said, here.lou) == one | other
    by.stands(
        "UPDATE trust_seat SET until = now() - interval '1 day', since = %s WHERE person_id = %s",
        LONG_AGO,
        here.aunt,
    )
    by.stands("DELETE FROM trust_seat WHERE person_id = %s", here.karim)
    assert families(here, here.aunt) == families(here, here.karim) == one


def places(
    by: Alone, here: Neighbourhood, kind: str, seen_as: UUID | None = None, **facts: Any
) -> dict[str, Any]:
    """Where it is written, and about whom, for each who may ask."""
    said = json.dumps(facts, default=str)
    told = {
        name: by.reads(who, "SELECT * FROM trust.place_of_matter(%s, %s)", kind, said, seen_as=seen_as)
        for name, who in here.called.items()
    }
    return {name: rows[0] for name, rows in told.items() if rows}


def test_what_is_asked_of_a_family_is_written_in_its_circle(here, by):
    circle(by, here, "part")
    keepers = {here.circle: ("noor", "els"), here.next_circle: ("tom", "els")}
    for family, where, child in (
        (here.family, here.circle, here.samira),
        (here.next_family, here.next_circle, here.bram),
    ):
        for kind, facts, about in (
            ("household", {}, None),
            ("birth", {"subject": child, "born": "2015-01-01"}, child),
        ):
            assert places(by, here, kind, family=family, **facts) == dict.fromkeys(
                keepers[where], (where, about)
            )
            assert places(by, here, kind, here.naima, family=family, **facts) == {}, "not through other eyes"
    told = places(by, here, "household", family=here.family, circle=here.next_circle)
    assert told == dict.fromkeys(keepers[here.circle], (here.circle, None)), (
        "only a sealed circle is named itself"
    )


def test_what_is_asked_of_a_village_is_written_at_its_own_desk(here, by):
    there = "SELECT c.id FROM trust_circle c JOIN trust_person p USING (village_id) WHERE p.id = %s AND c.kind = 'desk'"
    desk = here.owner.execute(there, [here.xavi]).fetchone()[0]
    told = {"ada": (here.desk, None), "bea": (here.desk, None), "xavi": (desk, None)}
    assert places(by, here, "export", what="families") == told


def test_a_seat_in_something_sealed_is_written_there(here, by):
    sealed = circle(by, here, "sealed")
    by.lies("trust_access", viewer_id=here.lotte, circle_id=sealed, since=LONG_AGO, until=LATER, danger=False)
    for more in ({}, {"family": here.family}):
        assert places(by, here, "sealed seat", circle=sealed, **more) == {"lotte": (sealed, None)}


def test_a_day_of_birth_is_said_by_who_opens_the_circle_now_and_of_a_child_of_that_family(here, by):
    def may(child: UUID, where: UUID = here.circle) -> set[str]:
        return hearing(by, here, "may_say_born", child, where)

    assert may(here.samira) == NOBODY, "it was opened before"
    own = here.own[here.samira]
    by.stands(
        "UPDATE trust_circle SET opened_in = pg_current_xact_id(), opened_by_id = %s WHERE id = ANY(%s)",
        here.els,
        [here.circle, own],
    )
    assert may(here.samira) == may(here.yassin) == {"els"}
    assert may(here.bram) == may(here.naima) == NOBODY
    assert may(here.samira, here.next_circle) == may(here.samira, own) == NOBODY
    assert hearing(by, here, "may_say_born", here.samira, here.circle, seen_as=here.naima) == NOBODY
    by.stands("UPDATE trust_circle SET opened_by_id = %s WHERE id = %s", here.samira, here.circle)
    assert may(here.samira) == NOBODY, "never of oneself"
    assert may(here.yassin) == {"samira"}


def test_a_guest_who_is_a_guardian_next_door_leaves_nobody_out_here(here, by):
    here.seat(here.circle, here.britt)
    assert hearing(by, here, "may_exclude", here.yassin, "guardian", here.tom, None, "") == {"naima", "karim"}
    assert hearing(by, here, "may_exclude", here.bram, "guardian", here.lotte, None, "") == {"britt"}


def test_only_another_guardian_who_decides_about_this_child_is_not_left_out(here, by):
    """Neither a sister, nor a guardian of a family in which the child itself is a young parent."""

    def meets(child: UUID, whom: UUID) -> set[str]:
        return hearing(by, here, "reckon_other_guardian", child, whom, None, "")

    everybody = set(here.called)
    assert meets(here.yassin, here.karim) == everybody - {"karim"}
    by.stands("UPDATE trust_familymember SET authority = true WHERE person_id = %s", here.samira)
    by.lies(
        "trust_familymember",
        person_id=here.samira,
        family_id=here.next_family,
        kind="guardian",
        authority=True,
    )
    assert meets(here.yassin, here.samira) == meets(here.samira, here.britt) == NOBODY
    assert meets(here.bram, here.samira) == everybody - {"samira"}, "of him she is one"


def answer(by: Alone, version: UUID, who: UUID, said: str, minutes: int) -> None:
    """Some minutes ago they answered."""
    by.stands(
        "INSERT INTO wraparound_approval (id, at, answer, words, language, how, interpreter, said_on, circle_id, person_id, version_id) "
        "VALUES (gen_random_uuid(), now() - make_interval(mins => %s), %s, '', 'nl', %s, '', now(), gen_random_uuid(), %s, %s)",
        minutes, said, f"{minutes} ago", who, version,
    )  # fmt: skip


def test_the_last_answer_of_each_to_each_version(here, by):
    versions = [here.plan, here.family]
    for version, who, said, minutes in (
        (0, here.naima, "yes", 50), (0, here.naima, "no", 40), (0, here.karim, "yes", 30), (1, here.naima, "yes", 20),
    ):  # fmt: skip
        answer(by, versions[version], who, said, minutes)
    told = "SELECT answer, how FROM trust.reckon_answer(%s, %s)"
    for version, who, last in (
        (0, here.naima, [("no", "40 ago")]), (0, here.karim, [("yes", "30 ago")]), (1, here.naima, [("yes", "20 ago")]),
        (1, here.karim, []),
    ):  # fmt: skip
        assert here.owner.execute(told, [versions[version], who]).fetchall() == last
