"""The trust officer sees facts, never a family; who looked is asked kindly; who watches is watched; nobody else is here."""

import re

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction

from circle.counting import statements
from clockwork import as_the_worker
from kring.clock import watching as clock
from kring.messaging import usecases as messaging
from kring.trust import viewer
from kring.trust.models import UnusualLook
from kring.trust.usecases import sealing, watching
from trust.scenes import insert
from watching.scene import Watched
from web.doorstep import account, bare, browser

MOST = 12


@pytest.fixture
def here(owner, settings, tmp_path):
    settings.SEALS_FILE = tmp_path / "journal.txt"
    here = Watched(owner)
    here.seat(here.family(0), here.els, role="coordinator", ground="job", job_id=here.jobs[here.els], ring=3)
    here.looked(here.els, here.family(0), here.at(3))
    account(owner, here.els, "els@wijkteam.example")
    return here


def text(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_the_looker_is_asked_the_next_evening_answers_and_the_officer_reads_it(here, owner):
    assert as_the_worker(clock.ask_about_looks, at=here.now) == 1
    assert as_the_worker(clock.ask_about_looks, at=here.now) == 0
    (letter,) = owner.execute("SELECT id FROM messaging_letter").fetchone()
    assert as_the_worker(messaging.send, letter, at=here.now) == "sent"
    (sent,) = mail.outbox
    assert sent.to == ["els@wijkteam.example"]
    assert "/watching/mine/" in sent.body
    assert "Gezin" not in sent.body + sent.subject
    els, wouter = browser(owner, here.els), browser(owner, here.wouter)
    assert "Asked, not answered yet" in text(wouter.get("/watching/"))
    page = els.get("/watching/mine/")
    assert "Gezin 0" in text(page)
    assert "in the night" in text(page)
    (look,) = owner.execute("SELECT id FROM trust_unusuallook").fetchone()
    said = {"look": str(look), f"{look}-answer": "right", f"{look}-words": ""}
    missed = els.post("/watching/mine/", said)
    assert missed.status_code == 422
    assert "Please say why" in text(missed)
    long = els.post("/watching/mine/", said | {f"{look}-words": "Zij belde mij. " * 30})
    assert "This is longer than fits here: at most 300 signs." in text(long)
    assert long.content.count(b"Zij belde mij.") == 30
    said[f"{look}-words"] = "Zij belde mij."
    for _twice in range(2):
        assert els.post("/watching/mine/", said).status_code == 302
    officer = wouter.get("/watching/")
    assert "Zij belde mij." in text(officer)
    assert "Gezin" not in text(officer)
    here.looked(here.els, here.family(0), here.at(4))
    owner.execute("UPDATE trust_unusuallook SET day = day - 1")
    assert (
        as_the_worker(clock.ask_about_looks, at=here.now) == 0
    )  # it belongs to the work: not asked again for four weeks
    (written,) = owner.execute("SELECT count(*) FROM trust_unusuallook WHERE answer = ''").fetchone()
    assert written == 1  # the trust officer hears of it all the same
    here.looked(here.els, here.family(0), here.at(4), rule="danger")
    assert as_the_worker(clock.ask_about_looks, at=here.now) == 1


def test_nobody_answers_for_another_and_a_family_never_hears_of_it(here, owner):
    mother = here.person("Naima")
    insert(owner, "trust_familymember", family_id=here.families[0], person_id=mother, kind="guardian", relation="", authority=True)  # fmt: skip
    here.seat(here.family(0), mother, role="guardian", ground="guardian", ring=1)
    page = lambda: bare(browser(owner, mother).get(f"/family/{here.families[0]}/who-looked/").content)  # noqa: E731
    before = page()
    as_the_worker(clock.ask_about_looks, at=here.now)
    assert page() == before
    (look,) = owner.execute("SELECT id FROM trust_unusuallook").fetchone()
    said = {"look": str(look), f"{look}-answer": "mistake"}
    stijn = browser(owner, here.stijn)
    assert stijn.post("/watching/mine/", said).status_code == 404
    assert stijn.post("/watching/mine/", said | {"look": "x", "x-answer": "mistake"}).status_code == 404
    assert "Gezin" not in text(stijn.get("/watching/mine/"))
    assert browser(owner, mother).get("/watching/mine/").status_code == 404
    for who in (mother, here.stijn, here.wouter, here.ada):
        with viewer.acting(who):
            assert UnusualLook.objects.count() == 0
    forged = ("UPDATE trust_unusuallook SET answer = 'right'", "SELECT trust.reckon_unusual(gen_random_uuid(), current_date)",
              "SELECT trust.note_unusual_looks(now())", "SELECT trust.reckon_looks(now(), now())")  # fmt: skip
    for statement in forged:
        with pytest.raises(DatabaseError), viewer.acting(here.wouter), connection.cursor() as cursor:
            cursor.execute(statement)


def test_facts_without_a_family_and_the_watcher_is_watched(here, owner):
    for kind in ("confidence", "sealed"):
        here.looked(here.stijn, here.family(1, kind), here.at(10))
    here.looked(here.stijn, here.family(2), here.at(11))
    wouter, ada = browser(owner, here.wouter), browser(owner, here.ada)
    facts = text(wouter.get(f"/watching/facts/?day={here.yesterday}"))
    assert re.search(r"Stijn · 1 family", facts)
    assert "Gezin" not in facts
    assert "Wouter" in text(ada.get("/watching/watchers/"))
    assert owner.execute("SELECT count(*) FROM trust_entry WHERE deed = 'journal facts read'").fetchone() == (
        1,
    )
    for address in ("/watching/", "/watching/facts/", "/watching/seals/", "/watching/watchers/"):
        assert browser(owner, here.els).get(address).status_code == 404
        assert wouter.get(address).status_code == 200
        with statements() as asked:
            wouter.get(address)
        assert len(asked) <= MOST
    for address in ("/watching/", "/watching/facts/", "/watching/seals/"):
        assert ada.get(address).status_code == 404
    other = Watched(owner)
    assert "Stijn" not in text(browser(owner, other.wouter).get(f"/watching/facts/?day={here.yesterday}"))
    with transaction.atomic(), viewer.acting(here.els), connection.cursor() as cursor:
        for asked in ("journal_facts(current_date - 1)", "unusual_looks(current_date - 9)", "watchers_looked(now() - interval '1 day')"):  # fmt: skip
            cursor.execute(f"SELECT count(*) FROM trust.{asked}")
            assert cursor.fetchone() == (0,)


def test_two_officers_of_one_name_are_two_lines_and_every_page_counts(here, owner):
    namesake = here.worker("Wouter", "trust officer", "Town")
    facts = {
        "kind": "done",
        "role": "trust officer",
        "part": "",
        "deed": watching.READ,
        "purpose": "",
        "rule": "",
    }
    for who, times in ((here.wouter, 203), (namesake, 2)):
        for _page in range(times):
            insert(owner, "trust_entry", at=here.at(9, 5, 59), person_id=who, **facts)
    insert(owner, "trust_entry", at=here.at(9, 6), person_id=namesake, **facts)
    with viewer.acting(here.ada) as ada:
        lines = watching.watchers_looked(by=ada, at=here.now)
    first, *same = [(minute, pages) for _name, minute, pages in lines]
    assert first == (here.at(9, 6), 1)
    assert sorted(same) == [(here.at(9, 5), 2), (here.at(9, 5), 203)]


def test_two_partners_keep_the_newest_seal(here, owner):
    wouter = browser(owner, here.wouter)
    for again in ("a@school.example", "A@School.example"):
        same = wouter.post("/watching/seals/", {"first": "a@school.example", "second": again})
        assert same.status_code == 422
    for _twice in range(2):
        wouter.post("/watching/seals/", {"first": "a@school.example", "second": "b@club.example"})
    assert owner.execute("SELECT count(*) FROM trust_sealkeeper").fetchone() == (2,)
    wouter.post("/watching/seals/", {"first": "a@school.example", "second": "c@club.example"})
    noted = owner.execute("SELECT person_id FROM trust_entry WHERE deed = 'keepers of the seals chosen'")
    assert noted.fetchall() == [(here.wouter,), (here.wouter,)], "once for each change, by whom"
    assert as_the_worker(clock.send_seals, at=here.now) == 0  # there is no seal yet
    as_the_worker(sealing.seal, at=here.now)
    assert (as_the_worker(clock.send_seals, at=here.now), as_the_worker(clock.send_seals, at=here.now)) == (
        2,
        0,
    )
    for (letter,) in owner.execute("SELECT id FROM messaging_letter").fetchall():
        assert as_the_worker(messaging.send, letter, at=here.now) == "sent"
    assert sorted(sent.to[0] for sent in mail.outbox) == ["a@school.example", "c@club.example"]
    (seal,) = owner.execute("SELECT fingerprint FROM trust_seal").fetchone()
    assert all(seal in sent.body for sent in mail.outbox)
    assert seal[:16] in text(wouter.get("/watching/seals/"))
