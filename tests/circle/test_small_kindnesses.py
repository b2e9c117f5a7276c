"""What a newcomer stumbled over: each page says what is true for the one who reads it."""

import re

import pytest

from circle.furnished import Furnished


@pytest.fixture
def scene(owner):
    return Furnished(owner)


def page(scene, person, address, status=200):
    answer = scene.browser(person).get(address)
    assert answer.status_code == status, answer.content[-2000:]
    return re.sub(r"\s+", " ", answer.content.decode())


def home(scene, more=""):
    return f"/family/{scene.family}/{more}"


def test_the_card_to_come_in_is_offered_to_whom_it_is_given(scene):
    address = home(scene, f"people/{scene.aunt}/")
    for who, offered in ((scene.naima, False), (scene.lotte, False), (scene.noor, True), (scene.els, True)):
        assert ("A card to come in" in page(scene, who, address)) is offered
