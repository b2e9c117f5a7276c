from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.trust.models import Organisation, Village


class OrganisationCard(models.Model):
    """What an organisation of the village is, in plain words, and whom one can call there."""

    policy = "card of an organisation"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    village = models.ForeignKey(Village, models.PROTECT, related_name="cards")
    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="card")
    words = models.TextField(_("what you are, in plain words"), blank=True)
    website = models.URLField(_("website"), max_length=500, blank=True)
    contact_name = models.CharField(_("whom can one call"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    source = models.CharField(_("from which list"), max_length=80, blank=True)
    foreign_id = models.CharField(_("id in that list"), max_length=200, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    extra = models.JSONField(_("what else the list says"), default=dict, blank=True)

    data_classes = {
        "id": "technical",
        "village": "public",
        "organisation": "public",
        "words": "public",
        "website": "public",
        "contact_name": "public",
        "phone": "public",
        "email": "public",
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
                name="a_listed_organisation_stands_here_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)
