"""The child's village drawn in three rings: a pure function from people to places on a picture.

`lay_out` puts the child in the middle and every person in the band of their ring, so that no face and no name
covers another. When a ring is too full, the wide picture grows and the one for phones becomes taller.
All numbers are whole: a picture in Dutch must not say 12,5.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import atan2, cos, degrees, pi, sin

from kring.web.design.ring_shapes import SHAPES, Box, Circle, Label, Person, Picture, Place, Shape
from kring.web.design.words_in_space import fitted, in_lines, short_names, width

__all__ = ["SHAPES", "Circle", "Person", "Picture", "Place", "Shape", "lay_out"]
RINGS = (1, 2, 3)
TURNS = 24
FULLEST = 0.78
AIR = 3
ROLE_EXTRA = 20


@lru_cache(maxsize=512)
def lay_out(people: tuple[Person, ...], shape_name: str) -> Picture:
    """Everybody in a place of their own; tries larger pictures until all fit."""
    shape = SHAPES[shape_name]
    labels = _labels(people, shape)
    grown = _least(labels, shape)
    while True:
        spread = _Spread(shape, min(grown, shape.widest), grown)
        boxes = spread.arrange(people, labels)
        if boxes is not None:
            return spread.picture(people, labels, boxes)
        grown += 0.07 + grown / 50


def _least(labels: Sequence[Label], shape: Shape) -> float:
    """So much larger than usual at least: people never fill more than this much of a picture."""
    needed = sum(label.w * label.h for label in labels) / FULLEST
    area = pi * shape.bands[3] ** 2 - pi * shape.bands[0] ** 2
    return max(1.0, needed / area / shape.widest)


def _labels(people: Sequence[Person], shape: Shape) -> list[Label]:
    names = [person.name for person in people]
    shown = names if shape.roles else short_names(names)
    return [_label(name, person.role, shape) for name, person in zip(shown, people, strict=True)]


def _label(name: str, role: str, shape: Shape) -> Label:
    small = shape.text - 2
    lines = in_lines(name, shape.text, shape.room, shape.lines)
    role = fitted(role, small, shape.room + ROLE_EXTRA) if shape.roles else ""
    wide = max(2 * shape.face + 6, width(role, small), *(width(line, shape.text) for line in lines))
    tall = len(lines) * (shape.text + 2) + (small + 3 if role else 0)
    return Label(lines, role, w=round(wide) + 4, h=2 * shape.face + 8 + tall)


@dataclass(frozen=True)
class _Spread:
    """One try: the rings stretched by so much across and so much down."""

    shape: Shape
    across: float
    down: float

    @property
    def half(self) -> float:
        return self.shape.half * self.across

    def middle(self, ring: int) -> tuple[float, float]:
        """The ellipse in the middle of a ring's band."""
        within, without = self.shape.bands[ring - 1], self.shape.bands[ring]
        nudge = {1: 4, 2: 0, 3: -8}[ring]
        mean = (within + without) / 2 + nudge
        return mean * self.across, mean * self.down

    def taken(self) -> list[Box]:
        """What lies there before anybody comes: the child."""
        child = self.shape.bands[0] - 4
        return [Box(-child, -child, 2 * child, 2 * child)]

    def signs(self, boxes: Sequence[Box]) -> list[tuple[int, int, int]]:
        """The names of the rings, each where it covers nobody and no other sign; people go before signs."""
        taken, found = list(boxes), []
        for ring in RINGS:
            sign = self.sign(ring, taken)
            if sign is not None:
                taken.append(sign)
                found.append((ring, round(sign.x + sign.w / 2), round(sign.y + sign.h / 2)))
        return found

    def sign(self, ring: int, taken: Sequence[Box]) -> Box | None:
        """Room for a sign on the edge of this ring, as near to the top as there is."""
        rx, ry = self.shape.bands[ring] * self.across, self.shape.bands[ring] * self.down
        wide, tall = self.shape.sign, 26
        for angle, _ in _near(-pi / 2):
            x, y = rx * cos(angle), ry * sin(angle)
            box = Box(x - wide / 2, y - tall / 2, wide, tall)
            if abs(x) + wide / 2 <= self.half and all(box.apart(other) > 2 for other in taken):
                return box
        return None

    def box(self, label: Label, ring: int, angle: float, stretch: float = 1) -> Box:
        """The box of a person at this angle, kept inside the picture."""
        rx, ry = self.middle(ring)
        edge = self.half - label.w / 2 - 2
        x = max(-edge, min(edge, rx * stretch * cos(angle)))
        return Box(x - label.w / 2, ry * stretch * sin(angle) - label.h / 2, label.w, label.h)

    def arrange(self, people: Sequence[Person], labels: Sequence[Label]) -> list[Box] | None:
        """A box for each, or nothing when this try has no room."""
        found: dict[int, Box] = {}
        for ring in RINGS:
            members = [number for number, person in enumerate(people) if _ring(person) == ring]
            if not members:
                continue
            taken = [*self.taken(), *found.values()]
            chosen = self.evenly(ring, [labels[one] for one in members], taken)
            if chosen is None:
                chosen = self.one_by_one(ring, [labels[one] for one in members], taken)
            if chosen is None:
                return None
            found.update(zip(members, chosen, strict=True))
        return [found[number] for number in range(len(people))]

    def evenly(self, ring: int, labels: Sequence[Label], taken: Sequence[Box]) -> list[Box] | None:
        """Equal steps around the ring, turned to where there is most air and fewest threads cross a name."""
        share = 2 * pi / len(labels)
        best, best_score = None, 0.0
        for turn in range(TURNS):
            start = -pi / 2 + share * (turn + 0.5) / TURNS
            boxes = [self.box(label, ring, start + share * number) for number, label in enumerate(labels)]
            air = _air(boxes, taken)
            if air <= AIR:
                continue
            others = taken[1:]
            score = 100 + min(air, 24) + min(_turned_away(boxes, others), 24) - 6 * _crossings(boxes, others)
            if score > best_score:
                best, best_score = boxes, score
        return best

    def one_by_one(self, ring: int, labels: Sequence[Label], taken: Sequence[Box]) -> list[Box] | None:
        """Each near its even place, wherever there still is room in the band."""
        share = 2 * pi / len(labels)
        placed: list[Box] = []
        for number, label in enumerate(labels):
            tries = (
                self.box(label, ring, angle, stretch)
                for angle, stretch in _near(-pi / 2 + share * (number + 0.5))
            )
            free = next(
                (box for box in tries if all(box.apart(other) > AIR for other in (*taken, *placed))), None
            )
            if free is None:
                return None
            placed.append(free)
        return placed

    def picture(self, people: Sequence[Person], labels: Sequence[Label], boxes: Sequence[Box]) -> Picture:
        """From the middle out to the corner of a drawing."""
        reach = self.shape.bands[3]
        top = min([-reach * self.down - 12, *(box.y for box in boxes)]) - 4
        bottom = max([reach * self.down, *(box.y + box.h for box in boxes)]) + 4
        cx, cy = round(self.half), round(-top)
        rings = tuple(
            (ring, round(self.shape.bands[ring] * self.across), round(self.shape.bands[ring] * self.down))
            for ring in reversed(RINGS)
        )
        names = tuple((ring, x + cx, y + cy) for ring, x, y in self.signs(boxes))
        places = tuple(
            self.place(person, label, replace(box, x=box.x + cx, y=box.y + cy), cx, cy)
            for person, label, box in zip(people, labels, boxes, strict=True)
        )
        return Picture(self.shape, 2 * cx, round(bottom - top), 0, cx, cy, rings, names, places)

    def place(self, person: Person, label: Label, box: Box, cx: int, cy: int) -> Place:
        """The face at the top of its box, and the thread from the child's edge to the face's edge, or to the words under
        the face where it comes from below: no thread runs through a name."""
        x, y = box.x + box.w / 2, box.y + self.shape.face + 3
        far = max(1.0, ((x - cx) ** 2 + (y - cy) ** 2) ** 0.5)
        begin, end = self.shape.bands[0] / far, 1 - self.shape.face / far
        under = box.y + box.h
        if y < under < cy:
            below = (under - cy) / (y - cy)
            if box.x <= cx + (x - cx) * below <= box.x + box.w:
                end = max(begin, min(end, below))
        line = (cx + (x - cx) * begin, cy + (y - cy) * begin, cx + (x - cx) * end, cy + (y - cy) * end)
        return Place(person, label, round(x), round(y), box, tuple(round(number) for number in line))  # type: ignore[arg-type]


