"""Every file of a folder, searched for words as they are, in base64, hexadecimal, UTF-16, and within what is pressed."""

import base64
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

MOST = 64 << 20
PRESSED = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")


@dataclass
class Scanned:
    """What was looked through, and what was found."""

    files: int = 0
    size: int = 0
    streams: int = 0
    found: list[str] = field(default_factory=list)


def forms(word: str) -> Iterator[tuple[str, bytes]]:
    """A word in each form in which a program may write it down; long enough parts of it, wherever it begins."""
    raw = word.encode()
    yield "as it is", raw
    yield "backwards", raw[::-1]
    for name, other in (("UTF-16LE", "utf-16-le"), ("UTF-16BE", "utf-16-be")):
        yield name, word.encode(other)
    yield "hexadecimal", raw.hex().encode()
    yield "HEXADECIMAL", raw.hex().upper().encode()
    for before in range(3):  # base64 depends on where the word begins; its last letters on what follows
        shifted = base64.b64encode(b"\0" * before + raw).rstrip(b"=")[(0, 2, 3)[before] : -1]
        yield f"base64+{before}", shifted
        yield f"url-safe base64+{before}", shifted.replace(b"+", b"-").replace(b"/", b"_")


def pattern(words: Iterable[str]) -> re.Pattern[bytes]:
    """All forms of all words."""
    every = {form for word in words for _name, form in forms(word)}
    return re.compile(b"|".join(re.escape(form) for form in sorted(every)))


def scan(folders: Iterable[Path], words: Iterable[str]) -> Scanned:
    """Look through every file under these folders."""
    wanted, scanned = pattern(words), Scanned()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink():
                content = path.read_bytes()
                scanned.files, scanned.size = scanned.files + 1, scanned.size + len(content)
                found = wanted.search(content)
                where = "" if found else _within(content, wanted, scanned)
                if found or where:
                    scanned.found.append(f"{path}{where}")
    return scanned


def _within(content: bytes, wanted: re.Pattern[bytes], scanned: Scanned) -> str:
    """The same within streams that are pressed, wherever they begin."""
    for start in PRESSED.finditer(content):
        unpress = zlib.decompressobj(47)
        try:
            inner = unpress.decompress(content[start.start() :], MOST)
        except zlib.error:
            continue
        if len(inner) > 16:
            scanned.streams += 1
            if wanted.search(inner):
                return f" (pressed, from byte {start.start()})"
    return ""
