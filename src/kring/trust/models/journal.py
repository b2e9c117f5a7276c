from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from kring.trust.models.circles import Circle
from kring.trust.models.persons import Person
from kring.trust.models.villages import Organisation


class Entry(models.Model):
    """One line of the journal: who read or did what in which circle. Never changed, never removed; emptied by erasure only."""

    policy = "journal"

    class Kind(models.TextChoices):
        READ = "read", _("looked")
        DONE = "done", _("did")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    at = models.DateTimeField(_("at"))
    kind = models.CharField(max_length=4, choices=Kind)
    # Without a person since they were forgotten; the line itself stays, and its seal still holds.
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=40, blank=True)
    circle = models.ForeignKey(Circle, models.PROTECT, null=True, blank=True, related_name="+")
    part = models.CharField(max_length=60, blank=True)
    deed = models.CharField(max_length=80, blank=True)
    object_id = models.UUIDField(null=True, blank=True)
    about = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    purpose = models.CharField(max_length=80, blank=True)
    rule = models.CharField(max_length=40, blank=True)

    data_classes = {
        "id": "technical",
        "at": "circle",
        "kind": "circle",
        "person": "circle",
        "organisation": "circle",
        "role": "circle",
        "circle": "circle",
        "part": "circle",
        "deed": "circle",
        "object_id": "technical",
        "about": "circle",
        "purpose": "circle",
        "rule": "circle",
    }

    class Meta:
        indexes = [
            models.Index(fields=["circle", "at"], name="journal_of_a_circle"),
            models.Index(fields=["at"], name="journal_by_moment"),
        ]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind} {self.part or self.deed}"
