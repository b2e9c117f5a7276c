from kring.network.models.cards import OrganisationCard
from kring.network.models.colleagues import ColleagueCard
from kring.network.models.drafts import ImportDraft
from kring.network.models.offers import Offer, OfferPlace
from kring.network.models.places import Place

__all__ = ["ColleagueCard", "ImportDraft", "Offer", "OfferPlace", "OrganisationCard", "Place"]
