from uuid import uuid4

from django.db import models

from kring.trust.models.persons import Person


class Link(models.Model):
    """One address for one person, one object and one action; only hashes of its secrets are kept."""

    policy = "gatekeeper only"

    class Purpose(models.TextChoices):
        SIGN_IN = "sign in"
        JOIN = "join"
        APPROVE = "approve"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    token_hash = models.BinaryField(max_length=32, unique=True)
    code_hash = models.BinaryField(max_length=32, null=True)
    device_hash = models.BinaryField(max_length=32, null=True)
    purpose = models.CharField(max_length=12, choices=Purpose)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    object_id = models.UUIDField(null=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    wrong_codes = models.PositiveSmallIntegerField(default=0)

    data_classes = {
        "id": "technical",
        "token_hash": "secret",
        "code_hash": "secret",
        "device_hash": "secret",
        "purpose": "technical",
        "person": "secret",
        "object_id": "secret",
        "made_by": "technical",
        "made_at": "technical",
        "until": "technical",
        "ended_at": "technical",
        "wrong_codes": "technical",
    }

    def __str__(self) -> str:
        return str(self.pk)


class SigningKey(models.Model):
    """The key by which the database knows that an identity was signed by Kring."""

    policy = "gatekeeper only"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    inner_pad = models.BinaryField()
    outer_pad = models.BinaryField()

    data_classes = {"id": "technical", "inner_pad": "secret", "outer_pad": "secret"}

    def __str__(self) -> str:
        return str(self.pk)
