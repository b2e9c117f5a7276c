"""A version read aloud: a voice cannot leave out for one listener what the page hides from them."""

from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from kring.trust import viewer
from kring.trust.models import Person
from kring.trust.usecases import exclusions
from kring.wraparound.models import Plan, Recording, Version
from kring.wraparound.usecases import goals, versions
from kring.wraparound.usecases.goals import GoalWords
from trust.scenes import LONG_AGO, insert
from web.doorstep import browser
from wraparound.home import AT, LATER, came_by_link


def read_aloud(home, owner, **goal):
    """A version with one goal more, and its recording by the coordinator; the address of both."""
    home.plan()
    with viewer.acting(home.hanne) as me:
        goals.add_goal(Plan.objects.get(), GoalWords("feelings", "Beter slapen"), by=me, at=AT, **goal)
        version = versions.offer_for_approval(Plan.objects.get(), by=me, at=LATER).pk
    with viewer.acting(home.hanne) as me:
        row = versions.add_recording(
            Version.objects.get(pk=version), b"OggS" + b"x" * 80, spoken_by="Hala", language="ar", by=me,
            at=timezone.now() - timedelta(minutes=1),
        )  # fmt: skip
    return f"/a/{version}/", f"/a/{version}/sound/{row.pk}/"


def heard_by(owner, person, page, sound):
    """Whether somebody is offered the voice on the page, and what its address answers."""
    client = browser(owner, person)
    return "/sound/" in client.get(page).content.decode(), client.get(sound).status_code


def test_who_is_left_out_of_what_was_read_hears_nothing_and_is_offered_nothing(home, owner):
    page, sound = read_aloud(home, owner, child=home.samira)
    assert heard_by(owner, home.samir, page, sound) == (True, 200)
    with viewer.acting(home.samira) as me:
        girl = Person.objects.get(pk=home.samira)
        exclusions.leave_out(girl, by=me, at=timezone.now(), person_id=home.samir)
    assert heard_by(owner, home.samir, page, sound) == (False, 404)
    assert heard_by(owner, home.naima, page, sound) == (True, 200)


def test_what_a_part_of_the_circle_may_know_is_heard_by_that_part_only(home, owner):
    page, sound = read_aloud(home, owner, circle_id=home.part_without_school())
    assert heard_by(owner, home.naima, page, sound) == (True, 200)
    assert heard_by(owner, home.lotte, page, sound) == (False, 404)


def test_what_all_may_know_is_heard_by_all(home, owner):
    page, sound = read_aloud(home, owner)
    assert heard_by(owner, home.lotte, page, sound) == (True, 200)
    assert heard_by(owner, home.samir, page, sound) == (True, 200)


def of_both(home, owner):
    """A version with a goal about each of the two children, read aloud; the recording and its addresses."""
    home.plan()
    with viewer.acting(home.hanne) as me:
        for child, aim in ((home.samira, "Beter slapen"), (home.yara, "Leren zwemmen")):
            goals.add_goal(Plan.objects.get(), GoalWords("feelings", aim), by=me, at=AT, child=child)
        version = versions.offer_for_approval(Plan.objects.get(), by=me, at=LATER).pk
    return version, record(home.hanne, version)


def record(by, version):
    """Somebody reads it aloud."""
    with viewer.acting(by) as me:
        row = versions.add_recording(
            Version.objects.get(pk=version),
            b"OggS" + b"x" * 80,
            spoken_by="Hala",
            language="ar",
            by=me,
            at=LATER,
        )
    return row.pk


def hears(home, person, recording, **more) -> bool:
    """Whether somebody finds it, by hand."""
    with viewer.acting(person, **more):
        return Recording.objects.filter(pk=recording).exists()


def test_of_two_children_who_is_left_out_of_one_hears_nothing(home, owner):
    _version, recording = of_both(home, owner)
    assert hears(home, home.samir, recording)
    assert hears(home, home.hanne, recording, seen_as=home.fatna)
    home.exclude(home.yara, home.samir, "withheld")
    assert not hears(home, home.samir, recording)
    assert hears(home, home.naima, recording)
    home.exclude(home.samira, home.fatna, "conflict")
    assert not hears(home, home.hanne, recording, seen_as=home.fatna), "through her eyes there is none"
    assert hears(home, home.hanne, recording)


