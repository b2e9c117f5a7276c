"""The record cannot be changed quietly: every tampering with a sealed journal is found from the seals kept elsewhere."""

import os
import random
import sys
from collections import Counter

import psycopg

import figures
from seals.book import Book
from seals.tampering import WAYS, make_whole_again

#: In the suite a hundred; `make tamper` does ten thousand.
TAMPERINGS = int(os.environ.get("TAMPERINGS", "100"))
CLEVER = 0.3
STATE = (
    "SELECT md5(string_agg(t, '' ORDER BY t)) FROM (SELECT e::text AS t FROM trust_entry e UNION ALL "
    "SELECT l::text FROM trust_sealedline l UNION ALL SELECT s::text FROM trust_seal s) x"
)


def test_every_tampering_with_a_sealed_journal_is_found(owner):
    book = Book(owner, seed=7)
    untouched, tried, missed = state(book), Counter(), []
    number = 0
    while number < TAMPERINGS:
        chance = random.Random(f"{number} {len(missed)} {tried.total()}")
        way, clever = chance.choice(WAYS), chance.random() < CLEVER
        with owner.transaction(force_rollback=True):
            way(book, chance)
            if clever:
                make_whole_again(book)
            if state(book) == untouched:  # two lines that were the same were swapped
                tried["nothing changed"] += 1
                continue
            if not book.verified().findings:
                missed.append((number, way.__name__, clever))
        tried[way.__name__] += 1
        number += 1
    sys.stdout.write(
        f"\n{TAMPERINGS - len(missed):,} of {TAMPERINGS:,} tamperings found."
        + f" {dict(sorted(tried.items()))}\n"
    )
    command = f"make tamper TAMPERINGS={TAMPERINGS}"
    figures.keep("tampering", command, made=TAMPERINGS, found=TAMPERINGS - len(missed))
    assert missed == []
    with owner.transaction():
        assert book.verified().findings == []


def state(book: Book) -> str:
    """The whole journal as one word."""
    row = book.owner.execute(STATE).fetchone()
    assert isinstance(book.owner, psycopg.Connection)
    return row[0]
