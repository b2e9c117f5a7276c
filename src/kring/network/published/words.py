"""The taxonomies of the directory: life domains, themes and sectors, each word with an id of its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import models
from django.utils import translation

from kring.network.published import Record
from kring.network.words import LifeDomain
from kring.network.words import Theme as ActivityTheme
from kring.trust.models import Organisation

#: Everything that is named from here gets its id below this one; it is the same in every village.
KRING = uuid5(NAMESPACE_URL, "https://kring.example/hsds")
SPOKEN = "en"


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a taxonomy."""

    taxonomy: Taxonomy
    code: str
    name: str

    @property
    def id(self) -> UUID:
        """The same in every village."""
        return uuid5(self.taxonomy.id, self.code)

    @property
    def record(self) -> Record:
        """As HSDS tells it."""
        return {
            "id": str(self.id),
            "code": self.code,
            "name": self.name,
            "description": self.taxonomy.of_each,
            "taxonomy": self.taxonomy.code,
            "taxonomy_id": str(self.taxonomy.id),
            "language": SPOKEN,
        }


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """A list of words by which offers are found."""

    code: str
    name: str
    description: str
    of_each: str
    choices: type[models.TextChoices]

    @property
    def id(self) -> UUID:
        """The same in every village."""
        return uuid5(KRING, self.code)

    @property
    def record(self) -> Record:
        """As HSDS tells it."""
        return {"id": str(self.id), "name": self.name, "description": self.description}


LIFE_DOMAINS = Taxonomy(
    "life-domain", "Life domains", "The parts of a life in which help may be welcome.",
    "A part of life with which this offer helps.", LifeDomain,
)  # fmt: skip
THEMES = Taxonomy(
    "theme", "Themes", "What activities are about.", "What this activity is about.", ActivityTheme
)
SECTORS = Taxonomy(
    "sector", "Sectors", "The sectors in which the organisations of a village work.",
    "The sector of the organisation.", Organisation.Sector,
)  # fmt: skip
TAXONOMIES = (LIFE_DOMAINS, THEMES, SECTORS)


@lru_cache(maxsize=len(TAXONOMIES))
def terms_of(taxonomy: Taxonomy) -> dict[str, Term]:
    """The words of one taxonomy by their code, in the order of the directory."""
    with translation.override(SPOKEN):
        return {str(code): Term(taxonomy, str(code), str(label)) for code, label in taxonomy.choices.choices}


def all_terms() -> list[Term]:
    """Every word of every taxonomy."""
    return [term for taxonomy in TAXONOMIES for term in terms_of(taxonomy).values()]


def term_called(term_id: UUID) -> Term | None:
    """The word with this id."""
    return next((term for term in all_terms() if term.id == term_id), None)


def taxonomy_called(taxonomy_id: UUID) -> Taxonomy | None:
    """The taxonomy with this id."""
    return next((taxonomy for taxonomy in TAXONOMIES if taxonomy.id == taxonomy_id), None)
