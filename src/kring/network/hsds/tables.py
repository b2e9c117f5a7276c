"""Tables as people save them: with or without byte order mark, comma or semicolon, old code pages."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field

from kring.network import rules
from kring.network.hsds.rows import Book, TableRow
from kring.network.hsds.shapes import Problem


@dataclass(slots=True)
class Table:
    """One table of the package: its file, its columns and its rows by id."""

    name: str
    file: str
    columns: list[str] = field(default_factory=list)
    rows: dict[str, TableRow] = field(default_factory=dict)


def decode(content: bytes) -> str:
    """Bytes as text: UTF-8 or UTF-16 by its mark, UTF-8 if it is, else Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def read_table(name: str, file: str, content: bytes, book: Book) -> Table:
    """Reads one table; rows that cannot be read are reported by line and left out."""
    table = Table(name, file)
    words = decode(content).replace("\0", "")
    lines = csv.reader(io.StringIO(words, newline=""), delimiter=_delimiter(words))
    while True:
        try:
            cells = next(lines)
        except StopIteration:
            return table
        except csv.Error:
            book.leave_out(Problem(file, lines.line_num, "", "row_broken"))
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if not table.columns:
            table.columns = _columns(cells, file, lines.line_num, book)
        elif not _keep(cells, lines.line_num, table, book):
            return table


def _delimiter(words: str) -> str:
    head = words.lstrip("\n\r").split("\n", 1)[0][:10_000]
    return max(",;\t|", key=head.count)


def _columns(cells: list[str], file: str, line: int, book: Book) -> list[str]:
    """The names of the columns; a doubled name is reported and its second column not used."""
    columns: list[str] = []
    for cell in cells:
        name = rules.one_line(cell, 100).lower().replace(" ", "_")
        if name and name in columns:
            book.report(Problem(file, line, name, "column_twice"))
            name = ""
        columns.append(name)
    if "id" not in columns:
        book.leave_out(Problem(file, line, "id", "column_missing"))
    return columns


def _keep(cells: list[str], line: int, table: Table, book: Book) -> bool:
    """Keeps one row under its id; false when the table is longer than we read."""
    book.mind_the_time()
    if len(table.rows) >= book.limits.rows:
        book.leave_out(Problem(table.file, line, "", "too_many_rows", (("most", str(book.limits.rows)),)))
        return False
    if any(cell.strip() for cell in cells[len(table.columns) :]):
        book.leave_out(Problem(table.file, line, "", "too_many_cells"))
        return True
    row = TableRow(
        {name: cell for name, cell in zip(table.columns, cells, strict=False) if name and cell.strip()}
    )
    row.table, row.file, row.line = table.name, table.file, line
    key = rules.one_line(row.get("id", ""), 200)
    if not key:
        if "id" in table.columns:
            book.leave_out(Problem(table.file, line, "id", "missing"))
    elif key in table.rows:
        book.report(Problem(table.file, line, "id", "twice", (("value", key[:80]),)))
    else:
        table.rows[key] = row
    return True
