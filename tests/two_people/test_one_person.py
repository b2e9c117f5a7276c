"""Somebody who stands here twice becomes one person when two people say so, and nobody else's reading changes (D6)."""

import uuid
from datetime import timedelta

import pytest
from django.apps import apps

from clockwork import as_the_worker
from kring.trust import merging, viewer
from kring.trust.models import Forgetting
from kring.trust.usecases import forgettings, two_people
from two_people.scene import LONG_AGO, insert, refused
from two_people.twice import NOW, Twice
from web.doorstep import account, browser

CARD = {"language": "nl", "listens": False, "channel": "call", "phone": "", "email": "", "name_is_safe": True}


@pytest.fixture
def twice(house, owner):
    return Twice(house, owner)


def test_from_the_face_to_the_second_yes_and_the_family_reads_it(twice, house, owner):
    face, page = (
        f"/family/{house.family}/people/{twice.riet}/",
        f"/family/{house.family}/two-people/same/{twice.riet}/",
    )
    els, hidden = browser(owner, house.els), twice.scene.person("Riet van ver")
    far, circle = twice.family("Ver weg", twice.scene.person("Kind"), keeper=house.wim)
    twice.scene.seat(circle, hidden)
    alone = browser(owner, house.wim).get(f"/family/{far}/two-people/same/{hidden}/", follow=True)
    assert "there is nobody else" in alone.content.decode()
    assert page in els.get(face).content.decode()
    shown = els.get(page).content.decode()
    assert "Oma Riet (De Jansens)" in shown
    assert "Riet van ver" not in shown, "nobody is found whom one did not know"
    asked = els.post(page, {"other": str(twice.oma), "why": "ze staat op beide kaarten"})
    assert asked.status_code == 302, asked.content.decode()
    assert str(hidden) not in els.post(page, {"other": str(hidden), "why": "zo"}).content.decode()
    assert "Riet and Oma Riet are one person" in browser(owner, house.vera).get(asked.url).content.decode()
    assert browser(owner, house.vera).post(asked.url, {"answer": "yes"}).status_code == 302
    assert house.one("SELECT person_id FROM trust_seat WHERE id = %s", twice.place) == twice.riet
    assert "What was agreed" in els.get(asked.url).content.decode(), "who asked reads what came of it"
    looked = els.get(f"/family/{twice.others}/who-looked/").content.decode()
    assert "Els asked that somebody who stood here twice is one person" in looked
    for who in (house.ada, house.samira, house.lotte, house.wim):
        assert browser(owner, who).get(page).status_code in (403, 404)
    for nobody in (house.jonas, twice.noor, house.lotte, uuid.uuid4()):
        assert els.get(page.replace(str(twice.riet), str(nobody))).status_code == 404


def test_what_one_reads_is_what_both_read_less_where_either_is_left_out(twice, house):
    new, old = NOW() - timedelta(days=1), LONG_AGO + timedelta(days=5)
    for circle, child in ((house.circle, house.jonas), (twice.circle, twice.noor)):
        for about in (None, child):
            for at in (old, new):
                twice.note(circle, about, at)
    both = twice.scene.seat(twice.circle, twice.riet, history=False, since=NOW() - timedelta(days=2))
    twice.exclude(house.jonas, twice.oma)
    left = twice.notes_about(house.jonas)
    others = (house.els, house.samira, house.lotte, house.vera, house.wim, twice.noor)
    before, union = [twice.reads(who) for who in others], twice.reads(twice.riet) | twice.reads(twice.oma)
    assert left & union
    assert twice.agreed() == "yes"
    assert twice.reads(twice.riet) == union - left
    assert [twice.reads(who) for who in others] == before
    assert twice.reads(twice.oma) == set()
    assert (
        house.one(
            "SELECT count(*) FROM trust_seat WHERE circle_id = %s AND person_id = %s",
            twice.circle,
            twice.riet,
        )
        == 1
    )
    assert house.one(
        "SELECT since < %s AND NOT history FROM trust_seat WHERE id = %s",
        NOW() - timedelta(days=2, hours=12),
        both,
    )
    twice.exclude(twice.noor, twice.oma)
    left_since = twice.reads(twice.riet) & twice.notes_about(twice.noor)
    assert not left_since, "whoever is left out by the name that went is left out"


def by_a_link(twice, who):
    mark = who.bytes * 2
    insert(twice.owner, "trust_link", person_id=who, token_hash=mark, device_hash=mark, purpose="join", wrong_codes=0,
           made_at=LONG_AGO, until=NOW())  # fmt: skip


def works(twice, who):
    insert(twice.owner, "trust_job", person_id=who, organisation_id=twice.scene.organisation("Town"), role="worker", title="",
           bound=False, phone="", languages="", since=LONG_AGO)  # fmt: skip


def elsewhere(twice, who):
    _far, circle = twice.family("Ver", twice.scene.person("Kind"), keeper=twice.house.wim)
    twice.scene.seat(circle, who)


def at_an_own_page(twice, who):
    own = insert(twice.owner, "trust_circle", village_id=twice.scene.village, family_id=twice.others, kind="own", name="",
                 subject_id=twice.noor, safety=False, secrecy=False, opened_at=LONG_AGO)  # fmt: skip
    twice.scene.seat(own, who)


def went(twice, who):
    third = twice.scene.person("Tante")
    twice.scene.seat(twice.house.circle, third)
    assert twice.agreed(person=third, other=who) == "yes"


def keeps_no_more(twice):
    ended = "UPDATE trust_seat SET until = now() WHERE circle_id = %s AND person_id = %s"
    twice.owner.execute(ended, [twice.circle, twice.house.els])


