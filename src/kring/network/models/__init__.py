from kring.network.models.cards import OrganisationCard
from kring.network.models.colleagues import ColleagueCard
from kring.network.models.drafts import ImportDraft
from kring.network.models.good_to_know import GoodToKnow, SchoolHoliday
from kring.network.models.keeping import Correction, Keeping, Question
from kring.network.models.maps import TownMap
from kring.network.models.offers import Offer, OfferPlace
from kring.network.models.pictures import Picture
from kring.network.models.places import Place
from kring.network.models.signposts import Signpost
from kring.network.models.spellings import Spelling

__all__ = [
    "ColleagueCard",
    "Correction",
    "GoodToKnow",
    "ImportDraft",
    "Keeping",
    "Offer",
    "OfferPlace",
    "OrganisationCard",
    "Picture",
    "Place",
    "Question",
    "SchoolHoliday",
    "Signpost",
    "Spelling",
    "TownMap",
]
