"""A scene that many tests begin with is set once by its own deeds; after that its rows are laid back as they were."""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

import testbed
from kring.trust.keys import store

Name = tuple[str, str]
COLUMNS = """SELECT array_agg(quote_ident(attname) ORDER BY attnum) FROM pg_attribute
  WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped AND attgenerated = ''"""
SEQUENCES = (
    "SELECT schemaname || '.' || sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL"
)

_untouched: dict[str, dict[Name, int]] = {}
_kept: dict[Any, "Kept"] = {}


def begin_from(database: str, rows: dict[Name, int]) -> None:
    """What this database holds before any test; in any other database scenes are always set anew."""
    _untouched[database] = rows


@dataclass(frozen=True)
class Kept:
    """The rows of a scene, how far the numbers had come, and what the scene knows of itself."""

    rows: list[tuple[sql.Composed, bytes]]
    numbers: dict[str, int]
    scene: Any

    @classmethod
    def of(cls, owner: psycopg.Connection, scene: Any) -> "Kept":
        """Everything that stands in the database beside what stood there before any test."""
        rows = []
        for schema, table in testbed.rows(owner).keys() - _untouched[owner.info.dbname].keys():
            name = sql.Identifier(schema, table)
            columns = sql.SQL(", ").join(
                map(sql.SQL, owner.execute(COLUMNS, [name.as_string(owner)]).fetchone()[0])
            )
            with owner.cursor().copy(sql.SQL("COPY {} ({}) TO STDOUT").format(name, columns)) as lines:
                rows.append((sql.SQL("COPY {} ({}) FROM STDIN").format(name, columns), b"".join(lines)))
        numbers = dict(owner.execute(SEQUENCES).fetchall())
        return cls(rows, numbers, copy.deepcopy(scene, {id(owner): owner}))

    def lay(self, owner: psycopg.Connection) -> Any:
        """Lay the rows back; no trigger hears it, for what they reckoned lies there too."""
        with owner.transaction():
            owner.execute("SET LOCAL session_replication_role = replica")
            for into, lines in self.rows:
                with owner.cursor().copy(into) as table:
                    table.write(lines)
            owner.execute(
                "SELECT setval(n.name::regclass, greatest(n.value, s.last_value))"
                " FROM unnest(%s::text[], %s::bigint[]) n(name, value)"
                " JOIN pg_sequences s ON s.schemaname || '.' || s.sequencename = n.name",
                [list(self.numbers), list(self.numbers.values())],
            )
        for path in _keys_of_everybody(owner):  # made or destroyed by the test before, under the same name
            path.unlink()
        before = getattr(self.scene, "owner", owner)
        return copy.deepcopy(self.scene, {id(before): owner})


def _keys_of_everybody(owner: psycopg.Connection) -> list[Path]:
    """The files of the key store that belong to circles and persons in the database."""
    ids = owner.execute("SELECT id FROM trust_circle UNION ALL SELECT id FROM trust_person").fetchall()
    return [path for (one,) in ids for path in (store.folder() / one.hex[:2]).glob(f"*-{one.hex}.*")]


def once(owner: psycopg.Connection, name: Any, build: Callable[[], Any]) -> Any:
    """What `build` builds: from what was kept under this name when nothing else stands in the database yet, or anew."""
    is_alone = owner.execute("SELECT NOT EXISTS (SELECT FROM trust_village)").fetchone()[0]
    name = (owner.info.dbname, name)
    if is_alone and name in _kept:
        return _kept[name].lay(owner)
    may_keep = is_alone and testbed.rows(owner) == _untouched.get(owner.info.dbname)
    scene = build()
    if may_keep and not _keys_of_everybody(owner):
        _kept[name] = Kept.of(owner, scene)
    return scene


class SetOnce(type):
    """Scenes of this kind are set by their own deeds once."""

    def __call__(cls, owner: Any, *args: Any, **more: Any) -> Any:
        """The scene, knowing this test's connection."""
        build = partial(super().__call__, owner, *args, **more)
        if not isinstance(owner, psycopg.Connection):  # it stands beside another scene
            return build()
        return once(owner, (cls, args, tuple(sorted(more.items()))), build)
