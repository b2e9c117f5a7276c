"""K4: a court's order hides all that is about the child, also what one wrote; a conflict of interest what others wrote."""

import os
from datetime import UTC, datetime

import psycopg
import pytest

from circle.furnished import Furnished
from proofs.addresses import filled, ids, patterns
from proofs.test_being_left_out import NothingOfHim, in_five_days
from proofs.test_two_worlds import asked, traceless

MARK = "Zebrapad"
WAYS = {
    "the father, by a court": ("karim", "person_id", "court order", True),
    "the coordinator, by a court": ("noor", "person_id", "court order", True),
    "the teacher, by a conflict": ("lotte", "person_id", "conflict", False),
}
EVERY = bool(os.environ.get("EVERY"))


def written(home: Furnished, by: object) -> None:
    """What can be said about Yassin: a goal, good news, earlier help, a talent, a talk, a sheet from school."""
    here, him = f"/family/{home.family}", str(home.yassin)
    told = {
        f"/plans/{home.plan}/goals/new/?quick=1": {"domain": "school", "aim": MARK, "need": "", "language": "en",
                                                   "child": him, "circle": str(home.circle)},
        f"{here}/good-news/": {"words": MARK, "language": "en", "child": him},
        f"{here}/path/add/": {"what": MARK, "since_year": "2021", "child": him, "near": "all", "language": "en"},
        f"{here}/learning/{him}/talents/": {"sees": MARK, "qualities": "", "language": "en"},
        f"{here}/meetings/call/": in_five_days(str(home.naima), f"{home.circle}.{him}") | {"place": MARK},
        f"{here}/learning/{him}/write/": {"how": "screening", "held_on": f"{datetime.now(UTC):%Y-%m-%d}", "best": MARK,
                                          "text": MARK, "language": "en"},
    }  # fmt: skip
    for address, words in told.items():
        home.browser(by).post(address, words)  # type: ignore[arg-type]


@pytest.mark.usefixtures("no_tick")
@pytest.mark.parametrize("way", WAYS if EVERY else list(WAYS)[:1])
def test_no_address_says_a_word_about_the_child_any_more(owner: psycopg.Connection, way: str) -> None:
    home = Furnished(owner)
    who, field, ground, also_own = WAYS[way]
    written(home, home.naima)
    if also_own:
        written(home, getattr(home, who))
    browser, known = home.browser(getattr(home, who)), ids(owner)
    addresses = list(
        dict.fromkeys(one for pattern in sorted(set(patterns())) for one in filled(pattern, known, 4))
    )
    with traceless(home):
        before = asked(browser, addresses)
    told = [address for address, answer in before.items() if says(answer[2])]
    assert len(told) > 10
    NothingOfHim.leave_out(home, who, field, ground)  # type: ignore[arg-type]
    with traceless(home):
        after = asked(browser, [address for address, answer in before.items() if answer[0] != 404])
    assert [address for address, answer in after.items() if says(answer[2])] == []


def says(body: bytes) -> bool:
    """Whether something about Yassin stands there."""
    return any(mark in body for mark in (MARK.encode(), b"aim friends", b"step friends"))
