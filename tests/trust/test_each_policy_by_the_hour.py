"""What opens and what hides does so from its first moment to its last: each policy asked at the edges, by hand-made SQL.

Noor is the coordinator. What is reckoned for her (what is open, what danger opens, whom she is left out of) is laid as
no rule would: one thing at a time lives from FROM until UNTIL, and the rest always or never.
"""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from kring.commands.harness import CLOCK
from kring.trust import viewer
from trust.circle_scene import FamilyScene
from trust.each_policy import MAY_WRITE
from trust.scenes import LONG_AGO, insert

NOW = datetime.now(UTC)
INSTANT = timedelta(microseconds=1)
FROM, UNTIL = NOW - timedelta(hours=2), NOW + timedelta(hours=2)
MOMENTS = (FROM - INSTANT, FROM, UNTIL - INSTANT, UNTIL)
LONG, HOURS = (LONG_AGO, NOW + timedelta(days=9)), (FROM, UNTIL)
#: What lives: `open` and `danger` are of circles, `coordinates` is her seat itself (if nothing is said, it lives), the
#: others are grounds on which she is left out of Samira.
LIVES = (
    {"open": HOURS}, {"danger": HOURS}, {"open": LONG, "own choice": HOURS}, {"open": LONG, "court order": HOURS},
    {"danger": LONG, "conflict": HOURS}, {"danger": LONG, "own choice": HOURS}, {"danger": LONG, "guardian": HOURS},
    {"open": LONG, "danger": HOURS, "own choice": LONG}, {"open": HOURS, "danger": LONG, "own choice": LONG},
    {"open": LONG, "danger": LONG, "own choice": HOURS}, {"danger": LONG, "own choice": LONG, "conflict": HOURS},
    {"open": LONG, "coordinates": HOURS},
)  # fmt: skip
#: What is changed, of all rows at once: nothing is read by it, so only the policy of changing answers.
CHANGED = {
    "wraparound_note": "at = now()", "trust_contactcard": "words = ''", "messaging_call": "words = ''",
    "trust_home": "note = ''", "wraparound_draft": "key = 'k'", "trust_circle": "name = ''",
}  # fmt: skip
REMOVED = ("wraparound_note", "wraparound_draft")
ABOUT_NOBODY = [f"note about nobody {number}" for number in range(4)]


class Facts:
    """What holds at a moment."""

    def __init__(self, lives: dict[str, tuple[datetime, datetime]], at: datetime) -> None:
        holds = {what for what, (since, until) in lives.items() if since <= at < until}
        self.seat, self.danger = "open" in holds, "danger" in holds
        self.court, self.left_out = "court order" in holds, bool(holds - {"open", "danger", "coordinates"})
        self.coordinates = "coordinates" in holds or "coordinates" not in lives
        self.in_danger_too = bool(holds & {"court order", "conflict"})
        self.any = self.seat or self.danger
        self.knows = self.any and (not self.left_out or (self.danger and not self.in_danger_too))
        self.writes = self.seat and not self.left_out

    def reads(self) -> set[str]:
        """The rows she reads."""
        held = {
            "note": (self.seat and not self.left_out) or (self.danger and not self.in_danger_too),
            **dict.fromkeys(("own note", "own note again", "tell them"), self.any and not self.court),
            "birth before": self.any and not self.left_out,
            **dict.fromkeys(("card", "birth", "own circle"), self.knows),
            **dict.fromkeys(("circle", "part", "home", "seat", "own card", *ABOUT_NOBODY), self.any),
            "entry": self.writes,
            "call": self.writes and self.coordinates,
            **dict.fromkeys(("exclusion", "draft"), self.seat),
        }
        return {row for row, whether in held.items() if whether}

    def changes(self) -> set[str]:
        """The rows she changes; what she writes is the same, and she removes of it what may be removed."""
        held = dict.fromkeys(("note", "card", "own circle"), self.writes)
        held["call"] = self.writes and self.coordinates
        held |= dict.fromkeys(("home", "draft", "circle", "part", "own card", *ABOUT_NOBODY), self.seat)
        held |= dict.fromkeys(("own note", "own note again"), self.seat and not self.court)
        return {row for row, whether in held.items() if whether}


