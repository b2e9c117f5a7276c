"""This is not right (W23): who may say it of what, who hears it, who answers, and that an answer stays."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from clockwork import as_the_worker
from kring.clock import corrections
from kring.messaging import kinds
from kring.messaging.kinds import Asked
from kring.trust import viewer
from kring.trust.permissions import NotAllowed
from kring.wraparound.models import Goal, Note, NotRight, Remark
from kring.wraparound.usecases import correcting
from kring.wraparound.usecases.correcting import AnsweredAlready, NoSuchText, WithoutReason
from trust.scenes import LONG_AGO, insert
from web.doorstep import account


def the_goal(home):
    with viewer.acting(home.hanne):
        return Goal.objects.get().pk


def an_attempt(home):
    """Hanne called, and nobody was there."""
    called = {"way": "call", '"on"': timezone.localdate(), "reached": False, "words": "Niemand was thuis."}
    return insert(home.owner, "messaging_attempt", circle_id=home.circle, author_id=home.hanne, at=timezone.now(),
                  next_words="", **called)  # fmt: skip


def says(home, who, on, thing, words="Dat klopt niet.", should="Dansen op zaterdag", **more):
    with viewer.acting(who) as me:
        return correcting.say(on, thing, words, should, language="nl", by=me, at=timezone.now(), **more)


def answers(home, who, said, how, **more):
    with viewer.acting(who) as me:
        row = NotRight.objects.filter(pk=said.pk).first()
        if row is None:
            return None
        correcting.answer(row, how, by=me, at=timezone.now(), **more)
        return how


def hear(home):
    """Who of the circle finds a question."""
    heard = set()
    for name in ("naima", "samir", "samira", "fatna", "hanne", "lotte", "tom"):
        with viewer.acting(getattr(home, name)):
            heard |= {name} if NotRight.objects.exists() else set()
    return heard


def test_a_mother_says_it_and_only_who_answers_hears_it(home, owner):
    said = says(home, home.naima, "goal", the_goal(home))
    assert hear(home) == {"naima", "hanne"}
    assert 29 <= (said.answer_by - timezone.now()).days <= 30
    again = says(home, home.naima, "goal", the_goal(home), words="In andere woorden.")
    assert again.pk == said.pk
    with viewer.acting(home.hanne):
        assert NotRight.objects.get().words == "In andere woorden."
    kept = owner.execute("SELECT words_locked, should_locked FROM wraparound_notright").fetchone()
    assert b"woorden" not in kept[0]
    assert b"zaterdag" not in kept[1]
    told = owner.execute(
        "SELECT count(*) FROM trust_entry WHERE object_id = %s AND circle_id IS NOT NULL", [said.pk]
    )
    assert told.fetchone() == (0,), "that somebody said it stands in no circle's journal"


def test_changed_is_changed_at_once_and_the_words_before_stay_with_the_answer(home):
    said = says(home, home.samira, "goal", the_goal(home))
    answers(home, home.hanne, said, "changed", new_words="Op zaterdag dansen")
    with pytest.raises(AnsweredAlready):
        answers(home, home.hanne, said, "refused", reason="Toch niet.")
    with viewer.acting(home.samira):
        row = NotRight.objects.get()
        assert (row.answer, row.was, row.becomes) == ("changed", "Op vrijdag dansen", "Op zaterdag dansen")
        assert Goal.objects.get().aim == "Op zaterdag dansen"


def test_what_is_seen_differently_stands_beside_it_for_good(home, owner):
    said = says(home, home.naima, "goal", the_goal(home))
    assert answers(home, home.hanne, said, "beside") == "beside"
    with viewer.acting(home.fatna):
        remark = Remark.objects.get()
        assert (remark.author_id, "Dansen op zaterdag" in remark.words) == (home.naima, True)
    for who in (home.naima, home.hanne):
        with pytest.raises(DatabaseError, match="never_changes"), viewer.acting(who):
            Remark.objects.get().delete()
        with pytest.raises(DatabaseError, match="never_changes"), viewer.acting(who):
            NotRight.objects.get().delete()


def test_a_no_has_a_reason_and_whoever_asks_never_answers(home):
    said = says(home, home.naima, "goal", the_goal(home))
    with pytest.raises(WithoutReason):
        answers(home, home.hanne, said, "refused")
    with pytest.raises(NotAllowed):
        answers(home, home.naima, said, "changed", new_words="Zo is het")
    assert answers(home, home.fatna, said, "changed", new_words="Zo is het") is None
    assert answers(home, home.hanne, said, "refused", reason="Zo zeiden we het samen.") == "refused"
    assert hear(home) == {"naima", "hanne"}


def test_a_note_of_a_teacher_goes_to_her_too_and_not_to_who_is_left_out(home, owner):
    note = insert(owner, "wraparound_note", circle_id=home.circle, subject_id=home.samira, about_id=home.samira,
                  author_id=home.lotte, at=LONG_AGO, text="Samira was boos.", signed="")  # fmt: skip
    said = says(home, home.naima, "note", note)
    assert hear(home) == {"naima", "hanne", "lotte"}
    home.exclude(home.samira, home.hanne)
    assert hear(home) == {"naima", "lotte"}
    home.exclude(home.samira, home.samir)
    with pytest.raises(NoSuchText):
        says(home, home.samir, "note", note)
    assert answers(home, home.lotte, said, "changed", new_words="Samira was verdrietig.") == "changed"
    with viewer.acting(home.naima):
        assert Note.objects.get().text == "Samira was verdrietig."


def test_a_worker_writes_down_what_a_parent_said_and_no_more_than_that(home):
    wish = home.owner.execute("SELECT id FROM wraparound_wish").fetchone()[0]
    said = says(home, home.lotte, "wish", wish, asked_by=home.naima)
    assert (said.asked_by_id, said.author_id) == (home.naima, home.lotte)
    assert hear(home) == {"naima", "lotte", "hanne"}
    for who, whom in (
        (home.lotte, home.lotte),
        (home.lotte, home.fatna),
        (home.fatna, home.naima),
        (home.samir, home.naima),
    ):
        with pytest.raises(NotAllowed):
            says(home, who, "wish", wish, asked_by=whom)
    with pytest.raises(NoSuchText):
        says(home, home.tom, "wish", wish)


def test_a_text_that_goes_into_a_smaller_circle_takes_the_question_along(home, owner):
    wish = owner.execute("SELECT id FROM wraparound_wish").fetchone()[0]
    says(home, home.samir, "wish", wish)
    part = home.part_without_school()
    owner.execute("UPDATE wraparound_wish SET circle_id = %s", [part])
    assert hear(home) == {"hanne"}, "Samir does not sit there"


def test_what_is_kept_as_it_was_written_gets_the_right_words_beside_it(home, owner):
    tried = an_attempt(home)
    said = says(home, home.naima, "attempt", tried, should="Ik was op het werk.")
    assert answers(home, home.hanne, said, "changed", new_words="Naima was op het werk.") == "changed"
    with viewer.acting(home.fatna):
        (row,) = correcting.beside([tried])[tried]
        assert row.becomes == "Naima was op het werk."


def test_by_hand_the_serving_role_says_answers_and_takes_away_nothing(home):
    said = says(home, home.naima, "goal", the_goal(home))
    by_hand = (
        ("UPDATE wraparound_notright SET answer = 'refused', answered_at = now()", home.hanne),
        ("UPDATE wraparound_notright SET answer_by = now()", home.naima),
        ("UPDATE wraparound_notright SET asked_by_id = author_id, answer = ''", home.hanne),
        ("DELETE FROM wraparound_notright", home.naima),
        (f"SELECT trust.answer_not_right('{said.pk}', 'so', '', '', '', '', '')", home.hanne),
        ("SELECT trust.reckon_answers(trust.viewer(), 'goal', gen_random_uuid(), NULL, NULL)", home.hanne),
        ("SELECT * FROM trust.reckon_text('goal', gen_random_uuid())", home.hanne),
    )
    for statement, who in by_hand:
        with pytest.raises(DatabaseError), viewer.acting(who), connection.cursor() as cursor:
            cursor.execute(statement)
    with viewer.acting(home.lotte), connection.cursor() as cursor:
        cursor.execute("SELECT trust.answer_not_right(%s, 'refused', 'x', '', '', '', ''), trust.may_answer_not_right(%s)",
                       [said.pk, said.pk])  # fmt: skip
        assert cursor.fetchone() == (None, False)


def test_what_is_late_stands_on_the_day_and_is_a_number_for_the_trust_officer(home, owner):
    vera = home.worker("Vera", "trust officer", "Town")
    says(home, home.naima, "goal", the_goal(home))
    owner.execute("UPDATE wraparound_notright SET answer_by = answer_by - interval '31 days'")
    with viewer.acting(vera):
        assert (correcting.late(), NotRight.objects.count()) == (1, 0)
    with viewer.acting(home.hanne), connection.cursor() as cursor:
        assert correcting.late() == 0
        cursor.execute("SELECT role FROM trust.asked_of_me()")
        assert cursor.fetchall() == [("answers",)]


def test_letters_are_few_say_nothing_and_stop(home, owner):
    def told():
        return owner.execute("SELECT person_id, stage FROM trust.not_right_to_tell(now())").fetchall()

    def stage(days):
        row = "SELECT trust.reckon_stage_not_right(n, n.answer_by + %s) FROM wraparound_notright n"
        return owner.execute(row, [timedelta(days=days)]).fetchone()[0]

    said = says(home, home.naima, "goal", the_goal(home))
    assert told() == [(home.hanne, "said")]
    account(owner, home.hanne, "hanne@kring.example")
    assert (
        as_the_worker(corrections.tell, at=timezone.now()),
        as_the_worker(corrections.tell, at=timezone.now()),
    ) == (1, 0)
    letter = as_the_worker(
        kinds.wording("not right: said"), Asked(said.pk, home.hanne, "email", timezone.now())
    )
    assert (letter.address, "Naima" in " ".join(letter.lines)) == ("hanne@kring.example", False)
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        viewer.acting(home.naima),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT count(*) FROM trust.not_right_to_tell(now())")
    assert [stage(days) for days in (-29, -7, 0, 6, 8)] == ["said", "soon", "due", "due", ""]
    answers(home, home.hanne, said, "beside")
    assert told() == [(home.naima, "answered")]
