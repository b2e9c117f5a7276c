from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.trust.models.persons import Person


class TakenAlong(models.Model):
    """Everything about somebody, in one package for themself: made in the background, locked, there for seven days.

    `rights` is the fingerprint of what they might know when it was made: with one right changed, it is packed anew.
    """

    policy = "one's own"

    class State(models.TextChoices):
        ASKED = "asked", _("being made")
        MADE = "made", _("ready")
        FAILED = "failed", _("it did not work")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=12)
    state = models.CharField(_("state"), max_length=6, choices=State, default=State.ASKED)
    package_locked = models.BinaryField(default=b"")
    rights = models.CharField(max_length=64, default="", editable=False)
    at = models.DateTimeField(_("asked at"))
    until = models.DateTimeField(_("there until"))

    data_classes = {
        "id": "technical",
        "person": "technical",
        "language": "technical",
        "state": "technical",
        "package_locked": "confidence",
        "rights": "secret",
        "at": "technical",
        "until": "technical",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="made") | ~Q(package_locked=b""), name="what_is_ready_can_be_taken_along"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
