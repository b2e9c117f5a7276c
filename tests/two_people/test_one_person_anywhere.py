"""Whatever the places, notes and exclusions: one person reads what the two read, less what either is left out of."""

import random
from datetime import timedelta
from threading import Thread

from django.db import connections

from kring.trust import viewer
from kring.trust.usecases import two_people
from two_people.twice import NOW, Twice

WORLDS = 8


def a_place(twice, chance, circle, who):
    """A place of any length, over, living or still to come, with or without what came before."""
    begins = NOW() + timedelta(days=chance.choice((-30, -9, -4, -4, 3)))
    until = chance.choice((None, None, begins + timedelta(days=5), begins + timedelta(days=60)))
    twice.scene.seat(circle, who, since=begins, until=until, history=chance.random() < 0.5)


def peopled(house, owner, chance):
    """Three families that Els keeps, with notes of all times, places of both and some who are left out."""
    twice = Twice(house, owner)
    third = twice.scene.person("Sami")
    homes = [
        (house.circle, house.jonas),
        (twice.circle, twice.noor),
        (twice.family("De Peeters", third)[1], third),
    ]
    for circle, child in homes:
        for about in (None, child):
            for days in (40, 20, 7, 1):
                twice.note(circle, about, NOW() - timedelta(days=days))
        for whom in (twice.riet, twice.oma):
            stands = owner.execute(
                "SELECT 1 FROM trust_seat WHERE circle_id = %s AND person_id = %s", [circle, whom]
            )
            if stands.fetchone() is None and chance.random() < 0.6:
                a_place(twice, chance, circle, whom)
            if chance.random() < 0.25:
                twice.exclude(child, whom)
    return twice, homes


def test_one_person_reads_what_the_two_read_less_what_either_is_left_out_of(house, owner):
    became = []
    for world in range(WORLDS):
        twice, homes = peopled(house, owner, random.Random(world))
        excluded = owner.execute(
            "SELECT subject_id FROM trust_exclusion WHERE person_id IN (%s, %s)", [twice.riet, twice.oma]
        )
        left = set().union(*(twice.notes_about(child) for (child,) in excluded.fetchall()))
        others = (house.els, house.samira, house.lotte, house.wim, *(child for _circle, child in homes))
        before = [twice.reads(who) for who in (twice.riet, twice.oma)]
        theirs = [twice.reads(who) for who in others]
        became.append(twice.agreed())
        after = [twice.reads(who) for who in (twice.riet, twice.oma)]
        expected = [(before[0] | before[1]) - left, set()] if became[-1] == "yes" else before
        assert after == expected, world
        assert [twice.reads(who) for who in others] == theirs, world
    assert {"yes", "over"} == set(became)
    assert became.count("yes") >= WORLDS // 2


def test_who_is_left_out_at_that_very_moment_is_left_out_whoever_comes_first(house, owner, bed):
    twice, said = Twice(house, owner), []
    about = {twice.note(twice.circle, twice.noor, NOW()), twice.note(house.circle, house.jonas)}
    asked = twice.asks()

    def answers():
        said.append(house.answers(house.vera, asked))
        connections.close_all()

    with bed.connect() as another:
        twice.owner = another
        with another.transaction():
            twice.exclude(twice.noor, twice.oma)
            answering = waits(answers)
        answering.join()
        assert said == ["yes"]
        third = twice.scene.person("Tante")
        twice.scene.seat(house.circle, third)
        asked = twice.asks(other=third)
        with viewer.acting(house.vera) as me:
            assert two_people.answer(asked, True, by=me, at=NOW()) == "yes"
            leaving_out = waits(twice.exclude, house.jonas, third)
        leaving_out.join()
    assert not twice.reads(twice.riet) & about
    told = owner.execute("SELECT DISTINCT person_id FROM trust_exclusion").fetchall()
    assert told == [(twice.riet,)]


def waits(deed, *values):
    """It is begun, and does not end before somebody else does."""
    beside = Thread(target=deed, args=values)
    beside.start()
    beside.join(timeout=0.5)
    assert beside.is_alive()
    return beside
