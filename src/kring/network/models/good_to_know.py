from datetime import date
from uuid import uuid4

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from kring.network.models.offers import Offer
from kring.network.opening import Opening, different_from
from kring.trust.models import Village


class GoodToKnow(models.Model):
    """What one asks before going there, beside the offer itself: holidays, other days, appointment, price."""

    policy = "of an offer"

    class SchoolHolidays(models.TextChoices):
        NOT_SAID = "", _("we have not said")
        ALSO = "also", _("it goes on in school holidays")
        CLOSED = "closed", _("not in school holidays")
        ONLY = "only", _("only in school holidays")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    offer = models.OneToOneField(Offer, models.CASCADE, related_name="good_to_know")
    school_holidays = models.CharField(
        _("in school holidays"), max_length=6, choices=SchoolHolidays, default="", blank=True
    )
    by_appointment = models.BooleanField(_("by appointment"), default=False)
    different = models.JSONField(_("days that are different"), default=list, blank=True)
    amount = models.DecimalField(_("price"), max_digits=7, decimal_places=2, null=True, blank=True)
    with_pass = models.CharField(_("cheaper with a pass"), max_length=120, blank=True)

    data_classes = {"id": "technical"} | dict.fromkeys(
        ("village", "offer", "school_holidays", "by_appointment", "different", "amount", "with_pass"),
        "public",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="a_price_is_not_below_nothing"
            )
        ]

    def __str__(self) -> str:
        return str(self.offer)

    @classmethod
    def of(cls, offer: Offer) -> "GoodToKnow":
        """What is known of this offer; a blank page where nobody wrote anything."""
        found: GoodToKnow | None = getattr(offer, "good_to_know", None)
        return found or cls(offer=offer, village_id=offer.village_id)

    @property
    def opening(self) -> Opening:
        """When one can come to the offer."""
        return Opening(
            [told for told in self.offer.rhythms if isinstance(told, dict)],
            self.school_holidays,
            different_from(self.different),
        )


def in_school_holidays(on: date) -> Exists:
    """Whether a day is a school holiday in the village of a row; part of that row's own question."""
    return Exists(SchoolHoliday.objects.filter(village=OuterRef("village"), since__lte=on, until__gte=on))


class SchoolHoliday(models.Model):
    """Days on which the schools of the village are closed."""

    policy = "lists of the village, read by all"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    village = models.ForeignKey(Village, models.PROTECT, related_name="school_holidays")
    name = models.CharField(_("name"), max_length=80)
    since = models.DateField(_("first day"))
    until = models.DateField(_("last day"))

    data_classes = {"id": "technical"} | dict.fromkeys(("village", "name", "since", "until"), "public")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(since__lte=F("until")), name="a_holiday_ends_after_it_began"),
            models.UniqueConstraint(
                fields=["village", "since", "until"], name="a_holiday_stands_in_the_calendar_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
