"""From the word for behaviour to the talent behind it: pairs to begin with, in four languages. Never a label.

Only the talent is ever kept; the word it was found behind is not.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Pair:
    """What people sometimes say of a child, and the talent that may stand behind it."""

    code: str
    said: Promise
    talent: Promise


PAIRS = (
    Pair("tells", _("talks all the time"), _("tells stories and brings people together")),
    Pair("moves", _("cannot sit still"), _("has energy and gets things going")),
    Pair("asks", _("always asks why"), _("wants to understand how things work")),
    Pair("stands", _("argues about everything"), _("stands up for what is fair")),
    Pair("leads", _("is bossy"), _("takes the lead and sees what is needed")),
    Pair("dreams", _("is often dreaming"), _("has ideas nobody else has")),
    Pair("watches", _("is quiet, says little"), _("looks well and listens before speaking")),
    Pair("feels", _("cries or gets angry quickly"), _("feels a lot, also what others feel")),
    Pair("careful", _("does not dare"), _("thinks first and takes care")),
    Pair("stays", _("is stubborn"), _("does not give up")),
    Pair("jokes", _("is the clown of the class"), _("makes people laugh and lightens the room")),
    Pair("hands", _("touches everything"), _("learns with the hands and can make things")),
)
TALENTS = {pair.code: pair.talent for pair in PAIRS}


def words_of(codes: list[str]) -> list[str]:
    """The talents behind these codes, in the language that is on now; what is not known is left away."""
    return [str(TALENTS[code]) for code in codes if code in TALENTS]
