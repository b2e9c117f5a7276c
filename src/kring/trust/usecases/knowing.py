"""Who may know this: asked of the database, never reckoned here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from kring.trust.guard import Guarded
from kring.trust.models import Person
from kring.trust.viewer import Viewer

#: What somebody may open now, and about whom they may know nothing.
MAY, NOT = "may|", "not|"
RIGHTS = """SELECT concat_ws('|', 'may', circle_id, danger, extract(epoch FROM shows_from)) FROM trust_access
  WHERE viewer_id = %s AND since <= trust.moment() AND trust.moment() < until
  UNION SELECT concat_ws('|', 'not', subject_id, ground) FROM trust_denial
  WHERE viewer_id = %s AND since <= trust.moment() AND trust.moment() < until"""


@dataclass(frozen=True)
class Rights:
    """What somebody may know at one moment: what is open to them, and what keeps them from it."""

    lines: frozenset[str]

    def holds(self, before: "Rights") -> bool:
        """Whether everything that was open is open still, and nothing keeps from it that did not before."""
        lost, come = before.lines - self.lines, self.lines - before.lines
        return not any(line.startswith(MAY) for line in lost) and not any(
            line.startswith(NOT) for line in come
        )


def may_now(*, by: Viewer) -> Rights:
    """What the viewer may know now."""
    with connection.cursor() as cursor:
        cursor.execute(RIGHTS, [by.person_id, by.person_id])
        return Rights(frozenset(str(line) for (line,) in cursor.fetchall()))


def who_knows(rows: Iterable[Guarded], known: Mapping[UUID, Person] | None = None) -> list[list[Person]]:
    """For each row the persons who may know it now, as far as the viewer may know them; one or two statements.

    Rows of one circle, subject, author and moment share an answer. Persons in `known`, whom the viewer read
    already, are not read again.
    """
    asked = [(row.circle_id, row.about_id, row.author_id, row.at) for row in rows]
    distinct = list(dict.fromkeys(asked))
    if not distinct:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT place, person_id FROM trust.who_knows(%s::uuid[], %s::uuid[], %s::uuid[], %s::timestamptz[])",
            [list(column) for column in zip(*distinct, strict=True)],
        )
        answers = cursor.fetchall()
    known = _read({person for _place, person in answers}, known or {})
    found: dict[object, list[Person]] = {key: [] for key in distinct}
    for place, person_id in answers:
        if person_id in known:
            found[distinct[place - 1]].append(known[person_id])
    return [sorted(found[key], key=_by_name) for key in asked]


def _read(wanted: set[UUID], known: Mapping[UUID, Person]) -> Mapping[UUID, Person]:
    if wanted <= known.keys():
        return known
    return {person.pk: person for person in Person.objects.filter(pk__in=wanted)}


def _by_name(person: Person) -> tuple[str, str]:
    return person.given_name, str(person.pk)


def names(persons: Sequence[Person]) -> list[str]:
    """First names, for the sentence under an item."""
    return [person.given_name for person in persons]
