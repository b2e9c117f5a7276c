"""Taking over a list: look first, then yes; twice is the same as once (rows N1, E14)."""

import json
from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kring.network.models import ImportDraft, Offer, OfferPlace, OrganisationCard, Place
from kring.network.usecases import lists, offers
from kring.network.usecases.offers import OfferWords
from kring.trust.models import Organisation
from kring.trust.permissions import NotAllowed
from network.samples import EXAMPLES, OFFERS, example_tables, packed
from network.scene import NOW, Scene

LATER = NOW + timedelta(hours=1)

PILOTS: dict[str, Any] = json.loads(OFFERS.read_text())


def as_bytes(content: object) -> bytes:
    return json.dumps(content).encode()


def take(scene: Scene, content: object, name: str = "list.json", **options: Any) -> dict[str, Any]:
    """Looks at a list and takes it over as the network coordinator; the findings."""
    told = content if isinstance(content, bytes) else as_bytes(content)
    with scene.as_(scene.network) as nora:
        draft = lists.look(name, told, by=nora, at=NOW)
    with scene.as_(scene.network) as nora:
        return lists.take_over(draft, by=nora, at=NOW, **options).findings


def counts(findings: dict[str, Any]) -> tuple[int, int, int, int]:
    told = findings["offers"]
    return told["new"]["count"], told["changed"]["count"], told["same"], told["gone"]["count"]


def rows(scene: Scene) -> tuple[int, int, int, int]:
    with scene.as_(scene.worker):
        return (
            Offer.objects.count(),
            OrganisationCard.objects.count(),
            Place.objects.count(),
            OfferPlace.objects.count(),
        )


def test_looking_at_a_list_changes_nothing_yet(scene: Scene) -> None:
    with scene.as_(scene.network) as nora:
        draft = lists.look("hsds-services.json", OFFERS.read_bytes(), by=nora, at=NOW)
    assert counts(draft.findings) == (36, 0, 0, 0)
    assert draft.findings["organisations"]["new"]["count"] == 12
    assert draft.findings["problem_count"] == 0
    assert rows(scene) == (0, 0, 0, 0)


def test_the_pilots_36_offers_come_in_and_come_in_only_once(scene: Scene) -> None:
    take(scene, PILOTS)
    assert rows(scene) == (36, 12, 12, 36)
    with scene.as_(scene.worker):
        before = {offer.foreign_id: offer.pk for offer in Offer.objects.all()}
    again = take(scene, PILOTS)
    assert counts(again) == (0, 0, 36, 0)
    assert again["organisations"]["same"] == 12
    assert rows(scene) == (36, 12, 12, 36)
    with scene.as_(scene.worker):
        assert {offer.foreign_id: offer.pk for offer in Offer.objects.all()} == before
        assert Organisation.objects.filter(village_id=scene.village).count() == 15


def test_a_second_click_is_harmless(scene: Scene) -> None:
    with scene.as_(scene.network) as nora:
        draft = lists.look("list.json", as_bytes(PILOTS), by=nora, at=NOW)
    for _ in range(2):
        with scene.as_(scene.network) as nora:
            done = lists.take_over(draft, by=nora, at=NOW)
            assert counts(done.findings) == (36, 0, 0, 0)
    assert rows(scene) == (36, 12, 12, 36)


def test_a_changed_offer_keeps_its_place_in_plans_and_says_what_changed(scene: Scene) -> None:
    take(scene, PILOTS)
    changed = deepcopy(PILOTS)
    changed["contents"][0]["application_process"] = "Ring the blue bell."
    changed["contents"][0]["minimum_age"] = 3
    with scene.as_(scene.network) as nora:
        before = Offer.objects.get(name="NETSTERK").pk
        draft = lists.look("list.json", as_bytes(changed), by=nora, at=NOW)
    assert counts(draft.findings) == (0, 1, 35, 0)
    assert draft.findings["offers"]["changed"]["lines"][0]["what"] == ["youngest", "how_to_get_in"]
    with scene.as_(scene.network) as nora:
        lists.take_over(draft, by=nora, at=NOW)
        netsterk = Offer.objects.get(name="NETSTERK")
        assert (netsterk.pk, netsterk.youngest, netsterk.how_to_get_in) == (before, 3, "Ring the blue bell.")
        assert netsterk.extra["last_modified"] == "2022-12-31T12:00:00.000Z"


