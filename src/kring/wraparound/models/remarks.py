from django.db import models
from django.utils.translation import gettext_lazy as _

from kring.trust.guard import Guarded
from kring.wraparound import rules
from kring.wraparound.models.plans import Plan
from kring.wraparound.models.versions import BESIDE_A_VERSION


class Remark(Guarded):
    """ "I see this differently": said beside a part of the story or the plan, without breaking the relation."""

    part = "plan"
    link_field = "object_id"
    only_between = f"""("on" <> 'version' OR {BESIDE_A_VERSION.format("object_id")})"""
    fixed_fields = ("on", "object_id", "words", "language", "author_id", "at")

    class On(models.TextChoices):
        WISH = "wish", _("a wish")
        GOAL = "goal", _("a goal")
        ACTION = "action", _("a step")
        PART = "part", _("a part of a version")
        STORY = "story", _("the story")
        VERSION = "version", _("the plan")
        MEETING = "meeting", _("a meeting")
        DECISION = "decision", _("a decision")

    plan = models.ForeignKey(Plan, models.PROTECT, null=True, blank=True, related_name="remarks")
    on = models.CharField(_("on"), max_length=8, choices=On)
    object_id = models.UUIDField()
    words = models.TextField(_("how I see it"))
    language = models.CharField(_("language"), max_length=12)

    data_classes = Guarded.guarded_classes | {
        "plan": "circle",
        "on": "circle",
        "object_id": "technical",
        "words": "circle",
        "language": "circle",
    }

    class Meta:
        indexes = [
            models.Index(fields=["plan"], name="remarks_on_a_plan"),
            models.Index(fields=["object_id"], name="remarks_on_an_item"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def direction(self) -> str:
        """From the language, never guessed."""
        return rules.direction(self.language)
