"""What becomes of story, plan, meetings and own pages when somebody is forgotten."""

from kring.trust.forgetting import (
    NAMELESS,
    NUMBER,
    REMOVED,
    REWRITES,
    SHARED,
    Fate,
    Lines,
    goes_with,
)

#: In the frozen parts of a plan that stands, the step stays and the name of who does it goes.
DOER_WITHOUT_NAME = Fate(
    REWRITES,
    rewrite='content = t.content || \'{"doer": "", "doer_words": ""}\'',
    only="(t.content ->> 'doer_id')::uuid = ANY(nameless)",
)

#: What was said of a text holds its words, as they were and as they became.
WITH_THE_TEXT = goes_with(
    "wraparound.Story", "wraparound.Wish", "wraparound.Goal", "wraparound.Action", "wraparound.Note",
    "intake.Beginning", "messaging.Attempt", "trust.ContactCard",
)  # fmt: skip

LINES: Lines = {
    "Plan": {"family": REMOVED, "author": SHARED},
    "Wish": {"first_author": NAMELESS, "whose": REMOVED},
    "Goal": {"first_author": NAMELESS, "author": SHARED, "taken_in_by": NAMELESS},
    "Action": {"first_author": NAMELESS, "author": SHARED, "doer": NAMELESS},
    "Version": {"author": SHARED},
    "VersionPart": {"author": SHARED, "source_id": goes_with("wraparound.Wish"), "content": DOER_WITHOUT_NAME},
    "Approval": {"person": REMOVED},
    "Sheet": {"person": REMOVED},
    "Story": {"author": SHARED, "told_by": REMOVED},
    "Remark": {"object_id": NUMBER},
    "NotRight": {"author": SHARED, "asked_by": REMOVED, "answered_by": NAMELESS, "object_id": WITH_THE_TEXT},
    "Paper": {"circle": REMOVED, "owner": REMOVED, "reader": REMOVED},
    "Draft": {"circle": REMOVED, "owner": REMOVED},
    "Meeting": {"first_author": NAMELESS, "family": REMOVED, "author": SHARED},
    "Participant": {"author": SHARED, "person": REMOVED},
    "RoundWord": {"person": REMOVED},
    "Decision": {"author": SHARED},
    "Interpreter": {"author": SHARED, "person": REMOVED},
    "PassOn": {"author": SHARED, "giver": NAMELESS, "to": NAMELESS},
    "MustKnow": {"first_author": NAMELESS, "author": SHARED},
    "Review": {"author": SHARED, "word_of": NAMELESS},
    "Preparation": {"written_by": NAMELESS},
    "EarlierHelp": {"first_author": NAMELESS, "author": SHARED},
    "EarlierTelling": {"author": SHARED},
    "LearningProfile": {"author": SHARED},
    "LearningSheet": {"author": SHARED, "talk": NUMBER},
    "TalentWord": {"author": SHARED},
    "TalentAnswer": {"word_id": NUMBER},
    "OwnPage": {"first_author": NAMELESS, "author": SHARED, "word_id": NUMBER},
}  # fmt: skip
