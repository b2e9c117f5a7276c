"""Ways of changing a sealed journal with the owner's full power; each leaves the database other than it was."""

import random
import uuid
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

from kring.trust.seals.prints import Sealed
from seals.book import BEGAN, COLUMNS, Book, one_line, write

OTHER = {
    "id": uuid.uuid4, "organisation_id": uuid.uuid4, "person_id": uuid.uuid4, "circle_id": uuid.uuid4,
    "about_id": uuid.uuid4, "object_id": uuid.uuid4,
}  # fmt: skip


def any_line(book: Book, chance: random.Random) -> uuid.UUID:
    """One of the sealed lines."""
    return chance.choice(book.owner.execute("SELECT id FROM trust_entry ORDER BY id").fetchall())[0]


def any_seal(book: Book, chance: random.Random) -> int:
    """One of the seals."""
    return chance.choice(book.outside).number


def change_a_column(book: Book, chance: random.Random) -> None:
    """Another value in one column of one line; or none where one was."""
    column, line = chance.choice(COLUMNS), any_line(book, chance)
    (was,) = book.owner.execute(f"SELECT {column} FROM trust_entry WHERE id = %s", [line]).fetchone()
    if column == "at":
        value = was + timedelta(microseconds=chance.choice([-1, 1, 3_600_000_000]))
    elif column in OTHER:
        value = None if was and column not in ("id",) and chance.random() < 0.4 else OTHER[column]()
    else:
        value = (
            chance.choice(["", f"{was}x"])
            if was and column != "kind"
            else ("x" if column != "kind" else f"{was[:3]}x")
        )
    book.owner.execute(f"UPDATE trust_entry SET {column} = %s WHERE id = %s", [value, line])


def empty_a_line(book: Book, chance: random.Random) -> None:
    """As an erasure would, without one: the words go, and the salt."""
    _emptied(book, chance)


def _emptied(book: Book, chance: random.Random) -> tuple[uuid.UUID, str]:
    part = chance.choice(["who", "what"])
    row = f"SELECT entry_id FROM trust_sealedline WHERE {part}_salt IS NOT NULL ORDER BY entry_id"
    line = chance.choice(book.owner.execute(row).fetchall())[0]
    words = (
        "person_id = NULL, role = ''"
        if part == "who"
        else "circle_id = NULL, about_id = NULL, part = '', object_id = NULL, purpose = ''"
    )
    book.owner.execute(f"UPDATE trust_entry SET {words} WHERE id = %s", [line])
    book.owner.execute(f"UPDATE trust_sealedline SET {part}_salt = NULL WHERE entry_id = %s", [line])
    return line, part


def empty_a_line_and_say_so(book: Book, chance: random.Random) -> None:
    """As above, with the line that an erasure would write; the clock itself seals it, today or soon after a true one."""
    line, part = _emptied(book, chance)
    at = book.last + chance.choice([timedelta(0), timedelta(microseconds=1), timedelta(days=2)])
    write(book.owner, {
        "id": uuid.uuid4(), "at": at, "kind": "done", "role": "", "part": part, "deed": "line emptied", "object_id": line,
        "purpose": "", "rule": "erasure",
    })  # fmt: skip
    book.seal(at + timedelta(minutes=10))


def delete_a_line(book: Book, chance: random.Random) -> None:
    """The line, its place, or both."""
    line, which = any_line(book, chance), chance.randrange(3)
    if which != 1:
        book.owner.execute("DELETE FROM trust_entry WHERE id = %s", [line])
    if which != 0:
        book.owner.execute("DELETE FROM trust_sealedline WHERE entry_id = %s", [line])
        if which == 1:  # a line without a place looks like a new one: it is from the past
            book.owner.execute("UPDATE trust_entry SET at = %s WHERE id = %s", [BEGAN, line])


def insert_a_line(book: Book, chance: random.Random) -> None:
    """Into the past, waiting for a seal; or with a place in a batch."""
    line = one_line(chance, BEGAN + timedelta(minutes=chance.randrange(7 * 24 * 60)))
    write(book.owner, line)
    if chance.random() < 0.5:
        seal = any_seal(book, chance)
        book.owner.execute(
            "INSERT INTO trust_sealedline SELECT %s, %s, max(position) + 1, gen_random_uuid(), 'x', gen_random_uuid(), 'x' "
            "FROM trust_sealedline WHERE seal = %s", [line["id"], seal, seal],
        )  # fmt: skip


def swap_two_lines(book: Book, chance: random.Random) -> None:
    """Their moments, their people or their places."""
    one, other = chance.sample([row[0] for row in book.owner.execute("SELECT id FROM trust_entry ORDER BY id").fetchall()], 2)  # fmt: skip
    table, key, columns = chance.choice([
        ("trust_entry", "id", "at"), ("trust_sealedline", "entry_id", "seal, position"),
        ("trust_entry", "id", "circle_id, about_id, part, object_id, purpose, person_id"),
    ])  # fmt: skip
    book.owner.execute(
        f"UPDATE {table} a SET ({columns}) = ROW({', '.join(f'b.{name}' for name in columns.split(', '))}) FROM {table} b "
        f"WHERE (a.{key}, b.{key}) IN ((%s, %s), (%s, %s))", [one, other, other, one],
    )  # fmt: skip


