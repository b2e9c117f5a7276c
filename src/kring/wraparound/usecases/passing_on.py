"""Promises and steps go from one who leaves to one who says yes, or they end with a word: nothing falls between."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from kring.intake.models import Promise
from kring.trust import journal
from kring.trust.models import FamilyMember, HandOver, Seat
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.usecases.knowing import who_knows
from kring.trust.viewer import Viewer
from kring.wraparound import rules
from kring.wraparound.models import Action, Goal, MustKnow, PassOn

Thing = Promise | Action
MUST_KNOW = 4_000


class DoesNotKnowIt(Exception):
    """Only somebody who may know a thing is asked to take it over."""


class IsOverAlready(Exception):
    """It was done, ended, or taken over by somebody meanwhile."""


@dataclass(frozen=True)
class Asked:
    """Something one is asked and has not answered: by whom, of which family or whose work, as what, since when."""

    id: UUID
    family_name: str
    asked_by: str
    role: str
    asked_at: datetime
    many: int = 1


def asked_of_me() -> list[Asked]:
    """Invitations, what is to be taken over, answers and words that wait, one's own odd looks; one statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM trust.asked_of_me()")
        return [Asked(*row) for row in cursor.fetchall()]


def promises_open(family_id: UUID) -> list[Promise]:
    """The promises of a family's circle that stand open, the next day first."""
    return list(Promise.objects.open().in_family(family_id).select_related("by"))


def steps_open(family_id: UUID) -> list[Action]:
    """The small steps with a face that are still to be done."""
    plan = Action.objects.filter(goal__plan__family_id=family_id, goal__state=Goal.State.IN_PLAN)
    found = plan.filter(state=Action.State.OPEN, doer__isnull=False).exclude(goal__plan__stage="closed")
    return list(found.select_related("doer", "goal").order_by("by_when", "at", "id"))


def holder(thing: Thing) -> UUID | None:
    """Who promised it or does it."""
    found: UUID | None = thing.by_id if isinstance(thing, Promise) else thing.doer_id
    return found


def is_open(thing: Thing) -> bool:
    """Whether it is still to be done."""
    return thing.is_open if isinstance(thing, Promise) else thing.state == Action.State.OPEN


def has_gone(person_id: UUID | None, family_id: UUID, at: datetime) -> bool:
    """Whether somebody has no seat with this family any more, as far as the viewer may know."""
    if person_id is None or FamilyMember.objects.filter(family_id=family_id, person_id=person_id).exists():
        return False  # a child who is too young for a seat is not gone
    live = Seat.objects.filter(circle__family_id=family_id, person_id=person_id, since__lte=at)
    return not live.exclude(until__lte=at).exclude(job__until__lte=at).exists()


def may_pass_on(thing: Thing, by: Viewer) -> bool:
    """What is one's own; and the coordinator for somebody else, with whom it would be forgotten."""
    if by.seat_in(thing.circle_id) is None or by.seen_as is not None:
        return False
    keeps = any(
        by.can(Permission.KEEP_PLAN, seat.circle) for seat in by.seats if seat.circle == thing.circle_id
    )
    return holder(thing) == by.person_id or keeps


def _held(thing: Thing) -> Thing:
    """The thing as it is now, held until what is done with it is done."""
    if isinstance(thing, Promise):
        found: Thing = Promise.objects.select_for_update().get(pk=thing.pk)
    else:
        found = Action.objects.select_for_update(of=("self",)).select_related("goal__plan").get(pk=thing.pk)
    if not is_open(found):
        raise IsOverAlready
    return found


def _about(thing: Thing) -> dict[str, Thing]:
    return {"promise": thing} if isinstance(thing, Promise) else {"action": thing}


