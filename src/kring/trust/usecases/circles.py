"""Who sits in a family's circle: asked in, said yes, moved to another ring, taken out, gone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from kring.trust import journal
from kring.trust.models import Circle, FamilyMember, Invitation, Job, Person, Seat
from kring.trust.permissions import Permission
from kring.trust.viewer import Viewer, who_asks

#: An invitation can be answered for a month; its link is made anew when a week was too short.
VALID = timedelta(days=30)
RINGS = (1, 2, 3)
LONGEST_NAME, LONGEST_RELATION, LONGEST_PHONE = 80, 80, 40


class AlreadyInTheCircle(Exception):
    """This person has a seat in the circle."""


class NobodyIsNamed(Exception):
    """An invitation names somebody."""


class WhoseWord(Exception):
    """A coordinator invites or takes out on the word of the family, and writes down whose word it was."""


class LeavesOnlyByItself(Exception):
    """A child or a guardian is not taken out by others."""


class NotInTheCircle(Exception):
    """This person has no seat in the circle."""


@dataclass(frozen=True)
class Guest:
    """Somebody a family wants in its circle: a natural support by name, or a professional through a job."""

    given_name: str = ""
    surname: str = ""
    relation: str = ""
    ring: int = 2
    history: bool = True
    phone: str = ""
    job: Job | None = None
    role: str = Seat.Role.NATURAL
    overlap_days: int = 0
    begins_at: datetime | None = None
    ends_at: datetime | None = None
    stays_until: datetime | None = None
    stands_in_for: UUID | None = None


@dataclass(frozen=True)
class AskedIn:
    """An invitation as the invited may know it, before they answer."""

    id: UUID
    family_name: str
    asked_by: str
    role: str
    relation: str
    history: bool
    asked_at: datetime
    until: datetime
    answer: str
    begins_at: datetime | None = None
    ends_at: datetime | None = None
    stands_in_for: str = ""


@transaction.atomic
def invite(
    circle: Circle, guest: Guest, *, by: Viewer, at: datetime, word_of: UUID | None = None
) -> Invitation:
    """Ask somebody into the circle; the seat begins only with their yes."""
    choosing = guest.role == Seat.Role.COORDINATOR
    by.must(Permission.INVITE, circle.pk)
    if choosing and not by.can(Permission.HAND_OVER, circle.pk):
        by.must(Permission.CHOOSE_COORDINATOR, circle.pk)
    said_by = _on_whose_word(circle, by, word_of)
    person = _person(guest, by)
    if _has_seat(circle, person.pk, at) and not choosing:
        raise AlreadyInTheCircle
    _take_back_open(circle, person.pk, choosing, at)
    invitation = Invitation.objects.create(
        circle=circle, author_id=by.person_id, at=at, person=person, given_name=person.given_name, job=guest.job,
        role=guest.role if guest.job else Seat.Role.NATURAL, relation=guest.relation.strip(), ring=guest.ring,
        history=guest.history, word_of_id=said_by, phone=guest.phone.strip(), overlap_days=guest.overlap_days,
        begins_at=guest.begins_at, ends_at=guest.ends_at, stays_until=guest.stays_until,
        stands_in_for_id=guest.stands_in_for, until=at + VALID,
    )  # fmt: skip
    journal.write("asked somebody in", by=by, at=at, circle_id=circle.pk, object_id=invitation.pk)
    return invitation


def _on_whose_word(circle: Circle, by: Viewer, word_of: UUID | None) -> UUID | None:
    """The family speaks for itself; a coordinator names the child or guardian whose word it was."""
    seat = by.seat_in(circle.pk)
    if seat is None or seat.role != Seat.Role.COORDINATOR:
        return None
    family = circle.seats.filter(role__in=(Seat.Role.CHILD, Seat.Role.GUARDIAN))
    if word_of is None or not family.filter(person_id=word_of).exists():
        raise WhoseWord
    return word_of


def _person(guest: Guest, by: Viewer) -> Person:
    if guest.job is not None:
        return guest.job.person
    if not guest.given_name.strip():
        raise NobodyIsNamed
    return Person.objects.create(
        village_id=by.village_id, given_name=guest.given_name.strip(), surname=guest.surname.strip(),
        met_by_id=by.person_id,
    )  # fmt: skip


def live_seats(circle: Circle, at: datetime) -> "list[Seat]":
    """The seats of a circle that have begun and not ended, as far as the viewer may know, innermost first."""
    begun = circle.seats.filter(since__lte=at).exclude(until__lte=at)
    return list(begun.select_related("person", "job").order_by("ring", "since", "id"))


def _has_seat(circle: Circle, person_id: UUID, at: datetime) -> bool:
    return circle.seats.filter(person_id=person_id, since__lte=at).exclude(until__lte=at).exists()


def _take_back_open(circle: Circle, person_id: UUID, choosing: bool, at: datetime) -> None:
    """A newer invitation takes the place of an open one; one coordinator is asked at a time."""
    open_ones = Invitation.objects.filter(circle=circle, answer="", withdrawn_at__isnull=True)
    same = open_ones.filter(role=Seat.Role.COORDINATOR) if choosing else open_ones.filter(person_id=person_id)
    same.update(withdrawn_at=at)
    open_ones.filter(person_id=person_id).update(withdrawn_at=at)


def take_back(invitation: Invitation, *, by: Viewer, at: datetime) -> None:
    """The family changes its mind before the invited has answered."""
    by.must(Permission.INVITE, invitation.circle_id)
    if invitation.answer or invitation.withdrawn_at:
        return
    invitation.withdrawn_at = at
    invitation.phone = ""
    invitation.save(update_fields=["withdrawn_at", "phone"])
    journal.write(
        "took an invitation back", by=by, at=at, circle_id=invitation.circle_id, object_id=invitation.pk
    )


def asked_in() -> list[AskedIn]:
    """The invitations that wait for whoever asks, signed in or by a link."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM trust.my_invitations()")
        return [AskedIn(*row) for row in cursor.fetchall()]


