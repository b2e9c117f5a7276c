"""Who may do what: one table from role to permission. Permissions never widen knowing."""

from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Permission(Enum):
    """One thing a person does."""

    INVITE = "invite"
    REMOVE = "remove"
    NARROW = "narrow"
    WIDEN = "show to more people"
    CHOOSE_COORDINATOR = "choose, keep or replace the coordinator"
    KEEP_HOME = "keep the address of a home"
    EXCLUDE = "exclude"
    TELL_STORY = "tell the story"
    WRITE_PLAN = "write in the plan"
    PROPOSE_GOAL = "propose a goal"
    KEEP_PLAN = "keep the plan"
    APPROVE_PLAN = "approve the plan"
    RECORD_FAMILYS_WORD = "record what the family said"
    WRITE_NOTE = "write a note"
    DO_ACTION = "do and report own actions"
    REMARK = "say I see this differently"
    CORRECT = "say that a text is not right, or answer who says so"
    CELEBRATE = "tell something good"
    PREPARE_REVIEW = "say how it goes before we look together"
    WITHDRAW = "withdraw"
    WRITE_OWN_PAGE = "write the own page"
    WRITE_LEARNING = "write down how a child learns best"
    NAME_TALENT = "say what one sees when it goes well"
    SEE_WHO_LOOKED = "see who looked"
    HAND_OVER = "hand over"
    CALL_MEETING = "call a meeting"
    ANSWER_CONCERN = "take up, promise, answer, close"
    OPEN_FAMILY = "open a family circle with the family's yes"
    WRITE_DOWN_CONCERN = "write down a concern"
    KEEP_DIRECTORY = "keep the directory"
    KEEP_OWN_OFFERS = "keep the offers of one's organisation"
    IMPORT_DIRECTORY = "import a directory"
    KEEP_AGREEMENTS = "keep agreements"
    READ_JOURNAL_FACTS = "read the facts of the journal"
    OPEN_DANGER = "read in danger what a child's safety needs"
    REVIEW_DANGER = "look afterwards whether it was right to open"
    POSTPONE_TELLING = "tell a family later that danger was opened"
    KEEP_DANGER_RIGHTS = "see, ask for and end rights in danger"
    KEEP_WORDS = "keep the words, the cards and the principles of the village"
    ASK_TWO = "ask for what needs two people"
    SECOND = "say the second yes"
    ADMINISTER = "words, statuses, modules, sign-in"


P = Permission

#: What everybody in a circle may do.
EVERYBODY = {P.DO_ACTION, P.REMARK, P.CORRECT, P.CELEBRATE, P.PREPARE_REVIEW, P.NAME_TALENT}
CHILD = EVERYBODY | {P.INVITE, P.REMOVE, P.NARROW, P.EXCLUDE, P.TELL_STORY, P.WRITE_PLAN, P.PROPOSE_GOAL, P.APPROVE_PLAN,
         P.WITHDRAW, P.WRITE_OWN_PAGE, P.SEE_WHO_LOOKED, P.WRITE_NOTE, P.WIDEN, P.CHOOSE_COORDINATOR,
         P.KEEP_HOME}  # fmt: skip
GUARDIAN = (CHILD - {P.WRITE_OWN_PAGE}) | {P.CALL_MEETING}
NATURAL = EVERYBODY | {P.SEE_WHO_LOOKED}
PROFESSIONAL = EVERYBODY | {P.WRITE_NOTE, P.PROPOSE_GOAL, P.CALL_MEETING, P.WRITE_LEARNING}
COORDINATOR = PROFESSIONAL | {
    P.KEEP_PLAN, P.WRITE_PLAN, P.TELL_STORY, P.RECORD_FAMILYS_WORD, P.INVITE, P.REMOVE, P.NARROW, P.HAND_OVER,
    P.SEE_WHO_LOOKED,
}  # fmt: skip

#: What a seat in a circle lets one do there.
BY_SEAT: dict[str, set[Permission]] = {
    "child": CHILD,
    "guardian": GUARDIAN,
    "natural": NATURAL,
    "professional": PROFESSIONAL,
    "coordinator": COORDINATOR,
}

#: In danger, with the right that two people gave; and afterwards for colleagues of other organisations.
IN_DANGER = {P.OPEN_DANGER, P.REVIEW_DANGER}

#: What a job in the village lets one do.
BY_JOB: dict[str, set[Permission]] = {
    "worker": {P.WRITE_DOWN_CONCERN, P.ASK_TWO} | IN_DANGER,
    "teacher": {P.WRITE_DOWN_CONCERN, P.ASK_TWO} | IN_DANGER,
    "coordinator": {P.WRITE_DOWN_CONCERN, P.ASK_TWO} | IN_DANGER,
    "contact point": {P.WRITE_DOWN_CONCERN, P.ASK_TWO, P.ANSWER_CONCERN, P.OPEN_FAMILY} | IN_DANGER,
    "network": {P.WRITE_DOWN_CONCERN, P.KEEP_DIRECTORY, P.IMPORT_DIRECTORY, P.KEEP_AGREEMENTS, P.KEEP_WORDS}
    | IN_DANGER,
    "lead": {P.WRITE_DOWN_CONCERN, P.ASK_TWO, P.KEEP_OWN_OFFERS, P.KEEP_DANGER_RIGHTS} | IN_DANGER,
    "trust officer": {P.READ_JOURNAL_FACTS, P.SECOND, P.POSTPONE_TELLING, P.KEEP_DANGER_RIGHTS} | IN_DANGER,
    "administrator": {P.ADMINISTER, P.ASK_TWO, P.IMPORT_DIRECTORY, P.KEEP_WORDS, P.KEEP_DANGER_RIGHTS},
    "policy": set(),
}

#: What work lets one do only once somebody else stands for it.
WHEN_KNOWN = {P.READ_JOURNAL_FACTS, P.POSTPONE_TELLING}

#: The sentence shown on screen beside each role.
SENTENCES: dict[str, Promise] = {
    "child": _("decides who may know, writes the story and the plan, says yes or no"),
    "guardian": _("decides for the family and the younger children, says yes or no"),
    "natural": _("helps in their own way and tells how it went"),
    "professional": _("writes notes and proposes steps, does what they promised"),
    "coordinator": _("keeps the plan together and is there for the family"),
    "worker": _("works with children and families in the village"),
    "teacher": _("teaches, and can tell us about a concern"),
    "contact point": _("answers every concern and opens a circle when the family says yes"),
    "network": _("keeps the directory and the agreements of the village"),
    "lead": _("keeps the offers of their own organisation"),
    "trust officer": _("watches over who looked, never at what was written"),
    "administrator": _("keeps the words and the sign-in; opens nobody's page"),
    "policy": _("sees published figures only"),
}


class NotAllowed(Exception):
    """This person may not do this here."""
