"""A bundle: several named files, pressed together and sealed as one; each with its sum, the whole with its end."""

import contextlib
import hashlib
import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from kring.ground.backups.sealing import Opener, Sealer, Unusable

NAME, DATA, SUM, END = b"N", b"D", b"S", b"Z"
PIECE = 1 << 18
HALF = ".unfinished"


class Bundle:
    """A bundle that is being written."""

    def __init__(self, sealer: Sealer) -> None:
        self.sealer = sealer

    def add(self, name: str, pieces: Iterable[bytes]) -> int:
        """One more file, from its pieces; its size."""
        size, sum_, press = 0, hashlib.sha256(), zlib.compressobj(6)
        self._frame(NAME, name.encode())
        for piece in pieces:
            size += len(piece)
            sum_.update(piece)
            self._data(press.compress(piece))
        self._data(press.flush())
        self._frame(SUM, sum_.digest())
        return size

    def _data(self, pressed: bytes) -> None:
        for begin in range(0, len(pressed), PIECE):
            self._frame(DATA, pressed[begin : begin + PIECE])

    def _frame(self, kind: bytes, content: bytes) -> None:
        self.sealer.write(kind + len(content).to_bytes(4, "big") + content)

    def finish(self) -> None:
        """Nothing follows."""
        self._frame(END, b"")
        self.sealer.finish()


@contextlib.contextmanager
def writing(path: Path, key: bytes, purpose: str) -> Iterator[Bundle]:
    """A bundle at this path; it has its name only when it is whole and on the disk."""
    half = path.with_name(path.name + HALF)
    handle = os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            bundle = Bundle(Sealer(file, key, purpose))
            yield bundle
            bundle.finish()
            file.flush()
            os.fsync(file.fileno())
        os.replace(half, path)
    except BaseException:
        half.unlink(missing_ok=True)
        raise
    settle(path.parent)


def reading(path: Path, key: bytes, purpose: str) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Each file of a bundle with its pieces, in their order. Raises Unusable, at the latest after the last."""
    with path.open("rb") as file:
        opener = Opener(file, key, purpose, path.name)
        while True:
            kind, content = _frame(opener)
            if kind == END:
                opener.finish()
                return
            if kind != NAME:
                raise Unusable(f"{path.name} is damaged. It is not used.")
            pieces = _pieces(opener, path.name)
            yield content.decode(), pieces
            for _rest in pieces:  # what nobody wanted is checked all the same
                pass


def _pieces(opener: Opener, name: str) -> Iterator[bytes]:
    sum_, press = hashlib.sha256(), zlib.decompressobj()
    while True:
        kind, content = _frame(opener)
        piece = press.decompress(content) if kind == DATA else press.flush()
        sum_.update(piece)
        if piece:
            yield piece
        if kind == SUM:
            if content != sum_.digest():
                raise Unusable(f"{name} is damaged. It is not used.")
            return


def _frame(opener: Opener) -> tuple[bytes, bytes]:
    head = opener.exactly(5)
    return head[:1], opener.exactly(int.from_bytes(head[1:], "big"))


def of_file(path: Path) -> Iterator[bytes]:
    """The pieces of a file on the disk."""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def settle(folder: Path) -> None:
    """What was named in a folder survives a power cut only when the folder itself is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
