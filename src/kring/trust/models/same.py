from uuid import uuid4

from django.db import models

from kring.trust.models.matters import Matter
from kring.trust.models.persons import Person


class SamePerson(models.Model):
    """Somebody who stood here twice: what was written down of the one who goes is with the one who stays.

    Who goes is known on as a number: whatever is forgotten of the one who stays is forgotten of both.
    """

    policy = "gatekeeper only"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    goes = models.OneToOneField(Person, models.PROTECT, related_name="+")
    stays = models.ForeignKey(Person, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    data_classes = {
        "id": "technical",
        "goes": "sealed",
        "stays": "sealed",
        "matter": "technical",
        "at": "technical",
    }

    def __str__(self) -> str:
        return str(self.pk)
