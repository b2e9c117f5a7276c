"""Every address with odd values, for every kind of visitor: a sentence, never our own mistake."""

import uuid
from collections.abc import Iterator

import psycopg
import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from web.doorstep import Doorstep, browser

ODD = {
    "x": "1",
    "q": "\u202eevil\u2066",
    "page": "-1",
    "age": "²",
    "sort": "';--",
    "next": "//evil.example",
    "as": "",
}
VALUES = {
    "uuid": [str(uuid.UUID(int=0)), str(uuid.uuid4())],
    "slug": ["x", "-"],
    "str": ["x", "💩" * 9, "a" * 300, "..;", "%2e%2e"],
    "int": ["0", "99999999999999999999"],
}


def templates(resolver: URLResolver | None = None, before: str = "/") -> Iterator[tuple[str, URLPattern]]:
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from templates(one, before + str(one.pattern))
        elif not str(one.pattern).startswith("^"):
            yield before + str(one.pattern), one


def filled(template: str, turn: int) -> str:
    """An address with its turn's values in it."""
    address = template
    while "<" in address:
        head, _, rest = address.partition("<")
        field, _, tail = rest.partition(">")
        kind = field.partition(":")[0]
        values = VALUES.get(kind, ["x"])
        address = head + values[turn % len(values)] + tail
    return address


VISITORS = ["nobody", "samira", "els", "wim", "ada", "with one factor"]


@pytest.mark.usefixtures("no_tick")  # hundreds of addresses are not found, each at the next tick
@pytest.mark.parametrize("visitor", VISITORS)
def test_no_odd_address_makes_the_house_fall(
    at_the_door: Doorstep, owner: psycopg.Connection, visitor: str
) -> None:
    if visitor == "nobody":
        client = browser()
    elif visitor == "with one factor":
        client = browser(owner, at_the_door.els, second=False)
    else:
        client = browser(owner, getattr(at_the_door, visitor))
    client.raise_request_exception = False
    fallen = []
    for template, _pattern in templates():
        if template in ("/sign-out/", "/leave/"):
            continue
        for turn in range(2 if "<" in template else 1):
            address = filled(template, turn)
            for answer in (client.get(address), client.get(address, ODD), client.post(address, ODD)):
                if answer.status_code >= 500:
                    fallen.append((answer.request["REQUEST_METHOD"], address, answer.status_code))
            if "_auth_user_id" not in client.session and visitor != "nobody":
                client = browser(
                    owner,
                    getattr(at_the_door, "els" if " " in visitor else visitor),
                    second=" " not in visitor,
                )
                client.raise_request_exception = False
    assert fallen == []