@transaction.atomic
def offer(thing: Thing, to: UUID, *, by: Viewer, at: datetime) -> PassOn:
    """Somebody is asked to take over a promise or a step; it stays with who holds it until they say yes."""
    if not may_pass_on(thing, by):
        raise NotAllowed(Permission.DO_ACTION.value)
    thing = _held(thing)
    giver = holder(thing)
    if giver is None or to == giver:
        raise NotAllowed(Permission.DO_ACTION.value)
    if to not in {person.pk for person in who_knows([thing])[0]}:
        raise DoesNotKnowIt
    waiting = PassOn.objects.waiting().filter(**_about(thing))
    again: PassOn | None = waiting.filter(to_id=to, giver_id=giver).first()
    if again is not None:
        return again
    waiting.update(taken_back_at=at)
    made: PassOn = PassOn.objects.create(
        circle_id=thing.circle_id, subject_id=thing.subject_id, author_id=by.person_id, at=at, giver_id=giver,
        to_id=to, **_about(thing),
    )  # fmt: skip
    journal.write(
        "asked to take over",
        by=by,
        at=at,
        circle_id=thing.circle_id,
        about=thing.about_id or to,
        object_id=made.pk,
    )
    return made


def _waiting(pass_on: PassOn) -> PassOn:
    """What was asked as it is now, held until it is answered."""
    rows = PassOn.objects.select_for_update(of=("self",)).select_related("promise", "action__goal__plan")
    found: PassOn = rows.get(pk=pass_on.pk)
    return found


@transaction.atomic
def answer(pass_on: PassOn, yes: bool, *, by: Viewer, at: datetime) -> PassOn:
    """The one who was asked takes it over, or says not now. A second answer changes nothing."""
    if pass_on.to_id != by.person_id or by.seen_as is not None:
        raise NotAllowed(Permission.DO_ACTION.value)
    by.must(Permission.DO_ACTION, pass_on.circle_id)
    pass_on = _waiting(pass_on)
    if pass_on.answer:
        return pass_on
    thing = _held(pass_on.what)
    if pass_on.taken_back_at is not None or holder(thing) != pass_on.giver_id:
        raise IsOverAlready
    pass_on.answer, pass_on.answered_at = PassOn.Answer.YES if yes else PassOn.Answer.NO, at
    pass_on.save(update_fields=["answer", "answered_at"])
    if yes:
        _give(thing, by.person_id)
    deed = "took something over" if yes else "did not take something over"
    journal.write(
        deed,
        by=by,
        at=at,
        circle_id=pass_on.circle_id,
        about=thing.about_id or pass_on.giver_id,
        object_id=thing.pk,
    )
    return pass_on


def _give(thing: Thing, to: UUID) -> None:
    """The promise or the step has another face; a step that needs everybody's yes needs it anew."""
    if isinstance(thing, Promise):
        thing.by_id, thing.reminders = to, 0
        thing.save(update_fields=["by", "reminders"])
    else:
        thing.doer_id, thing.agreed_at = to, None
        thing.save(update_fields=["doer", "agreed_at"])


@transaction.atomic
def take(thing: Thing, *, by: Viewer, at: datetime) -> None:
    """Somebody of the circle takes over what lay with somebody who is gone. A second tap changes nothing."""
    by.must(Permission.DO_ACTION, thing.circle_id)
    thing = _held(thing)
    giver = holder(thing)
    if giver == by.person_id:
        return
    family = next((seat.family for seat in by.seats if seat.circle == thing.circle_id), None)
    if giver is None or family is None or not has_gone(giver, family, at):
        raise NotAllowed(Permission.DO_ACTION.value)
    PassOn.objects.waiting().filter(**_about(thing)).update(taken_back_at=at)
    PassOn.objects.create(
        circle_id=thing.circle_id, subject_id=thing.subject_id, author_id=by.person_id, at=at, giver_id=giver,
        to_id=by.person_id, answer=PassOn.Answer.YES, answered_at=at, **_about(thing),
    )  # fmt: skip
    _give(thing, by.person_id)
    journal.write(
        "took something over",
        by=by,
        at=at,
        circle_id=thing.circle_id,
        about=thing.about_id or giver,
        object_id=thing.pk,
    )


