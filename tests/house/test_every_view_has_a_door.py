"""The rule of doors: every address of the house leads through one, and the few exceptions have a reason."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from kring.web.doors import KINDS

#: Views without a door, by their full name, each with its reason.
WITHOUT: dict[str, str] = {}


def addresses(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address that leads to a view."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one, before + str(one.pattern))
        else:
            yield before + str(one.pattern), one


def full_name(pattern: URLPattern) -> str:
    view = pattern.callback
    return f"{view.__module__}.{getattr(view, '__qualname__', type(view).__name__)}"


ALL = list(addresses())


@pytest.mark.parametrize(("address", "pattern"), ALL, ids=[address or "/" for address, _ in ALL])
def test_every_view_has_a_door(address: str, pattern: URLPattern) -> None:
    if full_name(pattern) in WITHOUT:
        return
    kind = getattr(pattern.callback, "door", None)
    assert kind in KINDS, f"{full_name(pattern)} at /{address} has no door: @door(…) from kring.web.doors"


def test_every_exception_is_still_needed() -> None:
    standing = {full_name(pattern) for _, pattern in ALL if not getattr(pattern.callback, "door", None)}
    assert set(WITHOUT) <= standing, f"not needed any more: {set(WITHOUT) - standing}"


def test_every_page_behind_a_lock_has_a_name_for_the_journal() -> None:
    nameless = [
        address
        for address, pattern in ALL
        if getattr(pattern.callback, "door", "") in ("second-factor", "only-you", "link")
        and not pattern.callback.page
    ]
    assert nameless == []
