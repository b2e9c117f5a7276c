"""A family with two young people who can tell: Samira (14) sits in the circle, Yara (8) on her own page only."""

import uuid

from kring.confidences.models import Telling
from kring.confidences.usecases import hearing, tellings
from kring.trust import viewer
from trust.scenes import LONG_AGO, insert
from wraparound.home import AT, Home


class Young(Home):
    """Mila listens and is bound by secrecy; Noor is a youth worker who is not; Karin is a colleague farther away."""

    def __init__(self, owner):
        super().__init__(owner)
        owner.execute("UPDATE trust_birth SET circle_id = %s", [self.circle])
        self.mila = self.worker("Mila", "worker", "Kompas", bound=True, title="jongerenadviseur")
        self.noor = self.worker("Noor", "worker", "De Springplank", title="jeugdwerker")
        self.karin = self.worker("Karin", "worker", "Kompas", bound=True)
        self.amina = self.worker("Amina", "network", "Town")
        self.ada = self.worker("Ada", "administrator", "Town")
        self.wim = self.worker("Wim", "trust officer", "Town")
        for worker in (self.mila, self.noor):
            self.seat(self.circle, worker, role="professional", job_id=self.jobs[worker], ring=3)
        self.own = insert(
            owner, "trust_circle", village_id=self.village, family_id=self.family, kind="own", name="",
            subject_id=self.yara, safety=False, secrecy=False, opened_at=LONG_AGO,
        )  # fmt: skip
        self.seat(self.own, self.yara, role="child", ground="own choice")

    def everybody_else(self, *but):
        """Everyone of the scene who must not notice."""
        people = [self.naima, self.samir, self.fatna, self.samira, self.yara, self.hanne, self.lotte, self.tom, self.mila,
                  self.noor, self.karin, self.amina, self.ada, self.wim]  # fmt: skip
        return [person for person in people if person not in but]

    def tells(self, who, hearer, words="Ik ben bang.", *, safety=False, at=AT, key=None):
        """Somebody young tells somebody something; the confidence it lies in."""
        with viewer.acting(who, page="confidence", at=at) as me:
            return tellings.tell(hearer, words, safety=safety, key=key or uuid.uuid4(), by=me, at=at)

    def answers(self, who, confidence, words, at=AT):
        """Somebody in it adds something; its id."""
        with viewer.acting(who, page="confidence", at=at) as me:
            return tellings.add(confidence, words, key=uuid.uuid4(), by=me, at=at).pk

    def hears(self, who, confidence):
        """What this person reads when opening it; None when it is not there for them."""
        with viewer.acting(who, page="confidence", at=AT) as me:
            if not hearing.my_confidences(confidence):
                return None
            return tellings.texts(tellings.open_up(confidence, by=me, at=AT))

    def sees(self, who):
        """Everything of any confidence this person can get at: rows, circles, seats, journal, own list."""
        from kring.trust.models import Circle, Entry, Seat

        with viewer.acting(who):
            found = [Telling.objects.count(), Circle.objects.filter(kind="confidence").count(),
                     Seat.objects.filter(circle__kind="confidence").count(),
                     Entry.objects.filter(circle__kind="confidence").count(), len(hearing.my_confidences())]  # fmt: skip
        return found

    def at_the_table(self, worker):
        """With whom this worker can write something down."""
        with viewer.acting(worker):
            return hearing.who_can_tell_me()

    def leaves(self, worker):
        """The job of this worker ends."""
        self.owner.execute("UPDATE trust_job SET until = now() WHERE id = %s", [self.jobs[worker]])
