from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy as _

from kring.network import rules, search
from kring.network.models.keys import KeysField
from kring.network.models.places import Place
from kring.network.search import Question
from kring.network.search.meanings import domain_code, theme_code
from kring.network.search.questions import NAMED
from kring.network.words import LifeDomain, Theme
from kring.trust.models import Organisation, Person, Village


class OfferQuerySet(models.QuerySet["Offer"]):
    """How people look for an offer."""

    def of_village(self, village: UUID | None) -> "OfferQuerySet":
        """What one village has to offer."""
        return self.none() if village is None else self.filter(village_id=village)

    def shown(self) -> "OfferQuerySet":
        """Offers one can ask for, now or soon."""
        return self.exclude(status=Offer.Status.CLOSED).filter(gone_on__isnull=True)

    def with_words(self, question: str) -> "OfferQuerySet":
        """Every word somebody typed occurs somewhere in the offer, in some form, in some language."""
        return self.answering(Question.typed(question))

    def answering(self, question: Question) -> "OfferQuerySet":
        """Every word of a question is answered by the offer; an empty question leaves all."""
        return self.filter(search__holds=question.loosely()) if question else self

    def for_age(self, age: int) -> "OfferQuerySet":
        """Somebody of this age is welcome; an unnamed border is open."""
        return self.filter(
            Q(youngest__isnull=True) | Q(youngest__lte=age), Q(oldest__isnull=True) | Q(oldest__gte=age)
        )

    def on_theme(self, theme: str) -> "OfferQuerySet":
        """What the activity is about."""
        return self.filter(themes__contains=[theme])

    def in_domain(self, domain: str) -> "OfferQuerySet":
        """Which part of life it helps with."""
        return self.filter(domains__contains=[domain])

    def in_language(self, language: str) -> "OfferQuerySet":
        """Spoken there."""
        return self.filter(languages__contains=[language])

    def near_to(self, place: str) -> "OfferQuerySet":
        """In this town or neighbourhood, or meant for it."""
        return self.filter(near__contains=[place])

    def free_of_charge(self) -> "OfferQuerySet":
        """Costs nothing."""
        return self.filter(free=True)

    def in_sector(self, sector: str) -> "OfferQuerySet":
        """Of organisations that work in this sector."""
        return self.filter(organisation__sector=sector)

    def of_organisation(self, organisation: UUID) -> "OfferQuerySet":
        """What one organisation does."""
        return self.filter(organisation_id=organisation)

    def changed_since(self, moment: datetime) -> "OfferQuerySet":
        """Written or written anew since then."""
        return self.filter(changed_at__gte=moment)

    def looked_for(self, wishes: dict[str, Any]) -> "OfferQuerySet":
        """Everything somebody asks for at once: q, age, theme, domain, place, language, organisation, free."""
        asked: dict[str, Callable[[OfferQuerySet, Any], OfferQuerySet]] = {
            "q": OfferQuerySet.with_words,
            "age": OfferQuerySet.for_age,
            "theme": OfferQuerySet.on_theme,
            "domain": OfferQuerySet.in_domain,
            "place": OfferQuerySet.near_to,
            "language": OfferQuerySet.in_language,
            "organisation": OfferQuerySet.of_organisation,
            "free": lambda found, yes: found.free_of_charge(),
        }
        found = self
        for name, value in wishes.items():
            found = asked[name](found, value)
        return found

    def in_order(self, question: str | Question = "") -> "OfferQuerySet":
        """The best answer first, then by name as people say it, always the same.

        Best is what is called literally so; then what is called so in other words; then what an organisation of
        that name does; then what tells of it; then what is near.
        """
        asked = Question.typed(question) if isinstance(question, str) else question
        if not asked:
            return self.order_by("sort_key", "id")
        exactly, near = asked.exactly(), asked if asked.near() else None
        best = [exactly.literally(NAMED), *exactly.by_rank(), *(near.by_rank() if near else ())]
        ranks = [When(search__holds=condition, then=rank) for rank, condition in enumerate(best)]
        return self.alias(rank=Case(*ranks, default=len(ranks))).order_by("rank", "sort_key", "id")

    def for_cards(self) -> "OfferQuerySet":
        """With all that a card shows, in a fixed number of queries."""
        return self.select_related("organisation__card", "village", "good_to_know", "keeping").defer(
            "extra", "search", "organisation__card__extra"
        )


