"""D3: a plan is in force only when everyone who must approve that version has."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from kring.trust import viewer
from kring.trust.permissions import NotAllowed
from kring.wraparound.models import Action, Approval, Goal, Plan, Version, VersionPart
from kring.wraparound.usecases import approvals, goals, versions
from kring.wraparound.usecases.approvals import approve, ask_for_change
from kring.wraparound.usecases.goals import GoalWords
from wraparound.home import AT, LATER, came_by_link

DAY = timedelta(days=1)


def says_yes(person, version, at=LATER):
    with viewer.acting(person) as me:
        return approve(Version.objects.get(pk=version), language="nl", by=me, at=at)


def test_a_plan_is_in_force_when_guardians_with_authority_and_the_child_with_own_voice_said_yes(home):
    version = home.offered()
    with viewer.acting(home.hanne):
        asked = versions.answers_to(version)
        assert {(one.name, one.role) for one in asked} == {
            ("Naima", "guardian"),
            ("Samir", "guardian"),
            ("Samira", "child"),
        }
    assert not says_yes(home.naima, version).in_force
    assert not says_yes(home.samir, version).in_force
    assert says_yes(home.samira, version).in_force
    with viewer.acting(home.fatna):
        plan = Plan.objects.get()
        assert (plan.stage, plan.next_review_on) == ("in force", date(2026, 9, 3))
        assert Version.objects.get().stage == "in force"


def test_a_guardian_without_authority_is_not_asked(home, owner):
    owner.execute("UPDATE trust_familymember SET authority = false WHERE person_id = %s", [home.samir])
    version = home.offered()
    with pytest.raises(approvals.NoYesIsAsked):
        says_yes(home.samir, version)
    says_yes(home.naima, version)
    assert says_yes(home.samira, version).in_force


def test_a_younger_child_is_not_asked(home):
    version = home.offered()
    with viewer.acting(home.hanne):
        assert "Yara" not in {one.name for one in versions.answers_to(version)}


@pytest.mark.parametrize("who", ["fatna", "lotte", "hanne"])
def test_nobody_else_says_yes_for_the_family(home, who):
    version = home.offered()
    with pytest.raises(NotAllowed):
        says_yes(getattr(home, who), version)


def test_a_second_yes_changes_nothing(home):
    version = home.offered()
    assert says_yes(home.naima, version).new
    assert not says_yes(home.naima, version, LATER + DAY).new
    with viewer.acting(home.hanne):
        assert Approval.objects.count() == 1


def test_a_yes_after_the_plan_is_in_force_changes_nothing(home):
    version = home.offered()
    for person in (home.naima, home.samir, home.samira):
        says_yes(person, version)
    again = says_yes(home.naima, version)
    assert (again.new, again.in_force) == (False, True)


def test_who_wants_to_change_something_keeps_the_plan_waiting_and_may_say_yes_later(home):
    version = home.offered()
    says_yes(home.naima, version)
    says_yes(home.samir, version)
    with viewer.acting(home.samira) as me:
        answered = ask_for_change(
            Version.objects.get(), words="Niet op vrijdag", language="nl", by=me, at=LATER
        )
    assert not answered.in_force
    assert says_yes(home.samira, version, LATER + DAY).in_force


def test_each_approves_what_they_may_know_and_a_part_is_approved_by_those_who_know_it(home):
    plan = home.plan()
    part = home.part_without_school()
    with viewer.acting(home.hanne) as me:
        goals.add_goal(
            Plan.objects.get(), GoalWords("feelings", "Iemand om mee te praten"), by=me, at=AT, circle_id=part
        )
    version = home.offered(plan)
    with viewer.acting(home.samir):
        assert VersionPart.objects.filter(kind="goal").count() == 1
    with viewer.acting(home.samira):
        assert VersionPart.objects.filter(kind="goal").count() == 2
    says_yes(home.samir, version)
    says_yes(home.naima, version)
    assert says_yes(home.samira, version).in_force


def test_a_part_is_frozen_also_where_the_coordinator_does_not_sit(home, owner):
    plan = home.plan()
    part = home.open("part")
    home.seat(part, home.samira, role="child", ground="own choice")
    with viewer.acting(home.samira) as me:
        goals.add_goal(
            Plan.objects.get(), GoalWords("feelings", "Van mij alleen"), by=me, at=AT, circle_id=part
        )
    home.offered(plan)
    with viewer.acting(home.hanne):
        assert VersionPart.objects.filter(kind="goal").count() == 1
    with viewer.acting(home.samira):
        assert VersionPart.objects.filter(kind="goal").count() == 2


def test_a_parent_excluded_from_one_child_sees_the_familys_plan_without_what_is_about_her(home):
    home.exclude(home.samira, home.samir)
    version = home.offered()
    with viewer.acting(home.samir):
        assert Version.objects.filter(pk=version).exists(), "the plan is the family's"
        assert not VersionPart.objects.filter(kind="wish").exists()


def test_with_one_child_an_excluded_parent_finds_no_plan_at_all(owner):
    from wraparound.home import Home

    home = Home(owner, siblings=False)
    home.exclude(home.samira, home.samir)
    version = home.offered()
    with viewer.acting(home.samir):
        assert not Plan.objects.exists()
        assert not Version.objects.exists()
        assert versions.answers_to(version) == []
    with viewer.acting(home.hanne):
        assert {one.name for one in versions.answers_to(version)} == {"Naima", "Samira"}


def test_a_link_to_the_plan_shows_nothing_after_an_exclusion(owner):
    from wraparound.home import Home

    home = Home(owner, siblings=False)
    version = home.offered()
    with came_by_link(home, home.samir, version):
        assert VersionPart.objects.exists()
    home.exclude(home.samira, home.samir)
    with came_by_link(home, home.samir, version):
        assert not Version.objects.exists()
        assert not VersionPart.objects.exists()
        assert versions.answers_to(version) == []


def test_when_the_last_two_say_yes_in_the_same_moment_the_plan_is_in_force(home):
    version = home.offered()
    says_yes(home.samira, version)
    together = Barrier(2)

    def say(person):
        try:
            with viewer.acting(person) as me:
                row = Version.objects.get(pk=version)
                together.wait(timeout=20)
                approve(row, language="nl", by=me, at=LATER)
        finally:
            connection.close()

    both = [Thread(target=say, args=[person]) for person in (home.naima, home.samir)]
    for one in both:
        one.start()
    for one in both:
        one.join(timeout=60)
    with viewer.acting(home.hanne):
        assert Version.objects.get().stage == "in force"
        assert Approval.objects.count() == 3


def test_what_a_child_wants_to_change_is_hidden_from_who_is_left_out_of_it_and_her_answer_is_not_missing(
    home,
):
    home.exclude(home.samira, home.samir)
    version = home.offered()
    with came_by_link(home, home.samira, version) as me:
        ask_for_change(Version.objects.get(), words="Liever zonder papa", language="nl", by=me, at=LATER)
    with viewer.acting(home.samir):
        assert {(one.name, one.answer) for one in versions.answers_to(version)} >= {("Samira", "change")}
        assert not Approval.objects.exists()
    with viewer.acting(home.hanne):
        assert Approval.objects.get().subject_id == home.samira


def test_of_somebody_who_left_no_yes_is_asked_any_more(home, owner):
    version = home.offered()
    says_yes(home.naima, version)
    says_yes(home.samira, version)
    owner.execute("UPDATE trust_seat SET until = now() WHERE person_id = %s", [home.samir])
    with viewer.acting(home.lotte) as me, pytest.raises(NotAllowed):
        approvals.settle(Version.objects.get(), by=me, at=LATER)
    with viewer.acting(home.hanne) as me:
        assert approvals.settle(Version.objects.get(), by=me, at=LATER)
        assert Plan.objects.get().stage == "in force"


def test_steps_without_joint_authority_begin_at_once_the_others_wait(home):
    version = home.offered()
    with viewer.acting(home.naima):
        started = {action.what: action.may_start for action in Action.objects.all()}
    assert started == {
        "brengt haar vrijdag": True,
        "belt de dansschool": True,
        "vraagt uitleg aan de arts": False,
    }
    for person in (home.naima, home.samir, home.samira):
        says_yes(person, version)
    with viewer.acting(home.naima):
        assert all(action.may_start for action in Action.objects.all())


def test_a_link_opens_the_version_and_nothing_else(home):
    version = home.offered()
    with came_by_link(home, home.naima, version) as me:
        assert VersionPart.objects.count() == 5
        assert not Plan.objects.exists()
        assert not Goal.objects.exists()
        assert not Action.objects.exists()
        assert [one.name for one in versions.answers_to(version)] == ["Naima"]
        assert approve(Version.objects.get(), language="ar", by=me, at=LATER).new
        assert Approval.objects.get().how == "link"
    says_yes(home.samir, version)
    with came_by_link(home, home.samira, version) as me:
        assert approve(Version.objects.get(), language="nl", by=me, at=LATER).in_force


def test_a_link_to_another_version_opens_nothing(home):
    old = home.offered()
    home.offered(_plan(home))
    with came_by_link(home, home.naima, old) as me:
        version = Version.objects.get()
        assert version.stage == "replaced"
        with pytest.raises(approvals.ANewerVersionCame):
            approve(version, language="nl", by=me, at=LATER)


def _plan(home):
    with viewer.acting(home.hanne):
        return Plan.objects.get().pk


def test_a_newer_version_ends_the_links_to_the_older(home, owner):
    from kring.trust.models import Person
    from kring.trust.usecases import links

    old = home.offered()
    with viewer.acting(home.hanne) as me:
        made = links.make(Person.objects.get(pk=home.naima), "approve", old, by=me, at=LATER)
    home.offered(_plan(home))
    assert links.opening(made.token, "phone") is None
