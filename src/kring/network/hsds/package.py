"""The tabular package: tables that point at each other, put together into whole services."""

from __future__ import annotations

import json
from pathlib import PurePosixPath

from kring.network import rules
from kring.network.hsds.organisations import read_organisation
from kring.network.hsds.rows import Book, Row, TableRow
from kring.network.hsds.services import read_service
from kring.network.hsds.shapes import Problem
from kring.network.hsds.tables import Table, decode, read_table

Tables = dict[str, Table]

_LINKS: dict[str, dict[str, tuple[str, str]]] = {
    "program": {"organization_id": ("organization", "programs")},
    "location": {"organization_id": ("organization", "locations")},
    "service_at_location": {
        "service_id": ("service", "service_at_locations"),
        "location_id": ("location", ""),
    },
    "contact": {
        "organization_id": ("organization", "contacts"),
        "service_id": ("service", "contacts"),
        "service_at_location_id": ("service_at_location", "contacts"),
        "location_id": ("location", "contacts"),
    },
    "phone": {
        "location_id": ("location", "phones"),
        "service_id": ("service", "phones"),
        "organization_id": ("organization", "phones"),
        "contact_id": ("contact", "phones"),
        "service_at_location_id": ("service_at_location", "phones"),
    },
    "address": {"location_id": ("location", "addresses")},
    "schedule": {
        "service_id": ("service", "schedules"),
        "location_id": ("location", "schedules"),
        "service_at_location_id": ("service_at_location", "schedules"),
    },
    "funding": {"organization_id": ("organization", "funding"), "service_id": ("service", "funding")},
    "service_area": {"service_id": ("service", "service_areas")},
    "required_document": {"service_id": ("service", "required_documents")},
    "language": {
        "service_id": ("service", "languages"),
        "location_id": ("location", "languages"),
        "phone_id": ("phone", "languages"),
    },
    "accessibility": {"location_id": ("location", "accessibility")},
    "taxonomy_term": {"taxonomy_id": ("taxonomy", "")},
    "cost_option": {"service_id": ("service", "cost_options")},
    "organization_identifier": {"organization_id": ("organization", "organization_identifiers")},
    "attribute": {"taxonomy_term_id": ("taxonomy_term", ""), "link_id": ("*", "attributes")},
    "metadata": {"resource_id": ("*", "metadata")},
    "service": {"organization_id": ("organization", ""), "program_id": ("program", "")},
}
"""Which column of which table points where, and under which name the record hangs there."""

_PLURALS = {"address": "addresses", "taxonomy": "taxonomies", "accessibility": "accessibility",
            "metadata": "metadata", "funding": "funding", "service_at_location": "service_at_location"}  # fmt: skip
_NAMES = {
    spelling: name
    for name in [*_LINKS, "organization", "taxonomy", "meta_table_description"]
    for spelling in (name, _PLURALS.get(name, name + "s"), name + "s", name + "es")
}


def read_package(files: dict[str, bytes], book: Book) -> None:
    """Reads the tables of a package (file name → content) into the book."""
    tables: Tables = {}
    for name, file in _resources(files).items():
        tables[name] = read_table(name, _short(file), files[file], book)
    if "service" not in tables and "organization" not in tables:
        book.report_file("no_tables")
        return
    for table in tables.values():
        _hang(table, tables, book)
    book.reading.whole = "service" in tables
    total, done = sum(len(tables[name].rows) for name in ("organization", "service") if name in tables), 0
    for name, reader in (("organization", read_organisation), ("service", read_service)):
        for row in tables[name].rows.values() if name in tables else ():
            done += 1
            book.tell(done, total)
            book.mind_the_time()
            reader(Row(row, book, row.file, row.line))


def _short(file: str) -> str:
    return rules.one_line(PurePosixPath(file.replace("\\", "/")).name, 80)


def _resources(files: dict[str, bytes]) -> dict[str, str]:
    """Which table stands in which file: as the package says, else by the file's name."""
    found: dict[str, str] = {}
    by_name = {_short(file).lower(): file for file in sorted(files, reverse=True)}
    for name, path in _declared(by_name, files).items():
        if path in by_name:
            found[name] = by_name[path]
    for short, file in by_name.items():
        stem, _, ending = short.rpartition(".")
        if ending in ("csv", "tsv", "txt") and stem in _NAMES:
            found.setdefault(_NAMES[stem], file)
    return dict(sorted(found.items()))


def _declared(by_name: dict[str, str], files: dict[str, bytes]) -> dict[str, str]:
    """The resources that datapackage.json names; a broken or borrowed one says nothing."""
    try:
        content = json.loads(decode(files[by_name["datapackage.json"]]))
        pairs = [(one["name"], one["path"]) for one in content["resources"]]
    except (KeyError, TypeError, ValueError, RecursionError):
        return {}
    return {
        _NAMES[name]: _short(path).lower()
        for name, path in pairs
        if isinstance(name, str) and isinstance(path, str) and name in _NAMES
    }


def _hang(table: Table, tables: Tables, book: Book) -> None:
    """Hangs every row of a table where its columns point; a pointer to nothing is reported."""
    for column, (target, under) in _LINKS.get(table.name, {}).items():
        known = _targets(target, tables)
        if known is None:
            if column in table.columns:
                book.report(Problem(table.file, 1, column, "table_missing", (("table", target),)))
            continue
        for row in table.rows.values():
            book.mind_the_time()
            key = rules.one_line(row.get(column, ""), 200)
            if key:
                _point(row, column, key, known, under, book)


def _point(row: TableRow, column: str, key: str, known: dict[str, TableRow], under: str, book: Book) -> None:
    """Ties one row to the row it names."""
    target = known.get(key)
    if target is None:
        book.report(Problem(row.file, row.line, column, "points_nowhere", (("value", key[:80]),)))
    elif not under:
        row[column.removesuffix("_id")] = target
    elif table_takes(target.table, column):
        if not isinstance(target.get(under), list):
            target[under] = []
        target[under].append(row)


def table_takes(table: str, column: str) -> bool:
    """Whether rows may hang on this table; remarks about remarks would go round in circles."""
    return column not in ("link_id", "resource_id") or table in ("service", "organization", "location")


def _targets(name: str, tables: Tables) -> dict[str, TableRow] | None:
    if name == "*":
        return {key: row for table in tables.values() for key, row in table.rows.items()}
    return tables[name].rows if name in tables else None
