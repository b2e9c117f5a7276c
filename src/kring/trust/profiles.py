"""Country profiles: the ages at which the law lets a young person speak, and ends a guardian's reading.

Read-only data with its source; a village may only tighten. Working defaults until a lawyer signs.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class CountryProfile:
    """The ages of one country, in whole years; `source` says where they come from."""

    country: str
    own_voice: int
    guardian_reads_until: int
    note: str
    source: str
    reviewed_by: str
    reviewed_on: date
    longest_term: int = 90  # days after which what nobody took up is deleted; a village may only shorten it


WORKING_DEFAULT = "Working default of trust.md D5; no lawyer has signed it yet"
REVIEWED_ON = date(2026, 11, 21)

PROFILES = {
    profile.country: profile
    for profile in (
        CountryProfile("NL", 12, 16, "", WORKING_DEFAULT, "", REVIEWED_ON),
        CountryProfile("BE", 12, 12, "a guardian reads until own voice", WORKING_DEFAULT, "", REVIEWED_ON),
        CountryProfile("UK", 12, 12, "judged for each decision", WORKING_DEFAULT, "", REVIEWED_ON),
        CountryProfile("FR", 15, 18, "", WORKING_DEFAULT, "", REVIEWED_ON),
    )
}


def birthday(born: date, years: int) -> date:
    """The day somebody turns `years`; who was born on 29 February turns on 1 March in other years."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def own_voice_on(born: date, country: str) -> date:
    """The day from which this child decides for itself who may know."""
    return birthday(born, PROFILES[country].own_voice)
