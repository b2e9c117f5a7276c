"""Each sentence of the rule, as an example written by hand."""

import pytest

from oracle.stories import LONG_AGO, Story

NOON = "2026-11-21T12:00:00+01:00"
A_TICK_BEFORE_NOON = "2026-11-21T11:59:59.999999+01:00"
TEN = "2026-11-21T10:00:00+01:00"


def plan_about_a_girl(ground: str = "consent", born: str = "2015-05-05", **seat: object) -> Story:
    """A family circle about a girl, a neighbour in it, and a plan."""
    story = Story()
    story.family({"girl": born}, ["mother"])
    story.person("neighbour")
    story.circle("family", "girl")
    story.item("plan", "family", "mother")
    story.seat("family", "neighbour", ground, **seat)
    return story


def with_a_worker() -> Story:
    """The same, with a worker of the school who may open the family in danger."""
    story = plan_about_a_girl()
    story.partner()
    story.person("worker")
    story.works("worker", "school")
    return story


def test_nobody_without_a_seat_knows_anything():
    assert plan_about_a_girl().sees("mother") == []


def test_a_seat_counts_from_its_beginning_and_not_at_its_end():
    story = plan_about_a_girl(since=TEN, until=NOON)
    assert story.sees("neighbour", "2026-11-21T09:59:59.999999+01:00") == []
    assert story.sees("neighbour", TEN) == ["plan"]
    assert story.sees("neighbour", A_TICK_BEFORE_NOON) == ["plan"]
    assert story.sees("neighbour", NOON) == []


def test_a_seat_of_no_length_says_nothing_and_overlaps_nothing():
    story = plan_about_a_girl(since=NOON, until=NOON)
    assert story.sees("neighbour", NOON) == []
    story.seat("family", "neighbour", id="a real one")
    story.seat("family", "neighbour", id="another empty one", since=TEN, until=TEN)
    assert story.sees("neighbour", NOON) == ["plan"]


def test_seats_that_touch_do_not_overlap_and_a_microsecond_does():
    story = plan_about_a_girl(since=TEN, until=NOON)
    assert story.seat_refused("family", "neighbour", id="early", since=A_TICK_BEFORE_NOON)
    assert story.seat_refused("family", "neighbour", id="around", since=LONG_AGO)
    story.seat("family", "neighbour", id="next", since=NOON)
    story.seat("family", "neighbour", id="before", since=LONG_AGO, until=TEN)


def test_a_seat_without_history_shows_what_was_written_since_it_began():
    story = plan_about_a_girl(since=TEN, history=False)
    story.item("at ten", "family", "mother", at="2026-11-21T09:00:00Z")
    story.item("a tick before", "family", "mother", at="2026-11-21T08:59:59.999999Z")
    assert story.sees("neighbour") == ["at ten"]


def test_an_item_is_not_hidden_before_its_own_moment():
    story = plan_about_a_girl()
    story.item("of next year", "family", "mother", at="2027-11-21T09:00:00Z")
    assert story.sees("neighbour") == ["of next year", "plan"]


@pytest.mark.parametrize(
    ("country", "zone", "born", "last", "first"),
    [
        ("NL", "Europe/Amsterdam", "2010-11-22", "2026-11-21T22:59:59.999999Z", "2026-11-21T23:00:00Z"),
        ("BE", "Europe/Brussels", "2014-07-01", "2026-06-30T21:59:59.999999Z", "2026-06-30T22:00:00Z"),
        ("UK", "Europe/London", "2014-07-01", "2026-06-30T22:59:59.999999Z", "2026-06-30T23:00:00Z"),
        ("FR", "Europe/Paris", "2008-02-29", "2026-02-28T22:59:59.999999Z", "2026-02-28T23:00:00Z"),
        ("FR", "Indian/Reunion", "2008-09-01", "2026-08-31T19:59:59.999999Z", "2026-08-31T20:00:00Z"),
        ("NL", "Asia/Beirut", "2010-03-29", "2026-03-28T21:59:59.999999Z", "2026-03-28T22:00:00Z"),
        ("NL", "Europe/Amsterdam", "2012-02-29", "2028-02-28T22:59:59.999999Z", "2028-02-28T23:00:00Z"),
    ],
)
def test_a_guardian_reads_until_the_midnight_of_the_birthday(country, zone, born, last, first):
    story = Story(country, zone)
    story.family({"child": born}, ["mother"])
    story.circle("family", "child")
    story.circle("part")
    for circle in ("family", "part"):
        story.seat(circle, "mother", "guardian")
    story.item("about the child", "family", "mother")
    story.item("about all", "part", "mother", subject="child")
    assert story.sees("mother", last) == ["about all", "about the child"]
    assert story.sees("mother", first) == ["about all"]


