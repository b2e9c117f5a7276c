"""What becomes of the outbox, of calls and of attempts when somebody is forgotten."""

from kring.trust.forgetting import NAMELESS, NUMBER, REMOVED, SHARED, Lines

LINES: Lines = {
    "Letter": {"person": REMOVED, "object_id": NUMBER},
    "Call": {"circle": REMOVED, "person": REMOVED, "told_by": NAMELESS},
    "Attempt": {"author": SHARED},
}
