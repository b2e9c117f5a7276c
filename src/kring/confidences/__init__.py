"""Confidences: what a young person tells somebody alone, and who has heard it.

A confidence belongs to the one who confided. Nobody else learns that it is there, and nobody hears it without the
young person's own yes.
"""
