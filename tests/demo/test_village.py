"""The demonstration village: the same every time, and nothing of it lies in tomorrow."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cast import HOUSEHOLDS, PROFESSIONALS
from kring.demo import village
from kring.trust import viewer
from kring.trust.usecases import watching

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "migrator"])


def test_the_village_is_loaded_once_and_knows_everybody_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    village.load(on=timezone.localdate())
    village.load(on=timezone.localdate())
    assert capsys.readouterr().out.count("families") == 1, "a second time changes nothing"
    shown = village.people()
    folk = sum(len(family.children) + len(family.elders) for family in HOUSEHOLDS)
    assert len(shown) == folk + len(PROFESSIONALS)
    assert all(person.sentence for person in shown)
    waiting = village.waiting_yes()
    assert waiting is not None
    assert waiting.person_id == next(person.id for person in shown if person.name == "Naima")
    with viewer.acting(next(person.id for person in shown if person.name.startswith("Wim"))) as wim:
        seals = watching.seals_stand(by=wim)
    assert seals.findings == 0, "checked once, and as it was sealed"
    assert not seals.is_overdue(timezone.now()), "no night was missed: none has come yet"


@pytest.mark.parametrize("on", [date(2026, 1, 1), date(2027, 3, 29)])
def test_the_village_can_be_loaded_on_any_day_that_is_past(on: date) -> None:
    """Around a new year and around the change of the clock."""
    village.load(on=min(on, timezone.localdate() - timedelta(days=1)), tell=lambda sentence: None)
    assert village.people()


def test_a_step_that_names_its_weekday_falls_on_it() -> None:
    for start in range(7):
        days = village.Days(date(2026, 11, 16) + timedelta(days=start))
        assert days.weekday(4).weekday() == 4
        assert days.day(1) <= days.weekday(4) <= days.day(7)
