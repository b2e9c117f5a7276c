from uuid import UUID, uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from kring.trust.models import Person, Village


class TownMapQuerySet(models.QuerySet["TownMap"]):
    """Which map holds."""

    def of_village(self, village: UUID | None) -> "TownMap | None":
        """The map a village shows: the one drawn last."""
        return self.filter(village_id=village).order_by("-drawn_at", "id").first() if village else None


class TownMap(models.Model):
    """The neighbourhoods of a village as one can see them from above, drawn from the town's own list."""

    policy = "lists of the village, read by all"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    name = models.CharField(_("name of the list"), max_length=120)
    drawing = models.JSONField(_("what is drawn"), editable=False)
    outlines = models.JSONField(_("where each neighbourhood lies"), editable=False)
    drawn_by = models.ForeignKey(Person, models.PROTECT, related_name="+", editable=False)
    drawn_at = models.DateTimeField(_("drawn at"), editable=False)

    objects = TownMapQuerySet.as_manager()

    data_classes = {
        "id": "technical",
        "village": "public",
        "name": "village",
        "drawing": "public",
        "outlines": "public",
        "drawn_by": "village",
        "drawn_at": "village",
    }

    class Meta:
        indexes = [models.Index(fields=["village", "-drawn_at"], name="the_map_drawn_last")]

    def __str__(self) -> str:
        return self.name
