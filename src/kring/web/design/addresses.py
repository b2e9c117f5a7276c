"""Addresses of pages, quickly: Django works each one out anew, and a page holds a hundred that differ in an id only."""

from functools import lru_cache
from uuid import UUID

from django.urls import reverse

MARK = 0xC1_0000_0000_0000
LONGEST_WORD = 16


def address(name: str, *args: object) -> str:
    """The same as `reverse(name, args=args)`.

    The shape of an address is worked out once for each name and its few plain words, such as "goal"; ids are
    then put in. Anything else, a secret above all, is never kept.
    """
    if not all(isinstance(arg, UUID) or _is_plain(arg) for arg in args):
        return reverse(name, args=args)
    path = _shape(name, tuple(None if isinstance(arg, UUID) else arg for arg in args))
    for place, arg in enumerate(args):
        if isinstance(arg, UUID):
            path = path.replace(_mark(place), str(arg))
    return path


def _is_plain(arg: object) -> bool:
    return isinstance(arg, str) and len(arg) <= LONGEST_WORD and arg.replace("-", "").isalpha()


@lru_cache(maxsize=500)
def _shape(name: str, words: tuple[object, ...]) -> str:
    return reverse(name, args=[_mark(place) if word is None else word for place, word in enumerate(words)])


def _mark(place: int) -> str:
    return str(UUID(int=MARK + place))
