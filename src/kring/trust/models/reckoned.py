"""What the database reckons from seats, jobs, agreements and exclusions; written by triggers only."""

from django.db import models


class Access(models.Model):
    """A stretch of time in which a viewer may open a circle: one per seat, job and agreement interval."""

    policy = "own rows, reckoned"

    id = models.BigAutoField(primary_key=True)
    viewer_id = models.UUIDField()
    circle_id = models.UUIDField()
    since = models.DateTimeField()
    until = models.DateTimeField()
    shows_from = models.DateTimeField(null=True)
    danger = models.BooleanField(default=False)
    source_id = models.UUIDField()

    data_classes = {
        "id": "technical",
        "viewer_id": "technical",
        "circle_id": "technical",
        "since": "technical",
        "until": "technical",
        "shows_from": "technical",
        "danger": "technical",
        "source_id": "technical",
    }

    class Meta:
        indexes = [
            models.Index(fields=["viewer_id", "danger"], name="access_of_a_viewer"),
            models.Index(fields=["source_id"], name="access_by_source"),
            models.Index(fields=["circle_id"], name="access_of_a_circle"),
        ]

    def __str__(self) -> str:
        return f"{self.viewer_id} {self.circle_id}"


class Denial(models.Model):
    """A stretch of time in which a viewer may know nothing about a subject."""

    policy = "own rows, reckoned"

    id = models.BigAutoField(primary_key=True)
    viewer_id = models.UUIDField()
    subject_id = models.UUIDField()
    since = models.DateTimeField()
    until = models.DateTimeField()
    ground = models.CharField(max_length=12)
    source_id = models.UUIDField()

    data_classes = {
        "id": "technical",
        "viewer_id": "sealed",
        "subject_id": "sealed",
        "since": "sealed",
        "until": "sealed",
        "ground": "sealed",
        "source_id": "sealed",
    }

    class Meta:
        indexes = [
            models.Index(fields=["viewer_id"], name="denial_of_a_viewer"),
            models.Index(fields=["source_id"], name="denial_by_source"),
        ]

    def __str__(self) -> str:
        return f"{self.viewer_id} {self.subject_id}"
