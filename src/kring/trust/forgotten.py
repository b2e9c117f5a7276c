"""What becomes of who is who, and who may know what, when somebody is forgotten."""

from kring.trust.forgetting import (
    NAMELESS,
    NUMBER,
    REMOVED,
    REMOVED_AT_LAST,
    REMOVED_IF_PRIVATE,
    SHARED,
    Lines,
    emptied,
    stays,
)

RECKONED = stays("Reckoned anew from seats and exclusions as they go.")
EVIDENCE = stays("The journal empties the line itself and keeps its seal: trust.empty_entries.")
SALT = stays("The journal takes the salt itself: without it the fingerprint says nothing.")
REGISTER = stays("The register of danger keeps that it was used, by whom and when; never about which family.")

LINES: Lines = {
    "Person": {"id": emptied("given_name", "surname", at_last=True), "met_by": NAMELESS},
    "Account": {"person": REMOVED_AT_LAST},
    "Job": {
        "person": emptied("title", "phone", "languages", at_last=True),
        "given_by": NAMELESS,
        "confirmed_by": NAMELESS,
    },
    "Family": {"id": emptied("name"), "opened_by": NAMELESS},
    "FamilyMember": {"family": REMOVED, "person": REMOVED},
    "Birth": {"person": REMOVED, "circle": emptied("circle")},
    "BirthBefore": {"person": REMOVED, "circle": REMOVED, "changed_by": NAMELESS},
    "Home": {"family": REMOVED, "circle": REMOVED},
    "ContactCard": {"person": REMOVED, "circle": REMOVED, "word_of": NAMELESS, "written_by": NAMELESS},
    "Circle": {"id": emptied("name"), "family": NUMBER, "subject": NAMELESS, "opened_by": NAMELESS},
    "Seat": {"circle": REMOVED, "person": REMOVED_IF_PRIVATE, "decided_by": NAMELESS, "word_of": NAMELESS},
    "Exclusion": {"subject": REMOVED, "person": REMOVED, "circle": emptied("circle", "reason"), "decided_by": NAMELESS},
    "Danger": {"person": NAMELESS, "child": emptied("child"), "family": emptied("reason_locked", "tried_locked", "did_locked"), "circle": NUMBER},
    "DangerRight": {"asked_by": NAMELESS, "given_by": NAMELESS},
    "Postponement": {"by": NAMELESS, "circle": emptied("reason_locked")},
    "DangerReview": {"by": NAMELESS, "circle": emptied("words_locked")},
    "Invitation": {"person": REMOVED_IF_PRIVATE, "author": SHARED, "word_of": NAMELESS, "stands_in_for": NAMELESS},
    "HandOver": {
        "author": SHARED, "leaver": emptied("leaver_name", at_last=True), "told": NAMELESS, "next": NAMELESS,
        "stopped_by": NAMELESS,
    },
    "Leaving": {"person": NAMELESS, "said_by": NAMELESS},
    "Withdrawal": {"family": REMOVED, "by": NAMELESS},
    "Link": {"person": REMOVED, "made_by": NAMELESS, "object_id": NUMBER},
    "Entry": {"person": EVIDENCE, "circle": EVIDENCE, "about": EVIDENCE, "object_id": EVIDENCE},
    "Access": {"viewer_id": RECKONED, "circle_id": RECKONED, "source_id": RECKONED},
    "Denial": {"viewer_id": RECKONED, "subject_id": RECKONED, "source_id": RECKONED},
    "Change": {"by": NAMELESS},
    "Session": {"person": REMOVED_AT_LAST, "ref": NUMBER},
    "KnownDevice": {"person": REMOVED_AT_LAST},
    "SignOn": {"person": REMOVED_AT_LAST},
    "Pin": {"person": REMOVED_AT_LAST},
    "OwnDigits": {"person": REMOVED_AT_LAST},
    "SharedDevice": {"person": REMOVED_AT_LAST},
    "Matter": {"circle": REMOVED, "subject": REMOVED, "asked_by": NAMELESS, "answered_by": NAMELESS},
    "SamePerson": {"goes": REMOVED, "stays": REMOVED, "matter": emptied("matter")},
    "SealKeeper": {"chosen_by": NAMELESS},
    "UnusualLook": {"person": REMOVED, "circle": emptied("circle")},
    "SealedLine": {"who_salt": SALT, "what_salt": SALT},
    "TakenAlong": {"person": REMOVED},
    "Forgetting": {"whose": NUMBER, "asked_by": NUMBER, "taken_back_by": NUMBER},
}  # fmt: skip
