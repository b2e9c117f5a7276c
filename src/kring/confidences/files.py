"""Files as they are sent in confidence: what they are is read in them, never in their name."""

from dataclasses import dataclass

from kring.confidences.models import Attachment
from kring.network import photographs

MOST_BYTES = 8 * 1024 * 1024
MOST_FILES = 3
LONGEST_NAME = 80
ENDINGS = {
    "image/jpeg": "jpg", "application/pdf": "pdf", "audio/ogg": "ogg", "audio/webm": "webm", "audio/mp4": "m4a",
    "audio/mpeg": "mp3", "audio/wav": "wav",
}  # fmt: skip


class FileTooLarge(Exception):
    """More than one can send."""


class FileNotKnown(Exception):
    """No picture, no sound and no PDF, whatever it is called."""


@dataclass(frozen=True)
class Sent:
    """A file ready to be kept: a picture written anew, a sound or a PDF as it came."""

    name: str
    kind: str
    media_type: str
    content: bytes


def examined(name: str, content: bytes) -> Sent:
    """What a file is by its content. Raises FileTooLarge or FileNotKnown."""
    if len(content) > MOST_BYTES:
        raise FileTooLarge
    if content.startswith(b"%PDF-"):
        return Sent(_named(name, "application/pdf"), Attachment.Kind.PDF, "application/pdf", content)
    if sound := _sound(content[:16]):
        return Sent(_named(name, sound), Attachment.Kind.SOUND, sound, content)
    try:
        picture = photographs.redrawn(content)
    except photographs.PictureTooLarge as problem:
        raise FileTooLarge from problem
    except photographs.NotAPicture as problem:
        raise FileNotKnown from problem
    return Sent(_named(name, "image/jpeg"), Attachment.Kind.PICTURE, "image/jpeg", picture)


def _sound(start: bytes) -> str:
    """The kind of sound by its first bytes; nothing when it is none."""
    kinds = (
        (start.startswith(b"OggS"), "audio/ogg"),
        (start.startswith(b"\x1aE\xdf\xa3"), "audio/webm"),
        (
            start[4:8] == b"ftyp" and start[8:12] in {b"M4A ", b"M4B ", b"mp42", b"mp41", b"isom", b"iso5"},
            "audio/mp4",
        ),
        (start.startswith((b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")), "audio/mpeg"),
        (start.startswith(b"RIFF") and start[8:12] == b"WAVE", "audio/wav"),
    )
    return next((kind for fits, kind in kinds if fits), "")


def _named(name: str, media_type: str) -> str:
    """The name without folders, without signs that play tricks, and with the ending of what it is."""
    stem = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or name
    plain = "".join(sign for sign in stem if sign.isalnum() or sign in " -_").strip()[:LONGEST_NAME]
    return f"{plain or 'file'}.{ENDINGS[media_type]}"
