from uuid import uuid4

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _

from kring.trust.models.persons import Person
from kring.trust.models.shared_devices import SharedDevice


class Session(AbstractBaseSession):
    """One device on which somebody is in. Its key stands here as a fingerprint only, and no address of a network."""

    policy = "own sessions"

    ref = models.UUIDField(unique=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    shared = models.ForeignKey(SharedDevice, models.PROTECT, null=True, related_name="+")
    works = models.BooleanField(default=False)
    device = models.CharField(_("device, in rough words"), max_length=60, blank=True)
    since = models.DateTimeField(_("since"))
    seen_at = models.DateTimeField(_("seen in this hour"))

    data_classes = {
        "session_key": "secret",
        "session_data": "secret",
        "expire_date": "technical",
        "ref": "technical",
        "person": "secret",
        "shared": "technical",
        "works": "technical",
        "device": "own",
        "since": "own",
        "seen_at": "own",
    }


class KnownDevice(models.Model):
    """A device on which somebody came in before. Only a hash of what the device keeps, another one for each person."""

    policy = "gatekeeper only"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    device_hash = models.BinaryField(max_length=32)
    seen_on = models.DateField(_("last used on"))

    data_classes = {"id": "technical", "person": "secret", "device_hash": "secret", "seen_on": "technical"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "device_hash"], name="a_device_is_known_once")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class SignOn(models.Model):
    """That somebody comes in by the sign-in of their town, as the same person there each time; only a hash of who.

    The row stays when that ends: an address that matches again opens nothing any more.
    """

    policy = "own way in"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.OneToOneField(Person, models.PROTECT, related_name="+")
    subject_hash = models.BinaryField(max_length=32, unique=True)
    since = models.DateTimeField()
    own_hand = models.BooleanField(_("begun by oneself, already signed in"), default=False)
    ended_at = models.DateTimeField(null=True)

    data_classes = {
        "id": "technical",
        "person": "secret",
        "subject_hash": "secret",
        "since": "own",
        "own_hand": "technical",
        "ended_at": "own",
    }

    def __str__(self) -> str:
        return str(self.pk)
