"""A service record becomes an offer: who, for whom, where, when, what it costs, how to get in."""

from __future__ import annotations

from kring.network import rules
from kring.network.hsds import values
from kring.network.hsds.organisations import contact_of, read_location, read_organisation
from kring.network.hsds.rows import Row
from kring.network.hsds.shapes import Contact, Fields, Rhythm, Service

STATUSES = {
    "active": "active",
    "temporarily closed": "paused",
    "paused": "paused",
    "inactive": "closed",
    "defunct": "closed",
    "closed": "closed",
}
_KEPT = ("attributes", "contacts", "phones", "languages", "cost_options", "service_areas", "schedules")
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")


def read_service(row: Row) -> None:
    """Reads one service into the book; without a name, an id or an organisation it is left out."""
    row.book.mind_the_time()
    foreign_id, name = row.line("id", 200), row.line("name")
    organisation = _organisation_of(row)
    for column, value in (("id", foreign_id), ("name", name), ("organization_id", organisation)):
        if not value:
            row.leave_out(column, "missing")
            return
    known = row.book.reading.services
    if foreign_id in known:
        row.report("id", "twice", (("value", foreign_id[:80]),))
        return
    known[foreign_id] = _service(row, foreign_id, name, organisation)


def _organisation_of(row: Row) -> str:
    nested = row.child("organization")
    named = row.line("organization_id", 200)
    if nested is not None:
        return read_organisation(nested, fallback_id=named)
    return named if named in row.book.reading.organisations else ""


def _service(row: Row, foreign_id: str, name: str, organisation: str) -> Service:
    free, cost = _cost(row)
    youngest, oldest = _ages(row)
    domains, themes = _terms(row, organisation)
    locations, there = _locations(row)
    return Service(
        foreign_id=foreign_id,
        organisation=organisation,
        name=name,
        words=row.words("description"),
        status=row.read("status", _status, "active"),
        website=row.read("url", values.web_address, ""),
        how_to_get_in=row.words("application_process", 2_000),
        conditions=row.words("eligibility_description", 2_000),
        waiting=row.line("wait_time"),
        cost=cost,
        free=free,
        youngest=youngest,
        oldest=oldest,
        languages=_languages(row),
        domains=domains,
        themes=themes,
        areas=_areas(row),
        locations=locations,
        rhythms=_rhythms(row),
        contact=_contact(row, organisation, there),
        extra=row.rest(*_KEPT) | ({"service_at_locations": kept} if (kept := _there(there)) else {}),
    )


def _there(rows: list[Row]) -> list[Fields]:
    """What is known of the offer at each place, beside the place itself."""
    kept = []
    for row in rows:
        place = row.child("location")
        more = row.rest("contacts", "phones")
        kept.append(more | ({"location_id": place.line("id", 200)} if place is not None else {}))
    return [one for one in kept if one]


def _status(value: object) -> str:
    words = values.as_text(value).strip().lower()
    if words and words not in STATUSES:
        raise values.Unreadable("status_unknown", value=words)
    return STATUSES.get(words, "active")


def _ages(row: Row) -> tuple[int | None, int | None]:
    def age(value: object) -> int | None:
        return values.whole_number(value, 0, rules.OLDEST)

    youngest, oldest = row.read("minimum_age", age, None), row.read("maximum_age", age, None)
    if youngest is not None and oldest is not None and youngest > oldest:
        row.report("minimum_age", "ages_crossed", (("youngest", str(youngest)), ("oldest", str(oldest))))
        return None, None
    return youngest, oldest


def _cost(row: Row) -> tuple[bool | None, str]:
    words = [row.words("fees_description", 1_000)]
    amounts = []
    for option in row.children("cost_options"):
        sum_of_money = option.read("amount", values.amount, None)
        who, more = option.line("option"), option.line("amount_description")
        currency = option.line("currency", 10).upper()
        if sum_of_money is not None:
            amounts.append(sum_of_money)
        if sum_of_money:
            words.append(
                " ".join(
                    part for part in (who + ":" if who else "", f"{sum_of_money:g}", currency, more) if part
                )
            )
    free = None if not amounts else not any(amounts)
    return free, rules.clean("\n".join(part for part in words if part), 1_000)


