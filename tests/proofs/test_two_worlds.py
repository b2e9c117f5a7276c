"""`make two-worlds`: what differs only in the unseen changes no answer, on any address; and takes no other time."""

import os
import random
import re
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from statistics import median
from unittest.mock import patch

import psycopg
import pytest
from django.apps import apps
from django.test import Client

from circle.two_worlds import TOKENS
from figures import keep
from proofs.addresses import BLANK, MISSING, NO_ROWS, filled, ids, models_of, patterns, without
from proofs.unseen import PEOPLE, STRANGERS, UNSEEN, Onlookers
from trust.unheard import unheard
from web.doorstep import bare

EVERY = bool(os.environ.get("EVERY"))
REQUESTS = int(os.environ.get("REQUESTS", "60"))
MADE_AT = re.compile(
    rb"/Title<[0-9A-F]+>|/ID ?\[.*|D:\d{14}[^)]*|<xmp:(?:Modify|Create)Date>[^<]*|<xmpMM:\w+>[^<]*"
)
BEGUN = datetime.now(UTC)
Answer = tuple[int, str, bytes]


@pytest.fixture
def home(owner: psycopg.Connection) -> Onlookers:
    """The family, and everybody who might be curious."""
    return Onlookers(owner)


def asked(browser: Client, addresses: Iterable[str]) -> dict[str, Answer]:
    """What each address answers at one moment of the clock, without what is new every time."""
    found = {}
    for address in addresses:
        with patch("django.utils.timezone.now", lambda: BEGUN):
            answer = browser.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if answer["Content-Type"] == "application/pdf":
            body = MADE_AT.sub(b"", body)  # paper tells when it was made
        body = TOKENS.sub(rb"\1-", body).replace(address.encode(), b"-")
        found[address] = (answer.status_code, answer.get("Location", ""), bare(body))
    return found


@contextmanager
def traceless(home: Onlookers) -> Iterator[None]:
    """What is read here leaves no line in the journal: others may see who looked, and that is told to them."""
    lines = home.owner.execute("SELECT coalesce(array_agg(id), '{}') FROM trust_entry").fetchone()
    yield
    with unheard(home.owner):
        home.owner.execute("DELETE FROM trust_entry WHERE id <> ALL(%s)", lines)
        home.owner.execute("DELETE FROM trust.counted")  # nobody asks so much in ten minutes


def every_address(home: Onlookers) -> list[str]:
    """All of them, or a part that is drawn by a seed."""
    known, every = ids(home.owner), sorted(set(patterns()))
    some = every if EVERY else random.Random("short").sample(every, 45)
    return list(
        dict.fromkeys(address for pattern in some for address in filled(pattern, known, 3 if EVERY else 1))
    )


def test_every_blank_of_an_address_is_filled_with_rows() -> None:
    """A blank nobody knows how to fill would be asked with nothing against nothing, and never differ."""
    models = {model._meta.model_name for model in apps.get_models()}
    names = {name for pattern in patterns() for kind, name in BLANK.findall(pattern) if kind == "uuid"}
    unknown = {name.removesuffix("_id") for name in names if not models.issuperset(models_of(name))}
    assert unknown == NO_ROWS


