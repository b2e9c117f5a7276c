from django.db import models
from django.utils.translation import gettext_lazy as _

from kring.trust.guard import Guarded


class Beginning(Guarded):
    """With what a family's circle began: what is wanted, worded together with the family.

    It stands in the family circle in place of the concern, which stays behind with whoever told it.
    """

    part = "beginning"
    fixed_fields = ("wanted", "worded_with")

    wanted = models.TextField(_("what is wanted, in the family's words"))
    worded_with = models.CharField(_("worded together with"), max_length=120, blank=True)

    data_classes = Guarded.guarded_classes | {"wanted": "circle", "worded_with": "circle"}

    class Meta:
        indexes = [models.Index(fields=["circle", "at"], name="beginnings_of_a_circle")]

    def __str__(self) -> str:
        return str(self.pk)
