from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.trust.guard import Guarded, GuardedQuerySet
from kring.trust.models import Person
from kring.wraparound import rules
from kring.wraparound.models.goals import Goal
from kring.wraparound.models.plans import Plan


class ReviewQuerySet(GuardedQuerySet):
    """How people look for the times they looked at a plan together."""

    def running(self) -> "ReviewQuerySet":
        """Reviews for which people still prepare."""
        return self.filter(settled_at__isnull=True)


class Review(Guarded):
    """All look at the plan together, at six months at the latest; it ends by the family's word."""

    part = "review"
    only_between = "(NOT EXISTS (SELECT 1 FROM trust_denial) OR trust.tells_of_review(plan_id, author_id))"
    fixed_fields = ("plan_id", "author_id", "at")

    class Outcome(models.TextChoices):
        GO_ON = "go on", _("we go on with this plan")
        ADJUST = "adjust", _("we change the plan")
        FINISH = "finish", _("we are done for now, the door stays open")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="reviews")
    outcome = models.CharField(_("what we decided"), max_length=6, choices=Outcome, blank=True)
    word_of = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("on whose word")
    )
    settled_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    next_on = models.DateField(_("next time we look together"), null=True, blank=True)

    objects: ClassVar[Any] = ReviewQuerySet.as_manager()

    data_classes = Guarded.guarded_classes | {
        "plan": "circle",
        "outcome": "circle",
        "word_of": "circle",
        "settled_at": "circle",
        "next_on": "circle",
    }

    class Meta:
        indexes = [models.Index(fields=["plan", "-at"], name="reviews_of_a_plan")]
        constraints = [
            models.UniqueConstraint(
                fields=["plan"], condition=Q(settled_at__isnull=True), name="one_running_review_per_plan"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", settled_at__isnull=True, word_of__isnull=True)
                | (~Q(outcome="") & Q(settled_at__isnull=False, word_of__isnull=False)),
                name="a_review_ends_by_somebodys_word",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="go on") | Q(next_on__isnull=False),
                name="who_goes_on_knows_when_to_look_again",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def runs(self) -> bool:
        """Whether people still prepare for it."""
        return self.settled_at is None


#: The coordinator writes it down for others, and reads back what they wrote.
READ_BACK = "trust.wrote_down(circle_id, about_id, id, review_id, author_id, at)"


class Preparation(Guarded):
    """How one person sees it before all look together: what helped, and what this person wishes."""

    part = "review"
    read_back = READ_BACK
    fixed_fields = ("review_id", "subject_id", "author_id", "at")

    class How(models.TextChoices):
        TYPED = "typed", _("typed")
        LINK = "link", _("by a link")
        SPOKEN = "spoken", _("said aloud, in person")
        PAPER = "paper", _("written on paper")

    review = models.ForeignKey(Review, models.PROTECT, related_name="preparations")
    helped = models.TextField(_("what helped"), blank=True)
    wish = models.TextField(_("what I wish"), blank=True)
    language = models.CharField(_("language"), max_length=12)
    how = models.CharField(_("how it was said"), max_length=6, choices=How, default=How.TYPED)
    written_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("written down by")
    )
    said_on = models.DateField(_("said on"), null=True, blank=True)
    interpreter = models.CharField(_("who helped with the language"), max_length=120, blank=True)

    data_classes = Guarded.guarded_classes | {
        "review": "circle",
        "helped": "circle",
        "wish": "circle",
        "language": "circle",
        "how": "circle",
        "written_by": "circle",
        "said_on": "circle",
        "interpreter": "circle",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "author"], name="one_preparation_per_person_and_review")
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def direction(self) -> str:
        """From the language, never guessed."""
        return rules.direction(self.language)


class GoalFace(Guarded):
    """The face one person gives one goal. It is no number: nothing adds faces up."""

    part = "review"
    read_back = READ_BACK
    fixed_fields = ("review_id", "goal_id", "subject_id", "author_id", "at")

    class Face(models.TextChoices):
        WELL = "well", _("it goes well")
        SO_SO = "so-so", _("so-so")
        HEAVY = "heavy", _("it is heavy")

    review = models.ForeignKey(Review, models.PROTECT, related_name="faces")
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="faces")
    face = models.CharField(_("how it goes"), max_length=5, choices=Face)

    data_classes = Guarded.guarded_classes | {"review": "circle", "goal": "circle", "face": "circle"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "goal", "author"], name="one_face_per_person_goal_and_review"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
