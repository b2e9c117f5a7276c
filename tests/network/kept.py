"""Offers of a neighbourhood, who keeps them and the letters in which they are asked about, laid unheard."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from trust.each_policy import NOW, Neighbourhood
from trust.laid import Laid
from trust.scenes import LONG_AGO

ASKED = NOW - timedelta(days=9)


class Kept:
    """Lou leads the school, Nel the town hall; Lotte has taught at the school longer than anybody leads anything."""

    def __init__(self, home: Neighbourhood, by: Laid) -> None:
        self.home, self.by, self.village = home, by, home.village
        self.school, self.hall = home.organisations["School De Linde"], home.organisations["Town hall"]
        self.next_village: UUID = by.looks(
            "SELECT village_id FROM trust_person WHERE id = %s", home.called["xeno"]
        )[0][0]
        for table in ("correction", "keeping", "question", "offer"):
            by.stands(f"DELETE FROM network_{table}")
        earlier = "UPDATE trust_job SET since = since - interval '1 day' * %s, role = %s WHERE person_id = %s"
        for days, role, who in ((9, "teacher", home.lotte), (5, "lead", home.nel)):
            by.stands(earlier, days, role, who)

    def offer(self, organisation: UUID | None = None, **more: Any) -> UUID:
        """Something the school does, if nothing else is said."""
        facts = {
            "village_id": self.village, "organisation_id": organisation or self.school, "status": "open",
            "changed_at": LONG_AGO, "domains": [], "near": [], "languages": [], "foreign_id": "",
        }  # fmt: skip
        made: UUID = self.by.lies("network_offer", **facts | more)
        return made

    def keeping(self, offer: UUID, owner: UUID | None = None, **more: Any) -> None:
        """How it is kept, and by whom."""
        facts = {
            "village_id": self.village,
            "offer_id": offer,
            "owner_id": owner,
            "before": "{}",
            "confirmed_for": "",
        }
        self.by.lies("network_keeping", **facts | more)

    def letter(self, who: UUID, *offers: UUID, **more: Any) -> bytes:
        """They were asked about these offers; the secret of that letter."""
        key = uuid4()
        facts = {"village_id": self.village, "person_id": who, "asked_at": ASKED, "token_hash": key.bytes}
        self.by.lies("network_question", id=key, **facts | more)
        for offer in offers:
            self.keeping(offer, question_id=key, asked_at=ASKED)
        return key.bytes

    def now(self, offer: UUID, said: str, *values: Any) -> None:
        """This is said of an offer now."""
        self.by.stands(f"UPDATE network_offer SET {said} WHERE id = %s", *values, offer)

    def kept(self, offer: UUID, said: str, *values: Any) -> None:
        """This is said of how it is kept."""
        self.by.stands(f"UPDATE network_keeping SET {said} WHERE offer_id = %s", *values, offer)
