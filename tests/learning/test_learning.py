"""W25: the screener keeps the full profile; each sheet goes first to who decides about it, and then its own way."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from kring.trust import viewer
from kring.trust.models import Circle
from kring.trust.permissions import NotAllowed
from kring.trust.usecases import showing
from kring.trust.usecases.circles import remove
from kring.wraparound.models import LearningProfile, LearningSheet
from kring.wraparound.usecases import learning
from kring.wraparound.usecases.learning import Held, SheetWords
from wraparound.home import AT, LATER

HELD = Held("screening", date(2026, 3, 1), "Alles wat we samen deden en zagen.", "nl")
SHEETS = (
    SheetWords(
        "child", best="Ik leer het best als ik mag bewegen.", advice="Vraag een pauze.", language="nl"
    ),
    SheetWords("parents", advice="Lees samen hardop.", compliment="Jullie luisteren zo goed.", language="nl"),
    SheetWords("teacher", advice="Geef één opdracht tegelijk.", compliment="hoort hier niet", language="nl"),
)


def write(home, child, who=None, sheets=SHEETS, held=HELD):
    with viewer.acting(who or home.mila, at=AT) as me:
        return learning.write_learning(
            Circle.objects.get(pk=home.circle), child, held, sheets, by=me, at=AT
        )  # fmt: skip


def sheets_of(person):
    with viewer.acting(person):
        return [row.for_whom for row in LearningSheet.objects.order_by("position")]


def profiles(person, at=None):
    with viewer.acting(person, at=at):
        return LearningProfile.objects.count()


ALL = ["child", "parents", "teacher"]


def test_a_girl_of_fourteen_sees_it_first_and_nobody_else_of_the_circle(home):
    write(home, home.samira)
    assert sheets_of(home.samira) == sheets_of(home.mila) == ALL
    for other in (home.naima, home.samir, home.hanne, home.lotte, home.fatna, home.stranger):
        assert sheets_of(other) == []
        assert profiles(other) == 0
    assert profiles(home.mila) == profiles(home.samira) == 1, "a child with own voice may read all of it"


def test_below_own_voice_the_parents_see_it_first_and_the_full_profile_stays_with_who_held_it(home):
    write(home, home.yara)
    assert sheets_of(home.naima) == sheets_of(home.samir) == ALL
    assert sheets_of(home.samira) == sheets_of(home.hanne) == []
    assert profiles(home.mila) == 1
    assert [profiles(who) for who in (home.naima, home.samir, home.yara, home.samira)] == [0] * 4
    since = home.owner.execute(
        "SELECT s.since FROM trust_seat s JOIN trust_circle c ON c.id = s.circle_id "
        "WHERE c.kind = 'part' AND s.person_id = %s",
        [home.yara],
    ).fetchall()
    assert [seat.date() for (seat,) in since] == [date(2030, 1, 31)] * 2, "hers from the day of own voice on"


def test_the_parents_of_a_young_child_give_the_teacher_her_sheet(home):
    write(home, home.yara)
    with viewer.acting(home.naima, at=LATER) as me:
        teacher = LearningSheet.objects.get(for_whom="teacher")
        chosen = {home.naima, home.samir, home.mila, home.lotte}
        showing.show_to([teacher], chosen, family_id=home.family, by=me, at=LATER)
    assert sheets_of(home.lotte) == ["teacher"]


def test_each_sheet_is_given_by_whose_it_is_and_by_nobody_else(home):
    write(home, home.samira)
    with viewer.acting(home.samira, at=LATER) as me:
        teacher = LearningSheet.objects.get(for_whom="teacher")
        showing.show_to(
            [teacher], {home.samira, home.mila, home.lotte}, family_id=home.family, by=me, at=LATER
        )
    assert sheets_of(home.lotte) == ["teacher"]
    assert sheets_of(home.naima) == []
    with viewer.acting(home.mila, at=LATER) as me:
        sheet = LearningSheet.objects.get(for_whom="parents")
        with pytest.raises(showing.NotYoursToWiden):
            showing.show_to(
                [sheet], {home.mila, home.samira, home.naima}, family_id=home.family, by=me, at=LATER
            )
        with pytest.raises(DatabaseError), transaction.atomic():
            LearningSheet.objects.filter(pk=sheet.pk).update(advice="anders")
        with pytest.raises(DatabaseError), transaction.atomic():
            LearningSheet.objects.filter(pk=sheet.pk).update(circle_id=home.circle)


def test_who_is_taken_out_of_the_circle_reads_the_profile_no_more_and_the_child_keeps_it(home):
    write(home, home.samira)
    with viewer.acting(home.samira, at=LATER) as me:
        remove(home.mila, home.family, by=me, at=LATER)
    assert profiles(home.mila) == 0
    assert sheets_of(home.mila) == []
    assert profiles(home.samira) == 1


def test_sent_twice_it_is_written_once_and_without_words_or_right_not_at_all(home):
    assert [row.pk for row in write(home, home.samira)] == [row.pk for row in write(home, home.samira)]
    assert sheets_of(home.samira) == ALL
    with viewer.acting(home.samira):
        assert LearningSheet.objects.get(for_whom="teacher").compliment == "", (
            "a compliment is for the parents"
        )
    for who in (home.naima, home.fatna, home.stranger):
        with pytest.raises((NotAllowed, Circle.DoesNotExist)):
            write(home, home.yara, who)
    with pytest.raises(NotAllowed):
        write(home, home.naima)
    with pytest.raises(learning.NoSheetIsWritten):
        write(home, home.yara, sheets=[SheetWords("child")])
    with pytest.raises(learning.DayIsToCome):
        write(home, home.yara, held=Held("interview", AT.date() + timedelta(days=3), "x"))


def test_a_screener_whom_the_girl_left_out_does_not_decide_that_her_parents_see_it(home):
    home.exclude(home.samira, home.mila, "own choice")
    write(home, home.samira)
    assert sheets_of(home.samira) == ALL
    assert sheets_of(home.naima) == []


def test_with_nobody_to_decide_nothing_is_written(home):
    home.owner.execute(
        "UPDATE trust_seat SET until = since WHERE person_id = %s AND circle_id = %s",
        [home.samira, home.circle],
    )
    with pytest.raises(learning.NobodyDecides):
        write(home, home.samira)
