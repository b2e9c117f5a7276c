from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.trust.models import Person


class Letter(models.Model):
    """One message on its way out. Neither address nor text stands here: both are looked up when it leaves."""

    policy = "gatekeeper only"

    class Channel(models.TextChoices):
        EMAIL = "email", _("e-mail")
        SMS = "sms", _("text message")
        WHATSAPP = "whatsapp", _("WhatsApp")
        PAPER = "paper", _("paper")

    class State(models.TextChoices):
        QUEUED = "queued", _("on its way")
        SENT = "sent", _("sent")
        FAILED = "failed", _("did not arrive")
        NOT_WANTED = "not wanted", _("not needed any more")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=40)
    object_id = models.UUIDField()
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.EMAIL)
    language = models.CharField(max_length=12, default="en")
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    once = models.BooleanField(default=False)
    queued_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    data_classes = {
        "id": "technical",
        "kind": "technical",
        "object_id": "secret",
        "person": "secret",
        "channel": "technical",
        "language": "technical",
        "state": "technical",
        "attempts": "technical",
        "once": "technical",
        "queued_at": "technical",
        "settled_at": "technical",
    }

    class Meta:
        indexes = [models.Index(fields=["object_id"], name="letters_about_an_object")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id", "person"],
                condition=Q(once=True),
                nulls_distinct=False,
                name="some_letters_go_once_only",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
