"""What the circle is drawn from: people, the measures of a picture, boxes, places."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Person:
    """Somebody in the circle. Kinds: family, natural, professional. Ring 1 is the innermost."""

    name: str
    role: str = ""
    kind: str = "natural"
    ring: int = 2
    url: str = ""


@dataclass(frozen=True)
class Circle:
    """What the template tag draws: a child's name and the people around."""

    child: str
    people: Sequence[Person] = ()


@dataclass(frozen=True)
class Shape:
    """The measures of one kind of picture, in pixels."""

    name: str
    half: int
    bands: tuple[int, int, int, int]
    face: int
    text: int
    room: int
    lines: int
    roles: bool
    widest: float
    sign: int


WIDE = Shape(
    "wide",
    half=318,
    bands=(50, 138, 218, 306),
    face=27,
    text=16,
    room=132,
    lines=2,
    roles=True,
    widest=1.14,
    sign=104,
)
NARROW = Shape(
    "narrow",
    half=180,
    bands=(36, 88, 134, 178),
    face=21,
    text=15,
    room=104,
    lines=2,
    roles=False,
    widest=1,
    sign=84,
)
SHAPES = {shape.name: shape for shape in (WIDE, NARROW)}


@dataclass(frozen=True)
class Box:
    """A rectangle that nothing else may cover."""

    x: float
    y: float
    w: float
    h: float

    def apart(self, other: "Box") -> float:
        """How far two boxes are from each other; negative when they overlap."""
        across = max(other.x - self.x - self.w, self.x - other.x - other.w)
        down = max(other.y - self.y - self.h, self.y - other.y - other.h)
        return max(across, down)


@dataclass(frozen=True)
class Label:
    """What is written under a face, and the room face and words take together."""

    lines: tuple[str, ...]
    role: str
    w: int
    h: int


@dataclass(frozen=True)
class Place:
    """Where a person stands: the middle of the face, the lines of text, the thread to the child."""

    person: Person
    label: Label
    x: int
    y: int
    box: Box
    thread: tuple[int, int, int, int]


@dataclass(frozen=True)
class Picture:
    """A finished layout."""

    shape: Shape
    width: int
    height: int
    top: int
    cx: int
    cy: int
    rings: tuple[tuple[int, int, int], ...]
    names: tuple[tuple[int, int, int], ...]
    places: tuple[Place, ...] = field(default=())
