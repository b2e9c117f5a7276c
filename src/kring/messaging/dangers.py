"""Danger is told: at once to who watches, later to the family. Letters name nobody and say nothing of what was seen."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from kring.messaging import kinds, usecases
from kring.messaging.addressed import to_person
from kring.messaging.kinds import Asked, Words
from kring.trust.models import Danger
from kring.trust.usecases import dangers
from kring.trust.usecases.dangers import Found, Why
from kring.trust.viewer import Viewer

OPENED, TO_REVIEW, YOUNG, FAMILY = "danger opened", "danger to review", "danger, young", "danger, family"


@transaction.atomic
def open_and_tell(made: UUID, found: Found, why: Why, *, by: Viewer, at: datetime) -> Danger:
    """Four hours begin; coordinator, trust officer and who will look at it hear of it at once."""
    opened = dangers.open_danger(made, found, why, by=by, at=at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM trust.who_hears_of_danger(%s)", [opened.pk])
        hearing = cursor.fetchall()
    for person, reviews, language in hearing:
        kind = TO_REVIEW if reviews else OPENED
        usecases.queue(kind, opened.pk, at=at, person_id=person, language=language, once=True)
    return opened


@transaction.atomic
def tell_families(*, at: datetime) -> int:
    """By the clock: whoever of the family is to be told by now gets a letter, once; the young person first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM trust.tell_of_dangers(%s)", [at])
        told = cursor.fetchall()
    letters = [
        usecases.queue(
            YOUNG if young else FAMILY, danger, at=at, person_id=person, language=language, once=True
        )
        for danger, person, young, language in told
    ]
    return sum(letter is not None for letter in letters)


def _letter(asked: Asked, kind: str, subject: str, *lines: str) -> Words | None:
    """The letter; None when it is not to be told any more, or there is no address."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT trust.for_a_danger_letter(%s, %s, %s)", [asked.object_id, asked.person_id, kind]
        )
        (name,) = cursor.fetchone() or (None,)
    if not name:
        return None
    page = f"/danger/{asked.object_id}/looked/"
    return to_person(asked.person_id, subject, *lines, page=page, link_words=_("Read it"), name=name)


def _opened(asked: Asked) -> Words | None:
    return _letter(
        asked, "opened", _("Something was opened because of danger"),
        _("A colleague opened something because of danger. You hear it at once, as agreed."),
        _("Please read today who it was and why."),
    )  # fmt: skip


def _to_review(asked: Asked) -> Words | None:
    return _letter(
        asked, "review", _("Please look: was it right?"),
        _("A colleague of another organisation opened something because of danger."),
        _("Please say within two working days whether it was right. You see what happened, not what was written."),
    )  # fmt: skip


def _family(asked: Asked) -> Words | None:
    return _letter(
        asked, "told", _("Somebody looked at something of yours"),
        _("Somebody was worried and looked. You have a right to know who it was and why."),
        _("Read it when it suits you. You can also call us and ask."),
    )  # fmt: skip


def announce() -> None:
    """Make the letters known to the outbox."""
    kinds.announce(OPENED, _opened)
    kinds.announce(TO_REVIEW, _to_review)
    kinds.announce(YOUNG, _family)
    kinds.announce(FAMILY, _family)
