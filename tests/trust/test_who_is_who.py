"""What the functions of access say of everybody: who decides, coordinates, is near, keeps, hears of danger; with two families.

They are asked as the database asks them, by whoever holds them; scenes are laid as no rule would.
"""

from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from kring.trust import viewer
from trust.each_policy import LATER, Neighbourhood
from trust.scenes import LONG_AGO, insert
from trust.whoever import CIRCLE, NOBODY, PARENTS, asked, by_whom, end, lay_danger, names, of_whom, stands

KEEPERS = frozenset({"noor", "els"})
WORKERS = {"noor", "lotte", "tom", "els", "lou", "ada", "nel", "vera", "bea", "nils", "eva", "vik"}


def of_danger(here: Neighbourhood, function: str, danger: UUID) -> set[str]:
    """Of whom this is said about that reading."""
    said = f"SELECT trust.{function}(%s, d) FROM trust_danger d WHERE id = %s"
    return {
        name for name, who in here.called.items() if here.owner.execute(said, [who, danger]).fetchone()[0]
    }


def open_in_danger(here: Neighbourhood, who: UUID, circle: UUID, through: UUID) -> None:
    """Danger opens this circle to somebody; it is laid as if it came by the coordinator's seat."""
    stands(
        here,
        "INSERT INTO trust_access (viewer_id, circle_id, since, until, danger, source_id) "
        "SELECT %s, %s, now() - interval '1 hour', now() + interval '1 hour', true, id FROM trust_seat "
        "WHERE circle_id = %s AND person_id = %s", who, circle, circle, through,
    )  # fmt: skip


def test_who_decides_in_a_circle(here):
    def deciders() -> list[set[str]]:
        circles = (here.circle, here.next_circle, here.own[here.samira], here.bram_own)
        return [of_whom(here, "decides_in", one) for one in circles]

    assert deciders() == [PARENTS | {"noor"}, {"britt", "tom"}, {"samira"}, {"bram"}]
    end(here, here.noor)
    open_in_danger(here, here.vik, here.circle, here.noor)
    assert deciders() == [PARENTS, {"britt", "tom"}, {"samira"}, {"bram"}]


def test_who_coordinates_and_keeps_a_family(here):
    def both(function: str, *more: Any) -> list[set[str]]:
        return [of_whom(here, function, family, *more) for family in (here.family, here.next_family)]

    assert both("coordinates_family") == [{"noor"}, {"tom"}]
    assert both("keeps_family") == [{"noor", "els"}, {"tom", "els"}]
    assert both("keeps_family", here.bram) == [NOBODY, {"tom", "els"}]
    part = insert(
        here.owner, "trust_circle", village_id=here.village, kind="part", name="", safety=False, secrecy=False,
        opened_at=LONG_AGO, family_id=here.family,
    )  # fmt: skip
    here.seat(part, here.lotte, role="coordinator", ground="job", job_id=here.jobs[here.lotte])
    open_in_danger(here, here.vik, here.circle, here.noor)
    assert both("coordinates_family")[1] == {"tom"}
    assert both("keeps_family") == [{"noor", "els"}, {"tom", "els"}], (
        "a part of it is not the family's circle"
    )
    stands(here, "UPDATE trust_exclusion SET person_id = %s", here.noor)
    assert both("coordinates_family") == [{"vik"}, {"tom"}]
    assert both("keeps_family", here.samira)[0] == {"els"}
    end(here, here.tom)
    end(here, here.els)
    assert both("coordinates_family")[1] == NOBODY
    assert both("keeps_family")[1] == NOBODY


def test_who_keeps_somebody(here):
    def keepers() -> dict[str, set[str]]:
        told = {name: of_whom(here, "keeps_somebody", who) for name, who in here.called.items()}
        return {name: who for name, who in told.items() if who}

    usual = {**dict.fromkeys(("naima", "karim", "hind"), KEEPERS), "britt": {"tom", "els"}}
    assert keepers() == usual
    gone = "UPDATE trust_seat SET until = now() - interval '1 second' WHERE person_id = ANY(%s)"
    stands(here, gone, [here.aunt, here.karim])
    del usual["hind"]
    assert keepers() == usual, "a guardian stays one; a natural helper has gone"
    end(here, here.noor)
    end(here, here.tom)
    assert keepers() == {name: {"els"} for name in usual}


def test_who_is_near_a_family(here):
    near = {"naima", "karim", "samira", "hind", "noor", "lotte", "els", "tom"}
    assert of_whom(here, "is_near_family", here.family) == near, "Tom is left out of Samira"
    assert of_whom(here, "is_near_family", here.next_family) == {"britt", "bram", "els", "tom", "said"}
    assert of_whom(here, "is_denied_a_child", here.family) == {"tom"}
    assert of_whom(here, "is_denied_a_child", here.next_family) == NOBODY
    stands(here, "UPDATE trust_exclusion SET subject_id = %s", here.naima)
    assert of_whom(here, "is_near_family", here.family) == near - {"tom"}, "not of a child"
    assert of_whom(here, "is_denied_a_child", here.family) == NOBODY


