from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.intake.models import Promise
from kring.trust.guard import Guarded, GuardedQuerySet, WrittenByMany
from kring.trust.models import HandOver, Person
from kring.wraparound import rules
from kring.wraparound.models.actions import Action


class MustKnow(WrittenByMany):
    """What the next coordinator must know, written by the one who goes, on one page; the family reads along."""

    part = "hand-over"
    others_write = ("text",)

    hand_over = models.OneToOneField(HandOver, models.PROTECT, related_name="must_know")
    text = models.TextField(_("what the next one must know"))
    language = models.CharField(_("language"), max_length=12)
    changed_at = models.DateTimeField(_("changed at"))

    data_classes = WrittenByMany.guarded_classes | dict.fromkeys(
        ("hand_over", "text", "language", "changed_at"), "circle"
    )

    class Meta:
        verbose_name_plural = "what the next ones must know"

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def direction(self) -> str:
        """From the language, never guessed."""
        return rules.direction(self.language)


class PassOnQuerySet(GuardedQuerySet):
    """What was passed on, as far as the one who asks may know it."""

    def waiting(self) -> "PassOnQuerySet":
        """What somebody was asked to take over and has not answered yet."""
        return self.filter(answer="", taken_back_at__isnull=True).order_by("at", "id")


class PassOn(Guarded):
    """A promise or a step goes from one to another who says yes; or it ends, with a word to those who waited for it."""

    part = "hand-over"
    fixed_fields = ("promise_id", "action_id", "giver_id", "to_id", "author_id", "at")

    class Answer(models.TextChoices):
        YES = "yes", _("took it over")
        NO = "no", _("not now")
        ENDED = "ended", _("is not needed any more")

    promise = models.ForeignKey(Promise, models.CASCADE, null=True, blank=True, related_name="+")
    action = models.ForeignKey(Action, models.PROTECT, null=True, blank=True, related_name="+")
    giver = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("from whom"))
    to = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("to whom")
    )
    answer = models.CharField(_("answer"), max_length=5, choices=Answer, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    word = models.CharField(_("a word about it"), max_length=300, blank=True)
    taken_back_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    objects: ClassVar[Any] = PassOnQuerySet.as_manager()

    data_classes = Guarded.guarded_classes | dict.fromkeys(
        ("promise", "action", "giver", "to", "answer", "answered_at", "word", "taken_back_at"), "circle"
    )

    class Meta:
        verbose_name_plural = "what was passed on"
        indexes = [
            models.Index(fields=["to"], condition=Q(answer=""), name="passed_on_and_not_answered"),
            models.Index(fields=["giver", "at"], name="passed_on_by_somebody"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(promise__isnull=False, action__isnull=True)
                | Q(promise__isnull=True, action__isnull=False),
                name="a_promise_or_a_step_is_passed_on",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, to__isnull=False)
                | Q(answer__in=["yes", "no"], answered_at__isnull=False, to__isnull=False)
                | Q(answer="ended", answered_at__isnull=False, to__isnull=True, word__gt=""),
                name="somebody_takes_it_or_it_ends_with_a_word",
            ),
            *(
                models.UniqueConstraint(
                    fields=[what], condition=Q(answer="", taken_back_at__isnull=True), name=f"one_is_asked_to_take_a_{name}"
                )
                for what, name in (("promise", "promise"), ("action", "step"))
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def what(self) -> Promise | Action:
        """The promise or the step itself."""
        return self.promise or self.action  # type: ignore[return-value]  # one of the two, says the constraint
