"""The public directory asked by programs: /hsds/v3/ as HSDS 3.0 describes it (rows N1, E14)."""

import json
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kring.network.models import Offer
from kring.network.published import words
from kring.network.usecases import offers
from kring.network.usecases.offers import OfferWords, Spot
from kring.trust.models import Organisation
from network.conftest import SignIn
from network.judge import complaints
from network.scene import NOW, Scene
from web.doorstep import somewhere

MOST_STATEMENTS = 14
LISTS = {
    "services": "service_list",
    "services?full=true": "service",
    "organizations": "organization_list",
    "organizations?full=true": "organization",
    "service_at_locations": "service_at_location",
    "service_at_locations?full=true": "service_at_location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}
ONE_OF = {
    "services": "service",
    "organizations": "organization",
    "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}
FRAME = {"total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents"}

#: The same in every worker of a run: it stands in the name of a test.
UNKNOWN = UUID("6b72696e-6700-4000-8000-0000000000ff")


@pytest.fixture
def program() -> Client:
    """A program somewhere, not signed in."""
    return Client(REMOTE_ADDR=somewhere())


def asked(program: Client, address: str, status: int = 200, **headers: str) -> Any:
    answer = program.get(f"/hsds/v3/{address}", headers=headers)
    assert answer.status_code == status, answer.content
    return json.loads(answer.content)


def of_village(address: str, slug: str = "maasdorp") -> str:
    return f"{address}{'&' if '?' in address else '?'}village={slug}"


def test_the_first_address_says_what_this_is(scene: Scene, program: Client) -> None:
    told = asked(program, "")
    assert (told["version"], told["publisher"]["name"]) == ("3.0", "Maasdorp")
    assert program.get("/hsds/v3").status_code == 301


@pytest.mark.parametrize(("address", "kind"), LISTS.items())
def test_every_list_fits_the_specification(pilots: Scene, program: Client, address: str, kind: str) -> None:
    told = asked(program, of_village(address))
    assert told.keys() == FRAME
    assert told["size"] == len(told["contents"]) > 0
    assert complaints(kind, *told["contents"]) == []


@pytest.mark.parametrize(("address", "kind"), ONE_OF.items())
def test_every_record_fits_the_specification(pilots: Scene, program: Client, address: str, kind: str) -> None:
    for one in asked(program, of_village(address))["contents"][:4]:
        told = asked(program, f"{address}/{one['id']}")
        assert told["id"] == one["id"]
        assert complaints(kind, told) == []


@pytest.mark.parametrize("address", [address for address in LISTS if "taxonom" not in address])
def test_an_empty_village_answers_with_an_empty_page(pilots: Scene, program: Client, address: str) -> None:
    told = asked(program, of_village(address, "elders"))
    assert told == {"total_items": 0, "total_pages": 0, "page_number": 1, "size": 0, "first_page": True,
                    "last_page": True, "empty": True, "contents": []}  # fmt: skip


@pytest.mark.django_db
def test_a_house_without_a_village_answers_too(program: Client) -> None:
    assert asked(program, "services")["empty"]
    assert asked(program, "")["version"] == "3.0"


def test_pages_hold_every_offer_once(pilots: Scene, program: Client) -> None:
    pages = [asked(program, f"services?per_page=10&page={number}") for number in range(1, 6)]
    assert [page["size"] for page in pages] == [10, 10, 10, 6, 0]
    assert [page["last_page"] for page in pages] == [False, False, False, True, True]
    assert [page["first_page"] for page in pages] == [True, False, False, False, False]
    assert {(page["total_items"], page["total_pages"]) for page in pages} == {(36, 4)}
    ids = [one["id"] for page in pages for one in page["contents"]]
    assert len(ids) == len(set(ids)) == 36


def term(code: str) -> UUID:
    return next(one.id for one in words.all_terms() if one.code == code)


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("search=netsterk", 1),
        ("search=NETSTERK+mechelen", 1),
        ("search=zzz", 0),
        (f"taxonomy_term_id={term('money')}", 5),
        (f"taxonomy_term_id={term('education')}", 1),
        (f"taxonomy_term_id={UNKNOWN}", 0),
        (f"taxonomy_id={words.LIFE_DOMAINS.id}", 36),
        (f"taxonomy_id={words.THEMES.id}", 0),
        (f"taxonomy_id={words.SECTORS.id}", 36),
        (f"organization_id={UNKNOWN}", 0),
        ("modified_after=2026-11-20", 36),
        ("modified_after=2026-11-20T10:00:00Z", 36),
        ("modified_after=2026-11-20T11:00:00+01:00", 36),
        ("modified_after=2026-11-20T10:00:00.001Z", 0),
        ("modified_after=2026-11-21&search=netsterk", 0),
        ("search=", 36),
    ],
)
def test_a_question_leaves_fewer(pilots: Scene, program: Client, question: str, count: int) -> None:
    assert asked(program, f"services?{question}")["total_items"] == count


