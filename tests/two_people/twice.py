"""Somebody who stands here twice: as Riet with the Smets, as Oma Riet with the Jansens, both kept by Els."""

from datetime import timedelta

from django.utils import timezone

from kring.trust import viewer
from kring.wraparound.models import Note
from two_people.scene import LONG_AGO, insert

NOW = timezone.now


class Twice:
    """Els keeps a second family; Riet stands with the Smets and, as Oma Riet, with the others."""

    def __init__(self, house, owner):
        self.house, self.owner, self.scene = house, owner, house.scene
        self.riet, self.oma = self.scene.person("Riet"), self.scene.person("Oma Riet")
        self.noor = self.scene.person("Noor")
        self.others, self.circle = self.family("De Jansens", self.noor)
        self.scene.seat(house.circle, self.riet)
        self.place = self.scene.seat(self.circle, self.oma, history=False, since=NOW() - timedelta(days=3))

    def family(self, name, child, keeper=None):
        keeper, own = keeper or self.house.els, {"safety": False, "secrecy": False, "opened_at": LONG_AGO}
        made = insert(
            self.owner, "trust_family", village_id=self.scene.village, name=name, opened_at=LONG_AGO
        )
        insert(
            self.owner,
            "trust_familymember",
            family_id=made,
            person_id=child,
            kind="child",
            relation="",
            authority=False,
        )
        circle = insert(
            self.owner,
            "trust_circle",
            village_id=self.scene.village,
            family_id=made,
            kind="family",
            name="",
            **own,
        )
        job = self.scene.jobs[keeper]
        self.scene.seat(circle, keeper, role="coordinator", ground="job", job_id=job, ring=3)
        self.owner.execute(
            "INSERT INTO trust_birth (person_id, born, circle_id) VALUES (%s, '2015-01-01', %s)",
            [child, circle],
        )
        return made, circle

    def member(self, family, person, kind="guardian", authority=True):
        insert(self.owner, "trust_familymember", family_id=family, person_id=person, kind=kind, relation="",
               authority=authority)  # fmt: skip

    def note(self, circle, about=None, at=LONG_AGO, author=None):
        return insert(self.owner, "wraparound_note", circle_id=circle, subject_id=about, author_id=author or self.house.els,
                      at=at, text="woord", signed="")  # fmt: skip

    def notes_about(self, child):
        return {
            row
            for (row,) in self.owner.execute("SELECT id FROM wraparound_note WHERE subject_id = %s", [child])
        }

    def exclude(self, child, whom):
        return insert(self.owner, "trust_exclusion", subject_id=child, person_id=whom, ground="conflict", reason="",
                      decided_by_id=self.house.ada, since=NOW() - timedelta(days=9))  # fmt: skip

    def reads(self, who):
        with viewer.acting(who):
            return set(Note.objects.all().ids())

    def asks(self, person=None, other=None, who=None):
        told = {"family": self.house.family, "person": person or self.riet, "other": other or self.oma}
        return self.house.asks(who or self.house.els, "merge", **told)

    def agreed(self, **asked):
        return self.house.answers(self.house.vera, self.asks(**asked))
