from uuid import uuid4

from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from kring.network.models.offers import Offer
from kring.trust.models import Person, Village


class Picture(models.Model):
    """A photograph of an offer, with what it shows in words, who made it and who may use it."""

    policy = "of an offer"

    class Licence(models.TextChoices):
        PERMISSION = "permission", _("for this directory only, with permission of the maker")
        CC_BY = "CC BY 4.0", _("everybody may use it and names the maker (CC BY 4.0)")
        CC_BY_SA = "CC BY-SA 4.0", _("everybody may use it, and shares it the same way (CC BY-SA 4.0)")
        CC0 = "CC0 1.0", _("everybody may use it for anything (CC0)")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    offer = models.ForeignKey(Offer, models.CASCADE, related_name="pictures")
    alt = models.CharField(_("what one sees"), max_length=200)
    maker = models.CharField(_("made by"), max_length=120)
    licence = models.CharField(_("who may use it"), max_length=14, choices=Licence)
    large = models.BinaryField()
    small = models.BinaryField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64, editable=False)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    data_classes = {
        **dict.fromkeys(("id", "width", "height", "digest"), "technical"),
        **dict.fromkeys(("village", "offer", "alt", "maker", "licence", "large", "small"), "public"),
        **dict.fromkeys(("added_by", "added_at"), "village"),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["offer", "digest"], name="a_picture_hangs_at_an_offer_once"),
            models.CheckConstraint(
                condition=~Q(alt="") & ~Q(maker=""), name="a_picture_says_what_one_sees_and_who_made_it"
            ),
        ]

    def __str__(self) -> str:
        return self.alt


def pictures_of(name: str) -> "Prefetch[str]":
    """The pictures of offers in the order in which they were hung, without the dots themselves."""
    return Prefetch(name, Picture.objects.defer("large", "small").order_by("added_at", "id"))
