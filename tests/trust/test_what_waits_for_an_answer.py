"""What waits for somebody's answer on their day: each kind asked of everybody, with the same thing beside it that does not wait."""

import json
from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from handover.hours import Hours, hour, hours, moment
from trust.each_policy import NOW, lay
from trust.whoever import asked_at_once

AMRANI, BAKKER = "Familie Amrani", "Familie Bakker"
CONFIRMED = ("trust officer", "lead", "network", "administrator")


def waiting(there: Hours, role: str, who: str, **more: Any) -> list[tuple[str, str, int | None, int]]:
    """What of this kind waits for them: of which family, from whom, since which hour, how many."""
    there.asks(who, **more)
    said = "SELECT family_name, asked_by, asked_at, many FROM trust.asked_of_me() WHERE role = %s"
    return [(name, by, hour(at), many) for name, by, at, many in there.owner.execute(said, [role]).fetchall()]


def of_all(there: Hours, role: str) -> dict[str, list[tuple[str, str, int | None, int]]]:
    """The same of everybody for whom something waits."""
    told = {name: waiting(there, role, name) for name in there.here.called}
    return {name: rows for name, rows in told.items() if rows}


def test_an_invitation_waits_as_what_one_is_asked_for(here):
    with hours(here) as there:
        there.owner.execute("DELETE FROM trust_invitation")
        there.invitation("family", "lotte")
        there.invitation("next family", "lou", author_id="britt", role="professional")
        there.invitation(
            "family", "nel", role="professional", begins_at=2, ends_at=8, stands_in_for_id="noor"
        )
        there.invitation("family", "vera", answer="no", answered_at=-9)
        assert of_all(there, "coordinator") == {"lotte": [(AMRANI, "Naima", -20, 1)]}
        assert of_all(there, "professional") == {"lou": [(BAKKER, "Britt", -20, 1)]}
        assert of_all(there, "stand-in") == {"nel": [(AMRANI, "Naima", -20, 1)]}


def passed_on(there: Hours, to: str, at: int, *, what: dict[str, Any], **more: Any) -> None:
    """Noor asked somebody to take over a promise of hers, or a step."""
    here = there.here
    promised = {
        "circle_id": here.circle,
        "by_id": here.noor,
        "author_id": here.noor,
        "at": moment(-30),
        "was_true": "",
    }
    step = {
        "circle_id": here.circle,
        "doer_id": here.noor,
        "author_id": here.noor,
        "at": moment(-30),
        "state": "open",
    }
    kind, table, row = (
        ("action", "wraparound_action", step)
        if "doer_id" in what or "state" in what
        else ("promise", "intake_promise", promised)
    )
    facts = {
        "circle_id": here.circle,
        "giver_id": here.noor,
        "author_id": here.noor,
        "to_id": here.called[to],
        "answer": "",
    }
    key = lay(there.owner, table, row | what)
    lay(there.owner, "wraparound_passon", facts | {f"{kind}_id": key, "at": moment(at)} | more)


def test_what_one_is_asked_to_take_over_waits_once_for_each_family(here):
    with hours(here) as there:
        there.owner.execute("DELETE FROM wraparound_passon")
        passed_on(there, "lotte", -8, what={})
        passed_on(there, "lotte", -6, what={"state": "open"})
        passed_on(there, "els", -7, what={"state": "open"})
        passed_on(there, "hind", -5, what={})
        there_too = {"circle_id": here.next_circle}
        passed_on(there, "els", -4, what=there_too, **there_too)
        passed_on(there, "lou", -4, what={})  # who may not know it
        assert of_all(there, "takes over") == {
            "lotte": [(AMRANI, "Noor", -8, 1)], "hind": [(AMRANI, "Noor", -5, 1)],
            "els": [(AMRANI, "Noor", -7, 1), (BAKKER, "Noor", -4, 1)],
        }  # fmt: skip


def test_what_was_answered_taken_back_or_is_not_the_givers_any_more_does_not_wait(here):
    with hours(here) as there:
        there.owner.execute("DELETE FROM wraparound_passon")
        # a promise and a step that Noor still has, and passes on to nobody
        for table, whose in (("intake_promise", "by_id"), ("wraparound_action", "doer_id")):
            row = {"circle_id": here.circle, whose: here.noor, "state": "open", "was_true": ""}
            lay(there.owner, table, row)
        for what in (
            {"ended_at": NOW}, {"kept_at": NOW}, {"by_id": here.els}, {"state": "done", "done_at": NOW}, {"doer_id": here.els},
        ):  # fmt: skip
            passed_on(there, "lotte", -8, what=what)
        passed_on(there, "hind", -8, what={}, answer="no", answered_at=NOW)
        passed_on(there, "naima", -8, what={}, taken_back_at=NOW)
        assert of_all(there, "takes over") == {}


def given(there: Hours, name: str, role: str, **more: Any) -> UUID:
    """Ada gave this work to a newcomer, and nobody confirmed it yet."""
    here = there.here
    person = lay(
        there.owner, "trust_person", {"village_id": here.village, "given_name": name, "surname": "Peeters"}
    )
    facts = {
        "person_id": person, "organisation_id": here.organisations["Girlz Lounge"], "role": role, "given_by_id": here.ada,
        "given_here": True, "since": moment(-9), "written_at": moment(-9),
    }  # fmt: skip
    made: UUID = lay(there.owner, "trust_job", facts | more)
    return made


