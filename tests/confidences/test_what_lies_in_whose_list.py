"""The list of one's own confidences: what stands in it and for whom, what is new there, and who hears each of them."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from confidences.laid import confidence, hears, lies
from trust.each_policy import LATER, NOW, Neighbourhood
from trust.scenes import LONG_AGO
from trust.told import circle, opens, told
from trust.whoever import asked_at_once, stands

DAYS = [NOW - timedelta(days=days) for days in (9, 6, 3)]
TODAY = NOW.date()


def lists(here: Neighbourhood, only_this: UUID | None = None) -> dict[str, list[UUID]]:
    """Whose list holds what, as each reads it."""
    everybody = here.called | {"yassin": here.yassin}
    said = {name: told(here, who, "my_confidences", only_this) for name, who in everybody.items()}
    return {name: [row[0] for row in rows] for name, rows in said.items() if rows}


def tells(here: Neighbourhood, where: UUID, young: UUID, who: UUID, at: datetime = NOW, **more: Any) -> UUID:
    """Something is told."""
    return lies(here, "telling", where, young, who, at=at, **more)


def test_a_confidence_stands_in_the_list_of_those_who_sit_in_it_and_in_no_other(here):
    samira = here.samira
    spoken = confidence(here, samira, here.noor, here.aunt, here.tom)
    aims, words, empty = (confidence(here, samira, here.noor) for _ in range(3))
    next_door = confidence(here, here.bram, here.tom, here.els)
    tells(here, spoken, samira, samira, at=DAYS[1])
    tells(here, next_door, here.bram, here.bram)
    lies(here, "owngoal", aims, samira, samira)
    lies(here, "wordstotell", words, samira, here.noor)
    opens(here, here.vik, spoken, danger=True)
    opens(here, here.lou, spoken, until=NOW)
    opens(here, here.ada, spoken, since=LATER)
    silent = sorted([aims, words])
    near = {"noor": [spoken, words], "hind": [spoken]}
    door = {name: [next_door] for name in ("bram", "tom", "els")}
    assert lists(here) == near | door | {"samira": [spoken, *silent]}, "Tom is left out of Samira"
    alone = {name: [spoken] for name in ("samira", "noor", "hind")}
    assert lists(here, spoken) == alone
    assert lists(here, next_door) == door
    assert lists(here, words) == {"samira": [words], "noor": [words]}
    assert [lists(here, one) for one in (aims, empty)] == [{"samira": [aims]}, {"samira": [empty]}]
    for none in (here.own[samira], here.circle, circle(here, "confidence", subject_id=samira)):
        assert lists(here, none) == {}
    assert told(here, samira, "my_confidences", None, seen_as=here.noor) == []
    assert told(here, here.noor, "my_confidences", spoken, seen_as=samira) == []


def test_who_opened_it_at_the_table_and_is_left_out_reads_what_they_wrote_themselves(here):
    by_tom = confidence(here, here.samira, here.tom, opened_by_id=here.tom)
    by_her = confidence(here, here.samira, here.tom)
    for where in (by_tom, by_her):
        tells(here, where, here.samira, here.tom, at=DAYS[0])
        tells(here, where, here.samira, here.samira, at=DAYS[1])

    def of_tom() -> dict[UUID, Any]:
        return {row[0]: row[6:9] for row in told(here, here.tom, "my_confidences")}

    for ground in ("own choice", "conflict"):
        stands(here, "UPDATE trust_exclusion SET ground = %s", ground)
        assert of_tom() == {by_tom: (DAYS[0], 0, True)}
    stands(here, "UPDATE trust_exclusion SET ground = 'court order'")
    assert of_tom() == {}
    hers = {row[0]: row[6:9] for row in told(here, here.samira, "my_confidences")}
    assert hers == dict.fromkeys((by_tom, by_her), (DAYS[1], 1, True))


def test_what_is_new_is_what_others_told_that_nobody_opened_and_one_may_read(here):
    samira, noor = here.samira, here.noor
    long, fresh, read, words = (confidence(here, samira, noor) for _ in range(4))
    opens(here, here.aunt, long, shows_from=DAYS[1])
    for where, who, at, heard in (
        (long, samira, DAYS[0], NOW), (long, noor, DAYS[1], None), (long, samira, DAYS[2], None),
        (fresh, samira, DAYS[1], None),
        (read, samira, DAYS[0], DAYS[1]),
    ):  # fmt: skip
        tells(here, where, samira, who, at=at, heard_at=heard)
    lies(here, "wordstotell", words, samira, noor)
    told_so = {
        name: [(row[0], *row[6:9]) for row in told(here, who, "my_confidences")]
        for name, who in (("samira", samira), ("noor", noor), ("hind", here.aunt))
    }
    both = [(read, DAYS[0], 0, True), (words, None, 0, False)]
    assert told_so == {
        "samira": [(long, DAYS[2], 1, True), (fresh, DAYS[1], 0, True), *both],
        "noor": [(long, DAYS[2], 1, True), (fresh, DAYS[1], 1, False), *both],
        "hind": [(long, DAYS[2], 2, False)],
    }  # fmt: skip


def test_on_the_first_page_stands_how_much_was_told_that_one_did_not_open(here):
    def told_to() -> dict[str, Any]:
        said = {name: told(here, who, "told_and_not_opened") for name, who in here.called.items()}
        return {name: rows for name, rows in said.items() if rows}

    first, other = (
        confidence(here, here.samira, here.noor),
        confidence(here, here.samira, here.noor, here.aunt),
    )
    tells(here, first, here.samira, here.noor, at=DAYS[0])
    tells(here, other, here.samira, here.aunt, at=DAYS[2], heard_at=NOW)
    assert told_to() == {}, "what one told oneself, and what was told oneself"
    tells(here, other, here.samira, here.samira, at=DAYS[1])
    assert told_to() == {"noor": [(DAYS[2], 1)], "hind": [(DAYS[2], 1)]}
    tells(here, first, here.samira, here.samira, at=DAYS[0] + timedelta(days=1))
    tells(here, first, here.samira, here.samira, at=DAYS[0])
    assert told_to() == {"noor": [(DAYS[2], 3)], "hind": [(DAYS[2], 1)]}
    read = confidence(here, here.bram, here.noor)
    tells(here, read, here.bram, here.bram, heard_at=NOW)
    assert told_to()["noor"] == [(DAYS[2], 3)]


def hearers(here: Neighbourhood, who: UUID, where: UUID) -> list[dict[str, Any]]:
    """Who hears it, as this person reads it."""
    ((*_facts, said),) = told(here, who, "my_confidences", where)
    assert all(one["until"] is None or datetime.fromisoformat(one["until"]) == NOW for one in said)
    return [one | {"until": one["until"] is not None} for one in said]


def heard(name: str, who: UUID, role: str, organisation: str = "", **more: Any) -> dict[str, Any]:
    """Somebody who hears it."""
    return {
        "id": str(who), "name": name, "kind": "professional" if organisation else "natural", "role": role,
        "organisation": organisation,
        "bound": False, "work_ended": False, "until": False, "history": True, "answers_on": None, "hears": True,
    } | more  # fmt: skip


def test_who_hears_it_is_told_to_all_in_it_and_their_day_of_answering_to_whom_it_concerns(here):
    confided, other = confidence(here, here.samira), confidence(here, here.samira)
    tells(here, confided, here.samira, here.samira, at=DAYS[0])
    stands(here, "UPDATE trust_job SET title = 'coach' WHERE person_id = %s", here.noor)
    stands(
        here,
        "UPDATE trust_job SET bound = true, until = %s, title = '' WHERE person_id = %s",
        LATER,
        here.eva,
    )
    stands(here, "UPDATE trust_job SET until = %s WHERE person_id = %s", NOW, here.lotte)
    facts: list[tuple[UUID, dict[str, Any]]] = [
        (here.noor, {"relation": "friend"}), (here.aunt, {"relation": "aunt"}),
        (here.karim, {"relation": "father", "until": None}),
        (here.lotte, {}), (here.els, {"relation": "desk", "until": NOW}), (here.tom, {"relation": ""}),
        (here.eva, {"relation": "buddy", "history": False}),
    ]  # fmt: skip
    for number, (who, said) in enumerate(facts):
        hears(here, confided, who, since=LONG_AGO + timedelta(days=number), **said)
    stands(
        here,
        "UPDATE trust_seat SET until = since WHERE person_id = %s AND circle_id = %s",
        here.karim,
        confided,
    )
    for who in (here.lotte, here.els):
        stands(
            here,
            "UPDATE trust_access SET until = %s WHERE viewer_id = %s AND circle_id = %s",
            NOW,
            who,
            confided,
        )
    hears(here, other, here.els)
    for who, days in ((here.noor, 1), (here.aunt, 2)):
        lies(here, "answerday", confided, here.samira, who, at=DAYS[1], day=TODAY + timedelta(days=days))
    noor, aunt = ({"answers_on": str(TODAY + timedelta(days=days))} for days in (1, 2))
    none: dict[str, Any] = {}

    def all_of_it(of_noor: dict[str, Any], of_aunt: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            heard("Noor", here.noor, "coach", "Girlz Lounge", **of_noor), heard("Hind", here.aunt, "aunt", **of_aunt),
            heard("Lotte", here.lotte, "teacher", "School De Linde", work_ended=True, hears=False),
            heard("Els", here.els, "desk", "Huis van het Kind", until=True, hears=False),
            heard("Tom", here.tom, "", "Girlz Lounge", hears=False),
            heard("Eva", here.eva, "buddy", "Huis van het Kind", bound=True, history=False),
        ]  # fmt: skip

    assert hearers(here, here.samira, confided) == all_of_it(noor, aunt)
    assert hearers(here, here.noor, confided) == all_of_it(noor, none)
    assert hearers(here, here.aunt, confided) == all_of_it(none, aunt)
    assert hearers(here, here.eva, confided) == all_of_it(none, none)


def test_a_confidence_that_nobody_hears_any_more_says_so_and_what_it_is_about(here):
    left = confidence(here, here.samira, safety=True)
    secret = confidence(here, here.samira, secrecy=True)
    for where, safety, secrecy in ((left, True, False), (secret, False, True)):
        ((*said, nobody),) = told(here, here.samira, "my_confidences", where)
        assert said == [where, here.samira, "Samira", secrecy, safety, LONG_AGO, None, 0, False]
        assert nobody == []


def test_work_that_ends_now_has_ended(here):
    confided = confidence(here, here.samira, here.noor)
    said = (
        "SET LOCAL session_replication_role = replica; "
        "UPDATE trust_job SET until = trust.moment() + {} WHERE person_id = %s; "
        "SELECT hearers #>> '{{0,work_ended}}' FROM trust.my_confidences(%s)"
    )  # fmt: skip
    for more, ended in (("interval '0'", "true"), ("interval '1 second'", "false")):
        assert asked_at_once(here, here.samira, said.format(more), here.noor, confided) == ended


def test_the_newest_day_somebody_said_stands_until_they_tell_something(here):
    confided, other = (
        confidence(here, here.samira, here.noor, here.aunt),
        confidence(here, here.samira, here.noor),
    )

    def stand(where: UUID, who: UUID) -> list[tuple[Any, ...]]:
        said = "SELECT * FROM trust.stands_to_answer(%s, %s)"
        return here.owner.execute(said, [where, who]).fetchall()

    promised = {}
    for where, who, at, days in (
        (confided, here.noor, DAYS[0], 5), (confided, here.noor, DAYS[1], 2), (confided, here.aunt, DAYS[2], 3),
        (other, here.noor, DAYS[2], 4),
    ):  # fmt: skip
        day = TODAY + timedelta(days=days)
        promised[where, who] = [(lies(here, "answerday", where, here.samira, who, at=at, day=day), day)]
    assert {(where, who): stand(where, who) for where, who in promised} == promised
    assert stand(other, here.aunt) == stand(confided, here.samira) == []
    for where, who, at in (
        (confided, here.noor, DAYS[1] - timedelta(microseconds=1)), (confided, here.samira, DAYS[2]),
        (other, here.noor, DAYS[1]),
    ):  # fmt: skip
        tells(here, where, here.samira, who, at=at)
    assert {(where, who): stand(where, who) for where, who in promised} == promised
    tells(here, confided, here.samira, here.noor, at=DAYS[1])
    assert stand(confided, here.noor) == []
    assert stand(other, here.noor) == promised[other, here.noor]
    assert stand(confided, here.aunt) == promised[confided, here.aunt]
