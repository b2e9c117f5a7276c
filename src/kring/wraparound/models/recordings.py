from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from kring.trust.guard import Guarded
from kring.wraparound.models.versions import Version

LARGEST = 5 * 1024 * 1024


class Recording(Guarded):
    """A version read aloud, often by an interpreter, for those who like to hear it and may know all that is read."""

    part = "version"
    link_field = "version_id"
    link_reads_only = True
    only_between = "trust.hears_whole(version_id, parts_read)"
    fixed_fields = (
        "version_id",
        "language",
        "spoken_by",
        "media_type",
        "sound",
        "parts_read",
        "author_id",
        "at",
    )

    version = models.ForeignKey(Version, models.PROTECT, related_name="recordings")
    language = models.CharField(_("language"), max_length=12)
    spoken_by = models.CharField(_("read aloud by"), max_length=120)
    media_type = models.CharField(max_length=20)
    sound = models.BinaryField(max_length=LARGEST)
    parts_read = ArrayField(models.UUIDField(), null=True, editable=False)

    data_classes = Guarded.guarded_classes | {
        "version": "circle",
        "language": "circle",
        "spoken_by": "circle",
        "media_type": "technical",
        "sound": "circle",
        "parts_read": "technical",
    }

    class Meta:
        indexes = [models.Index(fields=["version", "language"], name="recordings_of_a_version")]

    def __str__(self) -> str:
        return str(self.pk)
