"""Who opens a confidence, lets others hear it and ends that: all that changed is looked at, and what lies beside."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from confidences.laid import confidence, hears
from trust.each_policy import LATER, NOW, Neighbourhood
from trust.scenes import LONG_AGO
from trust.told import circle, laid, told, works_in
from trust.whoever import NOBODY, end, stands

NOT_THEIRS, DONE = "not_yours_to_decide", [("",)]
#: It is done now; what was over was over before.
AT, GONE = NOW, NOW - timedelta(hours=1)
CIRCLES = (
    "SELECT village_id, family_id, kind, subject_id, name, safety, secrecy, opened_by_id, opened_at, opened_in "
    "FROM trust_circle"
)
SEATS = (
    "SELECT person_id, job_id, role, relation, ring, ground, history, since, until, decided_by_id FROM trust_seat "
    "WHERE circle_id = %s ORDER BY role, since, until"
)


def seats(here: Neighbourhood, where: UUID) -> list[tuple[Any, ...]]:
    """Who sits there and sat there."""
    return here.owner.execute(SEATS, [where]).fetchall()


def opened(
    here: Neighbourhood, who: UUID | None, young: UUID, hearer: UUID, *, secretly: bool | None = None,
    safety: bool = False, **more: Any,
) -> Any:  # fmt: skip
    """What comes of it that somebody opens one: the word of a refusal, or the circle and its seats."""
    new = uuid4()
    said = told(here, who, "open_confidence", new, young, hearer, safety, secretly, AT, kept=True, **more)
    if isinstance(said, str):
        return said
    assert said == [(True,)]
    again = told(here, who, "open_confidence", new, young, hearer, safety, secretly, AT, kept=True, **more)
    assert again == [(False,)], "sent twice, it is one"
    return here.owner.execute(f"{CIRCLES} WHERE id = %s", [new]).fetchone(), seats(here, new)


def made(here: Neighbourhood, by: UUID, young: UUID, hearer: UUID, **said: Any) -> Any:
    """How it stands there."""
    job, kind = said.get("job"), "professional" if said.get("job") else "natural"
    own = (
        here.village,
        said.get("family", here.family),
        "confidence",
        young,
        "",
        said.get("safety", False),
        said.get("secrecy", False),
    )
    return (*own, by, AT, None), [
        (young, None, "child", "", 1, "own choice", True, AT, None, by),
        (hearer, job, kind, said.get("relation", ""), 2, "own choice", True, AT, None, young),
    ]  # fmt: skip


def test_the_young_person_opens_it_to_whoever_is_near(here):
    before = here.owner.execute("SELECT count(*) FROM trust_circle").fetchone()
    for hearer in (here.tom, here.britt, here.vera, here.samira):
        assert opened(here, here.samira, here.samira, hearer) == NOT_THEIRS, "not near"
    for who in (None, here.naima, here.lotte, here.bram):
        assert opened(here, who, here.samira, here.noor) == NOT_THEIRS, "another's"
    assert opened(here, here.samira, here.samira, here.noor, seen_as=here.naima) == NOT_THEIRS
    assert opened(here, here.noor, here.samira, here.noor, seen_as=here.samira) == NOT_THEIRS
    assert here.owner.execute("SELECT count(*) FROM trust_circle").fetchone() == before
    noor = {"job": here.jobs[here.noor], "relation": "coach"}
    assert opened(here, here.samira, here.samira, here.noor) == made(
        here, here.samira, here.samira, here.noor, **noor
    )
    told_of_danger = opened(here, here.samira, here.samira, here.noor, safety=True)
    assert told_of_danger == made(here, here.samira, here.samira, here.noor, safety=True, **noor)
    assert opened(here, here.samira, here.samira, here.aunt) == made(
        here, here.samira, here.samira, here.aunt, relation="aunt"
    )


def test_at_the_table_only_who_works_opens_it(here):
    noor = {"job": here.jobs[here.noor], "relation": "coach"}
    assert opened(here, here.noor, here.samira, here.noor) == made(
        here, here.noor, here.samira, here.noor, **noor
    )
    assert opened(here, here.aunt, here.samira, here.aunt) == NOT_THEIRS
    assert opened(here, here.tom, here.samira, here.tom) == NOT_THEIRS
    works_in(here, here.circle, here.tom)
    assert opened(here, here.samira, here.samira, here.tom) == NOT_THEIRS, "whom she left out"
    tom = opened(here, here.tom, here.samira, here.tom)
    assert tom == made(here, here.tom, here.samira, here.tom, job=here.jobs[here.tom]), (
        "and who cannot notice it there"
    )


def test_it_is_secret_when_that_is_said_or_else_when_who_hears_is_bound(here):
    for bound in (True, False):
        stands(here, "UPDATE trust_job SET bound = %s WHERE person_id = %s", bound, here.noor)
        stands(here, "UPDATE trust_job SET bound = %s WHERE person_id = %s", not bound, here.lotte)
        for said, secret in ((None, bound), (False, False), (True, True)):
            if said and not bound:
                told_so = opened(here, here.samira, here.samira, here.noor, secretly=said)
                assert told_so == "not_bound_by_secrecy"
                continue
            stood = opened(here, here.samira, here.samira, here.noor, secretly=said)
            noor = {"job": here.jobs[here.noor], "relation": "coach", "secrecy": secret}
            assert stood == made(here, here.samira, here.samira, here.noor, **noor)


@pytest.mark.parametrize("their_own_is_older", [True, False])
def test_a_child_of_two_families_confides_in_the_one_in_which_the_hearer_sits(here, their_own_is_older):
    third = laid(
        here, "trust_family", village_id=here.village, opened_at=LONG_AGO - timedelta(days=9), name="De Wit"
    )
    for family, who, kind in (
        (here.family, here.bram, "child"), (third, here.bram, "guardian"), (third, here.yassin, "child"),
    ):  # fmt: skip
        laid(here, "trust_familymember", family_id=family, person_id=who, kind=kind, relation="")
    laid(
        here,
        "confidences_onthemenu",
        village_id=here.village,
        job_id=here.jobs[here.vik],
        added_by_id=here.nel,
        until=None,
    )
    works_in(here, circle(here, "family", family_id=third), here.vik)
    families = (here.next_family, here.family) if their_own_is_older else (here.family, here.next_family)
    for days, family in enumerate(families):
        stands(
            here,
            "UPDATE trust_family SET opened_at = %s WHERE id = %s",
            LONG_AGO + timedelta(days=days),
            family,
        )
    oldest, youngest = families
    confidence(here, here.bram, here.vik, family_id=youngest)
    works_in(here, circle(here, "part", family_id=youngest), here.vik, until=NOW)
    for hearer, family in (
        (here.aunt, here.family),
        (here.tom, here.next_family),
        (here.els, oldest),
        (here.vik, oldest),
    ):
        where, _seats = opened(here, here.bram, here.bram, hearer)
        assert where[:2] == (here.village, family)


def test_only_who_confided_and_sits_there_goes_on(here):
    confided = confidence(here, here.samira, here.noor)
    confidence(here, here.bram, here.samira)
    everybody = here.called | {"nobody": None}

    def go_on(where: UUID) -> set[str]:
        said = {name: told(here, who, "must_confide", where) for name, who in everybody.items()}
        assert set(map(str, said.values())) <= {NOT_THEIRS, str(DONE)}
        return {name for name, word in said.items() if word != NOT_THEIRS}

    assert go_on(confided) == {"samira"}
    assert go_on(here.own[here.samira]) == go_on(here.circle) == go_on(uuid4()) == NOBODY
    assert told(here, here.samira, "must_confide", confided, seen_as=here.naima) == NOT_THEIRS
    end(here, here.samira)
    assert go_on(confided) == NOBODY


def lets_hear(here: Neighbourhood, who: UUID, where: UUID, hearer: UUID, *, history: bool = True) -> Any:
    """Somebody says that this one may hear it too."""
    return told(here, who, "let_hear", where, hearer, history, AT, kept=True)


def test_somebody_more_hears_it_by_the_word_of_who_confided(here):
    confided, other = confidence(here, here.samira, here.noor), confidence(here, here.samira, here.lotte)
    before, beside = seats(here, confided), seats(here, other)
    for who, where, hearer in (
        (here.samira, confided, here.britt), (here.yassin, confided, here.lotte), (here.noor, confided, here.lotte),
        (here.naima, confided, here.naima), (here.samira, here.own[here.samira], here.lotte),
    ):  # fmt: skip
        assert lets_hear(here, who, where, hearer) == NOT_THEIRS
    assert seats(here, confided) == before
    lets_hear(here, here.samira, confided, here.lotte, history=False)
    lets_hear(here, here.samira, confided, here.lotte)
    lets_hear(here, here.samira, confided, here.aunt)
    lets_hear(here, here.samira, confided, here.noor)
    lotte = (
        here.lotte,
        here.jobs[here.lotte],
        "professional",
        "teacher",
        2,
        "own choice",
        False,
        AT,
        None,
        here.samira,
    )
    aunt = (here.aunt, None, "natural", "aunt", 2, "own choice", True, AT, None, here.samira)
    assert sorted(map(str, seats(here, confided))) == sorted(map(str, [*before, lotte, aunt]))
    assert seats(here, other) == beside


def until(here: Neighbourhood, *kept: UUID) -> list[Any]:
    """Until when these seats stand."""
    said = "SELECT until FROM trust_seat WHERE id = %s"
    return [here.owner.execute(said, [seat]).fetchone()[0] for seat in kept]


@pytest.mark.parametrize("ends", [None, LATER])
def test_a_seat_that_is_dead_with_its_job_makes_place_for_a_new_one(here, ends):
    confided, other = confidence(here, here.samira), confidence(here, here.samira)
    gone = hears(here, confided, here.lotte, since=LONG_AGO, until=GONE)
    dead = hears(here, confided, here.lotte, since=GONE, until=ends)
    beside, elsewhere = hears(here, confided, here.noor), hears(here, other, here.lotte)
    end(here, here.lotte)
    end(here, here.noor)
    lets_hear(here, here.samira, confided, here.lotte)
    assert until(here, gone, dead, beside, elsewhere) == [GONE, AT, None, None]
    assert [row[7:9] for row in seats(here, confided) if row[0] == here.lotte] == [
        (LONG_AGO, GONE),
        (GONE, AT),
        (AT, None),
    ]


def test_a_dead_seat_that_was_still_to_come_never_ran(here):
    confided = confidence(here, here.samira)
    later = hears(here, confided, here.lotte, since=LATER)
    end(here, here.lotte)
    lets_hear(here, here.samira, confided, here.lotte)
    assert until(here, later) == [LATER]


def test_who_hears_until_a_day_hears_no_twice_and_from_that_day_on_anew(here):
    for ends, many in ((LATER, 1), (AT, 2), (GONE, 2)):
        confided = confidence(here, here.samira)
        seat = hears(here, confided, here.lotte, until=ends)
        assert lets_hear(here, here.samira, confided, here.lotte) == DONE
        assert until(here, seat) == [ends]
        assert [row[0] for row in seats(here, confided)].count(here.lotte) == many, ends


def test_who_confided_ends_it_for_one_or_for_all_and_only_there(here):
    confided, other = (confidence(here, here.samira, here.noor, here.aunt) for _ in range(2))
    beside = seats(here, other)
    ended = hears(here, confided, here.lotte, since=LONG_AGO, until=GONE)
    coming = hears(here, confided, here.tom, since=LATER, until=LATER + timedelta(hours=1))
    short = hears(here, confided, here.els, until=LATER)
    at_once = hears(here, confided, here.eva, until=AT)

    def nobody_hears(who: UUID, hearer: UUID | None) -> Any:
        return told(here, who, "let_nobody_hear", confided, hearer, AT, kept=True)

    assert nobody_hears(here.noor, None) == nobody_hears(here.naima, here.noor) == NOT_THEIRS
    assert nobody_hears(here.samira, here.noor) == [(1,)]
    assert nobody_hears(here.samira, here.noor) == nobody_hears(here.samira, here.samira) == [(0,)]
    assert nobody_hears(here.samira, here.lotte) == nobody_hears(here.samira, here.eva) == [(0,)]
    assert {row[0]: row[8] for row in seats(here, confided)} == {
        here.samira: None, here.noor: AT, here.aunt: None, here.lotte: GONE, here.tom: LATER + timedelta(hours=1),
        here.els: LATER,
        here.eva: AT,
    }  # fmt: skip
    assert nobody_hears(here.samira, None) == [(3,)]
    assert until(here, ended, coming, short, at_once) == [GONE, LATER, AT, AT], (
        "no seat is over before it begins"
    )
    assert {row[0]: row[8] for row in seats(here, confided) if row[0] in (here.samira, here.aunt)} == {
        here.samira: None,
        here.aunt: AT,
    }
    assert seats(here, other) == beside
