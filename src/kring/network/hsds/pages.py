"""JSON: a page of services, a bare list, one record, or lists of organisations and services side by side."""

from __future__ import annotations

import json
from typing import Any

from kring.network.hsds.organisations import read_location, read_organisation
from kring.network.hsds.rows import Book, Row
from kring.network.hsds.services import read_service
from kring.network.hsds.shapes import DEEPEST, Fields

_MARKS = {
    "taxonomy_term": {"taxonomy", "taxonomy_detail", "term_uri", "parent_id"},
    "service_at_location": {"service", "location"},
    "location": {"location_type", "addresses", "transportation", "latitude"},
    "organization": {"services", "organization_identifiers", "legal_status", "tax_status", "year_incorporated"},
    "service": {
        "organization", "organization_id", "service_at_locations", "application_process",
        "minimum_age", "cost_options", "status", "fees_description", "eligibility_description",
    },
}  # fmt: skip
_PAGES = ("contents", "items", "data", "results")
_LISTS = {"organizations": "organization", "services": "service", "locations": "location"}


def read_pages(words: str, book: Book) -> None:
    """Reads JSON text into the book."""
    try:
        content = json.loads(words)
    except json.JSONDecodeError as why:
        book.report_file("json_broken", line=why.lineno, column=why.colno)
        return
    except RecursionError:
        book.report_file("too_deep")
        return
    except ValueError:
        book.report_file("json_broken", line=1, column=1)
        return
    if _too_deep(content):
        book.report_file("too_deep")
        return
    records, book.reading.whole = _records(content)
    if not records:
        book.report_file("nothing_inside")
    for number, (kind, record) in enumerate(records, start=1):
        book.tell(number, len(records))
        _read_record(kind, record, book, number)


def _too_deep(content: Any) -> bool:
    """Whether lists and records are nested deeper than any honest directory."""
    layer = [content]
    for _ in range(DEEPEST):
        layer = [inner for outer in layer for inner in _inside(outer)]
        if not layer:
            return False
    return True


def _inside(outer: Any) -> list[Any]:
    inner = outer.values() if isinstance(outer, dict) else outer if isinstance(outer, list) else ()
    return [one for one in inner if isinstance(one, dict | list)]


def _records(content: Any) -> tuple[list[tuple[str, Any]], bool]:
    """The records in the file, each with its kind if the file says so, and whether they are the whole list."""
    if isinstance(content, list):
        return [("", one) for one in content], True
    if not isinstance(content, dict):
        return [], False
    for name in _PAGES:
        if isinstance(content.get(name), list):
            return [("", one) for one in content[name]], _only_page(content, len(content[name]))
    listed = [name for name in _LISTS if isinstance(content.get(name), list)]
    if listed and not {"id", "name"} & content.keys():
        return [(_LISTS[name], one) for name in listed for one in content[name]], True
    return [("", content)], False


def _only_page(page: Fields, size: int) -> bool:
    pages, items = page.get("total_pages"), page.get("total_items")
    if isinstance(pages, int) and pages > 1:
        return False
    if isinstance(items, int) and items > size:
        return False
    return page.get("first_page") is not False and page.get("last_page") is not False


def _read_record(kind: str, record: Any, book: Book, number: int) -> None:
    book.mind_the_time()
    if isinstance(record, dict):
        read_kind(kind or kind_of(record), Row(record, book, book.file, number))
    else:
        Row({}, book, book.file, number).leave_out("", "not_a_record")


def kind_of(record: Fields) -> str:
    """What a record is, told from the columns that only such a record has."""
    found = {kind: len(marks & record.keys()) for kind, marks in _MARKS.items()}
    if found["service_at_location"] == 2:
        return "service_at_location"
    best = max(found, key=lambda kind: found[kind])
    if found[best]:
        return best
    if {"website", "email"} & record.keys():
        return "organization"
    return "taxonomy" if {"uri", "version"} & record.keys() else "service"


def read_kind(kind: str, row: Row) -> None:
    """Reads a record of a known kind; kinds that hold no offer are named and left."""
    if kind == "service":
        read_service(row)
    elif kind == "organization":
        _read_organisation_with_services(row)
    elif kind == "service_at_location":
        _read_service_there(row)
    elif kind == "location":
        read_location(row)
    else:
        row.report("", "holds_no_offer", (("kind", kind),))


def _read_organisation_with_services(row: Row) -> None:
    own = read_organisation(row)
    for service in row.children("services"):
        if own and not service.fields.get("organization"):
            service.fields = {**service.fields, "organization_id": own}
        read_service(service)
    for place in row.children("locations"):
        read_location(place)


def _read_service_there(row: Row) -> None:
    service = row.child("service")
    if service is not None:
        place = {name: value for name, value in row.fields.items() if name != "service"}
        service.fields = {**service.fields, "service_at_locations": [place]}
        read_service(service)
