from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.trust.guard import Guarded, GuardedQuerySet, WrittenByMany
from kring.trust.models import Family, Person
from kring.wraparound import rules


class PlanQuerySet(GuardedQuerySet):
    """How people look for a plan."""

    def open(self) -> "PlanQuerySet":
        """Plans that are not closed."""
        return self.exclude(stage="closed")

    def of_family(self, family_id: UUID) -> "PlanQuerySet":
        """The plans of one family, what was begun first on top: that is the family's plan as long as it is open."""
        return self.filter(family_id=family_id).order_by("at", "id")


class Plan(Guarded):
    """What a family and its circle want to reach together.

    A family has one plan: nobody begins another beside one that they know (`trust.check_one_plan`). Whoever may not
    know the one that stands begins theirs as if none stood, and what was begun first stays the family's.
    """

    part = "plan"

    class Stage(models.TextChoices):
        WRITTEN = "written", _("being written")
        IN_FORCE = "in force", _("in force")
        CLOSED = "closed", _("closed")

    family = models.ForeignKey(Family, models.PROTECT, related_name="+")
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, default=Stage.WRITTEN)
    in_force_since = models.DateTimeField(_("in force since"), null=True, blank=True)
    next_review_on = models.DateField(_("next time we look together"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    told_before = models.DateField(
        _("of which day the coordinator was told before it"), null=True, blank=True
    )
    told_on_it = models.DateField(_("of which day the coordinator was told on it"), null=True, blank=True)

    objects: ClassVar[Any] = PlanQuerySet.as_manager()

    data_classes = Guarded.guarded_classes | {
        "family": "circle",
        "stage": "circle",
        "in_force_since": "circle",
        "next_review_on": "circle",
        "closed_at": "circle",
        "told_before": "technical",
        "told_on_it": "technical",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage="in force") | Q(in_force_since__isnull=False),
                name="a_plan_in_force_began_some_day",
            ),
            models.CheckConstraint(
                condition=~Q(stage="closed") | Q(closed_at__isnull=False), name="a_closed_plan_ended_some_day"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Wish(WrittenByMany):
    """What a child, or the family together, wishes; in their own words, before everything else in the plan."""

    part = "plan"
    others_write = ("text", "whose_id")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="wishes")
    text = models.TextField(_("our wish"))
    language = models.CharField(_("language"), max_length=12)
    whose = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("whose")
    )
    changed_at = models.DateTimeField(_("changed at"))

    data_classes = WrittenByMany.guarded_classes | {
        "plan": "circle",
        "text": "circle",
        "language": "circle",
        "whose": "circle",
        "changed_at": "circle",
    }

    class Meta:
        verbose_name_plural = "wishes"
        indexes = [models.Index(fields=["plan"], name="wishes_of_a_plan")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def direction(self) -> str:
        """From the language, never guessed."""
        return rules.direction(self.language)