def test_an_offer_that_left_the_list_stays_until_somebody_says_hide(scene: Scene) -> None:
    take(scene, PILOTS)
    shorter = deepcopy(PILOTS) | {"total_items": 35}
    gone = shorter["contents"].pop()
    kept = take(scene, shorter)
    assert counts(kept) == (0, 0, 35, 1)
    with scene.as_(scene.worker):
        assert Offer.objects.shown().filter(name=gone["name"]).exists()
    assert take(scene, shorter, hide_gone=True)["hidden"] == 1
    with scene.as_(scene.worker):
        assert not Offer.objects.shown().filter(name=gone["name"]).exists()
        assert Offer.objects.count() == 36
    assert counts(take(scene, PILOTS)) == (0, 1, 35, 0)
    with scene.as_(scene.worker):
        assert Offer.objects.shown().filter(name=gone["name"]).exists()


def test_one_page_of_a_list_hides_nothing(scene: Scene) -> None:
    take(scene, PILOTS)
    page = deepcopy(PILOTS) | {"total_pages": 9}
    page["contents"] = page["contents"][:4]
    findings = take(scene, page, hide_gone=True)
    assert (counts(findings), findings["hidden"]) == ((0, 0, 4, 0), 0)


def test_what_a_lead_wrote_survives_a_list_that_did_not_change(scene: Scene) -> None:
    take(scene, PILOTS)
    with scene.as_(scene.network) as nora:
        offer = Offer.objects.get(name="NETSTERK")
        offers.change(offer, offers.OfferWords(name="NETSTERK", contact_phone="015 1 2 3 4"), by=nora, at=NOW)
    assert counts(take(scene, PILOTS)) == (0, 0, 36, 0)
    with scene.as_(scene.worker):
        assert Offer.objects.get(name="NETSTERK").contact_phone == "015 1 2 3 4"


def test_an_offer_somebody_typed_before_is_not_doubled(scene: Scene) -> None:
    mine = {"id": "s1", "name": "Voetbal!", "organization": {"id": "o1", "name": "CLUB zuid"}}
    with scene.as_(scene.lead) as lieve:
        club = Organisation.objects.get(pk=scene.club)
        typed = offers.add(club, offers.OfferWords(name="Voetbal"), by=lieve, at=NOW)
    take(scene, [mine])
    with scene.as_(scene.worker):
        offer = Offer.objects.get()
        assert (offer.pk, offer.foreign_id, offer.organisation_id) == (typed.pk, "s1", scene.club)
        assert Organisation.objects.get(pk=scene.club).sector == "leisure"


def test_the_example_tables_come_in_and_keep_their_unknown_fields(scene: Scene) -> None:
    findings = take(scene, packed(example_tables()), "examples.zip")
    assert counts(findings) == (1, 0, 0, 0)
    assert {"file": "contacts.csv", "row": 2, "column": "organization_id", "message_key": "points_nowhere",
            "params": {"value": "ae67a707-5893-4225-b0b1-320ab9cb596b"}} in findings["problems"]  # fmt: skip
    with scene.as_(scene.worker):
        offer = Offer.objects.get()
        assert offer.extra["licenses"] == "licences"
        assert (offer.contact_name, offer.contact_phone) == ("Ann Persona", "+44 1234 234567")
        assert offer.places.get().town == "MyCity"


def test_a_single_service_comes_in(scene: Scene) -> None:
    assert counts(take(scene, (EXAMPLES / "service_full.json").read_bytes())) == (1, 0, 0, 0)


def test_a_list_with_nothing_in_it_cannot_be_taken_over(scene: Scene) -> None:
    with scene.as_(scene.network) as nora:
        draft = lists.look("x.json", b"{", by=nora, at=NOW)
        with pytest.raises(lists.ListIsEmpty):
            lists.take_over(draft, by=nora, at=NOW)


