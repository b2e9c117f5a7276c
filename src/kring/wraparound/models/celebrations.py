from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kring.trust.guard import Guarded, GuardedQuerySet
from kring.wraparound import rules
from kring.wraparound.models.actions import Action
from kring.wraparound.models.plans import Plan


class CelebrationQuerySet(GuardedQuerySet):
    """How people look at what went well."""

    def newest(self) -> "CelebrationQuerySet":
        """The newest first, each with who told it."""
        return self.select_related("author").order_by("-at", "id")


class Celebration(Guarded):
    """A small success somebody told in their own words: of a child, or of all (`subject` empty)."""

    part = "celebration"
    fixed_fields = ("words", "language", "plan_id", "action_id", "author_id", "at")

    words = models.CharField(_("what went well"), max_length=500)
    language = models.CharField(_("language"), max_length=12)
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, blank=True, related_name="celebrations")
    action = models.ForeignKey(Action, models.PROTECT, null=True, blank=True, related_name="celebrations")

    objects: ClassVar[Any] = CelebrationQuerySet.as_manager()

    data_classes = Guarded.guarded_classes | {
        "words": "circle",
        "language": "circle",
        "plan": "circle",
        "action": "circle",
    }

    class Meta:
        indexes = [models.Index(fields=["circle", "-at"], name="celebrations_of_a_circle")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def direction(self) -> str:
        """From the language, never guessed."""
        return rules.direction(self.language)