def somebody_else_was_asked(invitation_id: UUID) -> bool:
    """Whether the family asked somebody else to be its coordinator before the one who asks had answered."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.somebody_else_was_asked(%s)", [invitation_id])
        (said,) = cursor.fetchone()
    return bool(said)


@transaction.atomic
def answer(invitation_id: UUID, yes: bool, *, by: Viewer, at: datetime) -> str | None:
    """The invited says yes or no: `yes`, `no`, `gone` when it is too late, None when there is no such invitation.

    A second answer changes nothing and says what the first one was.
    """
    if by.seen_as is not None:
        return None
    before = {asked.id: asked.answer for asked in asked_in()}.get(invitation_id, "")
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.answer_invitation(%s, %s, %s)", [invitation_id, yes, at])
        (said,) = cursor.fetchone()
    if said in ("yes", "no") and not before:
        journal.write(f"said {said} to an invitation", by=by, at=at, object_id=invitation_id)
    return said  # type: ignore[no-any-return]


def just_joined(by: Viewer) -> UUID | None:
    """The family whose circle the viewer came into since this unit of work began."""
    now = who_asks(scope=by.scope)
    seats = now.seats if now else ()
    return next(
        (s.family for s in seats if s.kind == "family" and s.family and not by.family_seat(s.family)), None
    )


@transaction.atomic
def remove(
    person_id: UUID, family_id: UUID, *, by: Viewer, at: datetime, word_of: UUID | None = None
) -> None:
    """Somebody is taken out of the circle; every seat in it and its parts is over at once."""
    circle = Circle.objects.get(family_id=family_id, kind=Circle.Kind.FAMILY)
    seat = circle.seats.filter(person_id=person_id, since__lte=at).exclude(until__lte=at).first()
    if seat is None:
        raise NotInTheCircle
    if person_id == by.person_id:
        return leave(family_id, by=by, at=at)
    by.must(Permission.REMOVE, circle.pk)
    if seat.role in (Seat.Role.CHILD, Seat.Role.GUARDIAN):
        raise LeavesOnlyByItself
    if seat.role == Seat.Role.COORDINATOR:
        by.must(Permission.CHOOSE_COORDINATOR, circle.pk)
    said_by = _on_whose_word(circle, by, word_of)
    _end_seats(family_id, person_id, at)
    journal.write(
        "took somebody out of the circle",
        by=by,
        at=at,
        circle_id=circle.pk,
        about=person_id,
        object_id=said_by,
    )
    return None


@transaction.atomic
def leave(family_id: UUID, *, by: Viewer, at: datetime) -> None:
    """Somebody goes; anybody may, at any time."""
    seat = by.family_seat(family_id)
    if seat is None or by.seen_as is not None:
        raise NotInTheCircle
    journal.write("left the circle", by=by, at=at, circle_id=seat.circle, about=by.person_id)
    _end_seats(family_id, by.person_id, at)


def _end_seats(family_id: UUID, person_id: UUID, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.end_seats_in_family(%s, %s, %s)", [family_id, person_id, at])
        (ended,) = cursor.fetchone()
    if not ended:
        raise NotInTheCircle


def change_ring(seat: Seat, ring: int, relation: str | None = None, *, by: Viewer, at: datetime) -> Seat:
    """The family draws somebody nearer or farther, and says in plain words who it is."""
    by.must(Permission.INVITE, seat.circle_id)
    if ring in RINGS:
        seat.ring = ring
    if relation is not None:
        seat.relation = relation.strip()[:LONGEST_RELATION]
    seat.save(update_fields=["ring", "relation"])
    journal.write("moved somebody in the rings", by=by, at=at, circle_id=seat.circle_id, object_id=seat.pk)
    return seat


def guardians_with_authority(family_id: UUID) -> set[UUID]:
    """Who decides with authority in this family."""
    members = FamilyMember.objects.filter(
        family_id=family_id, kind=FamilyMember.Kind.GUARDIAN, authority=True
    )
    return set(members.values_list("person_id", flat=True))
