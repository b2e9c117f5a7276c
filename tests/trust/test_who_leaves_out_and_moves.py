"""Who leaves whom out, who knows of it, who moves a text elsewhere, and when a danger is told; asked of everybody."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from kring.trust import viewer
from trust.each_policy import NOW, Neighbourhood, lay
from trust.unheard import unheard
from trust.whoever import CIRCLE, NOBODY, PARENTS, by_whom, end, lay_danger, names, stands


def home_circle(here: Neighbourhood) -> UUID:
    """Where Samira lives with her mother."""
    return here.owner.execute("SELECT circle_id FROM trust_home WHERE id = %s", [here.home]).fetchone()[0]


def knowing(here: Neighbourhood) -> set[str]:
    """Who knows of the one exclusion."""
    said = "SELECT trust.knows_exclusion(%s, e) FROM trust_exclusion e"
    return {name for name, who in here.called.items() if here.owner.execute(said, [who]).fetchone()[0]}


def test_of_an_exclusion_know_whom_it_protects_who_decided_and_the_circle_it_was_said_in(here):
    assert knowing(here) == {"karim", "samira"}
    stands(here, "UPDATE trust_exclusion SET decided_by_id = NULL")
    assert knowing(here) == {"samira"}
    stands(here, "UPDATE trust_exclusion SET circle_id = %s, subject_id = %s", here.next_circle, here.yassin)
    assert knowing(here) == {"britt", "tom", "els"}


def test_a_silence_is_kept_before_those_who_do_not_know_of_it_as_long_as_it_lasts(here):
    def shown(about: UUID | None) -> set[str]:
        """Who may see as Lotte what she knows about somebody."""
        found = set()
        for name, who in here.called.items():
            with viewer.acting(who, seen_as=here.lotte), connection.cursor() as cursor:
                cursor.execute("SELECT trust.other_knows(%s, %s, NULL, now())", [here.circle, about])
                found |= {name} if cursor.fetchone()[0] else NOBODY
        return found

    assert shown(here.samira) == {"karim", "samira"}
    everybody = set(here.called)
    assert shown(here.aunt) == shown(None) == everybody
    stands(
        here, "UPDATE trust_exclusion SET since = now() - interval '2 days', until = now() - interval '1 day'"
    )
    assert shown(here.samira) == everybody


def test_a_guardian_leaves_out_whom_they_choose_but_no_other_guardian(here):
    def may(
        child: UUID, ground: str, *, whom: UUID | None = None, house: UUID | None = None, field: str = ""
    ) -> set[str]:
        return by_whom(here, "may_exclude", child, ground, whom, house, field)

    assert may(here.samira, "own choice", whom=here.tom) == {"samira"}
    assert may(here.yassin, "guardian", whom=here.tom) == {"naima", "karim"}
    assert may(here.bram, "guardian", whom=here.lotte) == {"britt"}
    assert may(here.yassin, "court order", whom=here.tom) == NOBODY
    assert may(here.karim, "guardian", whom=here.tom) == NOBODY, "he is no child"
    assert may(here.yassin, "guardian", whom=here.karim) == {"karim"}, "of themselves everybody may"
    assert may(here.bram, "guardian", whom=here.karim) == {"britt"}, "he is a guardian next door only"
    school = here.organisations["School De Linde"]
    here.owner.execute(
        "INSERT INTO trust_job (id, person_id, organisation_id, role, title, bound, phone, languages, since) "
        "VALUES (gen_random_uuid(), %s, %s, 'teacher', '', false, '', '', now() - interval '1 day')", [here.naima, school],
    )  # fmt: skip
    assert may(here.yassin, "guardian", house=school) == {"naima"}
    assert may(here.yassin, "guardian", field="education") == {"naima"}
    assert may(here.yassin, "guardian", field="police") == {"naima", "karim"}
    stands(here, "UPDATE trust_familymember SET authority = false WHERE person_id = %s", here.naima)
    assert may(here.yassin, "guardian", whom=here.tom) == {"karim"}
    assert may(here.yassin, "guardian", whom=here.naima) == {"karim"}, (
        "who decides nothing is left out like anybody"
    )
    end(here, here.karim)
    assert may(here.yassin, "guardian", whom=here.tom) == NOBODY


def test_who_moves_a_text_to_fewer(here):
    def may(about: UUID | None, to: UUID = here.own[here.samira]) -> set[str]:
        return by_whom(here, "may_move", here.circle, to, about)

    assert may(None) == PARENTS | {"noor"}
    assert may(here.samira) == PARENTS | {"noor"}
    assert may(here.aunt) == NOBODY, "who would not read any more what is about them"
    assert may(here.aunt, here.circle) == PARENTS | {"noor", "hind"}
    stands(
        here,
        "UPDATE trust_seat SET until = now() WHERE person_id = %s AND circle_id = %s",
        here.noor,
        here.circle,
    )
    assert may(None, here.circle) == PARENTS


def test_who_moves_a_text_to_more(here):
    """What is about somebody with own voice only they open; else a guardian, and a child what is about nobody."""
    own, home = here.own[here.samira], home_circle(here)
    assert by_whom(here, "may_move", own, here.circle, here.samira) == {"samira"}
    assert by_whom(here, "may_move", own, here.circle, None) == {"samira"}
    assert by_whom(here, "may_move", own, here.circle, here.yassin) == NOBODY
    assert by_whom(here, "may_move", home, here.circle, here.samira) == {"samira"}
    assert by_whom(here, "may_move", home, here.circle, None) == {"naima", "samira"}
    assert by_whom(here, "may_move", home, here.circle, here.yassin) == {"naima"}
    assert by_whom(here, "may_move", home, here.circle, here.said) == {"naima"}, "whose age nobody wrote down"
    assert by_whom(here, "may_move", here.bram_own, here.next_circle, here.bram) == NOBODY


def test_when_a_danger_is_told(here):
    at, ended = NOW - timedelta(hours=3), NOW - timedelta(hours=2)
    danger, other = (lay_danger(here, at=at, ended_at=ended) for _ in range(2))

    def told(which: UUID, young: bool) -> Any:
        return here.owner.execute("SELECT trust.danger_told_at(%s, %s)", [which, young]).fetchone()[0]

    assert (told(danger, False), told(danger, True)) == (at + timedelta(hours=48), ended)
    later = NOW + timedelta(days=9)
    stands(
        here, "UPDATE trust_postponement SET danger_id = %s, until = %s, also_young = false", danger, later
    )
    assert (told(danger, False), told(danger, True)) == (later, ended)
    stands(here, "UPDATE trust_postponement SET also_young = true")
    assert (told(danger, False), told(danger, True)) == (later, later)
    assert (told(other, False), told(other, True)) == (at + timedelta(hours=48), ended)


def test_on_a_page_seen_as_somebody_else_stand_those_whom_they_know(here):
    for one, other, seen in (
        (here.els, here.tom, {"britt", "tom", "els"}), (here.els, here.lotte, CIRCLE), (here.noor, here.lotte, CIRCLE),
    ):  # fmt: skip
        with viewer.acting(one, seen_as=other), connection.cursor() as cursor:
            cursor.execute("SELECT trust.companions()")
            found = names(here, cursor.fetchone()[0])
        members = {"naima", "karim", "samira"} | ({"britt", "bram"} if one == here.els else NOBODY)
        assert found == seen | members | names(here, [one])


def test_a_text_is_found_by_its_kind_and_its_number(here):
    tables = {
        "story": "wraparound_story", "wish": "wraparound_wish", "goal": "wraparound_goal", "action": "wraparound_action",
        "note": "wraparound_note", "beginning": "intake_beginning", "attempt": "messaging_attempt", "card": "trust_contactcard",
    }  # fmt: skip
    goal = uuid4()
    facts = {"circle_id": here.circle, "family_id": here.family, "plan_id": here.plan, "person_id": here.said}
    with unheard(here.owner):
        laid = {
            kind: lay(here.owner, table, facts | {"goal_id": goal} | ({"id": goal} if kind == "goal" else {}))
            for kind, table in tables.items()
        }
    for kind, row in laid.items():
        for other in tables:
            found = here.owner.execute(
                "SELECT circle FROM trust.reckon_text(%s, %s)", [other, row]
            ).fetchall()
            assert found == ([(here.circle,)] if other == kind else []), (kind, other)
