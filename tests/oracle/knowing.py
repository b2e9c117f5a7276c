"""Knowing: the rule itself, sentence by sentence, slow and plain.

Each method is one sentence of the page. `asking.py` gives the same answers fast;
a test holds the two together, and the mutants break one sentence at a time.
"""

from datetime import date, datetime, timedelta

from oracle.birthdays import PROFILES, birthday, midnight
from oracle.facts import FOREVER, Circle, Danger, Exclusion, Item, Job, Organisation, Period, Person, Seat

DANGER_LASTS = timedelta(hours=4)
OPEN_IN_DANGER = ("family", "part", "home", "own")
PASSED_BY_DANGER = ("own choice", "guardian")


class Knowing:
    """Who may know what; `World` supplies the facts."""

    def birthday(self, born: date, age: int) -> date:
        """The day somebody turns that age."""
        return birthday(born, age)

    def turns(self, person: Person, age: int) -> datetime:
        """00:00 village time on the birthday; for ever when the birth date is unknown."""
        if person.born is None:
            return FOREVER
        return midnight(self.birthday(person.born, age), person.village.zone)

    def own_voice(self, subject: Person) -> datetime:
        """When the subject gets an own voice."""
        return self.turns(subject, PROFILES[subject.village.country].own_voice)

    def reading_ends(self, circle: Circle) -> datetime:
        """When a guardian's reading of this circle ends by default."""
        if circle.subject is None:
            return FOREVER
        return self.turns(circle.subject, PROFILES[circle.village.country].reading_ends)

    def runs(self, fact: Period, at: datetime) -> bool:
        """since <= t < until."""
        return fact.since <= at < fact.until

    def agreed(self, organisation: Organisation, at: datetime) -> bool:
        """The organisation has a live agreement."""
        return any(self.runs(one, at) for one in self.agreements_of[organisation.id])

    def job_carries(self, job: Job | None, at: datetime) -> bool:
        """No job is needed, or the job is live and its organisation has a live agreement."""
        return job is None or (self.runs(job, at) and self.agreed(job.organisation, at))

    def still_reads(self, seat: Seat, at: datetime) -> bool:
        """A seat on the ground `guardian` ends on the birthday of the circle's subject."""
        return seat.ground != "guardian" or at < self.reading_ends(seat.circle)

    def reaches_back(self, seat: Seat, item: Item) -> bool:
        """The seat has history, or the item was written since it began."""
        return seat.history or item.at >= seat.since

    def seat_runs(self, seat: Seat, at: datetime) -> bool:
        """The seat's own time."""
        return self.runs(seat, at)

    def seat_opens(self, seat: Seat, item: Item, at: datetime) -> bool:
        """A seat in the item's circle says so."""
        return (
            seat.circle is item.circle
            and self.seat_runs(seat, at)
            and self.job_carries(seat.job, at)
            and self.still_reads(seat, at)
            and self.reaches_back(seat, item)
        )

    def subject_of(self, item: Item) -> Person | None:
        """The subject is the item's, else the circle's."""
        return item.subject or item.circle.subject

    def exclusion_runs(self, one: Exclusion, at: datetime) -> bool:
        """Live, and on the ground `guardian` only below own voice."""
        return self.runs(one, at) and (one.ground != "guardian" or at < self.own_voice(one.subject))

    def works_at(self, viewer: Person, one: Exclusion, at: datetime) -> bool:
        """Has at this moment a live job in the organisation, or in one of the sector."""
        jobs = (job for job in self.jobs_of[viewer.id] if self.runs(job, at))
        return any(
            job.organisation is one.organisation or job.organisation.sector == one.sector for job in jobs
        )

    def meets(self, one: Exclusion, viewer: Person, at: datetime) -> bool:
        """The viewer is the person, or works where the exclusion points."""
        return one.person is viewer or self.works_at(viewer, one, at)

    def spares(self, one: Exclusion, viewer: Person, item: Item) -> bool:
        """Never the subject; not the author, unless it is a court order."""
        return one.subject is viewer or (item.author is viewer and one.ground != "court order")

    def denies(self, one: Exclusion, viewer: Person, item: Item, at: datetime) -> bool:
        """This exclusion hides the item from the viewer."""
        return (
            one.subject is self.subject_of(item)
            and self.exclusion_runs(one, at)
            and self.meets(one, viewer, at)
            and not self.spares(one, viewer, item)
        )

    def danger_runs(self, danger: Danger, at: datetime) -> bool:
        """From its beginning and for four hours."""
        return danger.at <= at < danger.at + DANGER_LASTS

    def danger_carries(self, danger: Danger, at: datetime) -> bool:
        """While the job and the agreement are live."""
        return self.job_carries(danger.job, at)

    def danger_reaches(self, danger: Danger, circle: Circle) -> bool:
        """The family's open kinds and its confidences with safety."""
        mine = circle.family is danger.family
        return mine and (circle.kind in OPEN_IN_DANGER or (circle.kind == "confidence" and circle.safety))

    def danger_opens(self, danger: Danger, item: Item, at: datetime) -> bool:
        """Danger opens this item, with history."""
        return (
            self.danger_runs(danger, at)
            and self.danger_carries(danger, at)
            and self.danger_reaches(danger, item.circle)
        )

    def danger_passes(self, one: Exclusion) -> bool:
        """Danger passes exclusions by own choice and by a guardian only."""
        return one.ground in PASSED_BY_DANGER

    def knows(self, viewer: Person, item: Item, at: datetime) -> bool:
        """May this person know this item at this moment?"""
        denying = [one for one in self.exclusions.values() if self.denies(one, viewer, item, at)]
        if not denying and any(self.seat_opens(seat, item, at) for seat in self.seats_of[viewer.id]):
            return True
        if not all(self.danger_passes(one) for one in denying):
            return False
        return any(self.danger_opens(danger, item, at) for danger in self.dangers_of[viewer.id])

    def ask_plainly(self, viewer: Person, at: datetime) -> list[str]:
        """The whole visible set, one item after the other."""
        return sorted(item.id for item in self.items.values() if self.knows(viewer, item, at))
