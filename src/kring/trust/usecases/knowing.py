"""Who may know this: asked of the database, never reckoned here."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db import connection

from kring.trust.guard import Guarded
from kring.trust.models import Person


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
