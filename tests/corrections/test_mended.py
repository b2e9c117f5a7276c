"""What a reading of "this is not right" found: nobody answers blind or for themself, and what stands beside is forgotten too."""

import re

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from clockwork import as_the_worker
from corrections.test_not_right import answers, hear, says, the_goal
from kring.trust import ledger, viewer
from kring.trust.models import Forgetting
from kring.trust.usecases import forgettings
from kring.wraparound.models import NotRight
from trust.scenes import LONG_AGO, insert
from web.doorstep import browser

CARD = {"language": "nl", "listens": False, "channel": "call", "phone": "0470 1", "email": "", "name_is_safe": True,
        "words": "Bel na vijf."}  # fmt: skip


def note_of(home, author):
    return insert(home.owner, "wraparound_note", circle_id=home.circle, subject_id=home.samira, about_id=home.samira,
                  author_id=author, at=LONG_AGO, text="Samira was boos.", signed="")  # fmt: skip


def told(owner):
    """To whom a letter goes."""
    return {
        who for (who,) in owner.execute("SELECT person_id FROM trust.not_right_to_tell(now())").fetchall()
    }


@pytest.mark.django_db(transaction=True, databases=["default", "migrator"])
def test_a_family_with_words_beside_a_text_is_forgotten_and_forgotten_again(home, owner, settings, tmp_path):
    settings.LEDGER = tmp_path / "forgotten.jsonl"
    assert answers(home, home.hanne, says(home, home.naima, "goal", the_goal(home)), "beside") == "beside"
    with viewer.acting(home.naima) as me:
        forgettings.ask(Forgetting.Kind.FAMILY, home.family, by=me, at=timezone.now())
    owner.execute(
        "UPDATE trust_forgetting SET asked_at = asked_at - interval '15 days', due_at = due_at - interval '15 days'"
    )
    assert as_the_worker(forgettings.forget_those_due) == 1
    assert owner.execute("SELECT count(*) FROM wraparound_remark").fetchone() == (0,)
    assert [bool(line["done_at"]) for line in ledger.standing()] == [True]
    assert forgettings.replay() == 1


def test_the_author_of_a_note_who_is_left_out_hears_nothing_and_answers_nothing(home, owner):
    home.exclude(home.samira, home.lotte, ground="own choice")
    said = says(home, home.naima, "note", note_of(home, home.lotte))
    owner.execute("UPDATE wraparound_notright SET answer_by = now() + interval '1 day'")
    assert (hear(home), told(owner)) == ({"naima", "hanne"}, {home.hanne})
    with viewer.acting(home.lotte):
        ask = "SELECT trust.may_answer_not_right(%s), trust.answer_not_right(%s, 'refused', 'x', '', '', '', '')"
        assert by_hand(ask, said.pk, said.pk) == [(False, None)]
        assert by_hand("SELECT id FROM trust.answers_that_wait()") == []


