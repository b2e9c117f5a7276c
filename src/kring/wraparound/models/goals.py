from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.network.words import LifeDomain
from kring.trust.chosen import own_word
from kring.trust.guard import GuardedQuerySet, WrittenByMany
from kring.trust.models import Person
from kring.wraparound import rules
from kring.wraparound.models.plans import Plan


class GoalQuerySet(GuardedQuerySet):
    """How people look at goals."""

    def standing(self) -> "GoalQuerySet":
        """Goals in the plan and goals proposed for it."""
        return self.exclude(state="dropped")

    def in_order(self) -> "GoalQuerySet":
        """As child and family put them."""
        return self.order_by("position", "at", "id")


class Goal(WrittenByMany):
    """One thing child and family want to change in a part of life they chose: what is needed, what for."""

    part = "plan"
    others_write = ("domain", "need", "aim", "state")

    class State(models.TextChoices):
        PROPOSED = "proposed", own_word("proposed")
        IN_PLAN = "in the plan", own_word("in the plan")
        DROPPED = "dropped", own_word("not any more")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="goals")
    domain = models.CharField(_("part of life"), max_length=20, choices=LifeDomain)
    need = models.TextField(_("what is needed, in our own words"), blank=True)
    aim = models.CharField(_("what we want to reach"), max_length=500)
    language = models.CharField(_("language"), max_length=12)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.IN_PLAN)
    taken_in_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    taken_in_at = models.DateTimeField(_("taken into the plan at"), null=True, blank=True)
    dropped_at = models.DateTimeField(_("dropped at"), null=True, blank=True)

    objects: ClassVar[Any] = GoalQuerySet.as_manager()

    data_classes = WrittenByMany.guarded_classes | {
        "plan": "circle",
        "domain": "circle",
        "need": "circle",
        "aim": "circle",
        "language": "circle",
        "position": "technical",
        "state": "circle",
        "taken_in_by": "circle",
        "taken_in_at": "circle",
        "dropped_at": "circle",
    }

    class Meta:
        indexes = [models.Index(fields=["plan", "position"], name="goals_of_a_plan")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="in the plan") | Q(taken_in_at__isnull=False),
                name="a_goal_was_taken_in_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="dropped") | Q(dropped_at__isnull=False),
                name="a_dropped_goal_ended_some_day",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def direction(self) -> str:
        """From the language, never guessed."""
        return rules.direction(self.language)
