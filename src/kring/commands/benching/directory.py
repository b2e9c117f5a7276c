"""What the made-up villages offer: offers with the keys by which they are found."""

from uuid import UUID

from kring.commands.benching.size import NOW, Rows
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