def test_only_the_ground_guardian_ends_on_a_birthday():
    story = plan_about_a_girl("own choice", born="2001-01-01")
    assert story.sees("neighbour") == ["plan"]


def test_an_agreement_and_a_job_both_carry_a_seat():
    story = with_a_worker()
    story.seat("family", "worker", "consent", job="worker at school")
    assert story.sees("worker") == ["plan"]
    assert story.tries("end", id="worker at school", at=NOON)
    assert story.sees("worker", A_TICK_BEFORE_NOON) == ["plan"]
    assert story.sees("worker", NOON) == []


@pytest.mark.parametrize("ground", ["own choice", "guardian", "court order", "conflict", "withheld"])
def test_an_exclusion_hides_from_its_target_but_not_what_she_wrote_nor_from_the_subject(ground):
    story = plan_about_a_girl(born="2015-05-05" if ground == "guardian" else "2012-01-01")
    since = {"since": LONG_AGO if ground == "guardian" else "2025-01-01T00:00:00Z"}
    story.item("hers", "family", "neighbour")
    story.item("not about the girl", "family", "mother")
    story.seat("family", "girl")
    assert story.leaves_out("girl", ground, person="neighbour", **since)
    assert story.leaves_out("girl", ground, person="girl", **since)
    assert story.sees("neighbour") == ([] if ground == "court order" else ["hers"])
    assert story.sees("girl") == ["hers", "not about the girl", "plan"]


def test_the_items_subject_comes_before_the_circles():
    story = Story()
    story.family({"girl": "2012-01-01", "boy": "2015-01-01"}, ["mother"])
    story.person("neighbour")
    story.circle("family", "girl")
    story.seat("family", "neighbour")
    story.item("about the boy", "family", "mother", subject="boy")
    story.item("about the girl", "family", "mother")
    assert story.leaves_out("girl", "withheld", person="neighbour")
    assert story.sees("neighbour") == ["about the boy"]


def test_an_exclusion_of_a_sector_needs_a_live_job_and_no_agreement():
    story = plan_about_a_girl()
    story.does("organisation", id="school", village="village", sector="education")
    story.works("neighbour", "school", until=NOON)
    assert story.leaves_out("girl", "withheld", sector="education")
    assert story.sees("neighbour", A_TICK_BEFORE_NOON) == []
    assert story.sees("neighbour", NOON) == ["plan"]


def test_a_guardians_exclusion_ends_with_own_voice():
    story = plan_about_a_girl(born="2014-11-22")
    assert story.leaves_out("girl", "guardian", person="neighbour")
    assert story.sees("neighbour", "2026-11-21T23:59:59.999999+01:00") == []
    assert story.sees("neighbour", "2026-11-22T00:00:00+01:00") == ["plan"]


def test_own_choice_begins_at_own_voice_and_a_guardians_choice_before_it():
    story = plan_about_a_girl(born="2014-11-22")
    birthday, before = "2026-11-22T00:00:00+01:00", "2026-11-21T23:59:59.999999+01:00"
    assert not story.leaves_out("girl", "own choice", person="neighbour", since=before)
    assert story.leaves_out("girl", "own choice", person="neighbour", since=birthday)
    assert not story.leaves_out("girl", "guardian", person="neighbour", since=birthday)
    assert story.leaves_out("girl", "guardian", person="neighbour", since=before)


