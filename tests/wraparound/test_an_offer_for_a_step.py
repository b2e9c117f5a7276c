"""An offer for a step: what is near comes first, and what takes another's place says so and can be undone."""

import re

from kring.network.models import Offer
from kring.trust import viewer
from kring.wraparound.models import Action
from web.doorstep import browser


def near(owner, offer, *names):
    owner.execute(
        "UPDATE network_offer SET near = %s, domains = %s WHERE id = %s", [list(names), ["leisure"], offer]
    )
    return str(offer)


def test_what_is_near_comes_first_and_says_where(home, owner):
    home.plan()
    (village,) = owner.execute("SELECT name FROM trust_village WHERE id = %s", [home.village]).fetchone()
    nowhere = near(owner, home.offer("Aaa overal"))
    far = near(owner, home.offer("Bbb verder"), "Elders")
    own = near(owner, home.offer("Ccc dichtbij"), "De Linde", village)
    with viewer.acting(home.naima):
        step = Action.objects.get(every_week=True)
    page = browser(owner, home.naima).get(f"/steps/{step.pk}/offer/").content.decode()
    assert re.findall(r'name="offer"\s+value="([0-9a-f-]{36})"', page) == [own, far, nowhere]
    for place in (f"De Linde and {village}", "Elders"):
        assert place in page


def test_an_offer_that_takes_anothers_place_says_so_and_can_be_undone(home, owner):
    home.plan()
    old, new = home.offer("Eerste keren judo"), home.offer("Life Zone")
    client = browser(owner, home.naima)
    with viewer.acting(home.naima):
        step = Action.objects.get(every_week=True)
    address = f"/steps/{step.pk}/offer/"
    assert "in its place" not in client.get(f"{address}?q=judo").content.decode()
    client.post(address, {"offer": str(old)})
    assert "Put this in its place" in client.get(f"{address}?q=life").content.decode()
    sent = client.post(address, {"offer": str(new)})
    assert sent.url == f"{address}?before={old}"
    page = client.get(sent.url).content.decode()
    assert "“Life Zone” takes the place of “Eerste keren judo”." in page
    assert "Undo" in page
    again = client.post(address, {"offer": str(old), "undo": "yes"})
    assert again.url.startswith("/plans/")
    with viewer.acting(home.naima):
        assert Action.objects.get(every_week=True).offer == Offer.objects.get(pk=old)
    assert client.get(f"{address}?before=no").status_code == 404
