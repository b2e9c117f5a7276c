"""Files as people really save them, and files that mean harm."""

import io
import json
import time
import zipfile
from typing import Any

import pytest

from kring.network.hsds import Reading, read
from network.samples import OFFERS, example_tables, packed

ORGANISATION = {"id": "o1", "name": "The Club"}
SERVICE: dict[str, Any] = {"id": "s1", "name": "Football", "status": "active", "organization": ORGANISATION}


def of(*services: object) -> Reading:
    return read("list.json", json.dumps(list(services)).encode())


def keys(reading: Reading) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.message_key) for one in reading.problems]


def tables(**rows: str) -> Reading:
    return read("t.zip", packed({f"{name}.csv": text.encode() for name, text in rows.items()}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_tables_from_any_spreadsheet_are_read(encoding: str, delimiter: str) -> None:
    files = {
        "organizations.csv": "id,name\no1,Café Müller\n".replace(",", delimiter).encode(encoding),
        "services.csv": "id,organization_id,name\ns1,o1,Été\n".replace(",", delimiter).encode(encoding),
    }
    reading = read("t.zip", packed(files))
    assert reading.problems == []
    assert reading.organisations["o1"].name == "Café Müller"
    assert reading.services["s1"].name == "Été"


def test_rows_that_cannot_be_read_are_named_by_line_and_the_rest_goes_on() -> None:
    reading = tables(
        organizations="id,name\no1,Club\n,Nameless\no1,Again\n",
        services="id,organization_id,name,minimum_age\ns1,o1,Good,6\ns2,o9,Lost,6\ns3,o1,Odd,six\ns4,o1,A,1,2,3\n",
    )
    assert list(reading.services) == ["s1", "s3"]
    assert {(one.file, one.row, one.column, one.message_key) for one in reading.problems} == {
        ("organizations.csv", 3, "id", "missing"),
        ("organizations.csv", 4, "id", "twice"),
        ("services.csv", 3, "organization_id", "points_nowhere"),
        ("services.csv", 3, "organization_id", "missing"),
        ("services.csv", 4, "minimum_age", "not_a_number"),
        ("services.csv", 5, "", "too_many_cells"),
    }


def test_a_missing_table_is_named_once() -> None:
    reading = tables(services="id,organization_id,name\n" + "".join(f"s{n},o1,A\n" for n in range(9)))
    assert [one for one in reading.problems if one.message_key == "table_missing"].__len__() == 1


def test_the_package_says_which_file_holds_which_table() -> None:
    package = {
        "resources": [{"name": "service", "path": "what.csv"}, {"name": "organization", "path": "who.csv"}]
    }
    files = {
        "datapackage.json": json.dumps(package).encode(),
        "who.csv": b"id,name\no1,Club\n",
        "what.csv": b"id,organization_id,name\ns1,o1,Good\n",
    }
    assert list(read("t.zip", packed(files)).services) == ["s1"]


def test_values_that_make_no_sense_are_left_out_and_named() -> None:
    reading = of(
        SERVICE
        | {
            "minimum_age": 18,
            "maximum_age": 6,
            "url": "javascript:alert(1)",
            "email": "nobody",
            "status": "sleeping",
            "phones": [{"number": "call us"}, {"number": "015 29 83 18"}],
            "schedules": [{"freq": "WEEKLY", "byday": "MO,XX", "opens_at": "25:00"}],
            "languages": [{"name": "Dutch"}, {"code": "eng"}, {"name": "Klingonese"}],
            "cost_options": [{"amount": "3,50", "currency": "eur"}, {"amount": "much"}],
        }
    )
    service = reading.services["s1"]
    assert (service.youngest, service.oldest, service.website, service.status) == (None, None, "", "active")
    assert service.contact.phone == "015 29 83 18"
    assert service.languages == ("nl", "en")
    assert (service.free, service.cost) == (False, "3.5 EUR")
    assert {(column, key) for _, column, key in keys(reading)} == {
        ("minimum_age", "ages_crossed"),
        ("url", "not_a_web_address"),
        ("email", "not_an_email"),
        ("status", "status_unknown"),
        ("phones[0].number", "not_a_telephone"),
        ("schedules[0].byday", "not_a_weekday"),
        ("schedules[0].opens_at", "not_a_time"),
        ("languages[2].code", "language_unknown"),
        ("cost_options[1].amount", "not_an_amount"),
    }


def test_records_without_name_or_organisation_are_left_out() -> None:
    reading = of(
        SERVICE, {"id": "s2", "status": "active", "organization": ORGANISATION}, 7, {**SERVICE}, None
    )
    assert list(reading.services) == ["s1"]
    assert (reading.left_out, reading.whole) == (3, False)
    assert keys(reading) == [
        (2, "name", "missing"),
        (3, "", "not_a_record"),
        (4, "id", "twice"),
        (5, "", "not_a_record"),
    ]


def test_a_telephone_is_never_given_to_another_name() -> None:
    people = [{"name": "Ann"}, {"name": "Bo", "phones": [{"number": "015 1 2 3 4"}]}]
    assert of(SERVICE | {"contacts": people}).services["s1"].contact.name == "Bo"
    desk = of(SERVICE | {"contacts": people[:1], "phones": [{"number": "015 9 9 9 9"}]}).services["s1"]
    assert (desk.contact.name, desk.contact.phone) == ("Ann", "015 9 9 9 9")


def test_organisations_that_carry_their_services_are_read() -> None:
    content = {
        "contents": [{**ORGANISATION, "legal_status": "club", "services": [{"id": "s1", "name": "Football"}]}]
    }
    assert read("o.json", json.dumps(content).encode()).services["s1"].organisation == "o1"


def test_lists_side_by_side_are_read() -> None:
    content = {
        "organizations": [ORGANISATION],
        "services": [{"id": "s1", "name": "A", "organization_id": "o1"}],
    }
    assert list(read("o.json", json.dumps(content).encode()).services) == ["s1"]


def test_one_page_of_ten_never_says_that_an_offer_is_gone() -> None:
    assert not read("p.json", json.dumps({"total_pages": 10, "contents": [SERVICE]}).encode()).whole
    assert not read("p.json", json.dumps({"total_items": 10, "contents": [SERVICE]}).encode()).whole
    assert not read("p.json", json.dumps(SERVICE).encode()).whole
    assert read("p.json", json.dumps({"total_pages": 1, "contents": [SERVICE]}).encode()).whole


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("a.json", b"", "empty"),
        ("a.json", b"   \n", "empty"),
        ("a.json", b"{", "json_broken"),
        ("a.json", b"[" * 100_000, "too_deep"),
        ("a.json", b"[" * 100 + b"]" * 100, "too_deep"),
        ("a.json", b"1" * 10_000, "json_broken"),
        ("a.json", b"[]", "nothing_inside"),
        ("a.json", b"null", "nothing_inside"),
        ("a.json", b"x" * (10 * 1024 * 1024 + 1), "too_large"),
        ("a.zip", b"PK\x03\x04 and then nothing", "zip_broken"),
        ("a.zip", packed({"readme.txt": b"hello"}), "no_tables"),
        ("a.zip", packed({f"{n}.csv": b"id" for n in range(300)}), "too_many_files"),
        ("a.zip", packed({"services.csv": b"0" * (11 * 1024 * 1024)}), "too_large"),
        ("photo.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF", "json_broken"),
    ],
)
def test_a_file_that_is_something_else_is_told_in_one_sentence(name: str, content: bytes, key: str) -> None:
    reading = read(name, content)
    assert [one.message_key for one in reading.problems] == [key]
    assert not reading.whole


