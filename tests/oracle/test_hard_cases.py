"""The named hard cases, as far as the protocol can tell them."""

from oracle.stories import Story

NOON = "2026-11-21T12:00:00+01:00"


def test_1_the_fathers_page_shows_no_gap_where_the_mothers_home_is():
    story = Story()
    story.family({"girl": "2015-05-05"}, ["mother", "father"])
    for name, circle in (("home of mother", "mother"), ("home of father", "father")):
        story.circle("home", id=name)
        story.seat(name, circle, "guardian")
        story.item(f"address of {circle}", name, circle)
    assert story.sees("father") == ["address of father"]
    assert story.sees("mother") == ["address of mother"]


def test_2_the_mother_reads_the_plan_and_nothing_of_the_counselling():
    story = Story()
    story.family({"girl": "2013-02-02"}, ["mother"])
    story.circle("family")
    story.circle("confidence", "girl", secrecy=True)
    story.seat("family", "mother", "guardian")
    story.item("plan", "family", "girl")
    story.item("note", "confidence", "girl")
    assert story.seat_refused("confidence", "mother", "guardian")
    assert story.sees("mother") == ["plan"]


def test_3_danger_opens_what_a_boy_told_and_only_for_four_hours():
    story = Story()
    story.family({"boy": "2015-05-05"}, ["mother"])
    story.partner("youth work", "leisure")
    story.person("worker")
    job = story.works("worker", "youth work")
    story.circle("confidence", "boy", safety=True)
    story.circle("confidence", "boy", id="other confidence")
    story.circle("sealed", "boy")
    story.item("he is hit", "confidence", "boy")
    story.item("a first love", "other confidence", "boy")
    story.item("who reported", "sealed", "mother")
    assert story.danger("worker", job, NOON)
    assert story.sees("worker", "2026-11-21T11:59:59.999999+01:00") == []
    assert story.sees("worker", NOON) == ["he is hit"]
    assert story.sees("worker", "2026-11-21T15:59:59.999999+01:00") == ["he is hit"]
    assert story.sees("worker", "2026-11-21T16:00:00+01:00") == []


def test_4_a_conflict_leaves_no_professional_path():
    story = Story()
    story.family({"girl": "2015-05-05"}, ["mother"])
    story.partner()
    story.person("teacher")
    job = story.works("teacher", "school")
    story.circle("family", "girl")
    story.item("plan", "family", "mother")
    story.seat("family", "teacher", "job", job=job)
    assert story.sees("teacher") == ["plan"]
    assert story.leaves_out("girl", "conflict", person="teacher", since=NOON)
    assert story.sees("teacher", NOON) == []
    assert not story.danger("teacher", job, NOON)
    assert story.danger("teacher", job, "2026-11-21T11:00:00+01:00")
    assert story.sees("teacher", NOON) == []


def test_5_at_midnight_she_turns_16_and_her_mothers_page_is_empty():
    story = Story()
    story.family({"girl": "2010-11-22"}, ["mother"])
    story.circle("own", "girl")
    story.seat("own", "mother", "guardian")
    story.item("feelings", "own", "girl")
    assert story.sees("mother", "2026-11-21T23:59:59.999999+01:00") == ["feelings"]
    assert story.sees("mother", "2026-11-22T00:00:00+01:00") == []
    assert story.seat_refused("own", "mother", "own choice", id="a second seat")
    assert story.tries("end", id="seat of mother in own", at="2026-11-22T00:00:00+01:00")
    story.seat("own", "mother", "own choice", id="given again", since="2026-11-22T00:00:00+01:00")
    assert story.sees("mother", "2026-11-22T00:00:00+01:00") == ["feelings"]


def test_6_a_new_employer_in_the_village_moves_nothing_along():
    story = Story()
    story.family({"girl": "2015-05-05"}, ["mother"])
    story.partner("school")
    story.partner("youth work", "leisure")
    story.person("worker")
    old = story.works("worker", "school", until=NOON)
    story.works("worker", "youth work", since=NOON)
    story.circle("family")
    story.item("plan", "family", "mother")
    story.seat("family", "worker", "job", job=old)
    assert story.sees("worker", "2026-11-21T11:59:59+01:00") == ["plan"]
    assert story.sees("worker", NOON) == []


def test_7_a_removed_coordinator_sees_nothing_from_that_moment():
    story = Story()
    story.family({"girl": "2015-05-05"}, ["mother"])
    story.person("coordinator")
    story.circle("family")
    story.item("plan", "family", "mother")
    seat = story.seat("family", "coordinator")
    assert story.tries("end", id=seat, at=NOON)
    assert story.sees("coordinator", "2026-11-21T11:59:59.999999+01:00") == ["plan"]
    assert story.sees("coordinator", NOON) == []


