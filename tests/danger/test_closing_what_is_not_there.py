"""Closing what somebody else opened, or what is not there: the same answer, and no untrue word."""

import re
import uuid

import pytest

from danger.scene import House, fresh


@pytest.fixture
def house(owner):
    made = House(owner)
    made.right(made.noor)
    return made


def test_nobody_is_told_that_something_closed_that_they_never_opened(house, owner):
    """What is not there and what somebody else opened answer alike, byte by byte; one's own closes once, and stays so."""
    danger = house.opens(house.noor)
    joke, noor = fresh(owner, house.joke), fresh(owner, house.noor)
    for other in (joke, fresh(owner, house.hanne)):  # she was told of it, and closes nothing
        theirs, missing = (other.post(f"/danger/{one}/end/") for one in (danger, uuid.uuid4()))
        assert theirs.status_code == missing.status_code == 404
        assert bare(theirs) == bare(missing)
    assert owner.execute("SELECT ended_at FROM trust_danger").fetchone() == (None,)
    assert noor.post(f"/danger/{uuid.uuid4()}/end/").status_code == 404
    assert "It is closed." not in noor.get("/danger/").content.decode()
    for _twice in range(2):
        assert noor.post(f"/danger/{danger}/end/").headers["Location"] == f"/danger/{danger}/looked/"
    told = "SELECT count(*) FROM trust_entry WHERE deed = 'ended a danger'"
    assert owner.execute(told).fetchone() == (1,)


def bare(page) -> bytes:
    """A page without the word of its form, which is another each time."""
    return re.sub(rb'(X-CSRFToken": |csrfmiddlewaretoken" value=)"[^"]+"', rb"\1", page.content)
