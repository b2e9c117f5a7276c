"""Every way in which a right to know ends, and how it comes back for the next round."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import psycopg
from django.utils import timezone

from circle.furnished import Furnished
from kring.trust import viewer
from kring.trust.models import Person
from kring.trust.usecases import agreements, circles, exclusions, jobs
from trust.scenes import insert

SCHOOL = "School De Linde"


@dataclass
class Ends:
    """The teacher Lotte loses, one way after the other, what she may know of this family."""

    home: Furnished
    other: Callable[[], psycopg.Connection]

    def __post_init__(self) -> None:
        self.ada = self.home.worker("Ada", "administrator", "Town hall")
        self.nel = self.home.worker("Nel", "network", "Town hall")
        self.ways: dict[str, Callable[[], object]] = {
            "seat": self.seat, "job": self.job, "agreement": self.agreement,
            "exclusion of a person": lambda: self._leave_out(person_id=self.home.lotte),
            "exclusion of an organisation": lambda: self._leave_out(organisation_id=self.school),
            "exclusion of a sector": lambda: self._leave_out(sector="education"),
            "agreement while a seat is added": self.agreement_while_a_seat_is_added,
        }  # fmt: skip

    @property
    def school(self) -> UUID:
        """The teacher's organisation."""
        return self.home.organisations[SCHOOL]

    def seat(self) -> None:
        """The mother takes her out of the circle."""
        with viewer.acting(self.home.naima) as me:
            circles.remove(self.home.lotte, self.home.family, by=me, at=timezone.now())

    def job(self) -> None:
        """The administrator ends her work."""
        with viewer.acting(self.ada) as me:
            jobs.end(self.home.jobs[self.home.lotte], by=me, at=timezone.now())

    def agreement(self) -> None:
        """The agreement of her school ends."""
        with viewer.acting(self.nel) as me:
            agreements.end(self.school, by=me, at=timezone.now())

    def _leave_out(self, **whom: object) -> None:
        with viewer.acting(self.home.samira) as me:
            girl = Person.objects.get(pk=self.home.samira)
            exclusions.leave_out(girl, by=me, at=timezone.now(), **whom)  # type: ignore[arg-type]

    def agreement_while_a_seat_is_added(self) -> None:
        """Somebody writes a seat through her job and is not done yet when the agreement ends."""
        part = insert(
            self.home.owner, "trust_circle", village_id=self.home.village, family_id=self.home.family, kind="part",
            name="", safety=False, secrecy=False, opened_at=timezone.now(),
        )  # fmt: skip
        with self.other() as slow:
            ending = threading.Thread(target=self._in_a_thread)
            with slow.transaction():
                insert(
                    slow, "trust_seat", circle_id=part, person_id=self.home.lotte, role="professional", relation="",
                    ring=3, ground="job", history=True, since=timezone.now(), job_id=self.home.jobs[self.home.lotte],
                )  # fmt: skip
                ending.start()
                ending.join(timeout=0.2)
            ending.join(timeout=30)
        insert(
            self.home.owner, "wraparound_note", circle_id=part, author_id=self.home.naima, at=timezone.now(),
            text="for the part", signed="", subject_id=self.home.samira,
        )  # fmt: skip

    def _in_a_thread(self) -> None:
        from django.db import connection

        try:
            self.agreement()
        finally:
            connection.close()

    def give_back(self) -> None:
        """What ended lives again."""
        owner, lotte = self.home.owner, self.home.lotte
        owner.execute("UPDATE trust_exclusion SET until = greatest(since, now()) WHERE until IS NULL")
        owner.execute("UPDATE trust_agreement SET until = NULL WHERE organisation_id = %s", [self.school])
        owner.execute("UPDATE trust_job SET until = NULL WHERE person_id = %s", [lotte])
        live = "SELECT 1 FROM trust_seat WHERE circle_id = %s AND person_id = %s AND until IS NULL"
        if not owner.execute(live, [self.home.circle, lotte]).fetchone():
            self.home.seat(self.home.circle, lotte, role="professional", ground="job", since=timezone.now(),
                           job_id=self.home.jobs[lotte])  # fmt: skip
