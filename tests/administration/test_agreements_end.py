"""An agreement lapses: the village is told before, the family the same day; renewal wakes every seat (K2, hard case 8)."""

from datetime import timedelta

import psycopg
import pytest
from django.utils import timezone

from clockwork import as_the_worker
from kring.clock import agreements as letters
from kring.clock import usecases as clock
from kring.messaging import kinds
from kring.trust import viewer
from web import doorstep


@pytest.fixture
def here(owner):
    return doorstep.build(owner)


@pytest.fixture
def nora(here):
    return here.scene.worker("Nora", "network", "Town")


def ends_in(here, **ahead):
    school = here.scene.organisations["School De Linde"]
    here.scene.owner.execute(
        "UPDATE trust_agreement SET until = %s WHERE organisation_id = %s",
        [timezone.now() + timedelta(**ahead), school],
    )
    return school


def letters_of(owner: psycopg.Connection):
    return set(owner.execute("SELECT kind, person_id FROM messaging_letter").fetchall())


def test_a_last_day_is_said_told_and_taken_away_again(here, nora, owner):
    keeper = doorstep.browser(owner, nora)
    school, town = (here.scene.organisations[name] for name in ("School De Linde", "Town"))
    day = timezone.localdate() + timedelta(days=30)
    keeper.post(f"/village/agreements/{school}/last-day/", {"last": day.isoformat()})
    keeper.post(f"/village/agreements/{town}/last-day/", {"last": day.isoformat()})
    for odd in ("2020-01-01", "", "x", "2199-01-01"):
        keeper.post(f"/village/agreements/{school}/last-day/", {"last": odd})
    ends = dict(owner.execute("SELECT organisation_id, until FROM trust_agreement").fetchall())
    assert timezone.localdate(ends[school] - timedelta(microseconds=1)) == day
    assert ends[town] is None
    assert as_the_worker(clock.tell_of_agreements, at=timezone.now()) == 1
    assert as_the_worker(clock.tell_of_agreements, at=timezone.now()) == 0
    assert letters_of(owner) == {(letters.ENDING, nora)}
    keeper.post(f"/village/agreements/{school}/renew/")
    assert owner.execute(
        "SELECT until FROM trust_agreement WHERE organisation_id = %s", [school]
    ).fetchone() == (None,)
    stranger = doorstep.browser(owner, here.els)
    assert (
        stranger.post(f"/village/agreements/{school}/last-day/", {"last": day.isoformat()}).status_code == 404
    )


@pytest.mark.parametrize(("days", "told"), [(61, 0), (59, 1)])
def test_sixty_days_before(here, nora, days, told):
    ends_in(here, days=days)
    assert as_the_worker(clock.tell_of_agreements, at=timezone.now()) == told


def test_the_family_is_told_the_same_day_and_again_when_it_wakes(here, nora, owner):
    school = ends_in(here, seconds=-1)
    mother = doorstep.browser(owner, here.samira)
    assert as_the_worker(clock.tell_of_agreements, at=timezone.now()) == 2
    assert letters_of(owner) == {(letters.ASLEEP, here.samira), (letters.ASLEEP, here.jonas)}
    page = mother.get(f"/family/{here.family}/").content.decode()
    assert "Els of School De Linde see nothing here for now" in page
    with viewer.acting(here.els) as me:
        assert me.seats == ()
    doorstep.browser(owner, nora).post(f"/village/agreements/{school}/renew/")
    assert as_the_worker(clock.tell_of_agreements, at=timezone.now()) == 2
    assert {who for kind, who in letters_of(owner) if kind == letters.AWAKE} == {
        here.samira,
        here.jonas,
    }
    assert "see nothing here for now" not in mother.get(f"/family/{here.family}/").content.decode()
    with viewer.acting(here.els) as me:
        assert len(me.seats) == 1
    asked = kinds.Asked(here.scene.village, here.samira, "e-mail", timezone.now())
    assert as_the_worker(kinds.wording(letters.ASLEEP), asked) is None


def test_who_left_the_circle_and_other_families_hear_nothing(here, owner):
    ends_in(here, seconds=-1)
    owner.execute("UPDATE trust_seat SET until = now() WHERE person_id = %s", [here.els])
    assert as_the_worker(clock.tell_of_agreements, at=timezone.now()) == 0


def test_the_letter_names_nobody(here, owner):
    ends_in(here, seconds=-1)
    doorstep.account(owner, here.samira, "samira@example.org")
    (agreement,) = owner.execute("SELECT id FROM trust_agreement WHERE until IS NOT NULL").fetchone()
    words = as_the_worker(
        kinds.wording(letters.ASLEEP), kinds.Asked(agreement, here.samira, "e-mail", timezone.now())
    )
    assert words is not None
    said = " ".join([words.subject, *words.lines])
    assert not any(name in said for name in ("Els", "Jonas", "Linde"))