def test_a_worker_may_not_take_over_a_list(scene: Scene) -> None:
    with scene.as_(scene.worker) as wout, pytest.raises(NotAllowed):
        lists.look("x.json", b"[]", by=wout, at=NOW)


def test_the_next_village_neither_sees_nor_takes_over_our_draft(scene: Scene) -> None:
    with scene.as_(scene.network) as nora:
        draft = lists.look("list.json", as_bytes(PILOTS), by=nora, at=NOW)
    with scene.as_(scene.stranger) as sam:
        assert lists.draft_of(draft.pk) is None
        with pytest.raises(ImportDraft.DoesNotExist):
            lists.take_over(draft, by=sam, at=NOW)


def test_two_villages_may_take_over_the_same_list(scene: Scene) -> None:
    take(scene, PILOTS)
    with scene.as_(scene.stranger) as sam:
        draft = lists.look("list.json", as_bytes(PILOTS), by=sam, at=NOW)
        assert counts(lists.take_over(draft, by=sam, at=NOW).findings) == (36, 0, 0, 0)


def test_a_long_list_takes_few_statements(scene: Scene) -> None:
    def statements(size: int) -> int:
        page = [service | {"id": f"{size}-{n}"} for n, service in enumerate(PILOTS["contents"] * 20)][:size]
        with scene.as_(scene.network) as nora:
            draft = lists.look("list.json", as_bytes(page), by=nora, at=NOW)
            with CaptureQueriesContext(connection) as asked:
                lists.take_over(draft, by=nora, at=NOW)
        return len(asked)

    assert statements(30) <= 16
    assert statements(700) <= 20


def everything(scene: Scene) -> list[tuple[Any, ...]]:
    """Every word of every offer, place and card that is shown, but not when it was written."""
    with scene.as_(scene.worker):
        shown = Offer.objects.shown().in_order()
        told = [tuple(getattr(one, field.attname) for field in Offer._meta.concrete_fields) for one in shown]
        return [
            *told,
            *OfferPlace.objects.filter(offer__in=shown).order_by("id").values_list("offer_id", "place_id"),
            *Place.objects.order_by("id").values_list(),
            *OrganisationCard.objects.order_by("id").values_list(),
        ]


def test_a_list_can_be_undone_as_if_it_had_never_come(scene: Scene) -> None:
    take(scene, PILOTS)
    before = everything(scene)
    other = deepcopy(PILOTS)
    gone = other["contents"].pop()
    other["contents"][0] |= {"application_process": "Ring the blue bell.", "service_at_locations": []}
    other["contents"][1]["organization"]["description"] = "Somebody new writes about us."
    other["contents"].append(deepcopy(gone) | {"id": "new-1", "name": "Something new"})
    with scene.as_(scene.network) as nora:
        draft = lists.look("list.json", as_bytes(other), by=nora, at=LATER)
        lists.take_over(draft, by=nora, at=LATER, hide_gone=True)
    assert everything(scene) != before
    for _ in range(2):
        with scene.as_(scene.network) as nora:
            assert lists.undo(draft, by=nora, at=LATER).state == "undone"
    assert everything(scene) == before
    with scene.as_(scene.worker) as wout, pytest.raises(NotAllowed):
        lists.undo(draft, by=wout, at=LATER)


def test_what_somebody_wrote_after_the_list_stays_when_the_list_is_undone(scene: Scene) -> None:
    with scene.as_(scene.network) as nora:
        draft = lists.look("list.json", as_bytes(PILOTS), by=nora, at=NOW)
        lists.take_over(draft, by=nora, at=NOW)
        offers.change(
            Offer.objects.get(name="NETSTERK"), OfferWords(name="NETSTERK", words="Ours."), by=nora, at=LATER
        )
        lists.undo(draft, by=nora, at=LATER)
        assert [one.words for one in Offer.objects.shown()] == ["Ours."]
