from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from kring.trust.models import Circle, Person


class Draft(models.Model):
    """What somebody began to write and has not sent yet; theirs alone."""

    policy = "own rows"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+")
    circle = models.ForeignKey(Circle, models.PROTECT, related_name="+")
    key = models.CharField(_("which form"), max_length=120)
    fields = models.JSONField(_("what was typed"))
    at = models.DateTimeField(_("saved at"))

    data_classes = {
        "id": "technical",
        "owner": "own",
        "circle": "circle",
        "key": "technical",
        "fields": "own",
        "at": "own",
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="one_draft_per_person_and_form")]

    def __str__(self) -> str:
        return str(self.pk)
