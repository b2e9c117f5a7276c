"""What is confided, worded together and promised to be answered: each condition is asked where it alone decides."""

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID

import psycopg
import pytest

from trust.circle_scene import FamilyScene
from trust.each_policy import NOW
from trust.one_trigger import Alone, alone

NOT_THERE = "not_a_confidence"
NOT_THEIRS = "not_yours_to_decide"
OPENED = "was_opened_already"
TABLES = (
    "confidences_telling", "confidences_attachment", "confidences_wordstotell", "confidences_owngoal", "confidences_answerday",
    "confidences_tellthem", "trust_seat",
)  # fmt: skip


@pytest.fixture
def home(owner: psycopg.Connection) -> FamilyScene:
    """A girl with own voice, her brother, her parents and their coordinator."""
    return FamilyScene(owner)


@pytest.fixture
def here(request: pytest.FixtureRequest, home: FamilyScene) -> Iterator[SimpleNamespace]:
    """One trigger of confidences alone, and a confidence of Samira."""
    with alone(home.owner, request.param, *TABLES) as by:
        confidence = by.lies(
            "trust_circle",
            village_id=home.village,
            kind="confidence",
            family_id=home.family,
            subject_id=home.samira,
        )
        yield SimpleNamespace(by=by, home=home, confidence=confidence, samira=home.samira, noor=home.noor)


def places(here: SimpleNamespace) -> tuple[tuple[UUID, UUID, str], ...]:
    """Where something could be laid, of whom it would be, and what comes of it."""
    home = here.home
    return (
        (here.confidence, home.samira, "done"), (home.circle, home.samira, NOT_THERE),
        (home.own[home.samira], home.samira, NOT_THERE), (here.confidence, home.yassin, NOT_THERE),
    )  # fmt: skip


only = pytest.mark.parametrize


@only("here", ["check_confided"], indirect=True)
def test_what_is_told_lies_in_a_confidence_of_whom_it_is_about(here):
    for circle, subject, told in places(here):
        said = {"circle_id": circle, "subject_id": subject, "author_id": here.samira}
        assert here.by.is_written(here.samira, "confidences_telling", **said) == told


def telling(here: SimpleNamespace, **said: object) -> UUID:
    """Something Samira told."""
    facts = {"circle_id": here.confidence, "subject_id": here.samira, "author_id": here.samira}
    return here.by.lies("confidences_telling", **facts | said)


@only("here", ["check_confided"], indirect=True)
def test_what_was_told_is_taken_back_by_its_author_until_it_was_opened(here):
    unheard, heard = telling(here), telling(here, heard_at=NOW)
    gone = "DELETE FROM confidences_telling WHERE id = %s"
    for who, row, told in (
        (here.samira, unheard, 1), (here.noor, unheard, OPENED), (here.samira, heard, OPENED), (None, heard, 1), (None, unheard, 1),
    ):  # fmt: skip
        assert here.by.does(who, gone, row) == told


@only("here", ["check_confided"], indirect=True)
def test_that_it_was_opened_is_said_once_and_by_another(here):
    unheard, heard = telling(here), telling(here, heard_at=NOW)
    opens = "UPDATE confidences_telling SET heard_at = now() - interval '1 day' WHERE id = %s"
    again = "UPDATE confidences_telling SET how = how WHERE id = %s"
    for who, row, told in (
        (here.noor, unheard, 1), (here.samira, unheard, OPENED), (here.noor, heard, OPENED), (here.samira, heard, OPENED),
        (None, heard, 1),
    ):  # fmt: skip
        assert here.by.does(who, opens, row) == told
    for who in (here.noor, here.samira):
        assert [here.by.does(who, again, row) for row in (unheard, heard)] == [1, 1]


@only("here", ["check_confided"], indirect=True)
def test_what_the_owner_changes_of_a_telling_comes_to_stand_there(here):
    row = telling(here)
    here.by.asks(None)
    here.by.owner.execute("UPDATE confidences_telling SET heard_at = %s WHERE id = %s", [NOW, row])
    told = here.by.owner.execute("SELECT heard_at FROM confidences_telling WHERE id = %s", [row])
    assert told.fetchone() == (NOW,)


@only("here", ["check_attachment"], indirect=True)
def test_an_attachment_lies_with_its_own_telling_that_nobody_opened(here):
    home = here.home
    unheard, heard = telling(here), telling(here, heard_at=NOW)
    right = {
        "telling_id": unheard,
        "circle_id": here.confidence,
        "author_id": here.samira,
        "subject_id": here.samira,
    }
    assert here.by.is_written(here.samira, "confidences_attachment", **right) == "done"
    for wrong in (
        {"telling_id": heard}, {"circle_id": home.own[home.samira]}, {"author_id": here.noor}, {"subject_id": home.yassin},
    ):  # fmt: skip
        assert here.by.is_written(here.samira, "confidences_attachment", **right | wrong) == NOT_THERE, wrong


@only("here", ["check_attachment"], indirect=True)
def test_an_attachment_is_taken_back_by_its_author_until_its_telling_was_opened(here):
    facts = {"circle_id": here.confidence, "author_id": here.samira, "subject_id": here.samira}
    unheard, heard = (
        here.by.lies("confidences_attachment", telling_id=one, **facts)
        for one in (telling(here), telling(here, heard_at=NOW))
    )
    gone = "DELETE FROM confidences_attachment WHERE id = %s"
    for who, row, told in (
        (here.samira, unheard, 1), (here.samira, heard, OPENED), (here.noor, unheard, OPENED), (None, heard, 1), (None, unheard, 1),
    ):  # fmt: skip
        assert here.by.does(who, gone, row) == told


