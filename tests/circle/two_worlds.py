"""Two worlds that differ only in what somebody may not see answer byte for byte the same; for any address."""

import re
from collections.abc import Callable, Iterable

from django.test import Client

#: What is new in every answer and tells nothing: the token against forged forms.
TOKENS = re.compile(rb'(name="csrfmiddlewaretoken" value="|X-CSRFToken": ")[^"]+')


def answers(browser: Client, addresses: Iterable[str]) -> dict[str, tuple[int, bytes]]:
    """The answer of each address, without what is new each time."""
    found = {}
    for address in addresses:
        response = browser.get(address)
        found[address] = (response.status_code, TOKENS.sub(rb"\1-", response.content))
    return found


def same_before_and_after(
    browser: Client, addresses: Iterable[str], change: Callable[[], object]
) -> dict[str, bytes]:
    """What differs, by address, before and after a change of which this person may not know; nothing, if all is well."""
    addresses = list(addresses)
    before = answers(browser, addresses)
    change()
    after = answers(browser, addresses)
    return {address: after[address][1] for address in addresses if after[address] != before[address]}
