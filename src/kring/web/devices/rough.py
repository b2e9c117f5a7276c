"""Which device it is, in rough words: enough to know one's own telephone, too little to follow it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: What a browser calls itself, and what people call it. The first that fits: many pretend to be another one too.
BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("FxiOS", "Firefox"),
    ("Firefox", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", "iPhone", "phone"), ("iPad", "iPad", "tablet"), ("CrOS", "Chromebook", "computer"),
    ("Android", "Android", "phone"), ("Windows", "Windows", "computer"), ("Mac OS", "Mac", "computer"),
    ("Linux", "Linux", "computer"),
)  # fmt: skip
WORDS: dict[str, tuple[Promise, str]] = {
    "phone": (_("A telephone"), "smartphone"),
    "tablet": (_("A tablet"), "smartphone"),
    "computer": (_("A computer"), "monitor"),
    "": (_("A device"), "monitor"),
}


@dataclass(frozen=True)
class Device:
    """A kind of device, its system and its browser; what is not known is empty."""

    kind: str = ""
    system: str = ""
    browser: str = ""

    @property
    def name(self) -> Promise:
        """What it is, in a word."""
        return WORDS[self.kind][0]

    @property
    def icon(self) -> str:
        """Its picture."""
        return WORDS[self.kind][1]

    @property
    def more(self) -> str:
        """Names of makers, the same in every language."""
        return " · ".join(word for word in (self.system, self.browser) if word)

    def kept(self) -> str:
        """As the session keeps it."""
        return "|".join((self.kind, self.system, self.browser))


def read(agent: str) -> Device:
    """The device that calls itself so."""
    system, kind = next(((name, kind) for sign, name, kind in SYSTEMS if sign in agent), ("", ""))
    browser = next((name for sign, name in BROWSERS if sign in agent), "")
    if system == "Android" and "Mobile" not in agent:
        kind = "tablet"
    return Device(kind, system, browser)


def of(kept: str) -> Device:
    """The device of a session."""
    kind, system, browser = (*kept.split("|"), "", "", "")[:3]
    return Device(kind if kind in WORDS else "", system, browser)
