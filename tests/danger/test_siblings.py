"""Which child a danger was about stays with it: that child hears first, a sister reads no reason, a parent left out of her is told of him."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from clockwork import as_the_worker
from danger.scene import WHY, House
from kring.messaging import dangers as telling
from kring.trust import viewer
from kring.trust.models import Danger
from kring.trust.usecases import dangers
from trust.scenes import LONG_AGO, insert
from trust.unheard import unheard
from web.doorstep import browser


@pytest.fixture
def house(owner):
    house = House(owner)
    house.right(house.noor)
    house.lise = house.person("Lise")
    owner.execute(
        "INSERT INTO trust_birth (person_id, born) VALUES (%s, %s)", [house.lise, date(2012, 3, 31)]
    )
    insert(owner, "trust_familymember", family_id=house.family, person_id=house.lise, kind="child", relation="", authority=False)  # fmt: skip
    house.seat(house.circle, house.lise, role="child", ground="own choice", ring=1)
    return house


def page(house, who, danger):
    answer = browser(house.owner, who).get(f"/danger/{danger}/looked/")
    return answer.content.decode() if answer.status_code == 200 else answer.status_code


def letters(owner):
    """What goes to the family, and to whom."""
    told = "SELECT kind, person_id FROM messaging_letter WHERE kind = ANY(%s)"
    return set(owner.execute(told, [[telling.YOUNG, telling.FAMILY]]).fetchall())


def test_the_child_it_was_about_hears_first_and_its_sister_with_the_family_without_the_reason(house, owner):
    danger = house.opens(house.noor)
    assert owner.execute("SELECT child_id FROM trust_danger").fetchone() == (house.jonas,)
    with viewer.acting(house.noor) as me:
        dangers.say_what_was_done(
            Danger.objects.get(), "Hij sliep bij de buren.", by=me, at=datetime.now(UTC)
        )
    house.days_pass(danger, timedelta(hours=5))
    assert "You hear it first" in page(house, house.jonas, danger)
    assert page(house, house.lise, danger) == page(house, house.sarah, danger) == 404
    assert as_the_worker(telling.tell_families, at=datetime.now(UTC)) == 1
    assert letters(owner) == {(telling.YOUNG, house.jonas)}
    house.days_pass(danger, timedelta(hours=44))
    sister = page(house, house.lise, danger)
    assert "It was not about you." in sister
    assert "hit, tonight" not in sister
    assert "bij de buren" not in sister, "nor what was done for her brother"
    assert "bij de buren" in page(house, house.sarah, danger)
    assert "Mila" not in sister
    assert "You hear it first" not in sister
    assert "hit, tonight" in page(house, house.sarah, danger)
    as_the_worker(telling.tell_families, at=datetime.now(UTC))
    assert letters(owner) >= {(telling.YOUNG, house.jonas), (telling.FAMILY, house.lise)}
    assert (telling.YOUNG, house.lise) not in letters(owner)


def test_who_is_left_out_of_a_sister_hears_of_her_brother_and_not_the_other_way_round(house, owner):
    insert(owner, "trust_exclusion", subject_id=house.lise, ground="court order", since=LONG_AGO, reason="", person_id=house.dirk)  # fmt: skip
    insert(owner, "trust_exclusion", subject_id=house.jonas, ground="court order", since=LONG_AGO, reason="", person_id=house.sarah)  # fmt: skip
    danger = house.opens(house.noor)
    house.days_pass(danger, timedelta(hours=49))
    assert "hit, tonight" in page(house, house.dirk, danger)
    assert page(house, house.sarah, danger) == 404
    with unheard(owner):
        owner.execute("UPDATE trust_danger SET child_id = NULL WHERE id = %s", [danger])  # as one from before
    assert page(house, house.dirk, danger) == 404


def test_when_the_child_it_was_about_is_forgotten_its_sister_does_not_take_its_place(house, owner):
    danger = house.opens(house.noor)
    with unheard(owner):
        owner.execute("UPDATE trust_danger SET child_id = NULL WHERE id = %s", [danger])
        owner.execute("DELETE FROM trust_familymember WHERE person_id = %s", [house.jonas])
    house.days_pass(danger, timedelta(hours=5))
    assert page(house, house.lise, danger) == 404
    house.days_pass(danger, timedelta(hours=44))
    sister = page(house, house.lise, danger)
    assert "You hear it first" not in sister
    assert "hit, tonight" not in sister


def test_a_danger_is_about_a_child_of_that_family_and_of_no_other(house):
    at = datetime.now(UTC)
    with viewer.acting(house.noor, page="danger", at=at) as me:
        (found,) = dangers.find("Lise", "2012-03-31", by=me, at=at)
        assert found.child_id == house.lise
        for stranger in (house.sarah, house.joke):
            other = type(found)(found.family_id, found.circle_id, stranger, "", "", "")
            with pytest.raises(dangers.NothingFound), transaction.atomic():
                dangers.open_danger(Danger().pk, other, WHY, by=me, at=at)
