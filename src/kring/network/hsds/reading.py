"""One file in, everything it tells and everything that is wrong in it out."""

from __future__ import annotations

import io
import time
import zipfile
import zlib
from collections.abc import Callable

from kring.network import rules
from kring.network.hsds.package import read_package
from kring.network.hsds.pages import read_pages
from kring.network.hsds.rows import Book, Tell, TookTooLong, TooMuch, to_nobody
from kring.network.hsds.shapes import MOST_ENTRIES, WHILE_SOMEBODY_WAITS, Limits, Reading
from kring.network.hsds.tables import decode


def read(
    name: str,
    content: bytes,
    now: Callable[[], float] = time.monotonic,
    *,
    limits: Limits = WHILE_SOMEBODY_WAITS,
    tell: Tell = to_nobody,
) -> Reading:
    """Reads an HSDS 3.0 file.

    Parameters: the file's name (only shown in problems), its bytes, a clock in seconds, the limits, and who
    hears how far it is. Returns a ``Reading``; never raises for anything the bytes may hold, only what ``tell``
    raises. Limits while somebody waits: 10 MB of text after unpacking, 200 files in a zip, 40 levels, eight seconds.
    """
    book = Book(rules.one_line(name.replace("\\", "/").rsplit("/", 1)[-1], 80) or "?", now, limits, tell)
    try:
        _read(content, book)
    except TookTooLong:
        book.reading.whole = False
        book.report_file("took_too_long")
    except TooMuch:
        book.reading.whole = False
        book.report_file("too_large", most=book.limits.megabytes)
    reading = book.reading
    reading.whole = reading.whole and not reading.left_out and bool(reading.services)
    return reading


def _read(content: bytes, book: Book) -> None:
    if len(content) > book.limits.bytes:
        book.report_file("too_large", most=book.limits.megabytes)
    elif not content.strip():
        book.report_file("empty")
    elif content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        book.reading.kind = "tables"
        files = _unpack(content, book)
        if files is not None:
            read_package(files, book)
    elif book.file.lower().endswith((".csv", ".tsv")):
        book.reading.kind = "tables"
        read_package({book.file: content}, book)
    else:
        book.reading.kind = "pages"
        read_pages(decode(content), book)


def _unpack(content: bytes, book: Book) -> dict[str, bytes] | None:
    """The files in a zip, never more than one file may hold, whatever the zip says of itself."""
    files: dict[str, bytes] = {}
    left = book.limits.bytes
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = [entry for entry in packed.infolist() if not entry.is_dir()]
            if len(entries) > MOST_ENTRIES:
                book.report_file("too_many_files", most=MOST_ENTRIES)
                return None
            for entry in entries:
                book.mind_the_time()
                if not _wanted(entry.filename):
                    continue
                with packed.open(entry) as opened:
                    files[entry.filename] = opened.read(left + 1)
                left -= len(files[entry.filename])
                if left < 0:
                    book.report_file("too_large", most=book.limits.megabytes)
                    return None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        book.report_file("zip_broken")
        return None
    return files


def _wanted(path: str) -> bool:
    parts = path.replace("\\", "/").split("/")
    return "__MACOSX" not in parts and not parts[-1].startswith(".")
