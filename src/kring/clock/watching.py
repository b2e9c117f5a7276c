"""By the clock: a question about yesterday to who looked in an unusual way, and the newest seal to who keeps it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.messaging import kinds
from kring.messaging import usecases as messaging
from kring.messaging.addressed import to_person
from kring.messaging.kinds import Asked, Words
from kring.trust.usecases import sealing
from kring.trust.usecases.accounts import language_of

WAS_IT_YOU, NEWEST_SEAL, SEALS_DO_NOT_FIT = "unusual look", "newest seal", "seals do not fit"


def _was_it_you(asked: Asked) -> Words | None:
    """To who looked, the evening after: no name and no family, only where to say so; None when it was said meanwhile."""
    ((still,),) = _rows("SELECT trust.look_still_asked(%s, %s)", asked.object_id, asked.person_id)
    if not still:
        return None
    return to_person(
        asked.person_id,
        _("A question about yesterday"),
        _("Hello,"),
        _("Yesterday something was opened with your sign-in that is not usual for you."),
        _("It may well be right. Please look, and say so in one tap."),
        page="/watching/mine/",
        link_words=_("Look and say so"),
    )


def _newest_seal(asked: Asked) -> Words | None:
    """To who keeps seals: a number and a root. Whoever finds this letter learns nothing about anybody."""
    told = sealing.for_keeper(asked.object_id)
    if told is None or asked.person_id:
        return None
    return Words(
        address=told.email,
        subject=_("Seal %(number)s of %(village)s") % {"number": told.number, "village": told.village},
        lines=(
            _(
                "Please keep this letter. With it anybody can show later that nothing was changed in the journal."
            ),
            _("Number: %(number)s") % {"number": told.number},
            _("Sealed at: %(moment)s") % {"moment": f"{told.at:%Y-%m-%d %H:%M} UTC"},
            _("Seal: %(fingerprint)s") % {"fingerprint": told.fingerprint},
        ),
        signed="Kring",
        village=told.village,
    )


def _seals_do_not_fit(asked: Asked) -> Words | None:
    """To a trust officer, the morning after a check that found something: how many, never which line."""
    rows = _rows("SELECT * FROM trust.for_a_seal_letter(%s, %s)", asked.object_id, asked.person_id)
    if not rows:
        return None
    ((name, findings),) = rows
    found = ngettext(
        "%(count)s thing is not as it was sealed.", "%(count)s things are not as they were sealed.", findings
    )
    return to_person(
        asked.person_id,
        _("The journal is not as it was sealed"),
        _("Last night every seal of the journal was reckoned again."),
        found % {"count": findings},
        _("Please call whoever keeps the server today, and keep your newest seal at hand."),
        page="/watching/seals/",
        link_words=_("Look"),
        name=name,
    )


def announce() -> None:
    """Make the letters known to the outbox."""
    kinds.announce(WAS_IT_YOU, _was_it_you)
    kinds.announce(NEWEST_SEAL, _newest_seal)
    kinds.announce(SEALS_DO_NOT_FIT, _seals_do_not_fit)


def _rows(query: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, list(values))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


@transaction.atomic
def ask_about_looks(*, at: datetime) -> int:
    """The evening after, ask whoever looked in an unusual way whether it was right; one letter each."""
    looks = _rows("SELECT look, looker FROM trust.note_unusual_looks(%s)", at)
    for look, person in looks:
        messaging.queue(WAS_IT_YOU, look, at=at, person_id=person, language=language_of(person), once=True)
    return len(looks)


@transaction.atomic
def send_seals(*, at: datetime) -> int:
    """Once a day, the newest seal to those who keep it."""
    keepers = _rows("SELECT keeper, language FROM trust.keepers_to_tell(%s)", at)
    for keeper, language in keepers:
        messaging.queue(NEWEST_SEAL, keeper, at=at, language=language)
    return len(keepers)


def check_seals(*, at: datetime) -> int:
    """Once a night recompute every seal; when more is found than by the last check they were told of, trust officers get a letter."""
    sealing.check()
    with transaction.atomic():
        alarmed = _rows("SELECT * FROM trust.seals_to_tell_of(%s)", at)
        for check, person, language in alarmed:
            messaging.queue(SEALS_DO_NOT_FIT, check, at=at, person_id=person, language=language, once=True)
    return len(alarmed)
