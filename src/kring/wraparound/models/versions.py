from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.trust.guard import Guarded
from kring.wraparound import rules
from kring.wraparound.models.plans import Plan

#: A first look for speed: who sits here, and from whom nobody hides a word, is told of every version.
NOBODY_HIDES = "((SELECT trust.viewer()) IS NOT NULL AND NOT EXISTS (SELECT 1 FROM trust_denial))"
#: What lies beside a version is told to who is told of the version, and to who wrote it: SQL over the column that names it.
BESIDE_A_VERSION = (
    f"({NOBODY_HIDES} OR author_id = (SELECT trust.viewer()) OR trust.tells_beside_version({{}}))"
)


class Version(Guarded):
    """The plan as it stood on one day, frozen and numbered, so that everybody says yes to the same words."""

    part = "version"
    link_field = "id"
    link_reads_only = True
    only_between = f"({NOBODY_HIDES} OR trust.tells_of_version(id, author_id))"
    fixed_fields = ("plan_id", "number", "caring", "circle_id", "subject_id", "author_id", "at")

    class Stage(models.TextChoices):
        WAITING = "waiting", _("waits for everybody's yes")
        IN_FORCE = "in force", _("in force")
        REPLACED = "replaced", _("replaced by a newer one")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("number"))
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, default=Stage.WAITING)
    caring = models.JSONField(_("whom to call"), default=dict)
    in_force_at = models.DateTimeField(_("in force since"), null=True, blank=True)
    replaced_at = models.DateTimeField(_("replaced at"), null=True, blank=True)

    data_classes = Guarded.guarded_classes | {
        "plan": "circle",
        "number": "technical",
        "stage": "circle",
        "caring": "circle",
        "in_force_at": "circle",
        "replaced_at": "circle",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="versions_of_a_plan_are_numbered"),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(stage="in force"), name="one_version_of_a_plan_is_in_force"
            ),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(stage="waiting"), name="one_version_of_a_plan_waits"
            ),
            models.CheckConstraint(
                condition=~Q(stage="in force") | Q(in_force_at__isnull=False),
                name="a_version_in_force_began_some_day",
            ),
            models.CheckConstraint(
                condition=~Q(stage="replaced") | Q(replaced_at__isnull=False),
                name="a_replaced_version_ended_some_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class VersionPart(Guarded):
    """One wish, goal or step of a version, with its words and names as they stood; known to whom its source is."""

    part = "version"
    link_field = "version_id"
    link_reads_only = True
    fixed_fields = ("version_id", "kind", "source_id", "position", "content", "subject_id", "author_id", "at")

    class Kind(models.TextChoices):
        WISH = "wish", _("wish")
        GOAL = "goal", _("goal")
        ACTION = "action", _("step")

    version = models.ForeignKey(Version, models.PROTECT, related_name="parts")
    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    source_id = models.UUIDField()
    position = models.PositiveIntegerField(_("order"))
    content = models.JSONField(_("words"))

    data_classes = Guarded.guarded_classes | {
        "version": "circle",
        "kind": "circle",
        "source_id": "technical",
        "position": "technical",
        "content": "circle",
    }

    class Meta:
        indexes = [models.Index(fields=["source_id"], name="parts_of_a_source")]
        constraints = [
            models.UniqueConstraint(fields=["version", "source_id"], name="a_source_is_once_in_a_version")
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def direction(self) -> str:
        """From the language of its words."""
        return rules.direction(str(self.content.get("language", "")))
