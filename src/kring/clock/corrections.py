"""Letters about what is not right: that it was said, that its day is near, that it has come, that it is answered."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kring.messaging import kinds
from kring.messaging import usecases as messaging
from kring.messaging.addressed import to_person
from kring.messaging.kinds import Asked, Words
from kring.trust.usecases import accounts

#: Without a word of whose text it is, or of a child: the mailbox may be read by others.
SUBJECTS = {
    "said": gettext_noop("Somebody waits for your answer"),
    "soon": gettext_noop("In a week somebody needs your answer"),
    "due": gettext_noop("Somebody should have your answer by now"),
    "answered": gettext_noop("There is an answer for you"),
}
LINES = {
    "said": gettext_noop(
        "Somebody says that a text is not right. You have thirty days; the sooner the better."
    ),
    "soon": gettext_noop("Somebody said that a text is not right, and an answer was promised."),
    "due": gettext_noop("This is the last reminder: it stays on top of your day."),
    "answered": gettext_noop("Sign in to read it."),
}


def kind_of(stage: str) -> str:
    """The kind of letter of one stage."""
    return f"not right: {stage}"


def _letter(stage: str, asked: Asked) -> Words | None:
    """The letter; None when it was answered meanwhile, or is somebody else's to answer now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT trust.not_right_still_told(%s, %s, %s)", [asked.object_id, asked.person_id, stage]
        )
        (still,) = cursor.fetchone() or (False,)
    if not still:
        return None
    return to_person(
        asked.person_id, _(SUBJECTS[stage]), _(LINES[stage]), page="/not-right/", link_words=_("Look")
    )


@transaction.atomic
def tell(*, at: datetime) -> int:
    """Whoever answers hears it the morning after, a week before the day and on the day; who said it, the answer. Each once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, person_id, stage FROM trust.not_right_to_tell(%s)", [at])
        found = cursor.fetchall()
    languages = accounts.languages(row[1] for row in found)
    told = [
        messaging.queue(kind_of(stage), which, at=at, person_id=who, language=languages[who], once=True)
        for which, who, stage in found
    ]
    return sum(letter is not None for letter in told)


def announce() -> None:
    """Make the letters known to the outbox."""
    for stage in SUBJECTS:
        kinds.announce(kind_of(stage), partial(_letter, stage))
