"""How big the made-up city is, its words, and the rows it is made of."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Any
from uuid import UUID

from kring.commands.benching.copying import Ids, Row

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=900)
NAMES = ("Amal", "Bram", "Chloé", "Daan", "Elif", "Femke", "Gus", "Hind", "Ilias", "Jana", "Kobe", "Lina",
         "Milo", "Nour", "Otis", "Pia", "Quinten", "Rania", "Sem", "Tess", "Umut", "Vik", "Warre", "Yara", "Zita")  # fmt: skip
WORDS = ("samen", "school", "vrijdag", "huiswerk", "dansen", "bellen", "tolk", "buurt", "fiets", "rust", "klas",
         "oma", "judo", "brief", "slapen", "vragen", "helpen", "lezen", "koken", "zwemmen")  # fmt: skip
USUAL = tuple(f"gewoon{number}" for number in range(40))
RARE = tuple(a + b + c for a in ("wo", "ta", "li", "ker", "zon", "ho", "mi", "vla", "pre", "du") for b in ("ma", "re", "lo", "ti", "na", "ru")
             for c in ("ling", "dam", "per", "ko", "nis", "vel", "gat", "tuin", "rok", "bus"))  # fmt: skip
DOMAINS = ("home", "school", "friends", "feelings", "health", "money", "leisure", "learning", "safety", "work")  # fmt: skip
SPOKEN = (*USUAL, *WORDS, *RARE)
OFTEN = tuple(accumulate(1 / rank for rank in range(1, len(SPOKEN) + 1)))


@dataclass(frozen=True)
class Size:
    """How big the city is; scale 1 is one town."""

    scale: int = 1
    children: int = 25_000
    families: int = 14_000
    active: int = 1_500
    professionals: int = 400
    organisations: int = 60
    offers: int = 2_000
    wide_offers: int = 20_000
    notes: int = 68
    goals: int = 6
    steps: int = 3

    def of(self, name: str) -> int:
        """How many there are, at this scale."""
        many: int = getattr(self, name)
        return many * self.scale


@dataclass
class City:
    """All rows by the name of their table, and who is asked for what in the measurement."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    known: dict[str, Any] = field(default_factory=dict)


class Rows:
    """Collects rows, always the same ones from the same seed."""

    def __init__(self, size: Size) -> None:
        self.size, self.rng, self.id, self.city = size, Random(7), Ids(11), City()  # noqa: S311

    def add(self, table: str, **row: Any) -> UUID:
        """One row; its id."""
        row.setdefault("id", self.id())
        self.city.rows[table].append(row)
        key: UUID = row["id"]
        return key

    def words(self, many: int) -> str:
        """Some words."""
        return " ".join(self.rng.choices(WORDS, k=many))

    def told(self, many: int) -> str:
        """Some words as people write them: few very often, most of them rarely."""
        return " ".join(self.rng.choices(SPOKEN, cum_weights=OFTEN, k=many))

    def moment(self) -> datetime:
        """Some moment of the last months."""
        return NOW - timedelta(minutes=self.rng.randrange(60, 200_000))
