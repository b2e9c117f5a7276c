"""W14: the path of earlier help, rebuilt with the family; one help, one eye; its papers on somebody's day."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from kring.intake.models import Promise
from kring.trust import viewer
from kring.trust.models import Circle, Entry
from kring.trust.permissions import NotAllowed
from kring.trust.usecases import showing
from kring.wraparound.models import EarlierHelp, EarlierTelling
from kring.wraparound.rough_time import EndsBeforeItBegan, RoughTime
from kring.wraparound.rules import WordsAreMissing
from kring.wraparound.usecases import paths
from kring.wraparound.usecases.paths import Told
from wraparound.home import AT, LATER

SPEECH = Told(
    "logopedie",
    RoughTime(2020, "spring"),
    RoughTime(2022),
    who="De Wilg",
    helped="Spelletjes.",
    language="nl",
)


def told(home, who, words=SPEECH, at=AT, **more):
    with viewer.acting(who, at=at) as me:
        return paths.add_help(Circle.objects.get(pk=home.circle), words, by=me, at=at, **more).pk


def reads(person):
    with viewer.acting(person):
        return [row.what for row in EarlierHelp.objects.in_time()]


def test_mother_and_coordinator_tell_it_and_the_circle_reads_it_in_order_of_time(home):
    told(home, home.naima, child=home.samira)
    first = told(home, home.hanne, Told("kinderopvang", RoughTime(2013), language="nl"))
    assert told(home, home.hanne, Told("kinderopvang", RoughTime(2013), language="nl")) == first, "sent twice"
    assert reads(home.lotte) == ["kinderopvang", "logopedie"]
    assert reads(home.stranger) == []
    with viewer.acting(home.naima):
        row = EarlierHelp.objects.get(what="logopedie")
        assert row.organisation.name == "De Wilg", "the organisation of that name in the village"
        assert row.about_id == home.samira
        assert set(Entry.objects.filter(deed="told of earlier help").values_list("person_id", flat=True)) == {
            home.naima,
            home.hanne,
        }
    for who in (home.lotte, home.fatna):
        with pytest.raises(NotAllowed):
            told(home, who)
    for words, wrong in (
        (Told(" ", RoughTime(2020)), WordsAreMissing),
        (Told("x", RoughTime(2020), RoughTime(2019)), EndsBeforeItBegan),
    ):
        with pytest.raises(wrong):
            told(home, home.naima, words)


def test_a_village_ahead_of_the_machine_is_in_the_new_year_already(home):
    last_hour = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert told(home, home.naima, Told("iets nieuws", RoughTime(2027)), at=last_hour)


def test_kept_near_it_is_for_the_family_and_its_coordinator(home):
    told(home, home.naima, near=True)
    assert [reads(who) for who in (home.samir, home.samira, home.hanne)] == [["logopedie"]] * 3
    assert [reads(who) for who in (home.lotte, home.fatna, home.mila)] == [[]] * 3


def test_said_in_other_words_the_words_before_are_kept_and_come_back(home):
    row = told(home, home.naima)
    with viewer.acting(home.hanne, at=LATER) as me:
        help_ = EarlierHelp.objects.get(pk=row)
        anew = Told("logopedie op school", RoughTime(2019), goes_on=True, language="nl")
        paths.say_anew(help_, anew, by=me, at=LATER)
        paths.say_anew(EarlierHelp.objects.get(pk=row), anew, by=me, at=LATER)
        before = EarlierTelling.objects.get()
        assert before.told["what"] == "logopedie", "the same words twice are told once"
        paths.as_it_was(before, by=me, at=LATER)
        back = EarlierHelp.objects.get(pk=row)
        assert paths.told_of(back) == SPEECH
        assert EarlierTelling.objects.count() == 2
        paths.take_off(back, by=me, at=LATER)
        assert EarlierHelp.objects.get(pk=row).taken_off_at == LATER
        paths.put_back(EarlierHelp.objects.get(pk=row), by=me, at=LATER)
        assert EarlierHelp.objects.get(pk=row).taken_off_at is None
        with pytest.raises(DatabaseError), transaction.atomic():
            EarlierTelling.objects.all().delete()
    with viewer.acting(home.lotte, at=LATER) as me, pytest.raises(NotAllowed):
        paths.take_off(EarlierHelp.objects.get(pk=row), by=me, at=LATER)


def test_one_help_one_eye_the_older_words_go_where_the_help_goes(home):
    row = told(home, home.naima)
    with viewer.acting(home.naima, at=LATER) as me:
        paths.say_anew(EarlierHelp.objects.get(pk=row), Told("iets anders", RoughTime(2020)), by=me, at=LATER)
        due = LATER + timedelta(days=7)
        help_ = EarlierHelp.objects.get(pk=row)
        paths.ask_for_papers(help_, "form", due_at=due, by=me, at=LATER, person_id=home.hanne)
        seats = {seat.person_id for seat in showing.family_seats(home.family, LATER)}
        rest = seats - {home.lotte}
        showing.show_to([EarlierHelp.objects.get(pk=row)], rest, family_id=home.family, by=me, at=LATER)
    with viewer.acting(home.lotte):
        assert not EarlierHelp.objects.exists()
        assert not EarlierTelling.objects.exists()
        assert not Promise.objects.exists(), "what is promised about it names it"
    with viewer.acting(home.fatna):
        assert EarlierTelling.objects.count() == 1


def test_who_is_left_out_of_a_child_reads_nothing_of_that_childs_help(home):
    told(home, home.naima, child=home.samira)
    told(home, home.naima, Told("kinderopvang", RoughTime(2013)))
    home.exclude(home.samira, home.samir)
    assert reads(home.samir) == ["kinderopvang"]


def test_the_papers_stand_on_the_day_of_who_takes_them_and_only_where_the_help_is_known(home):
    row = told(home, home.naima, near=True)
    due = LATER + timedelta(days=7)
    with viewer.acting(home.naima, at=LATER) as me:
        help_ = EarlierHelp.objects.get(pk=row)
        asked = [
            paths.ask_for_papers(help_, "report", due_at=due, by=me, at=LATER, person_id=home.hanne)
            for _twice in range(2)
        ]
        assert asked[0] == asked[1]
    with viewer.acting(home.hanne):
        (promise,) = Promise.objects.open().of(home.hanne)
        assert "logopedie" in promise.what
        assert promise.object_id == row
    with viewer.acting(home.lotte):
        assert not Promise.objects.exists()


def test_a_teacher_promises_for_herself_and_not_for_another(home):
    row, due = told(home, home.naima), LATER + timedelta(days=7)
    with viewer.acting(home.lotte, at=LATER) as me:
        help_ = EarlierHelp.objects.get(pk=row)
        paths.ask_for_papers(help_, "letters", due_at=due, by=me, at=LATER, person_id=home.lotte)
        with pytest.raises(NotAllowed):
            paths.ask_for_papers(help_, "letters", due_at=due, by=me, at=LATER, person_id=home.hanne)


def test_who_is_left_out_reads_in_the_journal_of_nothing_done_with_that_childs_help(home):
    """K4, K14: told anew, taken off, put back; the journal names the child as what it is about."""
    row = told(home, home.naima, child=home.samira)
    home.exclude(home.samira, home.samir)

    def deeds(who):
        with viewer.acting(who, at=LATER):
            return set(Entry.objects.filter(kind="done").values_list("deed", flat=True))

    before = deeds(home.samir)
    with viewer.acting(home.naima, at=LATER) as me:
        paths.say_anew(EarlierHelp.objects.get(pk=row), Told("iets anders", RoughTime(2020)), by=me, at=LATER)
        paths.take_off(EarlierHelp.objects.get(pk=row), by=me, at=LATER)
        paths.put_back(EarlierHelp.objects.get(pk=row), by=me, at=LATER)
    assert deeds(home.samir) == before
    assert {"told earlier help anew", "took earlier help off", "put earlier help back"} <= deeds(home.naima)
