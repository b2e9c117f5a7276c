"""What an answer to "this is not right" counts for: an agreed step, an older story, the first of two answers, the words read."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError
from django.utils import timezone

from corrections.test_not_right import answers, says, the_goal
from kring.trust import viewer
from kring.wraparound.models import Action, NotRight, Story
from kring.wraparound.usecases import stories
from kring.wraparound.usecases.correcting import AnsweredAlready
from trust.scenes import LONG_AGO, insert
from web.doorstep import browser


def tells(home, words):
    """Naima tells the story of the family anew."""
    with viewer.acting(home.naima) as me:
        return stories.tell_story(home.circle, words, language="nl", by=me, at=timezone.now()).pk


def the_story(home):
    """The story as the family tells it now."""
    with viewer.acting(home.hanne):
        return Story.objects.order_by("-at").first().text


def test_a_step_that_everybody_agreed_is_not_agreed_in_other_words(home, owner):
    owner.execute("UPDATE wraparound_action SET agreed_at = now() WHERE needs_authority")
    with viewer.acting(home.hanne):
        step = Action.objects.get(needs_authority=True)
    assert step.may_start
    said = says(home, home.samir, "action", step.pk)
    answers(home, home.hanne, said, "changed", new_words="vraagt een tweede arts om uitleg")
    with viewer.acting(home.hanne):
        step = Action.objects.get(pk=step.pk)
        assert (step.what, step.agreed_at, step.may_start) == (
            "vraagt een tweede arts om uitleg",
            None,
            False,
        )


def test_an_older_telling_never_becomes_our_story_and_two_corrections_of_one_telling_both_count(home, owner):
    first = tells(home, "Wij wonen in Mechelen.")
    of_samir, of_fatna = (says(home, who, "story", first) for who in (home.samir, home.fatna))
    answers(home, home.hanne, of_samir, "changed", new_words="Wij wonen in Leuven.")
    assert the_story(home) == "Wij wonen in Leuven."
    with pytest.raises(DatabaseError, match="not_changed_yet"):
        answers(home, home.hanne, of_fatna, "changed", new_words="Wij wonen in Mechelen, met oma.")
    hanne, page = browser(owner, home.hanne), f"/not-right/{of_fatna.pk}/"
    shown = hanne.get(page).content.decode()
    assert "The story was told anew since then" in shown
    assert 'name="new_words"' not in shown
    tells(home, "Wij wonen in Leuven, met oma.")
    assert hanne.post(page, {"how": "changed", "new_words": "nooit"}).status_code == 302
    with viewer.acting(home.fatna):
        row = NotRight.objects.get(pk=of_fatna.pk)
        assert (row.was, row.becomes) == ("Wij wonen in Mechelen.", "Wij wonen in Leuven, met oma.")
    assert the_story(home) == "Wij wonen in Leuven, met oma."
    late = says(home, home.samir, "story", first)
    with pytest.raises(DatabaseError, match="not_changed_yet"):
        answers(home, home.hanne, late, "changed")
    missing = hanne.post(f"/not-right/{late.pk}/", {"how": "changed", "new_words": "Mijn woorden."})
    assert (missing.status_code, "Mijn woorden." in missing.content.decode()) == (422, True)


def test_of_two_answers_the_first_counts_and_the_second_is_neither_journalled_nor_lost(home, owner):
    note = insert(owner, "wraparound_note", circle_id=home.circle, subject_id=home.samira, about_id=home.samira,
                  author_id=home.lotte, at=LONG_AGO, text="Samira was boos.", signed="")  # fmt: skip
    said = says(home, home.naima, "note", note)
    first, second = browser(owner, home.lotte), browser(owner, home.hanne)
    page, mine = f"/not-right/{said.pk}/", {"how": "changed", "new_words": "Samira was stil."}
    assert first.post(page, mine).status_code == 302
    for reason in ("Zo was het niet.", "Samira was stil."):
        with pytest.raises(AnsweredAlready):
            answers(home, home.hanne, said, "refused", reason=reason)
    refused = {"how": "refused", "reason": "Zo was het niet.", "new_words": "Samira was boos."}
    late = second.post(page, refused).content.decode()
    assert "Somebody answered just before you" in late
    assert "Zo was het niet." in late
    assert late.count("You wrote this") == 1, "what stood in the field was not written"
    again = first.post(page, mine).content.decode()
    assert "Somebody answered just before you" not in again, "sent twice, it is one"
    assert "You wrote this" not in again
    assert "Zo was het niet." in first.post(page, refused).content.decode(), (
        "from another window of one's own"
    )
    deeds = owner.execute("SELECT count(*) FROM trust_entry WHERE deed = 'answered: this is not right'")
    assert deeds.fetchone() == (1,)


def test_a_draft_counts_for_the_words_that_were_read_when_it_was_typed(home, owner):
    said = says(home, home.naima, "goal", the_goal(home))
    hanne, page = browser(owner, home.hanne), f"/not-right/{said.pk}/"
    read = hanne.get(page).context["form"].read
    typed = {"draft": f"answer:{said.pk}", "how": "changed", "new_words": "Op zaterdag dansen", "read": read}
    assert hanne.post(f"/drafts/{home.circle}/", typed).status_code == 204
    owner.execute("UPDATE wraparound_goal SET aim = 'Op zondag dansen'")
    shown = hanne.get(page).context["form"]
    assert (shown["new_words"].value(), shown["read"].value()) == ("Op zaterdag dansen", read)
    late = hanne.post(page, typed)
    assert (late.status_code, "This has changed meanwhile" in late.content.decode()) == (422, True)


def test_a_coordinator_writes_it_down_for_the_only_one_who_can_be_meant_and_reads_what_stands(home, owner):
    goal = the_goal(home)
    for who in (home.naima, home.samir, home.yara):
        home.exclude(home.samira, who)
    owner.execute("UPDATE wraparound_goal SET subject_id = %s, about_id = %s", [home.samira, home.samira])
    lotte, page = browser(owner, home.lotte), f"/not-right/goal/{goal}/"
    assert lotte.post(page, {"words": "Niet op vrijdag."}).status_code == 302
    shown = lotte.get(page).content.decode()
    assert "You wrote this down for Samira already" in shown
    assert "Niet op vrijdag." in shown
    with viewer.acting(home.hanne):
        row = NotRight.objects.get()
        assert (row.asked_by_id, row.author_id) == (home.samira, home.lotte)


def test_the_answer_is_due_with_the_thirtieth_morning_of_the_village(home, owner):
    said, there = says(home, home.naima, "goal", the_goal(home)), ZoneInfo("Europe/Brussels")
    due, begins = said.answer_by.astimezone(there), timezone.now().astimezone(there).date()
    assert (due.date(), due.hour, due.minute) == (begins + timedelta(days=30), 0, 0)
    stage = owner.execute(
        "SELECT trust.reckon_stage_not_right(n, n.answer_by + interval '7 hours') FROM wraparound_notright n"
    )
    assert stage.fetchone() == ("due",)