@pytest.mark.parametrize(
    ("ground", "opens", "allowed"),
    [
        ("own choice", True, True),
        ("guardian", True, True),
        ("withheld", False, True),
        ("court order", False, False),
        ("conflict", False, False),
    ],
)
def test_danger_passes_own_choice_and_a_guardian_only(ground, opens, allowed):
    story = with_a_worker()
    birthday = "2027-05-05T00:00:00+02:00"
    at = "2027-06-01T00:00:00Z" if ground == "own choice" else "2027-05-01T00:00:00Z"
    since = birthday if ground == "own choice" else LONG_AGO
    assert story.leaves_out("girl", ground, organisation="school", since=since)
    assert story.danger("worker", "worker at school", at) is allowed
    assert story.sees("worker", at) == (["plan"] if opens else [])


@pytest.mark.parametrize("ground", ["court order", "conflict", "withheld"])
def test_an_exclusion_that_comes_after_danger_closes_it(ground):
    story = with_a_worker()
    assert story.danger("worker", "worker at school", TEN)
    assert story.leaves_out("girl", ground, person="worker", since=NOON)
    assert story.sees("worker", A_TICK_BEFORE_NOON) == ["plan"]
    assert story.sees("worker", NOON) == []


@pytest.mark.parametrize("ending", ["worker at school", "school agreement"])
def test_danger_ends_with_the_job_and_with_the_agreement(ending):
    story = with_a_worker()
    assert story.danger("worker", "worker at school", TEN)
    assert story.tries("end", id=ending, at=NOON)
    assert story.sees("worker", A_TICK_BEFORE_NOON) == ["plan"]
    assert story.sees("worker", NOON) == []
    assert not story.danger("worker", "worker at school", NOON)


def test_danger_opens_these_kinds_with_history_and_no_others():
    story = with_a_worker()
    for kind in ("part", "home", "own", "confidence", "sealed", "group", "desk"):
        story.circle(kind, safety=kind == "confidence")
        story.item(f"in {kind}", kind, "mother")
    story.circle("confidence", id="another confidence")
    story.item("in another confidence", "another confidence", "mother")
    story.circle("family", id="without subject")
    assert story.danger("worker", "worker at school", TEN)
    assert story.sees("worker") == ["in confidence", "in home", "in own", "in part", "plan"]


def test_a_moved_item_is_known_by_those_who_sit_where_it_lies_now():
    story = plan_about_a_girl()
    story.circle("part")
    story.seat("part", "mother", "guardian")
    assert story.tries("move", item="plan", circle="part")
    assert story.sees("neighbour") == []
    assert story.sees("mother") == ["plan"]


def test_ending_takes_the_earlier_end_and_never_one_before_the_beginning():
    story = plan_about_a_girl(since=TEN, until=NOON)
    seat = "seat of neighbour in family"
    assert story.tries("end", id=seat, at="2027-01-01T00:00:00Z")
    assert story.sees("neighbour", NOON) == []
    assert story.tries("end", id=seat, at=LONG_AGO)
    assert story.sees("neighbour", TEN) == []
    story.seat("family", "neighbour", id="again", since=TEN)


def test_a_batch_happens_as_a_whole_or_not_at_all():
    story = plan_about_a_girl()
    good = {
        "op": "item",
        "id": "new",
        "circle": "family",
        "subject": None,
        "author": "mother",
        "at": LONG_AGO,
    }
    move = {"op": "move", "item": "plan", "circle": "part"}
    story.circle("part")
    assert not story.tries("batch", ops=[good, move, {"op": "end", "id": "nobody", "at": NOON}])
    assert story.sees("neighbour") == ["plan"]
    assert story.tries("batch", ops=[good, move])
    assert story.sees("neighbour") == ["new"]


def test_reset_empties_the_world():
    story = plan_about_a_girl()
    assert story.tries("reset")
    assert not story.tries("ask", viewer="neighbour", at=NOON)
    story.does("village", id="village", country="NL", timezone="Europe/Amsterdam")
