"""Watching over who looked: the trust officer's pages, and the question to who looked in an unusual way."""
