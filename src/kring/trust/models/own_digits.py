from uuid import uuid4

from django.db import models

from kring.trust.models.persons import Person


class OwnDigits(models.Model):
    """Six digits that only one person knows, before what was told to them or by them alone; kept as a keyed hash."""

    policy = "gatekeeper only"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.OneToOneField(Person, models.PROTECT, related_name="+")
    digits_hash = models.BinaryField(max_length=32)
    set_at = models.DateTimeField(null=True)
    right_at = models.DateTimeField(null=True)
    wrong = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)

    data_classes = {
        "id": "technical",
        "person": "secret",
        "digits_hash": "secret",
        "set_at": "own",
        "right_at": "technical",
        "wrong": "technical",
        "tried_at": "technical",
        "forgotten_at": "own",
    }

    def __str__(self) -> str:
        return str(self.pk)