def _languages(row: Row) -> tuple[str, ...]:
    found = []
    for spoken in row.children("languages"):
        name = spoken.line("name")

        def code_of(code: object, name: str = name) -> str:
            return values.language(code, name)

        found.append(spoken.read("code", code_of, ""))
    return tuple(dict.fromkeys(code for code in found if code))


def _areas(row: Row) -> tuple[str, ...]:
    names = [area.line("name") for area in row.children("service_areas")]
    return tuple(dict.fromkeys(name for name in names if name))


def _terms(row: Row, organisation: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    domains: list[str] = []
    themes: list[str] = []
    for attribute in row.children("attributes"):
        term = attribute.child("taxonomy_term")
        if term is None:
            continue
        code, name = term.line("code"), term.line("name")
        vocabulary = rules.fold(term.line("taxonomy") or attribute.line("link_type"))
        if vocabulary == "sector":
            _remember_sector(row, organisation, code or name)
            continue
        if vocabulary != "theme":
            domains += rules.domains_of(code) or rules.domains_of(name)
        if vocabulary != "life domain":
            themes += rules.themes_of(code) or rules.themes_of(name)
    return tuple(dict.fromkeys(domains)), tuple(dict.fromkeys(themes))


def _remember_sector(row: Row, organisation: str, sector: str) -> None:
    row.book.reading.sectors.setdefault(organisation, rules.one_line(sector, 60))


def _locations(row: Row) -> tuple[tuple[str, ...], list[Row]]:
    found: list[str] = []
    rows: list[Row] = []
    for there in row.children("service_at_locations"):
        place = there.child("location")
        foreign_id = read_location(place) if place is not None else ""
        if foreign_id:
            found.append(foreign_id)
        rows.append(there)
    return tuple(dict.fromkeys(found)), rows


def _rhythms(row: Row) -> tuple[Rhythm, ...]:
    return tuple(
        rhythm for schedule in row.children("schedules") if (rhythm := _rhythm(schedule)) != Rhythm()
    )


def _rhythm(row: Row) -> Rhythm:
    return Rhythm(
        freq=row.read("freq", _frequency, ""),
        interval=row.read("interval", lambda value: values.whole_number(value, 1, 400), None) or 1,
        days=row.read("byday", values.weekdays, ()),
        opens=row.read("opens_at", values.clock, ""),
        closes=row.read("closes_at", values.clock, ""),
        times=row.read("count", lambda value: values.whole_number(value, 1, 10_000), None),
        since=row.read("valid_from", values.day, ""),
        until=row.read("valid_to", values.day, ""),
        words=row.words("description", 500),
    )


def _frequency(value: object) -> str:
    words = values.as_text(value).strip().upper()
    if words and words not in FREQUENCIES:
        raise values.Unreadable("rhythm_unknown", value=words)
    return words


def _contact(row: Row, organisation: str, there: list[Row]) -> Contact:
    """The nearest somebody to call: of the service, of where it takes place, of the organisation."""
    found = [contact_of(row), *(contact_of(place) for place in there)]
    home = row.book.reading.organisations[organisation]
    found += [home.contact, Contact(email=row.read("email", values.email, "") or home.email)]
    named = [contact for contact in found if contact.name]
    desks = [contact for contact in found if not contact.name]
    best = next((person for person in named if person.phone), named[0] if named else Contact())
    phone = best.phone or next((desk.phone for desk in desks if desk.phone), "")
    written = best.email or next((desk.email for desk in desks if desk.email), "")
    return Contact(best.name, best.role, written, phone)
