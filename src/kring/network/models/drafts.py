from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.trust.models import Person, Village


class ImportDraft(models.Model):
    """A list that was read but not yet taken over: what it would change, and what could not be read."""

    policy = "village"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    name = models.CharField(_("name of the list"), max_length=120)
    source = models.CharField(_("from which list"), max_length=80)
    reading = models.JSONField(_("what the list says"), default=dict, editable=False)
    findings = models.JSONField(_("what it would change"), default=dict, editable=False)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(_("read at"))
    applied_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    applied_at = models.DateTimeField(_("taken over at"), null=True, blank=True)

    data_classes = dict.fromkeys(
        (
            "name",
            "source",
            "reading",
            "findings",
            "made_by",
            "made_at",
            "applied_by",
            "applied_at",
            "village",
        ),
        "village",
    ) | {"id": "technical"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(applied_at__isnull=True) | Q(applied_by__isnull=False),
                name="a_list_taken_over_names_who_did_it",
            )
        ]

    def __str__(self) -> str:
        return self.name
