"""Real files: the six pilots' offers and the specification's own examples (row N1, E14)."""

import pytest

from kring.network.hsds import Problem, read
from network.samples import EXAMPLES, OFFERS, example_tables, packed


def test_the_pilots_list_gives_36_offers_of_12_organisations() -> None:
    reading = read("hsds-services.json", OFFERS.read_bytes())
    assert (len(reading.services), len(reading.organisations), reading.problems) == (36, 12, [])
    assert reading.whole
    assert len(reading.sectors) == 12


def test_the_contact_point_of_mechelen_is_read_in_full() -> None:
    reading = read("hsds-services.json", OFFERS.read_bytes())
    netsterk = next(one for one in reading.services.values() if one.name == "NETSTERK")
    assert (netsterk.youngest, netsterk.oldest, netsterk.free) == (0, 25, True)
    assert netsterk.languages == ("nl",)
    assert netsterk.areas == ("Mechelen",)
    assert len(netsterk.domains) > 5
    assert netsterk.how_to_get_in.startswith("Call, write or drop in")


def test_every_offer_of_the_pilots_has_a_life_domain() -> None:
    reading = read("hsds-services.json", OFFERS.read_bytes())
    assert all(one.domains for one in reading.services.values())


@pytest.mark.parametrize(
    ("file", "services", "organisations", "locations", "whole"),
    [
        ("service_full.json", 1, 1, 1, False),
        ("service_list.json", 1, 1, 0, False),
        ("location.json", 0, 0, 1, False),
        ("taxonomy.json", 0, 0, 0, False),
        ("taxonomy_list.json", 0, 0, 0, False),
        ("taxonomy_term.json", 0, 0, 0, False),
    ],
)
def test_every_json_example_is_read(
    file: str, services: int, organisations: int, locations: int, whole: bool
) -> None:
    reading = read(file, (EXAMPLES / file).read_bytes())
    found = (len(reading.services), len(reading.organisations), len(reading.locations), reading.whole)
    assert found == (services, organisations, locations, whole)


def test_a_file_without_offers_says_what_it_holds() -> None:
    reading = read("taxonomy_term.json", (EXAMPLES / "taxonomy_term.json").read_bytes())
    assert reading.problems == [
        Problem("taxonomy_term.json", 1, "", "holds_no_offer", (("kind", "taxonomy_term"),))
    ]


def test_a_latitude_of_100_degrees_is_named_and_the_rest_goes_on() -> None:
    reading = read("location.json", (EXAMPLES / "location.json").read_bytes())
    assert [(one.row, one.column, one.message_key) for one in reading.problems] == [
        (1, "latitude", "number_out_of_range")
    ]
    assert next(iter(reading.locations.values())).town == "MyCity"


def test_unknown_fields_of_a_service_are_kept() -> None:
    reading = read("service_full.json", (EXAMPLES / "service_full.json").read_bytes())
    service = next(iter(reading.services.values()))
    assert service.extra["accreditations"].startswith("All of our practitioners")
    assert service.extra["required_documents"][0]["uri"] == "http://example.com"
    assert service.contact.name == "Ann Persona"
    assert service.contact.phone == "+44 1234 234567"


@pytest.mark.parametrize("folder", ["", "csv/", "export/2026/"])
def test_every_broken_pointer_of_the_example_tables_is_named(folder: str) -> None:
    reading = read("examples.zip", packed(example_tables(), folder))
    assert (len(reading.services), len(reading.organisations), len(reading.locations)) == (1, 1, 1)
    lost = {
        (one.file, one.row, one.column) for one in reading.problems if one.message_key == "points_nowhere"
    }
    assert lost == {
        ("attributes.csv", 2, "link_id"),
        ("contacts.csv", 2, "organization_id"),
        ("contacts.csv", 2, "service_at_location_id"),
        ("locations.csv", 2, "organization_id"),
        ("metadata.csv", 2, "resource_id"),
        ("taxonomy_terms.csv", 2, "taxonomy_id"),
    }


def test_the_tables_and_the_record_tell_the_same_service() -> None:
    by_table = next(iter(read("examples.zip", packed(example_tables())).services.values()))
    by_record = next(iter(read("x.json", (EXAMPLES / "service_full.json").read_bytes()).services.values()))
    for part in ("name", "words", "cost", "free", "youngest", "oldest", "languages", "rhythms", "contact"):
        assert getattr(by_table, part) == getattr(by_record, part), part
