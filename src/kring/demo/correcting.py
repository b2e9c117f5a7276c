"""Naima had a note put right; Sarah said by telephone that a step is not right, Dirk that the story is not: both wait."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from kring.demo.founding import Village
from kring.trust import viewer
from kring.trust.models import FamilyMember
from kring.wraparound.models import Action, Note, NotRight, Story
from kring.wraparound.usecases import correcting

if TYPE_CHECKING:
    from kring.demo.village import Days

NEW_WORDS = "Samira bleef vandaag tot het einde. Twee meisjes leerden haar een dansje."
NOT_RIGHT = "Er staat dat we sinds de zomer op twee plaatsen wonen."
SHOULD = "Het was in maart. De zomer was pas later."


def live(here: Village, days: Days) -> None:
    """A note of Noor is changed the day after; a step and the story of the De Wit family wait for Hanne."""
    noor = here.people["noor"]
    with viewer.acting(noor, page="notes", at=days.at(-8, 9)):
        note = Note.objects.get(author_id=noor, text__startswith="Samira bleef")
        naima = _parent("Naima", note.circle.family_id)
    with viewer.acting(naima, page="family", at=days.at(-8, 10)) as me:
        said = correcting.say(
            "note", note.pk, "الفتاتان علّمتاها الرقصة، وليس العكس.", language="ar", by=me, at=days.at(-8, 10)
        )
    with viewer.acting(noor, page="family", at=days.at(-7, 9)) as me:
        heard = NotRight.objects.get(pk=said.pk)
        correcting.answer(heard, NotRight.Answer.CHANGED, new_words=NEW_WORDS, reason="Dank je, ik had het omgedraaid.",
                          by=me, at=days.at(-7, 9))  # fmt: skip
    _at_two_homes(here, days)


def _at_two_homes(here: Village, days: Days) -> None:
    """Sarah called about a step, and Hanne wrote it down with her; Dirk said it of the story himself."""
    with viewer.acting(here.people["hanne"], page="plan", at=days.at(-5, 11)) as me:
        step = Action.objects.filter(what__startswith="een vast uur kiezen").get()
        sarah, dirk = (_parent(name, step.circle.family_id) for name in ("Sarah", "Dirk"))
        correcting.say("action", step.pk, "Niet alleen op schooldagen, ook in het weekend.", language="nl", by=me,
                       at=days.at(-5, 11), asked_by=sarah)  # fmt: skip
    with viewer.acting(dirk, page="not right", at=days.at(-3, 20)) as me:
        correcting.say(
            "story", Story.objects.get().pk, NOT_RIGHT, SHOULD, language="nl", by=me, at=days.at(-3, 20)
        )


def _parent(name: str, family_id: UUID | None) -> UUID:
    found: UUID = FamilyMember.objects.get(
        family_id=family_id, kind="guardian", person__given_name=name
    ).person_id
    return found
