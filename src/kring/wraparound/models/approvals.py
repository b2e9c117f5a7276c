from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.trust.guard import Guarded
from kring.trust.models import Person
from kring.wraparound import rules
from kring.wraparound.models.versions import BESIDE_A_VERSION, Version


class Sheet(Guarded):
    """A version printed for one person to sign, with a code that brings the signed paper home."""

    part = "version"
    only_between = BESIDE_A_VERSION.format("version_id")
    fixed_fields = ("version_id", "person_id", "code", "author_id", "at")

    version = models.ForeignKey(Version, models.PROTECT, related_name="sheets")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    code = models.CharField(_("code on the sheet"), max_length=8)

    data_classes = Guarded.guarded_classes | {"version": "circle", "person": "circle", "code": "circle"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="a_code_stands_on_one_sheet"),
            models.UniqueConstraint(fields=["version", "person"], name="one_sheet_per_person_and_version"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Approval(Guarded):
    """What one person answered to one version: yes, or "I want to change something". The last answer counts."""

    part = "version"
    only_between = BESIDE_A_VERSION.format("version_id")
    link_field = "version_id"
    fixed_fields = (
        "version_id", "person_id", "answer", "words", "how", "interpreter", "language", "said_on", "sheet_id",
        "subject_id", "author_id", "at",
    )  # fmt: skip

    class Answer(models.TextChoices):
        YES = "yes", _("yes, this is our plan")
        CHANGE = "change", _("I want to change something")

    class How(models.TextChoices):
        LINK = "link", _("on a phone, by a link")
        SIGNED_IN = "signed in", _("signed in")
        PAPER = "paper", _("on paper")
        SPOKEN = "spoken", _("said aloud, and written down")

    version = models.ForeignKey(Version, models.PROTECT, related_name="approvals")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("who"))
    answer = models.CharField(_("answer"), max_length=6, choices=Answer)
    words = models.TextField(_("what should change"), blank=True)
    language = models.CharField(_("language"), max_length=12)
    how = models.CharField(_("how"), max_length=9, choices=How)
    interpreter = models.CharField(_("with the help of"), max_length=120, blank=True)
    said_on = models.DateField(_("on which day"))
    sheet = models.ForeignKey(Sheet, models.PROTECT, null=True, blank=True, related_name="+")

    data_classes = Guarded.guarded_classes | {
        "version": "circle",
        "person": "circle",
        "answer": "circle",
        "words": "circle",
        "language": "circle",
        "how": "circle",
        "interpreter": "circle",
        "said_on": "circle",
        "sheet": "circle",
    }

    class Meta:
        indexes = [models.Index(fields=["version", "person", "-at"], name="answers_to_a_version")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(how="paper") | Q(sheet__isnull=False), name="a_yes_on_paper_has_its_sheet"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def direction(self) -> str:
        """From the language, never guessed."""
        return rules.direction(self.language)
