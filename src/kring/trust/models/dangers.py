from datetime import date, datetime
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kring.trust.keys import LockedText
from kring.trust.models.circles import Circle
from kring.trust.models.families import Family
from kring.trust.models.persons import Job, Person
from kring.trust.models.villages import Village
from kring.trust.rules import LONGEST_POSTPONED, LONGEST_RIGHT, danger_ends


class DangerRight(models.Model):
    """That somebody may open what a child's safety needs: asked for by one person, given by another, for a year at most."""

    policy = "right in danger"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    job = models.ForeignKey(Job, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("asked for by"))
    asked_at = models.DateTimeField(_("asked at"))
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("given by"))
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"))

    data_classes = dict.fromkeys(("id", "village"), "technical") | dict.fromkeys(
        ("job", "asked_by", "asked_at", "given_by", "since", "until"), "village"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(given_by=F("asked_by")),
                name="two_people_give_the_right_in_danger",
            ),
            models.CheckConstraint(
                condition=Q(until__gte=F("asked_at"), until__lte=F("asked_at") + LONGEST_RIGHT),
                name="a_right_in_danger_ends_within_a_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job_id} until {self.until:%Y-%m-%d}"

    @property
    def last_on(self) -> date:
        """The day on which it ends."""
        return timezone.localdate(self.until)


class Danger(models.Model):
    """Four hours in which a professional may read what a family's safety needs."""

    policy = "danger"

    class Ground(models.TextChoices):
        HURT = "hurt", _("A child is being hurt, or will be soon.")
        LIFE = "life", _("Somebody's life is at risk.")
        MISSING = "missing", _("A child is missing, or taken away.")
        HEALTH = "health", _("A doctor needs to know something now.")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    job = models.ForeignKey(Job, models.PROTECT, related_name="+")
    family = models.ForeignKey(Family, models.PROTECT, related_name="dangers")
    child = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("about")
    )
    circle = models.ForeignKey(Circle, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("at"))
    ended_at = models.DateTimeField(_("ended early at"), null=True, blank=True)
    ground = models.CharField(_("ground"), max_length=8, choices=Ground, blank=True, db_default="")
    reason_locked = models.BinaryField(_("reason"), default=b"", db_default=b"")
    tried_locked = models.BinaryField(_("who was tried first"), default=b"", db_default=b"")
    did_locked = models.BinaryField(_("what was done"), default=b"", db_default=b"")

    subject_id = None
    reason = LockedText("reason_locked")
    tried = LockedText("tried_locked")
    did = LockedText("did_locked")

    data_classes = dict.fromkeys(
        ("person", "job", "family", "child", "circle", "at", "ended_at", "ground"), "circle"
    ) | {
        "id": "technical",
        "reason_locked": "sealed",
        "tried_locked": "sealed",
        "did_locked": "sealed",
    }

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="dangers_by_moment"),
            models.Index(fields=["family", "at"], name="dangers_of_a_family"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("at")),
                name="a_danger_ends_after_it_began",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def on(self) -> date:
        """The day on which it was opened."""
        return timezone.localdate(self.at)

    @property
    def until(self) -> datetime:
        """When it is over: after four hours, or when it was ended early."""
        return danger_ends(self.at, self.ended_at)


class Postponement(models.Model):
    """The family is told later that danger was opened: decided by a trust officer, with a reason and an end."""

    policy = "postponement"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    danger = models.ForeignKey(Danger, models.PROTECT, related_name="postponements")
    circle = models.ForeignKey(Circle, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))
    until = models.DateTimeField(_("until"))
    also_young = models.BooleanField(_("the young person is told later too"), default=False)
    reason_locked = models.BinaryField(_("reason"))

    subject_id = None
    reason = LockedText("reason_locked")

    data_classes = dict.fromkeys(
        ("danger", "circle", "by", "at", "until", "also_young", "reason_locked"), "sealed"
    ) | {"id": "technical"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("at"), until__lte=F("at") + LONGEST_POSTPONED),
                name="a_postponement_ends_within_four_weeks",
            )
        ]

    def __str__(self) -> str:
        return f"{self.danger_id} until {self.until:%Y-%m-%d}"


class DangerReview(models.Model):
    """What somebody of another organisation says of it: whether it was right to open, in words the family reads too."""

    policy = "review of danger"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    danger = models.OneToOneField(Danger, models.PROTECT, related_name="review")
    circle = models.ForeignKey(Circle, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    job = models.ForeignKey(Job, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))
    was_right = models.BooleanField(_("it was right to open"))
    words_locked = models.BinaryField(_("in words"))

    subject_id = None
    words = LockedText("words_locked")

    data_classes = dict.fromkeys(("danger", "circle", "by", "job", "at", "was_right"), "circle") | {
        "id": "technical",
        "words_locked": "sealed",
    }

    def __str__(self) -> str:
        return f"{self.danger_id} {self.at:%Y-%m-%d}"
