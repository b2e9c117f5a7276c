from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kring.trust.models.families import Family
from kring.trust.models.persons import Job, Person
from kring.trust.models.villages import Organisation, Village


class Circle(models.Model):
    """A named set of people who may know something."""

    policy = "circle itself"

    class Kind(models.TextChoices):
        FAMILY = "family", _("family circle")
        PART = "part", _("part of the family circle")
        HOME = "home", _("home")
        OWN = "own", _("own page")
        CONFIDENCE = "confidence", _("confidence")
        SEALED = "sealed", _("sealed")
        GROUP = "group", _("group")
        DESK = "desk", _("contact point")
        FIRST_TALK = "first talk", _("first talk")
        VILLAGE = "village", _("village")

    OF_A_FAMILY = (Kind.FAMILY, Kind.PART, Kind.HOME, Kind.OWN, Kind.CONFIDENCE, Kind.SEALED)

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    village = models.ForeignKey(Village, models.PROTECT, related_name="circles")
    family = models.ForeignKey(Family, models.PROTECT, null=True, blank=True, related_name="circles")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    subject = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=120, blank=True)
    safety = models.BooleanField(_("about safety, health or whereabouts"), default=False)
    secrecy = models.BooleanField(_("told under professional secrecy"), default=False)
    opened_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField(_("opened at"))

    data_classes = {
        "id": "technical",
        "village": "circle",
        "family": "circle",
        "kind": "circle",
        "subject": "circle",
        "name": "circle",
        "safety": "circle",
        "secrecy": "circle",
        "opened_by": "circle",
        "opened_at": "circle",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["family", "part", "home", "own", "confidence", "sealed"])
                | Q(family__isnull=False),
                name="such_a_circle_belongs_to_a_family",
            )
        ]
        # a village has thousands of circles, and one contact point that every concern looks for
        indexes = [models.Index("village", condition=Q(kind="desk"), name="contact_point_of_a_village")]

    def __str__(self) -> str:
        return self.name or self.get_kind_display()


class Seat(models.Model):
    """A person's place in a circle: since when, until when, on which ground, through which job."""

    policy = "seat"

    class Ground(models.TextChoices):
        CONSENT = "consent", _("by the family's yes")
        GUARDIAN = "guardian", _("as guardian")
        OWN_CHOICE = "own choice", _("by the young person's own choice")
        LEGAL_DUTY = "legal duty", _("by legal duty")
        JOB = "job", _("by the job")

    class Role(models.TextChoices):
        CHILD = "child", _("child")
        GUARDIAN = "guardian", _("guardian")
        NATURAL = "natural", _("natural support")
        PROFESSIONAL = "professional", _("professional")
        COORDINATOR = "coordinator", _("coordinator")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    circle = models.ForeignKey(Circle, models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, models.PROTECT, related_name="seats")
    job = models.ForeignKey(Job, models.PROTECT, null=True, blank=True, related_name="seats")
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.NATURAL)
    relation = models.CharField(_("who is this, in plain words"), max_length=80, blank=True)
    ring = models.PositiveSmallIntegerField(_("ring"), default=2)
    ground = models.CharField(_("ground"), max_length=12, choices=Ground)
    history = models.BooleanField(_("sees what came before"), default=True)
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    word_of = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("on the word of")
    )

    data_classes = {
        "id": "technical",
        "circle": "circle",
        "person": "circle",
        "job": "circle",
        "role": "circle",
        "relation": "circle",
        "ring": "circle",
        "ground": "circle",
        "history": "circle",
        "since": "circle",
        "until": "circle",
        "decided_by": "circle",
        "word_of": "circle",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="a_seat_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=~Q(ground="job") | Q(job__isnull=False), name="a_seat_by_the_job_names_the_job"
            ),
            models.CheckConstraint(condition=Q(ring__range=(1, 3)), name="there_are_three_rings"),
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.circle}"


class Exclusion(models.Model):
    """Somebody who may not know anything about a child, whatever seat they hold. It is silent."""

    policy = "exclusion"

    class Ground(models.TextChoices):
        OWN_CHOICE = "own choice", _("the young person's own choice")
        GUARDIAN = "guardian", _("a guardian's choice")
        COURT_ORDER = "court order", _("a court order")
        CONFLICT = "conflict", _("a conflict of interest")
        WITHHELD = "withheld", _("withheld in the interest of the child")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    subject = models.ForeignKey(Person, models.PROTECT, related_name="exclusions")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    sector = models.CharField(_("sector"), max_length=12, choices=Organisation.Sector, null=True, blank=True)
    ground = models.CharField(_("ground"), max_length=12, choices=Ground)
    circle = models.ForeignKey(Circle, models.PROTECT, null=True, blank=True, related_name="+")
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(_("reason"), blank=True)
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True, blank=True)

    data_classes = {
        "id": "technical",
        "subject": "sealed",
        "person": "sealed",
        "organisation": "sealed",
        "sector": "sealed",
        "ground": "sealed",
        "circle": "sealed",
        "decided_by": "sealed",
        "reason": "sealed",
        "since": "sealed",
        "until": "sealed",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="an_exclusion_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, organisation__isnull=True, sector__isnull=True)
                | Q(person__isnull=True, organisation__isnull=False, sector__isnull=True)
                | Q(person__isnull=True, organisation__isnull=True, sector__isnull=False),
                name="an_exclusion_has_exactly_one_target",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
