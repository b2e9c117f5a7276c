"""What makes a row guarded. The SQL of the policies stands in `enforcement`; here is what models say of themselves.

Every model names its `policy` (who may know and write its rows) and its `data_classes` (how private each
field is). A house test holds every model to both.
"""

from typing import Any, ClassVar, NoReturn, Self
from uuid import UUID, uuid4

from django.db import models
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from kring.trust import unit

CLASSES = ("public", "village", "circle", "own", "confidence", "sealed", "secret", "technical")


class ReadsPastTheJournal(Exception):
    """Guarded rows are read as whole objects, so that the journal sees which circle was opened, about whom."""


class GuardedQuerySet(models.QuerySet[Any]):
    """Queries over guarded rows; each object read is noted for the journal."""

    def values(self, *fields: Any, **expressions: Any) -> NoReturn:
        """Refused: plain values would be read past the journal."""
        raise ReadsPastTheJournal(self.model.__name__)

    def in_family(self, family_id: UUID | None) -> Self:
        """What lies in the open circles of this family; never by way of the circle, which hides what it says of a child."""
        return self.filter(circle_id__in=RawSQL("SELECT trust.open_circles(%s)", [family_id]))

    def ids(self) -> list[Any]:
        """Only the ids, which say nothing."""
        return list(models.QuerySet.values_list(self, "pk", flat=True))


class Guarded(models.Model):
    """A row that lies in one circle and, where it is about one child, has a subject."""

    policy = "circle"
    link_field: str | None = None
    # Whoever came by a link reads it and writes none.
    link_reads_only = False
    # Columns of words that only their author changes; an answer to "not right" may too.
    own_words: tuple[str, ...] = ()
    # What nobody but its author reads, whoever sits in the circle.
    author_alone = False
    # What is read besides, as SQL over its row: what whoever asks wrote down for its author, also when left out since.
    read_back = ""
    # Who of the circle reads and changes it, as SQL over its row; empty: everybody who sits there.
    only_between = ""
    part = ""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    circle = models.ForeignKey("trust.Circle", models.PROTECT, related_name="+", verbose_name=_("circle"))
    subject = models.ForeignKey(
        "trust.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("about")
    )
    about = models.ForeignKey(
        "trust.Person", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    author = models.ForeignKey(
        "trust.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("written by")
    )
    at = models.DateTimeField(_("at"))

    objects: ClassVar[models.Manager[Any]] = GuardedQuerySet.as_manager()

    guarded_classes = {
        "id": "technical",
        "circle": "circle",
        "subject": "circle",
        "about": "circle",
        "author": "circle",
        "at": "circle",
    }

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, *loaded: Any, **how: Any) -> "Guarded":
        """Load one row and note for the journal in which circle it lies and about whom it is."""
        row = super().from_db(*loaded, **how)
        if not {"circle_id", "about_id"} <= row.__dict__.keys():
            raise ReadsPastTheJournal(cls.__name__)
        unit.saw(row.circle_id, cls.part or cls._meta.model_name or "", row.about_id)
        return row


class WrittenByMany(Guarded):
    """A row in which others write too. From then on it is no author's, where its child left its author out since (K4)."""

    # The columns in which they write.
    others_write: tuple[str, ...]

    first_author = models.ForeignKey(
        "trust.Person", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    guarded_classes = Guarded.guarded_classes | {"first_author": "circle"}

    class Meta:
        abstract = True
