"""Two worlds that differ only in what somebody may not see answer byte for byte the same; for any address."""

import html
import re
from collections.abc import Callable, Iterable

from django.test import Client

#: What is new in every answer and tells nothing: the token against forged forms, the key against a second click.
TOKENS = re.compile(rb'(name="(?:csrfmiddlewaretoken|form_key|key)"\s+value="|X-CSRFToken": ")[^"]+')


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


LINK = re.compile(r'href="(/[^"#]*)"')
#: Ways out, and what is made anew for each who asks.
NOT_WALKED = re.compile(r"^/(static|demo|sign-out|leave|language|account|l/)|\.pdf$|^/$")


def crawl(browser: Client, starts: Iterable[str], most: int = 60) -> list[str]:
    """Every address somebody can reach by following links from where they start."""
    waiting, found = list(starts), []
    while waiting and len(found) < most:
        address = html.unescape(waiting.pop(0))
        if address in found or NOT_WALKED.search(address):
            continue
        response = browser.get(address)
        if response.status_code == 200 and "text/html" in response["Content-Type"]:
            found.append(address)
            waiting += LINK.findall(response.content.decode())
    return found
