"""What a guard says of a hand-over, a seat in something sealed, a household and a last day; and whom a sector leaves out."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from trust.each_policy import LATER, NOW, Neighbourhood, lay
from trust.one_trigger import Alone, alone
from trust.scenes import LONG_AGO
from trust.whoever import NOBODY

HOUR = timedelta(hours=1)


def hands_over(here: Neighbourhood, guard: Alone, by: UUID | None, served: bool = True, **more: Any) -> str:
    """Noor hands over and has told Naima, if nothing else is said."""
    said = {
        "circle_id": here.circle,
        "leaver_id": here.noor,
        "author_id": by,
        "told_id": here.naima,
        "told_how": "talk",
    }
    return guard.is_written(by, "trust_handover", served=served, **said | more)


def test_a_hand_over_begins_where_somebody_coordinates_and_the_family_knows_or_says_so(here):
    with alone(here.owner, "hand_over_check", "trust_handover") as guard:

        def told(by: UUID, **more: Any) -> str:
            return hands_over(here, guard, by, **more)

        assert told(here.noor) == told(here.noor, told_id=here.samira) == told(here.naima) == "done"
        assert told(here.naima, told_id=None) == "done", "who belongs to the family knows"
        for told_id in (None, here.aunt, here.britt):
            assert told(here.noor, told_id=told_id) == "the_family_is_told_first"
        assert told(here.aunt) == told(here.lotte) == "not_yours_to_decide"
        for leaver in (here.lotte, here.tom, here.naima):
            assert told(here.naima, leaver_id=leaver) == "somebody_else_coordinates"
        for circle in (here.own[here.samira], uuid4()):
            assert told(here.samira, circle_id=circle) == "crosses_families"


def test_a_hand_over_is_neither_taken_nor_stopped_nor_changed_by_hand(here):
    with alone(here.owner, "hand_over_check", "trust_handover") as guard:
        for more in ({"taken_at": NOW}, {"stopped_at": NOW}):
            assert hands_over(here, guard, here.noor, **more) == "never_changes"
            assert hands_over(here, guard, here.noor, served=False, **more) == "done", (
                "what Kring itself does is not asked"
            )
        one = guard.lies("trust_handover", circle_id=here.circle, leaver_id=here.noor, author_id=here.noor)
        change = "UPDATE trust_handover SET begins_at = now() WHERE id = %s"
        assert guard.does(here.noor, change, one, served=True) == "never_changes"
        assert guard.does(here.noor, change, one) == 1


def test_a_seat_in_something_sealed_is_for_two_people_to_decide_once_it_stands(here):
    with alone(here.owner, "two_people", "trust_seat") as guard:
        facts = {
            "village_id": here.village,
            "kind": "sealed",
            "family_id": here.family,
            "opened_at": LONG_AGO,
        }
        sealed, before = (guard.lies("trust_circle", opened_by_id=here.vera, **facts) for _ in range(2))
        opened = "UPDATE trust_circle SET opened_in = {} WHERE id = %s".format
        guard.stands(opened("pg_current_xact_id()"), sealed)
        guard.stands(opened("'7'::xid8"), before)

        def sits(by: UUID | None, circle: UUID) -> str:
            return guard.is_written(
                by, "trust_seat", circle_id=circle, person_id=here.lou, role="professional", ring=2
            )

        assert sits(here.vera, sealed) == "done", "who opens it fills it"
        for by, circle in ((here.vik, sealed), (here.vera, before), (here.naima, sealed)):
            assert sits(by, circle) == "two_people_decide"
        assert sits(here.naima, here.circle) == sits(here.vik, here.circle) == "done", "it is not sealed"
        assert sits(None, before) == "done", "nobody serves anybody"


def test_a_family_that_has_no_circle_yet_is_filled_by_who_opens_it(here):
    with alone(here.owner, "two_people", "trust_familymember") as guard:
        new, talked = uuid4(), uuid4()
        guard.lies("trust_circle", village_id=here.village, kind="home", family_id=talked, opened_at=LONG_AGO)

        def belongs(family: UUID, by: UUID | None = here.els) -> str:
            return guard.is_written(
                by, "trust_familymember", family_id=family, person_id=here.lou, kind="guardian"
            )

        assert belongs(new) == belongs(talked) == "done"
        assert belongs(here.family) == belongs(here.next_family) == "two_people_decide"
        assert belongs(here.family, by=None) == "done"


def test_a_leaving_says_the_last_day_that_stood_there(here):
    with alone(here.owner, "leaving_check", "trust_leaving") as guard:
        guard.stands("UPDATE trust_job SET until = %s WHERE person_id = %s", LATER, here.tom)

        def leaves(job: UUID, was: Any, served: bool = True) -> str:
            facts = {"person_id": here.lotte, "job_id": here.jobs[job], "was_until": was}
            return guard.is_written(here.lotte, "trust_leaving", served=served, **facts)

        assert leaves(here.tom, LATER) == leaves(here.lotte, None) == "done"
        for job, was in ((here.tom, None), (here.lotte, LATER), (here.tom, LATER + HOUR)):
            assert leaves(job, was) == "not_yours_to_decide"
            assert leaves(job, was, served=False) == "done"


def test_who_works_in_a_sector_is_left_out_as_long_as_their_organisation_is_of_it(here):
    here.owner.execute("DELETE FROM trust_exclusion; DELETE FROM trust_denial")
    facts = {"subject_id": here.yassin, "ground": "conflict", "decided_by_id": here.ada, "since": LONG_AGO}
    lay(here.owner, "trust_exclusion", facts | {"sector": "health"})
    lay(here.owner, "trust_exclusion", facts | {"subject_id": here.samira, "person_id": here.aunt})

    def left_out() -> set[str]:
        rows = here.owner.execute(
            "SELECT viewer_id FROM trust_denial WHERE subject_id = %s", [here.yassin]
        ).fetchall()
        called = {who: name for name, who in here.called.items()}
        return {called[who] for (who,) in rows}

    def becomes(organisation: str, sector: str) -> set[str]:
        said = "UPDATE trust_organisation SET sector = %s WHERE id = %s"
        here.owner.execute(said, [sector, here.organisations[organisation]])
        return left_out()

    assert left_out() == NOBODY
    assert becomes("School De Linde", "health") == {"lotte", "lou"}
    assert becomes("Girlz Lounge", "health") == {"lotte", "lou", "noor", "tom"}
    assert becomes("School De Linde", "education") == {"noor", "tom"}
    # two that change places at once
    here.owner.execute(
        "UPDATE trust_organisation SET sector = CASE WHEN sector = 'health' THEN 'education' ELSE 'health' END WHERE id = ANY(%s)",
        [[here.organisations[one] for one in ("School De Linde", "Girlz Lounge")]],
    )
    assert left_out() == {"lotte", "lou"}