def test_work_on_which_two_people_rest_waits_for_who_may_confirm_it(here):
    with hours(here) as there:
        at_school = "UPDATE trust_job SET organisation_id = %s WHERE person_id = ANY(%s)"
        there.owner.execute(at_school, [here.organisations["School De Linde"], [here.bea, here.nils]])
        for number, role in enumerate(CONFIRMED):
            given(there, f"Pia {number}", role)
        given(there, "Wout", "worker")
        given(there, "Leen", "lead", confirmed_at=NOW)
        every = Counter((f"Pia {number} Peeters", "Ada", -9, 1) for number in range(len(CONFIRMED)))
        told = {name: Counter(rows) for name, rows in of_all(there, "confirms").items()}
        assert told == dict.fromkeys(("vera", "vik", "lou", "bea", "nils"), every)
        assert waiting(there, "confirms", "vera", seen_as=here.naima) == []


def matter(there: Hours, until: int, **more: Any) -> UUID:
    """Ada asks what a trust officer says the second yes to."""
    facts = {
        "village_id": there.here.village, "kind": "export", "answer": "", "asked_by_id": there.here.ada, "number": uuid4().hex[:9],
        "facts": json.dumps({}), "until": moment(until), "written_at": moment(1),
    }  # fmt: skip
    made: UUID = lay(there.owner, "trust_matter", facts | more)
    return made


def test_what_needs_a_second_yes_waits_until_its_first_end(here):
    with hours(here) as there:
        there.owner.execute("DELETE FROM trust_matter")
        for until in (7, 5, 9):
            matter(there, until)
        matter(there, 3, answer="no", answered_at=NOW, answered_by_id=here.vera)
        matter(there, 3, taken_back_at=NOW)
        matter(there, -3)
        assert of_all(there, "second yes") == {name: [("", "", 5, 3)] for name in ("vera", "vik")}
        assert waiting(there, "second yes", "vera", seen_as=here.naima) == []


def test_what_another_village_asks_waits_for_nobody_here(here):
    with hours(here) as there:
        there.owner.execute("DELETE FROM trust_matter")
        sealed = lay(
            there.owner,
            "trust_circle",
            {"village_id": here.village, "kind": "sealed", "family_id": here.family},
        )
        access = {
            "viewer_id": here.lotte,
            "circle_id": sealed,
            "since": moment(-9),
            "until": moment(9),
            "danger": False,
        }
        lay(there.owner, "trust_access", access)
        asked = {"kind": "sealed seat", "facts": json.dumps({"circle": str(sealed)})}
        elsewhere = there.owner.execute(
            "SELECT village_id FROM trust_person WHERE id = %s", [here.xeno]
        ).fetchone()[0]
        matter(there, 5, **asked | {"village_id": elsewhere})
        assert waiting(there, "second yes", "lotte") == []
        matter(there, 6, **asked)
        assert waiting(there, "second yes", "lotte") == [("", "", 6, 1)]


def look(there: Hours, who: str, **more: Any) -> None:
    """An unusual look about which they are asked."""
    facts = {
        "village_id": there.here.village,
        "person_id": there.here.called[who],
        "answer": "",
        "rule": uuid4().hex[:20],
    }
    lay(there.owner, "trust_unusuallook", facts | more)


def test_an_unusual_look_waits_for_who_looked(here):
    with hours(here) as there:
        there.owner.execute("DELETE FROM trust_unusuallook")
        for at in (-5, -3):
            look(there, "lotte", at=moment(at))
        look(there, "tom", at=moment(-2))
        look(there, "lotte", at=moment(-1), answer="yes", answered_at=NOW)
        look(there, "lou", at=NOW - timedelta(days=29))
        look(there, "nel", at=moment(-1), answer="yes", answered_at=NOW)
        assert of_all(there, "unusual") == {"lotte": [("", "", -3, 2)], "tom": [("", "", -2, 1)]}
        assert waiting(there, "unusual", "lotte", seen_as=here.naima) == []


def test_to_the_instant_it_waits_no_more(here):
    with hours(here) as there:
        for table in ("trust_unusuallook", "trust_matter"):
            there.owner.execute(f"DELETE FROM {table}")
        look(there, "vera")
        matter(there, 5)
        many = "SELECT count(*) FROM trust.asked_of_me() WHERE role = '{}'"
        looked = f"UPDATE trust_unusuallook SET at = trust.moment() - {{}}; {many.format('unusual')}"
        asked = f"UPDATE trust_matter SET until = trust.moment() + {{}}; {many.format('second yes')}"
        for said, more, waits in (
            (looked, "interval '28 days'", 0),
            (looked, "interval '28 days 1 second'", 0),
            (looked, "interval '27 days 23:59:59'", 1),
            (asked, "interval '0'", 0),
            (asked, "interval '1 second'", 1),
        ):
            assert asked_at_once(here, here.vera, said.format(more)) == waits
