"""The directory on the page, with and without script, for everybody and for the village (row N1)."""

import re
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kring.network.hsds.shapes import Limits
from kring.network.models import ImportDraft, Offer
from kring.network.usecases import offers
from kring.network.usecases.offers import OfferWords
from kring.trust.models import Organisation
from network.samples import OFFERS, example_tables, packed
from network.scene import NOW, Scene

MOST_STATEMENTS = 14
SignIn = Callable[[UUID], Client]


def text(answer: object) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_anybody_finds_an_offer_with_a_name_and_a_number(pilots: Scene, client: Client) -> None:
    answer = client.get("/offers/?q=netsterk")
    assert answer.status_code == 200
    assert "1 offer fits" in text(answer)
    assert "NETSTERK" in text(answer)
    assert 'href="tel:015298318"' in answer.content.decode()


def test_every_card_has_a_name_and_a_number(pilots: Scene, client: Client) -> None:
    page = client.get("/offers/").content.decode()
    assert page.count("<article") == page.count('href="tel:') == 12


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("age=9", 21),
        ("domain=money", 5),
        ("place=Leiden", 7),
        ("language=fr", 5),
        ("free=on", 36),
    ],
)
def test_filters_narrow_without_script(pilots: Scene, client: Client, question: str, count: int) -> None:
    found = text(client.get(f"/offers/?{question}"))
    assert f"{count} offer" in found


def test_nothing_found_invites_to_ask(pilots: Scene, client: Client) -> None:
    answer = client.get("/offers/?q=zzz&age=9")
    assert "Nothing fits yet" in text(answer)
    assert 'href="?q=zzz"' in answer.content.decode()
    assert 'href="tel:015298318"' in answer.content.decode()


def test_an_empty_directory_invites_too(scene: Scene, client: Client) -> None:
    assert "The directory is still empty" in text(client.get("/offers/"))


@pytest.mark.parametrize(
    "question",
    [
        "age=abc", "age=-1", "age=9999999999999999999", "domain=x", "theme=%00", "place=Nowhere", "language=xx",
        "q=" + "a" * 5_000, "q=%00", "q=%FF%FE", "page=0", "page=abc", "page=999999999999", "q=%E2%80%AE",
        "village=%00", "free=perhaps", "paper=1&page=-5", "q=%25%27%22%3B--",
    ],
)  # fmt: skip
def test_a_strange_question_gets_a_page_and_no_traceback(
    pilots: Scene, client: Client, question: str
) -> None:
    assert client.get(f"/offers/?{question}").status_code in (200, 400, 404)


def test_a_mistake_is_named_and_the_rest_of_the_question_holds(pilots: Scene, client: Client) -> None:
    found = text(client.get("/offers/?q=netsterk&age=nine"))
    assert "Please write the age as a number, like 9." in found
    assert "1 offer fits" in found


def test_quick_results_are_the_results_only(pilots: Scene, client: Client) -> None:
    answer = client.get("/offers/?q=netsterk", headers={"HX-Request": "true"})
    assert answer.content.decode().strip().startswith('<section id="results"')
    assert "<html" not in answer.content.decode()


def test_the_offer_page_tells_what_one_must_know(pilots: Scene, client: Client) -> None:
    with pilots.as_(pilots.worker):
        offer = Offer.objects.get(name="Nurse for children")
    told = text(client.get(f"/offers/{offer.pk}/"))
    for words in (
        "6 to 12 years",
        "Wednesday, 09:00–13:00",
        "Proposed with the family",
        "Nothing, it is free",
    ):
        assert words in told, words


def test_a_closed_and_an_unknown_offer_answer_the_same(pilots: Scene, client: Client) -> None:
    with pilots.as_(pilots.network) as nora:
        offer = Offer.objects.get(name="NETSTERK")
        offers.change(offer, OfferWords(name="NETSTERK", status="closed"), by=nora, at=NOW)
    hidden, missing = client.get(f"/offers/{offer.pk}/"), client.get(f"/offers/{uuid4()}/")
    assert (hidden.status_code, missing.status_code) == (404, 404)
    strip = re.compile(rb'(?i)csrf[^>]*|nonce="[^"]*"|value="[^"]*"')
    assert strip.sub(b"", hidden.content) == strip.sub(b"", missing.content)


