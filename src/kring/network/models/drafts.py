from uuid import uuid4

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.trust.models import Person, Village


class ImportDraft(models.Model):
    """A list that was read but not yet taken over: what it would change, and what could not be read."""

    policy = "lists of the village"

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for its turn")
        READING = "reading", _("is being read")
        READ = "read", _("is read")
        YES = "yes", _("waits to be written")
        WRITING = "writing", _("is being written")
        TAKEN_OVER = "taken over", _("is taken over")
        STOPPED = "stopped", _("is stopped")
        UNDONE = "undone", _("is undone")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    name = models.CharField(_("name of the list"), max_length=120)
    source = models.CharField(_("from which list"), max_length=80)
    reading = models.JSONField(_("what the list says"), default=dict, editable=False)
    findings = models.JSONField(_("what it would change"), default=dict, editable=False)
    content = models.BinaryField(null=True, editable=False)
    before = models.JSONField(
        _("what stood there before"), default=dict, editable=False, encoder=DjangoJSONEncoder
    )
    state = models.CharField(max_length=10, choices=State, default=State.READ)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    hide_gone = models.BooleanField(default=False)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(_("read at"))
    applied_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    applied_at = models.DateTimeField(_("taken over at"), null=True, blank=True)

    data_classes = dict.fromkeys(
        (
            "name",
            "source",
            "reading",
            "content",
            "before",
            "hide_gone",
            "findings",
            "made_by",
            "made_at",
            "applied_by",
            "applied_at",
            "village",
        ),
        "village",
    ) | dict.fromkeys(("id", "state", "done", "total"), "technical")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(applied_at__isnull=True) | Q(applied_by__isnull=False),
                name="a_list_taken_over_names_who_did_it",
            )
        ]

    @property
    def is_at_work(self) -> bool:
        """Whether the list is being read or written now, or waits for its turn."""
        return self.state in (self.State.WAITING, self.State.READING, self.State.YES, self.State.WRITING)

    def __str__(self) -> str:
        return self.name
