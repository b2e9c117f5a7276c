from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.trust.models.circles import Circle
from kring.trust.models.persons import Person
from kring.trust.models.villages import Village


class UnusualLook(models.Model):
    """A look that is not usual for this work, by a plain rule; who looked says whether it was right.

    It says nothing about a person but that one look. Neither the family nor a colleague reads it.
    """

    policy = "one's own, asked by the clock"

    class Rule(models.TextChoices):
        MANY = "many in an hour", _("many families within an hour")
        NIGHT = "at night", _("in the night")
        LONG_AGO = "after a long time", _("after months without a look")
        SAME_NAME = "same name", _("a family with the same surname")
        LEAVING = "before leaving", _("many families, after the last day was said")
        DANGER = "danger", _("in danger")

    class Answer(models.TextChoices):
        RIGHT = "right", _("Yes, it was for my work.")
        MISTAKE = "mistake", _("No, it was a mistake.")
        NOT_ME = "not me", _("That was not me.")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    day = models.DateField()
    at = models.DateTimeField()
    rule = models.CharField(max_length=20, choices=Rule)
    families = models.PositiveIntegerField()
    circle = models.ForeignKey(Circle, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=8, choices=Answer, blank=True, default="", db_default="")
    words = models.CharField(_("because"), max_length=300, blank=True, default="", db_default="")
    answered_at = models.DateTimeField(null=True)

    data_classes = {
        "id": "technical",
        "village": "technical",
        "person": "own",
        "day": "own",
        "at": "own",
        "rule": "own",
        "families": "own",
        "circle": "own",
        "answer": "own",
        "words": "own",
        "answered_at": "own",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "day", "rule"], name="a_look_is_asked_about_once")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.rule}"


class SealKeeper(models.Model):
    """Somebody of a partner who gets the newest seal by mail and keeps it: a number and a root, nothing else."""

    policy = "kept by the trust officer"
    fixed_fields = ("village_id", "place", "email", "chosen_by_id", "since")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    email = models.EmailField(_("e-mail address"))
    chosen_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    told_seal = models.BigIntegerField(default=0, db_default=0)
    told_at = models.DateTimeField(null=True)

    data_classes = {
        "id": "technical",
        "village": "technical",
        "place": "technical",
        "email": "village",
        "chosen_by": "village",
        "since": "village",
        "until": "village",
        "told_seal": "technical",
        "told_at": "technical",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["village", "place"],
                condition=Q(until__isnull=True),
                name="one_keeper_of_seals_in_a_place",
            ),
            models.CheckConstraint(condition=Q(place__in=(1, 2)), name="two_keepers_of_seals"),
        ]

    def __str__(self) -> str:
        return str(self.place)
