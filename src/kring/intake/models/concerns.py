import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.intake import rules
from kring.trust.chosen import own_word
from kring.trust.guard import Guarded, GuardedQuerySet
from kring.trust.keys import Gone, LockedText
from kring.trust.keys.locking import Lock
from kring.trust.keys.turning import TurningText, turn_of
from kring.trust.models import Person


class ConcernQuerySet(GuardedQuerySet):
    """Concerns, as far as the one who asks may know them."""

    def open(self) -> "ConcernQuerySet":
        """Those that still wait for somebody or something."""
        return self.filter(state__in=Concern.OPEN)

    def with_people(self) -> "ConcernQuerySet":
        """With the persons named on the receipt, in the same question."""
        return self.select_related("on_duty", "stand_in", "taken_by", "circle")


class Concern(Guarded):
    """What somebody saw and told us about a child; on the desk until a person takes it up."""

    part = "concern"

    class State(models.TextChoices):
        RECEIVED = "received", own_word("received")
        TAKEN_UP = "taken up", own_word("somebody has taken it up")
        TALKED = "talked", own_word("we talked")
        DONE = "done", own_word("done")
        NOT_DONE = "not done", own_word("not done")

    OPEN = (State.RECEIVED, State.TAKEN_UP, State.TALKED)

    class Kind(models.TextChoices):
        TEACHER = "teacher", _("teacher or school")
        PARENT = "parent", _("parent or caregiver")
        YOUNG = "young", _("child or young person")
        NEIGHBOUR = "neighbour", _("neighbour, friend or relative")
        OTHER = "other", _("somebody else who works with children")

    class FamilyKnows(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        NOT_YET = "not yet", _("Not yet, help me tell them")
        MYSELF = "myself", _("It is about me or my own family")

    class Channel(models.TextChoices):
        PAGE = "page", _("the page")
        POSTER = "poster", _("a poster")
        PHONE = "phone", _("a call")
        TALK = "talk", _("a talk")
        PAPER = "paper", _("a letter or a note")

    class Outcome(models.TextChoices):
        TALKED = "talked", own_word("we talked and that was enough")
        GOES_ON = "goes on", own_word("somebody goes on with it")
        ELSEWHERE = "elsewhere", own_word("somebody else helps")
        NOT_REACHED = "not reached", own_word("we did not reach you")
        NOT_FOR_US = "not for us", own_word("we cannot do this here")
        NOT_WANTED = "not wanted", own_word("the family does not want this now")
        NOBODY = "nobody", own_word("nobody took it up in time")

    GOOD_ENDS = (Outcome.TALKED, Outcome.GOES_ON, Outcome.ELSEWHERE)

    told_locked = models.BinaryField(_("what was told, written locked"), default=b"")
    reachable = models.BooleanField(_("the one who asks said how to reach them"), default=False)
    asker_kind = models.CharField(_("who asks"), max_length=10, choices=Kind, blank=True)
    family_knows = models.CharField(_("does the family know"), max_length=8, choices=FamilyKnows, blank=True)
    language = models.CharField(_("language"), max_length=12, default="en")
    wants_help_now = models.BooleanField(_("a child asks for help"), default=False)
    channel = models.CharField(_("how it came in"), max_length=6, choices=Channel, default=Channel.PAGE)
    written_down_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("written down by")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.RECEIVED)
    answer_by = models.DateTimeField(_("answered before"))
    on_duty = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    stand_in = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    taken_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(_("taken up at"), null=True, blank=True)
    answered_at = models.DateTimeField(_("first answered at"), null=True, blank=True)
    family_yes_at = models.DateTimeField(_("the family said yes at"), null=True, blank=True)
    outcome = models.CharField(_("how it ended"), max_length=12, choices=Outcome, blank=True)
    reason = models.TextField(_("the reason told to the one who asked"), blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    forgotten_at = models.DateTimeField(_("what was told was deleted at"), null=True, blank=True)
    receipt_hash = models.BinaryField(max_length=32, unique=True, editable=False)

    objects: ClassVar[Any] = ConcernQuerySet.as_manager()
    #: Who it is about, what was seen, how to reach the one who asks and their name: locked as one text.
    told_text = TurningText("told_locked")
    TOLD = ("who_about", "seen", "reach", "asker_name")

    data_classes = (
        Guarded.guarded_classes
        | dict.fromkeys(
            (
                "family_knows", "language", "reachable", "wants_help_now", "channel", "state",
                "answer_by", "on_duty", "stand_in", "taken_by", "taken_at", "answered_at", "family_yes_at",
                "outcome", "reason",
                "closed_at", "forgotten_at",
            ),
            "circle",
        )
        | dict.fromkeys(("told_locked", "asker_kind", "written_down_by"), "sealed")
        | {"receipt_hash": "secret"}
    )  # fmt: skip

    class Meta:
        indexes = [
            models.Index(fields=["circle", "state"], name="concerns_of_a_circle"),
            models.Index(fields=["at"], name="concerns_by_moment"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="received", taken_by__isnull=True, taken_at__isnull=True)
                | ~Q(state="received"),
                name="what_is_only_received_nobody_has_taken_up",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["done", "not done"], closed_at__isnull=False, outcome__gt="")
                | Q(state__in=["received", "taken up", "talked"], closed_at__isnull=True, outcome=""),
                name="a_concern_ends_with_an_outcome_and_a_day",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def told(self) -> dict[str, str]:
        """What was told, opened; nothing when its key was destroyed."""
        if "_told" not in self.__dict__:
            self.open_with(_lock(self))
        words: dict[str, str] = self.__dict__["_told"]
        return words

    def open_with(self, lock: Lock | None) -> None:
        """Open what was told with a lock taken once for many rows."""
        text = Concern.told_text.opened(self, lock) if lock is not None else ""
        self.__dict__["_told"] = json.loads(text) if text else {}

    def tell(self, words: dict[str, str], *, on: date | None = None) -> None:
        """Lock what was told under the circle in which it lies now; at a desk under its key of this day."""
        kept = {name: words[name] for name in self.TOLD if words.get(name)}
        Concern.told_text.close(self, json.dumps(kept, ensure_ascii=False) if kept else "", on)
        self.reachable = bool(kept.get("reach"))
        self.__dict__["_told"] = kept

    @property
    def who_about(self) -> str:
        """Whom it is about, in the asker's words."""
        return self.told.get("who_about", "")

    @property
    def seen(self) -> str:
        """What was seen."""
        return self.told.get("seen", "")

    @property
    def reach(self) -> str:
        """How to reach the one who asks."""
        return self.told.get("reach", "")

    @property
    def asker_name(self) -> str:
        """The name the one who asks gave, if any."""
        return self.told.get("asker_name", "")

    @property
    def person(self) -> Person | None:
        """Whom the one who asked is waiting for."""
        return self.taken_by or self.on_duty

    @property
    def is_open(self) -> bool:
        """Whether it still waits for somebody or something."""
        return self.state in self.OPEN

    @property
    def may_become_a_circle(self) -> bool:
        """Whether a first talk goes on and the family has not said yes yet."""
        return self.state in (self.State.TAKEN_UP, self.State.TALKED) and self.family_yes_at is None

    @property
    def mail(self) -> str:
        """The e-mail address the one who asked gave, if any."""
        return rules.mail_in(self.reach)

    @property
    def number(self) -> str:
        """The telephone number the one who asked gave, if any."""
        return rules.number_in(self.reach)

    def term_ends(self, term_days: int) -> datetime:
        """When what was told is deleted."""
        return rules.term_ends(self.taken_at or self.at, term_days=term_days, closed_at=self.closed_at)


def _lock(concern: Concern) -> Lock | None:
    try:
        lock: Lock = Concern.told_text.lock(concern)
        return lock
    except Gone:
        return None


def open_together(found: Iterable[Concern]) -> None:
    """Open what was told in many concerns; each lock is taken once."""
    locks: dict[tuple[UUID | None, ...], Lock | None] = {}
    for concern in found:
        place = (concern.circle_id, concern.subject_id, turn_of(bytes(concern.told_locked)))
        if place not in locks:
            locks[place] = _lock(concern)
        concern.open_with(locks[place])


class TalkNote(Guarded):
    """What was said in a first talk, before the family's yes; it lies in that first talk only."""

    part = "first talk"

    concern = models.ForeignKey(Concern, models.PROTECT, related_name="notes")
    text_locked = models.BinaryField(_("what was said, written locked"), default=b"")
    reached = models.BooleanField(_("we reached each other"), default=True)

    data_classes = Guarded.guarded_classes | {
        "concern": "circle",
        "text_locked": "circle",
        "reached": "circle",
    }
    text = LockedText("text_locked")

    class Meta:
        indexes = [models.Index(fields=["concern", "at"], name="notes_of_a_first_talk")]

    def __str__(self) -> str:
        return str(self.pk)
