from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kring.trust.guard import Guarded
from kring.trust.keys.fields import LockedText


class Sealed(Guarded):
    """What only named people may read: who told us, a safe address, court papers. One more reader needs two people."""

    part = "sealed"
    fixed_fields = ("circle_id", "kind", "words_locked")

    class Kind(models.TextChoices):
        TELLER = "teller", _("who told us")
        ADDRESS = "address", _("a safe address")
        PAPERS = "papers", _("what a court wrote")

    kind = models.CharField(_("what is sealed"), max_length=8, choices=Kind)
    words_locked = models.BinaryField(_("the words, written locked"), default=b"")

    words = LockedText("words_locked")

    data_classes: ClassVar[dict[str, str]] = Guarded.guarded_classes | {
        "kind": "sealed",
        "words_locked": "sealed",
    }

    def __str__(self) -> str:
        return str(self.pk)
