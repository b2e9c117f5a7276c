"""The families, the professionals and the stranger: the same cast as in the demonstration."""

from kring.demo.cast import HOUSEHOLDS, PARTNERS, PROFESSIONALS, VILLAGE

__all__ = ["HOUSEHOLDS", "PARTNERS", "PROFESSIONALS", "VILLAGE"]
