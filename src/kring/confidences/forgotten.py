"""What becomes of what was told alone: it goes with the one who told it, and with nobody else."""

from kring.trust.forgetting import SHARED, Lines

LINES: Lines = {"Telling": {"author": SHARED}}
