"""Who may ask for what needs two people, whom it concerns, who may say the second yes, and what was agreed now."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from trust.each_policy import LATER, Neighbourhood
from trust.scenes import LONG_AGO
from trust.whoever import of_whom, stands
from two_people.matters import matter, plain

NOBODY: set[str] = set()
KEEPERS = {"noor", "els"}
NEAR_NEXT = {"britt", "bram", "els", "tom", "said"}
ADMINISTRATORS = {"ada", "bea", "xavi"}  # each for their own village
OFFICERS = {"vera", "vik"}


def ask(here: Neighbourhood, kind: str, **facts: Any) -> set[str]:
    """Who seems to be allowed to ask for this."""
    return of_whom(here, "may_seem_to_ask", kind, plain(facts))


def of_matter(here: Neighbourhood, function: str, asked: UUID) -> set[str]:
    """Of whom this is said about what was asked."""
    said = f"SELECT trust.{function}(%s, m) FROM trust_matter m WHERE id = %s"
    return {name for name, who in here.called.items() if here.owner.execute(said, [who, asked]).fetchone()[0]}


def concerned(here: Neighbourhood, kind: str, subject: UUID | None = None, **facts: Any) -> set[str]:
    """Whom it concerns."""
    return of_matter(here, "is_concerned", matter(here, kind, here.noor, subject, **facts))


def second(here: Neighbourhood, kind: str, **facts: Any) -> set[str]:
    """Who may say the second yes to what Ada asked."""
    return of_matter(here, "may_second", matter(here, kind, here.ada, **facts))


def test_who_keeps_a_family_asks_about_its_household(here):
    for kind in ("authority", "household"):
        assert ask(here, kind, family=here.family) == KEEPERS
        assert ask(here, kind, family=here.next_family) == {"tom", "els"}


def test_who_keeps_both_asks_that_two_become_one(here):
    def merge(family: UUID, person: UUID, other: UUID, **more: Any) -> set[str]:
        return ask(here, "merge", family=family, person=person, other=other, **more)

    assert merge(here.family, here.karim, here.naima) == KEEPERS
    assert merge(here.next_family, here.karim, here.naima) == {"els"}, (
        "Tom keeps neither, Noor not this family"
    )
    assert merge(here.family, here.britt, here.naima) == merge(here.family, here.karim, here.britt) == {"els"}
    assert merge(here.family, here.karim, here.karim) == NOBODY
    assert merge(here.family, here.karim, here.naima, more="x") == NOBODY, "nothing else is agreed with it"


def test_who_keeps_a_family_asks_for_a_child_of_it(here):
    for kind, more in (("birth", {"born": "2015-01-01"}), ("conflict", {"person": here.lotte})):
        assert ask(here, kind, family=here.family, subject=here.samira, **more) == KEEPERS
        assert ask(here, kind, family=here.family, subject=here.bram, **more) == NOBODY


def test_who_keeps_a_family_asks_that_somebody_is_let_in_again(here):
    stands(here, "UPDATE trust_exclusion SET ground = 'conflict'")
    facts = {
        "exclusion": here.rows["trust_exclusion"], "family": here.family, "subject": here.samira, "person": here.tom
    }  # fmt: skip
    assert ask(here, "exclusion ends", **facts) == KEEPERS
    for other in (
        {"exclusion": uuid4()},
        {"subject": here.yassin},
        {"family": here.next_family},
        {"person": here.lotte},
    ):
        assert ask(here, "exclusion ends", **facts | other) == NOBODY, other
    stands(here, "UPDATE trust_exclusion SET ground = 'own choice'")
    assert ask(here, "exclusion ends", **facts) == NOBODY, "that is not for two people"


def test_what_holds_in_the_whole_village_is_asked_by_its_administrators(here):
    for kind in ("export", "restore", "country", "reading ends", "kept copy"):
        assert ask(here, kind) == ADMINISTRATORS
        assert ask(here, kind, person=here.ada) == ADMINISTRATORS - {"ada"}, "nobody asks about themselves"
    assert ask(here, "danger") == ADMINISTRATORS | {"lou"}
    assert ask(here, "something else") == NOBODY


def test_what_cannot_be_told_is_no(here):
    said = "SELECT trust.may_seem_to_ask(%s, 'birth', %s)"
    facts = plain({"family": here.family, "subject": here.samira})
    assert here.owner.execute(said, [here.noor, facts]).fetchone() == (False,)


def test_what_is_asked_of_a_family_concerns_whoever_is_near_it(here):
    for kind in ("authority", "household", "merge", "birth", "exclusion ends", "conflict"):
        assert concerned(here, kind, family=here.next_family) == NEAR_NEXT
    assert concerned(here, "export", family=here.next_family) == NOBODY


def test_that_two_become_one_concerns_whoever_is_near_either(here):
    facts = {"family": here.next_family, "person": here.britt, "other": here.karim}
    near = of_whom(here, "is_near_family", here.family)
    assert concerned(here, "merge", **facts) == NEAR_NEXT | near > NEAR_NEXT
    assert concerned(here, "household", **facts) == NEAR_NEXT


def test_the_day_of_a_birth_concerns_who_is_left_out_of_that_child(here):
    stands(here, "UPDATE trust_exclusion SET person_id = %s", here.lou)
    assert concerned(here, "birth", here.samira, family=here.next_family) == NEAR_NEXT | {"lou"}
    assert concerned(here, "household", here.samira, family=here.next_family) == NEAR_NEXT


def test_a_trust_officer_of_the_village_says_the_second_yes(here):
    assert second(here, "export") == OFFICERS
    assert second(here, "export", person=here.vera) == {"vik"}
    assert second(here, "export", organisation=here.organisations["Ombuds"]) == NOBODY
    assert second(here, "export", organisation=here.organisations["Town hall"]) == OFFICERS


def test_who_sits_in_something_sealed_says_the_second_yes_to_a_seat_there(here):
    sealed = uuid4()
    stands(
        here,
        "INSERT INTO trust_circle (id, village_id, kind, name, safety, secrecy, opened_at, family_id) "
        "VALUES (%s, %s, 'sealed', '', false, false, %s, %s)", sealed, here.village, LONG_AGO, here.family,
    )  # fmt: skip
    stands(
        here, "INSERT INTO trust_access (viewer_id, circle_id, since, until, danger, source_id) "
        "VALUES (%s, %s, %s, %s, false, %s)", here.lotte, sealed, LONG_AGO, LATER, uuid4(),
    )  # fmt: skip
    assert second(here, "sealed seat", circle=sealed) == OFFICERS | {"lotte"}
    assert second(here, "sealed seat", circle=here.circle) == OFFICERS
    assert second(here, "export", circle=sealed) == OFFICERS


def test_a_trust_officer_says_no_yes_whose_work_or_whose_organisations_agreement_has_ended(here):
    stands(here, "UPDATE trust_job SET until = now() WHERE person_id = %s", here.vera)
    assert second(here, "export") == {"vik"}
    stands(
        here,
        "UPDATE trust_agreement SET since = now() - interval '9 days', until = now() WHERE organisation_id = %s",
        here.organisations["Ombuds"],
    )
    assert second(here, "export") == NOBODY


def test_work_that_was_written_down_when_it_was_asked_says_no_yes(here):
    asked = matter(here, "export", here.ada)
    written = here.owner.execute("SELECT written_at FROM trust_matter WHERE id = %s", [asked]).fetchone()[0]
    for at, who in ((written - timedelta(microseconds=1), OFFICERS), (written, {"vik"})):
        stands(here, "UPDATE trust_job SET written_at = %s WHERE person_id = %s", at, here.vera)
        assert of_matter(here, "may_second", asked) == who


def test_only_what_two_agreed_on_and_is_carried_out_now_is_agreed(here):
    asked = matter(here, "export", here.ada, what="families", many=12)
    agreed = "SELECT trust.agreed_by_two(%s, %s)"

    def told(kinds: list[str] | None = None, facts: str = '{"many": 12}') -> bool:
        return here.owner.execute(agreed, [kinds or ["country", "export"], facts]).fetchone()[0]

    yes = (
        "UPDATE trust_matter SET answer = %s, answered_by_id = %s, answered_at = now(), carried_in = pg_current_xact_id() "
        "WHERE id = %s"
    )
    with here.owner.transaction():
        here.owner.execute(yes, ["yes", here.vera, asked])
        assert told() is True
        assert told(["country"]) is told(facts='{"many": 13}') is False
        here.owner.execute(yes, ["no", here.vera, asked])
        assert told() is False
        here.owner.execute(yes, ["yes", here.vera, asked])
    assert told() is False, "that was before"
