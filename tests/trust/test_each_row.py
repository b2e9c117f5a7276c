"""Each kind of row of trust, by SQL made by hand with the rights of the serving role: who reads, changes, removes, writes it.

Around a family stand people who differ in one fact each. What is not said here, nobody may.
"""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from kring.trust import viewer
from trust import narrowed
from trust.circle_scene import FamilyScene
from trust.scenes import LONG_AGO, Scene, insert

NOW = datetime.now(UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
CIRCLE = "naima karim samira noor lotte els"
WORKING = "noor lotte dan ada nina els vera marc"
HERE = f"naima karim samira yassin over soon late {WORKING}"
PEOPLE = f"{HERE} bea"
FAMILY = f"{CIRCLE} late"
NOBODY, ELSEWHERE = "", "?"  # who says a day of birth has a test of its own

ROWS = {  # the row: who reads it, who changes it, who removes it
    "village": (PEOPLE, "ada", NOBODY),
    "organisation": (PEOPLE, "ada nina", NOBODY),
    "agreement": (HERE, "ada nina", NOBODY),
    "job": (HERE, "ada els marc", NOBODY),
    "leaving": ("els marc", "els marc", NOBODY),
    "seal keeper": ("vera", "vera", NOBODY),
    "person, a child": (f"{FAMILY} yassin dan", "samira", NOBODY),
    "person, a worker": (HERE, "marc", NOBODY),
    "person, not here yet": ("soon", "soon", NOBODY),
    "family": (f"{FAMILY} yassin dan", FAMILY, NOBODY),
    "family member": (f"{FAMILY} yassin dan", NOBODY, NOBODY),
    "birth of the girl": ("naima samira noor lotte late dan els", ELSEWHERE, NOBODY),
    "birth of the boy": (f"{FAMILY} yassin dan", ELSEWHERE, NOBODY),
    "circle of the family": (f"{FAMILY} dan", FAMILY, NOBODY),
    "circle of her own": ("samira dan", "samira", NOBODY),
    "circle of a home": ("naima dan", "naima", NOBODY),
    "circle of a confidence": ("samira noor", "samira noor", NOBODY),
    "circle of a confidence about safety": ("yassin dan", "yassin", NOBODY),
    "circle, sealed": ("els", "els", NOBODY),
    "home": ("naima dan", "naima", NOBODY),
    "seat in the family": (f"{FAMILY} dan", "naima karim samira noor", NOBODY),
    "seat in a confidence": ("samira noor", "noor", NOBODY),
    "exclusion by her own choice": ("samira", "samira", NOBODY),
    "note": (f"{CIRCLE} dan", CIRCLE, CIRCLE),
    "note, new": (f"{FAMILY} dan", FAMILY, FAMILY),
    "note about the girl": ("naima samira noor lotte els dan", "naima samira noor lotte els", "naima samira noor lotte els"),
    "note about the girl, by her father": (f"{CIRCLE} dan", CIRCLE, CIRCLE),
    "note in a confidence": ("samira noor", "samira noor", "samira noor"),
    "note about safety": ("yassin dan", "yassin", "yassin"),
    "note, sealed": ("els", "els", "els"),
    "contact card of the girl": ("naima samira noor lotte late els dan", "naima samira noor", NOBODY),
    "contact card of the mother": (f"{FAMILY} dan", "naima karim samira noor", NOBODY),
    "call about the girl": ("noor", "noor", NOBODY),
    "draft": ("naima", "naima", "naima"),
    "draft of somebody whose seat is over": (NOBODY, NOBODY, NOBODY),
    "line of the journal": (FAMILY, NOBODY, NOBODY),
    "line of the journal about the girl": ("naima samira noor lotte late els", NOBODY, NOBODY),
    "line of the journal, in danger": ("noor", NOBODY, NOBODY),
    "danger": ("noor dan vera", NOBODY, NOBODY),
    "right in danger": (WORKING, NOBODY, NOBODY),
}  # fmt: skip
WRITES = {  # what is written: by whom
    "INSERT INTO wraparound_note (id, circle_id, author_id, at, text, signed) VALUES (gen_random_uuid(), %(circle)s, trust.viewer(), now(), '', '')": FAMILY,
    "INSERT INTO wraparound_note (id, circle_id, author_id, at, text, signed) VALUES (gen_random_uuid(), %(circle)s, %(naima)s, now(), '', '')": "naima",
    "INSERT INTO wraparound_note (id, circle_id, author_id, subject_id, at, text, signed) VALUES (gen_random_uuid(), %(circle)s, trust.viewer(), %(samira)s, now(), '', '')": f"{FAMILY}",
    "INSERT INTO wraparound_draft (id, owner_id, circle_id, key, fields, at) VALUES (gen_random_uuid(), trust.viewer(), %(circle)s, 'new', '{}', now())": FAMILY,
    "INSERT INTO wraparound_draft (id, owner_id, circle_id, key, fields, at) VALUES (gen_random_uuid(), %(karim)s, %(circle)s, 'new', '{}', now())": "karim",
    "INSERT INTO trust_exclusion (id, subject_id, person_id, ground, reason, since, decided_by_id) VALUES (gen_random_uuid(), %(samira)s, %(lotte)s, 'own choice', '', now(), trust.viewer())": "samira",
    "INSERT INTO trust_exclusion (id, subject_id, person_id, ground, reason, since, decided_by_id) VALUES (gen_random_uuid(), %(yassin)s, %(lotte)s, 'guardian', '', now(), trust.viewer())": "naima karim",
    "INSERT INTO trust_organisation (id, village_id, name, sector) VALUES (gen_random_uuid(), %(village)s, 'New', 'leisure')": "ada nina",
    "INSERT INTO trust_agreement (id, organisation_id, since) VALUES (gen_random_uuid(), %(organisation)s, '2030-01-01')": "ada nina",
    "INSERT INTO trust_entry (id, at, kind, person_id, role, part, deed, purpose, rule) VALUES (gen_random_uuid(), now(), 'done', trust.viewer(), '', '', 'x', '', '')": PEOPLE,
    "INSERT INTO trust_entry (id, at, kind, person_id, role, part, deed, purpose, rule) VALUES (gen_random_uuid(), now(), 'done', %(marc)s, '', '', 'x', '', '')": "marc",
    "INSERT INTO trust_person (id, village_id, given_name, surname, met_by_id) VALUES (gen_random_uuid(), %(village)s, 'New', '', trust.viewer())": HERE,
    "INSERT INTO trust_person (id, village_id, given_name, surname, met_by_id) VALUES (gen_random_uuid(), %(village)s, 'New', '', %(marc)s)": "marc",
    "INSERT INTO trust_family (id, village_id, name, opened_at, opened_by_id) VALUES (gen_random_uuid(), %(village)s, 'New', now(), trust.viewer())": "els",
    "INSERT INTO trust_sealkeeper (id, village_id, place, email, chosen_by_id, since, told_seal) VALUES (gen_random_uuid(), %(village)s, 2, 'a@b.example', trust.viewer(), now(), 0)": "vera",
    "INSERT INTO trust_danger (id, person_id, job_id, family_id, at, ground) VALUES (gen_random_uuid(), trust.viewer(), %(job)s, %(family)s, now(), 'hurt')": NOBODY,
    "DELETE FROM trust_access": NOBODY, "UPDATE trust_denial SET until = now()": NOBODY, "DELETE FROM trust_seat": NOBODY,
}  # fmt: skip


class Around(FamilyScene):
    """Karim is left out by Samira; Over's seat is over, Soon's begins, Late sees what came after; Dan is here in danger."""

    def __init__(self, owner: psycopg.Connection) -> None:
        super().__init__(owner)
        self.coordinate(self.noor)
        self.let_in(self.naima, job_of=self.lotte, ring=3)
        for name, facts in (("over", {"since": NOW - 9 * DAY, "until": NOW - DAY}), ("soon", {"since": NOW + DAY}),
                            ("late", {"since": NOW - HOUR, "history": False})):  # fmt: skip
            setattr(self, name, self.person(name.capitalize()))
            self.seat(self.circle, getattr(self, name), **facts)
        self.dan, self.marc = self.worker("Dan"), self.worker("Marc")
        self.ada, self.nina = self.worker("Ada", "administrator"), self.worker("Nina", "network")
        self.vera, self.bea = (
            self.worker("Vera", "trust officer"),
            Scene(owner).worker("Bea", "administrator"),
        )
        self.organisation_id, self.job = self.organisations["Girlz Lounge"], self.jobs[self.marc]
        self.put("exclusion", subject_id=self.samira, person_id=self.karim, ground="own choice", reason="", since=NOW - DAY,
                 decided_by_id=self.samira)  # fmt: skip
        self.danger = self.put("danger", person_id=self.dan, job_id=self.jobs[self.dan], family_id=self.family,
                               circle_id=self.circle, at=NOW - HOUR, ground="hurt")  # fmt: skip
        self.home, self.kept = self.closed("home", self.naima), self.closed("sealed", self.els)
        self.told = self.closed("confidence", self.samira, self.noor, subject_id=self.samira)
        self.safe = self.closed("confidence", self.yassin, subject_id=self.yassin, safety=True)

    def put(self, noun: str, **facts: object) -> uuid.UUID:
        """A row of trust, whatever the rules."""
        return insert(self.owner, f"trust_{noun}", **facts)

    def closed(self, kind: str, *seated: uuid.UUID, **more: object) -> uuid.UUID:
        """A circle of the family in which these sit."""
        facts = {"name": "", "safety": False, "secrecy": False, "opened_at": LONG_AGO} | more
        circle = self.put("circle", village_id=self.village, family_id=self.family, kind=kind, **facts)
        for person in seated:
            self.seat(circle, person, ground="own choice")
        return circle

    def note(
        self,
        circle: uuid.UUID,
        about: uuid.UUID | None = None,
        by: uuid.UUID | None = None,
        ago: timedelta = 2 * DAY,
    ) -> uuid.UUID:
        """A note in a circle."""
        return insert(self.owner, "wraparound_note", circle_id=circle, author_id=by or self.noor, subject_id=about, text="t",
                      signed="", at=NOW - ago)  # fmt: skip

    def line(self, about: uuid.UUID | None, rule: str) -> uuid.UUID:
        """A line of the journal: Dan read something."""
        return self.put("entry", at=NOW, kind="read", person_id=self.dan, role="", circle_id=self.circle, part="p", deed="",
                        about_id=about, purpose="", rule=rule)  # fmt: skip

    def draft(self, whose: uuid.UUID) -> uuid.UUID:
        """What somebody began to write."""
        return insert(
            self.owner,
            "wraparound_draft",
            owner_id=whose,
            circle_id=self.circle,
            key="k",
            fields="{}",
            at=NOW,
        )

    def card(self, whose: uuid.UUID) -> uuid.UUID:
        """How somebody is reached."""
        facts = dict.fromkeys(("channel", "phone", "email", "words"), "") | dict.fromkeys(
            ("listens", "name_is_safe", "interpreter", "first"), False
        )
        self.owner.execute("DELETE FROM trust_contactcard WHERE person_id = %s", [whose])
        return self.put("contactcard", person_id=whose, circle_id=self.circle, language="nl", **facts)

    def id_of(self, question: str, *values: object) -> uuid.UUID:
        """The one row that answers."""
        return self.owner.execute(question, values).fetchone()[0]

    def rows(self) -> Iterator[tuple[str, str, str, object]]:
        """Each row that is asked for: its name, its table, what is set to what it was, its key."""
        seat = "SELECT id FROM trust_seat WHERE person_id = %s AND circle_id = %s AND until IS NULL"
        yield "village", "trust_village", "name", self.village
        yield "organisation", "trust_organisation", "name", self.organisation_id
        yield (
            "agreement",
            "trust_agreement",
            "until",
            self.id_of("SELECT id FROM trust_agreement WHERE organisation_id = %s", self.organisation_id),
        )
        yield "job", "trust_job", "title", self.job
        yield (
            "leaving",
            "trust_leaving",
            "settled",
            self.put(
                "leaving",
                person_id=self.marc,
                job_id=self.job,
                said_by_id=self.marc,
                at=NOW,
                last_on=NOW.date() + 900 * DAY,
                settled=0,
            ),
        )
        yield (
            "seal keeper",
            "trust_sealkeeper",
            "email",
            self.put(
                "sealkeeper",
                village_id=self.village,
                place=1,
                email="a@b.example",
                chosen_by_id=self.vera,
                since=NOW,
                told_seal=0,
            ),
        )
        for name, who in (("a child", self.samira), ("a worker", self.marc), ("not here yet", self.soon)):
            yield f"person, {name}", "trust_person", "given_name", who
        yield "family", "trust_family", "name", self.family
        yield (
            "family member",
            "trust_familymember",
            "relation",
            self.id_of("SELECT id FROM trust_familymember WHERE person_id = %s", self.samira),
        )
        yield "birth of the girl", "trust_birth", "born", self.samira
        yield "birth of the boy", "trust_birth", "born", self.yassin
        for name, circle in ((" of the family", self.circle), (" of her own", self.own[self.samira]), (" of a home", self.home),
                             (" of a confidence", self.told), (" of a confidence about safety", self.safe), (", sealed", self.kept)):  # fmt: skip
            yield f"circle{name}", "trust_circle", "name", circle
        yield (
            "home",
            "trust_home",
            "note",
            self.put(
                "home", family_id=self.family, circle_id=self.home, name="", address="", phone="", note=""
            ),
        )
        yield "seat in the family", "trust_seat", "relation", self.id_of(seat, self.noor, self.circle)
        yield "seat in a confidence", "trust_seat", "relation", self.id_of(seat, self.noor, self.told)
        yield (
            "exclusion by her own choice",
            "trust_exclusion",
            "until",
            self.id_of("SELECT id FROM trust_exclusion WHERE subject_id = %s", self.samira),
        )
        yield "danger", "trust_danger", "ground", self.danger
        yield (
            "right in danger",
            "trust_dangerright",
            "until",
            self.put(
                "dangerright",
                village_id=self.village,
                job_id=self.jobs[self.dan],
                asked_by_id=self.ada,
                asked_at=NOW - 9 * DAY,
                given_by_id=self.vera,
                since=NOW - 9 * DAY,
                until=NOW + 99 * DAY,
            ),
        )
        for name, key in (("", self.note(self.circle)), (", new", self.note(self.circle, ago=HOUR / 2)), (" about the girl", self.note(self.circle, self.samira)),
                          (" about the girl, by her father", self.note(self.circle, self.samira, self.karim)), (" in a confidence", self.note(self.told)),
                          (" about safety", self.note(self.safe)), (", sealed", self.note(self.kept))):  # fmt: skip
            yield f"note{name}", "wraparound_note", "text", key
        yield "contact card of the girl", "trust_contactcard", "words", self.card(self.samira)
        yield "contact card of the mother", "trust_contactcard", "words", self.card(self.naima)
        yield (
            "call about the girl",
            "messaging_call",
            "words",
            insert(
                self.owner,
                "messaging_call",
                person_id=self.samira,
                circle_id=self.circle,
                asked_at=NOW,
                words="",
            ),
        )
        yield "draft", "wraparound_draft", "key", self.draft(self.naima)
        yield "draft of somebody whose seat is over", "wraparound_draft", "key", self.draft(self.over)
        yield "line of the journal", "trust_entry", "part", self.line(None, "seat")
        yield "line of the journal about the girl", "trust_entry", "part", self.line(self.samira, "seat")
        yield "line of the journal, in danger", "trust_entry", "part", self.line(None, "danger")


@pytest.fixture
def around(owner: psycopg.Connection) -> Around:
    return Around(owner)


def comes_by(around: Around, statements: dict[str, tuple[str, object]]) -> dict[str, set[str]]:
    """For each statement who comes by a row with it; each is undone at once, refused is none."""
    found: dict[str, set[str]] = {name: set() for name in statements}
    for name in PEOPLE.split():
        with viewer.acting(getattr(around, name)), connection.cursor() as cursor:
            for said, (statement, values) in statements.items():
                try:
                    with transaction.atomic():
                        cursor.execute(statement, values)
                        if cursor.rowcount:
                            found[said].add(name)
                        transaction.set_rollback(True)
                except DatabaseError:
                    continue
    return found


def test_who_reads_changes_and_removes_each_row(around):
    asked, expected = {}, {}
    for name, table, column, key in (row for row in around.rows() if narrowed.asks(row[1])):
        by = "person_id" if table == "trust_birth" else "id"
        for number, words in enumerate(("SELECT 1 FROM {0}", "UPDATE {0} SET {1} = {1}", "DELETE FROM {0}")):
            if ROWS[name][number] == ELSEWHERE:
                continue
            said = f"{words.split()[0]} {name}"
            asked[said] = (f"{words.format(table, column)} WHERE {by} = %s", [key])
            expected[said] = set(ROWS[name][number].split())
    assert len(expected) == 3 * len(ROWS) - 2 or not narrowed.asks("all")
    assert comes_by(around, asked) == expected


def test_who_writes_a_new_row(around):
    named = {
        name: getattr(around, name)
        for name in (
            "circle",
            "naima",
            "karim",
            "samira",
            "yassin",
            "lotte",
            "marc",
            "village",
            "family",
            "job",
        )
    }
    values = named | {"organisation": around.organisation_id}
    found = comes_by(around, {statement: (statement, values) for statement in WRITES})
    assert found == {statement: set(by.split()) for statement, by in WRITES.items()}
