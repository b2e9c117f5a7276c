"""Naima had a note put right; Sarah said by telephone that a step is not right, and waits for the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from kring.demo.founding import Village
from kring.trust import viewer
from kring.trust.models import FamilyMember
from kring.wraparound.models import Action, Note, NotRight
from kring.wraparound.usecases import correcting

if TYPE_CHECKING:
    from kring.demo.village import Days

NEW_WORDS = "Samira bleef vandaag tot het einde. Twee meisjes leerden haar een dansje."


def live(here: Village, days: Days) -> None:
    """A note of Noor is changed the day after; a step of the De Wit family waits for Hanne."""
    noor = here.people["noor"]
    with viewer.acting(noor, page="notes", at=days.at(-8, 9)):
        note = Note.objects.get(author_id=noor, text__startswith="Samira bleef")
        naima = _mother("Naima", note.circle.family_id)
    with viewer.acting(naima, page="family", at=days.at(-8, 10)) as me:
        said = correcting.say(
            "note", note.pk, "الفتاتان علّمتاها الرقصة، وليس العكس.", language="ar", by=me, at=days.at(-8, 10)
        )
    with viewer.acting(noor, page="family", at=days.at(-7, 9)) as me:
        heard = NotRight.objects.get(pk=said.pk)
        correcting.answer(heard, NotRight.Answer.CHANGED, new_words=NEW_WORDS, reason="Dank je, ik had het omgedraaid.",
                          by=me, at=days.at(-7, 9))  # fmt: skip
    _by_telephone(here, days)


def _by_telephone(here: Village, days: Days) -> None:
    """Sarah called; Hanne wrote it down with her."""
    hanne = here.people["hanne"]
    with viewer.acting(hanne, page="plan", at=days.at(-5, 11)) as me:
        step = Action.objects.filter(what__startswith="een vast uur kiezen").get()
        sarah = _mother("Sarah", step.circle.family_id)
        correcting.say("action", step.pk, "Niet alleen op schooldagen, ook in het weekend.", language="nl", by=me,
                       at=days.at(-5, 11), asked_by=sarah)  # fmt: skip


def _mother(name: str, family_id: UUID | None) -> UUID:
    found: UUID = FamilyMember.objects.get(
        family_id=family_id, kind="guardian", person__given_name=name
    ).person_id
    return found
