"""The handbook: every page in three languages, those of families in Arabic too; every link and picture there, readable by anybody."""

import re

import pytest
from django.test import Client

from kring.web.handbook import pages
from trust.scenes import Scene
from web import doorstep

pytestmark = pytest.mark.django_db
WRITTEN = [(file.stem, file.parent.name) for file in sorted(pages.BOOK.glob("*/*.md"))]
FOR_FAMILIES = {"contents", "families", "young-people", "telling", "danger", "forgotten", "signing-in"}


def test_every_page_is_written_in_three_languages_and_what_families_read_in_arabic() -> None:
    names = {pages.CONTENTS, *pages.NAMES}
    everywhere = {(name, language) for name in names for language in ("en", "nl", "fr")}
    assert set(WRITTEN) == everywhere | {(name, "ar") for name in FOR_FAMILIES}
    assert set(WRITTEN) == {(name, language) for name in names for language in pages.languages_of(name)}


def test_a_page_tells_the_same_in_each_of_its_languages() -> None:
    marks = r"^## |^\d\. |^- |^\| |^!\[|\]\([\w./-]+\)|\*\*"
    told: dict[str, dict[str, list[str]]] = {}
    for name, language in WRITTEN:
        text = (pages.BOOK / language / f"{name}.md").read_text().replace(f"/{language}/", "/")
        told.setdefault(name, {})[language] = re.findall(marks, text, re.MULTILINE)
    different = {name: each for name, each in told.items() if len(set(map(tuple, each.values()))) > 1}
    assert different == {}


@pytest.mark.parametrize(("name", "language"), WRITTEN)
def test_a_page_opens_with_its_pictures_and_leads_on(name: str, language: str) -> None:
    phone = Client(headers={"Accept-Language": language})
    answer = phone.get("/handbook/" if name == pages.CONTENTS else f"/handbook/{name}/")
    assert answer.status_code == 200
    book = re.search(r'<article class="book" lang="(\w+)".*?</article>', answer.content.decode(), re.S)
    assert book[1] == language
    assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in book[0]
    assert '<bdi lang="' not in answer.content.decode(), "nothing else is said of its language"
    assert book[0].count("<h1>") == 1
    for picture in re.findall(r'<img src="([^"]+)"', book[0]):
        assert f"/{language}/" in picture
        assert phone.get(picture).status_code == 200, picture
    assert re.findall(r'alt=""', book[0]) == [], "a picture says what it shows"
    for link in re.findall(r'<a href="(/handbook/[^"#]*)', book[0]):
        assert phone.get(link).status_code == 200, link


def test_a_page_without_arabic_says_so_in_arabic_and_no_other_file_opens() -> None:
    phone = Client(headers={"Accept-Language": "ar"})
    html = phone.get("/handbook/teachers/").content.decode()
    assert '<html lang="ar"' in html
    assert 'lang="en" dir="ltr">' in html.split("<article")[1].split("<h1>")[0]
    said = html.split("<article")[0]
    assert "هذه الصفحة ليست بلغتك بعد" in said
    assert re.findall(r'<bdi lang="(\w+)">', said) == ["en", "nl", "fr"]
    for wrong in ("/handbook/secrets/", "/handbook/pictures/en/nothing.png", "/handbook/pictures/ar/day.png"):
        assert phone.get(wrong).status_code == 404


@pytest.mark.parametrize(("country", "number"), [("BE", "112"), ("UK", "999")])
def test_in_danger_the_numbers_stand_first_and_are_one_tap_away(owner, country: str, number: str) -> None:
    Scene(owner, country)
    html = Client().get("/handbook/danger/").content.decode()
    first = html[html.index("<main") : html.index("<h1>")]
    assert re.findall(r'href="tel:(\d+)"', first) == [number, "015000000"]
    article = html[html.index("<article") :]
    assert article.index('href="tel:112"') < article.index("<img"), "no picture of a button before the button"
    assert (
        'href="/handbook/danger/"'
        in Client().get("/handbook/families/").content.decode().split("</article>")[0]
    )
    assert re.findall(r'href="tel:(\d+)"', Client().get("/trust/").content.decode().split('class="foot"')[0])[-2:] == [
        number, "015000000",
    ]  # fmt: skip


def test_a_family_finds_the_contact_point_at_the_foot_of_the_handbook_and_its_way_back(owner) -> None:
    door = doorstep.build(owner)
    html = doorstep.browser(owner, door.samira).get("/handbook/").content.decode()
    foot = html[html.index('class="foot"') :]
    assert 'href="tel:015000000"' in foot
    assert '<span class="face" data-kind="professional"><svg' in foot, (
        "a telephone: it is nobody whose name has a T"
    )
    assert f'class="back" href="/family/{door.family}/"' in html
    assert 'class="foot"' not in doorstep.browser(owner, door.els).get("/handbook/").content.decode()
