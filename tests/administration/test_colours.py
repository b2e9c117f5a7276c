"""A village's colours can be read by everybody, by day and in the dark."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kring.trust import colours
from kring.web.administration import themes

ANY = st.tuples(*[st.integers(0, 255)] * 3).map(lambda rgb: "#{:02x}{:02x}{:02x}".format(*rgb))
USES = st.sampled_from(list(colours.GIVEN))


def test_the_formula_is_the_known_one() -> None:
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_our_own_colours_pass() -> None:
    assert all(colours.passes(use, one) for use, one in colours.GIVEN.items())


@settings(deadline=None, max_examples=40)
@given(use=USES, colour=ANY)
def test_what_we_offer_can_always_be_read(use: str, colour: str) -> None:
    offered = colours.nearest(use, colour)
    assert colours.passes(use, offered)
    assert (offered == colour) == colours.passes(use, colour)


@settings(deadline=None, max_examples=40)
@given(colour=ANY)
def test_every_name_of_a_theme_can_be_read_in_both_lights(colour: str) -> None:
    chosen = {use: colours.nearest(use, colour) for use in colours.GIVEN}
    named = {one.name: one for one in colours.theme(chosen)}
    for name in ("brand", "brand-deep", "plum"):
        assert colours.worst(named[name].day, colours.BY_DAY) >= colours.READABLE
        assert colours.worst(named[name].dark, colours.IN_THE_DARK) >= colours.READABLE
    for ground, text in (("brand", "on-brand"), ("brand-deep", "on-brand"), ("sun", "on-sun")):
        assert colours.contrast(named[ground].day, named[text].day) >= colours.READABLE
        assert colours.contrast(named[ground].dark, named[text].dark) >= colours.READABLE


@pytest.mark.parametrize(
    ("written", "kept"),
    [("#ABC", "#aabbcc"), (" 0b6156 ", "#0b6156"), ("red", ""), ("#12345", ""), ("#0b6156;}", ""), ("", "")],
)
def test_a_colour_is_kept_in_one_way(written: str, kept: str) -> None:
    assert colours.tidy(written) == kept


def test_a_sheet_follows_from_its_address_and_from_nothing_else() -> None:
    chosen = {colours.MAIN: "#7a1f5c"}
    stamp = themes.stamp(chosen)
    assert stamp == "7a1f5c_as-is_as-is"
    assert themes.colours_in(stamp) == chosen
    assert "--brand:var(--lightningcss-light,#7a1f5c)" in themes.sheet(chosen)
    assert "--sun" not in themes.sheet(chosen)
    for wrong in ("", "7a1f5c", "7a1f5c_x_as-is", "7a1f5c_as-is_as-is_as-is", "7a1f5c}_as-is_as-is"):
        assert themes.colours_in(wrong) is None
