"""Sizes and shapes of random worlds: clocks, families and circles while they are being cast."""

from dataclasses import dataclass

HOME_ZONES = {"NL": "Europe/Amsterdam", "BE": "Europe/Brussels", "UK": "Europe/London", "FR": "Europe/Paris"}
FAR_ZONES = {
    "NL": ("America/Curacao", "Asia/Beirut"),
    "BE": ("Europe/Helsinki", "Asia/Kathmandu"),
    "UK": ("Atlantic/Bermuda", "Pacific/Auckland"),
    "FR": ("Indian/Reunion", "Pacific/Noumea", "America/Miquelon"),
}
FOLDED_ZONES = ("Atlantic/Azores", "America/Havana")
WEIGHT_OF_KIND = {
    "family": 12,
    "part": 5,
    "home": 2,
    "own": 3,
    "confidence": 2,
    "sealed": 1,
    "group": 1,
    "desk": 1,
}


@dataclass(frozen=True)
class Size:
    """How large a world is, and how many questions it gets."""

    families: int
    items: int
    questions: int


SIZES = {"small": Size(1, 30, 70), "middle": Size(2, 130, 260), "large": Size(3, 500, 1500)}
SIZE_WEIGHTS = {"small": 62, "middle": 30, "large": 8}


@dataclass
class House:
    """A family while it is being cast."""

    id: str
    children: list[str]
    guardians: list[str]
    supports: list[str]
    workers: list[str]


@dataclass
class Room:
    """A circle while it is being cast."""

    id: str
    kind: str
    house: House | None
    weight: float
    seated: list[str]
