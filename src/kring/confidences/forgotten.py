"""What becomes of what was told alone: it goes with the one who told it, and with nobody else."""

from kring.trust.forgetting import NAMELESS, SHARED, Lines

LINES: Lines = {
    "AnswerDay": {"author": SHARED},
    "Attachment": {"author": SHARED},
    "OnTheMenu": {"added_by": NAMELESS},
    "Telling": {"author": SHARED},
    "WordsToTell": {"author": SHARED},
}
