"""The circle as a picture: nobody's face or name covers another's, however many there are."""

import random

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from kring.web.design.ring_shapes import NARROW, SHAPES, WIDE, Circle, Person, Picture
from kring.web.design.rings import lay_out
from kring.web.design.words_in_space import ELLIPSIS, fitted, in_lines, short_name, short_names, width

NAMES = (
    "Mama", "Papa", "Yara", "Oma Fatna", "Bilal", "Els", "Juf Lotte", "Noor", "Mevr. Maes", "Dr. Peeters", "Tarik", "Bib",
    "Marguerite-Alexandrine Vandenbroucke-Dewitte", "Sara Bakkali", "Sara Dewit", "Mohammed El Amrani", "Jo",
    "Annelies Vandermeulen", "Ümit", "Wim", "Kobe", "Fien", "Zoë", "Hind", "Bartholomeus",
)  # fmt: skip
ARABIC = ("ماما", "بابا", "الجدة فاطمة", "سميرة", "السيدة عائشة بنت عبد الرحمن", "المعلمة لوته")
ROLES = ("mother", "father", "sister", "doctor", "coordinator", "homework club on Tuesdays")


def crowd(count: int, names: tuple[str, ...] = NAMES) -> tuple[Person, ...]:
    """So many people, most of them farther away from the child."""
    dice = random.Random(count)
    rings = [1 + (dice.random() > 0.2) + (dice.random() > 0.5) for _ in range(count)]
    kinds = ("family", "natural", "professional")
    return tuple(
        Person(names[n % len(names)], ROLES[n % len(ROLES)], kinds[n % 3], rings[n], f"/people/{n}/")
        for n in range(count)
    )


def assert_everyone_is_free(picture: Picture) -> None:
    for number, one in enumerate(picture.places):
        for other in picture.places[:number]:
            assert one.box.apart(other.box) > 0, f"{one.person.name} covers {other.person.name}"
        assert one.box.x >= 0
        assert one.box.y >= 0
        assert one.box.x + one.box.w <= picture.width
        assert one.box.y + one.box.h <= picture.height


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("names", [NAMES, ARABIC])
@pytest.mark.parametrize("count", [0, 1, 2, 5, 8, 12, 25])
def test_nobody_covers_anybody(count: int, names: tuple[str, ...], shape: str) -> None:
    picture = lay_out(crowd(count, names), shape)
    assert len(picture.places) == count
    assert_everyone_is_free(picture)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.builds(
            Person,
            name=st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=60),
            role=st.text(max_size=40),
            ring=st.integers(-1, 5),
        ),
        max_size=14,
    ),
    st.sampled_from(sorted(SHAPES)),
)
def test_any_name_finds_a_place(people: list[Person], shape: str) -> None:
    assert_everyone_is_free(lay_out(tuple(people), shape))


def test_all_twenty_in_one_ring_still_fit() -> None:
    people = tuple(Person(name, "close", "natural", 1) for name in NAMES[:20])
    for shape in SHAPES:
        assert_everyone_is_free(lay_out(people, shape))


def test_the_phone_picture_keeps_its_width_and_grows_downwards() -> None:
    few, many = lay_out(crowd(6), "narrow"), lay_out(crowd(25), "narrow")
    assert few.width == many.width == 2 * NARROW.half
    assert many.height > few.height


def test_nearer_people_stand_nearer_to_the_child() -> None:
    picture = lay_out(tuple(Person(f"Jo {ring}", "", "natural", ring) for ring in (1, 2, 3)), "wide")
    away = [(place.x - picture.cx) ** 2 + (place.y - picture.cy) ** 2 for place in picture.places]
    assert away == sorted(away)


def test_numbers_are_whole_so_that_no_language_writes_a_comma() -> None:
    picture = lay_out(crowd(12), "wide")
    for place in picture.places:
        assert all(isinstance(number, int) for number in (place.x, place.y, *place.thread))


def test_the_same_people_stand_in_the_same_places() -> None:
    assert lay_out.__wrapped__(crowd(12), "wide") == lay_out.__wrapped__(crowd(12), "wide")


def test_the_picture_names_everyone_and_escapes_what_people_write() -> None:
    people = [
        Person("<b>Jo</b> & co", "aunt", "natural", 1, "/people/1/"),
        Person("Els", "coordinator", "professional", 2),
    ]
    with translation.override("nl"):
        page = Template("{% load kring %}{% rings circle %}").render(
            Context({"circle": Circle("Samira", people)})
        )
    assert "<b>" not in page
    assert 'href="/people/1/"' in page
    assert 'aria-label="Els, coordinator"' in page
    assert page.count('<svg class="rings-') == 2
    assert "style=" not in page


def test_short_names_keep_people_apart() -> None:
    assert short_names(["Sara Bakkali", "Sara Dewit", "Juf Lotte Peeters", "Oma Fatna"]) == [
        "Sara B.",
        "Sara D.",
        "Juf Lotte",
        "Oma Fatna",
    ]
    assert short_name("Mohammed El Amrani") == "Mohammed"
    assert short_name("السيدة عائشة بنت عبد الرحمن") == "السيدة عائشة"


def test_long_names_take_two_lines_before_they_are_cut() -> None:
    lines = in_lines("Annelies Vandermeulen", WIDE.text, WIDE.room, 2)
    assert lines == ("Annelies", "Vandermeulen")
    assert in_lines("Wolfeschlegelsteinhausenbergerdorff", WIDE.text, WIDE.room, 2)[0].endswith(ELLIPSIS)
    assert width(fitted("x" * 500, 16, 100), 16) <= 100
