"""Everything about me, on its pages: asked, taken back, and not here for who may not ask."""

import pytest
from django.utils import timezone

from circle.furnished import Furnished
from clockwork import as_the_worker
from kring.clock import usecases as clock
from kring.trust.usecases import forgettings


@pytest.fixture
def scene(owner):
    return Furnished(owner)


def test_a_mother_asks_thinks_again_and_later_goes_through_with_it(scene, owner, days_pass):
    mother, girl, worker = (scene.browser(p) for p in (scene.naima, scene.samira, scene.noor))
    ours = f"/mine/forget/{scene.family}/"
    mine = mother.get("/mine/").content.decode()
    assert "Familie Amrani" in mine
    assert 'href="/your-data/"' in mine, "what we do with what she tells us is one tap away"
    for _twice in range(2):
        assert mother.post(ours).status_code == 302
    for browser in (mother, girl):
        page = browser.get("/mine/").content.decode()
        assert page.count("/mine/think-again/") == 1
    for person, told in ((scene.karim, True), (scene.samira, True), (scene.noor, False), (scene.aunt, False)):
        assert (
            "think again" in scene.browser(person).get(f"/family/{scene.family}/").content.decode()
        ) is told
    (which,) = owner.execute("SELECT id FROM trust_forgetting").fetchone()
    assert worker.post(f"/mine/think-again/{which}/").status_code == 302
    assert "/mine/think-again/" in mother.get("/mine/").content.decode(), "a worker changes nothing"
    girl.post(f"/mine/think-again/{which}/")
    assert "/mine/think-again/" not in mother.get("/mine/").content.decode()

    mother.post(ours)
    days_pass(12)
    assert as_the_worker(clock.remind_of_forgetting, at=timezone.now()) == 3
    assert as_the_worker(clock.remind_of_forgetting, at=timezone.now()) == 0, "once"
    days_pass(3)
    assert as_the_worker(forgettings.forget_those_due) == 1
    missing = worker.get("/family/00000000-0000-4000-8000-000000000000/")
    assert mother.get(f"/family/{scene.family}/").status_code == 302, "nobody is signed in there"
    assert worker.get(f"/family/{scene.family}/").content == missing.content or missing.status_code == 404
    assert worker.get(f"/family/{scene.family}/").status_code == 404
    assert worker.get("/today/").status_code == 200
    assert girl.get(f"/own/{scene.own[scene.samira]}/").status_code == 200


def test_who_may_not_ask_finds_what_is_not_there(scene):
    missing = "/mine/forget/00000000-0000-4000-8000-000000000000/"
    for person in (scene.noor, scene.aunt, scene.samira, scene.lotte):
        browser = scene.browser(person)
        answers = {browser.get(address).status_code for address in (f"/mine/forget/{scene.family}/", missing)}
        assert answers == {404}
        assert "Familie Amrani" not in browser.get("/mine/").content.decode()
    assert scene.browser(scene.yassin).get("/mine/forget/").status_code == 404
    kept = scene.browser(scene.noor).get("/how-long/").content.decode()
    for same in (
        "what you wrote together stays with the family",
        "What you told one person alone",
        "six months",
    ):
        assert same in kept, "what the page before forgetting says too"
