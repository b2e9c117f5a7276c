from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.network.models import Offer
from kring.trust.chosen import own_word
from kring.trust.guard import GuardedQuerySet, WrittenByMany
from kring.trust.models import Person
from kring.wraparound import rules
from kring.wraparound.models.goals import Goal

WEEK = timedelta(days=7)


class ActionQuerySet(GuardedQuerySet):
    """How people look at small steps."""

    def standing(self) -> "ActionQuerySet":
        """Steps of goals that stand."""
        return self.exclude(state="not now").exclude(goal__state="dropped")

    def in_order(self) -> "ActionQuerySet":
        """As they were written down."""
        return self.order_by("goal__position", "at", "id")


class Action(WrittenByMany):
    """A small step towards a goal: who does what, for whom, by when; and how it went."""

    part = "plan"
    others_write = (
        "what", "doer_id", "doer_words", "for_whom", "by_when", "every_week", "offer_id", "needs_authority", "state",
        "done_at", "times_done", "how_it_went",
    )  # fmt: skip

    class ForWhom(models.TextChoices):
        CHILD = "child", _("for the child")
        PARENTS = "parents", _("for the parents")
        TEACHER = "teacher", _("for the teacher")
        CLASS = "class", _("for the class")
        FAMILY = "family", _("for the family")

    class State(models.TextChoices):
        OPEN = "open", own_word("to do")
        DONE = "done", own_word("done")
        NOT_NOW = "not now", own_word("not now")

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="actions")
    what = models.CharField(_("what"), max_length=300)
    language = models.CharField(_("language"), max_length=12)
    doer = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who")
    )
    doer_words = models.CharField(_("somebody else"), max_length=120, blank=True)
    for_whom = models.CharField(_("for whom"), max_length=8, choices=ForWhom, default=ForWhom.CHILD)
    by_when = models.DateField(_("by when"), null=True, blank=True)
    every_week = models.BooleanField(_("every week"), default=False)
    offer = models.ForeignKey(Offer, models.PROTECT, null=True, blank=True, related_name="+")
    needs_authority = models.BooleanField(_("everyone with authority must agree first"), default=False)
    agreed_at = models.DateTimeField(_("agreed by everybody at"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    times_done = models.PositiveSmallIntegerField(_("how many times done"), default=0)
    how_it_went = models.TextField(_("how it went"), blank=True)

    objects: ClassVar[Any] = ActionQuerySet.as_manager()

    data_classes = WrittenByMany.guarded_classes | {
        "goal": "circle",
        "what": "circle",
        "language": "circle",
        "doer": "circle",
        "doer_words": "circle",
        "for_whom": "circle",
        "by_when": "circle",
        "every_week": "circle",
        "offer": "circle",
        "needs_authority": "circle",
        "agreed_at": "circle",
        "state": "circle",
        "done_at": "circle",
        "times_done": "circle",
        "how_it_went": "circle",
    }

    class Meta:
        indexes = [
            models.Index(fields=["goal"], name="actions_of_a_goal"),
            models.Index(fields=["by_when"], condition=Q(state="open"), name="actions_that_are_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(doer__isnull=False) | ~Q(doer_words=""), name="somebody_does_the_action"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_at__isnull=False), name="a_done_action_was_done_some_day"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def direction(self) -> str:
        """From the language, never guessed."""
        return rules.direction(self.language)

    @property
    def may_start(self) -> bool:
        """Whether it may begin now."""
        return rules.may_start(self.needs_authority, self.agreed_at is not None)

    def is_ticked(self, now: datetime) -> bool:
        """Done; or, when it comes back every week, done in the last days."""
        if self.state == self.State.DONE:
            return True
        return self.every_week and self.done_at is not None and now - self.done_at < WEEK - timedelta(days=1)