def test_remarks_about_remarks_do_not_go_round_in_circles() -> None:
    reading = tables(
        organizations="id,name\no1,Club\n",
        services="id,organization_id,name,phones\ns1,o1,Good,text\n",
        phones="id,service_id,number\np1,s1,015 12 34 56\n",
        attributes="id,link_id,taxonomy_term_id\na1,m1,t1\na2,t1,t1\na3,s1,t1\n",
        taxonomy_terms="id,code,name\nt1,health,Health\n",
        metadata="id,resource_id\nm1,a1\nm2,m2\n",
    )
    assert reading.services["s1"].domains == ("health",)
    assert reading.services["s1"].contact.phone == "015 12 34 56"


def test_a_row_repeated_in_thousands_does_not_swell_the_village() -> None:
    reading = tables(
        organizations="id,name\no1,Club\n",
        programs="id,name,description\np1,Long," + "x" * 19_000 + "\n",
        services="id,organization_id,program_id,name\n" + "".join(f"s{n},o1,p1,A\n" for n in range(5_000)),
    )
    assert "too_large" in [one.message_key for one in reading.problems]
    assert not reading.whole


def test_a_slow_file_is_stopped_and_keeps_what_was_read() -> None:
    ticks = iter(range(1000))
    reading = read("slow.json", OFFERS.read_bytes(), now=lambda: float(next(ticks)))
    assert [one.message_key for one in reading.problems] == ["took_too_long"]
    assert 0 < len(reading.services) < 36
    assert not reading.whole


def test_ten_megabytes_take_less_than_ten_seconds() -> None:
    services = [SERVICE | {"id": f"s{n}", "description": "A long word. " * 30} for n in range(19_000)]
    content = json.dumps(services).encode()
    assert 9_000_000 < len(content) < 10_485_760
    start = time.monotonic()
    reading = read("big.json", content)
    assert time.monotonic() - start < 10
    assert reading.services


def test_at_most_a_thousand_problems_are_listed_and_all_are_counted() -> None:
    reading = of(*[{"id": str(n)} for n in range(1_500)])
    assert (len(reading.problems), reading.problem_count) == (1_000, 1_500)


def test_a_locked_zip_is_a_broken_zip() -> None:
    content = bytearray(packed({"services.csv": b"id,name\n"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    assert [one.message_key for one in read("a.zip", bytes(content)).problems] == ["zip_broken"]


def test_the_hidden_files_of_a_computer_are_not_read() -> None:
    files = {f"csv/{name}": content for name, content in example_tables().items()}
    files |= {"__MACOSX/csv/._services.csv": b"\0\5\6", "csv/.DS_Store": b"\1"}
    written = io.BytesIO(packed(files))
    assert len(zipfile.ZipFile(written).namelist()) == len(files)
    assert len(read("a.zip", written.getvalue()).services) == 1
