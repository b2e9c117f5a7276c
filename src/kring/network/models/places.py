from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.trust.models import Village


class Place(models.Model):
    """A place in the village where something is offered."""

    policy = "place"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    village = models.ForeignKey(Village, models.PROTECT, related_name="places")
    name = models.CharField(_("name"), max_length=250, blank=True)
    street = models.CharField(_("street and number"), max_length=250, blank=True)
    postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    town = models.CharField(_("town"), max_length=120, blank=True)
    neighbourhood = models.CharField(_("neighbourhood"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=60, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    access = models.TextField(_("access for everybody"), blank=True)
    source = models.CharField(_("from which list"), max_length=80, blank=True)
    foreign_id = models.CharField(_("id in that list"), max_length=200, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    extra = models.JSONField(_("what else the list says"), default=dict, blank=True)

    data_classes = {
        "id": "technical",
        "village": "public",
        "name": "public",
        "street": "public",
        "postcode": "public",
        "town": "public",
        "neighbourhood": "public",
        "country": "public",
        "latitude": "public",
        "longitude": "public",
        "phone": "public",
        "access": "public",
        "source": "village",
        "foreign_id": "village",
        "fingerprint": "technical",
        "extra": "village",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["village", "foreign_id"],
                condition=~Q(foreign_id=""),
                name="a_listed_place_stands_here_once",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.address

    @property
    def address(self) -> str:
        """Street, postcode and town on one line."""
        return ", ".join(filter(None, (self.street, " ".join(filter(None, (self.postcode, self.town))))))
