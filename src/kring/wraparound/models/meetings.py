from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.intake.models import Promise
from kring.trust.chosen import own_word
from kring.trust.guard import Guarded, GuardedQuerySet, WrittenByMany
from kring.trust.models import Family, Person
from kring.wraparound import rules
from kring.wraparound.models.actions import Action


class MeetingQuerySet(GuardedQuerySet):
    """How people look for meetings."""

    def of_family(self, family_id: object) -> "MeetingQuerySet":
        """The meetings of one family."""
        return self.filter(family_id=family_id)

    def coming(self, at: datetime) -> "MeetingQuerySet":
        """Called, and still to come or going on now; the nearest first."""
        awaited = Q(begins_at__gt=at - rules.MEETING_IS_AWAITED) | Q(begun_at__isnull=False)
        return self.filter(awaited, ended_at__isnull=True, cancelled_at__isnull=True).order_by(
            "begins_at", "id"
        )


class Meeting(WrittenByMany):
    """People of a circle come together: a day, an hour, a place, and what it is for."""

    part = "meeting"
    fixed_fields = ("family_id", "circle_id", "subject_id", "language", "at")
    others_write = (
        "begins_at", "place", "purpose", "interpreter", "moved_because", "cancelled_because", "minutes",
    )  # fmt: skip

    class State(models.TextChoices):
        COMING = "coming", own_word("coming")
        GOING_ON = "going on", own_word("going on now")
        HELD = "held", own_word("held")
        CANCELLED = "cancelled", own_word("called off")

    family = models.ForeignKey(Family, models.PROTECT, related_name="+")
    begins_at = models.DateTimeField(_("begins at"))
    place = models.CharField(_("place"), max_length=200)
    purpose = models.CharField(_("what it is for"), max_length=300, blank=True)
    language = models.CharField(_("language"), max_length=12)
    interpreter = models.CharField(_("interpreter wanted for"), max_length=12, blank=True)
    was_at = models.DateTimeField(_("was first at"), null=True, blank=True)
    moved_because = models.CharField(_("why another day"), max_length=300, blank=True)
    moves = models.PositiveSmallIntegerField(_("how many times moved"), default=0)
    begun_at = models.DateTimeField(_("begun at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("called off at"), null=True, blank=True)
    cancelled_because = models.CharField(_("why it was called off"), max_length=300, blank=True)
    minutes = models.TextField(_("what we want to remember"), blank=True)
    minutes_language = models.CharField(_("language of the minutes"), max_length=12, blank=True)

    objects: ClassVar[Any] = MeetingQuerySet.as_manager()

    data_classes = WrittenByMany.guarded_classes | dict.fromkeys(
        (
            "family", "begins_at", "place", "purpose", "language", "interpreter", "was_at", "moved_because", "moves",
            "begun_at", "ended_at", "cancelled_at", "cancelled_because", "minutes", "minutes_language",
        ),
        "circle",
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["family", "begins_at"], name="meetings_of_a_family")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(begun_at__isnull=False),
                name="a_meeting_that_ended_began",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_because="")
                | Q(cancelled_at__isnull=False, cancelled_because__gt="", begun_at__isnull=True),
                name="a_meeting_called_off_says_why_and_never_began",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def direction(self) -> str:
        """From the language, never guessed."""
        return rules.direction(self.language)

    @property
    def minutes_direction(self) -> str:
        """From the language of the minutes."""
        return rules.direction(self.minutes_language)

    @property
    def state(self) -> str:
        """Where it stands: reckoned, never stored."""
        if self.cancelled_at:
            return self.State.CANCELLED
        if self.ended_at:
            return self.State.HELD
        return self.State.GOING_ON if self.begun_at else self.State.COMING


class Participant(Guarded):
    """Who is asked to a meeting: whether they come, whether they were there. It gives no seat in the circle."""

    part = "meeting"
    fixed_fields = ("meeting_id", "person_id", "name", "subject_id", "author_id", "at")

    class Answer(models.TextChoices):
        COMES = "comes", _("comes")
        NOT = "not", _("cannot come")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="participants")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("somebody who is not in the circle"), max_length=120, blank=True)
    answer = models.CharField(_("answer"), max_length=5, choices=Answer, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    was_there = models.BooleanField(_("was there"), null=True, blank=True)
    told_at = models.DateTimeField(_("told at"), null=True, blank=True)

    data_classes = Guarded.guarded_classes | dict.fromkeys(
        ("meeting", "person", "name", "answer", "answered_at", "was_there", "told_at"), "circle"
    )

    class Meta:
        indexes = [models.Index(fields=["meeting"], name="participants_of_a_meeting")]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, name="") | Q(person__isnull=True, name__gt=""),
                name="a_participant_has_a_face_or_a_name",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class AgendaPoint(Guarded):
    """One thing somebody wants to talk about: a point, a strength they see, a question they have."""

    part = "meeting"
    fixed_fields = ("meeting_id", "kind", "words", "language", "subject_id", "author_id", "at")

    class Kind(models.TextChoices):
        STRENGTH = "strength", _("what goes well")
        POINT = "point", _("to talk about")
        QUESTION = "question", _("a question")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="points")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.POINT)
    words = models.CharField(_("in a few words"), max_length=300)
    language = models.CharField(_("language"), max_length=12)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    talked_at = models.DateTimeField(_("talked about at"), null=True, blank=True)

    data_classes = (
        Guarded.guarded_classes
        | dict.fromkeys(("meeting", "kind", "words", "language", "talked_at"), "circle")
        | {"position": "technical"}
    )

    class Meta:
        indexes = [models.Index(fields=["meeting", "position"], name="points_of_a_meeting")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def direction(self) -> str:
        """From the language, never guessed."""
        return rules.direction(self.language)


class RoundWord(Guarded):
    """How somebody comes into a meeting or goes out of it: a face, own words, or both. Nobody must; nobody counts."""

    part = "meeting"
    fixed_fields = (
        "meeting_id", "person_id", "moment", "feeling", "words", "language", "subject_id", "author_id", "at",
    )  # fmt: skip

    class Moment(models.TextChoices):
        IN = "in", _("how I come in")
        OUT = "out", _("how I go out")

    class Feeling(models.TextChoices):
        GLAD = "glad", _("glad")
        CALM = "calm", _("calm")
        CURIOUS = "curious", _("curious")
        TIRED = "tired", _("tired")
        TENSE = "tense", _("tense")
        SAD = "sad", _("sad")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="round")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    moment = models.CharField(_("moment"), max_length=3, choices=Moment)
    feeling = models.CharField(_("face"), max_length=8, choices=Feeling, blank=True)
    words = models.CharField(_("own words"), max_length=300, blank=True)
    language = models.CharField(_("language"), max_length=12)

    data_classes = Guarded.guarded_classes | dict.fromkeys(
        ("meeting", "person", "moment", "feeling", "words", "language"), "circle"
    )

    class Meta:
        indexes = [models.Index(fields=["meeting"], name="the_round_of_a_meeting")]
        constraints = [
            models.CheckConstraint(
                condition=Q(feeling__gt="") | Q(words__gt=""), name="a_word_in_the_round_says_something"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def direction(self) -> str:
        """From the language, never guessed."""
        return rules.direction(self.language)


class Decision(Guarded):
    """What a meeting decided. With a face and a day it is a promise, or a small step of the plan."""

    part = "meeting"
    fixed_fields = ("meeting_id", "words", "language", "subject_id", "author_id", "at")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions")
    words = models.CharField(_("what we decided"), max_length=300)
    language = models.CharField(_("language"), max_length=12)
    promise = models.ForeignKey(Promise, models.SET_NULL, null=True, blank=True, related_name="+")
    action = models.ForeignKey(Action, models.PROTECT, null=True, blank=True, related_name="+")

    data_classes = Guarded.guarded_classes | dict.fromkeys(
        ("meeting", "words", "language", "promise", "action"), "circle"
    )

    class Meta:
        indexes = [models.Index(fields=["meeting"], name="decisions_of_a_meeting")]
        constraints = [
            models.CheckConstraint(
                condition=Q(promise__isnull=True) | Q(action__isnull=True),
                name="a_decision_is_a_promise_or_a_step",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def direction(self) -> str:
        """From the language, never guessed."""
        return rules.direction(self.language)
