from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kring.trust.guard import GuardedQuerySet, WrittenByMany
from kring.wraparound import rules


class OwnPageQuerySet(GuardedQuerySet):
    """What children say of themselves, as far as the one who asks may know it."""

    def in_order(self) -> "OwnPageQuerySet":
        """As it was written."""
        return self.order_by("at", "id")


class OwnPage(WrittenByMany):
    """One thing a child says of itself: a dream, a talent, what helps, what must not happen. The child owns it."""

    part = "own page"
    others_write = ("kind", "words", "said_by", "word_id")

    class Kind(models.TextChoices):
        DREAM = "dream", _("My dreams")
        TALENT = "talent", _("What I am good at")
        HELPS = "helps", _("What helps me")
        NOT = "not", _("What must not happen")

    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    words = models.CharField(_("in my own words"), max_length=500)
    language = models.CharField(_("language"), max_length=12)
    said_by = models.CharField(_("said by"), max_length=120, blank=True)
    word_id = models.UUIDField(null=True, blank=True, editable=False)

    objects: ClassVar[Any] = OwnPageQuerySet.as_manager()

    data_classes = WrittenByMany.guarded_classes | {
        "kind": "own",
        "words": "own",
        "language": "circle",
        "said_by": "own",
        "word_id": "technical",
    }

    class Meta:
        indexes = [models.Index(fields=["circle", "at"], name="own_page_of_a_circle")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def direction(self) -> str:
        """From the language, never guessed."""
        return rules.direction(self.language)
