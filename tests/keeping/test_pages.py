"""The pages on which an offer is kept right: for whoever keeps it, for families, and behind the letter (N1)."""

import io
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from clockwork import as_the_worker
from kring.network import questions
from kring.network.models import GoodToKnow, Keeping, Offer, Picture, SchoolHoliday
from network.scene import Scene

MOST_STATEMENTS = 14
PARTS = (
    "words",
    "status",
    "opening",
    "place",
    "ages",
    "getting-in",
    "contact",
    "cost",
    "languages",
    "pictures",
)


def text(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def photo(kind: str = "JPEG", size=(900, 600), **more) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "teal").save(made, kind, **more)
    return made.getvalue()


def upload(content: bytes, **more) -> dict:
    told = {"alt": "Een mat en een rij riemen", "maker": "Lieve", "licence": "permission"} | more
    return told | {"file": SimpleUploadedFile("foto.jpg", content)}


def test_every_page_is_there_for_whoever_keeps_the_offer_and_for_nobody_else(
    scene: Scene, offer, sign_in, client
):
    pages = [
        f"/village/offers/{offer.pk}/keep/",
        *(f"/village/offers/{offer.pk}/keep/{part}/" for part in PARTS),
    ]
    lieve, wout, sam = sign_in(scene.lead), sign_in(scene.worker), sign_in(scene.stranger)
    for page in pages:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert lieve.get(page).status_code == 200, page
        assert len(asked) <= MOST_STATEMENTS, (page, len(asked))
        assert (wout.get(page).status_code, sam.get(page).status_code) == (404, 404), page
        assert client.get(page).status_code == 302, page
    assert lieve.get(f"/village/offers/{offer.pk}/keep/nothing/").status_code == 404
    assert lieve.get(f"/village/offers/{uuid4()}/keep/").status_code == 404
    for page in ("/village/offers/to-call/", "/village/holidays/"):
        assert (wout.get(page).status_code, sign_in(scene.network).get(page).status_code) == (403, 200)
        break
    assert wout.get("/village/holidays/").status_code == 403


def test_what_is_missing_is_a_friendly_list_that_leads_to_the_field(scene: Scene, offer, sign_in):
    lieve, keep = sign_in(scene.lead), f"/village/offers/{offer.pk}/keep/"
    page = lieve.get(keep).content.decode()
    assert "When can one come?" in page
    assert f'href="{keep}opening/"' in page
    assert "%" not in re.sub(r"<[^>]*>", "", page), "never a score"
    lieve.post(keep + "cost/", {"price": "free"})
    assert "Also say when it is free" not in lieve.get(keep).content.decode()


def test_hours_are_said_and_families_read_them(scene: Scene, offer, sign_in, client):
    lieve, keep = sign_in(scene.lead), f"/village/offers/{offer.pk}/keep/"
    every_day = {f"day_{day}": "0-24" for day in ("MO", "TU", "WE", "TH", "FR", "SA", "SU")}
    answer = lieve.post(keep + "opening/", every_day | {"school_holidays": "also"})
    assert answer.status_code == 302
    assert "Open now until midnight." in text(client.get(f"/offers/{offer.pk}/"))
    assert "Open now until midnight." in text(client.get("/offers/"))
    lieve.post(keep + "opening/", {"day_WE": "14-16", "school_holidays": "closed", "schedule": "zaal 2"})
    page = text(client.get(f"/offers/{offer.pk}/"))
    assert "Wednesday, 14:00–16:00" in page
    assert "not in school holidays" in page.lower()


def test_a_mistake_in_the_hours_is_named_and_all_that_was_typed_stays(scene: Scene, offer, sign_in):
    lieve, keep = sign_in(scene.lead), f"/village/offers/{offer.pk}/keep/"
    typed = {
        "day_MO": "s middags",
        "day_TU": "9-12",
        "schedule": "zaal 2",
        "words_0": "kerst",
        "words_4": "later",
    }
    answer = lieve.post(keep + "opening/", typed | {f"since_{number}": "" for number in range(5)})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "We cannot read “s middags”." in page
    for words in ('value="9-12"', "zaal 2", "kerst", "later", "On which day is it different?"):
        assert words in page, words
    assert not GoodToKnow.objects.filter(offer=offer).exists()


def test_the_price_and_the_places_are_said_one_by_one(scene: Scene, offer, sign_in, client):
    lieve, keep = sign_in(scene.lead), f"/village/offers/{offer.pk}/keep/"
    assert (
        lieve.post(keep + "cost/", {"price": "paid", "amount": "2.50", "with_pass": "UiTPAS"}).status_code
        == 302
    )
    place = {"place_name": "De Loods", "street": "Kaai 1", "town": "Maasdorp", "areas": "Zuid\nZuid\nHaven"}
    assert lieve.post(keep + "place/", place).status_code == 302
    assert lieve.post(keep + "ages/", {"youngest": "12", "oldest": "6"}).status_code == 422
    page = text(client.get(f"/offers/{offer.pk}/"))
    for words in ("€2.50", "Cheaper with UiTPAS.", "De Loods", "Zuid and Haven"):
        assert words in page, words
    told = client.get(f"/hsds/v3/services/{offer.pk}").json()
    assert [(one["amount"], one["currency"]) for one in told["cost_options"]] == [(2.5, "EUR")]
    assert {one["name"] for one in told["service_areas"]} == {"Zuid", "Haven"}


