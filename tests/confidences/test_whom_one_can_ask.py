"""Whom a young person can ask to listen, and with whom a worker can write something down: asked by everybody."""

from typing import Any
from uuid import UUID

import psycopg
import pytest

from trust.each_policy import LATER, NOW, Neighbourhood
from trust.scenes import LONG_AGO
from trust.told import circle, laid, opens, told, works_in
from trust.whoever import stands

GONE = {"until": NOW}


@pytest.fixture
def here(owner: psycopg.Connection) -> Neighbourhood:
    """Two families and their neighbours; nobody stands on the menu yet."""
    made = Neighbourhood(owner)
    stands(made, "DELETE FROM confidences_onthemenu")
    return made


def on_the_menu(here: Neighbourhood, who: UUID, **more: Any) -> None:
    """Every young person of the village can ask them."""
    facts = {"village_id": here.village, "job_id": here.jobs.get(who), "added_by_id": here.nel, "until": None}
    laid(here, "confidences_onthemenu", **facts | more)


def near(here: Neighbourhood, young: UUID, *table: bool) -> dict[str, tuple[Any, ...]]:
    """Who is near this young person: through which job, as what, and whether by the menu; each of them once."""
    marks = ", ".join(["%s"] * (1 + len(table)))
    rows = here.owner.execute(f"SELECT * FROM trust.near({marks})", [young, *table]).fetchall()
    called = {who: name for name, who in here.called.items()}
    assert len({row[0] for row in rows}) == len(rows)
    return {called[who]: tuple(row) for who, *row in rows}


def by_job(here: Neighbourhood, who: UUID, relation: str = "", *, menu: bool = False) -> tuple[Any, ...]:
    """How somebody who works stands near."""
    return (here.jobs[who], relation, "professional", menu)


def family_of_samira(here: Neighbourhood) -> dict[str, tuple[Any, ...]]:
    """Who sits with the family, but for its children."""
    home = {"naima": "mother", "karim": "father", "hind": "aunt"}
    return {name: (None, relation, "natural", False) for name, relation in home.items()} | {
        "noor": by_job(here, here.noor, "coach"), "lotte": by_job(here, here.lotte, "teacher"),
        "els": by_job(here, here.els, "contact point"),
    }  # fmt: skip


def next_door(here: Neighbourhood) -> dict[str, tuple[Any, ...]]:
    """Who sits with the other family or on the page of Bram."""
    return {
        "britt": (None, "mother", "natural", False), "said": (None, "", "natural", False),
        "tom": by_job(here, here.tom), "els": by_job(here, here.els, "contact point"),
    }  # fmt: skip


def test_who_sits_with_the_family_is_near_its_children_and_nobody_else_is_near_anybody(here):
    usual = family_of_samira(here)
    everybody = here.called | {"yassin": here.yassin}
    said = {name: rows for name, who in everybody.items() if (rows := near(here, who))}
    assert said == {"samira": usual, "yassin": said["yassin"], "bram": next_door(here)}
    assert said["yassin"] == usual, "his sister is no one to ask"
    stands(here, "UPDATE trust_seat SET until = %s WHERE person_id = ANY(%s)", NOW, [here.karim, here.aunt])
    stands(here, "UPDATE trust_access SET until = %s WHERE viewer_id = ANY(%s)", NOW, [here.karim, here.aunt])
    del usual["hind"]
    assert near(here, here.samira) == usual, "a father stays one"


def test_who_sits_in_a_part_or_on_ones_own_page_is_near_and_in_no_other_circle(here):
    part, other_part = circle(here, "part"), circle(here, "part", family_id=here.next_family)
    confided = circle(here, "confidence", subject_id=here.samira)
    for where, who in (
        (part, here.eva), (here.own[here.samira], here.nils), (here.own[here.yassin], here.vik),
        (confided, here.vera), (circle(here, "home"), here.bea), (other_part, here.lou),
    ):  # fmt: skip
        works_in(here, where, who)
    usual = family_of_samira(here) | {"eva": by_job(here, here.eva)}
    assert near(here, here.samira) == usual | {"nils": by_job(here, here.nils)}
    assert near(here, here.yassin) == usual | {"vik": by_job(here, here.vik)}
    assert near(here, here.bram) == next_door(here) | {"lou": by_job(here, here.lou)}


