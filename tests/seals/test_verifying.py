"""The journal sealed, verified, lawfully emptied; what nobody but the owner could do is refused by the database."""

import random
import uuid
from datetime import timedelta

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from clockwork import as_the_worker
from kring.commands import journal as command
from kring.trust import journal, ledger, viewer
from kring.trust.seals import checking, kept
from kring.trust.usecases import sealing
from seals.book import BEGAN, Book, one_line, write
from seals.tampering import empty_a_line_and_say_so
from web.doorstep import build


@pytest.fixture(autouse=True)
def _own_file(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "SEALS_FILE", tmp_path / "seals" / "journal.txt")
    monkeypatch.setattr(settings, "LEDGER", tmp_path / "forgotten.jsonl")


def found_in(book):
    with book.owner.transaction():
        return [str(finding) for finding in book.verified().findings]


def test_an_untouched_journal_verifies_in_python_as_it_was_sealed_in_sql(owner):
    book = Book(owner, seed=1)
    with owner.transaction():
        result = book.verified()
    assert result.findings == []
    assert (result.seals, result.lines, result.emptied, result.waiting) == (9, 66, 2, 0)


def test_a_line_written_late_lies_in_the_next_batch_and_one_slipped_into_the_past_is_found(owner):
    book = Book(owner, seed=2)
    write(owner, one_line(book.chance, book.last - timedelta(minutes=59)))
    assert found_in(book) == []
    book.seal(book.last + timedelta(minutes=1))
    assert found_in(book) == []
    write(owner, one_line(book.chance, BEGAN))
    assert [finding[:32] for finding in found_in(book)] == ["Not sealed yet: a line was added"]
    book.seal(book.last + timedelta(hours=3))
    assert "Batch 11: a line was added to the past" in found_in(book)[0]


def test_a_journal_that_waited_long_is_sealed_in_several_batches_and_verifies(owner):
    book = Book(owner, seed=4)
    owner.execute(
        "DELETE FROM trust_sealedline; DELETE FROM trust_seal; UPDATE trust_entry SET deed = '' WHERE person_id IS NULL"
    )
    sealed = "SELECT trust.reckon_seal(%s, 'infinity', 20)"
    while owner.execute(sealed, [book.last + timedelta(days=30)]).fetchone() != (0,):
        pass
    book.outside = book.seals()
    assert [seal.lines for seal in book.outside] == [20, 20, 20, 6]
    assert found_in(book) == []


def test_an_emptied_line_that_comes_back_is_found(owner):
    book = Book(owner, seed=3)
    row = "SELECT id, who_salt, part FROM trust_entry JOIN trust_sealedline ON entry_id = id WHERE what_salt IS NULL"
    (line, _salt, part) = owner.execute(row).fetchone()
    assert part == ""
    owner.execute("UPDATE trust_entry SET part = 'plan' WHERE id = %s", [line])
    assert "has words again" in found_in(book)[0]


def test_the_serving_role_seals_and_can_do_no_more(owner):
    home = build(owner)
    now = timezone.now()
    with viewer.acting(home.els) as me:
        journal.write("looked about", by=me, at=now, circle_id=home.circle)
    assert as_the_worker(sealing.seal, at=now) == 1
    assert as_the_worker(sealing.seal, at=now) == 0
    forbidden = (
        "UPDATE trust_entry SET deed = ''", "DELETE FROM trust_entry", "UPDATE trust_sealedline SET who_salt = NULL",
        "SELECT * FROM trust_seal", "SELECT trust.empty_entries('{}', '{}', now())",
        "SELECT trust.reckon_seal(now(), now(), 1)", "SELECT trust.seal_journal(now() + interval '1 hour')",
    )  # fmt: skip
    for statement in forbidden:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    with pytest.raises(psycopg.DatabaseError):
        owner.execute("UPDATE trust_entry SET deed = ''")


def test_the_command_names_what_was_changed_and_the_file_only_grows(owner, bed, capsys):
    home = build(owner)
    for minute in range(3):
        at = timezone.now() - timedelta(minutes=3 - minute)
        with viewer.acting(home.els) as me:
            journal.write("looked about", by=me, at=at, circle_id=home.circle)
        as_the_worker(sealing.seal, at=at)
    text = kept.file().read_text()
    assert [seal.number for seal in kept.read(kept.file())] == [1, 2, 3]
    kept.file().write_text(text + "kring-seal-1 4 cut off by a power")
    as_the_worker(sealing.seal, at=timezone.now())
    assert kept.file().read_text() == text
    assert verify(bed, capsys) == (
        0,
        "3 lines in 3 batches, 3 seals kept elsewhere, 0 emptied by erasure, 0 waiting",
    )
    owner.execute("ALTER TABLE trust_entry DISABLE TRIGGER never_changes; UPDATE trust_entry SET circle_id = NULL "
                  "WHERE at = (SELECT min(at) FROM trust_entry); ALTER TABLE trust_entry ENABLE TRIGGER never_changes")  # fmt: skip
    code, said = verify(bed, capsys)
    assert code == 1
    assert said.startswith("Batch 1: a line was changed (what)")
    assert owner.execute("SELECT findings FROM trust_sealcheck ORDER BY at").fetchall() == [(0,), (1,)]


