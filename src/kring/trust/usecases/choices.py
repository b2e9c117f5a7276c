"""Choices of a village: an administrator chooses, everybody sees it at once, and every choice can be taken back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from django.conf import settings
from django.db import transaction

from kring.trust import chosen, colours, journal, profiles
from kring.trust.logos import NoPicture, drawn_anew
from kring.trust.models import Change, Logo, Village
from kring.trust.permissions import Permission
from kring.trust.viewer import Viewer

#: Choices that are columns of the village; all others stand together in one.
COLUMNS = ("name", "phone", "answer_days", "term_days", "language", "timezone")
LONGEST_WORD, LONGEST_LOGO = 60, 200_000
LONGEST_ANSWER, SHORTEST_TERM = 5, 14  # days


class NotPossible(Exception):
    """What was chosen cannot be."""


class ChangedSince(Exception):
    """Somebody chose anew since; taking back the older choice would undo theirs."""


@transaction.atomic
def choose(wishes: Mapping[str, Any], *, by: Viewer, at: datetime) -> list[Change]:
    """The administrator chooses; what stays the same is no change, so that sending it twice makes one."""
    by.must(Permission.ADMINISTER)
    village = _held(by)
    return [
        made
        for name, value in wishes.items()
        if (made := _changed(village, name, value, by=by, at=at)) is not None
    ]


@transaction.atomic
def take_back(change_id: UUID, *, by: Viewer, at: datetime) -> Change | None:
    """As it was before this change, as long as nobody chose anew since; a second tap finds it done already.

    Raises Change.DoesNotExist and ChangedSince.
    """
    by.must(Permission.ADMINISTER)
    village = _held(by)
    change = Change.objects.get(pk=change_id, village_id=by.village_id)
    if Change.objects.filter(takes_back=change).exists():
        return None
    if standing(village, change.name) != change.after:
        raise ChangedSince
    return _changed(village, change.name, change.before, by=by, at=at, takes_back=change)


@transaction.atomic
def keep_logo(picture: bytes, *, by: Viewer, at: datetime) -> Logo:
    """A picture becomes the sign of the village; only its dots, drawn anew. Raises NoPicture."""
    by.must(Permission.ADMINISTER)
    if len(picture) > LONGEST_LOGO:
        raise NoPicture
    kind, plain = drawn_anew(picture)
    logo = Logo.objects.create(village_id=by.village_id, kind=kind, picture=plain, at=at)
    choose({chosen.LOGO: str(logo.pk)}, by=by, at=at)
    return logo


def standing(village: Village, name: str) -> Any:
    """What the village chose under this name; nothing where it is as the house gives it."""
    return getattr(village, name) if name in COLUMNS else village.chosen.get(name)


def _held(by: Viewer) -> Village:
    """The village, for one administrator at a time."""
    return Village.objects.select_for_update().get(pk=by.village_id)


def _changed(
    village: Village, name: str, value: Any, *, by: Viewer, at: datetime, takes_back: Change | None = None
) -> Change | None:
    before = standing(village, name)
    if name in COLUMNS:
        if value == before:
            return None
        _must_fit(village, name, value)
        setattr(village, name, value)
    else:
        value = value or None
        if value == before:
            return None
        _must_fit(village, name, value)
        village.chosen = {key: kept for key, kept in village.chosen.items() if key != name}
        if value is not None:
            village.chosen[name] = value
    village.chosen_version = chosen.new_version()
    village.save(update_fields=["chosen", "chosen_version", *([name] if name in COLUMNS else [])])
    change = Change.objects.create(
        village=village,
        at=at,
        by_id=by.person_id,
        name=name,
        before=before,
        after=value,
        takes_back=takes_back,
    )
    journal.write("choice taken back" if takes_back else "choice made", by=by, at=at, object_id=change.pk)
    return change


def _must_fit(village: Village, name: str, value: Any) -> None:
    """What no page sends: the last line against a value that the house could not live with."""
    if name.startswith(f"{chosen.WORD} "):
        if value is not None and len(value) > LONGEST_WORD:
            raise NotPossible(name)
    elif name not in (*COLUMNS, *chosen.NAMES):
        raise NotPossible(name)
    languages = dict(settings.LANGUAGES)
    fits = {
        "name": lambda: bool(str(value).strip()),
        "answer_days": lambda: 1 <= int(value) <= LONGEST_ANSWER,
        "term_days": lambda: SHORTEST_TERM <= int(value) <= profiles.PROFILES[village.country].longest_term,
        "language": lambda: value in languages,
        "timezone": lambda: value in available_timezones(),
        chosen.LANGUAGES: lambda: value is None or set(value) <= set(languages),
        chosen.COLOURS: lambda: value is None or all(_readable(use, one) for use, one in value.items()),
    }.get(name)
    if fits is not None and not fits():
        raise NotPossible(name)


def _readable(use: str, colour: str) -> bool:
    return use in colours.GIVEN and colours.tidy(colour) == colour and colours.passes(use, colour)
