"""What goes out as HSDS 3.0: it fits the specification, and coming in again it is the same directory (rows N1, E14)."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from kring.network.hsds import Reading, Service, read
from kring.network.models import Offer, OfferPlace
from kring.network.published.finding import whole_directory
from kring.network.published.rhythms import opening_hours, schedule
from kring.network.usecases import lists, offers
from kring.network.usecases.offers import OfferWords, Spot
from kring.trust.models import Organisation
from network.judge import complaints
from network.samples import EXAMPLES, OFFERS, example_tables, packed
from network.scene import NOW, Scene


def gone_out(scene: Scene) -> dict[str, Any]:
    with scene.as_(scene.worker):
        return whole_directory(scene.village)


def come_in_again(directory: dict[str, Any]) -> Reading:
    return read("again.json", json.dumps(directory).encode())


def shown(service: Service, reading: Reading) -> dict[str, Any]:
    """What pages show of an offer, without ids and without what only the list knows."""
    home = reading.organisations[service.organisation]
    places = [replace(reading.locations[key], foreign_id="", extra={}) for key in service.locations]
    plain = replace(service, foreign_id="", organisation="", locations=(), extra={})
    return {
        "offer": plain,
        "organisation": replace(home, foreign_id="", extra={}, contact=replace(home.contact, role="")),
        "sector": reading.sectors.get(service.organisation),
        "places": places,
    }


def test_everything_fits_the_specification(pilots: Scene) -> None:
    directory = gone_out(pilots)
    assert (directory["total_items"], directory["last_page"], directory["empty"]) == (36, True, False)
    assert complaints("service", *directory["contents"]) == []


def test_the_judge_would_notice() -> None:
    assert complaints("service", {"id": "x", "name": "A"}) != []
    assert complaints("organization", {"id": "00000000-0000-0000-0000-000000000000", "name": "A"}) != []


def test_what_was_taken_over_comes_in_again_the_same(pilots: Scene) -> None:
    first = read("hsds-services.json", OFFERS.read_bytes())
    again = come_in_again(gone_out(pilots))
    assert (again.problems, again.whole, len(again.services)) == ([], True, 36)
    before = {one.name: shown(one, first) for one in first.services.values()}
    after = {one.name: shown(one, again) for one in again.services.values()}
    for name, offer in before.items():
        assert after[name] == offer, name


@pytest.mark.parametrize("file", ["service_full.json", "tables"])
def test_the_specifications_own_example_goes_out_as_it_came_in(scene: Scene, file: str) -> None:
    content = packed(example_tables()) if file == "tables" else (EXAMPLES / file).read_bytes()
    name = "examples.zip" if file == "tables" else file
    with scene.as_(scene.network) as nora:
        lists.take_over(lists.look(name, content, by=nora, at=NOW), by=nora, at=NOW)
    directory = gone_out(scene)
    assert complaints("service", *directory["contents"]) == []
    first, again = read(name, content), come_in_again(directory)
    (told,), (heard,) = first.services.values(), again.services.values()
    expected = shown(told, first)
    assert shown(heard, again)["organisation"] == expected["organisation"]
    assert shown(heard, again)["places"] == expected["places"]
    for part in ("words", "how_to_get_in", "conditions", "cost", "waiting", "youngest", "oldest", "languages",
                 "areas", "contact", "website", "domains", "themes"):  # fmt: skip
        assert getattr(heard, part) == getattr(told, part), part


def test_an_offer_written_by_hand_goes_out_whole(scene: Scene) -> None:
    words = OfferWords(
        name="Voetbal", words="We play. <b>Come!</b>", youngest=0, oldest=12, languages=("nl", "ti"), free=True,
        schedule="Every holiday", contact_name="Lieve", contact_role="trainer", contact_phone="015 12 34 56",
        contact_email="lieve@example.org", domains=("neighbourhood",), themes=("sports",), areas=("Zuid",),
        status="paused", waiting="two weeks", website="https://voetbal.example",
    )  # fmt: skip
    spot = Spot(name="Veld", street="Veldstraat 1", postcode="2800", town="Mechelen", neighbourhood="Zuid")
    with scene.as_(scene.lead) as lieve:
        club = Organisation.objects.get(pk=scene.club)
        made = offers.add(club, words, by=lieve, at=NOW, spots=(spot,))
    (told,) = gone_out(scene)["contents"]
    assert complaints("service", told) == []
    assert (told["id"], told["status"], told["minimum_age"]) == (str(made.pk), "temporarily closed", 0)
    assert told["last_modified"] == "2026-11-20T10:00:00.000Z"
    assert told["service_at_locations"][0]["location"]["addresses"][0]["country"] == "BE"
    again = come_in_again({"contents": [told]})
    (heard,) = again.services.values()
    assert (heard.domains, heard.themes) == (("neighbourhood",), ("sports",))
    assert (heard.contact.name, heard.contact.role, heard.contact.phone) == (
        "Lieve",
        "trainer",
        "015 12 34 56",
    )
    assert [one.words for one in heard.rhythms] == ["Every holiday"]
    assert (heard.status, heard.free, heard.youngest, heard.languages) == ("paused", True, 0, ("nl", "ti"))


def test_what_only_the_village_knows_stays_in_the_village(pilots: Scene) -> None:
    told = json.dumps(gone_out(pilots))
    assert "Antwerpen" in OFFERS.read_text(), "the list says more than the pages show"
    assert "Antwerpen" not in told
    with pilots.as_(pilots.worker):
        keys = Offer.objects.values_list("foreign_id", flat=True)
        assert [key for key in keys if key in told] == []
    assert str(pilots.network) not in told


def test_closed_and_vanished_offers_and_their_organisations_stay_in(scene: Scene) -> None:
    with scene.as_(scene.network) as nora:
        club = Organisation.objects.get(pk=scene.club)
        offers.add(club, OfferWords(name="Voetbal", status="closed"), by=nora, at=NOW)
        gone = offers.add(club, OfferWords(name="Dans"), by=nora, at=NOW)
        Offer.objects.filter(pk=gone.pk).update(gone_on=NOW.date())
    directory = gone_out(scene)
    assert (directory["contents"], directory["empty"], directory["total_pages"]) == ([], True, 0)


def test_ids_stay_when_an_offer_is_written_anew(scene: Scene) -> None:
    def ids() -> set[str]:
        (told,) = gone_out(scene)["contents"]
        spot = told["service_at_locations"][0]
        return {
            told["id"],
            spot["id"],
            spot["location_id"],
            told["contacts"][0]["id"],
            told["attributes"][0]["id"],
        }

    words = OfferWords(name="Voetbal", contact_name="Lieve", domains=("leisure",))
    with scene.as_(scene.lead) as lieve:
        club = Organisation.objects.get(pk=scene.club)
        made = offers.add(club, words, by=lieve, at=NOW, spots=(Spot(town="Mechelen"),))
    before = ids()
    with scene.as_(scene.lead) as lieve:
        offers.change(Offer.objects.get(pk=made.pk), replace(words, words="More."), by=lieve, at=NOW,
                      spots=(Spot(town="Mechelen"),))  # fmt: skip
        assert UUID(next(iter(OfferPlace.objects.values_list("id", flat=True))).hex)
    assert ids() == before


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            {"freq": "WEEKLY", "days": ["WE"], "opens": "09:00", "closes": "12:00"},
            ("WEEKLY", 1, "WE", "09:00"),
        ),
        ({"freq": "DAILY"}, ("WEEKLY", 1, "MO,TU,WE,TH,FR,SA,SU", None)),
        ({"freq": "YEARLY", "interval": 2}, ("MONTHLY", 24, "", None)),
        ({"freq": "MONTHLY", "interval": 3, "days": ["MO", "??"]}, ("MONTHLY", 3, "MO", None)),
        ({"days": ["SA"], "opens": "10:00"}, ("", None, "SA", "10:00")),
    ],
)
def test_every_rhythm_is_one_that_hsds_knows(told: dict[str, Any], expected: tuple[Any, ...]) -> None:
    found = schedule(told)
    assert (found["freq"], found["interval"], found["byday"], found["opens_at"]) == expected


def test_a_rhythm_that_hsds_does_not_know_is_told_in_words() -> None:
    found = schedule(
        {"freq": "DAILY", "interval": 3, "opens": "09:00", "closes": "12:00", "until": "2027-01-01"}
    )
    assert found == {"description": "every 3 days, 09:00–12:00", "valid_from": None, "valid_to": "2027-01-01"}


def test_opening_hours_are_written_only_where_they_come_every_week() -> None:
    weekly = {"freq": "WEEKLY", "days": ["TU", "MO"], "opens": "09:00", "closes": "12:30"}
    assert opening_hours([weekly, weekly]) == "Mo,Tu 09:00-12:30"
    assert opening_hours([weekly | {"interval": 2}, weekly | {"times": 8}, {"words": "by appointment"}]) == ""


def run(*words: str) -> int:
    from kring.commands import cli

    return cli.main(["export", *words])


def test_the_command_writes_a_file_that_can_be_taken_over(
    pilots: Scene, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "maasdorp.json"
    assert run("hsds", "--village", "maasdorp", "--out", str(file)) == 0
    assert capsys.readouterr().err == "36 offers of 12 organisations of Maasdorp.\n"
    assert len(read(file.name, file.read_bytes()).services) == 36
    assert [path.name for path in tmp_path.iterdir()] == ["maasdorp.json"]


def test_the_village_next_door_takes_the_file_over(pilots: Scene) -> None:
    content = json.dumps(gone_out(pilots)).encode()
    for expected in (36, 0):
        with pilots.as_(pilots.stranger) as sam:
            draft = lists.look("maasdorp.json", content, by=sam, at=NOW)
            assert draft.findings["offers"]["new"]["count"] == expected
            lists.take_over(draft, by=sam, at=NOW)
    names = [[one["name"] for one in whole_directory(village)["contents"]]
             for village in (pilots.village, pilots.other_village)]  # fmt: skip
    assert names[0] == names[1]


def test_the_village_itself_finds_its_own_offers_again(pilots: Scene) -> None:
    directory = gone_out(pilots)
    directory["contents"][0]["name"] = "Another name"
    with pilots.as_(pilots.network) as nora:
        before = set(Offer.objects.values_list("id", "source", "foreign_id"))
        places = set(OfferPlace.objects.values_list("id", "place_id"))
        draft = lists.look("own.json", json.dumps(directory).encode(), by=nora, at=NOW, source="own")
        assert draft.findings["offers"]["new"]["count"] == 0
        assert draft.findings["organisations"]["new"]["count"] == 0
        lists.take_over(draft, by=nora, at=NOW)
        assert set(Offer.objects.values_list("id", "source", "foreign_id")) == before
        assert set(OfferPlace.objects.values_list("id", "place_id")) == places
        assert Offer.objects.exclude(extra={}).exists(), "what the list says beside stays"
        first = lists.look(OFFERS.name, OFFERS.read_bytes(), by=nora, at=NOW)
        assert first.findings["offers"]["new"]["count"] == 0
    again = gone_out(pilots)["contents"]
    assert sorted(json.dumps(one) for one in again) == sorted(
        json.dumps(one) for one in directory["contents"]
    )


def test_on_the_screen_and_for_an_empty_village(scene: Scene, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("hsds", "--village", "elders") == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["contents"] == []
    assert told.err == "0 offers of 0 organisations of Elders.\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["hsds"], "Which village? Say --village SLUG. There are: elders, maasdorp."),
        (["hsds", "--village", "elders", "--out", "/nowhere/at/all.json"], "cannot be written"),
    ],
)
def test_what_is_missing_is_said(
    scene: Scene, capsys: pytest.CaptureFixture[str], words: list[str], sentence: str
) -> None:
    assert run(*words) == 1
    assert sentence in capsys.readouterr().err