def verify(bed, capsys):
    with psycopg.connect(bed._addresses(bed.name).migrator.conninfo()) as migrator:
        result = checking.verified(migrator, kept.read(kept.file()))
    command._tell(result, 3, 1.0)
    return int(bool(result.findings)), capsys.readouterr().out.split(" for the next")[0]


def test_a_forgotten_family_leaves_empty_lines_and_whole_seals(owner, bed):
    """The function of the erasure, called as the gatekeeper: what stays says nothing about anybody."""
    home = build(owner)
    now = timezone.now()
    with viewer.acting(home.els) as me:
        journal.write(
            "plan approved", by=me, at=now, circle_id=home.circle, about=home.jonas, object_id=uuid.uuid4()
        )
    with viewer.acting(home.samira) as me:
        journal.write("looked about", by=me, at=now, circle_id=home.circle)
    with owner.transaction():
        owner.execute("SET LOCAL ROLE kring_gatekeeper")
        (emptied,) = owner.execute("SELECT trust.empty_entries(%s, %s, %s)",
                                   [[home.circle], [home.samira, home.jonas], now]).fetchone()  # fmt: skip
    assert emptied == 3
    left = owner.execute("SELECT person_id, circle_id, about_id, object_id, deed FROM trust_entry WHERE deed <> 'line emptied'").fetchall()  # fmt: skip
    assert sorted(left, key=lambda row: row[4]) == [(None, None, None, None, "looked about"), (home.els, None, None, None, "plan approved")]  # fmt: skip
    with psycopg.connect(bed._addresses(bed.name).migrator.conninfo()) as migrator:
        assert "no forgetting in the ledger explains it" in str(checking.verified(migrator, []).findings[0])
        ledger.append({"id": str(uuid.uuid4()), "done_at": now.isoformat()})
        assert checking.verified(migrator, []).findings == []


def test_an_emptying_is_lawful_only_as_the_ledger_says_and_in_its_own_batch(owner):
    book = Book(owner, seed=4)
    book.forgotten = set()
    assert ["no forgetting in the ledger" in finding for finding in found_in(book)] == [True]
    book.forgotten = {book.last}
    empty_a_line_and_say_so(book, random.Random(1))
    assert [finding[:24] for finding in found_in(book)] == ["Batch 10: lines were emp"]


def test_when_the_last_seal_kept_is_not_in_the_database_sealing_fails_until_it_is_set_aside(owner):
    home = build(owner)
    for place in range(2):
        with viewer.acting(home.els) as me:
            journal.write("looked about", by=me, at=timezone.now(), circle_id=home.circle)
        assert as_the_worker(sealing.seal, at=timezone.now()) == 1
        if not place:  # as after a restore: the database is older than the seals kept
            (last,), text = kept.read(kept.file()), kept.file().read_text()
            owner.execute("SET session_replication_role = replica; DELETE FROM trust_seal; DELETE FROM trust_sealedline; "
                          "DELETE FROM trust_entry")  # fmt: skip
            with pytest.raises(kept.AnotherChain):
                as_the_worker(sealing.seal, at=timezone.now())
            assert kept.file().read_text() == text
            aside = kept.begin_anew(as_the_worker(kept.after, 0))
            assert kept.file().read_text() == f"kring-seals-before 1 {last.fingerprint} {aside.name} 0\n"
    assert kept.read(aside) == [last]
    assert kept.read(kept.file()) == as_the_worker(kept.after, 0) != [last]
    assert kept.begin_anew(as_the_worker(kept.after, 0)) is None, "the same chain goes on in the same file"
    kept.file().write_text("not a seal\n")
    with pytest.raises(kept.NotSeals):
        kept.begin_anew(as_the_worker(kept.after, 0))
    aside = kept.set_aside(kept.file())
    assert aside.read_text() == "not a seal\n"
    assert kept.file().read_text() == f"kring-seals-before 0 - {aside.name}\n"
    as_the_worker(kept.keep)
    assert kept.every_seal() == as_the_worker(kept.after, 0), "a damaged file keeps nothing from going on"
