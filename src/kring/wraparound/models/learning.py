from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.trust.guard import Guarded, GuardedQuerySet
from kring.wraparound import rules, talents


class LearningProfile(Guarded):
    """All that a screening or talent interview brought; for who held it, and for the child from own voice on."""

    part = "learning"
    fixed_fields = ("how", "held_on", "text", "language")

    class How(models.TextChoices):
        SCREENING = "screening", _("a screening")
        INTERVIEW = "interview", _("a talent interview")

    how = models.CharField(_("how"), max_length=10, choices=How)
    held_on = models.DateField(_("on which day"))
    text = models.TextField(_("the full profile"))
    language = models.CharField(_("language"), max_length=12)

    data_classes = Guarded.guarded_classes | dict.fromkeys(("how", "held_on", "text", "language"), "circle")

    class Meta:
        indexes = [models.Index(fields=["circle"], name="profiles_of_a_circle")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def direction(self) -> str:
        """From the language, never guessed."""
        return rules.direction(self.language)


class LearningSheetQuerySet(GuardedQuerySet):
    """How people look at the sheets."""

    def about_child(self, child_id: object) -> "LearningSheetQuerySet":
        """Of one child, the newest first; the child's own before the others."""
        return self.filter(subject_id=child_id).order_by("-at", "position", "id")


class LearningSheet(Guarded):
    """One short sheet of "how I learn best": for the child, the parents or the teacher; each goes its own way."""

    part = "learning"
    fixed_fields = ("for_whom", "best", "advice", "compliment", "language", "talk", "author_id", "at")

    class ForWhom(models.TextChoices):
        CHILD = "child", _("for me")
        PARENTS = "parents", _("for my parents")
        TEACHER = "teacher", _("for my teacher")

    talk = models.UUIDField(editable=False)
    position = models.PositiveSmallIntegerField(default=0)
    for_whom = models.CharField(_("for whom"), max_length=8, choices=ForWhom)
    best = models.TextField(_("I learn best when…"), blank=True)
    advice = models.TextField(_("advice"), blank=True)
    compliment = models.TextField(_("a compliment"), blank=True)
    language = models.CharField(_("language"), max_length=12)

    objects: ClassVar[Any] = LearningSheetQuerySet.as_manager()

    data_classes = Guarded.guarded_classes | {
        "talk": "technical",
        "position": "technical",
        "for_whom": "circle",
        "best": "circle",
        "advice": "circle",
        "compliment": "circle",
        "language": "circle",
    }

    class Meta:
        indexes = [models.Index(fields=["subject", "-at"], name="sheets_about_a_child")]
        constraints = [
            models.CheckConstraint(
                condition=Q(compliment="") | Q(for_whom="parents"), name="the_compliment_is_for_the_parents"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def direction(self) -> str:
        """From the language, never guessed."""
        return rules.direction(self.language)


class TalentWord(Guarded):
    """What somebody sees when it goes well with a child, in own words; the child keeps it or puts it away."""

    part = "learning"
    fixed_fields = ("sees", "qualities", "talents", "language", "author_id", "at")

    sees = models.CharField(_("what I see when it goes well"), max_length=500, blank=True)
    qualities = models.CharField(_("qualities"), max_length=500, blank=True)
    talents = models.JSONField(_("talents"), default=list, blank=True)
    language = models.CharField(_("language"), max_length=12)

    data_classes = Guarded.guarded_classes | dict.fromkeys(
        ("sees", "qualities", "talents", "language"), "circle"
    )

    class Meta:
        indexes = [models.Index(fields=["subject", "-at"], name="talent_words_about_a_child")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(sees="", qualities="", talents=[]), name="a_talent_word_says_something"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def direction(self) -> str:
        """From the language, never guessed."""
        return rules.direction(self.language)

    @property
    def talent_words(self) -> list[str]:
        """The chosen talents, in the language of the page."""
        return talents.words_of(self.talents)


class TalentAnswer(Guarded):
    """What a child did with a talent word: kept it or put it away. It lies with the child's own page."""

    part = "own page"

    class Answer(models.TextChoices):
        KEPT = "kept", _("kept")
        AWAY = "away", _("put away")

    word_id = models.UUIDField(editable=False)
    answer = models.CharField(_("answer"), max_length=4, choices=Answer)

    data_classes = Guarded.guarded_classes | {"word_id": "technical", "answer": "own"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circle", "word_id"], name="one_answer_to_a_talent_word")
        ]

    def __str__(self) -> str:
        return str(self.pk)
