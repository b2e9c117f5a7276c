"""Stories: small worlds by hand, for examples that a person can read."""

from typing import Any

from oracle.world import World

LONG_AGO = "2020-01-01T00:00:00+00:00"


class Story:
    """A village with one family, in few words; every line answers what the protocol answers."""

    def __init__(self, country: str = "NL", zone: str = "Europe/Amsterdam") -> None:
        self.world = World()
        self._count = 0
        self.does("village", id="village", country=country, timezone=zone)

    def tries(self, op: str, **fields: Any) -> bool:
        """Was the operation accepted?"""
        return "error" not in self.world.answer({"op": op, **fields})

    def does(self, op: str, **fields: Any) -> str:
        """An operation that must be accepted; its id."""
        self._count += 1
        fields.setdefault("id", f"{op}{self._count}")
        answer = self.world.answer({"op": op, **fields})
        if "error" in answer:
            raise AssertionError(answer["message"])
        return fields["id"]

    def person(self, name: str, born: str | None = None) -> str:
        """Somebody."""
        return self.does("person", id=name, village="village", born=born)

    def family(self, children: dict[str, str | None], guardians: list[str]) -> str:
        """A family with its persons."""
        for name, born in children.items():
            self.person(name, born)
        for name in guardians:
            self.person(name)
        return self.does(
            "family", id="the family", village="village", children=list(children), guardians=guardians
        )

    def circle(self, kind: str, subject: str | None = None, **fields: Any) -> str:
        """A circle of the family, unless told otherwise; its id is its kind unless told otherwise."""
        given = {"village": "village", "family": "the family", "safety": False, "secrecy": False, "id": kind}
        return self.does("circle", kind=kind, subject=subject, **(given | fields))

    def partner(self, name: str = "school", sector: str = "education", until: str | None = None) -> str:
        """An organisation with an agreement."""
        self.does("organisation", id=name, village="village", sector=sector)
        times = {"since": LONG_AGO, "until": until}
        return self.does("agreement", id=f"{name} agreement", organisation=name, **times)

    def works(self, person: str, organisation: str, **fields: Any) -> str:
        """A job; its id is `person at organisation`."""
        given = {"id": f"{person} at {organisation}", "bound": False, "since": LONG_AGO, "until": None}
        return self.does("job", person=person, organisation=organisation, **(given | fields))

    def seat(self, circle: str, person: str, ground: str = "consent", **fields: Any) -> str:
        """A seat that must be accepted."""
        return self.does("seat", **self.seat_fields(circle, person, ground, **fields))

    def seat_fields(self, circle: str, person: str, ground: str = "consent", **fields: Any) -> dict[str, Any]:
        """A seat with history, through no job, from long ago for ever, unless told otherwise."""
        given = {"id": f"seat of {person} in {circle}", "since": LONG_AGO, "until": None}
        rest = {"job": None, "history": True, "ground": ground}
        return {"circle": circle, "person": person, **given, **rest, **fields}

    def seat_refused(self, circle: str, person: str, ground: str = "consent", **fields: Any) -> bool:
        """Is this seat refused?"""
        return not self.tries("seat", **self.seat_fields(circle, person, ground, **fields))

    def item(self, name: str, circle: str, author: str, **fields: Any) -> str:
        """Something written down long ago."""
        given = {"subject": None, "at": LONG_AGO}
        return self.does("item", id=name, circle=circle, author=author, **(given | fields))

    def leaves_out(self, subject: str, ground: str, **fields: Any) -> bool:
        """Try an exclusion, from long ago for ever unless told otherwise."""
        self._count += 1
        given = {"id": f"exclusion{self._count}", "since": LONG_AGO, "until": None}
        return self.tries("exclusion", subject=subject, ground=ground, **(given | fields))

    def danger(self, person: str, job: str, at: str) -> bool:
        """Try to open the family in danger."""
        self._count += 1
        place = {"person": person, "job": job, "family": "the family"}
        return self.tries("danger", id=f"danger{self._count}", at=at, **place)

    def sees(self, viewer: str, at: str = "2026-11-21T12:00:00+01:00") -> list[str]:
        """All items this person may know at that moment."""
        return self.world.answer({"op": "ask", "viewer": viewer, "at": at})["items"]
