"""A page that was open, or an address that was kept, when the plan is closed: one kind sentence, never a mistake of ours."""

import pytest

from kring.trust import viewer
from kring.wraparound.models import Action, Goal
from web.doorstep import browser

PAGES = ("/goals/{goal}/", "/steps/{step}/", "/steps/{step}/offer/")


@pytest.mark.parametrize("page", PAGES)
def test_who_writes_in_a_plan_that_is_closed_reads_that_it_is(home, owner, page):
    home.plan()
    with viewer.acting(home.hanne):
        goal, step = Goal.objects.get(), Action.objects.filter(doer_id=home.hanne).get()
    owner.execute("UPDATE wraparound_plan SET stage = 'closed', closed_at = now()")
    answer = browser(owner, home.hanne).get(page.format(goal=goal.pk, step=step.pk))
    assert answer.status_code == 409
    assert "This plan is closed." in answer.content.decode()