def test_organisations_are_found_by_name_and_by_what_they_offer(pilots: Scene, program: Client) -> None:
    whole = asked(program, "organizations")
    assert whole["total_items"] == 12
    assert "De Linde" not in [one["name"] for one in whole["contents"]], "it offers nothing yet"
    assert asked(program, "organizations?search=mechelen")["total_items"] >= 1
    money = asked(program, f"organizations?taxonomy_term_id={term('money')}")["total_items"]
    assert 0 < money < 12
    one = whole["contents"][0]["id"]
    offered = asked(program, f"services?organization_id={one}")["contents"]
    assert {service["organization_id"] for service in offered} == {one}


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("services?per_page=0", "per_page"),
        ("services?per_page=201", "per_page"),
        ("services?page=-1", "page"),
        ("services?page=²", "page"),
        ("services?page=99999999999999999999", "page"),
        ("services?page=1.5", "page"),
        ("services?full=perhaps", "full"),
        ("services?modified_after=yesterday", "modified_after"),
        ("services?modified_after=2026-13-01", "modified_after"),
        ("services?taxonomy_term_id=school", "taxonomy_term_id"),
        ("services?organization_id=' OR 1=1", "organization_id"),
        ("services?format=ndjson", "format"),
        ("services?postcode=2800", "postcode"),
        ("services?modifed_after=2026-11-20", "modifed_after"),
        ("organizations?modified_after=2026-11-20", "modified_after"),
        ("taxonomies?full=true", "full"),
        ("?page=2", "page"),
    ],
)
def test_what_is_not_understood_is_named(
    pilots: Scene, program: Client, address: str, parameter: str
) -> None:
    answer = program.get(f"/hsds/v3/{address}")
    told = json.loads(answer.content)
    assert (answer.status_code, told["status"], told["parameter"]) == (400, 400, parameter)
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "no-store"
    assert parameter in told["title"]


def test_hidden_unknown_and_foreign_answer_the_same(pilots: Scene, program: Client) -> None:
    with pilots.as_(pilots.network) as nora:
        club = Organisation.objects.get(pk=pilots.club)
        closed = offers.add(club, OfferWords(name="Voetbal", status="closed"), by=nora, at=NOW,
                            spots=(Spot(town="Mechelen"),))  # fmt: skip
        spot = closed.spots.get()
    for address in (
        f"services/{closed.pk}",
        f"organizations/{pilots.club}",
        f"service_at_locations/{spot.pk}",
    ):
        hidden = asked(program, address, 404)
        assert hidden == asked(program, f"{address.partition('/')[0]}/{uuid4()}", 404)
    asked(program, "services?village=atlantis", 404)
    asked(program, f"taxonomies/{uuid4()}", 404)
    asked(program, f"taxonomy_terms/{uuid4()}", 404)


