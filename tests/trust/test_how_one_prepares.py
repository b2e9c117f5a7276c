"""Getting ready for a look at a plan, written down by the coordinator or said by a link: who may, of which goals, and where it lies."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from trust.aside import Aside, Changes, aside
from trust.each_policy import LATER, NOW, Neighbourhood
from trust.scenes import LONG_AGO
from trust.whoever import CIRCLE, NOBODY

TABLES = ("wraparound_preparation", "wraparound_goalface")
NOT_THEIRS = "not_yours_to_decide"
AT = NOW - timedelta(minutes=5)
SAID = {"helped": "a walk", "wish": "more", "language": "nl", "how": "aloud", "interpreter": ""}


@pytest.fixture
def by(owner: psycopg.Connection) -> Iterator[Aside]:
    """Two families that look at their plans; a judge keeps Karim from what is about Samira, and Noor from Yassin."""
    here = Neighbourhood(owner)
    with aside(here, *TABLES) as by:
        ours = {"circle_id": here.circle, "author_id": here.naima, "at": NOW}
        there = {"circle_id": here.next_circle, "author_id": here.britt, "at": NOW}
        by.next_plan = by.lies("wraparound_plan", family_id=here.next_family, **there)
        by.plan_before = by.lies(
            "wraparound_plan", family_id=here.family, stage="closed", closed_at=NOW, **ours
        )
        for name, plan, said in (
            ("now", here.plan, ours), ("next", by.next_plan, there), ("before", here.plan, ours | {"settled_at": LONG_AGO}),
        ):  # fmt: skip
            facts = (
                {"outcome": "finish", "word_of_id": here.naima} if "settled_at" in said else {"outcome": ""}
            )
            by.row(name, "wraparound_review", plan_id=plan, **facts | said)
        by.reviews = {name: key for key, name in by.named.items()}
        for subject, whom in ((here.samira, here.karim), (here.yassin, here.noor)):
            by.lies(
                "trust_exclusion", subject_id=subject, person_id=whom, ground="court order", since=LONG_AGO,
                decided_by_id=here.els, circle_id=here.circle,
            )  # fmt: skip
        by.goals = goals(by, ours, there)
        yield by


def goals(by: Aside, ours: dict[str, Any], there: dict[str, Any]) -> dict[str, UUID]:
    """One for all and one about each child; and those which nobody looks at now."""
    told = {
        domain: key for key, domain in by.owner.execute("SELECT id, domain FROM wraparound_goal").fetchall()
    }
    taken = {"state": "in the plan", "taken_in_at": NOW}
    for name, plan, said in (
        ("next", by.next_plan, there | taken), ("old plan", by.plan_before, ours | taken),
        ("offered", by.here.plan, ours | {"state": "proposed"}),
    ):  # fmt: skip
        told[name] = by.lies(
            "wraparound_goal", plan_id=plan, domain=name, aim=f"aim {name}", position=9, **said
        )
    for place, name in enumerate(("school", "home", "friends")):
        by.stands("UPDATE wraparound_goal SET position = %s WHERE id = %s", place, told[name])
    return told


def faces(by: Aside, *seen: str, how: str = "heavy") -> str:
    """What they tell; of these goals, or of every goal."""
    told = {str(key): how for name, key in by.goals.items() if not seen or name in seen}
    return json.dumps(SAID | {"faces": told})


def record(by: Aside, who: UUID, whose: UUID, review: str = "now", **more: Any) -> tuple[Any, Changes]:
    """What they are told when they write that down for somebody, and what changed."""
    which = by.reviews.get(review) or uuid4()
    return by.deed(who, "record_preparation", which, whose, more.get("said") or faces(by), more.get("at", AT))


def writes_for(by: Aside, who: UUID, review: str = "now") -> set[str]:
    """For whom this person writes it down."""
    told = {name: record(by, who, whose, review) for name, whose in by.here.called.items()}
    assert all(bool(changed) is (one != NOT_THEIRS) for one, changed in told.values()), told
    return {name for name, (one, _) in told.items() if one != NOT_THEIRS}


def test_the_coordinator_writes_it_down_for_who_may_know_of_it(by):
    here = by.here
    for name, who in here.called.items():
        assert writes_for(by, who) == (CIRCLE if name == "noor" else NOBODY), name
    assert writes_for(by, here.noor, "next") == writes_for(by, here.noor, "never was") == NOBODY
    assert writes_for(by, here.tom, "next") == {"britt", "tom", "els"}


def test_who_coordinates_elsewhere_and_helps_here_writes_nothing_down(by):
    here = by.here
    by.lies(
        "trust_seat", circle_id=here.circle, person_id=here.tom, role="natural", history=True, since=LONG_AGO
    )
    by.lies(
        "trust_access", viewer_id=here.tom, circle_id=here.circle, since=LONG_AGO, until=LATER, danger=False
    )
    assert writes_for(by, here.tom) == NOBODY


def test_who_reads_in_danger_or_whose_seat_is_not_open_writes_nothing_down(by):
    here, access = by.here, {"circle_id": by.here.circle, "since": LONG_AGO, "until": LATER}
    seat = "SELECT id FROM trust_seat WHERE person_id = %s AND circle_id = %s"
    (noors,) = by.owner.execute(seat, [here.noor, here.circle]).fetchone()
    job = here.jobs[here.vik]
    by.lies("trust_access", viewer_id=here.vik, danger=True, source_id=noors, **access)
    by.lies("trust_danger", person_id=here.vik, job_id=job, family_id=here.family, at=NOW, ended_at=LATER)
    assert writes_for(by, here.vik) == NOBODY
    by.stands("UPDATE trust_access SET until = now() - interval '1 day' WHERE viewer_id = %s", here.noor)
    assert writes_for(by, here.noor) == NOBODY


def test_nothing_is_written_down_for_whom_or_in_what_one_is_left_out(by):
    here = by.here
    left_out = "UPDATE trust_exclusion SET person_id = %s WHERE subject_id = %s"
    by.stands(left_out, here.noor, here.samira)
    assert writes_for(by, here.noor) == CIRCLE - {"samira"}
    about = "UPDATE wraparound_review SET about_id = %s WHERE id = %s"
    by.stands(about, here.samira, by.reviews["now"])
    assert writes_for(by, here.noor) == NOBODY, "she does not know of it"
    by.stands(left_out, here.karim, here.samira)
    assert writes_for(by, here.noor) == CIRCLE - {"karim"}


def test_what_they_said_themselves_stays_and_what_was_written_down_is_written_anew(by):
    here = by.here
    for who, review, scribe in (
        (here.karim, "now", None), (here.naima, "before", None), (here.samira, "now", here.noor),
    ):  # fmt: skip
        said = {"circle_id": here.circle, "written_by_id": scribe, "helped": "", "at": LONG_AGO}
        by.row(
            f"{review} before", "wraparound_preparation", review_id=by.reviews[review], author_id=who, **said
        )
    assert writes_for(by, here.noor) == CIRCLE - {"karim"}


def test_it_is_written_down_as_it_was_said_with_the_goals_that_both_may_know(by):
    here = by.here
    told, changed = record(by, here.noor, here.naima, said=json.dumps(
        json.loads(faces(by)) | {"said_on": "2026-03-01", "interpreter": "Ada"}
    ))  # fmt: skip
    row = changed["wraparound_preparation"]
    facts = SAID | {
        "id": told, "review_id": by.reviews["now"], "circle_id": here.circle, "author_id": here.naima, "at": AT,
        "written_by_id": here.noor, "interpreter": "Ada", "said_on": date(2026, 3, 1),
    }  # fmt: skip
    assert {column: row[column] for column in facts} == facts
    seen = {
        name: known(by, whose) for name, whose in here.called.items() if name in ("naima", "karim", "samira")
    }
    assert seen == {"naima": {"home", "school"}, "karim": {"home"}, "samira": {"home", "school"}}


def known(by: Aside, whose: UUID) -> set[str]:
    """Of which goals a face is kept that Noor wrote down for them."""
    with by.owner.transaction(force_rollback=True):
        by.asks(by.here.noor)
        said = [by.reviews["now"], whose, faces(by), AT]
        by.owner.execute("SELECT trust.record_preparation(%s, %s, %s, %s)", said)
        return set(kept(by, whose))


def kept(by: Aside, whose: UUID) -> dict[str, str]:
    """The faces of their goals."""
    told = by.owner.execute(
        "SELECT g.domain, f.face FROM wraparound_goalface f JOIN wraparound_goal g ON g.id = f.goal_id AND "
        "g.circle_id = f.circle_id WHERE f.author_id = %s AND f.review_id = %s", [whose, by.reviews["now"]],
    )  # fmt: skip
    return dict(told.fetchall())


def comes_by_a_link(by: Aside, who: UUID, review: str = "now", **said: Any) -> None:
    """Noor made them a link to the review."""
    facts = {"object_id": by.reviews[review], "made_by_id": by.here.noor, "until": LATER}
    by.lies("trust_link", person_id=who, token_hash=uuid4().bytes, **facts | said)


def say(by: Aside, who: UUID, said: str, review: str = "now", at: Any = AT) -> tuple[Any, Changes]:
    """They say by their link how it goes."""
    return by.deed(who, "prepare_by_link", said, at, scope=by.reviews[review])


def test_by_a_link_each_says_it_themselves_and_a_child_about_itself(by):
    here = by.here
    for who in (here.naima, here.samira):
        comes_by_a_link(by, who)
    for who, about in ((here.naima, None), (here.samira, here.samira)):
        told, changed = say(by, who, faces(by, "home"))
        row, face = changed["wraparound_preparation"], changed["wraparound_goalface"]
        assert (told, row["about_id"], face["about_id"]) == (about, about, about)
        assert (row["author_id"], row["written_by_id"], row["review_id"]) == (who, None, by.reviews["now"])
        assert (face["goal_id"], face["face"], face["at"]) == (by.goals["home"], "heavy", AT)
    for said in ("well", "so-so", "heavy", "bad"):
        changed = say(by, here.naima, faces(by, "home", how=said))[1]
        assert changed.get("wraparound_goalface", {}).get("face") == (None if said == "bad" else said)


def test_said_again_it_takes_the_place_of_what_this_one_said_before(by):
    here = by.here
    comes_by_a_link(by, here.naima)
    for name, who, review in (
        ("hers", here.naima, "now"), ("his", here.karim, "now"), ("before", here.naima, "before"),
    ):  # fmt: skip
        facts = {"review_id": by.reviews[review], "author_id": who, "circle_id": here.circle, "at": LONG_AGO}
        by.row(name, "wraparound_preparation", written_by_id=here.noor, said_on=LONG_AGO, **facts)
        by.row(f"{name}, home", "wraparound_goalface", goal_id=by.goals["home"], face="well", **facts)
    assert say(by, here.naima, faces(by, "home")) == (None, {
        "hers": SAID | {"written_by_id": None, "said_on": None}, "hers, home": {"face": "heavy"},
    })  # fmt: skip


def test_who_has_no_link_to_it_says_nothing_nor_does_anybody_tomorrow(by):
    here = by.here
    comes_by_a_link(by, here.naima)
    comes_by_a_link(by, here.britt, "next", made_by_id=here.tom)
    comes_by_a_link(by, here.karim, ended_at=NOW)
    assert say(by, here.karim, faces(by)) == (NOT_THEIRS, {})
    assert say(by, here.naima, faces(by), "next") == (NOT_THEIRS, {})
    assert say(by, here.naima, faces(by), at=LATER) == ("not_yet", {})
    assert record(by, here.noor, here.naima, at=LATER) == ("not_yet", {})
    row = say(by, here.britt, faces(by), "next")[1]["wraparound_preparation"]
    assert (row["author_id"], row["review_id"]) == (here.britt, by.reviews["next"])


def opened(by: Aside, who: UUID, review: str = "now") -> Any:
    """What their link shows; goals by their domain."""
    told = by.told(who, "review_by_link", scope=by.reviews[review])
    called = {str(key): name for name, key in by.goals.items()}
    return told and told | {"goals": [called[goal["pk"]] for goal in told["goals"]]}


def test_a_link_shows_the_goals_that_this_person_and_whoever_made_it_may_know(by):
    here = by.here
    for who, maker in ((here.naima, here.noor), (here.samira, here.naima), (here.karim, here.karim)):
        comes_by_a_link(by, who, made_by_id=maker)
    facts = {"circle": str(here.circle), "about": None, "runs": True, "said": False}
    for who, name, goals in (
        (here.naima, "Naima", ["school", "home"]), (here.samira, "Samira", ["school", "home", "friends"]),
        (here.karim, "Karim", ["home", "friends"]),
    ):  # fmt: skip
        assert opened(by, who) == facts | {"name": name, "goals": goals}
    (goal, *_) = by.told(here.naima, "review_by_link", scope=by.reviews["now"])["goals"]
    assert goal.keys() == {"pk", "aim", "language"}
    assert goal["aim"] == "aim school"
    by.stands("UPDATE wraparound_goal SET state = 'proposed' WHERE plan_id = %s", here.plan)
    assert opened(by, here.naima)["goals"] == []


def test_a_link_shows_one_review_and_whether_one_said_something_for_it(by):
    here = by.here
    comes_by_a_link(by, here.naima)
    comes_by_a_link(by, here.britt, "next", made_by_id=here.tom)
    assert opened(by, here.britt, "next")["goals"] == ["next"]
    assert opened(by, here.lou) is opened(by, here.britt) is opened(by, here.naima, "before") is None
    said = {"circle_id": here.circle, "at": LONG_AGO}
    for who, review, told in (
        (here.karim, "now", False), (here.naima, "before", False), (here.naima, "now", True),
    ):  # fmt: skip
        by.lies("wraparound_preparation", review_id=by.reviews[review], author_id=who, **said)
        assert opened(by, here.naima)["said"] is told
    by.stands("UPDATE wraparound_review SET about_id = %s WHERE id = %s", here.yassin, by.reviews["now"])
    assert opened(by, here.naima) is None, "who made the link may not know of it"