def test_who_leads_a_group_is_near_whoever_is_in_it_now(here):
    leaders = {}
    for who, leader, more in (
        (here.samira, here.eva, {}), (here.samira, here.nils, {"until": NOW}),
        (here.samira, here.vik, {"danger": True}),
        (here.yassin, here.bea, {}), (here.samira, here.vera, {"since": LATER}),
    ):  # fmt: skip
        leaders[leader] = circle(here, "group", family_id=None)
        works_in(here, leaders[leader], leader)
        opens(here, who, leaders[leader], **more)
    group, home = circle(here, "group", family_id=None), circle(here, "home")
    works_in(here, group, here.samira, role="natural", ground="consent")
    works_in(here, home, here.lou)
    opens(here, here.samira, home)
    usual = family_of_samira(here)
    assert near(here, here.samira) == usual | {"eva": by_job(here, here.eva)}
    assert near(here, here.yassin) == usual | {"bea": by_job(here, here.bea)}


def test_who_stands_on_the_menu_of_the_village_is_near_every_child_of_it(here):
    on_the_menu(here, here.lotte)
    on_the_menu(here, here.vik)
    on_the_menu(here, here.bea)
    on_the_menu(here, here.eva, until=NOW)
    village, job = here.owner.execute(
        "SELECT p.village_id, j.id FROM trust_person p JOIN trust_job j ON j.person_id = p.id WHERE p.id = %s",
        [here.xena],
    ).fetchone()
    on_the_menu(here, here.xena, village_id=village, job_id=job)
    menu = {"vik": by_job(here, here.vik, menu=True), "bea": by_job(here, here.bea, menu=True)}
    asked = here.called | {"yassin": here.yassin}
    said = {name: rows for name, who in asked.items() if (rows := near(here, who))}
    usual = family_of_samira(here) | menu
    assert said.keys() == {"samira", "yassin", "bram"}
    assert said["samira"] == said["yassin"] == usual, "a seat comes before the menu"
    assert said["bram"] == next_door(here) | menu | {"lotte": by_job(here, here.lotte, menu=True)}
    stands(here, "UPDATE trust_job SET until = %s WHERE person_id = %s", NOW, here.bea)
    ended = "UPDATE trust_agreement SET since = %s, until = %s WHERE organisation_id = %s"
    stands(here, ended, LONG_AGO, NOW, here.organisations["Ombuds"])
    assert near(here, here.samira) == family_of_samira(here)


def test_who_is_left_out_is_near_again_at_the_table_unless_a_court_said_so(here):
    works_in(here, here.circle, here.tom)
    tom, usual = {"tom": by_job(here, here.tom)}, family_of_samira(here)
    assert near(here, here.yassin) == usual | tom
    for ground, at_the_table in (("own choice", True), ("conflict", True), ("court order", False)):
        stands(here, "UPDATE trust_exclusion SET ground = %s", ground)
        assert near(here, here.samira) == near(here, here.samira, False) == usual, ground
        assert near(here, here.samira, True) == (usual | tom if at_the_table else usual), ground


def test_a_young_person_reads_what_each_says_of_themselves_and_nobody_else_is_told(here):
    stands(here, "UPDATE trust_job SET title = 'juf', bound = true WHERE person_id = %s", here.lotte)
    stands(here, "UPDATE trust_seat SET relation = '' WHERE person_id = %s", here.aunt)
    group = circle(here, "group", family_id=None)
    works_in(here, group, here.lou)
    opens(here, here.naima, group)
    on_the_menu(here, here.vera)
    asked = here.called | {"yassin": here.yassin}
    said = {name: rows for name, who in asked.items() if (rows := told(here, who, "who_can_hear"))}
    desk = "Huis van het Kind"
    family = [
        (here.els, "Els", "professional", "contact point", desk, False, False),
        (here.lotte, "Lotte", "professional", "juf", "School De Linde", True, False),
        (here.noor, "Noor", "professional", "coach", "Girlz Lounge", False, False),
        (here.vera, "Vera", "professional", "", "Ombuds", False, True),
        (here.aunt, "Hind", "natural", "", "", False, False),
        (here.karim, "Karim", "natural", "father", "", False, False),
        (here.naima, "Naima", "natural", "mother", "", False, False),
    ]  # fmt: skip
    assert said == {"samira": family, "yassin": family, "bram": said["bram"]}
    assert [row[1] for row in said["bram"]] == ["Els", "Tom", "Vera", "Britt", "Said"]
    assert told(here, here.samira, "who_can_hear", seen_as=here.naima) == []
    assert told(here, here.naima, "who_can_hear", seen_as=here.samira) == []


