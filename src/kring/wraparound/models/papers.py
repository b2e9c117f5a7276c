from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.trust.models import Circle, Person
from kring.wraparound.models.plans import Plan


class Paper(models.Model):
    """The plan as a PDF for one reader; only who asked for it can fetch it, and not for long."""

    policy = "own rows"

    class State(models.TextChoices):
        ASKED = "asked", _("being made")
        MADE = "made", _("ready")
        FAILED = "failed", _("it did not work")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+")
    circle = models.ForeignKey(Circle, models.PROTECT, related_name="+")
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    reader = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("for whom"))
    language = models.CharField(_("language"), max_length=12)
    state = models.CharField(_("state"), max_length=6, choices=State, default=State.ASKED)
    sheet = models.BinaryField(null=True)
    at = models.DateTimeField(_("asked at"))
    made_at = models.DateTimeField(_("made at"), null=True, blank=True)

    data_classes = {
        "id": "technical",
        "plan": "circle",
        "circle": "circle",
        "owner": "circle",
        "reader": "circle",
        "language": "circle",
        "state": "technical",
        "sheet": "circle",
        "at": "circle",
        "made_at": "circle",
    }

    class Meta:
        indexes = [models.Index(fields=["owner", "plan"], name="papers_somebody_asked_for")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="made") | Q(made_at__isnull=False, sheet__isnull=False),
                name="a_paper_that_is_ready_can_be_fetched",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
