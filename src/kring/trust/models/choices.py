from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from kring.trust.models.persons import Person
from kring.trust.models.villages import Village


class Change(models.Model):
    """One thing the village chose anew: what it was, what it became, by whom; taken back by a change of its own."""

    policy = "administrator's record"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    village = models.ForeignKey(Village, models.PROTECT, related_name="changes")
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    name = models.CharField(_("what was chosen"), max_length=160)
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)
    takes_back = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    data_classes = {
        "id": "technical",
        "village": "technical",
        "at": "village",
        "by": "village",
        "name": "village",
        "before": "village",
        "after": "village",
        "takes_back": "technical",
    }

    class Meta:
        indexes = [models.Index(fields=["village", "-at"], name="changes_of_a_village")]
        constraints = [models.UniqueConstraint(fields=["takes_back"], name="a_change_is_taken_back_once")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.name}"


class Logo(models.Model):
    """The sign of a village, as it stands in the bar and on the poster; a new one never writes over the old."""

    policy = "village, shown to all by its administrator"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    village = models.ForeignKey(Village, models.PROTECT, related_name="logos")
    kind = models.CharField(_("kind of picture"), max_length=12)
    picture = models.BinaryField(_("picture"))
    at = models.DateTimeField(_("at"))

    data_classes = {
        "id": "technical",
        "village": "technical",
        "kind": "public",
        "picture": "public",
        "at": "village",
    }

    def __str__(self) -> str:
        return f"{self.village_id} {self.kind}"


class SetUpCode(models.Model):
    """The code, shown once on the server's own screen, with which an empty house gets its village."""

    policy = "gatekeeper only"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    code_hash = models.BinaryField(_("fingerprint of the code"), max_length=32)
    device_hash = models.BinaryField(_("fingerprint of the device"), max_length=32, null=True)
    made_at = models.DateTimeField(_("made at"))
    until = models.DateTimeField(_("until"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    data_classes = {
        "id": "technical",
        "code_hash": "secret",
        "device_hash": "secret",
        "made_at": "technical",
        "until": "technical",
        "ended_at": "technical",
    }

    def __str__(self) -> str:
        return str(self.pk)
