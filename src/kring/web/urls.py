"""All addresses of the house: each app brings its own."""

from importlib.util import find_spec

from django.urls import include, path

from kring.web import languages

#: What is opened all day stands first: an address is looked for from the top.
APPS = (
    "trust",
    "today",
    "circle",
    "wraparound",
    "devices",
    "sign_on",
    "shared",
    "only_you",
    "intake",
    "keeping",
    "network",
    "town_map",
    "growing",
    "meetings",
    "interpreters",
    "preparing",
    "path",
    "learning",
    "confidences",
    "handover",
    "two_people",
    "danger",
    "people",
    "reaching",
    "mine",
    "not_right",
    "kept",
    "vision",
    "administration",
    "setting_up",
    "watching",
    "handbook",
    "promises",
    "papers",
)

urlpatterns = [
    path("language/", languages.choose, name="set_language"),
    *[
        path("", include(f"kring.web.{name}.urls"))
        for name in APPS
        if find_spec(f"kring.web.{name}") and find_spec(f"kring.web.{name}.urls")
    ],
]

handler400 = "kring.web.errors.not_understood"
handler403 = "kring.web.errors.not_allowed"
handler404 = "kring.web.errors.not_here"
handler429 = "kring.web.errors.too_often"
handler500 = "kring.web.errors.went_wrong"