def test_who_hears_of_danger(here):
    today, before = lay_danger(here), lay_danger(here, at=LONG_AGO, ended_at=LONG_AGO)
    for danger, told in ((today, NOBODY), (before, PARENTS)):
        assert of_danger(here, "is_told_of_danger", danger) == told
        assert of_danger(here, "watches_danger", danger) == {"vera", "vik"}
        assert of_danger(here, "reviews_danger", danger) == {"vera", "vik"}
    next_door = lay_danger(
        here, at=LONG_AGO, ended_at=LONG_AGO, family_id=here.next_family, circle_id=here.next_circle
    )
    assert of_danger(here, "is_told_of_danger", next_door) == {"britt", "bram"}
    stands(here, "UPDATE trust_seat SET until = now() - interval '1 day' WHERE person_id = %s", here.karim)
    stands(
        here,
        "UPDATE trust_seat SET role = 'natural' WHERE person_id = %s AND circle_id <> %s",
        here.samira,
        here.circle,
    )
    assert of_danger(here, "is_told_of_danger", before) == {"naima", "samira"}
    stands(here, "UPDATE trust_seat SET role = 'natural' WHERE person_id = %s", here.samira)
    assert of_danger(here, "is_told_of_danger", before) == {"naima"}
    for circle, told in ((here.own[here.samira], True), (here.desk, False), (here.next_circle, False)):
        stands(here, "DELETE FROM trust_seat WHERE person_id = %s", here.samira)
        here.seat(circle, here.samira, role="child")
        assert of_danger(here, "is_told_of_danger", before) == {"naima"} | ({"samira"} if told else NOBODY)
    unnamed = lay_danger(here, ground="")
    assert of_danger(here, "watches_danger", unnamed) | of_danger(here, "reviews_danger", unnamed) == NOBODY


def test_who_holds_the_right_in_danger(here):
    right = "UPDATE trust_dangerright SET asked_at = {0}, since = {0}, until = {1}"
    past, hour_ago, coming = (f"now() + interval '{hours} hours'" for hours in (-24, -1, 24))
    stands(here, right.format(past, coming))
    assert of_whom(here, "holds_danger_right") == {"lotte"}
    assert of_whom(here, "holds_danger_right", here.jobs[here.lotte]) == {"lotte"}
    assert of_whom(here, "holds_danger_right", here.jobs[here.tom]) == NOBODY
    for since, until in ((coming, coming), (past, hour_ago)):
        stands(here, right.format(since, until))
        assert of_whom(here, "holds_danger_right") == NOBODY
    stands(here, right.format(past, coming))
    stands(
        here,
        "UPDATE trust_agreement SET since = now() - interval '9 days', until = now() - interval '1 hour' WHERE organisation_id = %s",
        here.organisations["School De Linde"],
    )
    assert of_whom(here, "holds_danger_right") == NOBODY


def test_which_families_and_whom_somebody_knows(here):
    def families() -> dict[str, set[UUID]]:
        return {name: set(told) for name, told in asked(here, "known_families").items() if told}

    one, other = {here.family}, {here.next_family}
    usual = {
        **dict.fromkeys(CIRCLE, one),
        **dict.fromkeys(("britt", "bram", "tom", "said"), other),
        "els": one | other,
    }
    assert families() == usual
    know = {name: names(here, told) for name, told in asked(here, "companions").items()}
    next_circle = {"britt", "tom", "els", "bram"}
    assert know == {
        **{name: {name} for name in here.called}, **dict.fromkeys(CIRCLE - {"els"}, CIRCLE), "britt": next_circle, "tom": next_circle,
        "els": CIRCLE | next_circle | {"eva"}, "eva": {"eva", "els"}, "xeno": know["xeno"], "bram": {"bram", "britt", "said"},
        "said": {"bram", "britt", "said"},
    }  # fmt: skip
    end(here, here.lotte)
    end(here, here.tom)
    assert families() == {name: told for name, told in usual.items() if name not in ("lotte", "tom")}
    assert names(here, asked(here, "companions")["lotte"]) == {"lotte"}
    stands(
        here,
        "UPDATE trust_seat SET until = now() - interval '1 day' WHERE person_id = %s AND circle_id = %s",
        here.aunt,
        here.circle,
    )
    assert "hind" not in names(here, asked(here, "companions")["naima"])


def test_who_is_left_out_of_whom_an_own_page_is_about_does_not_know_the_family_by_it(here):
    denial = "UPDATE trust_denial SET viewer_id = %s, subject_id = %s, since = %s, until = now() + {}"
    left_out = ((here.said, here.bram, True), (here.said, here.samira, False), (here.aunt, here.bram, False))
    for who, whom, hidden in left_out:
        stands(here, denial.format("interval '1 hour'"), who, whom, LONG_AGO)
        assert (asked(here, "known_families")["said"] == []) is hidden
    stands(here, denial.format("interval '-1 hour'"), here.said, here.bram, LONG_AGO)
    assert asked(here, "known_families")["said"] == [here.next_family]


