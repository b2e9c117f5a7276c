"""Setting up: an empty house, a code on its own screen, and whoever can read that screen founds the village."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db import connection, transaction
from django.db.models import Q
from django.utils.text import slugify

from kring.trust import chosen, profiles
from kring.trust.models import Account, Job, SetUpCode, Village
from kring.trust.usecases import accounts, links, villages

VALID = timedelta(hours=24)
#: Signs that nobody takes for another one.
SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
GROUPS, IN_A_GROUP = 3, 4
#: What is off until the village wants it: a new one begins with its door, its circles and its directory.
OFF_AT_FIRST = ["celebrations", "learning", "meetings", "path", "people", "practice", "programs"]


class HouseIsNotEmpty(Exception):
    """There is a village already; it grows by invitation."""


@dataclass(frozen=True)
class Wish:
    """The village as somebody describes it, and who keeps it."""

    name: str
    country: str
    timezone: str
    languages: tuple[str, ...]
    organisation: str
    given_name: str
    surname: str
    email: str
    speaks: str


def house_is_empty() -> bool:
    """Whether no village lives here yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.house_is_empty()")
        (empty,) = cursor.fetchone()
    return bool(empty)


def new_code(*, at: datetime) -> str:
    """A code for the screen of the server, kept nowhere; it ends the one before, and ends after a day."""
    code = "-".join("".join(secrets.choice(SIGNS) for _ in range(IN_A_GROUP)) for _ in range(GROUPS))
    with transaction.atomic(using=villages.ALIAS):
        villages.as_gatekeeper()
        if Village.objects.using(villages.ALIAS).exists():
            raise HouseIsNotEmpty
        codes = SetUpCode.objects.using(villages.ALIAS)
        codes.filter(ended_at__isnull=True).update(ended_at=at)
        codes.create(code_hash=code_hash(code), made_at=at, until=at + VALID)
    return code


def way_back(*, at: datetime) -> links.Made | None:
    """A new way in for who founded the village and lost it on the way; none once an administrator signs in."""
    live = Q(until__isnull=True) | Q(until__gt=at)
    with transaction.atomic(using=villages.ALIAS):
        villages.as_gatekeeper()
        keepers = (
            Job.objects.using(villages.ALIAS)
            .filter(live, role=Job.Role.ADMINISTRATOR)
            .order_by("since", "id")
        )
        ids = list(keepers.values_list("person_id", flat=True))
        factors = Authenticator.objects.using(villages.ALIAS).filter(user__person_id__in=ids)
        if not ids or factors.exists():
            return None
        return villages.invitation(ids[0], at)


def code_hash(typed: str) -> bytes:
    """What the database keeps of a code, however it was typed."""
    return links.token_hash("".join(sign for sign in typed.upper() if sign in SIGNS))


def opens(hashed: bytes, device: str, *, at: datetime) -> bool:
    """Whether this code founds the village from this device; the first device that uses it keeps it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.living_set_up_code(%s, %s, %s)", [hashed, links.device_hash(device), at])
        (code,) = cursor.fetchone()
    return code is not None


def found(wish: Wish, hashed: bytes, device: str, *, at: datetime) -> Account:
    """Found the village by the code, which ends with it; whoever did so is its administrator."""
    villages.must_be_known(wish.country, wish.timezone)
    told = {
        "name": wish.name, "slug": slugify(wish.name)[:60] or "village", "country": wish.country,
        "timezone": wish.timezone, "language": wish.speaks if wish.speaks in wish.languages else wish.languages[0],
        "term_days": profiles.PROFILES[wish.country].longest_term,
        "organisation": wish.organisation or wish.name, "given_name": wish.given_name, "surname": wish.surname,
        "email": wish.email.strip().lower(), "speaks": wish.speaks,
        "chosen": {chosen.LANGUAGES: sorted(wish.languages), chosen.MODULES_OFF: OFF_AT_FIRST},
        "chosen_version": chosen.new_version(),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT trust.found_village(%s, %s, %s::jsonb, %s)",
            [hashed, links.device_hash(device), json.dumps(told), at],
        )
        (administrator,) = cursor.fetchone()
    return accounts.of_person(administrator)
