"""Nothing is forgotten by halves: no thinking again under way, no failure that stops others, no torn line."""

import json
import os
import threading
import time

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from circle.furnished import Furnished
from clockwork import as_the_worker
from kring.clock import corrections, tasks, usecases
from kring.trust import keys, ledger, viewer
from kring.trust.models import Forgetting
from kring.trust.seals import checking
from kring.trust.usecases import forgettings

PERSON = Forgetting.Kind.PERSON


def ask(person):
    with viewer.acting(person) as me:
        return forgettings.ask(PERSON, person, by=me, at=timezone.now())


def think_again(person, which) -> bool:
    with viewer.acting(person) as me:
        return forgettings.think_again(which, by=me, at=timezone.now())


def test_from_its_day_on_nobody_thinks_again_even_when_the_keys_went_and_the_rows_did_not(
    owner, bed, days_pass, monkeypatch, caplog
):
    scene = Furnished(owner)
    first, second = ask(scene.naima), ask(scene.samira)
    days_pass(15)
    destroy = keys.destroy

    def fails_for_one(kind, whose):
        destroy(kind, whose)
        if whose == scene.naima:
            raise OSError("the disk of Naima is full")

    monkeypatch.setattr(keys, "destroy", fails_for_one)
    assert as_the_worker(forgettings.forget_those_due) == 1, "the other one is forgotten all the same"
    assert str(first) in caplog.text
    assert "Naima" not in caplog.text
    assert not think_again(scene.naima, first)
    assert owner.execute("SELECT id FROM trust_forgetting WHERE done_at IS NOT NULL").fetchall() == [
        (second,)
    ]
    with viewer.acting(scene.naima) as me:
        assert forgettings.waiting(by=me) == []
        assert not me.may_think_again
    monkeypatch.setattr(keys, "destroy", destroy)
    assert as_the_worker(forgettings.forget_those_due) == 1
    done = {json.loads(line)["done_at"] for line in ledger.path().read_text().splitlines() if line}
    moments = owner.execute("SELECT DISTINCT at FROM trust_entry WHERE deed = 'line emptied'").fetchall()
    assert {at.isoformat() for (at,) in owner.execute("SELECT done_at FROM trust_forgetting")} <= done
    assert {at.isoformat() for (at,) in moments} <= done
    with psycopg.connect(bed._addresses(bed.name).migrator.conninfo()) as migrator:
        result = checking.verified(migrator, [])
    assert result.emptied
    assert result.findings == [], "the ledger explains every emptied line"


@pytest.mark.django_db(transaction=True)
def test_who_thinks_again_while_it_happens_waits_and_hears_no(owner, days_pass, monkeypatch):
    scene = Furnished(owner)
    which = ask(scene.samira)
    days_pass(15)
    heard, destroy = [], keys.destroy

    def tapped():
        heard.append(think_again(scene.samira, which))
        connection.close()

    tap = threading.Thread(target=tapped)

    def slowly(kind, whose):
        if not tap.ident:
            tap.start()
            tap.join(0.3)
            assert not heard, "it waits"
        destroy(kind, whose)

    monkeypatch.setattr(keys, "destroy", slowly)
    assert as_the_worker(forgettings.forget_those_due) == 1
    tap.join(10)
    assert heard == [False]


def test_each_deed_of_the_night_is_done_though_another_fails(monkeypatch):
    done = []

    def fails(**facts):
        raise ValueError("no")

    after = ("forget_letters", "forget_sessions", "end_what_was_kept", "forget_packages", "turn_desk_keys")
    for name in after:
        monkeypatch.setattr(usecases, name, lambda name=name, **facts: done.append(name))
    monkeypatch.setattr(usecases, "forget", fails)
    monkeypatch.setattr(usecases, "forget_people", fails)
    with pytest.raises(ExceptionGroup) as told:
        as_the_worker(tasks.forget, timestamp=int(time.time()))
    assert len(told.value.exceptions) == 2
    assert done == list(after)


def test_each_reminder_goes_though_another_fails(monkeypatch):
    done = []

    def fails(**facts):
        raise ValueError("no")

    names = (
        "ask_whether_true",
        "remind",
        "remind_of_reviews",
        "remind_of_forgetting",
        "tell_that_it_stays",
        "remind_of_answers",
    )
    for name in names:
        monkeypatch.setattr(usecases, name, lambda name=name, **facts: done.append(name))
    monkeypatch.setattr(corrections, "tell", fails)
    with pytest.raises(ExceptionGroup):
        tasks.remind(timestamp=int(time.time()))
    assert tuple(done) == names


def test_a_line_of_the_ledger_is_whole_or_not_there(monkeypatch):
    truly, given = os.write, []
    monkeypatch.setattr(os, "write", lambda handle, told: truly(handle, told[:7]))
    ledger.append({"id": "one", "done_at": None})

    def full(handle, told):
        given.append(told)
        if len(given) > 2:
            raise OSError("no space left")
        return truly(handle, told[:7])

    before = ledger.path().read_bytes()
    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="no space"):
        ledger.append({"id": "two", "done_at": None})
    assert ledger.path().read_bytes() == before
    monkeypatch.setattr(os, "write", truly)
    with ledger.path().open("a") as file:
        file.write('{"id": "to')
    ledger.append({"id": "three", "done_at": None})
    with ledger.path().open("a") as file:
        file.write('{"id": "four", "done_at": null}')
    ledger.append({"id": "five", "done_at": None})
    assert [line["id"] for line in ledger.standing()] == ["one", "three", "four", "five"]


def test_what_was_thought_again_stands_in_the_ledger_before_it_holds(owner, monkeypatch):
    scene = Furnished(owner)
    which = ask(scene.samira)

    def full(line):
        raise OSError("no space left")

    append = ledger.append
    monkeypatch.setattr(ledger, "append", full)
    with pytest.raises(OSError, match="no space"):
        think_again(scene.samira, which)
    assert owner.execute("SELECT taken_back_at FROM trust_forgetting").fetchone() == (None,)
    monkeypatch.setattr(ledger, "append", append)
    assert think_again(scene.samira, which)
    assert [bool(line["taken_back_at"]) for line in ledger.standing()] == [True]
