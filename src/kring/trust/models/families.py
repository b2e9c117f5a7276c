from typing import Any
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from kring.trust import unit
from kring.trust.models.persons import Person
from kring.trust.models.villages import Village


class Family(models.Model):
    """Children and those who bring them up; the family is the unit and owns its circle and its plan."""

    policy = "family"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    village = models.ForeignKey(Village, models.PROTECT, related_name="families")
    name = models.CharField(_("what the family calls itself"), max_length=120)
    opened_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField(_("since"))

    data_classes = {
        "id": "technical",
        "village": "circle",
        "name": "circle",
        "opened_by": "circle",
        "opened_at": "circle",
    }

    class Meta:
        verbose_name_plural = "families"

    def __str__(self) -> str:
        return self.name


class FamilyMember(models.Model):
    """That this person is a child or a guardian of this family, and whether the guardian has authority."""

    policy = "family member"

    class Kind(models.TextChoices):
        CHILD = "child", _("child")
        GUARDIAN = "guardian", _("guardian")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    family = models.ForeignKey(Family, models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="families")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    relation = models.CharField(_("who is this for the child"), max_length=60, blank=True)
    authority = models.BooleanField(_("decides with authority"), default=True)

    data_classes = {
        "id": "technical",
        "family": "circle",
        "person": "circle",
        "kind": "circle",
        "relation": "circle",
        "authority": "circle",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["family", "person", "kind"], name="a_person_is_once_in_a_family")
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.kind})"


class Birth(models.Model):
    """The day a person was born; lies in a circle, and the rules of age read it."""

    policy = "birth"

    person = models.OneToOneField(Person, models.PROTECT, primary_key=True, related_name="birth")
    born = models.DateField(_("born on"))
    circle = models.ForeignKey("trust.Circle", models.PROTECT, null=True, blank=True, related_name="+")

    data_classes = {"person": "circle", "born": "circle", "circle": "circle"}

    def __str__(self) -> str:
        return str(self.born)


class BirthBefore(models.Model):
    """The day that stood as somebody's birth before it was changed, and who changed it. Written by the database."""

    policy = "birth before"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    circle = models.ForeignKey("trust.Circle", models.PROTECT, null=True, related_name="+")
    born = models.DateField(_("born on"))
    changed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("at"))

    data_classes = {"id": "technical"} | dict.fromkeys(
        ("person", "circle", "born", "changed_by", "at"), "circle"
    )

    def __str__(self) -> str:
        return str(self.born)


class Home(models.Model):
    """One household of a family: where it is and how to reach it. Two homes per child is normal."""

    policy = "simple circle"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    family = models.ForeignKey(Family, models.PROTECT, related_name="homes")
    circle = models.OneToOneField("trust.Circle", models.PROTECT, related_name="home")
    name = models.CharField(_("name of this home"), max_length=80)
    address = models.TextField(_("address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    note = models.TextField(_("good to know"), blank=True)

    data_classes = {
        "id": "technical",
        "family": "circle",
        "circle": "circle",
        "name": "circle",
        "address": "circle",
        "phone": "circle",
        "note": "circle",
    }

    @classmethod
    def from_db(cls, *loaded: Any, **how: Any) -> "Home":
        """Load one home and note for the journal that its circle was read."""
        home = super().from_db(*loaded, **how)
        unit.saw(home.circle_id, "home")
        return home

    def __str__(self) -> str:
        return self.name


class ContactCard(models.Model):
    """How a person wishes to be reached: language, way, own words, quiet hours, and who interprets."""

    policy = "contact card"

    class Channel(models.TextChoices):
        CALL = "call", _("call")
        WHATSAPP = "whatsapp", _("WhatsApp")
        SMS = "sms", _("text message")
        EMAIL = "e-mail", _("e-mail")
        LETTER = "letter", _("letter")
        VISIT = "visit", _("drop in")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="contact_cards")
    circle = models.ForeignKey("trust.Circle", models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=12, blank=True)
    listens = models.BooleanField(_("likes to hear it rather than read it"), default=False)
    channel = models.CharField(_("best way to reach"), max_length=8, choices=Channel, default=Channel.CALL)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    name_is_safe = models.BooleanField(_("a message may name the worker"), default=True)
    words = models.CharField(
        _("how you like it, in your own words"), max_length=200, blank=True, default="", db_default=""
    )
    interpreter = models.CharField(_("who interprets"), max_length=80, blank=True, default="", db_default="")
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    first = models.BooleanField(_("reached first for the family"), default=False, db_default=False)
    word_of = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    written_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(_("written at"), null=True, blank=True)

    data_classes = {
        "id": "technical",
        "person": "circle",
        "circle": "circle",
        "language": "circle",
        "listens": "circle",
        "channel": "circle",
        "phone": "circle",
        "email": "circle",
        "name_is_safe": "circle",
        "words": "circle",
        "interpreter": "circle",
        "quiet_from": "circle",
        "quiet_until": "circle",
        "first": "circle",
        "word_of": "circle",
        "written_by": "circle",
        "written_at": "circle",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "circle"], name="one_card_per_person_and_circle"),
            models.CheckConstraint(
                condition=models.Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | models.Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="quiet_hours_begin_and_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}"
