from kring.network.models.cards import OrganisationCard
from kring.network.models.drafts import ImportDraft
from kring.network.models.maps import TownMap
from kring.network.models.offers import Offer, OfferPlace
from kring.network.models.places import Place
from kring.network.models.signposts import Signpost
from kring.network.models.spellings import Spelling

__all__ = [
    "ImportDraft",
    "Offer",
    "OfferPlace",
    "OrganisationCard",
    "Place",
    "Signpost",
    "Spelling",
    "TownMap",
]
