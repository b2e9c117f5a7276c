"""The path of earlier help, rebuilt with the family: told, said in other words, taken off, put back; its papers asked for."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy as _

from kring.intake.models import Promise
from kring.intake.usecases.promises import promise
from kring.trust import journal
from kring.trust.models import Circle, ContactCard, Organisation, Seat, Village
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.usecases.showing import family_seats, part_for
from kring.trust.viewer import Viewer
from kring.wraparound import rough_time, rules
from kring.wraparound.models import EarlierHelp, EarlierTelling
from kring.wraparound.rough_time import RoughTime
from kring.wraparound.usecases.plans import about, only_child

#: The same help told by the same person within this time is one, sent twice.
SENT_TWICE = timedelta(minutes=1)
A_DAY = timedelta(days=1)
WHAT, WHO, HOW = 200, 120, 2_000
#: Who reads along when something is kept near: the family itself and its coordinator.
NEAR = (Seat.Role.CHILD, Seat.Role.GUARDIAN, Seat.Role.COORDINATOR)
#: Help with papers, as it is promised.
PAPERS: dict[str, Words] = {
    "report": _("ask for the papers of “%(help)s”"),
    "form": _("fill in a form together, about “%(help)s”"),
    "letters": _("read the letters about “%(help)s” aloud together"),
}


@dataclass(frozen=True)
class Told:
    """What a family tells of one help."""

    what: str
    since: RoughTime
    until: RoughTime | None = None
    goes_on: bool = False
    who: str = ""
    helped: str = ""
    did_not: str = ""
    language: str = "en"

    def tidied(self, this_year: int) -> dict[str, Any]:
        """As it is kept."""
        until = None if self.goes_on else self.until
        rough_time.must_follow(self.since, until, this_year)
        return {
            "what": " ".join(rules.tidy(self.what, WHAT).split()),
            "who": " ".join(rules.tidy(self.who, WHO, needed=False).split()),
            "since_year": self.since.year,
            "since_season": self.since.season,
            "until_year": until.year if until else None,
            "until_season": until.season if until else "",
            "goes_on": self.goes_on,
            "helped": rules.tidy(self.helped, HOW, needed=False),
            "did_not": rules.tidy(self.did_not, HOW, needed=False),
            "language": self.language,
        }


def told_of(row: EarlierHelp) -> Told:
    """The words of a help as they stand."""
    return Told(row.what, row.since, row.until, row.goes_on, row.who, row.helped, row.did_not, row.language)


def told_before(telling: EarlierTelling) -> Told:
    """The words of a help as they stood."""
    words = dict(telling.told)
    until = words.pop("until")
    return Told(since=RoughTime(*words.pop("since")), until=RoughTime(*until) if until else None, **words)


@transaction.atomic
def add_help(
    circle: Circle, told: Told, *, by: Viewer, at: datetime, child: UUID | None = None, near: bool = False
) -> EarlierHelp:
    """One more help on the path, told by the family or written down with it; `near` keeps it to the family."""
    by.must(Permission.TELL_STORY, circle.pk)
    if circle.kind != Circle.Kind.FAMILY or circle.family_id is None:
        raise NotAllowed(Permission.TELL_STORY.value)
    words = told.tidied(_year(at))
    subject = about(child) if child else only_child(circle.family_id)
    same = EarlierHelp.objects.in_family(circle.family_id).filter(
        author_id=by.person_id, subject_id=subject, at__gt=at - SENT_TWICE, taken_off_at=None, **words
    )
    if (again := same.first()) is not None:
        found: EarlierHelp = again
        return found
    row: EarlierHelp = EarlierHelp.objects.create(
        circle=_near(circle, by, at) if near else circle, subject_id=subject, author_id=by.person_id, at=at,
        organisation=_named(words["who"]), **words,
    )  # fmt: skip
    journal.write(
        "told of earlier help", by=by, at=at, circle_id=row.circle_id, about=subject, object_id=row.pk
    )
    return row


def _year(at: datetime) -> int:
    """The year it is; a village may be some hours ahead of the clock of the machine."""
    return (at + A_DAY).year


def _near(circle: Circle, by: Viewer, at: datetime) -> Circle:
    family_id: UUID = circle.family_id  # type: ignore[assignment]
    seats = family_seats(family_id, at)
    close = {seat.person_id for seat in seats if seat.role in NEAR or seat.person_id == by.person_id}
    whole = len(close) == len(seats)
    return circle if whole else part_for(family_id, close, by=by, at=at)


def _named(who: str) -> Organisation | None:
    """The organisation of the village that bears this name, if one does."""
    return Organisation.objects.filter(name__iexact=who).order_by("id").first() if who else None


def may_write(row: EarlierHelp, by: Viewer) -> bool:
    """Child, guardian and coordinator write the path, where they may know it."""
    return by.can(Permission.TELL_STORY, row.circle_id)


def _open(row: EarlierHelp, by: Viewer) -> EarlierHelp:
    by.must(Permission.TELL_STORY, row.circle_id)
    found: EarlierHelp = EarlierHelp.objects.select_for_update().get(pk=row.pk)
    return found


@transaction.atomic
def say_anew(row: EarlierHelp, told: Told, *, by: Viewer, at: datetime) -> EarlierHelp:
    """A help is told in other words; how it was told before is kept. The same words change nothing."""
    row = _open(row, by)
    before, words = told_of(row), told.tidied(_year(at))
    if before.tidied(_year(at)) == words:
        return row
    EarlierTelling.objects.create(
        help=row, circle_id=row.circle_id, subject_id=row.subject_id, author_id=by.person_id, at=at,
        told=asdict(before) | {"since": _pair(before.since), "until": _pair(before.until)},
    )  # fmt: skip
    for name, value in words.items():
        setattr(row, name, value)
    row.organisation = _named(row.who)
    row.save()
    journal.write(
        "told earlier help anew", by=by, at=at, circle_id=row.circle_id, about=row.about_id, object_id=row.pk
    )
    return row


def _pair(time: RoughTime | None) -> list[Any] | None:
    return [time.year, time.season] if time else None


def as_it_was(telling: EarlierTelling, *, by: Viewer, at: datetime) -> EarlierHelp:
    """A help gets the words back that it had before; those of now are kept in their place."""
    return say_anew(telling.help, told_before(telling), by=by, at=at)


@transaction.atomic
def take_off(row: EarlierHelp, *, by: Viewer, at: datetime) -> EarlierHelp:
    """A help does not stand on the path any more; it can be put back."""
    row = _open(row, by)
    if row.taken_off_at is None:
        row.taken_off_at = at
        row.save(update_fields=["taken_off_at"])
        journal.write(
            "took earlier help off",
            by=by,
            at=at,
            circle_id=row.circle_id,
            about=row.about_id,
            object_id=row.pk,
        )
    return row


@transaction.atomic
def put_back(row: EarlierHelp, *, by: Viewer, at: datetime) -> EarlierHelp:
    """It stands on the path again."""
    row = _open(row, by)
    if row.taken_off_at is not None:
        row.taken_off_at = None
        row.save(update_fields=["taken_off_at"])
        journal.write(
            "put earlier help back",
            by=by,
            at=at,
            circle_id=row.circle_id,
            about=row.about_id,
            object_id=row.pk,
        )
    return row


def read_by(person_id: UUID, by: Viewer) -> str:
    """The language in which somebody reads their day: of their card, else of the village."""
    card = ContactCard.objects.filter(person_id=person_id).exclude(language="").order_by("id").first()
    known = card is not None and translation.check_for_language(card.language)
    return str(card.language if known and card else Village.objects.get(pk=by.village_id).language)


def ask_for_papers(
    row: EarlierHelp, paper: str, *, due_at: datetime, by: Viewer, at: datetime, person_id: UUID, to_whom: str = ""
) -> Promise:  # fmt: skip
    """Somebody who may know this help takes its papers upon them: it stands on their day. Asked twice, it is one.

    Family and coordinator ask anybody; others take upon them what they will do themselves.
    """
    if person_id != by.person_id:
        by.must(Permission.TELL_STORY, row.circle_id)
    with translation.override(read_by(person_id, by)):
        what = str(PAPERS[paper] % {"help": row.what})
    standing = Promise.objects.open().filter(object_id=row.pk, by_id=person_id, what=what)
    if (again := standing.first()) is not None:
        found: Promise = again
        return found
    return promise(
        row.circle_id, what=what, due_at=due_at, by=by, at=at, person_id=person_id, to_whom=to_whom,
        object_id=row.pk, subject_id=row.subject_id,
    )  # fmt: skip
