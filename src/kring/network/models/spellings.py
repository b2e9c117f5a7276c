from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Func, Q, Value
from django.utils.translation import gettext_lazy as _

from kring.network.search.nearness import inner_trigrams, slips_forgiven, trigrams
from kring.network.search.stems import bare
from kring.trust.models import Village

MOST_CANDIDATES = 60
SHORTEST_INSIDE = 4
"""From so many letters on, a word is also looked for inside longer ones."""


class SpellingQuerySet(models.QuerySet["Spelling"]):
    """Which words the directory of a village knows."""

    def around(self, village: UUID, words: Sequence[str]) -> dict[str, list[str]]:
        """For each of these words: the words of the directory that look like it, in one question."""
        shelves = [self._around(village, word) for word in words]
        found: dict[str, list[str]] = defaultdict(list)
        if shelves:
            for asked, word in shelves[0].union(*shelves[1:], all=True):
                found[asked].append(word)
        return found

    def _around(self, village: UUID, word: str) -> Any:
        form = bare(word)
        grams, slips = trigrams(form), max(1, slips_forgiven(form))
        alike = Q(trigrams__overlap=grams, length__range=(len(form) - slips, len(form) + slips))
        if len(form) >= SHORTEST_INSIDE:
            alike |= Q(trigrams__contains=inner_trigrams(form))
        rows = self.filter(alike, village_id=village).alias(shared=_shared(grams))
        return (
            rows.annotate(asked=Value(word, models.CharField()))
            .order_by("-shared", "word")
            .values_list("asked", "word")[:MOST_CANDIDATES]
        )


def _shared(grams: list[str]) -> Func:
    return Func(
        models.F("trigrams"),
        Value(grams, ArrayField(models.CharField())),
        template="cardinality(ARRAY(SELECT unnest(%(expressions)s::text[])))",
        arg_joiner="::text[]) INTERSECT SELECT unnest(",
        output_field=models.IntegerField(),
    )


class Spelling(models.Model):
    """A word that stands in the directory, and its parts, by which a word typed with an error finds it.

    The database writes these itself when offers come or change (`sql/10_signposts.sql`).
    """

    policy = "open, read only"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    word = models.CharField(_("word"), max_length=40)
    length = models.PositiveSmallIntegerField(editable=False)
    trigrams = ArrayField(models.CharField(max_length=3), editable=False)

    objects = SpellingQuerySet.as_manager()

    data_classes = {
        "id": "technical",
        "village": "public",
        "word": "public",
        "length": "technical",
        "trigrams": "technical",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["village", "word"], name="a_word_stands_once_in_a_directory")
        ]
        indexes = [GinIndex(fields=["trigrams"], name="spellings_by_their_parts", fastupdate=False)]

    def __str__(self) -> str:
        return self.word
