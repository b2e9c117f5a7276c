"""Whatever signs somebody typed, the paper comes out; what it cannot show it does not pretend to show."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kring.web.paper import signs
from kring.web.paper.printing import set_in_type


def test_a_smile_is_left_out_and_the_words_stay():
    told, lost = signs.as_printed({"a": ["Super! 💃 Ze lachte 😀", "👨‍👩‍👧", "❤️ dank"], "n": 3, "x": None})
    assert (told, lost) == ({"a": ["Super! Ze lachte", "", "dank"], "n": 3, "x": None}, False)


def test_words_in_letters_we_have_not_are_left_out_whole_and_it_is_said():
    assert signs.as_printed("Zij zegt ሰላም en lacht") == ("Zij zegt … en lacht", True)
    assert signs.as_printed("你好") == ("…", True)
    assert signs.as_printed("你好\nGoed gedaan") == ("…\nGoed gedaan", True)


def test_what_we_can_print_stays_as_it_was_written():
    for words in (
        "Één café, Łódź, Şükrü, œuvre – “goed”…",
        "قرأت سميرة رسالة المدرسة، ثم ضحكت؟",
        "a\nb",
        "50 € · ½",
    ):
        assert signs.as_printed(words) == (words, False)


@given(st.text(max_size=60))
def test_what_is_printed_holds_only_our_signs(text):
    told, _lost = signs.as_printed(text)
    assert set(told) <= signs.ours()
    assert signs.as_printed(told) == (told, False)


def test_two_papers_of_one_day_that_say_the_same_are_the_same_byte_for_byte() -> None:
    """A moment inside the file would differ each time, and comparing two papers would prove nothing."""
    told = {"language": "nl", "direction": "ltr", "village": "Dorp", "colour": "#1f5f4a", "title": "Zorgen?", "lead": "Drie vragen.",
            "square": "QR", "shown": "dorp.example", "address": "https://dorp.example/", "name": "Noor", "role": "", "phone": "1"}  # fmt: skip
    first, again, next_day = (
        set_in_type(told, "poster.typ", on=day)
        for day in (date(2026, 11, 23), date(2026, 11, 23), date(2026, 11, 24))
    )
    assert first == again
    assert b"D:20261123000000Z" in first
    assert b"D:20261124000000Z" in next_day