def test_what_who_recorded_may_not_know_is_not_read_and_keeps_it_from_nobody(home, owner):
    home.exclude(home.yara, home.tom, "conflict")
    home.seat(home.circle, home.tom, role="professional", job_id=home.jobs[home.tom], since=LONG_AGO)
    version, _first = of_both(home, owner)
    with viewer.acting(home.hanne) as me:
        versions.offer_for_approval(Plan.objects.get(), by=me, at=LATER)
    parts = "SELECT array_agg(id) FROM wraparound_versionpart WHERE version_id = %s AND about_id IS DISTINCT FROM %s"
    read = owner.execute(parts, [version, home.yara]).fetchone()[0]
    made = insert(
        owner, "wraparound_recording", circle_id=home.circle, author_id=home.tom, at=LATER, version_id=version, language="ar",
        spoken_by="Hala", media_type="audio/ogg", sound=b"OggS", parts_read=[uuid4()],
    )  # fmt: skip
    (kept,) = owner.execute("SELECT parts_read FROM wraparound_recording WHERE id = %s", [made]).fetchone()
    assert sorted(kept) == sorted(read), "what is read is not said by whoever records"
    home.exclude(home.yara, home.samir, "withheld")
    assert hears(home, home.samir, made)


def test_by_a_link_one_hears_what_one_may_know_and_nobody_is_answered_nothing(home, owner):
    version, recording = of_both(home, owner)
    with came_by_link(home, home.samir, version):
        assert Recording.objects.filter(pk=recording).exists()
        assert heard_whole(version)
    home.exclude(home.yara, home.samir, "withheld")
    with came_by_link(home, home.samir, version):
        assert not Recording.objects.filter(pk=recording).exists()
    assert heard_whole(version) is False
    assert heard_whole(uuid4()) is False


