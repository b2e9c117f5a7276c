"""What the made-up villages offer: offers with the keys by which they are found."""

import json
from uuid import UUID

from kring.commands.benching.size import NOW, Rows
from kring.network.maps import Part, drawn
from kring.network.search import keys_of, vector, words_in
from kring.network.search.meanings import domain_code
from kring.network.search.nearness import trigrams

PLACES = tuple(f"Wijk {name}" for name in ("Noord", "Zuid", "Oost", "West", "Haven", "Kanaal", "Station", "Park", "Berg", "Dal"))  # fmt: skip
TONGUES = ("nl", "fr", "en", "ar", "tr", "uk")


class Directory(Rows):
    """Writes offers and the words of their directory."""

    def directory(self, village: UUID, homes: list[UUID], many: int) -> None:
        """So many offers of these organisations."""
        known: set[str] = set()
        for number in range(many):
            name, words = f"{self.told(2)} {number}", self.told(30)
            keys = vector({"A": keys_of(name), "C": keys_of(words), "D": [domain_code("leisure")]})
            known.update(word for word in words_in(keys) if not word.isdigit())
            self.add(
                "network.Offer", village_id=village, name=name, words=words, summary=words[:80],
                organisation_id=homes[number % len(homes)], domains=["leisure"], youngest=6, oldest=18,
                near=[PLACES[number % len(PLACES)]], languages=sorted({"nl", self.rng.choice(TONGUES)}),
                search=keys, sort_key=name, changed_at=NOW,
            )  # fmt: skip
        for word in sorted(known):
            self.add(
                "network.Spelling", village_id=village, word=word, length=len(word), trigrams=trigrams(word)
            )

    def town_map(self, village: UUID, by: UUID) -> None:
        """The neighbourhoods as a row of squares."""
        squares = [[(at, 0.0), (at + 1.0, 0.0), (at + 1.0, 1.0), (at, 1.0)] for at in range(len(PLACES))]
        parts = [
            Part(name, [[[(4 + east / 100, 51 + north / 100) for east, north in square]]])
            for name, square in zip(PLACES, squares, strict=True)
        ]
        outlines = {part.name: part.polygons for part in parts}
        self.add(
            "network.TownMap", village_id=village, name="wijken", drawing=json.dumps(drawn(parts)),
            outlines=json.dumps(outlines), drawn_by_id=by, drawn_at=NOW,
        )  # fmt: skip
