"""`make two-worlds`: what differs only in the unseen changes no answer, on any address; and takes no other time."""

import os
import random
import re
import sys
import time
import uuid
from statistics import median

import psycopg
import pytest
from django.test import Client

from circle.furnished import LATER, Furnished
from circle.test_nobody_can_tell import a_life_out_of_sight
from circle.two_worlds import TOKENS
from kring.confidences.usecases import tellings
from kring.trust import viewer
from kring.trust.models import Person
from kring.trust.usecases import exclusions
from proofs.addresses import MISSING, filled, ids, patterns, without
from web.doorstep import bare

EVERY = bool(os.environ.get("EVERY"))
REQUESTS = int(os.environ.get("REQUESTS", "60"))
PEOPLE = ("karim", "lotte", "ada", "marc", "officer", "stan")
MADE_AT = re.compile(rb"/Title<[0-9A-F]+>.*|<\\?xpacket begin.*|/ID ?\\[.*|D:\\d{14}[^)]*")
Answer = tuple[int, str, bytes]


@pytest.fixture
def home(owner: psycopg.Connection) -> Furnished:
    """The family; the father and the school are left out of Samira's life; others of the village stand around."""
    made = Furnished(owner)
    made.ada, made.marc = (
        made.worker("Ada", "administrator", "Town hall"),
        made.worker("Marc", "worker", "Club"),
    )
    made.officer, made.stan = made.worker("Wim", "trust officer", "Town hall"), made.person("Stan")
    with viewer.acting(made.samira) as me:
        girl = Person.objects.get(pk=made.samira)
        exclusions.leave_out(girl, by=me, at=LATER, sector="education")
        exclusions.leave_out(girl, by=me, at=LATER, person_id=made.karim)
    return made


def asked(browser: Client, addresses: list[str]) -> dict[str, Answer]:
    """What each address answers, without what is new every time."""
    found = {}
    for address in addresses:
        answer = browser.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if answer["Content-Type"] == "application/pdf":
            body = MADE_AT.sub(b"", body)  # paper tells when it was made
        body = TOKENS.sub(rb"\1-", body).replace(address.encode(), b"-")
        found[address] = (answer.status_code, answer.get("Location", ""), bare(body))
    return found


def every_address(home: Furnished) -> list[str]:
    """All of them, or a part that is drawn by a seed."""
    known, every = ids(home.owner), sorted(set(patterns()))
    some = every if EVERY else random.Random("short").sample(every, 45)
    return list(
        dict.fromkeys(address for pattern in some for address in filled(pattern, known, 3 if EVERY else 1))
    )


def told(home: Furnished) -> None:
    """Samira tells somebody something, and nobody else knows that there is anything."""
    with viewer.acting(home.samira, page="confidence", at=LATER) as me:
        tellings.tell(home.naima, "Out of sight eight", safety=True, key=uuid.uuid4(), by=me, at=LATER)


def test_what_happens_out_of_sight_changes_no_address(home: Furnished) -> None:
    addresses = every_address(home)
    people = PEOPLE if EVERY else PEOPLE[:2]
    browsers = {who: home.browser(getattr(home, who)) for who in people}
    for browser in browsers.values():
        asked(browser, addresses)  # a first visit may greet
    before = {who: asked(browser, addresses) for who, browser in browsers.items()}
    a_life_out_of_sight(home)
    told(home)
    for who, browser in browsers.items():
        after = asked(browser, addresses)
        differs = [address for address in addresses if after[address] != before[who][address]]
        leaks = [address for address in addresses if b"Out of sight" in after[address][2]]
        shown = sum(answer[0] == 200 for answer in after.values())
        sys.stdout.write(
            f"\n{who}: {len(addresses)} addresses, {shown} shown, {len(differs)} differ, {len(leaks)} leak"
        )
        assert (differs, leaks) == ([], []), who


def test_what_one_may_not_see_answers_like_what_is_not_there(home: Furnished) -> None:
    known, every = ids(home.owner), sorted({one for one in patterns() if "<uuid:" in one})
    some = every if EVERY else random.Random("short").sample(every, 40)
    stranger = home.browser(home.stan)
    wrong, compared = [], 0
    for pattern in some:
        nothing = next(iter(asked(stranger, [without(pattern)]).values()))
        for address, answer in asked(stranger, filled(pattern, known)).items():
            compared += 1
            if answer[0] != 200 and answer != nothing:
                wrong.append((address, answer[0], nothing[0]))
    sys.stdout.write(f"\nhidden against missing: {compared} addresses, {len(wrong)} differ\n")
    assert wrong == []


def test_hidden_and_missing_take_the_same_time(home: Furnished) -> None:
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
