from datetime import date, datetime, timedelta
from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kring.trust.guard import Guarded, GuardedQuerySet
from kring.trust.models.persons import Job, Person
from kring.trust.rules import HAND_OVER


class HandOverQuerySet(GuardedQuerySet):
    """Hand-overs, as far as the one who asks may know them."""

    def open(self) -> "HandOverQuerySet":
        """Those for which nobody has said yes yet."""
        return self.filter(stopped_at__isnull=True, taken_at__isnull=True)

    def newest(self) -> "HandOverQuerySet":
        """Those that were not stopped, the newest first, with the family and who comes."""
        known = self.select_related("next", "told", "circle__family")
        return known.filter(stopped_at__isnull=True).order_by("-at", "id")


class HandOver(Guarded):
    """One coordinator goes and the next one comes: the family was told first, and both are there for two weeks at most."""

    part = "hand-over"
    fixed_fields = (
        "circle_id",
        "leaver_id",
        "leaver_name",
        "told_id",
        "told_how",
        "told_on",
        "author_id",
        "at",
    )

    class ToldHow(models.TextChoices):
        TALK = "talk", _("in a talk")
        CALL = "call", _("by telephone")
        WRITTEN = "written", _("by letter or message")

    leaver = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("who goes"))
    leaver_name = models.CharField(_("first name of who goes"), max_length=80)
    told = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who was told first")
    )
    told_how = models.CharField(_("how the family was told"), max_length=8, choices=ToldHow, blank=True)
    told_on = models.DateField(_("told on"), null=True, blank=True)
    begins_at = models.DateTimeField(_("the next one begins"), null=True, blank=True)
    leaves_at = models.DateTimeField(_("who goes is gone"), null=True, blank=True)
    next = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who comes")
    )
    taken_at = models.DateTimeField(_("the next one said yes at"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("stopped at"), null=True, blank=True)
    stopped_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[Any] = HandOverQuerySet.as_manager()

    data_classes = Guarded.guarded_classes | dict.fromkeys(
        (
            "leaver", "leaver_name", "told", "told_how", "told_on", "begins_at", "leaves_at", "next", "taken_at", "stopped_at",
            "stopped_by",
        ),
        "circle",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(begins_at__isnull=True)
                | Q(leaves_at__isnull=True)
                | Q(leaves_at__gte=F("begins_at"), leaves_at__lte=F("begins_at") + HAND_OVER),
                name="both_are_there_for_two_weeks_at_most",
            ),
            models.CheckConstraint(
                condition=Q(told__isnull=True, told_on__isnull=True, told_how="")
                | Q(told__isnull=False, told_on__isnull=False, told_how__gt=""),
                name="who_was_told_was_told_some_day_in_some_way",
            ),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True, next__isnull=True)
                | Q(
                    taken_at__isnull=False,
                    next__isnull=False,
                    begins_at__isnull=False,
                    leaves_at__isnull=False,
                ),
                name="a_hand_over_that_stands_has_somebody_and_its_days",
            ),
            models.UniqueConstraint(
                fields=["circle"],
                condition=Q(stopped_at__isnull=True, taken_at__isnull=True),
                name="one_open_hand_over_per_circle",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def begins_on(self) -> date | None:
        """The first day of the next one."""
        return timezone.localdate(self.begins_at) if self.begins_at else None

    @property
    def last_on(self) -> date | None:
        """The last day of the one who goes."""
        return timezone.localdate(self.leaves_at - timedelta(microseconds=1)) if self.leaves_at else None

    def may_stop(self, at: datetime) -> bool:
        """As long as it has not happened."""
        return self.stopped_at is None and (self.taken_at is None or (self.begins_at or at) > at)

    def is_over(self, at: datetime) -> bool:
        """Whether the one who went sees nothing any more."""
        return self.taken_at is not None and self.leaves_at is not None and self.leaves_at <= at


class Leaving(models.Model):
    """That somebody's work ends on a day; until then everything they hold is passed on."""

    policy = "leaving"
    fixed_fields = ("person_id", "job_id", "was_until")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("who leaves"))
    job = models.ForeignKey(Job, models.PROTECT, related_name="+")
    said_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("said by"))
    at = models.DateTimeField(_("said at"))
    last_on = models.DateField(_("the last day"))
    was_until = models.DateTimeField(_("the work was to end before"), null=True, blank=True)
    settled = models.PositiveSmallIntegerField(_("what was passed on and is out of sight"), default=0)
    stopped_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    data_classes = {
        "id": "technical",
        "person": "village",
        "job": "village",
        "said_by": "village",
        "at": "village",
        "last_on": "village",
        "was_until": "village",
        "settled": "technical",
        "stopped_at": "village",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["job"], condition=Q(stopped_at__isnull=True), name="somebody_leaves_a_job_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.last_on}"
