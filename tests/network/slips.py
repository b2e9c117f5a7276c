"""Words as somebody types them in a hurry."""

from hypothesis import strategies as st


def slips_of(word: str) -> list[str]:
    """Every way to drop, double or swap one letter of a word."""
    dropped = [word[:at] + word[at + 1 :] for at in range(len(word))]
    doubled = [word[:at] + word[at] + word[at:] for at in range(len(word))]
    swapped = [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)]
    return sorted({*dropped, *doubled, *swapped} - {word})


def slipped(word: str) -> st.SearchStrategy[str]:
    """One of them."""
    return st.sampled_from(slips_of(word))
