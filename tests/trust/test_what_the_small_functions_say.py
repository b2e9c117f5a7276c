"""What the small functions of access say of everybody: who opens what, who knows a thing, which reading in danger is meant."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from kring.trust import identity, viewer
from kring.trust.permissions import Permission
from trust.each_policy import LATER, NOW, Neighbourhood, lay
from trust.lines import rows
from trust.one_trigger import Alone
from trust.scenes import LONG_AGO, insert
from trust.unheard import unheard
from trust.whoever import CIRCLE, NOBODY, asked_at_once, by_whom, lay_danger, names, of_whom, stands
from trust.work_laid import agreement_ends, given

WORKERS = {"noor", "lotte", "tom", "els", "lou", "ada", "nel", "vera", "bea", "nils", "eva", "vik"}
CONTACT_POINT = {"els", "eva"}
HOUR = timedelta(hours=1)


def laid(here: Neighbourhood, table: str, **said: Any) -> Any:
    """A row that stands there, whatever a trigger would say."""
    with unheard(here.owner):
        made = lay(here.owner, table, said)
    return made


def one(here: Neighbourhood, question: str, *values: Any) -> Any:
    """What the owner is told."""
    return here.owner.execute(f"SELECT {question}", values).fetchone()[0]  # type: ignore[index]


def test_who_opens_what(here):
    def opens(kind: str, family: UUID | None = None) -> set[str]:
        return by_whom(here, "may_open", kind, here.village, family or here.family)

    assert opens("family") == NOBODY, "it has its circle"
    assert opens("family", uuid4()) == CONTACT_POINT
    with_a_part = uuid4()
    laid(
        here, "trust_circle", kind="part", family_id=with_a_part, village_id=here.village, opened_at=LONG_AGO
    )
    assert opens("family", with_a_part) == CONTACT_POINT
    for kind in ("part", "home", "own", "sealed"):
        assert opens(kind) == CIRCLE
        assert opens(kind, here.next_family) == {"britt", "tom", "els"}
    assert opens("first talk") == CONTACT_POINT
    assert opens("group") == WORKERS
    assert opens("confidence") == opens("desk") == opens("village") == NOBODY
    (village,) = here.owner.execute(
        "SELECT village_id FROM trust_person WHERE id = %s", [here.xeno]
    ).fetchone()
    assert by_whom(here, "may_open", "first talk", village, here.family) == {"xeno"}
    assert by_whom(here, "may_open", "first talk", uuid4(), here.family) == NOBODY


def test_who_sits_nowhere(here):
    nowhere = {"lou", "ada", "nel", "vera", "bea", "nils", "vik", "xavi", "xena", "xander"}
    assert of_whom(here, "nowhere_seated") == nowhere
    laid(here, "trust_familymember", family_id=here.family, person_id=here.lou, kind="guardian")
    here.seat(here.circle, here.nel)
    assert of_whom(here, "nowhere_seated") == nowhere - {"lou", "nel"}


def test_a_reading_in_danger_lasts_four_hours_or_until_it_is_ended(here):
    for ended, ends in ((None, NOW + 4 * HOUR), (NOW + HOUR, NOW + HOUR), (NOW + 5 * HOUR, NOW + 4 * HOUR)):
        assert one(here, "trust.danger_ends(%s, %s)", NOW, ended) == ends


def test_of_a_reading_in_danger_that_never_was_nobody_reads(here):
    danger = lay_danger(here)
    for function, readers in (
        ("may_read_danger", {"tom", "noor", "vera", "vik"}), ("may_watch_danger", {"vera", "vik"}),
    ):  # fmt: skip
        assert by_whom(here, function, danger) == readers
        assert by_whom(here, function, uuid4()) == NOBODY
    reviewers = by_whom(here, "may_review_danger", danger)
    said = "SELECT trust.reviews_danger(%s, d) FROM trust_danger d WHERE id = %s"
    assert reviewers == {
        name for name, who in here.called.items() if here.owner.execute(said, [who, danger]).fetchone()[0]
    }
    assert reviewers
    assert by_whom(here, "may_review_danger", uuid4()) == NOBODY


def test_a_reading_in_danger_whose_child_was_forgotten_is_about_no_other_child(here):
    said = "trust.is_young_in_danger(%s, d) FROM trust_danger d WHERE id = %s"
    danger = lay_danger(here, child_id=here.samira)
    assert [one(here, said, who, danger) for who in (here.samira, here.yassin)] == [True, False]
    forgotten = lay_danger(here, child_id=None)
    assert [one(here, said, who, forgotten) for who in (here.samira, here.yassin)] == [False, False]


def test_words_that_decide_by_their_kind(here):
    def those(function: str, kinds: list[str]) -> list[str]:
        return [kind for kind in kinds if one(here, f"trust.{function}(%s)", kind)]

    assert those("excludes", ["own choice", "guardian", "court order", "conflict", "withheld"]) == [
        "court order", "conflict", "withheld"
    ]  # fmt: skip
    assert those("stays_beside", ["beginning", "attempt", "note", "remark", "goal"]) == [
        "beginning",
        "attempt",
    ]


def test_through_the_eyes_of_who_is_left_out_nothing_of_that_child_is_seen(here):
    by = Alone(here.owner)

    def seen(who: UUID, about: UUID | None, author: UUID | None = None) -> bool:
        return by.hears(who, "other_knows", here.circle, about, author, NOW, seen_as=here.noor)

    assert seen(here.karim, here.samira) is True
    stands(here, "UPDATE trust_exclusion SET person_id = %s", here.noor)
    assert seen(here.karim, here.samira) is False, "who knows of it sees what the other sees"
    assert seen(here.naima, here.samira) is False, "it is kept from her"
    assert seen(here.karim, here.samira, here.noor) is True, "the other wrote it"
    assert seen(here.karim, here.yassin) is seen(here.karim, None) is True


def listed(*values: Any) -> str:
    """A list as the database reads it."""
    return "{" + ",".join("NULL" if one is None else f'"{one}"' for one in values) + "}"


def test_who_may_know_a_thing_is_told_to_who_may_know_it(here):
    stands(here, "UPDATE trust_exclusion SET person_id = %s", here.noor)
    stands(
        here, "UPDATE trust_seat SET history = false, since = %s WHERE person_id = %s", NOW - HOUR, here.lotte
    )
    things = (
        (here.circle, None, None, NOW), (here.circle, None, None, NOW - 2 * HOUR), (here.circle, here.samira, here.karim, NOW),
        (here.circle, here.samira, here.noor, NOW), (here.next_circle, None, None, NOW),
    )  # fmt: skip
    asked = [listed(*column) for column in zip(*things, strict=True)]

    def told(who: UUID) -> dict[int, set[str]]:
        lines = rows(who, "who_knows", *asked)
        return {
            place: names(here, [who for at, who in lines if at == place]) for place in {at for at, _ in lines}
        }

    mine = {1: CIRCLE, 2: CIRCLE - {"lotte"}, 3: CIRCLE - {"noor"}, 4: CIRCLE}
    theirs = {5: {"britt", "tom", "els"}}
    assert told(here.naima) == mine
    assert told(here.els) == mine | theirs
    assert told(here.britt) == theirs
    assert told(here.lotte) == {place: who for place, who in mine.items() if place != 2}
    assert told(here.lou) == told(here.xeno) == {}
    stands(here, "UPDATE trust_seat SET until = %s WHERE person_id = %s", NOW, here.aunt)
    stands(here, "UPDATE trust_job SET until = %s WHERE person_id = %s", NOW, here.noor)
    assert told(here.naima)[1] == CIRCLE - {"hind", "noor"}


def test_who_asks_of_a_version_knows_it_with_a_seat_or_by_a_link_to_it(here):
    facts = {
        "circle_id": here.circle,
        "subject_id": None,
        "about_id": None,
        "author_id": here.naima,
        "at": NOW,
    }
    version, other = (laid(here, "wraparound_version", number=n, **facts) for n in (1, 2))
    theirs = laid(here, "wraparound_version", number=3, **facts | {"circle_id": here.next_circle})
    insert(
        here.owner, "trust_link", token_hash=b"x", purpose="approve", person_id=here.karim, object_id=version,
        made_by_id=here.karim, made_at=NOW, until=LATER, wrong_codes=0,
    )  # fmt: skip

    def asker(who: UUID, which: UUID, scope: UUID | None = None) -> UUID | None:
        return asked_at_once(here, who, "SELECT trust.reckon_asker(%s)", which, scope=scope)

    assert asker(here.naima, version) == here.naima
    assert asker(here.naima, theirs) is asker(here.lou, version) is asker(here.naima, uuid4()) is None
    assert asker(here.els, theirs) == here.els
    assert asker(here.karim, version, scope=version) == here.karim
    assert asker(here.karim, other, scope=version) is asker(here.karim, other, scope=other) is None
    assert asker(here.naima, version, scope=version) is None, "it is not her link"
    assert one(here, "trust.reckon_asker(%s)", version) is None, "nobody asks"


def test_a_plan_of_which_no_yes_is_asked_is_agreed_by_nobody(here):
    assert one(here, "trust.reckon_agreed(%s)", uuid4()) is False


def test_somebody_is_brought_together_or_forgotten_only_while_it_is_done(here):
    for function, table, column in (
        ("reckon_brings", "trust_sameperson", "brings_in"), ("reckon_forgets", "trust_forgetting", "done_in"),
    ):  # fmt: skip
        with here.owner.transaction(force_rollback=True):
            here.owner.execute("SET LOCAL session_replication_role = replica")
            due = {"due_at": NOW + HOUR, "asked_at": NOW} if table == "trust_forgetting" else {}
            for _ in range(2):
                lay(here.owner, table, due)
            here.owner.execute(f"UPDATE {table} SET {column} = '3'::xid8")
            assert one(here, f"trust.{function}()") is False, "that was before"
            here.owner.execute(f"UPDATE {table} SET {column} = NULL")
            assert one(here, f"trust.{function}()") is False
            here.owner.execute(f"UPDATE {table} SET {column} = pg_current_xact_id()")
            assert one(here, f"trust.{function}()") is True


def test_what_kring_signed_it_signed_with_its_own_key_and_nobody_signs_nothing(here):
    line = identity.signed(settings.IDENTITY_KEY, person=here.naima, backend=1, at=NOW.timestamp())
    told, signature = line[:-65], line[-64:]
    second = "INSERT INTO trust_signingkey (id, inner_pad, outer_pad) SELECT 2, outer_pad, inner_pad FROM trust_signingkey"
    with here.owner.transaction(force_rollback=True):
        here.owner.execute(second)
        assert one(here, "trust.reckon_signed(%s, %s)", told, signature) is True
        assert one(here, "trust.reckon_signed(%s, %s)", told + "x", signature) is False
        for nobody in ((told, None), (None, signature)):
            assert one(here, "trust.reckon_signed(%s::text, %s::text)", *nobody) is False


def test_nothing_is_said_of_a_time_more_than_a_minute_ahead(here):
    said = "SELECT trust.check_clock(trust.moment() + interval {})"
    assert asked_at_once(here, here.naima, said.format("'1 minute'")) == ""
    with pytest.raises(psycopg.DatabaseError, match="not_yet"):
        asked_at_once(here, here.naima, said.format("'1 minute 0.000001 seconds'"))


def test_a_trust_officer_apart_is_one_now(here):
    assert of_whom(here, "is_officer_apart", here.ada) == {"vera", "vik", "xander"}
    stands(here, "UPDATE trust_job SET until = now() WHERE person_id = %s", here.vera)
    assert of_whom(here, "is_officer_apart", here.ada) == {"vik", "xander"}


def test_a_trust_officer_watches_once_a_third_person_stands_for_that_work(here):
    officers = {"vera", "vik", "xander"}
    assert of_whom(here, "is_officer") == officers
    for said, still in (
        ("given_here = true", False), ("confirmed_at = now()", True), ("since = now() + interval '1 hour'", False),
        ("since = now() - interval '9 days', until = now()", False),
    ):  # fmt: skip
        stands(here, f"UPDATE trust_job SET {said} WHERE person_id = %s", here.vera)
        assert ("vera" in of_whom(here, "is_officer")) is still, said
    given(here, here.vera, here.ada)
    assert of_whom(here, "is_officer") == officers - {"vera"}, "what a third person stands for is over"
    stands(here, "UPDATE trust_job SET until = NULL, role = 'lead' WHERE id = %s", here.jobs[here.vera])
    assert of_whom(here, "is_officer") == officers - {"vera"}, "what a third person stands for is other work"
    agreement_ends(here, "Ombuds")
    assert of_whom(here, "is_officer") == {"xander"}
    agreement_ends(here, "School De Linde")


def test_who_is_no_officer_yet_watches_nothing_and_is_told_that_it_waits(here):
    for given_here, confirmed, watches in ((False, None, True), (True, None, False), (True, NOW, True)):
        said = "UPDATE trust_job SET given_here = %s, confirmed_at = %s WHERE person_id = %s"
        stands(here, said, given_here, confirmed, here.vera)
        with viewer.acting(here.vera) as me, connection.cursor() as cursor:
            cursor.execute("SELECT trust.watches()")
            assert cursor.fetchone() == (watches,)
            assert [job.waits for job in me.jobs] == [not watches]
            for one in (Permission.READ_JOURNAL_FACTS, Permission.POSTPONE_TELLING):
                assert me.can(one) is watches
            assert me.can(Permission.SECOND)
    with viewer.acting(here.els) as me:
        assert [job.waits for job in me.jobs] == [False]


def test_who_coordinates_is_one_who_sits_there_so_now_and_knows_the_plan(here):
    def told() -> UUID | None:
        asked = "SELECT trust.reckon_coordinator(p, now()) FROM wraparound_plan p WHERE id = %s"
        return here.owner.execute(asked, [here.plan]).fetchone()[0]

    with unheard(here.owner):
        here.seat(here.circle, here.tom, role="professional", ground="job", job_id=here.jobs[here.tom])
    later = "UPDATE trust_seat SET since = now() - interval '1 hour' WHERE person_id = %s"
    stands(here, later, here.tom)
    assert told() == here.noor, "Tom coordinates another family"
    stands(here, "UPDATE trust_seat SET until = %s WHERE person_id = %s", NOW, here.noor)
    with unheard(here.owner):
        here.seat(
            here.circle, here.noor, role="professional", ground="job", job_id=here.jobs[here.noor], since=NOW
        )
    assert told() is None, "Noor did until now"
    stands(
        here, "UPDATE trust_seat SET role = 'coordinator' WHERE person_id = %s AND until IS NULL", here.noor
    )
    assert told() == here.noor
    stands(here, "UPDATE trust_job SET until = now() WHERE person_id = %s", here.noor)
    assert told() is None
