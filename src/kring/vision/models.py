from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from kring.trust.models import Person, Village


class Counts(models.TextChoices):
    """Whose words count: the village's own, ours, or nobody's for now."""

    VILLAGE = "village", _("your own words")
    OURS = "ours", _("our words again")
    OFF = "off", _("switched off")


class OfTheVillage(models.Model):
    """What the village wrote itself, in one language; ours stays beside it and can come back."""

    policy = "words of the village"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=2)
    key = models.CharField(max_length=60)
    counts = models.CharField(_("whose words count"), max_length=8, choices=Counts, default=Counts.VILLAGE)
    changed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(_("changed at"))

    village_classes = {
        "id": "technical",
        "village": "public",
        "language": "public",
        "key": "public",
        "counts": "public",
        "changed_by": "village",
        "changed_at": "village",
    }

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.key


class WordHint(OfTheVillage):
    """A word, a kinder one, and why: shown while somebody writes, never kept about anybody."""

    word = models.CharField(_("the word"), max_length=300)
    kinder = models.CharField(_("a kinder word"), max_length=160)
    why = models.CharField(_("why"), max_length=240)
    unless = models.CharField(_("not when it stands in"), max_length=300, blank=True)

    data_classes = {
        **OfTheVillage.village_classes,
        "word": "public",
        "kinder": "public",
        "why": "public",
        "unless": "public",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["village", "language", "key"], name="a_word_stands_in_the_guide_once"
            )
        ]


class PracticeCard(OfTheVillage):
    """What to do when it is hot: one card of the practice that the village shares."""

    title = models.CharField(_("title"), max_length=80)
    line = models.CharField(_("in one sentence"), max_length=200)
    now = models.TextField(_("what to do now"))
    say = models.TextField(_("what to say"))
    later = models.TextField(_("what to leave for later"))
    call = models.CharField(_("who to call"), max_length=200)

    data_classes = {
        **OfTheVillage.village_classes,
        "title": "public",
        "line": "public",
        "now": "public",
        "say": "public",
        "later": "public",
        "call": "public",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["village", "language", "key"], name="a_practice_card_is_there_once"
            )
        ]


class Backup(models.Model):
    """Whom somebody calls when it is hot: their own choice, seen by nobody else."""

    policy = "one's own"

    person = models.OneToOneField(Person, models.PROTECT, primary_key=True, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    phone = models.CharField(_("telephone"), max_length=40)
    at = models.DateTimeField(_("at"))

    data_classes = {"person": "own", "name": "own", "phone": "own", "at": "own"}

    def __str__(self) -> str:
        return self.name


class PrinciplesVersion(models.Model):
    """What the village stands for, as it was written on one day, and why it was written anew. Never changed."""

    policy = "versions of the village"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=2)
    number = models.PositiveIntegerField(_("which version"))
    principles = models.JSONField(_("the principles"))
    because = models.CharField(_("why it changed"), max_length=300)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("written at"))

    data_classes = {
        "id": "technical",
        "village": "public",
        "language": "public",
        "number": "public",
        "principles": "public",
        "because": "public",
        "written_by": "village",
        "written_at": "public",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["village", "language", "number"], name="versions_of_the_principles_follow_each_other"
            )
        ]

    def __str__(self) -> str:
        return str(self.number)
