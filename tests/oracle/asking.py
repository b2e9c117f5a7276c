"""Asking fast: the same answers as `knowing.py`, a circle at a time.

A million questions must not take a day. So the seats, jobs and exclusions of the
viewer are judged once, and then only items in circles that are open are looked at.
"""

from datetime import UTC, datetime

from oracle.facts import Circle, Exclusion, Person
from oracle.knowing import DANGER_LASTS, OPEN_IN_DANGER, PASSED_BY_DANGER

BEGINNING = datetime.min.replace(tzinfo=UTC)


class Asking:
    """The fast road to a whole visible set; `World` supplies the facts and the indexes."""

    def _agreed_now(self, organisation_id: str, at: datetime) -> bool:
        return any(one.since <= at < one.until for one in self.agreements_of[organisation_id])

    def _open_seats(self, viewer: Person, at: datetime, carrying: set[str]) -> dict[str, datetime]:
        """For each circle open by a seat: from which moment items are shown."""
        opened: dict[str, datetime] = {}
        for seat in self.seats_of[viewer.id]:
            if not seat.since <= at < seat.until:
                continue
            if seat.job is not None and seat.job.id not in carrying:
                continue
            circle = seat.circle
            if seat.ground == "guardian" and at >= circle.reading_ends:
                continue
            start = BEGINNING if seat.history else seat.since
            opened[circle.id] = min(start, opened.get(circle.id, start))
        return opened

    def _open_dangers(self, viewer: Person, at: datetime, carrying: set[str]) -> set[str]:
        """The circles that danger opens for this viewer."""
        found = set()
        for danger in self.dangers_of[viewer.id]:
            if danger.at <= at < danger.at + DANGER_LASTS and danger.job.id in carrying:
                for circle in self.circles_of[danger.family.id]:
                    if circle.kind in OPEN_IN_DANGER or (circle.kind == "confidence" and circle.safety):
                        found.add(circle.id)
        return found

    def _bars(self, viewer: Person, at: datetime) -> tuple[dict[Person, set[str]], set[str]]:
        """The grounds that meet the viewer, by subject, and the jobs that carry seats."""
        aimed: list[Exclusion] = list(self.exclusions_at.get(("person", viewer.id), ()))
        carrying = set()
        places = set()
        for job in self.jobs_of[viewer.id]:
            if job.since <= at < job.until:
                places.add(("organisation", job.organisation.id))
                places.add(("sector", job.organisation.sector))
                if self._agreed_now(job.organisation.id, at):
                    carrying.add(job.id)
        for place in places:
            aimed += self.exclusions_at.get(place, ())
        bars: dict[Person, set[str]] = {}
        for one in aimed:
            live = one.since <= at < one.until and (one.ground != "guardian" or at < one.own_voice)
            if live and one.subject is not viewer:
                bars.setdefault(one.subject, set()).add(one.ground)
        return bars, carrying

    def ask(self, viewer: Person, at: datetime) -> list[str]:
        """All items this person may know at this moment, sorted."""
        bars, carrying = self._bars(viewer, at)
        seats = self._open_seats(viewer, at, carrying)
        dangers = self._open_dangers(viewer, at, carrying)
        found: list[str] = []
        for circle_id in seats.keys() | dangers:
            start = seats.get(circle_id)
            found += self._shown(self.circles[circle_id], viewer, start, circle_id in dangers, bars)
        return sorted(found)

    def _shown(
        self, circle: Circle, viewer: Person, start: datetime | None, danger: bool, bars: dict
    ) -> list[str]:
        """The items of one open circle that no exclusion hides."""
        items = self.items_in[circle.id].values()
        if not bars:
            return [item.id for item in items if danger or item.at >= start]
        shown = []
        for item in items:
            grounds = bars.get(item.subject or circle.subject)
            if grounds and item.author is viewer:
                grounds = grounds & {"court order"}
            seated = start is not None and item.at >= start
            if (seated and not grounds) or (
                danger and not (grounds and grounds.difference(PASSED_BY_DANGER))
            ):
                shown.append(item.id)
        return shown
