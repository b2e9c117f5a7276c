"""Which backups stay: of the last seven days, four weeks and six months the newest of each."""

from collections.abc import Collection, Hashable
from datetime import datetime

DAYS, WEEKS, MONTHS = 7, 4, 6


def kept(made: Collection[datetime]) -> set[datetime]:
    """The moments whose backups stay. The newest always does."""
    rules = (
        (DAYS, lambda moment: moment.date()),
        (WEEKS, lambda moment: moment.isocalendar()[:2]),
        (MONTHS, lambda moment: (moment.year, moment.month)),
    )
    stay: set[datetime] = set()
    for number, period in rules:
        newest: dict[Hashable, datetime] = {}
        for moment in sorted(made, reverse=True):
            newest.setdefault(period(moment), moment)
        stay.update(list(newest.values())[:number])
    return stay
