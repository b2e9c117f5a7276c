"""Founding a village: where nobody is yet who could ask."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import available_timezones

from django.db import connections, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.text import slugify

from kring.trust.models import (
    Account,
    Agreement,
    Circle,
    Entry,
    Job,
    Link,
    Organisation,
    Person,
    Seat,
    Village,
)
from kring.trust.usecases import links
from kring.trust.usecases.accounts import AddressIsTaken

#: Who founds a village acts as the keeper of the gate, through the connection that also migrates.
ALIAS, GATEKEEPER = "migrator", "kring_gatekeeper"
#: Work for which a third person stands before it counts where two people are needed.
TWO = (Job.Role.TRUST_OFFICER, Job.Role.LEAD, Job.Role.NETWORK, Job.Role.ADMINISTRATOR)


class VillageExists(Exception):
    """There is a village with this address already."""


class NoSuchCountry(Exception):
    """Kring has a profile of ages for NL, BE, UK and FR only."""


class NoSuchZone(Exception):
    """There is no time zone of this name."""


@dataclass(frozen=True)
class Founded:
    """A new village, its administrator, and the link by which the administrator comes in."""

    village: Village
    administrator: Person
    link: links.Made


def found(
    name: str, *, country: str, timezone: str, language: str, phone: str, organisation: str, given_name: str,
    surname: str, email: str, at: datetime,
) -> Founded:  # fmt: skip
    """Found a village: its first organisation with an agreement, its administrator, its desk and its own circle."""
    must_be_known(country, timezone)
    slug = slugify(name) or "village"
    with transaction.atomic(using=ALIAS):
        as_gatekeeper()
        if Village.objects.using(ALIAS).filter(slug=slug).exists():
            raise VillageExists(slug)
        if Account.objects.using(ALIAS).filter(email__iexact=email.strip()).exists():
            raise AddressIsTaken
        village = Village.objects.using(ALIAS).create(
            name=name.strip(), slug=slug, country=country, timezone=timezone, language=language, phone=phone,
            started_at=at,
        )  # fmt: skip
        job = _first_job(village, organisation, given_name, surname, at)
        Account.objects.db_manager(ALIAS).create_user(email=email.strip().lower(), person=job.person)
        _circles(village, job, at)
        made = invitation(job.person_id, at)
    return Founded(village, job.person, made)


def confirm(email: str) -> int:
    """Whoever keeps the server stands for the work of a colleague: for the first one, when nobody else can yet.

    By the machine's clock, as all such work is: a card that was made since counts more. It stands in the journal.
    """
    with transaction.atomic(using=ALIAS):
        as_gatekeeper()
        live = Job.objects.using(ALIAS).filter(
            Q(until=None) | Q(until__gt=Now()), person__account__email__iexact=email.strip(), role__in=TWO,
            confirmed_at=None,
        )  # fmt: skip
        found = list(live.select_for_update())
        for job in found:
            Entry.objects.using(ALIAS).create(
                at=Now(), kind=Entry.Kind.DONE, deed="confirmed somebody's work from the server", object_id=job.pk,
                about_id=job.person_id, rule="two people",
            )  # fmt: skip
        return int(live.filter(pk__in=[job.pk for job in found]).update(confirmed_at=Now()))


def must_be_known(country: str, timezone: str) -> None:
    """Go on only with a country whose ages are known, and a time zone that is one."""
    if country not in Village.Country.values:
        raise NoSuchCountry(country)
    if timezone not in available_timezones():
        raise NoSuchZone(timezone)


def as_gatekeeper() -> None:
    """For this transaction, act as the keeper of the gate."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {GATEKEEPER}")


def _first_job(village: Village, organisation: str, given_name: str, surname: str, at: datetime) -> Job:
    town = Organisation.objects.using(ALIAS).create(
        village=village, name=organisation.strip() or village.name, sector=Organisation.Sector.TOWN
    )
    Agreement.objects.using(ALIAS).create(organisation=town, since=at)
    person = Person.objects.using(ALIAS).create(
        village=village, given_name=given_name.strip(), surname=surname.strip()
    )
    return Job.objects.using(ALIAS).create(
        person=person, organisation=town, role=Job.Role.ADMINISTRATOR, since=at
    )


def _circles(village: Village, job: Job, at: datetime) -> None:
    """Every village has one desk and one circle of its own; everybody with a job sits in the latter."""
    Circle.objects.using(ALIAS).create(village=village, kind=Circle.Kind.DESK, opened_at=at)
    own = Circle.objects.using(ALIAS).create(village=village, kind=Circle.Kind.VILLAGE, opened_at=at)
    Seat.objects.using(ALIAS).create(
        circle=own, person_id=job.person_id, job=job, role=Seat.Role.PROFESSIONAL, ring=3, ground=Seat.Ground.JOB,
        since=at,
    )  # fmt: skip


def invitation(person_id: UUID, at: datetime) -> links.Made:
    """A link by which somebody comes in, made by the keeper of the gate."""
    made = links.new_secrets()
    Link.objects.using(ALIAS).create(
        token_hash=links.token_hash(made.token), code_hash=links.code_hash(made.token, made.code),
        purpose=Link.Purpose.SIGN_IN, person_id=person_id, made_at=at, until=at + links.VALID,
    )  # fmt: skip
    return made
