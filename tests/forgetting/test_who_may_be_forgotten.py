"""Who may ask it, who may think again, and what a hand-made statement of the serving role gets: nothing."""

import uuid
from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from circle.furnished import Furnished
from clockwork import as_the_worker
from forgetting.backup import stands
from intake.desk import JONAS, Desk
from kring.intake.models import Concern, Promise, TalkNote
from kring.intake.usecases import concerns, handing_in
from kring.trust import keys, ledger, viewer
from kring.trust.models import Forgetting, Person
from kring.trust.permissions import NotAllowed
from kring.trust.usecases import along, forgettings
from kring.wraparound.models import Goal, OwnPage, Wish
from trust.circle_scene import AT
from trust.scenes import insert

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

    def asked(question):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(question, {"which": which})
            return cursor.fetchone()

    before = "SELECT trust.forget(%(which)s), trust.line_of_one_due(%(which)s)"
    assert as_the_worker(asked, before) == (False, None)
    assert asked("SELECT trust.forgetting_line(%(which)s)") == (None,)
    for question in (before, "SELECT trust.forgetting_reach(%(which)s)"):
        with pytest.raises(DatabaseError, match="permission denied"):
            asked(question)


def test_a_young_person_goes_and_the_plan_of_the_others_stands(scene, owner, days_pass):
    tab, works = scene.browser(scene.samira), scene.browser(scene.noor)
    assert tab.get(f"/family/{scene.family}/").status_code == 200
    ask(scene.samira, PERSON, scene.samira)
    days_pass(15)
    assert as_the_worker(forgettings.forget_those_due) == 1
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
    assert as_the_worker(forgettings.forget_those_due) == 1
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


def test_a_worker_keeps_the_name_while_the_work_goes_on_and_not_a_day_longer(scene, owner, days_pass):
    named = "SELECT given_name FROM trust_person WHERE id = %s"
    ask(scene.noor, PERSON, scene.noor)
    with viewer.acting(scene.noor) as me:
        package = along.ask(language="nl", by=me, at=timezone.now()).pk
    days_pass(15)
    assert [as_the_worker(forgettings.forget_those_due) for _night in range(2)] == [1, 0]
    assert owner.execute(named, [scene.noor]).fetchone() == ("Noor",)
    assert scene.browser(scene.noor).get(f"/plans/{scene.plan}/").status_code == 200
    assert not keys.destroyed("person", scene.noor)
    assert keys.destroyed("circle", package), "what she had ready to take along goes first"
    owner.execute("UPDATE trust_job SET until = now() WHERE person_id = %s", [scene.noor])
    assert [as_the_worker(forgettings.forget_those_due) for _night in range(2)] == [1, 0]
    assert owner.execute(named, [scene.noor]).fetchone() == ("",)
    assert keys.destroyed("person", scene.noor)
    assert [line["reach"]["nameless"] for line in ledger.standing()] == [[], [str(scene.noor)]]


def test_what_a_worker_wrote_by_the_work_stays_with_whom_it_is_about(scene, owner, days_pass):
    part = insert(owner, "trust_circle", village_id=scene.village, family_id=scene.family, kind="part", name="school",
                  safety=False, secrecy=False, opened_by_id=scene.naima, opened_at=AT)  # fmt: skip
    scene.seat(part, scene.naima, ground="own choice", decided_by_id=scene.naima)
    for author, text in ((scene.noor, "by the work"), (scene.aunt, "by an aunt")):
        insert(owner, "wraparound_note", circle_id=part, author_id=author, at=AT, text=text, signed="")
        ask(author, PERSON, author)
    days_pass(15)
    assert as_the_worker(forgettings.forget_those_due) == 2
    assert stands(owner, {"by the work", "by an aunt"}) == {"by the work"}


def test_a_concern_stays_in_a_colleagues_first_talk_when_who_wrote_it_down_is_forgotten(owner, days_pass):
    desk, told = Desk(owner), replace(JONAS, channel="talk")
    with viewer.acting(desk.els) as me:
        handing_in.write_down(told, village=desk.village, form_key="1" * 32, by=me, at=timezone.now())
    with viewer.acting(desk.marc) as me:
        concerns.take_up(Concern.objects.get(), by=me, at=timezone.now())
    with viewer.acting(desk.marc) as me:
        concerns.write_note(Concern.objects.get(), text="Gebeld", reached=True, by=me, at=timezone.now())
    for person in (desk.els, desk.marc):
        ask(person, PERSON, person)
    days_pass(15)
    assert as_the_worker(forgettings.forget_those_due) == 2
    with viewer.acting(desk.marc):
        assert Concern.objects.get().seen == JONAS.seen
        assert [note.text for note in TalkNote.objects.all()] == ["Gebeld"]
        assert Promise.objects.exists()
