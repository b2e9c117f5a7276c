"""What becomes of the directory when somebody who kept it is forgotten: the offers stay, the card goes."""

from kring.trust.forgetting import NAMELESS, REMOVED_AT_LAST, Lines, stays

LINES: Lines = {
    "ColleagueCard": {"person": REMOVED_AT_LAST},
    "Correction": {"by": NAMELESS},
    "ImportDraft": {"made_by": NAMELESS, "applied_by": NAMELESS},
    "Keeping": {"owner": NAMELESS, "confirmed_by": NAMELESS},
    "Offer": {"changed_by": NAMELESS},
    "Picture": {"added_by": NAMELESS},
    "Question": {"person": stays("That offers were asked about, by a number that names nobody.")},
    "TownMap": {"drawn_by": NAMELESS},
}
