"""W26: the talent behind the behaviour, asked of the teacher too; the child keeps it or puts it away."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from kring.intake.models import Promise
from kring.trust import viewer
from kring.trust.models import Circle
from kring.trust.permissions import NotAllowed
from kring.wraparound.models import OwnPage, TalentAnswer, TalentWord
from kring.wraparound.talents import PAIRS
from kring.wraparound.usecases import talents
from kring.wraparound.usecases.talents import Seen
from wraparound.home import AT, LATER

SEEN = Seen("Ze legt het uit aan wie het niet snapt.", "Geduldig.", ("tells", "asks", "unknown"), "nl")


def name(home, child, who=None, seen=SEEN, at=AT):
    with viewer.acting(who or home.lotte, at=at) as me:
        return talents.name_talent(Circle.objects.get(pk=home.circle), child, seen, by=me, at=at).pk


def reads(person):
    with viewer.acting(person):
        return TalentWord.objects.count()


def answer(home, child, word, how, at=LATER):
    with viewer.acting(child, at=at) as me:
        own, found = (
            Circle.objects.get(pk=home.own[child]),
            TalentWord.objects.select_related("author").get(pk=word),
        )
        talents.answer(own, found, how, language="nl", by=me, at=at)


def own_words(person):
    with viewer.acting(person):
        return [(line.words, line.said_by) for line in OwnPage.objects.in_order()]


def test_the_teacher_names_it_for_the_child_and_the_parents_of_a_young_one(home):
    word = name(home, home.yara)
    assert name(home, home.yara) == word, "sent twice"
    assert [reads(who) for who in (home.lotte, home.yara, home.naima, home.samir)] == [1] * 4
    assert [reads(who) for who in (home.samira, home.hanne, home.fatna, home.mila, home.stranger)] == [0] * 5
    name(home, home.samira)
    assert [reads(who) for who in (home.lotte, home.samira, home.naima)] == [2, 1, 1], (
        "at fourteen nobody reads along"
    )
    with viewer.acting(home.lotte):
        assert TalentWord.objects.filter(talents=["tells", "asks"]).count() == 2, "only talents we know"
    assert not {str(pair.said) for pair in PAIRS} & {
        str(value)
        for row in home.owner.execute("SELECT talents FROM wraparound_talentword").fetchall()
        for value in row
    }


def test_a_second_word_lies_with_the_first_and_a_word_is_taken_back_within_the_day(home):
    first = name(home, home.yara)
    just_now = timezone.now()
    second = name(home, home.yara, seen=Seen(sees="Ze helpt.", language="nl"), at=just_now)
    with viewer.acting(home.lotte, at=just_now) as me:
        rows = {row.pk: row for row in TalentWord.objects.all()}
        assert len({row.circle_id for row in rows.values()}) == 1
        talents.take_back(rows[second], by=me, at=just_now)
        with pytest.raises(NotAllowed):
            talents.take_back(rows[first], by=me, at=just_now)
        with pytest.raises(talents.NothingSeen):
            talents.name_talent(Circle.objects.get(pk=home.circle), home.yara, Seen(" "), by=me, at=LATER)
    with viewer.acting(home.stranger, at=LATER) as me, pytest.raises((NotAllowed, Circle.DoesNotExist)):
        talents.name_talent(Circle.objects.get(pk=home.circle), home.yara, SEEN, by=me, at=LATER)


def test_the_child_keeps_it_puts_it_away_and_nobody_is_told(home):
    word = name(home, home.yara)
    for _twice in range(2):
        answer(home, home.yara, word, "kept")
    kept = own_words(home.yara)
    assert (SEEN.sees, "Lotte") in kept
    assert len(kept) == 4, "two sentences and two talents, once"
    assert own_words(home.naima) == [], "what stands on the own page is for whom the child chooses"
    answer(home, home.yara, word, "away")
    assert own_words(home.yara) == []
    with viewer.acting(home.yara):
        found = talents.words_for(Circle.objects.get(pk=home.own[home.yara]))
        assert {how: len(rows) for how, rows in found.items()} == {"": 0, "kept": 0, "away": 1}
    for other in (home.lotte, home.naima):
        with viewer.acting(other):
            assert not TalentAnswer.objects.exists()
    with viewer.acting(home.lotte, at=LATER), pytest.raises(DatabaseError), transaction.atomic():
        TalentWord.objects.filter(pk=word).update(sees="anders")


def test_only_the_child_itself_answers(home):
    word = name(home, home.yara)
    with viewer.acting(home.samira, at=LATER) as me:
        own = Circle.objects.get(pk=home.own[home.samira])
        with pytest.raises(NotAllowed):
            talents.answer(
                own, TalentWord(pk=word, subject_id=home.yara), "kept", language="nl", by=me, at=LATER
            )
    with viewer.acting(home.naima, at=LATER) as me, pytest.raises((NotAllowed, Circle.DoesNotExist)):
        talents.answer(
            Circle.objects.get(pk=home.own[home.yara]), TalentWord.objects.get(pk=word), "kept", language="nl",
            by=me, at=LATER,
        )  # fmt: skip


def test_asked_it_stands_on_the_teachers_day_and_answering_keeps_the_promise(home):
    due = LATER + timedelta(days=7)
    with viewer.acting(home.naima, at=AT) as me:
        circle = Circle.objects.get(pk=home.circle)
        asked = [talents.ask(circle, home.yara, home.lotte, due_at=due, by=me, at=AT) for _twice in range(2)]
        assert asked[0] == asked[1]
        home.exclude(home.yara, home.mila, "guardian")
        assert home.mila in talents.may_be_asked(circle, home.yara, by=me, at=AT), "a gap would tell"
        for nobody in (home.stranger, home.naima, home.yara):
            with pytest.raises(NotAllowed):
                talents.ask(circle, home.yara, nobody, due_at=due, by=me, at=AT)
    with viewer.acting(home.lotte):
        assert Promise.objects.open().of(home.lotte).count() == 1
    name(home, home.yara, at=LATER)
    with viewer.acting(home.lotte):
        assert Promise.objects.get().kept_at == LATER
    with viewer.acting(home.lotte, at=AT) as me, pytest.raises(NotAllowed):
        talents.ask(Circle.objects.get(pk=home.circle), home.yara, home.hanne, due_at=due, by=me, at=AT)


def test_parts_about_one_child_are_offered_for_nothing_else(home):
    name(home, home.samira)
    from kring.trust.usecases.showing import part_for

    with viewer.acting(home.samira, at=LATER) as me:
        word = TalentWord.objects.get()
        part = part_for(home.family, {home.lotte, home.samira, home.naima, home.samir}, by=me, at=LATER)
        assert part.pk != word.circle_id
