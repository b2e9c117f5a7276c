"""The pages of two people: who finds them, what survives a mistake, what is sent twice, what nobody can tell."""

from circle.counting import statements
from web.doorstep import bare, browser

MOST = 14


def test_a_matter_from_asking_to_the_second_yes(house, owner):
    ada, vera, omar = (browser(owner, who) for who in (house.ada, house.vera, house.omar))
    wrong = ada.post("/two-people/ask/country/", {"country": "FR", "why": ""})
    assert wrong.status_code == 422
    assert b"checked" in wrong.content
    for _twice in range(2):
        asked = ada.post("/two-people/ask/country/", {"country": "FR", "why": "Wij verhuisden."})
    assert house.one("SELECT count(*) FROM trust_matter") == 1
    here = asked["Location"]
    assert b"Take it back" in ada.get(here).content
    assert b"Wij verhuisden." in vera.get(here).content
    assert b"The rules of this country count in the village: France." in vera.get("/two-people/").content
    assert vera.post(here, {"answer": "no"}).status_code == 422
    for _twice in range(2):
        assert vera.post(here, {"answer": "yes"}).status_code == 302
    assert house.one("SELECT country FROM trust_village WHERE id = %s", house.scene.village) == "FR"
    assert b"yes, says Vera" in ada.get(here).content
    assert b"yes, says Vera" in omar.get("/two-people/").content


def test_hidden_and_missing_are_the_same_and_few_know_of_the_page(house, owner):
    matter = house.conflict()
    nowhere = f"/two-people/{house.family}/"
    for who in (house.lotte, house.wim, house.ada):
        client = browser(owner, who)
        hidden, missing = client.get(f"/two-people/{matter.pk}/"), client.get(nowhere)
        assert hidden.status_code == missing.status_code == 404
        assert bare(hidden.content) == bare(missing.content)
        assert client.post(f"/two-people/{matter.pk}/", {"answer": "yes"}).status_code == 404
        assert b"Jonas" not in client.get("/two-people/").content
    for who in (house.samira, house.stranger):
        assert browser(owner, who).get("/two-people/").status_code == 404
    assert browser(owner, house.els).post(f"/two-people/{matter.pk}/", {"answer": "yes"}).status_code in (
        403,
        409,
    )
    assert browser(owner, house.wim).get("/two-people/ask/country/").status_code == 404
    assert house.one("SELECT count(*) FROM trust_exclusion") == 0


def test_the_pages_ask_the_database_a_few_times_only(house, owner):
    matter, vera = house.conflict(), browser(owner, house.vera)
    for address in ("/two-people/", f"/two-people/{matter.pk}/"):
        vera.get(address)
        with statements() as asked:
            vera.get(address)
        assert len(asked) <= MOST, asked
