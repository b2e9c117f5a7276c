from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Forgetting(models.Model):
    """That a person or a family asked to be forgotten: a number, a day, by whose word. It names nobody.

    Every line of this ledger is copied to a file outside the database, so that no old backup brings anybody back.
    """

    policy = "gatekeeper only"

    class Kind(models.TextChoices):
        PERSON = "person", _("one person")
        FAMILY = "family", _("a family")

    class Word(models.TextChoices):
        GUARDIAN = "guardian", _("a parent with authority")
        YOUNG_PERSON = "young person", _("the young person")
        ADULT = "adult", _("the person")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=6, choices=Kind)
    whose = models.UUIDField()
    word = models.CharField(_("by whose word"), max_length=12, choices=Word)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField(_("asked at"))
    due_at = models.DateTimeField(_("forgotten from"))
    reminded_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.UUIDField(null=True)
    done_at = models.DateTimeField(null=True)

    data_classes = {
        "id": "technical",
        "kind": "technical",
        "whose": "secret",
        "word": "technical",
        "asked_by": "secret",
        "asked_at": "technical",
        "due_at": "technical",
        "reminded_at": "technical",
        "taken_back_at": "technical",
        "taken_back_by": "secret",
        "done_at": "technical",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "whose"],
                condition=Q(taken_back_at__isnull=True, done_at__isnull=True),
                name="one_is_asked_to_be_forgotten_once",
            ),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("asked_at")), name="there_is_time_to_think_before_forgetting"
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True) | Q(done_at__isnull=True),
                name="what_was_taken_back_is_not_done",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