def test_a_desk_or_a_group_makes_nobody_know_a_family(here):
    """Whoever sits in a circle that is neither of the family, nor a part, a home or an own page of it."""
    for kind, known in (
        ("part", True),
        ("home", True),
        ("own", True),
        ("sealed", False),
        ("first talk", False),
    ):
        circle = uuid4()
        stands(
            here,
            "INSERT INTO trust_circle (id, village_id, kind, name, safety, secrecy, opened_at, family_id) "
            "VALUES (%s, %s, %s, '', false, false, %s, %s)", circle, here.village, kind, LONG_AGO, here.family,
        )  # fmt: skip
        stands(
            here, "INSERT INTO trust_access (viewer_id, circle_id, since, until, danger, source_id) "
            "VALUES (%s, %s, %s, %s, false, %s)", here.lou, circle, LONG_AGO, LATER, uuid4(),
        )  # fmt: skip
        assert (asked(here, "known_families")["lou"] == [here.family]) is known, kind
        stands(here, "DELETE FROM trust_access WHERE viewer_id = %s", here.lou)


def test_colleagues_are_those_who_work_here_now(here):
    told = {name: names(here, who) for name, who in asked(here, "colleagues").items()}
    elsewhere = {"xavi", "xena", "xander", "xeno"}
    assert told == {
        name: WORKERS if name in WORKERS else elsewhere if name in elsewhere else NOBODY
        for name in here.called
    }
    stands(here, "UPDATE trust_job SET until = now() WHERE person_id = %s", here.lotte)
    stands(
        here,
        "UPDATE trust_agreement SET since = now() - interval '9 days', until = now() WHERE organisation_id = %s",
        here.organisations["Ombuds"],
    )
    told = {name: names(here, who) for name, who in asked(here, "colleagues").items()}
    assert told["noor"] == WORKERS - {"lotte", "vera", "vik"}
    assert told["lotte"] == told["vera"] == NOBODY


def test_who_keeps_the_plan(here):
    assert by_whom(here, "keeps_plan", here.plan) == PARENTS | {"noor"}
    end(here, here.noor)
    open_in_danger(here, here.vik, here.circle, here.noor)
    assert by_whom(here, "keeps_plan", here.plan) == PARENTS
    assert by_whom(here, "keeps_plan", uuid4()) == NOBODY


def test_who_may_say_that_somebody_leaves(here):
    lotte = (here.jobs[here.lotte], here.lotte)
    assert by_whom(here, "may_say_leaving", *lotte) == {"lotte", "lou", "els", "eva"}
    assert by_whom(here, "may_say_leaving", here.jobs[here.lotte], here.tom) == NOBODY, "whose job it is not"
    assert by_whom(here, "may_say_leaving", here.jobs[here.ada], here.ada) == {"ada"}
    assert by_whom(here, "may_say_leaving", here.jobs[here.vera], here.vera) == {"vera"}
    assert by_whom(here, "may_say_leaving", here.jobs[here.tom], here.tom) == {"tom", "els", "eva"}
    stands(here, "UPDATE trust_job SET until = now() WHERE person_id = %s", here.lou)
    assert by_whom(here, "may_say_leaving", *lotte) == {"lotte", "els", "eva"}
    stands(here, "UPDATE trust_job SET until = now() WHERE person_id = %s", here.lotte)
    assert by_whom(here, "may_say_leaving", *lotte) == NOBODY, "it has ended"


def test_whose_offers_somebody_keeps(here):
    school, (offer,) = (
        here.organisations["School De Linde"],
        here.owner.execute("SELECT id FROM network_offer").fetchone(),
    )

    def kept() -> dict[str, list[UUID]]:
        return {name: told for name, told in asked(here, "offers_kept").items() if told}

    led = {name: told for name, told in asked(here, "organisations_led").items() if told}
    assert led == {"lou": [school]}
    assert kept() == {"lou": [offer]}
    stands(here, "UPDATE network_keeping SET owner_id = %s", here.lotte)
    assert kept() == {"lou": [offer], "lotte": [offer]}
    stands(here, "UPDATE network_keeping SET owner_id = %s", here.said)
    assert kept() == {"lou": [offer]}, "who does not work here keeps nothing"
    stands(
        here,
        "UPDATE trust_agreement SET since = now() - interval '9 days', until = now() WHERE organisation_id = %s",
        school,
    )
    assert kept() == {}
    with viewer.acting(here.lou, seen_as=here.lotte), connection.cursor() as cursor:
        cursor.execute("SELECT trust.organisations_led(), trust.offers_kept()")
        assert cursor.fetchone() == ([], [])


def test_who_works_in_a_village(here):
    assert by_whom(here, "works_in", here.village) == WORKERS
    end(here, here.lotte)
    stands(here, "UPDATE trust_job SET until = now() WHERE person_id = %s", here.lotte)
    assert by_whom(here, "works_in", here.village) == WORKERS - {"lotte"}
