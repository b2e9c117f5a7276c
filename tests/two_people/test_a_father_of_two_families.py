"""A father was written down by two families: whatever points to him comes along, as the pages wrote it (D6)."""

from datetime import date

from kring.trust import viewer
from kring.trust.models import FamilyMember
from kring.trust.usecases import families, two_people
from kring.wraparound.models import Version
from kring.wraparound.usecases import approvals, versions
from kring.wraparound.usecases.stories import tell_story
from kring.wraparound.usecases.versions import answers_to
from two_people.twice import NOW
from wraparound.home import AT, LATER, Home
from wraparound.meeting_scene import called

YES = families.FamilysYes("Samir", "aan tafel", "nl")
POINTS = """SELECT c.conrelid::regclass::text, a.attname FROM pg_constraint c JOIN pg_attribute a
    ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] WHERE c.contype = 'f' AND c.confrelid = 'trust_person'::regclass"""


def pointing(owner, person):
    """Every column with a row that points to this person."""
    columns = owner.execute(POINTS).fetchall()
    asked = 'SELECT EXISTS (SELECT 1 FROM {} WHERE "{}" = %s)'
    return {f"{t}.{c}" for t, c in columns if owner.execute(asked.format(t, c), [person]).fetchone()[0]}


def lived(home):
    """The plan, a yes said aloud, a sheet, a meeting, a story: all written down for a father who never came in."""
    version = home.offered()
    with viewer.acting(home.hanne) as me:
        waiting = Version.objects.get(pk=version)
        versions.make_sheet(waiting, home.samir, by=me, at=LATER)
        word = approvals.FamilysWord("yes", "aloud", LATER.date(), "nl")
        approvals.record_approval(waiting, home.samir, word, by=me, at=LATER)
        tell_story(home.circle, "Wij redden ons.", language="nl", by=me, at=LATER, told_by=home.samir,
                   how="told", agreed_on=LATER.date())  # fmt: skip
    called(home)
    return version


def again(home):
    """A second family in which he is written down once more, by the contact point and on its yes."""
    wim = home.worker("Wim", "contact point", "Town")
    with viewer.acting(wim) as me:
        opened = families.open_family(
            "Anders", children=[families.NewChild("Rami", "", date(2019, 1, 1))],
            guardians=[families.NewGuardian("Samir", "", "papa")], yes=YES, by=me, at=AT,
        )  # fmt: skip
    home.seat(opened.circle.pk, home.hanne, role="coordinator", job_id=home.jobs[home.hanne])
    return opened


def test_everything_that_the_pages_wrote_of_him_comes_along(owner):
    home = Home(owner)
    vera = home.worker("Vera", "trust officer", "Town")
    version, opened = lived(home), again(home)
    stays = opened.guardians[0].pk
    before = pointing(owner, home.samir)
    assert {"wraparound_action.doer_id", "wraparound_sheet.person_id", "wraparound_approval.person_id",
            "wraparound_participant.person_id", "wraparound_story.told_by_id"} <= before  # fmt: skip
    facts = {"family": str(home.family), "person": str(stays), "other": str(home.samir)}
    with viewer.acting(home.hanne) as me:
        asked = two_people.ask("merge", facts, "ik vroeg het hem", by=me, at=NOW())
    with viewer.acting(vera) as me:
        assert two_people.answer(asked, True, by=me, at=NOW()) == "yes"
    left = {"trust_sameperson.goes_id"}
    assert pointing(owner, home.samir) <= left | {"trust_entry.about_id", "trust_link.person_id"}
    assert before - {"trust_entry.about_id", "trust_link.person_id"} <= pointing(owner, stays)
    with viewer.acting(home.hanne):
        both = FamilyMember.objects.filter(person_id=stays, kind="guardian", authority=True)
        assert {one.family_id for one in both} == {home.family, opened.family.pk}
        (his,) = [one for one in answers_to(version) if one.person_id == stays]
        assert his.answer == "yes", "what he said at the table, he said"
