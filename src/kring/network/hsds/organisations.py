"""Organisations, places and the people one can call, read once however often they are repeated."""

from __future__ import annotations

from kring.network import rules
from kring.network.hsds import values
from kring.network.hsds.rows import Row
from kring.network.hsds.shapes import Contact, Location, Organisation


def read_organisation(row: Row, fallback_id: str = "") -> str:
    """Reads an organisation into the book and returns its id; empty when it has no id or name."""
    foreign_id = row.line("id", 200) or fallback_id
    if foreign_id in row.book.reading.organisations:
        return foreign_id
    name = row.line("name")
    for column, value in (("id", foreign_id), ("name", name)):
        if not value:
            row.report(column, "missing")
            return ""
    row.book.reading.organisations[foreign_id] = Organisation(
        foreign_id=foreign_id,
        name=name,
        words=row.words("description"),
        website=row.read("website", values.web_address, "") or row.read("url", values.web_address, ""),
        email=row.read("email", values.email, ""),
        contact=contact_of(row),
        extra=_without(row, "services", "locations", "contacts", "phones"),
    )
    return foreign_id


def read_location(row: Row) -> str:
    """Reads a place into the book and returns its id; a place without an id is reported."""
    foreign_id = row.line("id", 200)
    if not foreign_id:
        row.report("id", "missing")
        return ""
    known = row.book.reading.locations
    if foreign_id not in known:
        known[foreign_id] = _location(row, foreign_id)
    return foreign_id


def _location(row: Row, foreign_id: str) -> Location:
    address = _address(row)
    return Location(
        foreign_id=foreign_id,
        name=row.line("name"),
        latitude=row.read("latitude", lambda value: values.degrees(value, 90), None),
        longitude=row.read("longitude", lambda value: values.degrees(value, 180), None),
        phone=_first_phone(row),
        access="\n".join(
            filter(None, (way.line("description", 500) for way in row.children("accessibility")))
        ),
        extra=row.rest("addresses", "contacts"),
        **address,
    )


def _address(row: Row) -> dict[str, str]:
    """The visiting address, or else the first one."""
    found = list(row.children("addresses"))
    physical = [one for one in found if one.line("address_type", 40) == "physical"]
    if not found:
        return {}
    one = (physical or found)[0]
    street = ", ".join(filter(None, (one.line("address_1"), one.line("address_2"))))
    return {
        "street": rules.one_line(street, 250),
        "postcode": one.line("postal_code", 20),
        "town": one.line("city", 120),
        "neighbourhood": one.line("region", 120),
        "country": one.line("country", 60),
    }


def contact_of(row: Row) -> Contact:
    """The first person with a telephone, else the first person; the desk's number when nobody has one."""
    desk = _first_phone(row)
    people = [_person(contact) for contact in row.children("contacts")]
    people = [person for person in people if person != Contact()]
    best = next((person for person in people if person.phone), people[0] if people else Contact())
    return Contact(best.name, best.role, best.email, best.phone or desk)


def _person(row: Row) -> Contact:
    return Contact(
        name=row.line("name", 120),
        role=row.line("title", 120) or row.line("department", 120),
        email=row.read("email", values.email, ""),
        phone=_first_phone(row),
    )


def _first_phone(row: Row) -> str:
    numbers = [phone.read("number", values.telephone, "") for phone in row.children("phones")]
    return next((number for number in numbers if number), "")


def _without(row: Row, *columns: str) -> dict[str, object]:
    """What is kept of an organisation: everything nobody read, without what is kept elsewhere."""
    row.used.update(columns)
    return row.rest("contacts", "phones")
