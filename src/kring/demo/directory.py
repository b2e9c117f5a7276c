"""What makes the made-up directory one to rely on: hours, a school holiday, a picture, yeses and a long silence."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import Protocol
from uuid import UUID

from PIL import Image, ImageDraw

from kring.demo.founding import Village
from kring.network.models import Offer
from kring.network.opening import Different, Hours
from kring.network.usecases import facts, keeping, pictures
from kring.network.usecases.facts import OpeningWords
from kring.trust import viewer
from kring.trust.viewer import Viewer


class Days(Protocol):
    """Moments counted from the day of the play."""

    def at(self, days: int, hour: int = 10, minute: int = 0) -> datetime:
        """The moment so many days from the day of the play."""

    def day(self, days: int) -> date:
        """The day so many days from the day of the play."""


def _from(opens: float, closes: float) -> tuple[Hours, ...]:
    return ((_clock(opens), _clock(closes)),)


def _clock(hours: float) -> time:
    return time(int(hours), int(hours % 1 * 60))


ALL_DAY = _from(9, 17)
WEEKS: dict[str, tuple[dict[str, tuple[Hours, ...]], str]] = {
    "Eén deur voor elke vraag": (dict.fromkeys(("MO", "TU", "WE", "TH", "FR"), ALL_DAY), "also"),
    "Advies voor jongeren": ({"WE": _from(13, 18)}, "also"),
    "Meidenlounge": ({"FR": _from(16, 18)}, "closed"),
    "Inloop na school": ({"MO": _from(15.5, 18), "TH": _from(15.5, 18)}, "closed"),
    "Huiswerk in de bib": (dict.fromkeys(("MO", "TU", "WE", "TH"), _from(15.5, 17.5)), "closed"),
    "Gratis proefles dans": ({"FR": _from(17, 18.5)}, "closed"),
}
SILENT = "De agent die je kent"


def live(here: Village, days: Days) -> None:
    """Amina keeps the calendar and the hours; Leen shows her dance floor and says that all is right."""
    with viewer.acting(here.people["amina"], page="directory", at=days.at(-30)) as amina:
        facts.add_holiday("schoolvakantie", days.day(33), days.day(46), by=amina, at=days.at(-30))
        for name, (week, holidays) in WEEKS.items():
            party = Different(days.day(19), days.day(19), (), "feest van het dorp")
            words = OpeningWords(week=week, school_holidays=holidays, different=(party,))
            facts.say_when(_offer(here.offers[name]), words, by=amina, at=days.at(-30))
        keeping.confirm(_offer(here.offers["Moedergroep"]), by=amina, at=days.at(-12))
        Offer.objects.filter(pk=here.offers[SILENT]).update(changed_at=days.at(-250))
    with viewer.acting(here.people["leen"], page="directory", at=days.at(-9)) as leen:
        _show_the_floor(_offer(here.offers["Gratis proefles dans"]), leen, days.at(-9))


def _offer(key: UUID) -> Offer:
    return Offer.objects.select_related("organisation", "keeping", "good_to_know").get(pk=key)


def _show_the_floor(offer: Offer, leen: Viewer, at: datetime) -> None:
    alt = "Een lege dansvloer van licht hout, met een spiegel en grote ramen. Er hangen slingers."
    pictures.hang(offer, dance_floor(), alt=alt, maker="Leen Vos", licence="CC BY 4.0", by=leen, at=at)
    keeping.confirm(offer, by=leen, at=at)


def dance_floor() -> bytes:
    """A drawing of a dance floor, the same on every machine."""
    wide, high = 1200, 750
    paper = Image.new("RGB", (wide, high), "#f6e3c5")
    pen = ImageDraw.Draw(paper)
    pen.polygon([(0, high), (0, 560), (220, 430), (980, 430), (wide, 560), (wide, high)], fill="#d8a868")
    for board in range(-6, 14):
        pen.line([(600 + (board - 4) * 95, 430), (600 + (board - 4) * 260, high)], fill="#c08f50", width=3)
    pen.rectangle((220, 110, 620, 420), fill="#cfe6f5", outline="#8a6a40", width=8)
    for window in (700, 850):
        pen.rectangle((window, 90, window + 110, 360), fill="#fdf6d8", outline="#8a6a40", width=6)
        pen.line([(window + 55, 90), (window + 55, 360)], fill="#8a6a40", width=4)
    for number, colour in enumerate(("#0b6156", "#8a3b12", "#5b3a7a", "#f2b134") * 5):
        left, top = number * 60, 24 + abs(10 - number) * 4
        pen.polygon([(left, top), (left + 48, top), (left + 24, top + 44)], fill=colour)
    written = io.BytesIO()
    paper.save(written, "PNG")
    return written.getvalue()