def test_8_seats_sleep_when_the_agreement_lapses_and_wake_on_renewal():
    story = Story()
    story.family({"girl": "2015-05-05"}, ["mother"])
    story.partner(until="2026-07-31T22:00:00Z")
    story.person("teacher")
    story.circle("family")
    story.item("plan", "family", "mother")
    story.seat("family", "teacher", "job", job=story.works("teacher", "school"))
    assert story.sees("teacher", "2026-07-31T23:59:59.999999+02:00") == ["plan"]
    assert story.sees("teacher", "2026-08-01T00:00:00+02:00") == []
    renewed = {"organisation": "school", "since": "2026-09-01T00:00:00+02:00", "until": None}
    story.does("agreement", id="renewed", **renewed)
    assert story.sees("teacher", "2026-08-31T23:59:59+02:00") == []
    assert story.sees("teacher", "2026-09-01T00:00:00+02:00") == ["plan"]


def test_9_what_is_about_one_brother_can_be_kept_from_the_other():
    story = Story()
    story.family({"big": "2011-01-01", "small": "2015-01-01"}, ["mother"])
    story.circle("family")
    for name in ("big", "small"):
        story.seat("family", name)
        story.item(f"about {name}", "family", "mother", subject=name)
    story.item("ours", "family", "mother")
    assert story.leaves_out("big", "own choice", person="small", since="2024-01-01T00:00:00Z")
    assert story.sees("small") == ["about small", "ours"]
    assert story.sees("big") == ["about big", "about small", "ours"]


def test_10_the_grandmother_who_reported_is_sealed_away():
    story = Story()
    story.family({"girl": "2015-05-05"}, ["mother"])
    for name in ("grandmother", "trust officer"):
        story.person(name)
    story.circle("family")
    story.circle("sealed")
    for name in ("mother", "grandmother"):
        story.seat("family", name)
    story.seat("sealed", "trust officer", "legal duty")
    story.item("who reported", "sealed", "grandmother")
    assert story.seat_refused("sealed", "mother", "guardian")
    assert story.sees("mother") == story.sees("grandmother") == []
    assert story.sees("trust officer") == ["who reported"]


def test_11_a_stand_in_has_the_list_for_one_evening():
    story = Story()
    story.family({"girl": "2015-05-05"}, ["mother"])
    story.person("stand-in")
    story.circle("group", family=None)
    story.item("allergies", "group", "mother", subject="girl")
    times = {"since": "2026-11-21T15:00:00+01:00", "until": "2026-11-21T21:00:00+01:00"}
    story.seat("group", "stand-in", **times)
    assert story.sees("stand-in", "2026-11-21T14:59:59.999999+01:00") == []
    assert story.sees("stand-in", "2026-11-21T15:00:00+01:00") == ["allergies"]
    assert story.sees("stand-in", "2026-11-21T21:00:00+01:00") == []


def test_13_a_drawing_for_dad_only():
    story = Story()
    story.family({"girl": "2017-05-05"}, ["mother", "father"])
    story.circle("own", "girl")
    story.circle("own", "girl", id="for dad")
    for name in ("mother", "father"):
        story.seat("own", name, "guardian")
    story.seat("for dad", "father", "own choice")
    story.item("drawing", "own", "girl")
    assert story.tries("move", item="drawing", circle="for dad")
    assert story.sees("mother") == []
    assert story.sees("father") == ["drawing"]


def test_14_a_teacher_who_volunteers_is_left_out_until_the_exclusion_ends():
    story = Story()
    story.family({"girl": "2012-05-05"}, ["mother"])
    story.partner("school", "education")
    story.partner("youth work", "leisure")
    story.person("teacher")
    story.works("teacher", "school")
    volunteer = story.works("teacher", "youth work")
    story.circle("family", "girl")
    story.item("plan", "family", "mother")
    story.seat("family", "teacher", "job", job=volunteer)
    assert story.sees("teacher") == ["plan"]
    assert story.leaves_out(
        "girl", "own choice", sector="education", id="no school", since="2025-01-01T00:00:00Z"
    )
    assert story.sees("teacher") == []
    assert story.tries("end", id="no school", at=NOON)
    assert story.sees("teacher", NOON) == ["plan"]
    assert story.leaves_out("girl", "own choice", person="teacher", since=NOON)
    assert story.sees("teacher", NOON) == []


def test_15_a_colleague_does_not_inherit_a_confidence():
    story = Story()
    story.family({"girl": "2012-05-05"}, ["mother"])
    story.partner("wellbeing team", "wellbeing")
    for name in ("worker", "colleague"):
        story.person(name)
    old = story.works("worker", "wellbeing team", bound=True, until=NOON)
    new = story.works("colleague", "wellbeing team", bound=True)
    story.circle("confidence", "girl", secrecy=True)
    story.seat("confidence", "worker", "job", job=old)
    story.seat("confidence", "girl", "own choice")
    story.item("told", "confidence", "girl")
    assert story.sees("worker", NOON) == story.sees("colleague", NOON) == []
    assert story.sees("girl", NOON) == ["told"]
    story.seat("confidence", "colleague", "own choice", job=new, since=NOON)
    assert story.sees("colleague", NOON) == ["told"]
