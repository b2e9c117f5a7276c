from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.network.models.offers import Offer
from kring.trust.models import Person, Village


class Question(models.Model):
    """The question to one person whether their offers are still right; the letter with it opens a page."""

    policy = "gatekeeper only"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    token_hash = models.BinaryField(max_length=32, unique=True, null=True)

    data_classes = {
        "id": "technical",
        "village": "technical",
        "person": "village",
        "asked_at": "technical",
        "token_hash": "secret",
    }

    def __str__(self) -> str:
        return str(self.pk)


class Keeping(models.Model):
    """Who keeps an offer right, when they last said that it is, and whether they were asked."""

    policy = "of an offer"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    offer = models.OneToOneField(Offer, models.CASCADE, related_name="keeping")
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kept right by")
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_for = models.CharField(_("confirmed for"), max_length=200, blank=True)
    before = models.JSONField(_("what stood there before the last yes"), default=dict, blank=True)
    question = models.ForeignKey(Question, models.SET_NULL, null=True, blank=True, related_name="kept")
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_times = models.PositiveSmallIntegerField(default=0)

    data_classes = {
        **dict.fromkeys(("village", "offer", "confirmed_at", "confirmed_for"), "public"),
        **dict.fromkeys(("owner", "confirmed_by", "before", "asked_at"), "village"),
        **dict.fromkeys(("id", "question", "asked_times"), "technical"),
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | ~Q(confirmed_for=""),
                name="who_confirms_an_offer_says_for_whom",
            )
        ]

    def __str__(self) -> str:
        return str(self.offer)


class Correction(models.Model):
    """What is not right any more in an offer, in the words of somebody who keeps it, until it is put right."""

    policy = "said of an offer"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    offer = models.ForeignKey(Offer, models.CASCADE, related_name="corrections")
    words = models.TextField(_("what is different"), max_length=500)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    data_classes = {"id": "technical"} | dict.fromkeys(
        ("village", "offer", "words", "by", "at", "settled_at"), "village"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "words"],
                condition=Q(settled_at__isnull=True),
                name="a_correction_is_said_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