def test_one_tap_says_yes_two_taps_are_one_and_a_slip_goes_back(scene: Scene, offer, sign_in, client):
    lieve, keep = sign_in(scene.lead), f"/village/offers/{offer.pk}/keep/"
    for _ in range(2):
        assert lieve.post(keep, {"deed": "right", "from": "mine"}).url == "/village/offers/mine/"
    assert f"Confirmed in {timezone.localdate():%B %Y} by Club Zuid." in text(
        client.get(f"/offers/{offer.pk}/")
    )
    lieve.post(keep, {"deed": "take back"})
    assert Keeping.objects.get(offer=offer).confirmed_at is None


def test_an_offer_nobody_confirmed_says_call_first(scene: Scene, offer, client, owner):
    owner.execute("UPDATE network_offer SET changed_at = now() - interval '245 days'")
    assert "Not confirmed for 8 months: call first." in text(client.get(f"/offers/{offer.pk}/"))
    assert "Not confirmed for 8 months: call first." in text(client.get("/offers/"))


def test_the_letters_page_needs_no_account_and_takes_each_answer_once(
    scene: Scene, offer, client, owner, sign_in, monkeypatch
):
    owner.execute("UPDATE network_offer SET changed_at = now() - interval '190 days'")
    ((question, _person),) = as_the_worker(questions.put, at=timezone.now())
    page = f"/offers/still-right/{questions.token(question)}/"
    monkeypatch.setattr(questions, "LONGEST_WORDS", 321)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(page)
    assert len(asked) <= MOST_STATEMENTS
    assert "Hello Lieve" in text(answer)
    assert 'maxlength="321"' in answer.content.decode(), "as long as what is kept of it"
    assert (answer["Referrer-Policy"], answer["Cache-Control"]) == ("same-origin", "no-store")
    assert client.post(page, {"offer": str(uuid4()), "right": "yes"}).status_code == 404
    assert client.post(page, {"offer": "x", "right": "yes"}).status_code == 404
    assert client.post(page, {"offer": str(offer.pk), "differs": "yes", "words": " "}).status_code == 422
    for _ in range(2):
        assert client.post(page, {"offer": str(offer.pk), "right": "yes"}).status_code == 302
    assert "Thank you. That was all." in text(client.get(page))
    client.post(page, {"offer": str(offer.pk), "differs": "yes", "words": "Het is nu op donderdag."})
    assert "We have your words." in text(client.get(page))
    listed = text(sign_in(scene.network).get("/village/offers/to-call/"))
    assert "Het is nu op donderdag." in listed
    assert "donderdag" not in text(client.get(f"/offers/{offer.pk}/"))
    assert client.get("/offers/still-right/x/").status_code == 404


def test_a_picture_hangs_without_what_the_camera_adds(scene: Scene, offer, sign_in, client):
    lieve, wall = sign_in(scene.lead), f"/village/offers/{offer.pk}/keep/pictures/"
    exif = Image.Exif()
    exif[0x010E] = "GPS of somebody's home"
    content = photo(exif=exif)
    for _ in range(2):
        assert lieve.post(wall, upload(content)).status_code == 302
    picture = Picture.objects.get()
    answer = client.get(f"/offers/pictures/{picture.pk}/large.jpg")
    assert (answer["Content-Type"], answer["Cache-Control"]) == (
        "image/jpeg",
        "private, max-age=31536000, immutable",
    )
    assert b"somebody's home" not in answer.content
    assert not Image.open(io.BytesIO(answer.content)).getexif()
    assert 'alt="Een mat en een rij riemen"' in client.get(f"/offers/{offer.pk}/").content.decode()
    assert client.get(f"/offers/pictures/{picture.pk}/huge.jpg").status_code == 404
    assert sign_in(scene.worker).post(wall, {"down": str(picture.pk)}).status_code == 404
    Offer.objects.filter(pk=offer.pk)
    for _ in range(2):
        assert lieve.post(wall, {"down": str(picture.pk)}).status_code == 302
    assert client.get(f"/offers/pictures/{picture.pk}/large.jpg").status_code == 404


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<svg onload=alert(1)>", "We cannot read this as a picture"), (b"", "We cannot read this as a picture"),
        (photo()[:900], "We cannot read this as a picture"), (photo("GIF"), "We cannot read this as a picture"),
        (photo(size=(90, 90)), "so small that nobody sees"), (photo("PNG", (8_000, 8_000)), "too large"),
        (photo("PNG", (6_000, 6_000)), "too large"),
    ],
    ids=["script", "empty", "broken", "other kind", "tiny", "bomb", "wall of dots"],
)  # fmt: skip
def test_what_is_no_picture_is_said_in_words_and_what_was_typed_stays(
    scene: Scene, offer, sign_in, content, sentence
):
    answer = sign_in(scene.lead).post(f"/village/offers/{offer.pk}/keep/pictures/", upload(content))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Een mat en een rij riemen" in answer.content.decode()
    assert Picture.objects.count() == 0


def test_the_network_coordinator_keeps_the_school_holidays(scene: Scene, sign_in):
    nora, today = sign_in(scene.network), timezone.localdate()
    days = {"name": "Kerst", "since": today.isoformat(), "until": (today + timedelta(days=9)).isoformat()}
    for _ in range(2):
        assert nora.post("/village/holidays/", days).status_code == 302
    holiday = SchoolHoliday.objects.get()
    assert nora.post("/village/holidays/", days | {"until": "2020-01-01"}).status_code == 422
    nora.post("/village/holidays/", {"away": str(holiday.pk)})
    assert not SchoolHoliday.objects.exists()
