"""What a young person or a worker typed in a confidence is never lost, and nothing of it happens twice."""

import uuid

import pytest

from confidences.test_pages import sent
from kring.confidences.models import Attachment, OwnGoal, Telling, WordsToTell
from kring.confidences.usecases import tellings, wording
from kring.trust import viewer
from kring.trust.models import Circle
from web.doorstep import browser
from wraparound.home import AT, LATER

LONG = "x" * 601


def test_the_same_form_with_more_in_it_tells_the_rest_too(home):
    """The answer got lost on the way; the girl wrote on, ticked that it is about safety, and sent it again."""
    key = uuid.uuid4()
    told = home.tells(home.samira, home.mila, "Ik slaap niet.", key=key)
    assert home.tells(home.samira, home.mila, "Ik slaap niet.", key=key) == told
    for _twice in range(2):
        assert home.tells(home.samira, home.mila, "Hij slaat mij.", safety=True, key=key, at=LATER) == told
    assert home.hears(home.mila, told) == ["Ik slaap niet.", "Hij slaat mij."]
    with viewer.acting(home.samira):
        assert Circle.objects.get(pk=told).safety, "a tick about safety is never lost"


def test_the_same_words_with_another_picture_are_not_the_same(home):
    key, told = uuid.uuid4(), home.tells(home.samira, home.mila)
    one, other = (tellings.Sent("tekening.jpg", "picture", "image/jpeg", content) for content in (b"1", b"2"))
    for files in ([one], [one], [other]):
        with viewer.acting(home.samira, page="confidence", at=AT) as me:
            tellings.add(told, "Kijk.", key=key, by=me, at=AT, files=files)
    with viewer.acting(home.samira):
        assert Telling.objects.filter(circle_id=told).count() == 3
        assert sorted(row.content for row in Attachment.objects.filter(circle_id=told)) == [b"1", b"2"]


def test_more_may_be_told_and_wanted_from_the_same_open_page(home):
    key, told = uuid.uuid4(), home.tells(home.samira, home.mila)
    with viewer.acting(home.samira) as me:
        for words in ("Ik ben moe.", "Ik ben moe.", "Ik ben ook bang."):
            wording.propose(told, "mama", words, key=key, by=me, at=AT)
            wording.want(told, words, key=key, by=me, at=AT)
        assert WordsToTell.objects.count() == OwnGoal.objects.count() == 2
        row = WordsToTell.objects.first()
        ids = {wording.answer(row, "otherwise", words=words, by=me, at=LATER).pk for words in ("A", "A", "B")}
        assert len(ids) == 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [({"tell-whom": "", "tell-words": "Mag dit?"}, "Please write a few words here."),
     ({"tell-whom": "mama", "tell-words": LONG}, "at most 600 signs")],
)  # fmt: skip
def test_a_sentence_that_cannot_be_proposed_stands_there_still(home, owner, typed, said):
    told = home.tells(home.samira, home.mila)
    answer = browser(owner, home.mila).post(f"/me/{told}/words/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert typed["tell-words"] in page
    assert said in page
    assert "<title>Error:" in page
    assert '<details class="card more" open>' in page
    assert WordsToTell.objects.count() == 0


@pytest.mark.parametrize("words", ["", LONG])
def test_a_goal_that_cannot_be_kept_says_why(home, owner, words):
    told = home.tells(home.samira, home.mila)
    answer = browser(owner, home.samira).post(f"/me/{told}/goals/", {"goal-words": words})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "data-focus-me" in answer.content.decode()


def test_own_words_that_are_too_long_are_not_cut_in_silence(home, owner):
    told, samira = home.tells(home.samira, home.mila), browser(owner, home.samira)
    with viewer.acting(home.mila) as me:
        row = wording.propose(told, "mama", "Samira slaapt slecht.", key=uuid.uuid4(), by=me, at=AT)
    for words, said in (("  ", "Please write a few words here."), (LONG, "at most 600 signs")):
        answer = samira.post(f"/me/{told}/words/{row.pk}/", {"answer": "otherwise", "words": words})
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert said in answer.content.decode()
    with viewer.acting(home.samira):
        assert WordsToTell.objects.get().answer == "", "nothing is told yet"
    assert sent(samira, f"/me/{told}/", words="").status_code == 422
    answer = samira.post(f"/me/{told}/words/{row.pk}/", {"answer": "otherwise", "words": "Ik ben moe."})
    assert answer.status_code == 302
