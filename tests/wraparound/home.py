"""One family and its circle: Naima and Samir with Samira (14) and Yara (8), grandmother, coordinator, teacher."""

import uuid
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

from kring.trust import viewer
from kring.trust.models import Circle, Person
from kring.trust.usecases import links
from kring.wraparound.usecases import goals, plans, versions
from kring.wraparound.usecases.actions import Step, add_action
from kring.wraparound.usecases.goals import GoalWords
from trust.scenes import LONG_AGO, Scene, insert

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
LATER = AT + timedelta(days=1)


class Home(Scene):
    """A scene with one family of two children."""

    def __init__(self, owner, *, siblings=True):
        super().__init__(owner)
        self.hanne = self.worker("Hanne", "coordinator", "Wijkteam", phone="0470 00 10 03")
        self.lotte = self.worker("Lotte", "teacher", "De Wilg")
        self.tom = self.worker("Tom", "coordinator", "Wijkteam")
        self.naima, self.samir, self.fatna = self.person("Naima"), self.person("Samir"), self.person("Fatna")
        self.samira = self.child("Samira", date(2012, 2, 1))
        self.family = insert(
            owner, "trust_family", village_id=self.village, name="El Amrani", opened_at=LONG_AGO
        )
        self.circle = self.open("family")
        children = [self.samira]
        if siblings:
            self.yara = self.child("Yara", date(2018, 2, 1))
            children.append(self.yara)
        for child in children:
            self.member(child, "child")
        self.member(self.naima, "guardian")
        self.member(self.samir, "guardian")
        self.seat(self.circle, self.naima, role="guardian", ground="guardian", relation="mama")
        self.seat(self.circle, self.samir, role="guardian", ground="guardian", relation="papa")
        self.seat(self.circle, self.samira, role="child", ground="own choice")
        self.seat(self.circle, self.fatna, role="natural", relation="oma")
        self.seat(
            self.circle, self.hanne, role="coordinator", job_id=self.jobs[self.hanne], relation="coördinator"
        )
        self.seat(
            self.circle, self.lotte, role="professional", job_id=self.jobs[self.lotte], relation="juf", ring=3
        )

    def child(self, name, born):
        person = self.person(name)
        self.owner.execute("INSERT INTO trust_birth (person_id, born) VALUES (%s, %s)", [person, born])
        return person

    def member(self, person, kind, authority=True):
        insert(
            self.owner, "trust_familymember", family_id=self.family, person_id=person, kind=kind,
            relation="", authority=authority,
        )  # fmt: skip

    def open(self, kind):
        return insert(
            self.owner, "trust_circle", village_id=self.village, family_id=self.family, kind=kind, name="",
            safety=False, secrecy=False, opened_at=LONG_AGO,
        )  # fmt: skip

    def part_without_school(self):
        """A part of the circle with mother, daughter and coordinator."""
        part = self.open("part")
        self.seat(part, self.naima, role="guardian", ground="guardian")
        self.seat(part, self.samira, role="child", ground="own choice")
        self.seat(part, self.hanne, role="coordinator", job_id=self.jobs[self.hanne])
        return part

    def exclude(self, child, person, ground="court order"):
        return insert(
            self.owner,
            "trust_exclusion",
            subject_id=child,
            person_id=person,
            ground=ground,
            since=LONG_AGO,
            reason="",
        )

    def offer(self, name="Girlz Lounge"):
        """An offer of the village."""
        from kring.network.models import Offer

        keeper = self.worker("Amina", "network", "Town hall")
        with viewer.acting(keeper):
            offer = Offer(
                village_id=self.village, organisation_id=self.organisation("De Springplank"), name=name
            )
            offer.changed_at = AT
            offer.reckon([])
            offer.save()
        return offer.pk

    def plan(self):
        """A plan with a wish, a goal and three steps, written by the coordinator with the family."""
        with viewer.acting(self.hanne) as me:
            plan = plans.start_plan(Circle.objects.get(pk=self.circle), by=me, at=AT)
            plans.write_wish(plan, "Ik wil vrijdag dansen.", language="nl", by=me, at=AT, whose=self.samira)
            goal = goals.add_goal(
                plan, GoalWords("leisure", "Op vrijdag dansen", "Ik mis het dansen", "nl"), by=me, at=AT
            )
            add_action(
                goal,
                Step("brengt haar vrijdag", doer=self.samir, every_week=True, language="nl"),
                by=me,
                at=AT,
            )
            add_action(
                goal,
                Step("belt de dansschool", doer=self.hanne, by_when=date(2026, 3, 9), language="nl"),
                by=me,
                at=AT,
            )
            add_action(
                goal,
                Step("vraagt uitleg aan de arts", doer=self.naima, needs_authority=True, language="nl"),
                by=me,
                at=AT,
            )
        return plan.pk

    def offered(self, plan=None):
        """A version that waits for everybody's yes."""
        from kring.wraparound.models import Plan

        plan = plan or self.plan()
        with viewer.acting(self.hanne) as me:
            return versions.offer_for_approval(Plan.objects.get(pk=plan), by=me, at=LATER).pk


@contextmanager
def came_by_link(home: Home, person: uuid.UUID, to: uuid.UUID):
    """As somebody who came by a link to one object, which the coordinator made."""
    with viewer.acting(home.hanne) as hanne:
        links.make(Person.objects.get(pk=person), "approve", to, by=hanne, at=datetime.now(UTC))
    with viewer.acting(person, page="approval", scope=to) as me:
        yield me
