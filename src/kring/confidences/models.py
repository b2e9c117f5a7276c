from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kring.trust.guard import Guarded, GuardedQuerySet
from kring.trust.keys import LockedBytes, LockedText


class TellingQuerySet(GuardedQuerySet):
    """Questions about what was told."""

    def of(self, circle_id: object) -> "TellingQuerySet":
        """What was told in one confidence, as it was said one after the other."""
        return self.filter(circle_id=circle_id).order_by("at", "id")


class Telling(Guarded):
    """Something that was told in confidence, or an answer to it; written locked."""

    part = "confidence"
    fixed_fields = ("circle_id", "subject_id", "author_id", "at", "words_locked", "how")

    class How(models.TextChoices):
        TYPED = "typed", _("typed")
        TOGETHER = "together", _("written down together, read back and agreed")

    words_locked = models.BinaryField()
    words = LockedText("words_locked")
    how = models.CharField(_("how it was written"), max_length=8, choices=How, default=How.TYPED)
    heard_at = models.DateTimeField(_("opened by somebody else at"), null=True, blank=True)

    objects: ClassVar[models.Manager["Telling"]] = TellingQuerySet.as_manager()

    data_classes = Guarded.guarded_classes | dict.fromkeys(("words_locked", "how", "heard_at"), "confidence")

    class Meta:
        indexes = [models.Index(fields=["circle", "at"], name="tellings_of_a_confidence")]

    def __str__(self) -> str:
        return str(self.pk)


class Attachment(Guarded):
    """A picture, a sound or a PDF that lies with something told; written locked like the words."""

    part = "confidence"
    fixed_fields = (
        "circle_id",
        "subject_id",
        "author_id",
        "at",
        "telling_id",
        "kind",
        "name_locked",
        "content_locked",
    )

    class Kind(models.TextChoices):
        PICTURE = "picture", _("picture")
        SOUND = "sound", _("sound")
        PDF = "pdf", _("PDF")

    telling = models.ForeignKey(Telling, models.CASCADE, related_name="attachments")
    kind = models.CharField(_("what it is"), max_length=8, choices=Kind)
    media_type = models.CharField(max_length=24)
    name_locked = models.BinaryField()
    name = LockedText("name_locked")
    content_locked = models.BinaryField()
    content = LockedBytes("content_locked")

    data_classes = Guarded.guarded_classes | dict.fromkeys(
        ("telling", "kind", "media_type", "name_locked", "content_locked"), "confidence"
    )

    class Meta:
        indexes = [models.Index(fields=["telling"], name="attachments_of_a_telling")]

    def __str__(self) -> str:
        return str(self.pk)
