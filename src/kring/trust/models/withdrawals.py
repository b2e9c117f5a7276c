from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from kring.trust.models.families import Family
from kring.trust.models.persons import Person


class Withdrawal(models.Model):
    """The family stopped: from that moment nobody but the family sits in its circles, until it begins again."""

    policy = "withdrawal"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    family = models.ForeignKey(Family, models.PROTECT, related_name="withdrawals")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("stopped at"))
    ended_at = models.DateTimeField(_("began again at"), null=True, blank=True)

    data_classes = {
        "id": "technical",
        "family": "circle",
        "by": "circle",
        "at": "circle",
        "ended_at": "circle",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family"], condition=models.Q(ended_at__isnull=True), name="one_withdrawal_stands"
            )
        ]

    def __str__(self) -> str:
        return f"{self.family_id} {self.at:%Y-%m-%d}"
