"""The contact point asks a coordinator for a family that waits: one at a time, and everybody is told."""

import re

import pytest

from circle.furnished import Furnished
from kring.trust import viewer
from kring.trust.models import Job
from kring.trust.usecases import circles
from trust.circle_scene import FamilyScene


class Waiting(Furnished):
    """The family of the scene, which has nobody yet, and a coordinator one can ask."""

    def __init__(self, owner):
        FamilyScene.__init__(self, owner)
        self.tom = self.worker("Tom", "coordinator", "Huis van het Kind")

    def job(self, person):
        with viewer.acting(self.els):
            return Job.objects.get(person_id=person).pk


@pytest.fixture
def scene(owner):
    return Waiting(owner)


def text(answer):
    words = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", answer.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", words)


def test_who_was_asked_is_shown_and_told_when_somebody_else_is(scene):
    els, here = scene.browser(scene.els), f"/waiting/{scene.family}/"
    els.post(f"{here}{scene.job(scene.tom)}/")
    for address in (here, "/today/"):
        assert re.search(r"Tom was asked on .{8,40}, no answer yet\.", text(els.get(address)))
    assert "If you ask somebody else, Tom is not asked any more." in text(els.get(here))
    with viewer.acting(scene.tom):
        old = circles.asked_in()[0].id
    after = text(els.post(f"{here}{scene.job(scene.noor)}/", follow=True))
    assert "Tom is not asked any more." in after
    assert "Noor was asked on" in after
    tom, lotte = scene.browser(scene.tom), scene.browser(scene.lotte)
    for answer in (tom.get(f"/join/{old}/"), tom.post(f"/join/{old}/", {"answer": "yes"})):
        assert answer.status_code == 200
        assert "The family asked somebody else meanwhile." in text(answer)
    assert lotte.get(f"/join/{old}/").status_code == 404


def test_coordinators_stand_first_and_the_others_are_folded(scene):
    page = scene.browser(scene.els).get(f"/waiting/{scene.family}/").content.decode()
    assert page.index("Tom") < page.index("Others who work in the village") < page.index("Noor")
