"""Who writes in the directory; everybody reads it, so a list costs nothing more.

The network coordinator and the administrator keep it and take lists over; a lead the offers of their organisation; and
whoever an offer was given to keeps that one right.
"""

from dataclasses import replace

from kring.trust.policies import KEEPS_LISTS, KEEPS_PARTNERS, VILLAGE, Policy, kept_by

# Reckoned once per statement, and only for who keeps no lists.
LED = "(SELECT trust.organisations_led())::uuid[]"
KEPT = "(SELECT trust.offers_kept())::uuid[]"


def in_the_village(who: str) -> str:
    """In one's own village, by who keeps its lists, or by these."""
    return f"village_id = {VILLAGE} AND ({KEEPS_PARTNERS} OR {who})"


OF_ITS_KEEPER = in_the_village(f"offer_id = ANY({KEPT})")

DIRECTORY: dict[str, Policy] = {
    # What somebody leads they keep; and nobody keeps yet what is not there.
    "offer": replace(
        kept_by(in_the_village(f"id = ANY({KEPT})"), read="true"),
        insert=in_the_village(f"organisation_id = ANY({LED})"),
    ),
    "of an offer": kept_by(OF_ITS_KEEPER, read="true"),
    "said of an offer": Policy(read=f"village_id = {VILLAGE}", update=OF_ITS_KEEPER),
    "card of an organisation": kept_by(in_the_village(f"organisation_id = ANY({LED})"), read="true"),
    # One place holds offers of many: whoever keeps an offer writes down a new one, and changes none.
    "place": Policy(
        read="true",
        insert=in_the_village(f"{LED} <> '{{}}' OR {KEPT} <> '{{}}'"),
        update=KEEPS_LISTS,
        delete=KEEPS_LISTS,
    ),
}
