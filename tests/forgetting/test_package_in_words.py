"""The page of a package says every field that tells something, in words (D7); what it does not say has its reason here."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.apps import apps
from django.utils import translation

from kring.trust.models import FamilyMember, Matter, Person
from kring.trust.usecases import along
from kring.web.mine.chapters import CHAPTERS, FILES, NO_IS_SAID, TOLD_WITH
from kring.web.mine.packing import HOUSES, SHOWN
from kring.web.mine.words import (
    SAYS,
    Fact,
    in_words,
    key_of,
    means_something,
    name_of,
    stands_in_a_line,
    what_happens,
)

LANGUAGE = "in which language words are stands in the words"
NOT_ON_A_CARD = {
    "about": "the foot says about whom",
    "subject": "the foot says about whom",
    "author": "the foot says by whom",
    "first_author": "the foot says by whom",
    "at": "the foot says on which day",
    "language": LANGUAGE,
    "minutes_language": LANGUAGE,
    "confidences.Attachment.media_type": "its kind says it, and the ending of the file beside the page",
    "wraparound.Interpreter.speakers": "others by their number; who speaks what stands on their own card",
    "wraparound.VersionPart.kind": "told with the version it is part of",
    "wraparound.VersionPart.content": "told with the version it is part of",
}
#: Said as the sentence of its kind (`what_happens`).
FACTS = "trust.Matter.facts"
UNSAID = "nobody asked for it, and a yes stands there: not saying it is the no"
NO_IS_UNSAID = {
    "every_week", "first", "goes_on", "listens", "needs_authority", "safety", "secrecy", "to_asker", "wants_help_now",
}  # fmt: skip
SAID = {
    "network.ColleagueCard.days": (["TU", "MO"], "maandag en dinsdag"),
    "network.ColleagueCard.languages": (["nl", "ar"], "Nederlands, Arabisch"),
    "network.ColleagueCard.trained": (
        [{"what": "EHBO", "month": "2025-03"}, {"what": "Luisteren", "month": ""}], "EHBO (maart 2025), Luisteren",
    ),
    "trust.Seat.history": (False, "nee"),
    "trust.Seat.ring": (1, "binnenste kring"),
    "trust.Seat.since": (datetime(2026, 12, 21, 23, tzinfo=UTC), "dinsdag 22 december 2026"),
    "wraparound.EarlierTelling.told": (
        {"what": "logopedie", "since": [2024, "spring"], "until": None, "goes_on": False, "who": "Greet",
         "helped": "Spelletjes", "did_not": "", "language": "nl"},
        "logopedie\nvanaf lente 2024\n\u2068wie hielp\u2069: \u2068Greet\u2069\n\u2068wat hielp\u2069: \u2068Spelletjes\u2069",
    ),
    "wraparound.Meeting.interpreter": ("ar", "Arabisch"),
    "wraparound.TalentWord.talents": (["stays"], "geeft niet op"),
    "wraparound.Version.caring": (
        {"name": "Hanne", "role": "", "phone": "0470", "languages": "nl, fr"}, "\u2068Hanne\u2069, \u20680470\u2069, \u2068Nederlands, Frans\u2069",
    ),
}  # fmt: skip


def fields() -> dict:
    """Every field of a package that says something, by its kind and name; the number of another row says nothing."""
    found = [field for label in along.kinds() for field in apps.get_model(label)._meta.concrete_fields]
    return {
        key_of(field): field for field in found
        if field.model.data_classes[field.name] in SHOWN and field.get_internal_type() != "UUIDField"
        and field.related_model in (None, Person, *HOUSES)
    }  # fmt: skip


def is_said(field) -> bool:
    """Whether the card of its row says a field: by its word, in a line or as what the card begins with."""
    lists = field.get_internal_type() in ("JSONField", "ArrayField") and key_of(field) not in SAYS.keys() | {
        FACTS
    }
    own_card = field.model._meta.label not in TOLD_WITH
    return own_card and not lists and bool(name_of(field)) and stands_in_a_line(field)


def test_every_field_of_the_page_has_a_word_and_every_kind_a_chapter():
    assert set(along.kinds()) == {label for _title, labels in CHAPTERS for label in labels} | TOLD_WITH
    with translation.override("nl"):
        silent = {key for key, field in fields().items() if not is_said(field)}
        words = {name_of(field) for field in fields().values()}
    assert {key for key in silent if not NOT_ON_A_CARD.keys() & {key, key.split(".")[-1]}} == set()
    assert {
        one for one in NOT_ON_A_CARD if not any(key == one or key.endswith(f".{one}") for key in silent)
    } == set()
    assert not words & {"about", "person", "opened by", "decided by", "taken in by", "written by", "since"}


def test_every_no_every_list_and_every_code_is_said_or_has_its_reason():
    kinds = {key: field.get_internal_type() for key, field in fields().items()}
    yes_or_no = {key.split(".")[-1] for key, kind in kinds.items() if kind == "BooleanField"}
    assert yes_or_no == NO_IS_SAID | NO_IS_UNSAID, UNSAID
    assert not NO_IS_SAID & NO_IS_UNSAID
    more = {
        key for key, kind in kinds.items() if kind in ("JSONField", "ArrayField") and key not in NOT_ON_A_CARD
    }
    assert more - SAYS.keys() == more - SAID.keys() == {FACTS}
    assert set(FILES) <= {key.split(".")[-1] for key, kind in kinds.items() if kind == "BinaryField"}


@pytest.mark.parametrize("key", SAID)
def test_a_value_is_said_as_a_person_says_it(key):
    value, words = SAID[key]
    with translation.override("nl"):
        assert in_words(Fact(fields()[key], value)) == words


def test_a_matter_of_two_people_says_what_happens_and_names_nobody_the_package_does_not_name():
    samira, naima, other = (UUID(int=number) for number in (1, 2, 3))
    born = Matter(
        kind="birth",
        facts={"subject": str(samira), "born": date(2016, 3, 14).isoformat(), "family": str(other)},
    )
    with translation.override("en"):
        said = what_happens(born, {samira: "Samira", naima: "Naima"})
        assert said.startswith("Samira was born on March 14, 2016."), said
        authority = Matter(kind="authority", facts={"person": str(other), "authority": False})
        assert what_happens(authority, {naima: "Naima"}).startswith(
            "Somebody whose name we do not give decides without"
        )
        facts = Fact(
            Matter._meta.get_field("facts"), authority.facts, what_happens(authority, {other: "Karim"})
        )
        assert in_words(facts).startswith("Karim decides without authority")


def test_who_decides_is_said_of_those_who_raise_a_child_only():
    authority = FamilyMember._meta.get_field("authority")
    assert means_something(FamilyMember(kind="guardian"), authority)
    assert not means_something(FamilyMember(kind="child"), authority)
