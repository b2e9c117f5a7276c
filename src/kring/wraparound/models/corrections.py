from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.trust.guard import Guarded
from kring.trust.keys import LockedText
from kring.trust.models import Person
from kring.wraparound import rules


class NotRight(Guarded):
    """ "This is not right": said of a text by whom it is about, with a day by which there is an answer.

    The database keeps to it (`60_not_right.sql`): who may say it, who hears and answers it, and that it stays.
    """

    part = "family"  # that somebody said it is told to nobody else, in the journal neither
    only_between = 'trust.hears_not_right(id, "on", object_id, asked_by_id, author_id, answer)'
    fixed_fields = ("circle_id", "subject_id", "author_id", "on", "object_id", "asked_by_id", "language")

    class On(models.TextChoices):
        STORY = "story", _("our story")
        WISH = "wish", _("a wish")
        GOAL = "goal", _("a goal")
        STEP = "action", _("a step")
        NOTE = "note", _("a note")
        BEGINNING = "beginning", _("with what it began")
        ATTEMPT = "attempt", _("that somebody tried to reach us")
        CARD = "card", _("how somebody is reached")

    class Answer(models.TextChoices):
        CHANGED = "changed", _("It is changed")
        BESIDE = "beside", _("Your words stand beside it")
        REFUSED = "refused", _("It stays as it is")

    on = models.CharField(_("on"), max_length=9, choices=On)
    object_id = models.UUIDField()
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("who says so"))
    language = models.CharField(_("language"), max_length=12)
    words_locked = models.BinaryField(_("what is not right"), default=b"")
    should_locked = models.BinaryField(_("what it should be"), default=b"")
    answer_by = models.DateTimeField(_("answered before"), null=True, editable=False)
    answer = models.CharField(_("answer"), max_length=7, choices=Answer, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    reason_locked = models.BinaryField(_("why"), default=b"")
    was_locked = models.BinaryField(_("what it said before"), default=b"")
    becomes_locked = models.BinaryField(_("what it says now"), default=b"")

    words = LockedText("words_locked")
    should = LockedText("should_locked")
    reason = LockedText("reason_locked")
    was = LockedText("was_locked")
    becomes = LockedText("becomes_locked")

    data_classes = (
        Guarded.guarded_classes
        | dict.fromkeys(("on", "asked_by", "language", "answer_by", "answer", "answered_by", "answered_at"), "circle")
        | dict.fromkeys(("words_locked", "should_locked", "reason_locked", "was_locked", "becomes_locked"), "circle")
        | {"object_id": "technical"}
    )  # fmt: skip

    class Meta:
        verbose_name_plural = "what is not right"
        indexes = [
            models.Index("object_id", name="not_right_about_a_text"),
            models.Index("answer_by", condition=Q(answer=""), name="not_right_without_an_answer"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "asked_by", "object_id"],
                condition=Q(answer=""),
                name="one_question_about_a_text_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | Q(answer__gt="", answered_at__isnull=False),
                name="an_answer_to_what_is_not_right_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def direction(self) -> str:
        """From the language, never guessed."""
        return rules.direction(self.language)
