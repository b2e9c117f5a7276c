"""The sign of a village as it was sent, drawn anew: only its dots go on, nothing a camera or a program wrote beside."""

import io
import warnings

from PIL import Image

#: What comes in, how large it may be, and how large it stands on a page.
KINDS = {"PNG": "png", "JPEG": "jpeg"}
MOST_DOTS = 16_000_000
SIDE = 512


class NoPicture(Exception):
    """What was sent is no picture we can show, or too large."""


def drawn_anew(sent: bytes) -> tuple[str, bytes]:
    """Its kind and its dots; everybody who comes by sees it, so it is small and whole.

    Raises NoPicture; nothing else, whatever the bytes are.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(sent), formats=list(KINDS)) as found:
                if found.width * found.height > MOST_DOTS:
                    raise NoPicture
                kind = KINDS[str(found.format)]
                plain = found.convert("RGBA" if kind == "png" else "RGB")
        plain.thumbnail((SIDE, SIDE))
        plain.info = {}
        written = io.BytesIO()
        plain.save(written, "PNG" if kind == "png" else "JPEG", optimize=True)
    except NoPicture:
        raise
    except Exception as problem:  # a broken picture breaks its reader in many ways
        raise NoPicture from problem
    return kind, written.getvalue()