def heard_whole(version) -> bool:
    """What the database answers about a version of which no parts are named."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.hears_whole(%s, NULL)", [version])
        return cursor.fetchone()[0]


def test_of_a_recording_of_before_it_may_have_been_all(home, owner):
    _version, recording = of_both(home, owner)
    owner.execute("ALTER TABLE wraparound_recording DISABLE TRIGGER ALL")
    owner.execute("UPDATE wraparound_recording SET parts_read = NULL")
    owner.execute("ALTER TABLE wraparound_recording ENABLE TRIGGER ALL")
    assert hears(home, home.samir, recording)
    home.exclude(home.samira, home.samir, "withheld")
    assert not hears(home, home.samir, recording)


def test_a_hidden_part_of_another_version_hinders_nobody(home, owner):
    _version, recording = of_both(home, owner)
    owner.execute("ALTER TABLE wraparound_recording DISABLE TRIGGER ALL")
    owner.execute("UPDATE wraparound_recording SET parts_read = NULL")
    owner.execute("ALTER TABLE wraparound_recording ENABLE TRIGGER ALL")
    with viewer.acting(home.hanne) as me:
        part = home.part_without_school()
        goals.add_goal(Plan.objects.get(), GoalWords("money", "Samen sparen"), by=me, at=AT, circle_id=part)
        newer = versions.offer_for_approval(Plan.objects.get(), by=me, at=LATER).pk
    assert hears(home, home.lotte, recording)
    assert not hears(home, home.lotte, record(home.hanne, newer))


def test_a_part_that_is_forgotten_takes_the_voice_along_and_no_other(home, owner):
    version, _first = of_both(home, owner)
    with viewer.acting(home.hanne) as me:
        newer = versions.offer_for_approval(Plan.objects.get(), by=me, at=LATER).pk
    second = record(home.hanne, newer)
    owner.execute("ALTER TABLE wraparound_recording DISABLE TRIGGER stays_as_written_here")
    owner.execute("UPDATE wraparound_recording SET parts_read = '{}' WHERE id = %s", [second])
    third = record(home.hanne, newer)
    owner.execute("UPDATE wraparound_recording SET parts_read = NULL WHERE id = %s", [third])
    owner.execute("ALTER TABLE wraparound_recording ENABLE TRIGGER stays_as_written_here")
    gone = "DELETE FROM wraparound_versionpart WHERE about_id = %s AND version_id = %s"
    owner.execute(gone, [home.yara, version])
    standing = lambda: {row for (row,) in owner.execute("SELECT id FROM wraparound_recording")}  # noqa: E731
    assert standing() == {second, third}
    owner.execute(gone, [home.samira, newer])
    assert standing() == {second}, "nothing of it was read there"


def lies(home, version, **more):
    """A recording as no rule would let it lie: nothing of the plan is read in it."""
    silent = ("stays_as_written_here", "plan_check_read_aloud", "check_guarded")
    said = {
        "circle_id": home.circle, "author_id": home.hanne, "at": LATER, "version_id": version, "language": "ar",
        "spoken_by": "Hala", "media_type": "audio/ogg", "sound": b"OggS", "parts_read": [],
    }  # fmt: skip
    for trigger in silent:
        home.owner.execute(f"ALTER TABLE wraparound_recording DISABLE TRIGGER {trigger}")
    made = insert(home.owner, "wraparound_recording", **said | more)
    for trigger in silent:
        home.owner.execute(f"ALTER TABLE wraparound_recording ENABLE TRIGGER {trigger}")
    return made


def test_it_is_found_by_who_knows_of_it_and_by_a_link_to_that_version_alone(home, owner):
    version, _first = of_both(home, owner)
    with viewer.acting(home.hanne) as me:
        newer = versions.offer_for_approval(Plan.objects.get(), by=me, at=LATER).pk
    here, apart = lies(home, newer), lies(home, newer, circle_id=home.part_without_school())
    assert hears(home, home.lotte, here)
    assert not hears(home, home.tom, here), "he knows nothing of this family"
    with came_by_link(home, home.samir, newer):
        assert set(Recording.objects.values_list("pk", flat=True)) == {here}
        assert set(Version.objects.values_list("pk", flat=True)) == {newer}
        assert not Recording.objects.filter(pk=apart).exists()
    old = lies(home, version)
    with came_by_link(home, home.samir, newer):
        assert not Recording.objects.filter(pk=old).exists()


def test_nobody_keeps_one_by_a_link_in_anothers_name_or_where_they_do_not_sit(home, owner):
    version, _recording = of_both(home, owner)
    facts = {
        "version_id": version, "at": LATER, "language": "ar", "spoken_by": "Hala", "media_type": "audio/ogg", "sound": b"OggS",
    }  # fmt: skip

    def kept(who, **more) -> bool:
        facts_of_this = facts | {"circle_id": home.circle, "author_id": who} | more
        with viewer.acting(who), suppress(DatabaseError), transaction.atomic():
            Recording.objects.create(**facts_of_this)
            return True
        return False

    apart = home.part_without_school()
    assert kept(home.lotte)
    assert not kept(home.lotte, author_id=home.hanne)
    assert not kept(home.lotte, circle_id=apart)
    assert not kept(home.tom)
    assert kept(home.lotte, subject_id=home.yara)
    home.exclude(home.yara, home.lotte, "withheld")
    assert kept(home.lotte, subject_id=home.yara), "of the author nobody is hidden but by a court"
    home.exclude(home.yara, home.lotte)
    assert not kept(home.lotte, subject_id=home.yara)
    assert kept(home.lotte)
    with came_by_link(home, home.samir, version), suppress(DatabaseError), transaction.atomic():
        Recording.objects.create(circle_id=home.circle, author_id=home.samir, **facts)
    assert owner.execute(
        "SELECT count(*) FROM wraparound_recording WHERE author_id = %s", [home.samir]
    ).fetchone() == (0,)
