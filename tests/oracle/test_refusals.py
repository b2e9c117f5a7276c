"""Each refusal, as an example written by hand; an error changes nothing."""

from oracle.stories import LONG_AGO, Story

NOON = "2026-11-21T12:00:00+01:00"


def two_villages() -> Story:
    """Two families in one village, one partner, and a second village."""
    story = Story()
    story.family({"girl": "2012-01-01", "undated": None}, ["mother"])
    story.person("boy", "2015-05-05")
    story.person("father")
    story.does("family", id="others", village="village", children=["boy"], guardians=["father"])
    story.partner()
    story.person("worker")
    story.works("worker", "school")
    story.circle("family")
    story.circle("part", id="part of others", family="others")
    story.circle("desk", family=None)
    story.item("plan", "family", "mother")
    story.item("note", "desk", "worker")
    story.does("village", id="far", country="FR", timezone="Europe/Paris")
    story.does("person", id="stranger", village="far", born="2014-01-01")
    story.does("organisation", id="far school", village="far", sector="education")
    story.does("family", id="far family", village="far", children=["stranger"], guardians=[])
    story.circle("desk", village="far", family=None, id="far desk")
    return story


def test_a_seat_goes_through_ones_own_job_only():
    story = two_villages()
    assert story.seat_refused("family", "mother", "job", job="worker at school")
    assert story.seat_refused("family", "worker", "job")
    assert not story.seat_refused("family", "worker", "job", job="worker at school")


def test_a_confidence_with_secrecy_takes_bound_jobs_only():
    story = two_villages()
    story.circle("confidence", secrecy=True)
    story.circle("confidence", id="open one")
    bound = story.works("worker", "school", id="bound", bound=True)
    assert story.seat_refused("confidence", "worker", "consent", job="worker at school")
    assert not story.seat_refused("confidence", "worker", "consent", job=bound)
    assert not story.seat_refused("open one", "worker", "consent", job="worker at school")
    assert not story.seat_refused("confidence", "mother")


def test_guardians_sit_as_guardians_in_their_own_family_only():
    story = two_villages()
    story.circle("confidence")
    story.circle("sealed")
    for circle in ("confidence", "sealed", "desk", "part of others"):
        assert story.seat_refused(circle, "mother", "guardian")
    assert story.seat_refused("family", "father", "guardian")
    assert not story.seat_refused("family", "mother", "guardian")


def test_a_subject_has_a_birth_date():
    story = two_villages()
    circle = {"kind": "own", "village": "village", "family": "the family", "safety": False, "secrecy": False}
    item = {"circle": "family", "author": "mother", "at": LONG_AGO}
    assert not story.tries("circle", id="own", subject="undated", **circle)
    assert not story.tries("item", id="new", subject="undated", **item)
    assert not story.leaves_out("undated", "withheld", person="father")
    assert story.tries("circle", id="own", subject="girl", **circle)
    assert story.tries("item", id="new", subject="girl", **item)


def test_these_kinds_need_a_family():
    story = two_villages()
    marks = {"village": "village", "family": None, "subject": None, "safety": False, "secrecy": False}
    for kind in ("family", "part", "home", "own", "confidence", "sealed"):
        assert not story.tries("circle", id=f"a {kind}", kind=kind, **marks)
    for kind in ("group", "desk"):
        assert story.tries("circle", id=f"a {kind}", kind=kind, **marks)


def test_nothing_crosses_villages():
    story = two_villages()
    place = {"kind": "part", "subject": None, "safety": False, "secrecy": False}
    times = {"since": LONG_AGO, "until": None, "bound": True}
    item = {"circle": "desk", "subject": None, "author": "worker", "at": LONG_AGO}
    assert not story.tries("circle", id="new", village="far", family="the family", **place)
    assert story.seat_refused("desk", "stranger")
    assert not story.tries("job", id="new", person="worker", organisation="far school", **times)
    assert not story.tries("item", id="new", **(item | {"author": "stranger"}))
    assert not story.tries("item", id="new", **(item | {"subject": "stranger"}))
    assert not story.tries("move", item="note", circle="far desk")


def test_nothing_crosses_families():
    story = two_villages()
    place = {"kind": "part", "village": "village", "safety": False, "secrecy": False}
    item = {"circle": "family", "author": "mother", "at": LONG_AGO}
    assert not story.tries("circle", id="new", family="the family", subject="boy", **place)
    assert not story.tries("item", id="new", subject="boy", **item)
    assert not story.tries("move", item="plan", circle="part of others")
    assert not story.tries("move", item="plan", circle="desk")


def test_ids_are_known_and_new():
    story = two_villages()
    assert not story.tries("person", id="mother", village="village", born=None)
    assert not story.tries("person", id="new", village="nowhere", born=None)
    assert not story.tries("end", id="nobody", at=NOON)
    assert not story.tries("end", id="family", at=NOON)
    assert not story.tries("move", item="nothing", circle="family")
    assert not story.tries("ask", viewer="nobody", at=NOON)


def test_an_end_does_not_come_before_its_beginning():
    story = two_villages()
    times = {"since": NOON, "until": "2026-11-21T11:59:59.999999+01:00"}
    assert not story.tries("agreement", id="new", organisation="school", **times)
    assert not story.tries("job", id="new", person="father", organisation="school", bound=True, **times)
    assert story.seat_refused("family", "father", **times)
    assert not story.leaves_out("girl", "withheld", person="father", **times)
    assert story.tries("agreement", id="new", organisation="school", since=NOON, until=NOON)


def test_an_exclusion_has_exactly_one_target():
    story = two_villages()
    assert not story.leaves_out("girl", "withheld")
    assert not story.leaves_out("girl", "withheld", person="father", sector="education")
    assert not story.leaves_out("girl", "withheld", sector="army")
    assert story.leaves_out("girl", "withheld", person=None, organisation=None, sector="education")


def test_danger_needs_ones_own_live_job_and_a_live_agreement():
    story = two_villages()
    assert not story.danger("mother", "worker at school", NOON)
    assert not story.danger("worker", "worker at school", "2019-12-31T23:59:59.999999Z")
    assert story.tries("end", id="school agreement", at=NOON)
    assert not story.danger("worker", "worker at school", NOON)
    assert story.danger("worker", "worker at school", "2026-11-21T11:59:59.999999+01:00")


def test_words_and_moments_the_protocol_does_not_know():
    story = two_villages()
    assert not story.tries("village", id="new", country="XX", timezone="Europe/Paris")
    assert not story.tries("village", id="new", country="FR", timezone="Europe/Nowhere")
    assert not story.tries("whisper", id="new")
    assert not story.tries("ask", viewer="mother", at="2026-11-21T12:00:00")
    assert story.seat_refused("family", "mother", "curiosity")
