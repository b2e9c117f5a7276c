from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kring.trust.models.persons import Person


class Pin(models.Model):
    """Six digits of a worker, for a device that others use too. Only a slow hash of them, and how often one guessed."""

    policy = "one's own"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.OneToOneField(Person, models.PROTECT, related_name="+")
    pin_hash = models.CharField(max_length=160)
    wrong = models.PositiveSmallIntegerField(default=0)
    set_at = models.DateTimeField()

    data_classes = {
        "id": "technical",
        "person": "technical",
        "pin_hash": "secret",
        "wrong": "technical",
        "set_at": "own",
    }

    def __str__(self) -> str:
        return str(self.pk)


class SharedDevice(models.Model):
    """A device that a worker leaves to others, for something and until an hour: nobody is signed in on it."""

    policy = "one's own"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    purpose = models.CharField(_("what for"), max_length=60)
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"))
    ended_at = models.DateTimeField(null=True, blank=True)

    data_classes = {
        "id": "technical",
        "person": "technical",
        "purpose": "own",
        "since": "own",
        "until": "own",
        "ended_at": "own",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("since")), name="a_shared_device_ends_after_it_began"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
