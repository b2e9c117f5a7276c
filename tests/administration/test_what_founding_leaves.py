"""What founding a village by a code writes down, and that every code is over with it."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from trust.each_policy import lay

NOW = datetime.now(UTC)
TOLD = {
    "name": "Oude Haven", "slug": "oude-haven", "country": "NL", "timezone": "Europe/Amsterdam", "language": "nl", "term_days": 90,
    "organisation": "Gemeente Haven", "given_name": "Ada", "surname": "Bos", "email": "ada@haven.example", "speaks": "nl",
    "chosen": {}, "chosen_version": 1,
}  # fmt: skip


@pytest.fixture
def founded(owner: psycopg.Connection) -> Any:
    """Ada founded it by her code; another was given out, and one had ended."""
    for code, ended in ((b"ada", None), (b"other", None), (b"before", NOW - timedelta(days=9))):
        lay(
            owner, "trust_setupcode", {"code_hash": code, "ended_at": ended, "until": NOW + timedelta(days=1)}
        )
    asked = "SELECT trust.found_village('ada', 'laptop', %s, %s)"
    return owner.execute(asked, [json.dumps(TOLD), NOW]).fetchone()[0]


def test_every_code_is_over_and_what_had_ended_had_ended_then(owner, founded):
    told = owner.execute("SELECT code_hash, ended_at FROM trust_setupcode").fetchall()
    assert {bytes(code): ended for code, ended in told} == {
        b"ada": NOW, b"other": NOW, b"before": NOW - timedelta(days=9)
    }  # fmt: skip


def test_the_administrator_sits_in_the_circle_of_the_village_by_their_work(owner, founded):
    seats = (
        "SELECT c.kind, s.person_id, s.role, s.ground, j.role FROM trust_seat s JOIN trust_circle c ON c.id = s.circle_id "
        "JOIN trust_job j ON j.id = s.job_id"
    )
    assert owner.execute(seats).fetchall() == [("village", founded, "professional", "job", "administrator")]


def test_the_journal_says_that_it_was_founded_and_agreed_on(owner, founded):
    lines = (
        "SELECT e.person_id, o.name, e.role, e.deed, e.rule, e.at FROM trust_entry e "
        "JOIN trust_organisation o ON o.id = e.organisation_id ORDER BY e.deed"
    )
    assert owner.execute(lines).fetchall() == [
        (founded, "Gemeente Haven", "administrator", deed, "set-up code", NOW)
        for deed in ("agreement accepted", "village founded")
    ]
