from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.trust.guard import Guarded, GuardedQuerySet
from kring.trust.models import Circle, ContactCard, Person


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
        TO_TELL = "to tell", _("somebody tells it")

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


class Call(models.Model):
    """A letter that was not sent, because its reader wishes to be told: the coordinator tells it instead.

    What the letter was about does not stand here: it may be about something the coordinator must not know.
    """

    policy = "calls of a coordinator"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    circle = models.ForeignKey(Circle, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("since"))
    told_at = models.DateTimeField(_("told at"), null=True, blank=True)
    told_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.CharField(_("how it went"), max_length=200, blank=True)

    data_classes = {
        "id": "technical",
        "circle": "circle",
        "person": "circle",
        "asked_at": "circle",
        "told_at": "circle",
        "told_by": "circle",
        "words": "circle",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["circle", "person"],
                condition=Q(told_at__isnull=True),
                name="one_open_call_per_person",
            ),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True, told_by__isnull=True)
                | Q(told_at__isnull=False, told_by__isnull=False),
                name="who_told_it_stands_beside_when",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class AttemptQuerySet(GuardedQuerySet):
    """Questions about attempts."""

    def newest(self) -> "AttemptQuerySet":
        """The last one first."""
        return self.order_by("-on", "-at", "id")


class Attempt(Guarded):
    """That somebody tried to reach the family: on which day, in which way, and what comes next."""

    part = "attempts"
    fixed_fields = ("way", "on", "reached", "words", "next_words", "next_on")

    way = models.CharField(_("in which way"), max_length=8, choices=ContactCard.Channel)
    on = models.DateField(_("on which day"))
    reached = models.BooleanField(_("we spoke"), default=False)
    words = models.CharField(_("what happened"), max_length=300, blank=True)
    next_words = models.CharField(_("next time"), max_length=200, blank=True)
    next_on = models.DateField(_("next time on"), null=True, blank=True)

    objects: ClassVar[models.Manager["Attempt"]] = AttemptQuerySet.as_manager()

    data_classes = Guarded.guarded_classes | dict.fromkeys(
        ("way", "on", "reached", "words", "next_words", "next_on"), "circle"
    )

    class Meta:
        indexes = [models.Index(fields=["circle", "on"], name="attempts_of_a_circle")]

    def __str__(self) -> str:
        return str(self.pk)
