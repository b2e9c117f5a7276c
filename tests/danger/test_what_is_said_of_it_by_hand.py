"""What was opened in danger and whose names stand with it: what each reads of one reading, while another lies beside it."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import psycopg
import pytest

from trust.still import DAY, HOUR, INSTANT, Still, standing

#: Minutes after the beginning, the page, the kind of circle.
Line = tuple[float, str, str]
FAMILY, OWN, OF_SAMIRA, OF_YASSIN = (
    (1.0, "plan", "family"),
    (2.0, "own page", "own"),
    (4.0, "story", "family"),
    (5.0, "wishes", "family"),
)
BROTHERS, TOLD_AS, TOLD_AS_OTHER = (
    (3.0, "page", "own"),
    (6.0, "telling", "confidence"),
    (6.0, "telling", "family"),
)
EVERY = [FAMILY, OWN, BROTHERS, OF_SAMIRA, OF_YASSIN]


@pytest.fixture
def still(owner: psycopg.Connection) -> Iterator[Still]:
    """A moment at which nothing moves."""
    with standing(owner) as made:
        yield made


def confidence(still: Still) -> UUID:
    """Samira told Said something about her safety."""
    here = still.here
    circle = still.lies(
        "trust_circle", village_id=here.village, family_id=here.family, kind="confidence", safety=True, subject_id=here.samira
    )  # fmt: skip
    for who in (here.samira, here.said):
        still.lies("trust_access", viewer_id=who, circle_id=circle, until=still.now + 90 * DAY)
    return circle


def reads(still: Still, circle: UUID, part: str, minutes: float, **other: Any) -> None:
    """A line of the journal: Tom looked, because of danger."""
    at = still.now - HOUR + minutes * HOUR / 60
    said = {"person_id": still.here.tom, "kind": "read", "rule": "danger", "at": at} | other
    still.lies("trust_entry", circle_id=circle, part=part, **said)


def six_lines(still: Still, since: float = 0) -> None:
    """What Tom looked at: of the family, of each child, and what was told in confidence."""
    here = still.here
    for minutes, (circle, part, about) in enumerate((
        (here.circle, "plan", None), (here.own[here.samira], "own page", None), (here.own[here.yassin], "page", None),
        (here.circle, "story", here.samira), (here.circle, "wishes", here.yassin), (confidence(still), "telling", None),
    )):  # fmt: skip
        reads(still, circle, part, since + minutes + 1, about_id=about)


def opened(still: Still, danger: UUID) -> dict[str, list[Line]]:
    """What each reads who reads anything."""
    begun, told = still.now - HOUR, {}
    for name, who in still.here.called.items():
        rows = still.rows(who, "opened_in_danger", danger)
        told[name] = [((at - begun) / HOUR * 60, part, kind) for at, part, kind in rows]
    return {name: lines for name, lines in told.items() if lines}


def test_what_was_opened_is_read_as_far_as_each_may_know(still):
    here, begun = still.here, still.now - HOUR
    one = still.danger(child_id=here.samira)
    still.danger(here.lotte)
    six_lines(still)
    reads(still, here.circle, "plan", 1)
    reads(still, here.next_circle, "next door", 7)
    reads(still, here.circle, "by her seat", 8, person_id=here.lotte)
    reads(still, here.circle, "a deed", 9, kind="done")
    reads(still, here.circle, "by a seat", 10, rule="seat")
    still.keeps_away(here.yassin, "conflict", person_id=here.karim)
    watching = [*EVERY, TOLD_AS_OTHER]
    now = {
        "tom": [*EVERY, TOLD_AS],
        "vera": watching,
        "vik": watching,
        "noor": [FAMILY, OWN, OF_SAMIRA, OF_YASSIN],
    }
    assert opened(still, one) == now
    still.right(here.lou)
    assert opened(still, one) == now | {"lou": watching}
    still.stands("UPDATE trust_danger SET ended_at = %s WHERE id = %s", begun + HOUR / 2, one)
    child = {"samira": [FAMILY, OWN, OF_SAMIRA, OF_YASSIN, TOLD_AS]}
    assert opened(still, one) == now | {"lou": watching} | child


def test_the_family_reads_what_was_opened_of_what_it_may_know(still):
    here = still.here
    one = still.danger(child_id=here.samira)
    for who in (here.naima, here.karim):
        still.lies("trust_access", viewer_id=who, circle_id=here.own[here.yassin], until=still.now + 90 * DAY)
    still.stands("UPDATE trust_danger SET at = %s WHERE id = %s", still.now - 48 * HOUR, one)
    six_lines(still, since=-47 * 60)
    still.keeps_away(here.yassin, "conflict", person_id=here.karim)

    def lines(name: str) -> list[str]:
        """The pages somebody reads of."""
        return [part for _, part, _ in opened(still, one)[name]]

    assert lines("naima") == ["plan", "page", "story", "wishes"]
    assert lines("karim") == ["plan", "story"]
    assert lines("samira") == ["plan", "own page", "story", "wishes", "telling"]
    assert opened(still, one).keys() == {"tom", "vera", "vik", "noor", "naima", "karim", "samira"}


def test_what_is_read_from_its_beginning_until_its_end_was_opened_by_it(still):
    here, begun = still.here, still.now - HOUR
    one = still.danger(ended_at=begun + HOUR / 2)
    for at, part in (
        (begun - INSTANT, "before"),
        (begun, "first"),
        (begun + HOUR / 2 - INSTANT, "last"),
        (begun + HOUR / 2, "after"),
    ):
        reads(still, here.circle, part, 0, at=at)
    assert [part for _, part, _ in opened(still, one)["tom"]] == ["first", "last"]


def test_a_trust_officer_reads_what_a_colleague_opened(still):
    here = still.here
    one = still.danger(here.vik)
    reads(still, here.circle, "plan", 1, person_id=here.vik)
    assert opened(still, one) == {"vik": [FAMILY], "vera": [FAMILY], "noor": [FAMILY]}


def names(still: Still, *dangers: UUID) -> dict[str, list[tuple[UUID, str]]]:
    """Whose names each reads who reads any."""
    told = {
        name: still.rows(who, "names_in_dangers", list(dangers)) for name, who in still.here.called.items()
    }
    return {name: sorted(rows, key=lambda row: row[1]) for name, rows in told.items() if rows}


def test_the_names_of_who_opened_it_looked_at_it_and_put_it_off(still):
    here = still.here
    still.stands("UPDATE trust_person SET surname = 'Peeters' WHERE id = %s", here.lou)
    one, other = still.danger(here.tom, ended_at=still.now), still.next_danger(here.lotte)
    for danger, looked, put_off in ((one, here.lou, here.vik), (other, here.nel, here.vera)):
        still.lies("trust_dangerreview", danger_id=danger, by_id=looked)
        still.lies("trust_postponement", danger_id=danger, by_id=put_off, until=still.now + DAY)
    tom, lou, vik = (here.tom, "Tom"), (here.lou, "Lou Peeters"), (here.vik, "Vik")
    watching = {"vera": [lou, tom, vik], "vik": [lou, tom, vik]}
    hearing = {"tom": [lou, tom], "noor": [lou, tom], "samira": [lou, tom]}
    assert names(still, one) == watching | hearing
    both = names(still, one, other)["tom"]
    assert both == [(here.lotte, "Lotte"), lou, (here.nel, "Nel"), tom], "he coordinates next door"
    assert names(still) == {}
