"""From places to what the template writes: whole numbers and words, in the language of the page."""

from typing import Any

from django.utils.translation import gettext as _

from kring.web.design import faces
from kring.web.design.lists import beside
from kring.web.design.ring_shapes import Picture, Place, Shape
from kring.web.design.words_in_space import fitted, width

SIGN = 13  # the size of the letters on the sign of a ring
SQUARE = 0.68  # how round the corners are of the face of somebody who works here


def kinds() -> dict[str, str]:
    """The kinds of people, as the legend says them."""
    return {"family": _("family"), "natural": _("our own people"), "professional": _("it is their work")}


def drawn(picture: Picture) -> dict[str, Any]:
    """One picture, ready for the template."""
    words = {1: _("closest"), 2: _("close by"), 3: _("the village")}
    return {
        "name": picture.shape.name,
        "width": picture.width,
        "height": picture.height,
        "cx": picture.cx,
        "cy": picture.cy,
        "child": picture.shape.bands[0] - 4,
        "rings": picture.rings,
        "threads": [place.thread for place in picture.places],
        "signs": [_sign(words[ring], x, y, picture.shape) for ring, x, y in picture.names],
        "people": [_person(place, picture.shape) for place in picture.places],
    }


def _sign(word: str, x: int, y: int, shape: Shape) -> dict[str, Any]:
    word = fitted(word, SIGN, shape.sign - 12)
    wide = round(width(word, SIGN)) + 16
    return {"word": word, "x": x, "y": y, "wide": wide, "start": x - wide // 2, "top": y - 11}


def _person(place: Place, shape: Shape) -> dict[str, Any]:
    step = shape.text + 2
    first = place.y + shape.face + step
    return {
        "url": place.person.url,
        "kind": place.person.kind,
        "ring": min(3, max(1, place.person.ring)),
        "spoken": _spoken(place),
        "letter": faces.letter(place.person.name),
        "x": place.x,
        "y": place.y,
        "radius": shape.face,
        "side": 2 * shape.face,
        "bend": round(shape.face * SQUARE),
        "corner": (place.x - shape.face, place.y - shape.face),
        "box": [round(number) for number in (place.box.x, place.box.y, place.box.w, place.box.h)],
        "lines": [(first + number * step, line) for number, line in enumerate(place.label.lines)],
        "role": place.label.role,
        "role_y": first + len(place.label.lines) * step - 1,
    }


def _spoken(place: Place) -> str:
    """Name and role; what is shown comes first where it was shortened, so that one can say what one sees."""
    whole = " ".join(filter(None, [place.person.name, place.person.role]))
    shown = " ".join([*place.label.lines, place.label.role]).strip()
    return beside(filter(None, ["" if shown in whole else shown, place.person.name, place.person.role]))