class Edges(FamilyScene):
    """A row of every kind that an hour opens; those about somebody are about Samira.

    Of another's notes about her there is one, of her own there are two, of those about nobody four: what is changed is
    counted, and one for the other shows. Of circles about nobody there are two.
    """

    def __init__(self, owner: psycopg.Connection) -> None:
        super().__init__(owner)
        self.coordinate(self.noor)
        self.let_in(self.naima, job_of=self.lotte, ring=3)
        home, part, own = uuid4(), uuid4(), self.own[self.samira]
        seat = "SELECT id FROM trust_seat WHERE person_id = %s AND circle_id = %s"
        self.hers = self.one(seat + " AND role = 'coordinator'", self.noor, self.circle)
        self.circles = [self.circle, home, part, own]
        about = {"person_id": self.samira, "circle_id": self.circle}
        empty = dict.fromkeys(("channel", "phone", "email", "words"), "")
        no = dict.fromkeys(("listens", "name_is_safe", "interpreter", "first"), False)
        journal = dict.fromkeys(("role", "part", "deed", "purpose", "rule"), "")
        note = {"circle_id": self.circle, "subject_id": self.samira, "text": "t", "signed": "", "at": NOW}
        later = {"circle_id": self.circle, "subject_id": self.samira, "at": NOW}
        owner.execute("DELETE FROM trust_contactcard")
        self.rows = {
            "note": self.put("wraparound_note", author_id=self.lotte, **note),
            "own note": self.put("wraparound_note", author_id=self.noor, **note),
            "own note again": self.put("wraparound_note", author_id=self.noor, **note),
            **{name: self.put("wraparound_note", author_id=self.lotte, **note | {"subject_id": None}) for name in ABOUT_NOBODY},
            "part": self.put("trust_circle", id=part, village_id=self.village, family_id=self.family, kind="part", name="",
                             safety=False, secrecy=False, opened_at=LONG_AGO),
            "tell them": self.put("confidences_tellthem", author_id=self.noor, whom="parents", matter="meetings", yes=True, **later),
            "birth": ("trust_birth", self.samira), "circle": ("trust_circle", self.circle), "own circle": ("trust_circle", own),
            "seat": ("trust_seat", self.one(seat, self.lotte, self.circle)),
            "birth before": self.put("trust_birthbefore", born=NOW.date(), at=NOW, **about),
            "card": self.put("trust_contactcard", language="nl", **about, **empty, **no),
            "own card": self.put("trust_contactcard", language="nl", **about | {"person_id": self.noor}, **empty, **no),
            "call": self.put("messaging_call", asked_at=NOW, words="", **about),
            "home": self.put("trust_home", family_id=self.family, circle_id=home, name="", address="", phone="", note=""),
            "exclusion": self.put("trust_exclusion", subject_id=self.yassin, person_id=self.lotte, circle_id=self.circle,
                                  ground="conflict", reason="", since=NOW, decided_by_id=self.els),
            "entry": self.put("trust_entry", at=NOW, kind="read", person_id=self.els, circle_id=self.circle, about_id=self.samira, **journal),
            "draft": self.put("wraparound_draft", owner_id=self.noor, circle_id=self.circle, key="k", fields="{}", at=NOW),
        }  # fmt: skip
        self.copies = {name: self.copy(name) for name in ("own note", "card", "own card", "home", "draft")}

    def put(self, table: str, **facts: object) -> tuple[str, UUID]:
        """A row, whatever the rules."""
        with self.owner.transaction():
            self.owner.execute("SET LOCAL session_replication_role = replica")
            facts |= {"about_id": facts["subject_id"]} if "author_id" in facts else {}
            return table, insert(self.owner, table, **facts)

    def one(self, question: str, *values: object) -> UUID:
        return self.owner.execute(question, values).fetchone()[0]

    def copy(self, name: str) -> tuple[str, str]:
        """How one more such row is written, and what stands in it."""
        table, key = self.rows[name]
        columns = ", ".join(self.owner.execute(MAY_WRITE, [table]).fetchone()[0])
        told = self.owner.execute(f"SELECT to_jsonb(t) FROM {table} t WHERE id = %s", [key]).fetchone()[0]
        said = (
            f"INSERT INTO {table} ({columns}) SELECT {columns} FROM jsonb_populate_record(NULL::{table}, %s)"
        )
        return said, json.dumps(told | {"id": str(uuid4())})

    def lay(self, lives: dict[str, tuple[datetime, datetime]]) -> None:
        """What is reckoned for Noor, and nothing else."""
        with self.owner.transaction():
            self.owner.execute("SET LOCAL session_replication_role = replica")
            self.owner.execute("DELETE FROM trust_access; DELETE FROM trust_denial")
            for what, (since, until) in lives.items():
                window = {"viewer_id": self.noor, "since": since, "until": until, "source_id": self.hers}
                if what == "coordinates":
                    self.owner.execute(
                        "UPDATE trust_seat SET since = %s, until = %s WHERE id = %s",
                        [since, until, self.hers],
                    )
                elif what in ("open", "danger"):
                    for circle in self.circles:
                        self.reckoned("trust_access", circle_id=circle, danger=what == "danger", **window)
                else:
                    self.reckoned("trust_denial", subject_id=self.samira, ground=what, **window)

    def reckoned(self, table: str, **facts: object) -> None:
        marks = ", ".join(["%s"] * len(facts))
        self.owner.execute(f"INSERT INTO {table} ({', '.join(facts)}) VALUES ({marks})", list(facts.values()))

    def read(self) -> set[str]:
        """The rows that are there for her."""
        said = "SELECT 1 FROM {} WHERE {} = %s"
        return {
            name
            for name, (table, key) in self.rows.items()
            if reached(said.format(table, "person_id" if table == "trust_birth" else "id"), key)
        }

    def many(self, names: set[str]) -> Counter[str]:
        """How many rows of each table these are."""
        return Counter(self.rows[name][0] for name in names)


