"""The handbook: every page in three languages, every link and picture there, readable by anybody."""

import re

import pytest
from django.test import Client

from kring.web.handbook import pages

pytestmark = pytest.mark.django_db
WRITTEN = [
    (name, language)
    for name in (pages.CONTENTS, *pages.NAMES)
    for language in pages.LANGUAGES
    if (pages.BOOK / language / f"{name}.md").is_file()
]


def test_what_is_written_is_written_in_every_language() -> None:
    names = {name for name, _language in WRITTEN}
    assert pages.CONTENTS in names
    assert set(WRITTEN) == {(name, language) for name in names for language in pages.LANGUAGES}


@pytest.mark.parametrize(("name", "language"), WRITTEN)
def test_a_page_opens_with_its_pictures_and_leads_on(name: str, language: str) -> None:
    phone = Client(headers={"Accept-Language": language})
    answer = phone.get("/handbook/" if name == pages.CONTENTS else f"/handbook/{name}/")
    assert answer.status_code == 200
    book = re.search(r'<article class="book" lang="(\w+)".*?</article>', answer.content.decode(), re.S)
    assert book[1] == language
    assert book[0].count("<h1>") == 1
    for picture in re.findall(r'<img src="([^"]+)"', book[0]):
        assert f"/{language}/" in picture
        assert phone.get(picture).status_code == 200, picture
    assert re.findall(r'alt=""', book[0]) == [], "a picture says what it shows"
    for link in re.findall(r'<a href="(/handbook/[^"#]*)', book[0]):
        assert phone.get(link).status_code == 200, link


def test_who_reads_arabic_gets_the_handbook_in_english_and_no_other_file_opens() -> None:
    phone = Client(headers={"Accept-Language": "ar"})
    html = phone.get("/handbook/").content.decode()
    assert '<html lang="ar"' in html
    assert '<article class="book" lang="en" dir="ltr">' in html
    for wrong in ("/handbook/secrets/", "/handbook/pictures/en/nothing.png", "/handbook/pictures/ar/day.png"):
        assert phone.get(wrong).status_code == 404