class Offer(models.Model):
    """Something an organisation does for children, young people or families, and how to get in."""

    policy = "offer"

    class Status(models.TextChoices):
        ACTIVE = "active", _("open")
        PAUSED = "paused", _("not now, later again")
        CLOSED = "closed", _("stopped")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    village = models.ForeignKey(Village, models.PROTECT, related_name="offers")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="offers", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=250)
    summary = models.CharField(_("in one sentence"), max_length=200, blank=True)
    words = models.TextField(_("what happens there"), blank=True)
    status = models.CharField(_("open now?"), max_length=8, choices=Status, default=Status.ACTIVE)
    domains = ArrayField(
        models.CharField(max_length=20, choices=LifeDomain),
        default=list,
        blank=True,
        verbose_name=_("life domains"),
    )
    themes = ArrayField(
        models.CharField(max_length=20, choices=Theme), default=list, blank=True, verbose_name=_("themes")
    )
    youngest = models.PositiveSmallIntegerField(_("from which age"), null=True, blank=True)
    oldest = models.PositiveSmallIntegerField(_("up to which age"), null=True, blank=True)
    languages = ArrayField(
        models.CharField(max_length=12), default=list, blank=True, verbose_name=_("languages spoken there")
    )
    free = models.BooleanField(_("free of charge"), null=True, blank=True)
    cost = models.TextField(_("what it costs"), blank=True)
    schedule = models.CharField(_("when"), max_length=500, blank=True)
    rhythms = models.JSONField(_("rhythm"), default=list, blank=True)
    how_to_get_in = models.TextField(_("how to get in"), blank=True)
    conditions = models.TextField(_("for whom"), blank=True)
    waiting = models.CharField(_("how long one waits"), max_length=250, blank=True)
    website = models.URLField(_("website"), max_length=500, blank=True)
    contact_name = models.CharField(_("whom can one call"), max_length=120, blank=True)
    contact_role = models.CharField(_("what that person does"), max_length=120, blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    contact_email = models.EmailField(_("e-mail address"), blank=True)
    areas = ArrayField(
        models.CharField(max_length=250), default=list, blank=True, verbose_name=_("for which neighbourhoods")
    )
    near = ArrayField(models.CharField(max_length=120), default=list, blank=True, editable=False)
    places = models.ManyToManyField(
        Place, through="OfferPlace", related_name="offers", verbose_name=_("places")
    )
    source = models.CharField(_("from which list"), max_length=80, blank=True)
    foreign_id = models.CharField(_("id in that list"), max_length=200, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    gone_on = models.DateField(_("no longer in the list since"), null=True, blank=True, editable=False)
    extra = models.JSONField(_("what else the list says"), default=dict, blank=True)
    search = KeysField(editable=False, default="")
    sort_key = models.CharField(max_length=250, editable=False, default="")
    changed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    changed_at = models.DateTimeField(_("changed at"), editable=False)

    objects = OfferQuerySet.as_manager()

    data_classes = {
        **dict.fromkeys(("id", "near", "fingerprint", "search", "sort_key"), "technical"),
        **dict.fromkeys(("village", "organisation", "name", "summary", "words", "status"), "public"),
        **dict.fromkeys(("domains", "themes", "youngest", "oldest", "languages", "free", "cost"), "public"),
        **dict.fromkeys(
            ("schedule", "rhythms", "how_to_get_in", "conditions", "waiting", "website"), "public"
        ),
        **dict.fromkeys(("contact_name", "contact_role", "contact_phone", "contact_email"), "public"),
        **dict.fromkeys(("areas", "places", "changed_at"), "public"),
        **dict.fromkeys(("source", "foreign_id", "gone_on", "extra", "changed_by"), "village"),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["village", "foreign_id"],
                condition=~Q(foreign_id=""),
                name="a_listed_offer_stands_here_once",
            ),
            models.CheckConstraint(
                condition=Q(youngest__isnull=True) | Q(oldest__isnull=True) | Q(youngest__lte=F("oldest")),
                name="the_youngest_is_not_older_than_the_oldest",
            ),
        ]
        indexes = [
            models.Index(fields=["village", "sort_key", "id"], name="offers_of_a_village_by_name"),
            GinIndex(fields=["search"], name="offers_by_their_keys", fastupdate=False),
        ]

    def __str__(self) -> str:
        return self.name

    def reckon(self, places: Iterable[Place], more: Iterable[str] = ()) -> None:
        """Fills what search and order need: the keys, the sort key, the names of what is near."""
        places = list(places)
        spots = [part for place in places for part in (place.neighbourhood, place.town)]
        self.near = list(dict.fromkeys(name for name in [*spots, *self.areas] if name and len(name) <= 60))
        told = (self.name, self.words, self.cost, self.schedule, self.how_to_get_in, self.conditions)
        found = (self.contact_name, *self.areas, *spots, *(place.name for place in places), *more)
        self.search = search.vector(
            {
                "A": search.keys_of(self.name),
                "B": search.keys_of(self.organisation.name),
                "C": search.keys_of(" . ".join((*told, *found))),
                "D": [*map(domain_code, self.domains), *map(theme_code, self.themes)],
            }
        )
        self.sort_key = rules.fold(self.name)[:250] or self.name[:250]

    @property
    def is_shown(self) -> bool:
        """Whether one can ask for it, now or soon."""
        return self.status != self.Status.CLOSED and self.gone_on is None

    @property
    def call(self) -> dict[str, Any]:
        """Whom one can call: of the offer itself, else of the organisation."""
        card = getattr(self.organisation, "card", None)
        if self.contact_phone or card is None:
            return {"name": self.contact_name or self.organisation.name, "phone": self.contact_phone}
        return {"name": card.contact_name or self.organisation.name, "phone": card.phone}


class OfferPlace(models.Model):
    """That an offer takes place there."""

    policy = "of an offer"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    offer = models.ForeignKey(Offer, models.CASCADE, related_name="spots")
    place = models.ForeignKey(Place, models.PROTECT, related_name="spots")

    data_classes = {"id": "technical", "village": "public", "offer": "public", "place": "public"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["offer", "place"], name="an_offer_is_once_at_a_place")]

    @classmethod
    def there(cls, offer: Offer, place: Place) -> "OfferPlace":
        """The offer at that place; its id follows from both, so that it stays when the offer is written anew."""
        return cls(id=uuid5(offer.pk, str(place.pk)), village_id=offer.village_id, offer=offer, place=place)

    def __str__(self) -> str:
        return f"{self.offer}, {self.place}"
