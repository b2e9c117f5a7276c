"""Versions never change; a yes on paper or aloud is written down by the coordinator; what is narrowed is narrowed everywhere."""

from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, transaction

from kring.trust import viewer
from kring.trust.models import Entry
from kring.trust.permissions import NotAllowed
from kring.wraparound.models import Action, Approval, Goal, Plan, Version, VersionPart
from kring.wraparound.usecases import approvals, goals, versions
from kring.wraparound.usecases.approvals import FamilysWord
from wraparound.home import AT, LATER

DAY = timedelta(days=1)


def test_versions_never_change(home, owner):
    version = home.offered()
    for change in (
        lambda: Version.objects.update(number=7),
        lambda: VersionPart.objects.update(content={}),
        lambda: VersionPart.objects.all().delete(),
        lambda: Version.objects.update(stage="in force", in_force_at=LATER),
        lambda: Plan.objects.update(stage="in force", in_force_since=LATER),
        lambda: Version.objects.create(
            plan_id=Plan.objects.get().pk, circle_id=home.circle, author_id=home.hanne, at=LATER, number=9
        ),
    ):
        with pytest.raises(DatabaseError), viewer.acting(home.hanne), transaction.atomic():
            change()
    with pytest.raises(psycopg.Error):
        owner.execute("UPDATE wraparound_versionpart SET content = '{}'")
    with viewer.acting(home.hanne):
        assert Version.objects.get(pk=version).stage == "waiting"


def test_a_yes_on_paper_comes_home_with_its_code(home):
    version = home.offered()
    with viewer.acting(home.hanne) as me:
        row = Version.objects.get()
        sheet = versions.make_sheet(row, home.naima, by=me, at=LATER)
        assert versions.make_sheet(row, home.naima, by=me, at=LATER) == sheet
        word = FamilysWord("yes", "paper", LATER.date(), "ar")
        with pytest.raises(approvals.NoSuchSheet):
            approvals.record_paper(row, "000000", word, by=me, at=LATER)
        approvals.record_paper(row, f" {sheet.code[:3]} {sheet.code[3:]}", word, by=me, at=LATER + DAY)
        kept = Approval.objects.get()
        assert (kept.person_id, kept.author_id, kept.how, kept.said_on) == (
            home.naima,
            home.hanne,
            "paper",
            LATER.date(),
        )
    assert version


def test_a_yes_said_aloud_is_written_down_with_day_language_and_interpreter(home):
    home.offered()
    with viewer.acting(home.hanne) as me:
        row = Version.objects.get()
        word = FamilysWord("yes", "spoken", LATER.date(), "ar", interpreter="Hala")
        assert approvals.record_approval(row, home.naima, word, by=me, at=LATER).new
        with pytest.raises(approvals.DayIsToCome):
            late = FamilysWord("yes", "spoken", LATER.date() + DAY, "ar")
            approvals.record_approval(row, home.samir, late, by=me, at=LATER)
        with pytest.raises(approvals.DayIsTooEarly):
            early = FamilysWord("yes", "spoken", LATER.date() - DAY, "ar")
            approvals.record_approval(row, home.samir, early, by=me, at=LATER)
        with pytest.raises(approvals.NoYesIsAsked):
            approvals.record_approval(row, home.fatna, word, by=me, at=LATER)
    with viewer.acting(home.naima):
        deed = Entry.objects.get(deed="plan approved")
        assert (deed.person_id, deed.about_id) == (home.hanne, home.naima)


def test_a_teacher_cannot_write_down_what_the_family_said(home):
    home.offered()
    with viewer.acting(home.lotte) as me, pytest.raises(NotAllowed):
        word = FamilysWord("yes", "spoken", LATER.date(), "nl")
        approvals.record_approval(Version.objects.get(), home.naima, word, by=me, at=LATER)


def test_an_answer_cannot_be_put_in_the_database_for_somebody_who_is_not_asked(home):
    home.offered()
    with pytest.raises(DatabaseError), viewer.acting(home.lotte), transaction.atomic():
        Approval.objects.create(
            version=Version.objects.get(), circle_id=home.circle, author_id=home.lotte, at=LATER, person_id=home.lotte,
            answer="yes", language="nl", how="signed in", said_on=LATER.date(),
        )  # fmt: skip


def test_nobody_offers_an_empty_plan(home):
    plan = home.plan()
    with viewer.acting(home.hanne) as me:
        goals.drop_goal(Goal.objects.get(), by=me, at=AT)
        with pytest.raises(versions.PlanIsEmpty):
            versions.offer_for_approval(Plan.objects.get(pk=plan), by=me, at=LATER)


def test_what_is_narrowed_is_narrowed_in_every_version_at_once(home):
    home.offered()
    part = home.part_without_school()
    with viewer.acting(home.lotte):
        assert VersionPart.objects.filter(kind="goal").count() == 1
    with viewer.acting(home.hanne):
        goal = Goal.objects.get()
        goal.circle_id = part
        goal.save(update_fields=["circle"])
    with viewer.acting(home.lotte):
        assert not Goal.objects.exists()
        assert not Action.objects.exists()
        assert {p.kind for p in VersionPart.objects.all()} == {"wish"}