@transaction.atomic
def end(thing: Thing, word: str, *, by: Viewer, at: datetime) -> PassOn:
    """It is not needed any more, or cannot be done: it ends, with a word for those who waited for it."""
    if not may_pass_on(thing, by):
        raise NotAllowed(Permission.DO_ACTION.value)
    words = " ".join(rules.tidy(word, rules.STEP).split())
    same = PassOn.objects.filter(answer=PassOn.Answer.ENDED, taken_back_at__isnull=True, word=words)
    again: PassOn | None = same.filter(author_id=by.person_id, **_about(thing)).order_by("-at").first()
    if again is not None and not is_open(thing):
        return again
    thing = _held(thing)
    giver = holder(thing)
    if giver is None:
        raise IsOverAlready
    PassOn.objects.waiting().filter(**_about(thing)).update(taken_back_at=at)
    made: PassOn = PassOn.objects.create(
        circle_id=thing.circle_id, subject_id=thing.subject_id, author_id=by.person_id, at=at, giver_id=giver,
        answer=PassOn.Answer.ENDED, answered_at=at, word=words, **_about(thing),
    )  # fmt: skip
    if isinstance(thing, Promise):
        thing.ended_at = at
        thing.save(update_fields=["ended_at"])
    else:
        thing.state = Action.State.NOT_NOW
        thing.save(update_fields=["state"])
    journal.write(
        "ended with a word", by=by, at=at, circle_id=thing.circle_id, about=thing.about_id, object_id=thing.pk
    )
    return made


@transaction.atomic
def take_back(pass_on: PassOn, *, by: Viewer, at: datetime) -> None:
    """Think again: nobody is asked any more, or what ended goes on. What somebody took over stays theirs."""
    if by.person_id not in (pass_on.author_id, pass_on.giver_id) or not may_pass_on(pass_on.what, by):
        raise NotAllowed(Permission.DO_ACTION.value)
    pass_on = _waiting(pass_on)
    if pass_on.taken_back_at is not None:
        return
    if pass_on.answer == PassOn.Answer.YES:
        raise IsOverAlready
    pass_on.taken_back_at = at
    pass_on.save(update_fields=["taken_back_at"])
    if pass_on.answer == PassOn.Answer.ENDED:
        _reopen(pass_on)
    journal.write(
        "thought again",
        by=by,
        at=at,
        circle_id=pass_on.circle_id,
        about=pass_on.about_id,
        object_id=pass_on.pk,
    )


def _reopen(pass_on: PassOn) -> None:
    """What ended with this word goes on."""
    thing = pass_on.what
    if isinstance(thing, Promise):
        Promise.objects.filter(pk=thing.pk, ended_at=pass_on.answered_at).update(ended_at=None)
    else:
        Action.objects.filter(pk=thing.pk, state=Action.State.NOT_NOW).update(state=Action.State.OPEN)


@transaction.atomic
def write_must_know(
    hand_over: HandOver, text: str, *, language: str, about: UUID | None, by: Viewer, at: datetime
) -> MustKnow:
    """The one who goes writes what the next one must know; the family reads along. Said anew, it replaces the words."""
    by.must(Permission.WRITE_NOTE, hand_over.circle_id)
    if hand_over.leaver_id != by.person_id or hand_over.stopped_at is not None:
        raise NotAllowed(Permission.HAND_OVER.value)
    words = rules.tidy(text, MUST_KNOW)
    page: MustKnow | None = MustKnow.objects.select_for_update().filter(hand_over=hand_over).first()
    if page is None:
        page = MustKnow(
            hand_over=hand_over, circle_id=hand_over.circle_id, subject_id=about, author_id=by.person_id, at=at
        )  # fmt: skip
    page.text, page.language, page.changed_at = words, language, at
    try:
        with transaction.atomic():
            page.save()
    except IntegrityError as kept_from_it:  # a court keeps the one who wrote it from their own words (K4)
        raise NotAllowed(Permission.WRITE_NOTE.value) from kept_from_it
    said = "wrote what the next one must know"
    journal.write(said, by=by, at=at, circle_id=page.circle_id, about=page.subject_id, object_id=page.pk)
    return page