@only("here", ["check_own_word"], indirect=True)
def test_words_of_ones_own_lie_in_a_confidence(here):
    for table in ("confidences_wordstotell", "confidences_owngoal"):
        for circle, subject, told in places(here):
            facts = {"circle_id": circle, "subject_id": subject, "author_id": subject}
            assert here.by.is_written(None, table, **facts) == told


@only("here", ["check_own_word"], indirect=True)
def test_another_words_it_together_and_only_the_young_person_decides(here):
    facts = {"circle_id": here.confidence, "subject_id": here.samira, "author_id": here.noor}
    words, goals = "confidences_wordstotell", "confidences_owngoal"
    for who, table, answer, told in (
        (here.noor, words, "", "done"), (here.noor, words, "yes", NOT_THEIRS), (here.samira, words, "yes", "done"),
        (here.noor, goals, "", NOT_THEIRS), (here.samira, goals, "", "done"), (None, goals, "", "done"), (None, words, "yes", "done"),
    ):  # fmt: skip
        assert here.by.is_written(who, table, answer=answer, **facts) == told, (table, answer)


@only("here", ["check_own_word"], indirect=True)
def test_only_the_young_person_changes_and_deletes_their_own_words(here):
    facts = {"subject_id": here.samira, "author_id": here.noor, "answer": ""}
    for table in ("confidences_wordstotell", "confidences_owngoal"):
        for circle in (here.confidence, here.home.circle):
            row = here.by.lies(table, circle_id=circle, **facts)
            for deed in (f"UPDATE {table} SET at = at WHERE id = %s", f"DELETE FROM {table} WHERE id = %s"):
                assert [here.by.does(who, deed, row) for who in (here.samira, here.noor, None)] == [
                    1, NOT_THEIRS, 1,
                ], deed  # fmt: skip


@only("here", ["check_answer_day"], indirect=True)
def test_a_day_of_answering_is_said_in_a_confidence_by_who_hears(here):
    for circle, subject, told in places(here):
        facts = {"circle_id": circle, "subject_id": subject, "author_id": here.noor, "at": NOW}
        assert here.by.is_written(here.noor, "confidences_answerday", day=NOW.date(), **facts) == told
    facts = {"circle_id": here.confidence, "subject_id": here.samira, "at": NOW}
    for author, days, told in (
        (here.noor, 30, "done"), (here.noor, 31, NOT_THEIRS), (here.noor, -2, NOT_THEIRS), (here.samira, 1, NOT_THEIRS),
    ):  # fmt: skip
        day = NOW.date() + timedelta(days=days)
        assert here.by.is_written(None, "confidences_answerday", author_id=author, day=day, **facts) == told


@only("here", ["check_tell_them"], indirect=True)
def test_whom_to_tell_is_said_by_the_young_person_on_their_own_page(here):
    home, samira = here.home, here.samira
    for circle, subject, author, told in (
        (home.own[samira], samira, samira, "done"), (home.circle, samira, samira, NOT_THEIRS),
        (here.confidence, samira, samira, NOT_THEIRS), (home.own[home.yassin], samira, samira, NOT_THEIRS),
        (home.own[samira], samira, home.naima, NOT_THEIRS),
    ):  # fmt: skip
        facts = {"circle_id": circle, "subject_id": subject, "author_id": author}
        assert here.by.is_written(samira, "confidences_tellthem", **facts) == told


@only("here", ["check_tell_them"], indirect=True)
def test_what_was_said_about_telling_them_is_deleted_by_nobody_who_asks(here):
    facts = {"circle_id": here.home.own[here.samira], "subject_id": here.samira, "author_id": here.samira}
    row = here.by.lies("confidences_tellthem", **facts)
    gone = "DELETE FROM confidences_tellthem WHERE id = %s"
    assert [here.by.does(who, gone, row) for who in (here.samira, None)] == ["never_changes", 1]


@only("here", ["check_hearer"], indirect=True)
def test_who_hears_is_chosen_by_who_confides_and_bound_where_there_is_secrecy(here):
    home, by = here.home, here.by
    secret = by.lies(
        "trust_circle",
        village_id=home.village,
        kind="confidence",
        family_id=home.family,
        subject_id=here.samira,
        secrecy=True,
    )
    job, samira = home.jobs[here.noor], here.samira
    for who, circle, person, decided_by, through, told in (
        (samira, here.confidence, here.noor, samira, None, "done"), (samira, here.confidence, here.noor, home.naima, job, NOT_THEIRS),
        (samira, here.confidence, samira, home.naima, None, "done"), (None, here.confidence, here.noor, home.naima, job, "done"),
        (samira, secret, here.noor, samira, job, "done"), (samira, secret, here.noor, samira, None, "not_bound_by_secrecy"),
        (samira, secret, here.noor, home.naima, job, NOT_THEIRS), (samira, home.circle, here.noor, home.naima, None, "done"),
    ):  # fmt: skip
        facts = {"circle_id": circle, "person_id": person, "decided_by_id": decided_by, "job_id": through}
        assert by.is_written(who, "trust_seat", **facts) == told


def test_nobody_else_hears_of_these_tries(home: FamilyScene) -> None:
    """What the tests of one trigger lay is gone afterwards, and the other triggers answer again."""
    with alone(home.owner, "check_confided", *TABLES) as by:
        assert isinstance(by, Alone)
        by.lies("confidences_telling", circle_id=home.circle)
    assert home.owner.execute("SELECT count(*) FROM confidences_telling").fetchone() == (0,)
    off = "SELECT count(*) FROM pg_trigger WHERE tgrelid = ANY(%s::regclass[]) AND tgenabled = 'D'"
    assert home.owner.execute(off, [list(TABLES)]).fetchone() == (0,)
