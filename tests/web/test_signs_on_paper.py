"""Whatever signs somebody typed, the paper comes out; what it cannot show it does not pretend to show."""

from hypothesis import given
from hypothesis import strategies as st

from kring.web.paper import signs


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
