"""What stands in a package, in chapters: each kind of row once, under a title a family knows."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: A title, and the kinds of rows under it, in the order in which one reads them.
CHAPTERS: tuple[tuple[Promise, tuple[str, ...]], ...] = (
    (_("Our story"), ("wraparound.Story",)),
    (
        _("Our plan"),
        (
            "wraparound.Plan", "wraparound.Wish", "wraparound.Goal", "wraparound.Action", "wraparound.Celebration",
            "wraparound.Remark", "wraparound.Review", "wraparound.Preparation", "wraparound.GoalFace",
        ),
    ),
    (
        _("The plan as it stood"),
        ("wraparound.Version", "wraparound.Approval", "wraparound.Sheet", "wraparound.Recording"),
    ),
    (
        _("Meetings"),
        (
            "wraparound.Meeting", "wraparound.AgendaPoint", "wraparound.Decision", "wraparound.RoundWord",
            "wraparound.Participant", "wraparound.Interpreter",
        ),
    ),
    (_("Notes"), ("wraparound.Note",)),
    (
        _("What was promised"),
        (
            "intake.Promise", "intake.PromiseChange", "trust.HandOver", "wraparound.MustKnow", "wraparound.PassOn",
        ),
    ),
    (
        _("My own page"),
        ("wraparound.OwnPage", "wraparound.TalentWord", "wraparound.TalentAnswer", "confidences.TellThem"),
    ),
    (
        _("Between us"),
        (
            "confidences.Telling", "confidences.Attachment", "confidences.OwnGoal", "confidences.WordsToTell",
            "confidences.AnswerDay", "intake.Sealed",
        ),
    ),
    (_("How a child learns best"), ("wraparound.LearningSheet", "wraparound.LearningProfile")),
    (_("The help we had before"), ("wraparound.EarlierHelp", "wraparound.EarlierTelling")),
    (
        _("How it began"),
        ("intake.Beginning", "intake.Concern", "intake.TalkNote", "messaging.Attempt", "messaging.Call"),
    ),
    (_("What is not right"), ("wraparound.NotRight",)),
    (
        _("Who is who here"),
        (
            "trust.Family", "trust.FamilyMember", "trust.Person", "trust.Birth", "trust.BirthBefore", "trust.Home",
            "trust.ContactCard", "trust.Circle", "trust.Seat", "trust.Invitation", "trust.Withdrawal",
        ),
    ),
    (
        _("Safety"),
        (
            "trust.Danger", "trust.DangerReview", "trust.Postponement", "trust.Exclusion", "trust.Matter",
        ),
    ),
    (
        _("Work, and how you sign in"),
        (
            "trust.Job", "network.ColleagueCard", "vision.Backup", "trust.Account", "trust.Pin", "trust.SignOn",
            "trust.SharedDevice", "trust.UnusualLook",
        ),
    ),
)  # fmt: skip

#: Told with the row they are part of.
TOLD_WITH = {"wraparound.VersionPart"}

#: Words for a field whose model gives it none; the same in every kind of row.
WORDS: dict[str, Promise] = {
    "answer": _("answer"),
    "answered_at": _("answered at"),
    "answered_by": _("answered by"),
    "asked_by": _("asked by"),
    "by": _("who"),
    "changed_by": _("changed by"),
    "day": _("day"),
    "content_locked": _("the file"),
    "decided_by": _("decided by"),
    "ended_at": _("ended at"),
    "families": _("how many families"),
    "kind": _("kind"),
    "name_locked": _("name"),
    "on_duty": _("on duty"),
    "opened_by": _("begun by"),
    "offer": _("offer"),
    "organisation": _("organisation"),
    "person": _("who"),
    "rule": _("what was unusual"),
    "set_at": _("since"),
    "since": _("since"),
    "sound": _("To hear"),
    "stand_in": _("stands in"),
    "stopped_by": _("stopped by"),
    "subject": _("about"),
    "taken_by": _("taken up by"),
    "taken_in_by": _("taken into the plan by"),
    "told_by": _("told by"),
    "whom_locked": _("whom"),
    "word_of": _("on the word of"),
    "words_locked": _("in words"),
    "written_by": _("written by"),
}

#: Words for one field of one kind, where its own says what matters to a program only.
WORDS_OF: dict[str, Promise] = {
    "trust.Matter.no_locked": _("why not"),
    "trust.Matter.words_locked": _("why"),
}

#: What lies beside the page, as it is.
FILES = ("sound", "content_locked")

#: What a card begins with: somebody's own words, or a name.
LEADS = (
    "facts", "what", "text", "text_locked", "told_locked", "words_locked", "words", "aim", "sees", "best", "wanted", "minutes",
    "purpose", "given_name", "name", "person", "title", "rule",
)  # fmt: skip

#: Of these, what is no sentence of somebody.
NAMES = frozenset(("", "facts", "given_name", "name", "person", "title", "rule"))

#: Said at the foot of a card, or of use to a program only.
NOT_IN_LINES = {"about", "subject", "author", "first_author", "at", "language", "minutes_language", "ring"}

#: What a row belongs to: the kind of that row, a word for it, and the field that says what it is.
BELONGS_TO: dict[str, tuple[str, Promise, str]] = {
    "circle": ("trust.Circle", _("in which circle"), "kind"),
    "goal": ("wraparound.Goal", _("Goal"), "aim"),
    "action": ("wraparound.Action", _("Step"), "what"),
    "promise": ("intake.Promise", _("what was promised"), "what"),
    "meeting": ("wraparound.Meeting", _("Meeting"), "purpose"),
}

#: Where also a no says something.
NO_IS_SAID = {
    "also_young", "authority", "bound", "history", "name_is_safe", "quiet_titles", "reachable", "reached", "shortcuts",
    "was_right", "was_there", "yes",
}  # fmt: skip
