"""Refusing: what the protocol answers with an error, one method for each sentence."""

from datetime import datetime

from oracle.facts import (
    KINDS_OF_A_FAMILY,
    Circle,
    Exclusion,
    Family,
    Item,
    Job,
    Period,
    Person,
    Seat,
    Village,
)

REFUSING_DANGER = ("court order", "conflict")


class Refused(Exception):
    """The operation is refused; the world stays as it was."""


def refuse(when: bool, why: str) -> None:
    """Refuse with a reason when the fact is so."""
    if when:
        raise Refused(why)


class Refusing:
    """The checks of every operation; `World` supplies the facts."""

    def check_id(self, name: object) -> None:
        """An id is a word that was not used before."""
        refuse(not isinstance(name, str) or not name, "an id is a word")
        refuse(name in self.kind_of, "a repeated id")

    def check_period(self, fact: Period) -> None:
        """`until` is not before `since`."""
        refuse(fact.until < fact.since, "until before since")

    def check_subject(self, subject: Person | None) -> None:
        """A subject has a birth date."""
        refuse(subject is not None and subject.born is None, "a subject without a birth date")

    def check_same_village(self, *villages: Village) -> None:
        """Villages do not know each other."""
        refuse(any(one is not villages[0] for one in villages), "crosses villages")

    def check_child(self, subject: Person | None, family: Family | None, village: Village) -> None:
        """A subject is a child of the family, or at least of the village."""
        if subject is None:
            return
        self.check_same_village(subject.village, village)
        refuse(family is not None and subject not in family.children, "crosses families")

    def check_job(self, job: Job) -> None:
        """A job stays in its village."""
        self.check_period(job)
        self.check_same_village(job.person.village, job.organisation.village)

    def check_family(self, family: Family) -> None:
        """A family stays in its village."""
        for person in (*family.children, *family.guardians):
            self.check_same_village(person.village, family.village)

    def check_circle(self, circle: Circle) -> None:
        """Most kinds need a family; nothing crosses villages or families."""
        self.check_needs_family(circle)
        if circle.family is not None:
            self.check_same_village(circle.family.village, circle.village)
        self.check_subject(circle.subject)
        self.check_child(circle.subject, circle.family, circle.village)

    def check_needs_family(self, circle: Circle) -> None:
        """These kinds of circle belong to a family."""
        refuse(circle.kind in KINDS_OF_A_FAMILY and circle.family is None, "needs a family")

    def check_seat(self, seat: Seat) -> None:
        """Everything that makes a seat impossible."""
        self.check_period(seat)
        self.check_same_village(seat.person.village, seat.circle.village)
        self.check_seat_job(seat)
        self.check_bound(seat)
        if seat.ground == "guardian":
            self.check_guardian_place(seat.circle)
            self.check_guardian(seat)
        for other in self.seats_of[seat.person.id]:
            refuse(other.circle is seat.circle and self.overlap(seat, other), "two seats overlap")

    def check_seat_job(self, seat: Seat) -> None:
        """The job is the person's own, and the ground `job` needs one."""
        refuse(seat.job is not None and seat.job.person is not seat.person, "another person's job")
        refuse(seat.job is None and seat.ground == "job", "no job")

    def check_bound(self, seat: Seat) -> None:
        """A confidence with secrecy takes bound jobs only."""
        told = seat.circle.kind == "confidence" and seat.circle.secrecy
        refuse(told and seat.job is not None and not seat.job.bound, "a job that is not bound")

    def check_guardian_place(self, circle: Circle) -> None:
        """No guardian sits by being a guardian in a confidence, a sealed circle or outside a family."""
        refuse(circle.kind in ("confidence", "sealed"), "no guardians in this circle")
        refuse(circle.family is None, "a guardian of no family")

    def check_guardian(self, seat: Seat) -> None:
        """The ground `guardian` is for guardians of that family."""
        refuse(seat.person not in seat.circle.family.guardians, "not a guardian of that family")

    def overlap(self, one: Seat, other: Seat) -> bool:
        """Two half-open times share a moment; a time of no length shares none."""
        return max(one.since, other.since) < min(one.until, other.until)

    def check_exclusion(self, one: Exclusion) -> None:
        """Grounds and ages fit each other."""
        self.check_period(one)
        self.check_subject(one.subject)
        self.check_voice(one)

    def check_voice(self, one: Exclusion) -> None:
        """Own choice begins at own voice, a guardian's choice before it."""
        early = one.since < self.own_voice(one.subject)
        refuse(one.ground == "own choice" and early, "before own voice")
        refuse(one.ground == "guardian" and not early, "after own voice")

    def check_item(self, item: Item) -> None:
        """An item stays in its village and its family."""
        self.check_same_village(item.author.village, item.circle.village)
        self.check_subject(item.subject)
        self.check_child(item.subject, item.circle.family, item.circle.village)

    def check_move(self, item: Item, circle: Circle) -> None:
        """An item moves within its family, or within its village when it has no family."""
        family = item.circle.family
        if family is not None:
            refuse(circle.family is not family, "crosses families")
        self.check_same_village(item.circle.village, circle.village)
        self.check_child(item.subject, circle.family, circle.village)

    def check_danger(self, person: Person, job: Job, family: Family, at: datetime) -> None:
        """Who may open a family in danger."""
        self.check_same_village(person.village, family.village)
        self.check_danger_job(person, job, at)
        refuse(not self.agreed(job.organisation, at), "no agreement")
        for one in self.exclusions.values():
            if one.subject in family.children and self.stops_danger(one, at):
                refuse(self.meets(one, person, at), "excluded")

    def check_danger_job(self, person: Person, job: Job, at: datetime) -> None:
        """The job is the person's own and live."""
        refuse(job.person is not person, "another person's job")
        refuse(not self.runs(job, at), "no live job")

    def stops_danger(self, one: Exclusion, at: datetime) -> bool:
        """A live court order or conflict."""
        return one.ground in REFUSING_DANGER and self.exclusion_runs(one, at)