def test_the_next_village_sees_its_own_directory_only(pilots: Scene, sign_in: SignIn) -> None:
    with pilots.as_(pilots.worker):
        offer = Offer.objects.get(name="NETSTERK")
    sam = sign_in(pilots.stranger)
    assert sam.get(f"/village/offers/{offer.pk}/").status_code == 404
    assert "The directory is still empty" in text(sam.get("/village/offers/"))


@pytest.mark.parametrize("address", ["/offers/", "/offers/?paper=1", "/offers/?q=a&age=9&place=Leiden"])
def test_few_statements_however_many_offers(pilots: Scene, client: Client, address: str) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    client.get(address)
    before = statements()
    with pilots.as_(pilots.network) as nora:
        club = Organisation.objects.get(pk=pilots.club)
        for number in range(40):
            offers.add(club, OfferWords(name=f"A {number}", youngest=5), by=nora, at=NOW)
    assert statements() <= before <= MOST_STATEMENTS


def test_signed_in_pages_stay_within_the_limit(pilots: Scene, sign_in: SignIn) -> None:
    nora = sign_in(pilots.network)
    with pilots.as_(pilots.worker):
        offer = Offer.objects.get(name="NETSTERK")
    addresses = ("/village/offers/", f"/village/offers/{offer.pk}/", f"/village/offers/{offer.pk}/change/",
                 "/village/offers/new/", "/village/import/")  # fmt: skip
    for address in addresses:
        nora.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert nora.get(address).status_code == 200, address
        assert len(asked) <= MOST_STATEMENTS, (address, [one["sql"] for one in asked])


def test_a_lead_writes_an_offer_and_changes_it(scene: Scene, sign_in: SignIn) -> None:
    lieve = sign_in(scene.lead)
    told = {"name": "Voetbal", "words": "We play every Friday after school.", "youngest": "8", "oldest": "12",
            "status": "active", "contact_name": "Lieve", "contact_phone": "015 12 34 56", "street": "Veld 1",
            "town": "Maasdorp", "languages": ["nl"], "domains": ["leisure"], "free": "on"}  # fmt: skip
    answer = lieve.post("/village/offers/new/", told, follow=True)
    assert "Voetbal" in text(answer)
    assert 'href="tel:015123456"' in answer.content.decode()
    with scene.as_(scene.worker):
        offer = Offer.objects.get()
    answer = lieve.post(
        f"/village/offers/{offer.pk}/change/", told | {"name": "Voetbal en dans"}, follow=True
    )
    assert "Voetbal en dans" in text(answer)
    assert "Veld 1" in text(answer)
    with scene.as_(scene.worker):
        assert Offer.objects.get().places.count() == 1


def test_a_second_click_makes_one_offer(scene: Scene, sign_in: SignIn) -> None:
    lieve = sign_in(scene.lead)
    page = lieve.get("/village/offers/new/").content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)[1]
    for _ in range(2):
        answer = lieve.post(
            "/village/offers/new/", {"name": "Voetbal", "status": "active", "key": key}, follow=True
        )
        assert answer.status_code == 200
    with scene.as_(scene.worker):
        assert Offer.objects.count() == 1


def test_hidden_signs_are_not_kept(scene: Scene, sign_in: SignIn) -> None:
    sign_in(scene.lead).post("/village/offers/new/", {"name": "Voet\u202ebal", "status": "active"})
    with scene.as_(scene.worker):
        assert Offer.objects.get().name == "Voetbal"