def at_the_table(here: Neighbourhood) -> dict[str, list[tuple[Any, ...]]]:
    """With whom each can write something down."""
    children = {here.samira: "samira", here.yassin: "yassin", here.bram: "bram"}
    said = {name: told(here, who, "who_can_tell_me") for name, who in here.called.items()}
    assert all(row[1].lower() == children[row[0]] for rows in said.values() for row in rows)
    return {name: [row[1:] for row in rows] for name, rows in said.items() if rows}


BRAM, SAMIRA, YASSIN = ("Bram", False), ("Samira", False), ("Yassin", False)


def test_a_worker_writes_down_with_the_children_of_the_circles_in_which_they_sit(here):
    usual = {
        "noor": [SAMIRA, YASSIN],
        "lotte": [SAMIRA, YASSIN],
        "els": [BRAM, SAMIRA, YASSIN],
        "tom": [BRAM],
    }
    assert at_the_table(here) == usual
    part, confided = circle(here, "part"), circle(here, "confidence", subject_id=here.samira)
    for where, who in (
        (part, here.eva), (here.own[here.samira], here.nils), (here.own[here.yassin], here.vik), (confided, here.vera),
        (circle(here, "home"), here.bea),
    ):  # fmt: skip
        works_in(here, where, who)
    (seat,) = here.owner.execute(
        "SELECT id FROM trust_seat WHERE circle_id = %s AND person_id = %s", [part, here.eva]
    ).fetchone()
    opens(here, here.lou, here.circle, source_id=seat, danger=True)
    opens(here, here.ada, here.circle, source_id=seat, until=NOW)
    opens(here, here.nel, here.next_circle, source_id=seat)
    more = {"eva": [SAMIRA, YASSIN], "nils": [SAMIRA], "vik": [YASSIN], "nel": [BRAM]}
    assert at_the_table(here) == usual | more
    assert told(here, here.noor, "who_can_tell_me", seen_as=here.naima) == []


def test_a_worker_who_is_left_out_does_not_notice_unless_a_court_said_so(here):
    usual = at_the_table(here)
    stands(here, "UPDATE trust_exclusion SET person_id = %s", here.lotte)
    for ground, left in (
        ("own choice", [SAMIRA, YASSIN]),
        ("withheld", [SAMIRA, YASSIN]),
        ("court order", [YASSIN]),
    ):
        stands(here, "UPDATE trust_exclusion SET ground = %s", ground)
        assert at_the_table(here) == usual | {"lotte": left}, ground


def test_a_worker_with_two_jobs_is_bound_by_the_one_by_which_they_sit_and_rather_bound_than_not(here):
    free, bound = here.jobs[here.lotte], laid(
        here, "trust_job", person_id=here.lotte, organisation_id=here.organisations["Ombuds"], role="worker",
        bound=True,
        since=LONG_AGO,
    )  # fmt: skip
    assert at_the_table(here)["lotte"] == [SAMIRA, YASSIN]
    here.seat(here.own[here.samira], here.lotte, role="professional", ground="job", job_id=bound)
    assert at_the_table(here)["lotte"] == [("Samira", True), YASSIN]
    stands(here, "UPDATE trust_seat SET job_id = %s WHERE job_id = %s", bound, free)
    assert at_the_table(here)["lotte"] == [("Samira", True), ("Yassin", True)]
    stands(here, "UPDATE trust_person SET given_name = 'Samira' WHERE id = %s", here.yassin)
    assert [row[1:] for row in told(here, here.lotte, "who_can_tell_me")] == [("Samira", True)] * 2
