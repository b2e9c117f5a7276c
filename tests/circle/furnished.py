"""A family with a coordinator, an aunt, a teacher, a plan with steps, promises, homes: enough to fill the pages."""

import time
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import psycopg
from django.test import Client

from kring.trust import viewer
from kring.trust.models import Circle, Family, Person
from kring.trust.usecases import homes
from kring.trust.usecases.circles import Guest
from kring.wraparound.models import Action, Goal, Plan
from kring.wraparound.usecases import actions, goals, own_pages, plans
from kring.wraparound.usecases.actions import Step
from kring.wraparound.usecases.goals import GoalWords
from trust.circle_scene import AT, FamilyScene
from trust.scenes import insert

LATER = AT + timedelta(hours=2)
HERE = ZoneInfo("Europe/Brussels")


class Furnished(FamilyScene):
    """The family of the scene, some days later."""

    def __init__(self, owner: psycopg.Connection, steps: int = 3) -> None:
        super().__init__(owner)
        self.coordinate(self.noor)
        self.aunt = self.let_in(self.naima, Guest("Hind", relation="aunt", phone="0470 22 22 22"))
        self.let_in(self.naima, job_of=self.lotte, ring=3)
        self.asked = self.ask(self.naima, Guest("Omar", relation="neighbour"))
        self.write_plan(steps)
        with viewer.acting(self.naima) as me:
            family = Family.objects.get()
            self.home = homes.add(
                family, "with mama", by=me, at=LATER, address="Lindelaan 1", people=(self.samira,)
            ).pk
        with viewer.acting(self.samira) as me:
            own = Circle.objects.get(pk=self.own[self.samira])
            own_pages.say(own, "dream", "Ik wil dansen", language="nl", by=me, at=LATER)
            own_pages.show_to(own, self.noor, by=me, at=LATER)

    def write_plan(self, steps: int) -> None:
        """A wish of Samira, a goal of the family and one about each child, each with steps."""
        with viewer.acting(self.naima) as me:
            plan = plans.start_plan(Circle.objects.get(pk=self.circle), by=me, at=LATER)
            plans.write_wish(
                plan, "Ik wil weer met plezier naar school", language="nl", by=me, at=LATER, whose=self.samira
            )
            for child, domain in ((None, "home"), (self.samira, "school"), (self.yassin, "friends")):
                goal = goals.add_goal(
                    plan, GoalWords(domain, f"aim {domain}", language="en"), by=me, at=LATER, child=child
                )
                for number in range(steps):
                    self.step(goal, number, me)
        self.plan = plan.pk

    def step(self, goal: Goal, number: int, me: viewer.Viewer) -> Action:
        """A small step by one of the circle."""
        doer = (self.noor, self.karim, self.aunt)[number % 3]
        day = (datetime.now(HERE) + timedelta(days=number - 1)).date()
        return actions.add_action(
            goal, Step(f"step {goal.domain} {number}", doer, by_when=day), by=me, at=LATER
        )

    def done(self, words: str = "It went well") -> None:
        """The coordinator's first step is done."""
        with viewer.acting(self.noor) as me:
            row = (
                Action.objects.filter(doer_id=self.noor)
                .select_related("goal__plan")
                .order_by("at", "id")
                .first()
            )
            actions.report_action_done(row, by=me, at=datetime.now(UTC), how_it_went=words)

    def goal(self, child: UUID | None) -> Goal:
        """The goal about a child, as its mother sees it."""
        with viewer.acting(self.naima):
            return Goal.objects.filter(subject_id=child).order_by("at", "id").first()

    def plan_row(self, by: UUID) -> Plan:
        """The plan."""
        with viewer.acting(by):
            return Plan.objects.get(pk=self.plan)

    def more_folk(self, number: int) -> None:
        """As many more natural supports."""
        for n in range(number):
            person = insert(
                self.owner, "trust_person", village_id=self.village, given_name=f"Helper {n}", surname=""
            )
            self.seat(self.circle, person, relation="friend", ring=1 + n % 3)

    def browser(self, person: UUID) -> Client:
        """A browser in which this person is signed in with two factors."""
        from kring.trust.usecases import accounts

        if not accounts.has_account(person):
            self.owner.execute(
                "INSERT INTO trust_account (id, person_id, password, language, is_active, shortcuts) "
                "VALUES (%s, %s, '!', 'en', true, true)",
                [uuid4(), person],
            )
        client = Client()
        client.force_login(
            accounts.of_person(person), backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        session = client.session
        session["second_factor"] = True
        session["only_you"] = time.time() + 60 * 60 * 24
        session.save()
        return client

    def name(self, person: UUID) -> str:
        """What somebody is called."""
        with viewer.acting(person):
            return Person.objects.get(pk=person).given_name
