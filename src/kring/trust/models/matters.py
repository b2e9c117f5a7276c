from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.trust.keys.fields import LockedText
from kring.trust.models.circles import Circle
from kring.trust.models.persons import Person
from kring.trust.models.villages import Village


class Matter(models.Model):
    """What one person asked and another person must agree to; `facts` say exactly what happens on that yes."""

    policy = "two people"

    class Kind(models.TextChoices):
        SEALED_SEAT = "sealed seat", _("somebody new in a sealed circle")
        EXPORT = "export", _("export of more than ten families")
        KEPT_COPY = "kept copy", _("opening what the law makes us keep")
        AUTHORITY = "authority", _("who decides with authority")
        HOUSEHOLD = "household", _("who is a guardian of a family")
        BIRTH = "birth", _("the day a child was born")
        MERGE = "merge", _("somebody who stands here twice")
        COURT_ORDER = "court order", _("left out by a court order")
        CONFLICT = "conflict", _("left out for a conflict of interest")
        WITHHELD = "withheld", _("withheld in the interest of the child")
        EXCLUSION_ENDS = "exclusion ends", _("let in again")
        FACTOR = "second factor", _("a new way to sign in")
        DANGER = "danger", _("the right to act in danger")
        RESTORE = "restore", _("restoring a backup")
        COUNTRY = "country", _("the country whose rules count")
        READING = "reading ends", _("when a parent's reading ends")

    class Answer(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("no")
        OVER = "over", _("too late")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    circle = models.ForeignKey(Circle, models.PROTECT, related_name="+")
    subject = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(_("what it is about"), max_length=16, choices=Kind)
    number = models.CharField(_("number"), max_length=9, unique=True)
    facts = models.JSONField(_("what exactly happens"))
    words_locked = models.BinaryField(_("why, written locked"), default=b"")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked at"))
    until = models.DateTimeField(_("waits until"))
    answer = models.CharField(_("answer"), max_length=4, choices=Answer, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    no_locked = models.BinaryField(_("why not, written locked"), default=b"")
    taken_back_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    code_locked = models.BinaryField(_("the code of a card, written locked"), default=b"", db_default=b"")
    used_at = models.DateTimeField(_("used by a command at"), null=True, blank=True)

    words = LockedText("words_locked")
    why_not = LockedText("no_locked")
    code = LockedText("code_locked")

    data_classes = dict.fromkeys(("id", "village", "circle", "number", "code_locked", "used_at"), "technical") | dict.fromkeys(
        ("subject", "kind", "facts", "words_locked", "asked_by", "asked_at", "until", "answer", "answered_by",
         "answered_at", "no_locked", "taken_back_at"), "sealed",
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["village", "-asked_at"], name="matters_of_a_village")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | (
                    Q(answer__gt="", answered_at__isnull=False, answered_by__isnull=False)
                    & ~Q(answered_by=models.F("asked_by"))
                ),
                name="another_person_answers",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