def shift_a_batch(book: Book, chance: random.Random) -> None:
    """Every moment of a batch a little earlier or later."""
    book.owner.execute(
        "UPDATE trust_entry SET at = at + %s WHERE id IN (SELECT entry_id FROM trust_sealedline WHERE seal = %s)",
        [timedelta(seconds=chance.choice([-90, -1, 1, 86400])), any_seal(book, chance)],
    )


def renumber(book: Book, chance: random.Random) -> None:
    """A seal, a batch of lines or one place gets another number."""
    seal = any_seal(book, chance)
    deed = chance.choice([
        "UPDATE trust_seal SET number = number + 100 WHERE number = %s",
        "UPDATE trust_sealedline SET seal = seal + 100 WHERE seal = %s",
        "UPDATE trust_sealedline SET position = position + 1 WHERE seal = %s",
        "UPDATE trust_sealedline l SET position = n.most - l.position FROM (SELECT max(position) + 1 AS most FROM "
        "trust_sealedline WHERE seal = %s) n WHERE l.seal = (SELECT seal FROM trust_sealedline GROUP BY seal "
        "HAVING max(position) = n.most - 1 ORDER BY seal LIMIT 1)",
    ])  # fmt: skip
    book.owner.execute(deed, [seal])


def change_a_seal(book: Book, chance: random.Random) -> None:
    """Another value in a seal, or another fingerprint or salt of a line."""
    seal, line = any_seal(book, chance), any_line(book, chance)
    book.owner.execute(*chance.choice([
        ("UPDATE trust_seal SET at = at + interval '1 second' WHERE number = %s", [seal]),
        ("UPDATE trust_seal SET lines = lines + 1 WHERE number = %s", [seal]),
        ("UPDATE trust_seal SET root = reverse(root) WHERE number = %s", [seal]),
        ("UPDATE trust_seal SET previous = reverse(fingerprint) WHERE number = %s", [seal]),
        ("UPDATE trust_seal SET fingerprint = reverse(fingerprint) WHERE number = %s", [seal]),
        ("UPDATE trust_sealedline SET who_print = reverse(who_print) WHERE entry_id = %s", [line]),
        ("UPDATE trust_sealedline SET what_print = reverse(what_print) WHERE entry_id = %s", [line]),
        ("UPDATE trust_sealedline SET who_salt = gen_random_uuid() WHERE entry_id = %s", [line]),
    ]))  # fmt: skip


def drop_the_newest(book: Book, chance: random.Random) -> None:
    """The newest batches with lines, places and seals, as if they had never been; or the lines only."""
    seal = max(1, len(book.outside) - chance.randrange(len(book.outside)))
    lines = "SELECT entry_id FROM trust_sealedline WHERE seal >= %s"
    book.owner.execute(f"DELETE FROM trust_entry WHERE id IN ({lines})", [seal])
    if chance.random() < 0.7:
        book.owner.execute("DELETE FROM trust_sealedline WHERE seal >= %s", [seal])
        book.owner.execute("DELETE FROM trust_seal WHERE number >= %s", [seal])


def delete_everything(book: Book, chance: random.Random) -> None:
    """Nothing is left; or nothing but the seals."""
    for table in ("trust_entry", "trust_sealedline", "trust_seal")[: chance.choice([2, 3])]:
        book.owner.execute(f"DELETE FROM {table}")


WAYS: tuple[Callable[[Book, random.Random], None], ...] = (
    change_a_column, change_a_column, change_a_column, empty_a_line, empty_a_line_and_say_so, delete_a_line, insert_a_line, swap_two_lines,
    shift_a_batch, renumber, change_a_seal, drop_the_newest, delete_everything,
)  # fmt: skip


def make_whole_again(book: Book) -> None:
    """The clever one recomputes every place, fingerprint and seal, so that the database agrees with itself."""
    book.owner.execute(
        "UPDATE trust_sealedline l SET position = n.place, "
        "who_print = CASE WHEN who_salt IS NULL THEN who_print ELSE trust.fingerprint('who', who_salt::text, e.person_id::text, e.role) END, "
        "what_print = CASE WHEN what_salt IS NULL THEN what_print ELSE trust.fingerprint('what', what_salt::text, "
        "e.circle_id::text, e.about_id::text, e.part, e.object_id::text, e.purpose) END "
        "FROM trust_entry e, (SELECT entry_id, row_number() OVER (PARTITION BY seal ORDER BY position, entry_id) AS place "
        "FROM trust_sealedline) n WHERE e.id = l.entry_id AND n.entry_id = l.entry_id"
    )  # fmt: skip
    batches: dict[int, list[str]] = {}
    for line in book.lines():
        if line.seal is not None:
            batches.setdefault(line.seal, []).append(line.fingerprint())
    before = ""
    for seal in book.seals():
        root = sha256("".join(batches.get(seal.number, [])).encode()).hexdigest()
        whole = Sealed(seal.number, seal.at, len(batches.get(seal.number, [])), root, before, "")
        before = whole.recomputed()
        book.owner.execute(
            "UPDATE trust_seal SET lines = %s, root = %s, previous = %s, fingerprint = %s WHERE number = %s",
            [whole.lines, root, whole.previous, before, seal.number],
        )
