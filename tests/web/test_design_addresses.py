"""An address put together from its shape is the address Django works out."""

from uuid import UUID, uuid4

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, get_resolver, reverse

from kring.web.design import addresses
from kring.web.design.addresses import address

WORDS = {"kind": "goal", "deed": "later", "on": "action"}


def named_pages() -> list[tuple[str, list[object]]]:
    """Every named page whose parts are ids and plain words, with made-up ones."""
    found = []

    def walk(patterns, space=""):
        for one in patterns:
            if hasattr(one, "url_patterns"):
                walk(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space)
            elif one.name:
                parts = one.pattern.converters
                if all(
                    type(part).__name__ in ("UUIDConverter", "StringConverter") for part in parts.values()
                ):
                    args = [uuid4() if "UUID" in type(part).__name__ else WORDS.get(name, "goal") for name, part in parts.items()]  # fmt: skip
                    found.append((space + one.name, args))

    walk(get_resolver().url_patterns)
    return found


def test_every_page_has_the_same_address_either_way() -> None:
    checked = 0
    for name, args in named_pages():
        try:
            usual = reverse(name, args=args)
        except NoReverseMatch:
            continue
        assert address(name, *args) == usual == address(name, *args), name
        checked += 1
    assert checked > 100


def test_an_id_said_twice_and_ids_in_any_order_find_their_places() -> None:
    one, other = uuid4(), uuid4()
    for pair in ((one, other), (other, one), (one, one)):
        args = [pair[0], "goal", pair[1]]
        assert address("circle:eyes", *args) == reverse("circle:eyes", args=args)
    assert address("wraparound:plan", UUID(int=0)) == reverse("wraparound:plan", args=[UUID(int=0)])


def test_a_secret_in_an_address_is_never_kept() -> None:
    addresses._shape.cache_clear()
    token = "Zx7_kQ2-aB9"
    assert address("link", token) == reverse("link", args=[token])
    assert addresses._shape.cache_info().currsize == 0


def test_a_page_that_is_not_there_is_an_error_and_into_a_variable_nothing() -> None:
    with pytest.raises(NoReverseMatch):
        address("wraparound:no_such_page", uuid4())
    said = "{% load kring %}{% url 'no-such' as here %}[{{ here }}]{% url 'wraparound:plan' plan as there %}{{ there }}"
    plan = uuid4()
    assert Template(said).render(Context({"plan": plan})) == f"[]/plans/{plan}/"
