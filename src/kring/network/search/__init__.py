"""Search that forgives: letters, word forms, other languages and typing errors.

What somebody writes about an offer and what somebody types are turned into the same *keys*; the database only
compares keys. Nothing here asks the database: see `kring.network.models.offers` and `spellings` for that.
"""

from kring.network.search.keys import keys_of, vector, words_in
from kring.network.search.questions import Question

__all__ = ["Question", "keys_of", "vector", "words_in"]
