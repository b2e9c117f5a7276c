"""Accounts: how a person signs in. An account opens nothing by itself."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from kring.trust import identity, journal, looking
from kring.trust.models import Account, Job, Link, Organisation, Person, SignOn, Village
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.usecases import links
from kring.trust.viewer import Viewer, coming_in


class AddressIsTaken(Exception):
    """Somebody signs in with this e-mail address already."""


@dataclass(frozen=True)
class Invited:
    """Somebody new among the staff, and the link by which they come."""

    person: Person
    job: Job
    link: links.Made


def of_person(person_id: UUID) -> Account:
    """The account of a person; family get theirs, without e-mail or password, when they first come by link."""
    with coming_in(person_id):
        account = Account.objects.filter(person_id=person_id).first()
        if account is None:
            account = Account(person_id=person_id)
            account.set_unusable_password()
            account.save()
    return account


def has_account(person_id: UUID) -> bool:
    """Whether this person came in before, or was invited to."""
    with looking.by_persons([person_id]):
        return Account.objects.filter(person_id=person_id).exists()


def languages(persons: Iterable[UUID]) -> dict[UUID, str]:
    """The language each of these people gets letters in: their own, else the village's where it is the only one here."""
    persons = list(persons)
    with looking.by_persons(persons):
        found = Account.objects.filter(person_id__in=persons).exclude(language="")
        chosen = dict(found.values_list("person_id", "language"))
    spoken = list(Village.objects.values_list("language", flat=True)[:2])
    here = spoken[0] if len(spoken) == 1 else "en"
    return {person: chosen.get(person, here) for person in persons}


def language_of(person_id: UUID) -> str:
    """The language in which somebody gets letters."""
    return languages([person_id])[person_id]


def came_in(account: Account, *, at: datetime) -> None:
    """Somebody is signed in from now on."""
    with coming_in(account.person_id):
        Account.objects.filter(pk=account.pk).update(last_login=at)


def speaks(account: Account, language: str) -> None:
    """From now on somebody is spoken to in this language."""
    with coming_in(account.person_id):
        Account.objects.filter(pk=account.pk).update(language=language)


def choose_password(account: Account, password: str) -> None:
    """Another password, for whoever just showed that the account is theirs."""
    account.set_password(password)
    with coming_in(account.person_id):
        account.save(update_fields=["password"])


def is_staff(person_id: UUID) -> bool:
    """Whether this person signs in as staff do, with two factors of their own."""
    with coming_in(person_id):
        return _asked("SELECT trust.comes_as_staff()")


def comes_by_the_town(person_id: UUID) -> bool:
    """Whether the sign-in of the town is a way in of this person, as only they may know."""
    with coming_in(person_id, wholly=True):
        return SignOn.objects.filter(person_id=person_id, ended_at=None).exists()


def by_sign_on(subject_hash: bytes, address: str) -> Account | None:
    """The account of the colleague whom the sign-in of the town vouches for; it makes nobody."""
    address = address.strip()
    ends, signature = identity.vouched(
        settings.IDENTITY_KEY, subject=subject_hash, address=address, at=time.time()
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.sign_on(%s, %s, %s, %s)", [subject_hash, address, ends, signature])
        (found,) = cursor.fetchone()
    with looking.by_account(found):
        return Account.objects.filter(pk=found).first() if found else None


def choose_titles(*, quiet: bool, by: Viewer) -> None:
    """Somebody chooses what tab and history say of their pages: the village only, or each page."""
    _only_oneself(by)
    Account.objects.filter(person_id=by.person_id).update(quiet_titles=quiet)


def address_of(by: Viewer) -> str:
    """The address of the viewer's own account, in small letters; nothing when there is none."""
    kept = Account.objects.filter(person_id=by.person_id).values_list("email", flat=True).first()
    return (kept or "").lower()


@transaction.atomic
def begin_sign_on(subject_hash: bytes, *, by: Viewer, at: datetime) -> bool:
    """Who is in already comes in by the sign-in of the town from now on; not who is known there as somebody else."""
    _only_oneself(by)
    begun = _asked("SELECT trust.begin_sign_on(%s)", subject_hash)
    if begun:
        journal.write("sign-in of the town begun", by=by, at=at)
    return begun


def has_other_way(*, by: Viewer) -> bool:
    """Whether the viewer comes in without the sign-in of the town too."""
    _only_oneself(by)
    return bool(_asked("SELECT trust.has_other_way()"))


@transaction.atomic
def end_sign_on(*, by: Viewer, at: datetime) -> None:
    """Somebody comes in by their own ways only, for good; every other session of theirs ends with it."""
    _only_oneself(by)
    if _asked("SELECT trust.end_sign_on()"):
        journal.write("sign-in of the town ended", by=by, at=at)


def _only_oneself(by: Viewer) -> None:
    if by.seen_as is not None or by.scope is not None:
        raise NotAllowed("change how one comes in")


def _asked(query: str, *values: UUID | bytes) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        (answer,) = cursor.fetchone()
    return bool(answer)


@transaction.atomic
def invite_staff(
    *, given_name: str, surname: str, email: str, organisation: Organisation, role: str, title: str = "",
    bound: bool = False, phone: str = "", by: Viewer, at: datetime,
) -> Invited:  # fmt: skip
    """An administrator invites somebody to work in the village; they choose their own password and second factor."""
    by.must(Permission.ADMINISTER)
    email = email.strip().lower()
    with looking.by_address(email):
        if Account.objects.filter(email__iexact=email).exists():
            raise AddressIsTaken
    person = Person.objects.create(
        village_id=by.village_id,
        given_name=given_name.strip(),
        surname=surname.strip(),
        met_by_id=by.person_id,
    )
    job = Job.objects.create(
        person=person, organisation=organisation, role=role, title=title.strip(), bound=bound, phone=phone.strip(),
        since=at,
    )  # fmt: skip
    with looking.by_address(email):
        Account.objects.create_user(email=email, person=person)
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.seat_by_job(%s, %s)", [job.pk, at])
    link = links.make(person, Link.Purpose.SIGN_IN, None, by=by, at=at)
    journal.write("invited to work in the village", by=by, at=at, about=person.pk)
    return Invited(person, job, link)
