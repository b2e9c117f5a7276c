"""What becomes of concerns and promises when somebody is forgotten. Concerns have a term of their own besides."""

from kring.trust.forgetting import NAMELESS, NUMBER, SHARED, Lines

LINES: Lines = {
    "Concern": {
        "author": SHARED, "written_down_by": NAMELESS, "on_duty": NAMELESS, "stand_in": NAMELESS, "taken_by": NAMELESS,
    },
    "TalkNote": {"author": SHARED},
    "Beginning": {"author": SHARED},
    "Promise": {"author": SHARED, "by": NAMELESS, "object_id": NUMBER},
    "PromiseChange": {"author": SHARED},
    "Duty": {"person": NAMELESS, "stand_in": NAMELESS},
}  # fmt: skip