@pytest.mark.usefixtures("no_tick")
def test_what_happens_out_of_sight_changes_no_address(home: Onlookers) -> None:
    """One thing happens after the other; whoever may not know of it gets every address as before."""
    addresses, people = every_address(home), PEOPLE if EVERY else ("karim", "lotte")
    browsers = {who: home.browser(getattr(home, who)) for who in people}
    before: dict[str, dict[str, Answer]] = {}
    for who, browser in browsers.items():
        with traceless(home):
            before[who] = asked(browser, addresses)  # a first visit may greet
        with traceless(home):
            before[who] |= asked(
                browser, [address for address, told in before[who].items() if told[0] == 200]
            )
    wrong, compared = [], 0
    for number, one in enumerate(UNSEEN):
        one.happens(home)
        last = number == len(UNSEEN) - 1
        if not (EVERY or last):
            continue
        for who, browser in browsers.items():
            some = [address for address in addresses if last or before[who][address][0] != 404]
            with traceless(home):
                after = asked(browser, some)  # what was not there is asked once more at the end
            if who not in one.known_to:
                compared += len(after)
                for told in differing(before[who], after):
                    wrong.append((one.name, who, *told))
                    sys.stdout.write(f"\n  {wrong[-1]}")
            before[who] |= after
        sys.stdout.write(f"\n{one.name}: {compared} answers, {len(wrong)} differ so far")
        sys.stdout.flush()
    sys.stdout.write(
        f"\n{len(UNSEEN)} things, {len(people)} people, {compared} answers compared, {len(wrong)} differ\n"
    )
    if EVERY:
        keep("two worlds", "make two-worlds", pages=compared, different=len(wrong))
    assert wrong == []


def differing(before: dict[str, Answer], after: dict[str, Answer]) -> Iterator[tuple[str, str]]:
    """Each address that answers otherwise, and the first words that are others."""
    for address, told in after.items():
        if told != before[address]:
            (code, _, was), (later, _, now) = before[address], told
            same = (n for n, (a, b) in enumerate(zip(was, now, strict=False)) if a != b)
            at = next(same, min(len(was), len(now)))
            near = slice(max(0, at - 60), at + 90)
            yield address, f"{code} {was[near]!r}, then {later} {now[near]!r}"


@pytest.mark.usefixtures("no_tick")
def test_what_one_may_not_see_answers_like_what_is_not_there(home: Onlookers) -> None:
    """Each number of what happened out of sight answers whoever may not know it like a number of nothing."""
    before = ids(home.owner)
    for one in UNSEEN:
        one.happens(home)
    known = {
        noun: [row for row in rows if row not in before[noun]] or rows
        for noun, rows in ids(home.owner).items()
    }
    every = sorted({one for one in patterns() if "<uuid:" in one})
    some = every if EVERY else random.Random("short").sample(every, 40)
    wrong, compared = [], 0
    for who in STRANGERS if EVERY else ("stan",):
        browser = home.browser(getattr(home, who))
        for pattern in some:
            nothing = next(iter(asked(browser, [without(pattern)]).values()))
            for address, answer in asked(browser, filled(pattern, known, 4)).items():
                compared += 1
                if answer != nothing and answer[0] != 200:
                    wrong.append((who, address, answer[0], nothing[0]))
    sys.stdout.write(f"\nhidden against missing: {compared} answers, {len(wrong)} differ\n")
    assert wrong == []


def test_hidden_and_missing_take_the_same_time(home: Onlookers) -> None:
    goal = home.goal(home.samira)
    doors = {
        "family": (f"/family/{home.family}/", f"/family/{MISSING}/", home.stan),
        "plan": (f"/plans/{home.plan}/", f"/plans/{MISSING}/", home.stan),
        "goal, left out": (f"/goals/{goal.pk}/", f"/goals/{MISSING}/", home.karim),
    }
    for door, (hidden, missing, who) in doors.items():
        browser, times = home.browser(who), {hidden: [], missing: []}
        order = [hidden, missing] * REQUESTS
        random.Random(door).shuffle(order)
        for address in order:
            begun = time.perf_counter()
            assert browser.get(address).status_code == 404, (door, address)
            times[address].append(time.perf_counter() - begun)
        found = auc(times[hidden], times[missing])
        sys.stdout.write(
            f"\n{door}: {REQUESTS} pairs, AUC {found:.3f}, {median(times[hidden]) * 1000:.1f} and {median(times[missing]) * 1000:.1f} ms"
        )
        assert found <= (0.55 if REQUESTS >= 1000 else 0.75), door


def auc(ones: list[float], others: list[float]) -> float:
    """How often one is longer than the other, whichever way round: a half when nobody can tell."""
    longer = sum((a > b) + (a == b) / 2 for a in ones for b in others) / (len(ones) * len(others))
    return max(longer, 1 - longer)
