from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.trust.guard import Guarded, GuardedQuerySet, WrittenByMany
from kring.trust.models import Organisation
from kring.wraparound import rules
from kring.wraparound.rough_time import RoughTime


class Season(models.TextChoices):
    """The part of a year, as people remember it."""

    WINTER = "winter", _("winter")
    SPRING = "spring", _("spring")
    SUMMER = "summer", _("summer")
    AUTUMN = "autumn", _("autumn")


class EarlierHelpQuerySet(GuardedQuerySet):
    """How people look at the help of before."""

    def in_time(self) -> "EarlierHelpQuerySet":
        """As it came."""
        return self.order_by("since_year", "at", "id")


class EarlierHelp(WrittenByMany):
    """One help on the path of a family: what, from whom, roughly when, what helped and what did not."""

    part = "path"
    others_write = (
        "what", "who", "organisation_id", "since_year", "since_season", "until_year", "until_season", "goes_on",
        "helped", "did_not", "taken_off_at",
    )  # fmt: skip

    what = models.CharField(_("what it was"), max_length=200)
    who = models.CharField(_("who helped"), max_length=120, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    since_year = models.PositiveSmallIntegerField(_("from which year"))
    since_season = models.CharField(_("from which season"), max_length=6, choices=Season, blank=True)
    until_year = models.PositiveSmallIntegerField(_("until which year"), null=True, blank=True)
    until_season = models.CharField(_("until which season"), max_length=6, choices=Season, blank=True)
    goes_on = models.BooleanField(_("it still goes on"), default=False)
    helped = models.TextField(_("what helped"), blank=True)
    did_not = models.TextField(_("what did not help"), blank=True)
    language = models.CharField(_("language"), max_length=12)
    taken_off_at = models.DateTimeField(_("taken off the path at"), null=True, blank=True)

    objects: ClassVar[Any] = EarlierHelpQuerySet.as_manager()

    data_classes = WrittenByMany.guarded_classes | dict.fromkeys(
        (
            "what", "who", "organisation", "since_year", "since_season", "until_year", "until_season", "goes_on",
            "helped", "did_not", "language", "taken_off_at",
        ),
        "circle",
    )  # fmt: skip

    class Meta:
        verbose_name_plural = "earlier help"
        indexes = [models.Index(fields=["circle", "since_year"], name="earlier_help_of_a_circle")]
        constraints = [
            models.CheckConstraint(
                condition=Q(goes_on=False) | Q(until_year__isnull=True), name="help_that_goes_on_has_no_end"
            ),
            models.CheckConstraint(
                condition=Q(until_year__isnull=True) | Q(until_year__gte=models.F("since_year")),
                name="help_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def direction(self) -> str:
        """From the language, never guessed."""
        return rules.direction(self.language)

    @property
    def since(self) -> RoughTime:
        """Roughly when it began."""
        return RoughTime(self.since_year, self.since_season)

    @property
    def until(self) -> RoughTime | None:
        """Roughly when it ended, as far as somebody remembers."""
        return RoughTime(self.until_year, self.until_season) if self.until_year else None


class EarlierTelling(Guarded):
    """How a help of the path was told before it was said in other words. It lies where the help lies."""

    part = "path"
    fixed_fields = ("help_id", "told", "author_id", "at")

    help = models.ForeignKey(EarlierHelp, models.CASCADE, related_name="tellings")
    told = models.JSONField(_("as it was told"))

    data_classes = Guarded.guarded_classes | {"help": "circle", "told": "circle"}

    class Meta:
        indexes = [models.Index(fields=["help", "-at"], name="tellings_of_a_help")]

    def __str__(self) -> str:
        return str(self.pk)
