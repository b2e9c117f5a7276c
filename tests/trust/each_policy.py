"""One row behind each policy, and everybody who might come by: for asking who reads, changes and deletes it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg

from circle.furnished import Furnished
from kring.trust import viewer
from kring.trust.usecases.families import FamilysYes, NewChild, NewGuardian, open_family
from trust import narrowed
from trust.circle_scene import AT
from trust.scenes import Scene
from trust.unheard import unheard

NOW = datetime.now(UTC)
LATER = NOW + timedelta(hours=9)
#: What stands in a column of which nothing is said.
SOMETHING = {
    "text": "x", "character varying": "x", "boolean": False, "smallint": 1, "integer": 1, "bigint": 1, "double precision": 0,
    "numeric": 0, "jsonb": "{}", "bytea": b"", "ARRAY": [], "date": NOW.date(), "timestamp with time zone": NOW,
    "tsvector": "",
}  # fmt: skip
EVERY = "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s"
COLUMNS = (
    "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s "
    "AND is_nullable = 'NO' AND column_default IS NULL AND is_generated = 'NEVER' AND is_identity = 'NO'"
)

KEYS = {
    "trust_session": "session_key", "vision_backup": "person_id", "trust_birth": "person_id", "trust_seal": "number",
    "trust_sealedline": "entry_id", "trust_agerule": "country",
}  # fmt: skip
MAY_WRITE = (
    "SELECT array_agg(quote_ident(column_name) ORDER BY ordinal_position) FROM information_schema.columns c "
    "WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER' AND "
    "has_column_privilege('kring_runtime', quote_ident(table_name), column_name, 'INSERT')"
)
#: What is read, and what is read when a page is seen as somebody else.
RECKONED = {"trust_access", "trust_denial"}
READING = "SELECT tablename, policyname, qual FROM pg_policies WHERE schemaname = 'public' AND cmd = 'SELECT'"


def lay(owner: psycopg.Connection, table: str, said: dict[str, Any]) -> Any:
    """One row in which this stands, and something in every other column that must be filled; its key."""
    kinds = dict(owner.execute(EVERY, [table]).fetchall())
    row = {column: value for column, value in said.items() if column in kinds}
    for column, kind in owner.execute(COLUMNS, [table]).fetchall():
        row.setdefault(column, uuid4() if kind == "uuid" else SOMETHING[kind])
    marks = ", ".join(["%s"] * len(row))
    named = ", ".join(f'"{column}"' for column in row)
    written = f"INSERT INTO {table} ({named}) VALUES ({marks}) RETURNING {KEYS.get(table, 'id')}"
    return owner.execute(written, list(row.values())).fetchone()[0]  # type: ignore[index]


class Neighbourhood(Furnished):
    """The family and its circle, colleagues of every work, somebody without any, and another village."""

    def __init__(self, owner: psycopg.Connection) -> None:
        super().__init__(owner, steps=0)
        self.tom = self.worker("Tom", "worker", "Girlz Lounge")
        self.lou = self.worker("Lou", "lead", "School De Linde")
        self.ada = self.worker("Ada", "administrator", "Town hall")
        self.nel = self.worker("Nel", "network", "Town hall")
        self.vera = self.worker("Vera", "trust officer", "Ombuds")
        # the same work once more: what is somebody's own is not their colleague's
        self.bea = self.worker("Bea", "administrator", "Town hall")
        self.nils = self.worker("Nils", "network", "Town hall")
        self.eva = self.worker("Eva", "contact point", "Huis van het Kind")
        self.vik = self.worker("Vik", "trust officer", "Ombuds")
        self.said = self.person("Said")
        self._others()
        there = Scene(owner)
        self.xavi = there.worker("Xavi", "administrator", "Elsewhere")
        self.xena = there.worker("Xena", "network", "Elsewhere")
        self.xander = there.worker("Xander", "trust officer", "Elsewhere")
        self.xeno = there.worker("Xeno", "contact point", "Elsewhere")
        self.called = {
            "naima": self.naima, "karim": self.karim, "samira": self.samira, "hind": self.aunt,
            "said": self.said, "noor": self.noor, "lotte": self.lotte, "tom": self.tom, "els": self.els, "lou": self.lou,
            "ada": self.ada, "nel": self.nel, "vera": self.vera, "bea": self.bea, "nils": self.nils, "eva": self.eva,
            "vik": self.vik, "britt": self.britt, "bram": self.bram, "xavi": self.xavi, "xena": self.xena, "xander": self.xander, "xeno": self.xeno,
        }  # fmt: skip
        rows = self._there() | self._laid()
        self.rows = {table: row for table, row in rows.items() if narrowed.asks(table)}

    def _others(self) -> None:
        """Another family of the village, whom the desk and its coordinator know too."""
        with viewer.acting(self.els) as me:
            opened = open_family(
                "Familie Bakker", children=[NewChild("Bram", "", date(2017, 2, 3))], guardians=[NewGuardian("Britt", "", "mother")],
                yes=FamilysYes("Britt", "in person"), by=me, at=AT,
            )  # fmt: skip
        self.next_family, self.next_circle = opened.family.pk, opened.circle.pk
        self.britt, self.bram = opened.guardians[0].pk, opened.children[0].pk
        self.bram_own = opened.own_circles[0].pk
        self.seat(self.next_circle, self.tom, role="coordinator", ground="job", job_id=self.jobs[self.tom])
        self.seat(self.bram_own, self.said)

    def next_rows(self) -> dict[str, UUID]:
        """What lies with them."""
        told = "SELECT id FROM {} WHERE person_id = %s".format
        rows: dict[str, UUID] = {
            "trust_family": self.next_family, "trust_circle": self.next_circle, "trust_birth": self.bram,
            "trust_person": self.britt,
        }  # fmt: skip
        for table, who in (("trust_familymember", self.bram), ("trust_seat", self.britt)):
            rows[table] = self.owner.execute(told(table), [who]).fetchone()[0]  # type: ignore[index]
        return {table: row for table, row in rows.items() if narrowed.asks(table)}

    def _there(self) -> dict[str, UUID]:
        """What stands in the village already."""
        of = {
            "trust_seat": ("person_id = %s AND circle_id = %s", self.lotte, self.circle),
            "trust_familymember": ("person_id = %s", self.samira),
            "trust_access": ("viewer_id = %s AND circle_id = %s", self.lotte, self.circle),
            "trust_contactcard": ("person_id = %s", self.naima),
        }
        found = {}
        for table, (which, *values) in of.items():
            row = self.owner.execute(f"SELECT id FROM {table} WHERE {which} LIMIT 1", values).fetchone()
            assert row, table
            found[table] = row[0]
        return found | {
            "trust_village": self.village, "trust_organisation": self.organisations["School De Linde"],
            "trust_job": self.jobs[self.lotte], "trust_person": self.lotte, "trust_family": self.family,
            "trust_circle": self.circle, "trust_home": self.home, "trust_birth": self.samira,
        }  # fmt: skip

    def _laid(self) -> dict[str, UUID]:
        """One row of every other kind, as the owner lays it."""
        school = self.organisations["School De Linde"]
        offer, danger = uuid4(), uuid4()
        lotte, family = {"person_id": self.lotte}, {"family_id": self.family}
        facts: dict[str, dict[str, Any]] = {
            "trust_agreement": {"organisation_id": school, "until": NOW},
            "trust_change": {"by_id": self.ada}, "trust_logo": {}, "trust_takenalong": lotte,
            "trust_birthbefore": {"person_id": self.samira, "circle_id": self.circle},
            "trust_exclusion": {"subject_id": self.samira, "person_id": self.tom, "ground": "own choice", "decided_by_id": self.karim},
            "trust_dangerright": {"job_id": self.jobs[self.lotte], "asked_by_id": self.ada, "given_by_id": self.vera},
            "trust_danger": {"id": danger, "person_id": self.tom, "job_id": self.jobs[self.tom], "ended_at": NOW} | family,
            "trust_postponement": {"danger_id": danger, "circle_id": self.circle, "by_id": self.vera, "until": LATER},
            "trust_dangerreview": {"danger_id": danger, "circle_id": self.circle, "by_id": self.els, "job_id": self.jobs[self.els]},
            "trust_leaving": {"job_id": self.jobs[self.lotte], "said_by_id": self.lotte} | lotte,
            "trust_entry": {"kind": "read", "circle_id": self.circle, "part": "plan"} | lotte,
            "trust_matter": {"circle_id": self.circle, "kind": "household", "answer": "", "asked_by_id": self.noor, "until": LATER},
            "trust_denial": {"viewer_id": self.lotte, "subject_id": self.yassin, "until": NOW, "source_id": uuid4()},
            "trust_pin": lotte, "trust_shareddevice": lotte | {"until": LATER}, "trust_session": {"session_key": "x"} | lotte,
            "trust_signon": lotte, "trust_unusuallook": lotte, "trust_sealkeeper": {"chosen_by_id": self.vera},
            "trust_withdrawal": {"by_id": self.naima, "ended_at": NOW} | family,
            "messaging_call": {"circle_id": self.circle, "person_id": self.naima},
            "network_colleaguecard": lotte,
            "network_organisationcard": {"organisation_id": school}, "network_importdraft": {}, "network_place": {},
            "network_offer": {"id": offer, "organisation_id": school}, "network_schoolholiday": {},
            "network_goodtoknow": {"offer_id": offer}, "network_offerplace": {"offer_id": offer}, "network_keeping": {"offer_id": offer},
            "network_correction": {"offer_id": offer, "by_id": self.lotte}, "network_townmap": {"drawn_by_id": self.nel},
            "network_picture": {"offer_id": offer, "added_by_id": self.lotte}, "intake_duty": {"person_id": self.els},
            "vision_wordhint": {"changed_by_id": self.nel}, "vision_practicecard": {"changed_by_id": self.nel},
            "vision_backup": lotte, "vision_principlesversion": {"written_by_id": self.nel},
            "confidences_onthemenu": {"job_id": self.jobs[self.lotte], "added_by_id": self.nel},
            "wraparound_draft": {"owner_id": self.naima, "circle_id": self.circle},
            "wraparound_paper": {"owner_id": self.naima, "circle_id": self.circle, "plan_id": self.plan, "reader_id": self.naima},
        }  # fmt: skip
        with unheard(self.owner):
            laid = {
                table: lay(self.owner, table, {"village_id": self.village} | said)
                for table, said in facts.items()
            }
        return laid

    def writing(self, own_name: dict[str, str] | None = None) -> dict[str, str]:
        """How one more row like the one that lies there is written, where the serving role may; in one's own name, of these."""
        own_name = own_name or dict.fromkeys(self.rows, "")
        return {
            table: f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(columns)} FROM jsonb_populate_record"
            f"(NULL::{table}, %s::jsonb || jsonb_build_object('{own_name[table]}', trust.viewer()))"
            for table in self.rows.keys() & own_name.keys()
            if (columns := self.owner.execute(MAY_WRITE, [table]).fetchone()[0])  # type: ignore[index]
        }

    def copies(self) -> dict[str, str]:
        """Each row as it is, under another number."""
        rows = {}
        for table, row in self.rows.items():
            key = KEYS.get(table, "id")
            told = self.owner.execute(
                f"SELECT to_jsonb(t) FROM {table} t WHERE {key} = %s", [row]
            ).fetchone()[0]
            rows[table] = json.dumps(told | ({"id": str(uuid4())} if key == "id" else {}))
        return rows

    @contextmanager
    def read_by_all(self) -> Iterator[None]:
        """Every row is read by everybody, but those by which the policies reckon: only changing and deleting answer."""
        told = self.owner.execute(READING).fetchall()
        here = [(table, name, text) for table, name, text in told if table in self.rows.keys() - RECKONED]
        self.owner.execute(
            "; ".join(f"ALTER POLICY {name} ON {table} USING (true)" for table, name, _ in here)
        )
        try:
            yield
        finally:
            self.owner.execute(
                "; ".join(f"ALTER POLICY {name} ON {table} USING ({text})" for table, name, text in here)
            )

    @contextmanager
    def without_triggers(self) -> Iterator[None]:
        """Only the policies answer."""
        said = "; ".join(f"ALTER TABLE {table} {{0}} TRIGGER USER" for table in self.rows)
        self.owner.execute(said.format("DISABLE"))
        try:
            yield
        finally:
            self.owner.execute(said.format("ENABLE"))
