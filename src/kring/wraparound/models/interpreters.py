from django.db import models
from django.utils.translation import gettext_lazy as _

from kring.trust.guard import Guarded
from kring.trust.models import Person
from kring.wraparound.models.meetings import Meeting


class Interpreter(Guarded):
    """Somebody interprets at one meeting: by a link they see its day, place and agenda, and nothing else of the family."""

    part = "meeting"
    fixed_fields = ("meeting_id", "person_id", "name", "language", "subject_id", "author_id", "at")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="interpreters")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=12)
    reach = models.CharField(_("telephone or e-mail"), max_length=200, blank=True)
    speakers = models.JSONField(_("who speaks this language"), default=list)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    data_classes = Guarded.guarded_classes | dict.fromkeys(
        ("meeting", "person", "name", "language", "reach", "speakers", "withdrawn_at"), "circle"
    )

    class Meta:
        indexes = [models.Index(fields=["meeting"], name="interpreters_of_a_meeting")]

    def __str__(self) -> str:
        return str(self.pk)
