"""Addresses of pages, quickly: Django works each one out anew, and a page holds a hundred that differ in an id only."""

from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.urls import reverse

MARKS = tuple(str(UUID(int=0xC1_0000_0000_0000 + place)) for place in range(8))
LONGEST_WORD = 16


def address(name: str, *args: object) -> str:
    """The same as `reverse(name, args=args)`.

    The shape of an address is worked out once for each name and its few plain words, such as "goal"; ids are
    then put in. Anything else, a secret above all, is never kept.
    """
    words: list[str | None] = []
    for arg in args:
        if isinstance(arg, UUID):
            words.append(None)
        elif _is_plain(arg):
            words.append(str(arg))
        else:
            return reverse(name, args=args)
    path = _shape(settings.ROOT_URLCONF, name, tuple(words))
    for mark, arg in zip(MARKS, args, strict=False):
        if isinstance(arg, UUID):
            path = path.replace(mark, str(arg))
    return path


def _is_plain(arg: object) -> bool:
    return isinstance(arg, str) and len(arg) <= LONGEST_WORD and arg.replace("-", "").isalpha()


@lru_cache(maxsize=500)
def _shape(site: str, name: str, words: tuple[str | None, ...]) -> str:
    return reverse(
        name, args=[mark if word is None else word for mark, word in zip(MARKS, words, strict=False)]
    )