def test_only_reading(pilots: Scene, program: Client) -> None:
    strict = Client(enforce_csrf_checks=True, REMOTE_ADDR=somewhere())
    for answer in (strict.post("/hsds/v3/services", {}), strict.delete("/hsds/v3/services")):
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")
        assert json.loads(answer.content)["status"] == 405
    head = program.head("/hsds/v3/services")
    assert (head.status_code, head.content) == (200, b"")


def test_pages_of_other_sites_may_read(pilots: Scene, program: Client) -> None:
    first = program.options("/hsds/v3/services", headers={"Origin": "https://other.example"})
    assert (first.status_code, first["Access-Control-Allow-Origin"]) == (204, "*")
    assert "If-None-Match" in first["Access-Control-Allow-Headers"]
    for address, status in (("services", 200), ("services?page=0", 400), (f"services/{uuid4()}", 404)):
        answer = program.get(f"/hsds/v3/{address}")
        assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (status, "*")
        assert "Access-Control-Allow-Credentials" not in answer.headers
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_what_is_still_the_same_is_not_sent_twice(pilots: Scene, program: Client) -> None:
    first = program.get("/hsds/v3/services")
    assert first["Cache-Control"] == "public, max-age=300"
    assert first["Last-Modified"] == "Fri, 20 Nov 2026 10:00:00 GMT"
    same = program.get("/hsds/v3/services", headers={"If-None-Match": first["ETag"]})
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", first["ETag"])
    assert same["Access-Control-Allow-Origin"] == "*"
    french = program.get("/hsds/v3/services", headers={"Accept-Language": "fr"})
    assert french["ETag"] == first["ETag"]
    with pilots.as_(pilots.network) as nora:
        offer = Offer.objects.get(name="NETSTERK")
        offers.change(offer, OfferWords(name="NETSTERK"), by=nora, at=NOW)
    assert program.get("/hsds/v3/services", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_nothing_is_left_on_the_side_of_the_program(pilots: Scene, program: Client) -> None:
    for address in [*LISTS, "", "services?page=0", f"services/{uuid4()}"]:
        assert not program.get(f"/hsds/v3/{address}").cookies
    assert not program.cookies


def test_who_is_signed_in_reads_the_same_and_no_cache_keeps_it(
    pilots: Scene, program: Client, sign_in: SignIn
) -> None:
    address = "/hsds/v3/services?village=maasdorp"
    sam = sign_in(pilots.stranger).get(address)
    assert sam.content == program.get(address).content
    assert sam["Cache-Control"] == "no-store"


def test_a_flood_waits(pilots: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kring.web.network.hsds_answers.FROM_ONE_PLACE", 2)
    here, elsewhere = Client(REMOTE_ADDR=somewhere()), Client(REMOTE_ADDR=somewhere())
    answers = [here.get("/hsds/v3/taxonomies") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1]["Retry-After"] == "600"
    assert elsewhere.get("/hsds/v3/taxonomies").status_code == 200


@pytest.mark.parametrize("address", [*LISTS, "services?search=a&full=true&per_page=200", "one"])
def test_few_statements_however_many_records(
    pilots: Scene, program: Client, owner: psycopg.Connection, address: str
) -> None:
    if address == "one":
        address = f"services/{asked(program, 'services')['contents'][0]['id']}"

    def statements() -> int:
        with CaptureQueriesContext(connection) as found:
            assert program.get(f"/hsds/v3/{address}").status_code == 200
        return len(found)

    before = statements()
    with pilots.as_(pilots.network) as nora:
        club = Organisation.objects.get(pk=pilots.club)
        for number in range(30):
            spots = (Spot(town="Mechelen", street=f"Veld {number}"), Spot(town="Leiden"))
            offers.add(club, OfferWords(name=f"A {number}"), by=nora, at=NOW, spots=spots)
    assert statements() <= before <= MOST_STATEMENTS
