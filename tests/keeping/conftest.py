"""The small village of the directory, and an offer of the club that Lieve leads."""

import pytest

from kring.network.models import Offer
from kring.network.usecases import offers
from kring.network.usecases.offers import OfferWords
from kring.trust.models import Organisation
from network.conftest import scene, sign_in
from network.scene import NOW, Scene

__all__ = ["scene", "sign_in"]


@pytest.fixture
def offer(scene: Scene) -> Offer:
    with scene.as_(scene.lead) as lieve:
        club = Organisation.objects.get(pk=scene.club)
        return offers.add(club, OfferWords(name="Judo", words="Vallen leer je hier."), by=lieve, at=NOW)