#: One thing after the other that keeps two people two.
IN_THE_WAY = {
    "both sign in": lambda it: [account(it.owner, who) for who in (it.riet, it.oma)],
    "both came by a link": lambda it: [by_a_link(it, who) for who in (it.riet, it.oma)],
    "works here": lambda it: works(it, it.riet),
    "was a child here": lambda it: it.owner.execute(
        "INSERT INTO trust_birth (person_id, born) VALUES (%s, '1999-01-01')", [it.riet]),
    "the one who would stay went": lambda it: went(it, it.riet),
    "a child": lambda it: it.member(it.house.family, it.oma, "child"),
    "a family somebody else keeps": lambda it: elsewhere(it, it.oma),
    "wrote something": lambda it: it.note(it.circle, author=it.oma),
    "a place at a child's own page": lambda it: at_an_own_page(it, it.oma),
    "another role": lambda it: (it.member(it.others, it.riet),
                                it.scene.seat(it.circle, it.riet, role="guardian", ground="guardian")),
    "another authority": lambda it: (it.member(it.others, it.riet), it.member(it.others, it.oma, authority=False)),
    "a place that only begins": lambda it: it.scene.seat(it.circle, it.riet, since=NOW() + timedelta(days=3)),
    "the asker is left out": lambda it: it.exclude(it.noor, it.house.els),
    "the asker keeps it no more": keeps_no_more,
}  # fmt: skip


@pytest.mark.parametrize("name", IN_THE_WAY)
def test_what_stands_in_the_way_and_nothing_of_it_happens(name, twice, house):
    asked = twice.asks()
    IN_THE_WAY[name](twice)
    assert house.answers(house.vera, asked) == "over"
    assert house.one("SELECT person_id FROM trust_seat WHERE id = %s", twice.place) == twice.oma
    assert house.one("SELECT count(*) FROM trust_sameperson WHERE goes_id = %s", twice.oma) == 0


def test_who_asks_who_says_yes_and_nobody_by_hand(twice, house, owner):
    ask = "SELECT trust.ask_two(gen_random_uuid(), 'merge', %s::jsonb, '', now())"
    facts = f'{{"family": "{house.family}", "person": "{twice.riet}", "other": "%s"}}'
    far = twice.scene.person("Ver")
    twice.scene.seat(twice.family("Ver", twice.scene.person("Kind"), keeper=house.wim)[1], far)
    for other in (far, twice.riet, house.els, house.jonas, house.lotte, uuid.uuid4()):
        assert "not_yours_to_decide" in refused(house.els, ask, facts % other), other
    for who in (house.wim, house.ada, house.lotte, house.samira, house.vera):
        assert "not_yours_to_decide" in refused(who, ask, facts % twice.oma)
    asked = twice.asks()
    assert twice.asks() == asked, "what is asked twice is one"
    twice.exclude(twice.noor, house.omar)
    with viewer.acting(house.omar) as me:
        assert two_people.told(me, NOW()) == [], "who is left out of a child of either family cannot tell"
    assert refused(house.omar, "SELECT trust.answer_two(%s, true, '', now())", asked.pk) == "None"
    twice.scene.seat(twice.circle, house.vera)
    assert refused(house.vera, "SELECT trust.answer_two(%s, true, '', now())", asked.pk) == "None"
    for by_hand in (
        "SELECT trust.reckon_bring(%s, %s)",
        "UPDATE trust_seat SET person_id = %s WHERE person_id = %s",
    ):
        assert "Done" not in refused(house.els, by_hand, twice.riet, twice.oma)
    assert house.one("SELECT person_id FROM trust_seat WHERE id = %s", twice.place) == twice.oma


def test_who_signs_in_stays_and_forgetting_reaches_both(twice, house, owner, tmp_path, settings):
    settings.LEDGER, settings.KEYS_FOLDER = tmp_path / "forgotten.jsonl", tmp_path / "keys"
    account(owner, twice.oma)
    insert(owner, "trust_contactcard", circle_id=house.circle, person_id=twice.riet, **CARD)
    assert twice.agreed() == "yes"
    assert house.one("SELECT person_id FROM trust_contactcard") == twice.oma
    third = twice.scene.person("Tante Riet")
    twice.scene.seat(house.circle, third)
    assert twice.agreed(person=third, other=twice.oma) == "yes", "in whichever order they are named"
    with viewer.acting(twice.oma) as me:
        which = forgettings.ask(Forgetting.Kind.PERSON, twice.oma, by=me, at=NOW())
    owner.execute(
        "UPDATE trust_forgetting SET asked_at = asked_at - interval '15 days', due_at = due_at - interval '15 days'"
    )
    assert as_the_worker(forgettings.forget, which)
    names = owner.execute(
        "SELECT given_name FROM trust_person WHERE id IN (%s, %s, %s)", [twice.oma, twice.riet, third]
    ).fetchall()
    assert {name for (name,) in names} == {""}
    assert str(twice.riet) in settings.LEDGER.read_text(), "an old backup, put back, forgets both"


def test_every_column_that_points_to_a_person_comes_along_stays_behind_or_stands_in_the_way(owner):
    asked = """SELECT c.conrelid::regclass::text, a.attname FROM pg_constraint c JOIN pg_attribute a
        ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] WHERE c.contype = 'f' AND c.confrelid = 'trust_person'::regclass"""
    fields = {f"{label}.{name}" for label, named in merging.COMING.items() for name in named} | set(
        merging.LEFT
    )
    said = {(model._meta.db_table, column) for model, column in merging.in_the_way()}
    for label, name in (one.rsplit(".", 1) for one in fields):
        model = apps.get_model(label)
        said.add((model._meta.db_table, model._meta.get_field(name).column))
    assert set(owner.execute(asked).fetchall()) <= said
