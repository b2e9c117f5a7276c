"""Attachments: what a file is is read in it, pictures lose what the camera wrote, and nothing is ever shown in a page."""

import io
import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from PIL import Image

from confidences.test_telling import NOTHING
from kring.confidences import files
from kring.confidences.models import Attachment, Telling
from kring.confidences.usecases import tellings
from kring.trust import viewer
from web.doorstep import browser, picture
from wraparound.home import LATER


def drawing():
    """A photograph of a drawing, with where it was taken beside it."""
    made, exif = io.BytesIO(), Image.Exif()
    exif[0x010E], exif[0x8825] = "MARKER", {1: "N", 2: (50.0, 50.0, 30.0)}
    Image.new("RGB", (120, 90), "orange").save(made, "JPEG", exif=exif)
    return made.getvalue()


def shares(client, address, *sent, words=""):
    """A form with files, as the page sends it."""
    key = re.search(r'name="form_key" value="([^"]+)"', client.get(address).content.decode())[1]
    return client.post(address, {"words": words, "form_key": key, "files": list(sent)})


def test_a_child_of_eight_shares_a_drawing_with_dad_only(home, owner):
    """Hard case 13."""
    yara, dad = browser(owner, home.yara), browser(owner, home.samir)
    sent = SimpleUploadedFile("../../mijn <b> draak.png.exe", drawing(), "text/html")
    answer = shares(yara, f"/me/tell/{home.samir}/", sent)
    assert answer.status_code == 302
    page = dad.get(answer["Location"]).content.decode()
    (address,) = re.findall(r'href="(/me/[^"]+/file/[^"]+)"', page)
    assert "<img" not in page
    assert "<b> draak" not in page
    got = dad.get(address)
    assert got["Content-Disposition"] == 'attachment; filename="mijn b draakpng.jpg"'
    assert got["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert (got["X-Content-Type-Options"], got["Content-Type"]) == ("nosniff", "image/jpeg")
    kept = Image.open(io.BytesIO(got.content))
    assert kept.size == (120, 90)
    assert not kept.getexif()
    assert b"MARKER" not in got.content
    for other in home.everybody_else(home.yara, home.samir):
        client = browser(owner, other)
        assert client.get(address).status_code == 404
        assert home.sees(other) == NOTHING
        with viewer.acting(other):
            assert Attachment.objects.count() == 0
    locked = owner.execute("SELECT content_locked, name_locked FROM confidences_attachment").fetchone()
    assert got.content[:64] not in bytes(locked[0])
    assert b"draak" not in bytes(locked[1])


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [("a.exe", b"%PDF-1.7 x", "pdf"), ("a.txt", b"OggS" + b"\0" * 20, "sound"), ("a", picture(), "picture"),
     ("a.m4a", b"\0\0\0\x20ftypM4A " + b"\0" * 9, "sound")],
)  # fmt: skip
def test_what_a_file_is_is_read_in_it(name, content, kind):
    assert files.examined(name, content).kind == kind


@pytest.mark.parametrize(
    "content", [b"", b"<svg onload=x>", b"MZ\x90", b"<html>", picture()[:40], b"PK\x03\x04"]
)
def test_anything_else_is_not_taken(content):
    with pytest.raises(files.FileNotKnown):
        files.examined("foto.jpg", content)


def test_too_large_too_many_and_unknown_are_said_in_words_and_what_was_typed_stays(home, owner):
    samira, address = browser(owner, home.samira), f"/me/tell/{home.mila}/"
    small = lambda: SimpleUploadedFile("a.pdf", b"%PDF-1.7")  # noqa: E731
    large = SimpleUploadedFile("a.pdf", b"%PDF-" + b"\0" * files.MOST_BYTES)
    for wrong, sentence in (([large], "too large"), ([small() for _ in range(4)], "more than 3"),
                            ([SimpleUploadedFile("a.jpg", b"<html>")], "cannot read")):  # fmt: skip
        answer = shares(samira, address, *wrong, words="Dit blijft staan.")
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert "Dit blijft staan." in answer.content.decode()
    assert shares(samira, address).status_code == 422, "neither words nor a file"
    assert owner.execute("SELECT count(*) FROM confidences_attachment").fetchone() == (0,)


def test_a_file_goes_with_its_telling_and_is_added_to_nobody_elses(home):
    sent = files.examined("a.pdf", b"%PDF-1.7 geheim")
    told = home.tells(home.samira, home.mila)
    with viewer.acting(home.samira) as me:
        row = tellings.add(told, "", key=uuid.uuid4(), by=me, at=LATER, files=[sent])
        assert Attachment.objects.get().content == b"%PDF-1.7 geheim"
    with viewer.acting(home.mila), pytest.raises(DatabaseError), transaction.atomic():
        Attachment(telling_id=row.pk, circle_id=told, subject_id=home.samira, author_id=home.mila, at=LATER,
                   kind="pdf", media_type="application/pdf", name_locked=b"", content_locked=b"").save()  # fmt: skip
    with viewer.acting(home.mila), pytest.raises(DatabaseError), transaction.atomic():
        Attachment.objects.all().delete()
    with viewer.acting(home.samira) as me:
        tellings.take_back(Telling.objects.get(pk=row.pk), by=me, at=LATER)
        assert Attachment.objects.count() == 0