def reached(statement: str, *values: object) -> int:
    """How many rows; each is undone at once. What only a constraint refuses the policy had allowed."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
            transaction.set_rollback(True)
            return cursor.rowcount
    except IntegrityError:
        return 1
    except DatabaseError:
        return 0


@pytest.fixture
def edges(owner: psycopg.Connection) -> Iterator[Edges]:
    """The scene, without triggers, by a clock that stands where it is set."""
    scene = Edges(owner)
    (clock,) = owner.execute("SELECT pg_get_functiondef('trust.moment()'::regprocedure)").fetchone()
    triggers = "; ".join(
        f"ALTER TABLE {table} {{0}} TRIGGER USER" for table in {table for table, _ in scene.rows.values()}
    )
    owner.execute(f"{CLOCK}; {triggers.format('DISABLE')}")
    yield scene
    owner.execute(f"{clock}; {triggers.format('ENABLE')}")


@pytest.mark.parametrize(
    "lives",
    LIVES,
    ids=lambda lives: ", ".join(
        f"{what} by the hour" if when == HOURS else what for what, when in lives.items()
    ),
)
def test_from_its_first_moment_to_its_last(edges, lives):
    edges.lay(lives)
    for at in MOMENTS:
        facts = Facts(lives, at)
        with viewer.acting(edges.noor), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('harness.at', %s, true)", [at.isoformat()])
            assert edges.read() == facts.reads(), at
            changed = Counter(
                {table: reached(f"UPDATE {table} SET {what}") for table, what in CHANGED.items()}
            )
            assert +changed == edges.many(facts.changes()), at
            gone = Counter({table: reached(f"DELETE FROM {table}") for table in REMOVED})
            assert +gone == Counter(
                {table: many for table, many in changed.items() if table in REMOVED and many}
            ), at
            written = {name for name, (said, row) in edges.copies.items() if reached(said, row)}
            assert written == facts.changes() & edges.copies.keys(), at
