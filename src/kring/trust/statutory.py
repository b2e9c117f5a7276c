"""What the law makes helpers keep, per country, as data with its source; a lawyer reads and signs it.

Kring is nobody's statutory file: what a law asks for lies with the organisation that must keep it. So nothing here
keeps a family from being forgotten in Kring; the page says what others still keep, and until when.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kept:
    """A file that somebody else must keep: which, how many years, from when, and where that stands."""

    country: str
    what: Promise
    years: int
    counted_from: Promise
    source: str
    reviewed_by: str
    reviewed_on: date


REVIEWED_ON = date(2026, 11, 22)
KEPT = (
    Kept("NL", _("The file of an organisation for youth help"), 20, _("after the last change in it"),
         "Jeugdwet, article 7.3.8; working default, no lawyer has signed it yet", "", REVIEWED_ON),
)  # fmt: skip


def of(country: str) -> list[Kept]:
    """What helpers of this country must keep, as far as it was looked up."""
    return [kept for kept in KEPT if kept.country == country]
