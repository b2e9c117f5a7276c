from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.intake import rules
from kring.intake.models.concerns import Concern
from kring.trust.guard import Guarded, GuardedQuerySet
from kring.trust.models import Person


class PromiseQuerySet(GuardedQuerySet):
    """Promises, as far as the one who asks may know them."""

    def open(self) -> "PromiseQuerySet":
        """Those that nobody has kept or let go yet, oldest day first."""
        return self.filter(kept_at__isnull=True, ended_at__isnull=True).order_by("due_at", "id")

    def of(self, person_id: object) -> "PromiseQuerySet":
        """Those one person made."""
        return self.filter(by_id=person_id)

    def late(self, at: datetime) -> "PromiseQuerySet":
        """Open, and the day has passed."""
        return self.open().filter(due_at__lt=at)

    def with_people(self) -> "PromiseQuerySet":
        """With the person who promised, in the same question."""
        return self.select_related("by")


class Promise(Guarded):
    """Each "I will find out", each "I will get back to you": who, to whom, before when."""

    part = "promises"

    class Kind(models.TextChoices):
        FIRST_ANSWER = "first answer", _("the first answer")
        WORD = "word", _("a promise")

    class WasTrue(models.TextChoices):
        YES = "yes", _("Yes")
        PARTLY = "partly", _("Partly")
        NO = "no", _("No")

    kind = models.CharField(max_length=12, choices=Kind, default=Kind.WORD)
    concern = models.ForeignKey(Concern, models.PROTECT, null=True, blank=True, related_name="promises")
    object_id = models.UUIDField(null=True, blank=True)
    what = models.CharField(_("what was promised"), max_length=300, blank=True)
    by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("who promised")
    )
    to_whom = models.CharField(_("to whom"), max_length=120, blank=True)
    to_asker = models.BooleanField(_("promised to the one who asked"), default=False)
    due_at = models.DateTimeField(_("before"))
    kept_at = models.DateTimeField(_("kept at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("not needed any more since"), null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(_("reminders sent"), default=0)
    asked_true_on = models.DateField(_("asked whether it was true on"), null=True, blank=True)
    was_true = models.CharField(_("was it true"), max_length=6, choices=WasTrue, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    objects: ClassVar[Any] = PromiseQuerySet.as_manager()

    data_classes = Guarded.guarded_classes | dict.fromkeys(
        (
            "kind", "concern", "object_id", "what", "by", "to_whom", "to_asker", "due_at", "kept_at", "ended_at",
            "reminders", "asked_true_on", "was_true", "answered_at",
        ),
        "circle",
    )  # fmt: skip

    class Meta:
        indexes = [
            models.Index(fields=["circle", "due_at"], name="promises_of_a_circle"),
            models.Index(
                fields=["by", "due_at"], condition=Q(kept_at__isnull=True), name="open_promises_of_a_person"
            ),
            models.Index(fields=["concern"], name="promises_of_a_concern"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(was_true="", answered_at__isnull=True)
                | Q(was_true__gt="", answered_at__isnull=False),
                name="an_answer_to_was_it_true_has_a_moment",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        """Not kept yet and still needed."""
        return self.kept_at is None and self.ended_at is None

    def state(self, at: datetime) -> str:
        """kept, late, open or ended: reckoned, never stored."""
        if self.kept_at:
            return "kept"
        if self.ended_at:
            return "ended"
        return "late" if rules.is_late(self.due_at, at=at) else "open"


class PromiseChange(Guarded):
    """That a promise got another day, and why; told to the one it was made to."""

    part = "promises"
    fixed_fields = ("promise_id", "was_due_at", "due_at", "reason")

    promise = models.ForeignKey(Promise, models.PROTECT, related_name="changes")
    was_due_at = models.DateTimeField(_("was promised before"))
    due_at = models.DateTimeField(_("is now promised before"))
    reason = models.CharField(_("why"), max_length=300, blank=True)

    data_classes = Guarded.guarded_classes | dict.fromkeys(
        ("promise", "was_due_at", "due_at", "reason"), "circle"
    )

    class Meta:
        indexes = [models.Index(fields=["promise", "at"], name="changes_of_a_promise")]

    def __str__(self) -> str:
        return str(self.pk)
