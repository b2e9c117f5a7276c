"""Made-up people for the gallery, in English, Dutch, French and Arabic where it matters."""

from datetime import date, timedelta
from typing import Any

from django import forms

from kring.web.design.forms import OneOf, SomeOf
from kring.web.design.rings import Circle, Person

NAMES = {
    "ar": ["سميرة", "ماما", "بابا", "يارا", "الجدة فاطمة", "بلال", "إلس", "المعلمة لوته", "نور", "السيدة ماس", "د. بيترس", "طارق"],
    "": ["Samira", "Mama", "Papa", "Yara", "Oma Fatna", "Bilal", "Els", "Juf Lotte", "Noor", "Mevr. Maes", "Dr. Peeters", "Tarik"],
}  # fmt: skip
ROLES = [
    "moeder",
    "vader",
    "zus",
    "oma",
    "neef",
    "coördinator",
    "school",
    "Girlz Lounge",
    "buurvrouw",
    "huisarts",
    "voetbal",
]
KINDS = [
    "family",
    "family",
    "natural",
    "natural",
    "natural",
    "professional",
    "professional",
    "professional",
    "natural",
    "professional",
    "professional",
]
WHERE = [1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3]
MANY = [
    "Annelies Vandermeulen",
    "Kobe",
    "Fien",
    "Mohammed El Amrani",
    "Ümit",
    "Zoë",
    "Hind",
    "Wim",
    "Marguerite-Alexandrine Vandenbroucke",
    "Sara Bakkali",
    "Sara Dewit",
    "Jo",
    "Mila",
    "Idris",
]


class Sample(forms.Form):
    """One of each field."""

    name = forms.CharField(label="Over wie gaat het?", help_text="Een voornaam en een klas is genoeg.")
    what = forms.CharField(
        label="Wat zie je?",
        help_text="Wat je zag of hoorde. Geen oordeel nodig.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    phone = forms.CharField(
        label="Hoe bereiken we jou?",
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    knows = forms.ChoiceField(
        label="Weet het gezin dit?",
        choices=[("yes", "Ja, ik sprak met hen"), ("no", "Nog niet"), ("rather", "Liever niet")],
        widget=OneOf(hints={"no": "Dat kan ook samen met ons.", "rather": "Vertel ons waarom, als je wil."}),
    )
    domains = forms.MultipleChoiceField(
        label="Waar gaat het over?",
        required=False,
        choices=[
            ("home", "Thuis"),
            ("school", "School"),
            ("friends", "Vrienden"),
            ("feelings", "Hoe ik me voel"),
            ("sleep", "Slapen"),
            ("leisure", "Vrije tijd"),
        ],
        widget=SomeOf(
            pictograms={name: name for name in ("home", "school", "friends", "feelings", "sleep", "leisure")}
        ),
    )
    language = forms.ChoiceField(
        label="In welke taal?", choices=[("nl", "Nederlands"), ("ar", "العربية"), ("fr", "Français")]
    )
    agreed = forms.BooleanField(label="Ik las het voor en het klopt", help_text="Met tolk, vandaag.")


def circle(language: str, extra: int = 0) -> Circle:
    """Samira and the people around her."""
    names = NAMES.get(language, NAMES[""])
    people = [Person(*row, url="#circle") for row in zip(names[1:], ROLES, KINDS, WHERE, strict=True)]
    more = [
        Person(name, "begeleider" if n % 2 else "vriend van het gezin", KINDS[n % 11], 1 + n % 3, "#circle")
        for n, name in enumerate(MANY[:extra])
    ]
    return Circle(child=names[0], people=[*people, *more])


PICTOGRAMS = [
    "home",
    "school",
    "friends",
    "feelings",
    "health",
    "money",
    "leisure",
    "learning",
    "family",
    "safety",
    "work",
    "sleep",
    "food",
    "talk",
    "language",
    "way",
    "dream",
    "talent",
    "help",
]
KEYS = [{"key": "j", "does": "volgende"}, {"key": "k", "does": "vorige"}, {"key": "u", "does": "ongedaan"}]
NAV = [
    {"url": "#1", "label": "Vandaag", "icon": "sun", "current": True},
    {"url": "#2", "label": "Gezinnen", "icon": "users"},
    {"url": "#3", "label": "Vragen", "icon": "inbox", "count": 2},
    {"url": "#4", "label": "Dorp", "icon": "map-pin"},
]
ELS = {"role": "spreekt Nederlands en wat Arabisch", "phone": "+32 470 00 00 00", "kind": "professional"}


#: What a page knows of whom it was made for.
MARKS = {"here": "0" * 16, "whose": "0" * 16}


def everything(language: str) -> dict[str, Any]:
    """The context of gallery.html."""
    today = date(2026, 11, 21)
    names = NAMES.get(language, NAMES[""])
    els = {"name": names[6]} | ELS
    return {
        "today": today,
        "days": [today + timedelta(days=away) for away in (-2, -1, 0, 1, 5, 21, 90)],
        "pictograms": PICTOGRAMS,
        "circle": circle(language),
        "seeing_as": {"sentence": "Je ziet deze pagina zoals Juf Lotte haar ziet.", "back": "#mine"},
        "quick_leave": "#away",
        "away": "#elsewhere",
        **MARKS,
        "arabic": language == "ar",
        "keys": KEYS,
        "big_circle": circle(language, extra=14),
        "alone": Circle(child=names[0], people=[]),
        "people": [
            {"name": name, "role": role, "kind": kind}
            for name, role, kind in zip(names[1:], ROLES, KINDS, strict=True)
        ],
        "els": els,
        "caring": els,
        "village": {"name": "Kring Lindekwartier"},
        "form": Sample({"name": "", "what": "Hij is stil de laatste weken."}),
        "calm": Sample(
            auto_id="calm_%s", initial={"name": "Jonas, 3B", "knows": "no", "domains": ["school"]}
        ),
        "nav": NAV,
    }