def test_what_was_typed_stays_when_something_is_wrong(scene: Scene, sign_in: SignIn) -> None:
    lieve = sign_in(scene.lead)
    told = {
        "name": "Voetbal",
        "status": "active",
        "youngest": "12",
        "oldest": "8",
        "contact_phone": "call me",
    }
    answer = lieve.post("/village/offers/new/", told)
    assert answer.status_code == 422
    assert "The oldest age is below the youngest" in text(answer)
    assert "This is not a telephone number" in text(answer)
    assert 'value="call me"' in answer.content.decode()


def test_a_worker_does_not_write_and_does_not_import(scene: Scene, sign_in: SignIn) -> None:
    wout = sign_in(scene.worker)
    assert wout.get("/village/offers/new/").status_code == 403
    assert wout.get("/village/import/").status_code == 403
    assert wout.get(f"/village/import/{uuid4()}/").status_code == 403


def upload(browser: Client, name: str, content: bytes, **more: str) -> object:
    return browser.post("/village/import/", {"file": SimpleUploadedFile(name, content), **more}, follow=True)


def test_a_list_is_looked_at_and_taken_over_in_two_steps(scene: Scene, sign_in: SignIn) -> None:
    nora = sign_in(scene.network)
    answer = upload(nora, "hsds-services.json", OFFERS.read_bytes(), source="Six pilots")
    address = answer.redirect_chain[-1][0]
    assert "36 new" in text(answer)
    assert "12 new, 0 changed" in text(answer)
    for _ in range(2):
        done = nora.post(address, follow=True)
        assert "36 new offers stand in the directory." in text(done)
    with scene.as_(scene.worker):
        assert Offer.objects.count() == 36
    assert "Six pilots" in text(nora.get("/village/import/"))


def test_what_cannot_be_read_is_named_by_file_row_and_column(scene: Scene, sign_in: SignIn) -> None:
    told = text(upload(sign_in(scene.network), "examples.zip", packed(example_tables())))
    assert (
        "contacts.csv 2 organization_id “ae67a707-5893-4225-b0b1-320ab9cb596b” points at a row that is not there"
        in told
    )


@pytest.mark.parametrize("content", [b"", b"{", b"PK\x03\x04", b"[]", b"\x00\x01", b"null"])
def test_a_file_that_says_nothing_changes_nothing(scene: Scene, sign_in: SignIn, content: bytes) -> None:
    answer = upload(sign_in(scene.network), "x.json", content)
    assert answer.status_code == 200
    assert "Nothing was changed" in text(answer)


@pytest.mark.parametrize("name", ["README.md", "notes.csv", "photo.zip"])
def test_a_file_that_is_no_list_says_so(scene: Scene, sign_in: SignIn, name: str) -> None:
    told = text(upload(sign_in(scene.network), name, b"# Kring\n\na, b\n1, 2\n"))
    assert "We cannot read this file" in told
    assert "We read HSDS 3.0: a JSON file, tables in a zip, or one table (CSV)" in told
    assert "Nothing was changed" in told
    assert "0 new" not in told
    assert "You can take the list over" not in told


def test_a_file_that_is_too_large_is_refused_kindly(scene: Scene, sign_in: SignIn, monkeypatch) -> None:
    monkeypatch.setattr("kring.web.network.forms.IN_THE_BACKGROUND", Limits(bytes=1_000))
    answer = upload(sign_in(scene.network), "x.json", b"x" * 1_001)
    assert answer.status_code in (413, 422)


def test_a_draft_of_another_village_is_not_there(scene: Scene, sign_in: SignIn) -> None:
    nora, sam = sign_in(scene.network), sign_in(scene.stranger)
    address = upload(nora, "x.json", OFFERS.read_bytes()).redirect_chain[-1][0]
    assert sam.get(address).status_code == 404
    assert sam.post(address).status_code == 404
    with scene.as_(scene.network):
        assert ImportDraft.objects.get().applied_at is None


@pytest.mark.parametrize("language", ["nl", "fr", "ar"])
def test_the_directory_opens_in_every_language(pilots: Scene, client: Client, language: str) -> None:
    assert client.get("/offers/?q=mechelen", headers={"Accept-Language": language}).status_code == 200
