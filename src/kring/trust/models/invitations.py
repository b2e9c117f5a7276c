from datetime import date, datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kring.trust.guard import Guarded, GuardedQuerySet
from kring.trust.models.circles import Seat
from kring.trust.models.persons import Job, Person
from kring.trust.rules import LONGEST_STAND_IN


class InvitationQuerySet(GuardedQuerySet):
    """Invitations, as far as the one who asks may know them."""

    def waiting(self, at: datetime) -> "InvitationQuerySet":
        """Those that nobody has answered yet and that still can be."""
        return self.filter(answer="", withdrawn_at__isnull=True, until__gt=at).order_by("at", "id")


class Invitation(Guarded):
    """That somebody was asked into a family's circle; the seat begins only when they say yes."""

    part = "invitations"
    fixed_fields = (
        "circle_id", "person_id", "job_id", "role", "ring", "history", "word_of_id", "begins_at", "ends_at",
        "stays_until", "stands_in_for_id",
    )  # fmt: skip

    class Answer(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("no, not now")

    INVITED_AS = (Seat.Role.NATURAL, Seat.Role.PROFESSIONAL, Seat.Role.COORDINATOR)

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("who is invited"))
    given_name = models.CharField(_("first name"), max_length=80)
    job = models.ForeignKey(Job, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(_("role"), max_length=12, choices=Seat.Role, default=Seat.Role.NATURAL)
    relation = models.CharField(_("who is this, in plain words"), max_length=80, blank=True)
    ring = models.PositiveSmallIntegerField(_("ring"), default=2)
    history = models.BooleanField(_("sees what came before"), default=True)
    word_of = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("on the word of")
    )
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    overlap_days = models.PositiveSmallIntegerField(
        _("days the last coordinator stays to hand over"), default=0
    )
    begins_at = models.DateTimeField(_("the seat begins"), null=True, blank=True)
    ends_at = models.DateTimeField(_("the seat ends by itself"), null=True, blank=True)
    stays_until = models.DateTimeField(_("the last coordinator is there until"), null=True, blank=True)
    stands_in_for = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("stands in for")
    )
    until = models.DateTimeField(_("can be answered until"))
    answer = models.CharField(_("answer"), max_length=3, choices=Answer, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    objects: ClassVar[Any] = InvitationQuerySet.as_manager()

    data_classes = Guarded.guarded_classes | dict.fromkeys(
        (
            "person", "given_name", "job", "role", "relation", "ring", "history", "word_of", "phone", "overlap_days",
            "begins_at", "ends_at", "stays_until", "stands_in_for", "until", "answer", "answered_at", "withdrawn_at",
        ),
        "circle",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | Q(answer__gt="", answered_at__isnull=False),
                name="an_answer_to_an_invitation_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(role="natural", job__isnull=True)
                | Q(role__in=["professional", "coordinator"], job__isnull=False),
                name="a_professional_is_invited_through_a_job",
            ),
            models.CheckConstraint(
                condition=Q(overlap_days__lte=14), name="a_hand_over_lasts_two_weeks_at_most"
            ),
            models.CheckConstraint(
                condition=Q(stands_in_for__isnull=True)
                | Q(
                    role="professional",
                    begins_at__isnull=False,
                    ends_at__gt=F("begins_at"),
                    ends_at__lte=F("begins_at") + LONGEST_STAND_IN,
                ),
                name="a_stand_in_is_there_from_one_moment_to_another",
            ),
            models.UniqueConstraint(
                fields=["circle", "person"],
                condition=Q(answer="", withdrawn_at__isnull=True),
                name="one_open_invitation_per_person_and_circle",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def day(self) -> date:
        """The day somebody was asked."""
        return timezone.localdate(self.at)
