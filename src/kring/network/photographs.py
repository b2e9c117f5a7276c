"""Photographs as they come from a telephone, made fit for the page: turned upright, smaller, and without
anything the camera wrote beside them (where and when it was taken)."""

from __future__ import annotations

import hashlib
import io
import struct
import warnings
import zlib
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 12 * 1024 * 1024
MOST_PIXELS = 60_000_000
#: Of what must be unpacked whole: a JPEG comes out smaller at once, a PNG of few bytes may be a wall of dots.
MOST_UNPACKED = 25_000_000
SMALLEST_SIDE = 200
LARGE, SMALL = 1280, 480
KINDS = ("JPEG", "PNG", "WEBP")
MEDIA_TYPE = "image/jpeg"
#: What a reader of pictures stumbles over when they are none, or broken inside.
BROKEN = (
    UnidentifiedImageError, OSError, ValueError, SyntaxError, TypeError, ArithmeticError, Warning, LookupError,
    AttributeError, MemoryError, EOFError, struct.error, zlib.error,
)  # fmt: skip


class PictureTooLarge(Exception):
    """More bytes or more dots than a page needs."""


class PictureTooSmall(Exception):
    """So few dots that nobody sees what it is."""


class NotAPicture(Exception):
    """What is inside is no JPEG, PNG or WebP, whatever the file is called."""


@dataclass(frozen=True)
class Photograph:
    """A picture in two sizes, written anew, and the fingerprint of what came in."""

    large: bytes
    small: bytes
    width: int
    height: int
    digest: str


def develop(content: bytes) -> Photograph:
    """The picture in the sizes of the page.

    Raises PictureTooLarge, PictureTooSmall or NotAPicture; nothing else, whatever the bytes are.
    """
    if len(content) > MOST_BYTES:
        raise PictureTooLarge
    whole = _opened(content)
    if min(whole.size) < SMALLEST_SIDE:
        raise PictureTooSmall
    large, small = _within(whole, LARGE), _within(whole, SMALL)
    digest = hashlib.sha256(content).hexdigest()
    return Photograph(_written(large), _written(small), *large.size, digest)


def redrawn(content: bytes) -> bytes:
    """A picture of any size written anew as JPEG, with nothing beside its dots. Raises PictureTooLarge or NotAPicture."""
    if len(content) > MOST_BYTES:
        raise PictureTooLarge
    return _written(_within(_opened(content), LARGE))


def _opened(content: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(content), formats=KINDS) as found:
                if found.width * found.height > MOST_PIXELS:
                    raise PictureTooLarge
                found.draft("RGB", (LARGE, LARGE))
                if found.width * found.height > MOST_UNPACKED:
                    raise PictureTooLarge
                return _plain(ImageOps.exif_transpose(found))
    except PictureTooLarge:
        raise
    except Image.DecompressionBombError as problem:
        raise PictureTooLarge from problem
    except BROKEN as problem:
        raise NotAPicture from problem


def _plain(found: Image.Image) -> Image.Image:
    """On white, in the usual colours; only the dots are taken along."""
    seen = found.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper


def _within(whole: Image.Image, side: int) -> Image.Image:
    smaller = whole.copy()
    smaller.thumbnail((side, side), Image.Resampling.LANCZOS)
    return smaller


def _written(found: Image.Image) -> bytes:
    written = io.BytesIO()
    found.save(written, "JPEG", quality=82, optimize=True, progressive=True)
    return written.getvalue()
