from datetime import datetime
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kring.trust.models import Person, Village


class DutyQuerySet(models.QuerySet["Duty"]):
    """Who is on duty when."""

    def covering(self, at: datetime) -> "DutyQuerySet":
        """Those whose turn it is at this moment, the latest begun first."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=at), since__lte=at).order_by("-since", "id")


class Duty(models.Model):
    """Whose turn it is at the contact point, and who stands in."""

    policy = "turns at the desk"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    village = models.ForeignKey(Village, models.PROTECT, related_name="duties")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("on duty"))
    stand_in = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("stands in")
    )
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True, blank=True)

    objects = DutyQuerySet.as_manager()

    data_classes = {
        "id": "technical",
        "village": "village",
        "person": "public",
        "stand_in": "public",
        "since": "village",
        "until": "village",
    }

    class Meta:
        verbose_name_plural = "duties"
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="a_duty_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(stand_in__isnull=True) | ~Q(stand_in=F("person")),
                name="nobody_stands_in_for_themselves",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.since:%Y-%m-%d}"


class WeekOfAnswers(models.Model):
    """How the village answered in one week: counts only, never of a person, shown only when there are enough."""

    policy = "gatekeeper only"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    week_of = models.DateField(_("week of"))
    answered = models.PositiveIntegerField(default=0)
    answer_hours = models.PositiveIntegerField(default=0)
    promises_due = models.PositiveIntegerField(default=0)
    promises_kept = models.PositiveIntegerField(default=0)

    data_classes = {
        "id": "technical",
        "village": "village",
        "week_of": "village",
        "answered": "village",
        "answer_hours": "village",
        "promises_due": "village",
        "promises_kept": "village",
    }

    class Meta:
        verbose_name_plural = "weeks of answers"
        constraints = [models.UniqueConstraint(fields=["village", "week_of"], name="a_week_is_counted_once")]

    def __str__(self) -> str:
        return f"{self.week_of}"
