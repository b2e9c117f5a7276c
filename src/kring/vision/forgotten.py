"""What becomes of words and cards of the village when somebody is forgotten: they stay; whom one calls goes."""

from kring.trust.forgetting import NAMELESS, REMOVED, Lines

LINES: Lines = {
    "Backup": {"person": REMOVED},
    "PracticeCard": {"changed_by": NAMELESS},
    "PrinciplesVersion": {"written_by": NAMELESS},
    "WordHint": {"changed_by": NAMELESS},
}
