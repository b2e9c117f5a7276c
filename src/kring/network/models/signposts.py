from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from kring.trust.models import Village


@dataclass(frozen=True)
class Signs:
    """What one can choose from in a directory: how many offers, and by place and by language how many."""

    offers: int
    places: dict[str, int]
    languages: dict[str, int]


class SignpostQuerySet(models.QuerySet["Signpost"]):
    """What stands at the entrance of a directory."""

    def signs(self, village: UUID | None) -> Signs:
        """All signposts of a village, in one question."""
        if village is None:
            return Signs(0, {}, {})
        by_kind: dict[str, dict[str, int]] = {kind: {} for kind in Signpost.Kind.values}
        rows = self.filter(village_id=village).order_by("name").values_list("kind", "name", "offers")
        for kind, name, offers in rows:
            by_kind[kind][name] = offers
        return Signs(by_kind["all"].get("", 0), by_kind["place"], by_kind["language"])


class Signpost(models.Model):
    """A place or a language one can choose in the directory, and how many offers stand behind it.

    The database counts these itself whenever offers change (`sql/10_signposts.sql`); nobody writes them.
    """

    policy = "open, read only"

    class Kind(models.TextChoices):
        ALL = "all", _("all offers")
        PLACE = "place", _("place")
        LANGUAGE = "language", _("language")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    name = models.CharField(_("name"), max_length=120, blank=True)
    offers = models.PositiveIntegerField(_("offers"))

    objects = SignpostQuerySet.as_manager()

    data_classes = dict.fromkeys(("village", "kind", "name", "offers"), "public") | {"id": "technical"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["village", "kind", "name"], name="a_signpost_stands_once_in_a_village"
            )
        ]

    def __str__(self) -> str:
        return self.name
