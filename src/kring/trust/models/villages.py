from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Village(models.Model):
    """A town or district whose partners keep children in education together."""

    policy = "open"

    class Country(models.TextChoices):
        NL = "NL", _("the Netherlands")
        BE = "BE", _("Belgium")
        UK = "UK", _("United Kingdom")
        FR = "FR", _("France")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    country = models.CharField(_("country"), max_length=2, choices=Country)
    timezone = models.CharField(_("time zone"), max_length=60)
    language = models.CharField(_("language"), max_length=12, default="en")
    phone = models.CharField(_("telephone of the contact point"), max_length=40, blank=True)
    answer_days = models.PositiveSmallIntegerField(_("days until the first answer"), default=2)
    term_days = models.PositiveSmallIntegerField(_("days until what nobody took up is deleted"), default=90)
    reading_ends = models.PositiveSmallIntegerField(
        _("age at which a guardian's reading ends sooner than in the country"), null=True, blank=True
    )
    chosen = models.JSONField(_("what the village chose for itself"), default=dict, db_default={})
    chosen_version = models.BigIntegerField(_("number of this state of its choices"), default=0, db_default=0)
    started_at = models.DateTimeField(_("started at"))

    data_classes = {
        "id": "technical",
        "chosen": "public",
        "chosen_version": "public",
        "name": "public",
        "slug": "public",
        "country": "public",
        "timezone": "public",
        "language": "public",
        "phone": "public",
        "answer_days": "public",
        "term_days": "public",
        "reading_ends": "public",
        "started_at": "village",
    }

    def __str__(self) -> str:
        return self.name


class AgeRule(models.Model):
    """One line of a country profile as the database reads it; filled from `profiles`, never by hand."""

    policy = "open, read only"

    country = models.CharField(max_length=2, primary_key=True)
    own_voice = models.PositiveSmallIntegerField(_("own voice from"))
    guardian_reads_until = models.PositiveSmallIntegerField(_("guardian reads until"))

    data_classes = {"country": "public", "own_voice": "public", "guardian_reads_until": "public"}

    def __str__(self) -> str:
        return self.country


class Holiday(models.Model):
    """A day off of a country as the database reads it; filled from `holidays`, never by hand."""

    policy = "open, read only"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    country = models.CharField(max_length=2)
    day = models.DateField(_("day"))

    data_classes = {"id": "technical", "country": "public", "day": "public"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["country", "day"], name="a_day_is_off_once")]

    def __str__(self) -> str:
        return f"{self.country} {self.day}"


class Organisation(models.Model):
    """A school, club, service or office that takes part in the village."""

    policy = "partner"

    class Sector(models.TextChoices):
        EDUCATION = "education", _("education")
        WELLBEING = "wellbeing", _("wellbeing")
        LEISURE = "leisure", _("leisure")
        COMMUNITY = "community", _("community")
        POLICE = "police", _("police")
        HEALTH = "health", _("health")
        TOWN = "town", _("town")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    village = models.ForeignKey(Village, models.PROTECT, related_name="organisations")
    name = models.CharField(_("name"), max_length=200)
    sector = models.CharField(_("sector"), max_length=12, choices=Sector)
    file_here = models.BooleanField(_("the file it must keep lies here"), default=False, db_default=False)

    data_classes = {
        "id": "technical",
        "village": "public",
        "name": "public",
        "sector": "public",
        "file_here": "public",
    }

    def __str__(self) -> str:
        return self.name


class Agreement(models.Model):
    """An organisation's agreement with the village; without a live one its people's seats sleep."""

    policy = "agreement"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="agreements")
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True, blank=True)

    data_classes = {"id": "technical", "organisation": "village", "since": "village", "until": "village"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="an_agreement_ends_after_it_began",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.since:%Y-%m-%d}"
