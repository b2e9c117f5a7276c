from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.trust.guard import Guarded
from kring.trust.models import Person
from kring.wraparound import rules


class Story(Guarded):
    """What the family tells about itself, in its own words. A new telling is a new row; older ones stay."""

    part = "story"
    fixed_fields = ("text", "language", "told_by_id", "how", "agreed_on", "interpreter", "author_id", "at")

    class How(models.TextChoices):
        TYPED = "typed", _("typed by ourselves")
        TOLD = "told", _("told, and written down for us")
        READ_OUT = "read out", _("read out to us, and agreed")

    text = models.TextField(_("our story"))
    language = models.CharField(_("language"), max_length=12)
    told_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("told by"))
    how = models.CharField(_("how"), max_length=10, choices=How, default=How.TYPED)
    agreed_on = models.DateField(_("agreed on"), null=True, blank=True)
    interpreter = models.CharField(_("with the help of"), max_length=120, blank=True)

    data_classes = Guarded.guarded_classes | {
        "text": "circle",
        "language": "circle",
        "told_by": "circle",
        "how": "circle",
        "agreed_on": "circle",
        "interpreter": "circle",
    }

    class Meta:
        verbose_name_plural = "stories"
        indexes = [models.Index(fields=["circle", "-at"], name="stories_of_a_circle")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(how="read out") | Q(agreed_on__isnull=False),
                name="what_was_read_out_was_agreed_on_a_day",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def direction(self) -> str:
        """From the language, never guessed."""
        return rules.direction(self.language)
