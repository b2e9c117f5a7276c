from kring.wraparound.models.notes import Note

__all__ = ["Note"]
