"""What must never be read in a file, written by the use cases a page calls; each with a word of its own."""

import secrets
import string
import uuid

import psycopg
from django.utils import timezone

LONG = 400
KINDS = (
    "confidence",
    "long confidence",
    "answer",
    "file",
    "reason",
    "reason of a no",
    "concern",
    "about whom",
    "who told",
)


def word() -> str:
    """A word that stands nowhere else."""
    return "Zilverreiger" + "".join(secrets.choice(string.ascii_letters) for _ in range(20))


def told(owner: psycopg.Connection) -> dict[str, str]:
    """Confidences short and long, an answer, a file, a concern, why two people agree: what it is, and its word."""
    from confidences.young import Young
    from kring.confidences import files
    from kring.confidences.usecases import tellings
    from kring.intake.usecases import handing_in
    from kring.trust import viewer
    from kring.trust.models import Village
    from two_people.scene import House
    from wraparound.home import AT

    words = {kind: word() for kind in KINDS}
    young = Young(owner)
    young.tells(young.samira, young.mila, f"Ik vertel je {words['confidence']}.")
    talk = young.tells(young.samira, young.noor, f"{words['long confidence']} " * LONG)
    young.answers(young.noor, talk, f"Dank je, {words['answer']}")
    with viewer.acting(young.samira, page="confidence", at=AT) as me:
        sent = files.examined(f"{words['file']}.pdf", f"%PDF-1.4\n{words['file']}\n%%EOF\n".encode())
        tellings.tell(young.mila, "", safety=False, key=uuid.uuid4(), by=me, at=timezone.now(), files=[sent])
    house = House(owner)
    house.conflict(why=words["reason"])
    matter = house.asks(house.els, "authority", family=house.family, person=house.samira, authority=False)
    house.answers(house.vera, matter, False, words["reason of a no"])
    concern = handing_in.Told(
        who_about=words["about whom"],
        seen=words["concern"],
        asker_name=words["who told"],
        reach="0470 00 00 00",
    )
    village = Village.objects.get(pk=house.scene.village)
    handing_in.hand_in(concern, village=village, form_key=uuid.uuid4().hex, at=timezone.now())
    return words
