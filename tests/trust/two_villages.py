"""Two villages and whoever is laid in them, of which one rule alone hears."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from trust.one_trigger import Alone

#: On this day somebody was born who has an own voice from the fourth of January 2024, at midnight in Brussels.
BORN = date(2012, 1, 4)


class Villages:
    """Here and there; everything is laid here where nothing else is said."""

    def __init__(self, by: Alone) -> None:
        self.by = by
        by.lies("trust_agerule", country="QQ", own_voice=12, guardian_reads_until=16)
        self.here, self.there = (
            by.lies("trust_village", slug=f"v-{uuid4().hex[:8]}", country="QQ", timezone="Europe/Brussels")
            for _ in range(2)
        )

    def person(self, village: UUID | None = None, *, born: bool = False) -> UUID:
        """Somebody; some have a birth date."""
        made: UUID = self.by.lies("trust_person", village_id=village or self.here)
        if born:
            self.by.lies("trust_birth", person_id=made, born=BORN)
        return made

    def family(self, village: UUID | None = None) -> UUID:
        """A family without anybody."""
        made: UUID = self.by.lies("trust_family", village_id=village or self.here)
        return made

    def member(self, family: UUID, kind: str = "child", village: UUID | None = None) -> UUID:
        """Somebody of this family, with a birth date."""
        made = self.person(village, born=True)
        self.by.lies("trust_familymember", family_id=family, person_id=made, kind=kind)
        return made

    def organisation(self, sector: str = "leisure", village: UUID | None = None) -> UUID:
        """Where people work."""
        made: UUID = self.by.lies("trust_organisation", village_id=village or self.here, sector=sector)
        return made

    def job(self, person: UUID, organisation: UUID | None = None, **said: Any) -> UUID:
        """Their work."""
        facts = {"person_id": person, "organisation_id": organisation or self.organisation()}
        made: UUID = self.by.lies("trust_job", **facts | said)
        return made

    def circle(self, kind: str = "family", family: UUID | None = None, **said: Any) -> UUID:
        """A circle of that kind."""
        facts = {"kind": kind, "family_id": family, "village_id": self.here}
        made: UUID = self.by.lies("trust_circle", **facts | said)
        return made
