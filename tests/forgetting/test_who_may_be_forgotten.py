"""Who may ask it, who may think again, and what a hand-made statement of the serving role gets: nothing."""

import uuid

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from circle.furnished import Furnished
from forgetting.backup import stands
from kring.trust import keys, ledger, viewer
from kring.trust.models import Forgetting, Person
from kring.trust.permissions import NotAllowed
from kring.trust.usecases import forgettings
from kring.wraparound.models import Goal, OwnPage, Wish

FAMILY, PERSON = Forgetting.Kind.FAMILY, Forgetting.Kind.PERSON


@pytest.fixture
def scene(owner):
    return Furnished(owner)


def ask(person, kind, whose):
    with viewer.acting(person) as me:
        return forgettings.ask(kind, whose, by=me, at=timezone.now())


def waits(person) -> list[str]:
    with viewer.acting(person) as me:
        return [one.kind for one in forgettings.waiting(by=me)]


def test_a_parent_asks_for_the_family_and_everybody_of_age_for_themself_only(scene):
    for person in (scene.noor, scene.lotte, scene.aunt, scene.els, scene.samira, scene.yassin):
        with pytest.raises(NotAllowed):
            ask(person, FAMILY, scene.family)
    for person, other in (
        (scene.naima, scene.yassin),
        (scene.karim, scene.naima),
        (scene.noor, scene.samira),
    ):
        with pytest.raises(NotAllowed):
            ask(person, PERSON, other)
    with pytest.raises(NotAllowed):
        ask(scene.yassin, PERSON, scene.yassin)
    for person in (scene.samira, scene.naima, scene.aunt):
        assert ask(person, PERSON, person) == ask(person, PERSON, person), "sent twice it is one"
    with pytest.raises(NotAllowed), viewer.acting(scene.naima, seen_as=scene.samira) as me:
        forgettings.ask(PERSON, scene.naima, by=me, at=timezone.now())


def test_whoever_decides_with_the_family_may_think_again_and_nobody_else_knows(scene):
    which = ask(scene.naima, FAMILY, scene.family)
    assert [waits(p) for p in (scene.naima, scene.karim, scene.samira)] == [["family"]] * 3
    for person in (scene.noor, scene.aunt, scene.yassin, scene.lotte):
        assert waits(person) == []
        with viewer.acting(person) as me:
            forgettings.think_again(which, by=me, at=timezone.now())
    assert waits(scene.naima) == ["family"]
    with viewer.acting(scene.samira) as me:
        forgettings.think_again(which, by=me, at=timezone.now())
        forgettings.think_again(which, by=me, at=timezone.now())
    assert waits(scene.naima) == []
    (line,) = ledger.standing()
    assert line["taken_back_at"]
    assert line["done_at"] is None


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT trust.reckon_forget('{which}', '{{}}', now())",
        "SELECT trust.reckon_forgotten('{{}}', '{{}}', '{{}}', ARRAY['{family}'::uuid])",
        "SELECT trust.reckon_replay('{{}}')",
        "UPDATE trust_forgetting SET due_at = now()",
        "SELECT * FROM trust_forgetting",
        "DELETE FROM trust_forgetting",
        "INSERT INTO trust_forgetting (id, kind, whose, word, asked_by, asked_at, due_at) VALUES "
        "(gen_random_uuid(), 'family', '{family}', 'guardian', '{family}', now() - interval '1 day', now())",
    ],
)
def test_by_hand_nobody_forgets_anybody(scene, statement):
    which = ask(scene.naima, FAMILY, scene.family)
    with pytest.raises(DatabaseError), viewer.acting(scene.noor), connection.cursor() as cursor:
        cursor.execute(statement.format(which=which, family=scene.family))


def test_by_hand_nobody_forgets_before_the_day_and_no_line_is_read(scene):
    which = ask(scene.naima, FAMILY, scene.family)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT trust.forget(%s), trust.forgetting_reach(%s), trust.forgetting_line(%s)", [which] * 3
        )
        assert cursor.fetchone() == (False, None, None)


def test_a_young_person_goes_and_the_plan_of_the_others_stands(scene, owner, days_pass):
    tab, works = scene.browser(scene.samira), scene.browser(scene.noor)
    assert tab.get(f"/family/{scene.family}/").status_code == 200
    ask(scene.samira, PERSON, scene.samira)
    days_pass(15)
    assert forgettings.forget_those_due() == 1
    assert (
        stands(owner, {"Ik wil dansen", "Ik wil weer met plezier naar school", "aim school", "Samira"})
        == set()
    )
    assert tab.get(f"/family/{scene.family}/").status_code == 302, "nobody is signed in there any more"
    for address in (
        f"/family/{scene.family}/",
        f"/plans/{scene.plan}/",
        f"/family/{scene.family}/who-looked/",
        "/today/",
    ):
        assert works.get(address).status_code == 200, address
    with viewer.acting(scene.naima):
        assert [goal.aim for goal in Goal.objects.order_by("aim")] == ["aim friends", "aim home"]


def test_a_family_goes_and_a_young_person_keeps_what_is_hers(scene, owner, days_pass):
    ask(scene.naima, FAMILY, scene.family)
    days_pass(15)
    assert forgettings.forget_those_due() == 1
    assert (
        stands(
            owner, {"Ik wil weer met plezier naar school", "Lindelaan 1", "Familie Amrani", "Naima", "Hind"}
        )
        == set()
    )
    with viewer.acting(scene.samira) as me:
        assert [page.words for page in OwnPage.objects.all()] == ["Ik wil dansen"]
        assert not Wish.objects.exists()
        assert forgettings.may_ask(PERSON, scene.samira, by=me)
    with pytest.raises(NotAllowed), viewer.acting(uuid.uuid4()):
        pass
    with viewer.acting(scene.noor):
        assert Person.objects.get(pk=scene.noor).given_name == "Noor"
        assert not Goal.objects.exists()


def test_a_worker_keeps_the_name_while_the_work_goes_on(scene, owner, days_pass):
    ask(scene.noor, PERSON, scene.noor)
    days_pass(15)
    assert forgettings.forget_those_due() == 1
    assert owner.execute("SELECT given_name FROM trust_person WHERE id = %s", [scene.noor]).fetchone() == (
        "Noor",
    )
    assert scene.browser(scene.noor).get(f"/plans/{scene.plan}/").status_code == 200
    assert not keys.destroyed("person", scene.noor)
