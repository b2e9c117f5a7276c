"""K11: a letter greets by name, and never a child; only the one who carries the letters asks."""

from trust.each_policy import Neighbourhood
from trust.one_trigger import Alone
from trust.whoever import NOBODY, hearing

ASKED = "SELECT trust.is_greeted(%s)"


def greeted(by: Alone, here: Neighbourhood) -> set[str]:
    """Who is greeted by name."""
    by.asks(None)
    return {name for name, who in here.called.items() if by.owner.execute(ASKED, [who]).fetchone()[0]}


def test_everybody_is_greeted_by_name_but_the_children(here: Neighbourhood, by: Alone) -> None:
    children = "SELECT person_id FROM trust_familymember WHERE kind = 'child'"
    young = {row for (row,) in by.owner.execute(children)}
    told = greeted(by, here)
    assert told == {name for name, who in here.called.items() if who not in young}
    assert "naima" in told
    assert "samira" not in told


def test_nobody_asks_it_who_comes_in_by_a_page(here: Neighbourhood, by: Alone) -> None:
    assert hearing(by, here, "is_greeted", here.naima) == NOBODY
