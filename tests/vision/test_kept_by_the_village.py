"""Who changes words, cards and principles; nothing is lost by a second click, and ours come back (G1, G3, G6, N15)."""

import uuid
from contextlib import contextmanager
from datetime import UTC, datetime

import psycopg
import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from kring.trust.permissions import NotAllowed
from kring.trust.viewer import acting
from kring.vision import ours
from kring.vision.models import Backup, PrinciplesVersion, WordHint
from kring.vision.usecases import kept, practice, principles, word_hints
from vision.scene import Guidepost

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
WORDS = word_hints.HintWords("lastpost, lastposten", "jongere op het plein", "Ken hun naam.")


@contextmanager
def may_not():
    """The database itself refuses, whatever a page believes."""
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        yield


def test_the_village_adds_a_word_once_and_its_neighbours_do_not_see_it(post: Guidepost) -> None:
    for _click in range(2):
        with acting(post.nora) as nora:
            word_hints.write("nl", "lastpost", WORDS, by=nora, at=NOW)
    with acting(post.tine):
        here = [one for one in word_hints.hints(post.village, "nl") if one["key"] == "lastpost"]
    with acting(post.far) as far:
        there = [one for one in word_hints.hints(far.village_id, "nl") if one["key"] == "lastpost"]
    assert (len(here), there) == (1, [])


def test_one_word_has_one_line(post: Guidepost) -> None:
    with acting(post.ada) as ada, pytest.raises(word_hints.WordStandsThere) as there:
        word_hints.write("nl", "mine", word_hints.HintWords("drop out", "x", "y"), by=ada, at=NOW)
    assert there.value.key == "schoolverlater"
    with acting(post.ada) as ada, pytest.raises(word_hints.WordIsMissing):
        word_hints.write("nl", "mine", word_hints.HintWords(" , * ,", "x", "y"), by=ada, at=NOW)


def test_a_word_is_changed_switched_off_and_ours_comes_back_and_goes_again(post: Guidepost) -> None:
    key, mine = "probleemkind", word_hints.HintWords("probleemkind", "kind met vragen", "Omdat.")

    def line() -> word_hints.Line:
        return word_hints.line_of(post.village, "nl", key)

    with acting(post.ada) as ada:
        word_hints.write("nl", key, mine, by=ada, at=NOW)
        assert (line().kinder, line().puts_back) == ("kind met vragen", True)
        word_hints.let_count("nl", key, "ours", by=ada, at=NOW)
        assert (line().kinder, line().takes_back) == (ours.words("nl")[key]["kinder"], True)
        word_hints.let_count("nl", key, "village", by=ada, at=NOW)
        assert line().kinder == "kind met vragen"
        word_hints.let_count("nl", key, "off", by=ada, at=NOW)
        assert key not in [one["key"] for one in word_hints.hints(post.village, "nl")]
        word_hints.let_count("nl", "lui", "off", by=ada, at=NOW)
        word_hints.let_count("nl", "lui", "ours", by=ada, at=NOW)
        assert not word_hints.line_of(post.village, "nl", "lui").own
        word_hints.write("nl", "mine", WORDS, by=ada, at=NOW)
        with pytest.raises(kept.NothingOfOurs):
            word_hints.let_count("nl", "mine", "ours", by=ada, at=NOW)


def test_nobody_else_keeps_the_words_neither_in_the_page_nor_in_the_database(post: Guidepost) -> None:
    card = practice.CardWords("a", "b", "c", "d", "e", "f")
    for person in (post.tine, post.samira, post.door.els):
        with acting(person) as somebody:
            with pytest.raises(NotAllowed):
                word_hints.write("nl", "x", WORDS, by=somebody, at=NOW)
            with pytest.raises(NotAllowed):
                practice.write("nl", "iron", card, by=somebody, at=NOW)
            with pytest.raises(NotAllowed):
                principles.write("nl", [], because="x", after=0, by=somebody, at=NOW, key=uuid.uuid4())
            row = {
                "village_id": post.village,
                "language": "nl",
                "key": "x",
                "word": "x",
                "kinder": "y",
                "why": "z",
            }
            with may_not():
                WordHint.objects.create(**row, changed_by_id=person, changed_at=NOW)
    with acting(post.far), may_not():
        WordHint.objects.create(**row, changed_by_id=post.far, changed_at=NOW)


def test_a_version_of_the_principles_says_why_and_never_changes(
    post: Guidepost, owner: psycopg.Connection
) -> None:
    told, key = (
        [principles.Principle("strengths", "Sterk eerst", "Altijd."), principles.Principle("own-5", "", "")],
        uuid.uuid4(),
    )

    def write(**how: object) -> PrinciplesVersion:
        with acting(post.ada) as ada:
            return principles.write(
                "nl",
                told,
                **({"because": "Op de dorpsdag gekozen", "after": 0, "key": key} | how),
                by=ada,
                at=NOW,
            )  # type: ignore[arg-type]

    assert write().pk == write().pk == key
    for refused, how in [
        (principles.ReasonIsMissing, {"because": " ", "key": uuid.uuid4()}),
        (principles.WrittenMeanwhile, {"key": uuid.uuid4()}),
    ]:
        with pytest.raises(refused):
            write(**how)
    with acting(post.ada):
        assert [one.title for one in principles.now(post.village, "nl")[1]] == ["Sterk eerst"]
        assert principles.fitting(principles.now(post.village, "nl")[1], "meeting").title == "Sterk eerst"
        assert principles.now(post.village, "fr")[0] == 0
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            PrinciplesVersion.objects.update(because="anders")


def test_whom_one_calls_is_seen_by_nobody_else(post: Guidepost) -> None:
    for name in ("Marc", "Bea"):
        with acting(post.tine) as tine:
            practice.choose_backup(name, "0470 00 00 01", by=tine, at=NOW)
    with acting(post.ada) as ada:
        assert practice.backup_of(ada) is None
        assert Backup.objects.count() == 0
        with may_not():
            Backup.objects.create(person_id=post.nora, name="x", phone="1", at=NOW)
    with acting(post.tine) as tine:
        assert practice.backup_of(tine).name == "Bea"  # type: ignore[union-attr]
        practice.forget_backup(by=tine, at=NOW)
        assert practice.backup_of(tine) is None


def test_deeds_are_in_the_journal_and_what_was_written_is_not(
    post: Guidepost, owner: psycopg.Connection
) -> None:
    with acting(post.ada) as ada:
        word_hints.write("nl", "mine", WORDS, by=ada, at=NOW)
        practice.choose_backup("Marc", "0470", by=ada, at=NOW)
    deeds = owner.execute(
        "SELECT deed FROM trust_entry WHERE person_id = %s AND kind = 'done' ORDER BY deed", [post.ada]
    )
    assert [deed for (deed,) in deeds.fetchall()] == ["backup chosen", "word hint written"]