def _ring(person: Person) -> int:
    return min(3, max(1, person.ring))


def _near(angle: float) -> Iterator[tuple[float, float]]:
    """Places around an angle, the nearest first, a little nearer or farther from the child too."""
    for step in range(37):
        for side in (1, -1) if step else (1,):
            for stretch in (1.0, 1.09, 0.92):
                yield angle + side * step * pi / 36, stretch


def _air(boxes: Sequence[Box], taken: Sequence[Box]) -> float:
    """The smallest distance between any two."""
    least = 1000.0
    for number, box in enumerate(boxes):
        for other in (*taken, *boxes[:number]):
            least = min(least, box.apart(other))
            if least <= AIR:
                return least
    return least


def _turned_away(boxes: Sequence[Box], others: Sequence[Box]) -> float:
    """The smallest angle, in degrees, between these people and those nearer to the child."""
    here, there = _angles(boxes), _angles(others)
    apart = (abs((one - other + 180) % 360 - 180) for one in here for other in there)
    return min(apart, default=24)


def _angles(boxes: Sequence[Box]) -> list[float]:
    return [degrees(atan2(box.y + box.h / 2, box.x + box.w / 2)) for box in boxes]


def _crossings(boxes: Sequence[Box], others: Sequence[Box]) -> int:
    """How many threads from the child run through somebody else's box."""
    count = 0
    for box in boxes:
        x, y = box.x + box.w / 2, box.y + box.h / 3
        for other in others:
            along = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
            count += any(
                other.x < x * t < other.x + other.w and other.y < y * t < other.y + other.h for t in along
            )
    return count
