"""Every night all seals are recomputed; who watches hears of it when something does not fit, also after a restore."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone

from clockwork import as_the_worker
from kring.clock import watching as clock
from kring.commands import working
from kring.messaging import usecases as messaging
from kring.trust import journal, viewer
from kring.trust.seals import kept
from kring.trust.usecases import sealing
from trust.unheard import unheard
from watching.scene import Watched
from web.doorstep import account, browser


@pytest.fixture
def here(owner, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "SEALS_FILE", tmp_path / "journal.txt")
    monkeypatch.setattr(settings, "LEDGER", tmp_path / "forgotten.jsonl")
    here = Watched(owner)
    account(owner, here.wouter, "wouter@town.example")
    account(owner, here.els, "els@wijkteam.example")
    return here


def looked(here, times=1):
    """Somebody looked, and each look is sealed by itself."""
    here.seat(here.family(0), here.els, role="coordinator", ground="job", job_id=here.jobs[here.els], ring=3)
    for _time in range(times):
        with viewer.acting(here.els) as me:
            journal.write("looked about", by=me, at=timezone.now(), circle_id=here.circles[0])
        as_the_worker(sealing.seal, at=timezone.now())


def change_a_line(owner):
    owner.execute("ALTER TABLE trust_entry DISABLE TRIGGER never_changes; UPDATE trust_entry SET circle_id = NULL "
                  "WHERE at = (SELECT min(at) FROM trust_entry); ALTER TABLE trust_entry ENABLE TRIGGER never_changes")  # fmt: skip


def text(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_a_night_on_which_something_does_not_fit_is_told_once_to_who_watches(here, owner):
    looked(here, 2)
    officer = browser(owner, here.wouter)
    assert "not checked in the last two nights" not in text(officer.get("/watching/")), "it began today"
    with unheard(owner):
        owner.execute("UPDATE trust_seal SET at = at - interval '3 days' WHERE number = 1")
        assert "not checked in the last two nights" in text(officer.get("/watching/"))
        owner.execute("UPDATE trust_seal SET at = at + interval '3 days' WHERE number = 1")
    assert as_the_worker(clock.check_seals, at=timezone.now()) == 0
    assert "everything as it was sealed" in text(officer.get("/watching/seals/"))
    change_a_line(owner)
    sealing.check()  # who tampered checks by hand first, so that the night finds nothing new
    assert as_the_worker(clock.check_seals, at=timezone.now()) == 1
    assert as_the_worker(clock.check_seals, at=timezone.now()) == 0, (
        "the same finding is told once, not every night"
    )
    for (letter,) in owner.execute("SELECT id FROM messaging_letter").fetchall():
        assert as_the_worker(messaging.send, letter, at=timezone.now()) == "sent"
    (sent,) = mail.outbox
    assert sent.to == ["wouter@town.example"]
    assert "/watching/seals/" in sent.body
    assert "\n1 " in sent.body
    assert "Gezin" not in sent.body
    assert "1 line is not as it was sealed" in text(officer.get("/watching/seals/"))
    kept.file().write_text("no seal\n")
    assert sealing.check().findings[-1].what.startswith("the seals kept outside cannot be read")
    settings.LEDGER.write_text("torn\n{}\n")
    assert "the ledger is damaged" in sealing.check().findings[-1].what


def test_after_a_restore_the_seals_of_before_still_speak_for_what_was_put_back(here, owner):
    looked(here, 3)
    owner.execute("SET session_replication_role = replica; DELETE FROM trust_seal WHERE number = 3; "
                  "DELETE FROM trust_entry WHERE id IN (SELECT entry_id FROM trust_sealedline WHERE seal = 3); "
                  "DELETE FROM trust_sealedline WHERE seal = 3; SET session_replication_role = origin")  # fmt: skip
    assert kept.begin_anew(as_the_worker(kept.after, 0)) is not None  # what a restore does
    with viewer.acting(here.els) as me:
        journal.write("looked about", by=me, at=timezone.now(), circle_id=here.circles[0])
    as_the_worker(sealing.seal, at=timezone.now())
    assert [seal.number for seal in kept.every_seal()] == [1, 2, 3, 1, 2]
    assert sealing.check().findings == []
    assert "It went up to seal 2." in text(browser(owner, here.wouter).get("/watching/seals/"))
    new = kept.file().read_text().splitlines()  # a backup that was changed before it was put back
    forged = new[1].replace(new[1].split()[4], "0" * 64)
    kept.file().write_text("\n".join([new[0], forged, *new[2:]]) + "\n")
    owner.execute("SET session_replication_role = replica")
    owner.execute("UPDATE trust_seal SET root = %s WHERE number = 1", ["0" * 64])
    assert "Batch 1: the seal is another than the one kept elsewhere." in map(str, sealing.check().findings)


def test_a_worker_that_stops_leaves_no_line_open(here, owner):
    looked(here)
    with viewer.acting(here.els) as me:
        journal.write("looked about", by=me, at=timezone.now(), circle_id=here.circles[0])
    as_the_worker(working.seal_what_is_left)
    open_lines = "SELECT count(*) FROM trust_entry e WHERE NOT EXISTS (SELECT 1 FROM trust_sealedline WHERE entry_id = e.id)"
    assert owner.execute(open_lines).fetchone() == (0,)
    assert len(kept.read(kept.file())) == 2
