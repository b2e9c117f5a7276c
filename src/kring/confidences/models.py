from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from kring.trust.guard import Guarded, GuardedQuerySet
from kring.trust.keys import LockedBytes, LockedText
from kring.trust.models import Job, Person, Village


class TellingQuerySet(GuardedQuerySet):
    """Questions about what was told."""

    def of(self, circle_id: object) -> "TellingQuerySet":
        """What was told in one confidence, as it was said one after the other."""
        return self.filter(circle_id=circle_id).order_by("at", "id")


class Telling(Guarded):
    """Something that was told in confidence, or an answer to it; written locked."""

    part = "confidence"
    fixed_fields = ("circle_id", "subject_id", "author_id", "at", "words_locked", "how")

    class How(models.TextChoices):
        TYPED = "typed", _("typed")
        TOGETHER = "together", _("written down together, read back and agreed")

    words_locked = models.BinaryField()
    words = LockedText("words_locked")
    how = models.CharField(_("how it was written"), max_length=8, choices=How, default=How.TYPED)
    heard_at = models.DateTimeField(_("opened by somebody else at"), null=True, blank=True)

    objects: ClassVar[models.Manager["Telling"]] = TellingQuerySet.as_manager()

    data_classes = Guarded.guarded_classes | dict.fromkeys(("words_locked", "how", "heard_at"), "confidence")

    class Meta:
        indexes = [models.Index(fields=["circle", "at"], name="tellings_of_a_confidence")]

    def __str__(self) -> str:
        return str(self.pk)


class Attachment(Guarded):
    """A picture, a sound or a PDF that lies with something told; written locked like the words."""

    part = "confidence"
    fixed_fields = (
        "circle_id",
        "subject_id",
        "author_id",
        "at",
        "telling_id",
        "kind",
        "name_locked",
        "content_locked",
    )

    class Kind(models.TextChoices):
        PICTURE = "picture", _("picture")
        SOUND = "sound", _("sound")
        PDF = "pdf", _("PDF")

    telling = models.ForeignKey(Telling, models.CASCADE, related_name="attachments")
    kind = models.CharField(_("what it is"), max_length=8, choices=Kind)
    media_type = models.CharField(max_length=24)
    name_locked = models.BinaryField()
    name = LockedText("name_locked")
    content_locked = models.BinaryField()
    content = LockedBytes("content_locked")

    data_classes = Guarded.guarded_classes | dict.fromkeys(
        ("telling", "kind", "media_type", "name_locked", "content_locked"), "confidence"
    )

    class Meta:
        indexes = [models.Index(fields=["telling"], name="attachments_of_a_telling")]

    def __str__(self) -> str:
        return str(self.pk)


class WordsToTell(Guarded):
    """What may be told to somebody else, and nothing but that: worded together, with the young person's yes."""

    part = "confidence"
    fixed_fields = ("circle_id", "subject_id", "author_id", "at", "whom_locked", "words_locked")

    class Answer(models.TextChoices):
        YES = "yes", _("you may tell this")
        NO = "no", _("do not tell this")
        OTHERWISE = "otherwise", _("said in other words")

    whom_locked = models.BinaryField()
    whom = LockedText("whom_locked")
    words_locked = models.BinaryField()
    words = LockedText("words_locked")
    answer = models.CharField(_("answer"), max_length=9, choices=Answer, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    data_classes = Guarded.guarded_classes | dict.fromkeys(
        ("whom_locked", "words_locked", "answer", "answered_at"), "confidence"
    )

    def __str__(self) -> str:
        return str(self.pk)


class AnswerDay(Guarded):
    """Until when somebody who was asked answers; the newest one counts, until they answered."""

    part = "confidence"
    fixed_fields = ("circle_id", "subject_id", "author_id", "at", "day")

    day = models.DateField(_("answered until"))

    data_classes = Guarded.guarded_classes | {"day": "confidence"}

    class Meta:
        indexes = [models.Index(fields=["circle", "author"], name="answer_days_of_somebody")]

    def __str__(self) -> str:
        return str(self.pk)


class TellThem(Guarded):
    """ "Tell my parents? Tell my school?": what a young person answered on a day; the newest answer counts."""

    part = "own page"
    author_alone = True
    fixed_fields = ("circle_id", "subject_id", "author_id", "at", "whom", "matter", "yes")

    class Whom(models.TextChoices):
        PARENTS = "parents", _("my parents")
        SCHOOL = "school", _("my school")

    class Matter(models.TextChoices):
        MEETINGS = "meetings", _("a talk that is about me")
        GROWING = "growing up", _("a birthday from which I decide more myself")

    whom = models.CharField(_("whom"), max_length=8, choices=Whom)
    matter = models.CharField(_("about what"), max_length=10, choices=Matter)
    yes = models.BooleanField(_("tell them"))

    data_classes = Guarded.guarded_classes | dict.fromkeys(("whom", "matter", "yes"), "own")

    class Meta:
        indexes = [models.Index(fields=["about", "matter", "at"], name="tell_them_of_a_young_person")]

    def __str__(self) -> str:
        return str(self.pk)


class OnTheMenu(models.Model):
    """Somebody of the village whom every young person can ask, without anybody else knowing."""

    policy = "words of the village"

    class Kind(models.TextChoices):
        ADVICE = "advice", _("advice")
        MENTORING = "mentoring", _("mentoring, with goals of your own")
        MEDIATION = "mediation", _("mediation, when it is stuck with somebody")
        COUNSELLING = "counselling", _("counselling")
        YOUTH_WORK = "youth work", _("youth work")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    job = models.ForeignKey(Job, models.PROTECT, related_name="+")
    kind = models.CharField(_("what"), max_length=12, choices=Kind)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True, blank=True)

    data_classes = dict.fromkeys(("village", "job", "kind", "added_at", "until"), "village") | {
        "id": "technical", "added_by": "village",
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["job", "kind"],
                condition=models.Q(until__isnull=True),
                name="somebody_stands_once_on_the_menu",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class OwnGoal(Guarded):
    """What a young person wants to reach for themselves, between two people only."""

    part = "confidence"
    fixed_fields = ("circle_id", "subject_id", "author_id", "at", "words_locked")

    words_locked = models.BinaryField()
    words = LockedText("words_locked")
    reached_at = models.DateTimeField(_("reached at"), null=True, blank=True)

    data_classes = Guarded.guarded_classes | dict.fromkeys(("words_locked", "reached_at"), "confidence")

    def __str__(self) -> str:
        return str(self.pk)
