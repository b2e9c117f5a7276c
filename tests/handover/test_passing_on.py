"""Nothing falls between: what somebody promised is taken over by one who says yes, or ends with a word."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from kring.intake.models import Promise
from kring.intake.usecases import promises
from kring.trust import viewer
from kring.trust.models import Circle, Entry, HandOver
from kring.trust.permissions import NotAllowed
from kring.trust.usecases import handovers, showing
from kring.trust.usecases.handovers import Told
from kring.wraparound.models import Action, MustKnow, PassOn
from kring.wraparound.usecases import passing_on
from wraparound.home import Home

AT = datetime.now(UTC) - timedelta(days=2)
LATER = AT + timedelta(hours=1)


@pytest.fixture
def home(owner):
    """Hanne coordinates, promised to ask an interpreter, and calls the dance school."""
    home = Home(owner)
    home.plan()
    with viewer.acting(home.hanne) as me:
        promises.promise(home.circle, what="een tolk vragen", due_at=AT + timedelta(days=9), by=me, at=AT)
    return home


def the_promise():
    return Promise.objects.get(what="een tolk vragen")


def the_step():
    return Action.objects.get(what="belt de dansschool")


def hand_on(home, find, to, by=None):
    """Asked to take it over."""
    with viewer.acting(by or home.hanne) as me:
        return passing_on.offer(find(), to, by=me, at=AT)


def say(pass_on, who, yes=True):
    with viewer.acting(who) as me:
        return passing_on.answer(PassOn.objects.get(pk=pass_on.pk), yes, by=me, at=LATER)


@pytest.mark.parametrize("find", [the_promise, the_step], ids=["promise", "step"])
def test_it_stays_with_who_promised_until_somebody_says_yes(home, find):
    asked = hand_on(home, find, home.lotte)
    assert hand_on(home, find, home.lotte).pk == asked.pk  # sent twice, asked once
    with viewer.acting(home.naima):
        assert passing_on.holder(find()) == home.hanne
    with viewer.acting(home.lotte):
        assert [(one.role, one.asked_by, one.id) for one in passing_on.asked_of_me()] == [
            ("takes over", "Hanne", home.family)
        ]
    with pytest.raises(NotAllowed):
        say(asked, home.fatna)
    assert say(asked, home.lotte).answer == "yes"
    assert say(asked, home.lotte, yes=False).answer == "yes"  # a second answer changes nothing
    with viewer.acting(home.naima):
        assert passing_on.holder(find()) == home.lotte
    with viewer.acting(home.lotte):
        assert passing_on.asked_of_me() == []


def test_not_now_gives_it_back_and_another_is_asked(home):
    say(hand_on(home, the_promise, home.lotte), home.lotte, yes=False)
    first = hand_on(home, the_promise, home.fatna)
    second = hand_on(home, the_promise, home.samir)
    with pytest.raises(passing_on.IsOverAlready):
        say(first, home.fatna)
    say(second, home.samir)
    with viewer.acting(home.naima):
        assert the_promise().by_id == home.samir


def test_only_who_may_know_it_is_asked(home):
    """A stranger, and a father left out of the child it is about: neither is asked, and the page says it the same way."""
    with viewer.acting(home.hanne) as me:
        promises.promise(home.circle, what="bellen over Samira", due_at=AT + timedelta(days=9), by=me, at=AT,
                         subject_id=home.samira)  # fmt: skip
    home.exclude(home.samira, home.samir)
    with viewer.acting(home.hanne) as me:
        about_her = Promise.objects.get(what="bellen over Samira")
        for nobody in (home.samir, home.tom):
            with pytest.raises(passing_on.DoesNotKnowIt):
                passing_on.offer(about_her, nobody, by=me, at=AT)
    with viewer.acting(home.lotte) as me, pytest.raises(NotAllowed):
        passing_on.offer(the_promise(), home.lotte, by=me, at=AT)
    with (
        viewer.acting(home.hanne),
        pytest.raises(DatabaseError, match="crosses_families"),
        transaction.atomic(),
    ):
        PassOn.objects.create(circle_id=home.circle, author_id=home.hanne, at=AT, giver_id=home.hanne,
                              to_id=home.lotte, promise=about_her)  # fmt: skip


@pytest.mark.parametrize("find", [the_promise, the_step], ids=["promise", "step"])
def test_it_ends_with_a_word_and_can_be_thought_of_again(home, find):
    with viewer.acting(home.hanne) as me:
        ended = passing_on.end(find(), "De school regelt het zelf.", by=me, at=AT)
        assert passing_on.end(find(), "De school regelt het zelf.", by=me, at=AT).pk == ended.pk
        with pytest.raises(passing_on.IsOverAlready):
            passing_on.end(find(), "nog eens", by=me, at=AT)
    with viewer.acting(home.naima):
        assert not passing_on.is_open(find())
        assert PassOn.objects.get(pk=ended.pk).word == "De school regelt het zelf."
    for _twice in range(2):
        with viewer.acting(home.hanne) as me:
            passing_on.take_back(PassOn.objects.get(pk=ended.pk), by=me, at=LATER)
    with viewer.acting(home.naima):
        assert passing_on.is_open(find())


def test_what_lay_with_somebody_who_is_gone_is_taken_up(home, owner):
    with viewer.acting(home.lotte) as me, pytest.raises(NotAllowed):
        passing_on.take(the_step(), by=me, at=AT)
    owner.execute("UPDATE trust_seat SET until = %s WHERE person_id = %s", [AT, home.hanne])
    with viewer.acting(home.lotte) as me:
        for _twice in range(2):
            passing_on.take(the_step(), by=me, at=LATER)
        assert the_step().doer_id == home.lotte


def test_one_is_asked_at_a_time_and_the_database_holds_to_it(home):
    hand_on(home, the_promise, home.lotte)
    with viewer.acting(home.hanne), pytest.raises(IntegrityError), transaction.atomic():
        PassOn.objects.create(circle_id=home.circle, author_id=home.hanne, at=AT, giver_id=home.hanne,
                              to_id=home.fatna, promise=the_promise())  # fmt: skip


def test_who_goes_writes_what_the_next_one_must_know_and_the_family_reads_along(home):
    today = AT.date()
    with viewer.acting(home.hanne) as me:
        begun = handovers.begin(Circle.objects.get(pk=home.circle), begins_on=today + timedelta(days=3),
                                last_on=date(2030, 1, 1), by=me, at=AT, told=Told(home.naima, "call", today))  # fmt: skip
        for words in ("Bel liefst na vier uur.", "Bel liefst na vijf uur."):
            passing_on.write_must_know(begun, words, language="nl", about=None, by=me, at=AT)
    for reader in (home.naima, home.samira, home.samir):
        with viewer.acting(reader):
            assert MustKnow.objects.get().text == "Bel liefst na vijf uur."
    with viewer.acting(home.tom):
        assert not MustKnow.objects.exists()
        assert not HandOver.objects.exists()
    with viewer.acting(home.lotte) as me, pytest.raises(NotAllowed):
        passing_on.write_must_know(
            HandOver.objects.get(), "iets anders", language="nl", about=None, by=me, at=AT
        )


def test_what_is_narrowed_takes_along_that_it_was_passed_on(home, owner):
    """D4, K11: who does not know the step any more reads neither the question nor the word, nor that something is asked."""
    hand_on(home, the_step, home.lotte)
    with viewer.acting(home.hanne) as me:
        showing.show_to(
            [the_step()], {home.naima, home.samira, home.hanne}, family_id=home.family, by=me, at=LATER
        )
    with viewer.acting(home.lotte):
        assert not PassOn.objects.exists()
        assert passing_on.asked_of_me() == []
    with viewer.acting(home.naima):
        assert PassOn.objects.get().circle_id == the_step().circle_id


def test_what_was_kept_meanwhile_is_asked_of_nobody(home):
    hand_on(home, the_promise, home.lotte)
    with viewer.acting(home.hanne) as me:
        promises.keep(the_promise(), by=me, at=LATER)
    with viewer.acting(home.lotte):
        assert passing_on.asked_of_me() == []


def test_who_is_left_out_reads_in_the_journal_of_nothing_that_was_passed_on(owner):
    """K4: the step is about the only child; her teacher and her father are left out of her."""
    home = Home(owner, siblings=False)
    home.plan()
    home.exclude(home.samira, home.samir)

    def deeds():
        with viewer.acting(home.samir):
            return Entry.objects.filter(kind="done").count()

    before = deeds()
    asked = hand_on(home, the_step, home.lotte)
    say(asked, home.lotte)
    with viewer.acting(home.lotte) as me:
        ended = passing_on.end(the_step(), "niet meer nodig", by=me, at=LATER)
    with viewer.acting(home.lotte) as me:
        passing_on.take_back(PassOn.objects.get(pk=ended.pk), by=me, at=LATER)
    assert deeds() == before
    with viewer.acting(home.naima):
        told = set(Entry.objects.filter(kind="done").values_list("deed", flat=True))
    assert {"asked to take over", "took something over", "ended with a word", "thought again"} <= told


def test_a_child_too_young_for_a_seat_is_not_gone(home):
    with viewer.acting(home.naima):
        assert not passing_on.has_gone(home.yara, home.family, LATER)
