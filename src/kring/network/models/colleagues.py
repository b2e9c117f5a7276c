from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from kring.trust.models import Person


class ColleagueCard(models.Model):
    """What somebody who works in the village says of themselves to colleagues. It goes with the job."""

    policy = "card of a colleague"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.OneToOneField(Person, models.PROTECT, related_name="colleague_card")
    role = models.CharField(_("what you do, in plain words"), max_length=120, blank=True)
    words = models.TextField(_("what you can do for a colleague"), max_length=600, blank=True)
    languages = ArrayField(
        models.CharField(max_length=12), default=list, blank=True, verbose_name=_("languages")
    )
    trained = models.JSONField(_("trained in"), default=list, blank=True)
    neighbourhood = models.CharField(_("neighbourhood"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    days = ArrayField(models.CharField(max_length=2), default=list, blank=True, verbose_name=_("days"))
    reach = models.CharField(_("how to reach you"), max_length=200, blank=True)
    found_by = models.TextField(editable=False, blank=True)
    written_at = models.DateTimeField(_("written at"))

    data_classes = {
        "id": "technical",
        "person": "village",
        "role": "village",
        "words": "village",
        "languages": "village",
        "trained": "village",
        "neighbourhood": "village",
        "phone": "village",
        "days": "village",
        "reach": "village",
        "found_by": "technical",
        "written_at": "village",
    }

    def __str__(self) -> str:
        return str(self.person_id)
