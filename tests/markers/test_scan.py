"""The search finds a word that was left somewhere on purpose, in every form."""

import base64
import gzip
import zlib
from pathlib import Path

import pytest

from markers import scan

WORD = "ZilverreigerQwErTyUiOpAsDfGhJkLz"
LEFT = {
    "raw": WORD.encode(),
    "backwards": WORD[::-1].encode(),
    "UTF-16LE": WORD.encode("utf-16-le"),
    "UTF-16BE": WORD.encode("utf-16-be"),
    "hexadecimal": WORD.encode().hex().encode(),
    "HEXADECIMAL": WORD.encode().hex().upper().encode(),
    **{f"base64 after {n}": base64.b64encode(b"x" * n + WORD.encode() + b"yz") for n in range(4)},
    "url-safe base64": base64.urlsafe_b64encode("é?".encode() + WORD.encode()),
    "gzip": gzip.compress(b"before " + WORD.encode()),
    "zlib": b"head" + zlib.compress(b"a" * 5000 + WORD.encode()) + b"tail",
    "base64 within gzip": gzip.compress(base64.b64encode(WORD.encode())),
}


@pytest.mark.parametrize("how", LEFT)
def test_a_word_left_on_purpose_is_found(tmp_path: Path, how: str) -> None:
    (tmp_path / "quiet").write_bytes(bytes(range(256)) * 400)
    assert scan.scan([tmp_path], [WORD]).found == []
    (tmp_path / "within").mkdir()
    (tmp_path / "within" / "loud").write_bytes(b"\x00\x9c" * 3000 + LEFT[how] + b"\xff" * 3000)
    assert len(scan.scan([tmp_path], [WORD]).found) == 1
