from django.db import models
from django.utils.translation import gettext_lazy as _

from kring.trust.guard import Guarded


class Note(Guarded):
    """Something somebody writes down in a circle, for those who sit in it."""

    part = "notes"
    fixed_fields = ("author_id", "at")
    own_words = ("text", "signed")

    text = models.TextField(_("text"))
    signed = models.CharField(_("signed"), max_length=120, blank=True)

    data_classes = Guarded.guarded_classes | {"text": "circle", "signed": "circle"}

    class Meta:
        indexes = [models.Index(fields=["circle", "-at"], name="notes_of_a_circle")]

    def __str__(self) -> str:
        return str(self.pk)
