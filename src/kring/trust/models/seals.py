from uuid import uuid4

from django.db import models

FINGERPRINT = 64


class Seal(models.Model):
    """A batch of lines of the journal, closed for ever: how many, their root, and the seal before it."""

    policy = "gatekeeper only"

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    lines = models.PositiveIntegerField()
    root = models.CharField(max_length=FINGERPRINT)
    previous = models.CharField(max_length=FINGERPRINT, blank=True)
    fingerprint = models.CharField(max_length=FINGERPRINT)

    data_classes = {
        "number": "technical",
        "at": "technical",
        "lines": "technical",
        "root": "technical",
        "previous": "technical",
        "fingerprint": "technical",
    }

    def __str__(self) -> str:
        return f"{self.number} {self.fingerprint[:8]}"


class SealedLine(models.Model):
    """The place of one line of the journal in its batch, with a salted fingerprint of who it was, and of what.

    A line that is emptied loses its words and the salt, and keeps the fingerprint: the batch stays verifiable.
    """

    policy = "gatekeeper only"

    entry_id = models.UUIDField(primary_key=True)
    seal = models.BigIntegerField()
    position = models.PositiveIntegerField()
    who_salt = models.UUIDField(null=True)
    who_print = models.CharField(max_length=FINGERPRINT)
    what_salt = models.UUIDField(null=True)
    what_print = models.CharField(max_length=FINGERPRINT)

    data_classes = {
        "entry_id": "technical",
        "seal": "technical",
        "position": "technical",
        "who_salt": "secret",
        "who_print": "technical",
        "what_salt": "secret",
        "what_print": "technical",
    }

    class Meta:
        indexes = [models.Index(fields=["seal", "position"], name="lines_of_a_seal")]

    def __str__(self) -> str:
        return f"{self.seal}.{self.position}"


class SealCheck(models.Model):
    """Somebody recomputed every seal: when, up to which one, how many lines, and how much was not as sealed."""

    policy = "gatekeeper only"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    at = models.DateTimeField()
    up_to = models.BigIntegerField()
    lines = models.BigIntegerField()
    findings = models.PositiveIntegerField()

    data_classes = {
        "id": "technical",
        "at": "technical",
        "up_to": "technical",
        "lines": "technical",
        "findings": "technical",
    }

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.findings}"