def by_hand(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def test_whoever_wrote_it_down_for_somebody_does_not_answer_it_of_the_text_of_another(home, owner):
    note = note_of(home, home.lotte)
    said = says(home, home.hanne, "note", note, asked_by=home.naima)
    assert told(owner) == {home.lotte}
    with viewer.acting(home.lotte), pytest.raises(DatabaseError, match="no_such_answer"):
        by_hand("SELECT trust.answer_not_right(%s, 'beside', '', '', '', '', 'x')", said.pk)
    with viewer.acting(home.hanne):
        assert by_hand("SELECT trust.may_answer_not_right(%s)", said.pk) == [(False,)]
        assert by_hand("SELECT trust.answer_not_right(%s, 'beside', '', '', '', '', 'x')", said.pk) == [
            (None,)
        ]
    assert answers(home, home.lotte, said, "refused", reason="Zo zag ik het.") == "refused"
    own = says(home, home.hanne, "note", note_of(home, home.hanne), asked_by=home.naima)
    assert answers(home, home.hanne, own, "changed", new_words="Samira was verdrietig.") == "changed"
    home.exclude(home.samira, home.naima)
    with viewer.acting(home.hanne):
        assert by_hand("SELECT trust.may_say_not_right('note', %s, %s)", note, home.naima) == [(False,)]


def test_what_it_should_be_may_be_as_long_as_the_page_says(home, owner):
    page = f"/not-right/goal/{the_goal(home)}/"
    sent = browser(owner, home.naima).post(page, {"words": "Nee.", "should": "x" * 1900})
    assert sent.status_code == 302


def test_the_answer_counts_for_what_was_read_and_a_card_keeps_its_new_words(home, owner):
    naima, hanne = browser(owner, home.naima), browser(owner, home.hanne)
    goal = f"/not-right/goal/{the_goal(home)}/"
    page = naima.post(goal, {"words": "Niet vrijdag."}).url
    read = re.search(r'name="read" value="(\w+)"', hanne.get(page).content.decode())[1]
    naima.post(goal, {"words": "Niet op school."})
    late = hanne.post(page, {"how": "beside", "reason": "Gezien.", "read": read})
    assert (late.status_code, "Gezien." in late.content.decode()) == (422, True)
    again = re.search(r'name="read" value="(\w+)"', late.content.decode())[1]
    assert hanne.post(page, {"how": "beside", "read": again}).status_code == 302

    card = insert(owner, "trust_contactcard", person_id=home.samir, circle_id=home.circle, **CARD)
    said = says(home, home.naima, "card", card)
    assert 'value="beside"' not in hanne.get(f"/not-right/{said.pk}/").content.decode()
    owner.execute(
        "UPDATE trust_contactcard SET words = 'Bel na zes.', written_at = now() + interval '1 second'"
    )
    assert answers(home, home.hanne, said, "changed") == "changed"
    with viewer.acting(home.naima):
        row = NotRight.objects.get(pk=said.pk)
        assert (row.becomes, row.was) == ("0470 1 · Bel na zes.", "")


def test_what_was_said_of_a_forgotten_text_goes_with_it(home, owner):
    story = insert(owner, "wraparound_story", circle_id=home.circle, author_id=home.hanne, at=LONG_AGO, text="Wij dansen.",
                   language="nl", told_by_id=home.fatna, how="told", interpreter="")  # fmt: skip
    says(home, home.naima, "story", story)
    says(home, home.naima, "goal", the_goal(home))
    owner.execute(
        "SELECT trust.reckon_forgotten(%s::uuid[], %s::uuid[], '{}', '{}')", [[home.fatna], [home.fatna]]
    )
    assert owner.execute('SELECT "on" FROM wraparound_notright').fetchall() == [("goal",)]


def test_no_call_is_made_for_it_by_a_coordinator_who_is_left_out(home, owner):
    says(home, home.naima, "note", note_of(home, home.fatna))
    insert(owner, "trust_contactcard", person_id=home.fatna, circle_id=home.circle, **CARD)
    assert told(owner) == {home.hanne, home.fatna}, "Hanne may know of it: she may call Fatna"
    home.exclude(home.samira, home.hanne)
    assert told(owner) == set(), "a letter to Fatna would become a call that Hanne makes"


def test_the_day_shows_the_nearest_answers_and_the_others_when_asked(home, owner):
    for days in range(10, 0, -1):
        said = says(home, home.naima, "note", note_of(home, home.lotte))
        owner.execute(
            "UPDATE wraparound_notright SET answer_by = now() + %s * interval '1 day' WHERE id = %s",
            [days, said.pk],
        )
    nearest = [str(one) for (one,) in owner.execute("SELECT id FROM wraparound_notright ORDER BY answer_by")]
    lotte = browser(owner, home.lotte)
    on = lambda address: re.findall(r"/not-right/([\w-]{36})/", lotte.get(address).content.decode())  # noqa: E731
    assert (on("/today/"), on("/today/?all=1")) == (nearest[:8], nearest)
    assert "Show everything" in lotte.get("/today/").content.decode()
    assert "Show everything" not in lotte.get("/today/?all=1").content.decode()
