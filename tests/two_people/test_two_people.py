"""D6: one asks, another says yes, and only then it happens; whoever tries alone gets nothing."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from clockwork import as_the_worker
from kring.clock import two_people as two
from kring.messaging import kinds
from kring.messaging.kinds import Asked
from kring.trust import viewer
from kring.trust.models import Matter
from kring.trust.permissions import NotAllowed
from kring.trust.usecases import two_people
from two_people.scene import LONG_AGO, insert, plain, refused
from web.doorstep import account

ASK = "SELECT trust.ask_two(gen_random_uuid(), %s, %s::jsonb, '', now())"
YES = "SELECT trust.answer_two(%s, true, '', now())"


def live(house, ground):
    return house.one(
        "SELECT count(*) FROM trust_exclusion WHERE ground = %s AND coalesce(until, 'infinity') > now()",
        ground,
    )


def test_one_asks_and_another_carries_it_out_and_both_stand_in_the_journal(house):
    matter = house.conflict()
    assert house.conflict().pk == matter.pk  # asked twice is once
    assert live(house, "conflict") == 0
    assert "de school vroeg het" not in str(bytes(matter.words_locked))
    with viewer.acting(house.vera) as me:
        (told,) = two_people.told(me, timezone.now())
        assert told.why == "de school vroeg het"
        assert told.sentence == "Lotte knows nothing of Jonas from now on, for a conflict of interest."
        assert two_people.answer(told.matter, True, by=me, at=timezone.now()) == "yes"
    assert live(house, "conflict") == 1
    assert house.answers(house.vera, matter) == "yes"  # said twice is said once
    assert refused(house.omar, YES, matter.pk) == "None"
    assert live(house, "conflict") == 1
    named = house.owner.execute(
        "SELECT person_id, deed, circle_id FROM trust_entry WHERE object_id = %s ORDER BY at, deed",
        [matter.pk],
    ).fetchall()
    assert named == [
        (house.els, "asked for a second yes: conflict", None),
        (house.vera, "said the second yes: conflict", None),
    ]
    assert house.one("SELECT count(*) FROM trust_denial WHERE viewer_id = %s", house.lotte) == 1


def test_nobody_says_the_second_yes_who_is_not_another_trust_officer(house, owner):
    matter = house.conflict()
    for who in (house.wim, house.ada, house.lotte, house.samira, house.jonas, house.stranger):
        assert refused(who, YES, matter.pk) == "None"
        with viewer.acting(who) as me:
            assert two_people.told(me, timezone.now()) == []
    assert refused(house.els, YES, matter.pk) == "another_person_says_yes"
    assert refused(house.vera, YES, matter.pk, seen_as=house.els) == "None"
    assert (
        refused(house.vera, YES, matter.pk, scope=matter.pk) == "None"
    )  # by a link, even to the matter itself
    assert "permission denied" in refused(
        house.vera, "UPDATE trust_matter SET answer = 'yes' WHERE id = %s", matter.pk
    )
    late = house.scene.worker(
        "Late", "trust officer", "Town"
    )  # work that began when it had been asked already
    assert refused(late, YES, matter.pk) == "None"
    insert(owner, "trust_link", token_hash=b"1" * 32, purpose="sign in", person_id=house.omar, made_by_id=house.els,
           made_at=timezone.now(), until=timezone.now() + timedelta(days=1), wrong_codes=0)  # fmt: skip
    assert refused(house.omar, YES, matter.pk) == "None"  # a card the asker made herself
    owner.execute(
        "UPDATE trust_agreement SET until = now() WHERE organisation_id = %s",
        [house.scene.organisations["Town"]],
    )
    assert refused(house.vera, YES, matter.pk) == "None"
    assert live(house, "conflict") == 0


def test_too_late_taken_back_and_no_longer_the_asker_change_nothing(house, owner):
    late, back = house.conflict(), house.conflict(person=house.wim)
    owner.execute("ALTER TABLE trust_matter DISABLE TRIGGER stays_as_written")
    owner.execute("UPDATE trust_matter SET until = now() WHERE id = %s", [late.pk])
    owner.execute("ALTER TABLE trust_matter ENABLE TRIGGER stays_as_written")
    with viewer.acting(house.els) as me:
        assert two_people.take_back(back, by=me, at=timezone.now())
        assert not two_people.take_back(back, by=me, at=timezone.now())
        assert [one.state for one in two_people.told(me, timezone.now())] == ["taken back", "over"]
    gone = house.conflict(person=house.ada)
    owner.execute("UPDATE trust_job SET until = now() WHERE id = %s", [house.scene.jobs[house.els]])
    assert house.answers(house.vera, gone) == "over"
    assert {refused(house.vera, YES, one.pk) for one in (late, back)} == {"None"}
    assert live(house, "conflict") == 0


def test_a_no_has_a_reason_that_only_the_two_read(house):
    matter = house.conflict()
    with pytest.raises(two_people.WithoutReason):
        house.answers(house.vera, matter, yes=False)
    assert house.answers(house.vera, matter, yes=False, why="zij heeft geen belang") == "no"
    with viewer.acting(house.els) as me:
        assert two_people.told(me, timezone.now())[0].why_not == "zij heeft geen belang"
    assert house.answers(house.vera, matter) == "no"
    assert live(house, "conflict") == 0


def test_only_who_keeps_the_family_asks_and_never_about_themselves(house):
    told = plain({"family": house.family, "subject": house.jonas, "person": house.lotte})
    for who in (house.lotte, house.samira, house.wim, house.ada, house.vera, house.stranger):
        assert refused(who, ASK, "conflict", str(told).replace("'", '"')) == "not_yours_to_decide"
    with pytest.raises(NotAllowed):
        house.conflict(person=house.els)
    with pytest.raises(NotAllowed):
        house.conflict(subject=house.samira)
    assert house.conflict(circle=house.scene.desk).circle_id == house.circle  # nobody chooses where it lies
    with pytest.raises(NotAllowed), viewer.acting(house.els, seen_as=house.lotte) as me:
        two_people.ask("conflict", told, "waarom", by=me, at=timezone.now())


def test_by_hand_nobody_changes_authority_household_country_or_a_court_order(house):
    two = "two_people_decide"
    assert "permission denied" in refused(
        house.samira, "UPDATE trust_familymember SET authority = false WHERE person_id = %s", house.samira
    )
    joins = "INSERT INTO trust_familymember (id, family_id, person_id, kind, relation, authority) VALUES (gen_random_uuid(), %s, %s, 'guardian', '', true)"
    assert refused(house.els, joins, house.family, house.els) == two
    assert (
        refused(house.ada, "UPDATE trust_village SET country = 'FR' WHERE id = %s", house.scene.village)
        == two
    )
    out = "INSERT INTO trust_exclusion (id, subject_id, person_id, ground, decided_by_id, reason, since) VALUES (gen_random_uuid(), %s, %s, %s, %s, '', now())"
    for ground in ("court order", "conflict", "withheld"):
        assert two == refused(house.els, out, house.jonas, house.lotte, ground, house.els)
    house.answers(house.vera, house.conflict())
    assert refused(house.els, "UPDATE trust_exclusion SET until = now()") == "0"
    assert live(house, "conflict") == 1


def test_authority_household_and_country_change_by_two(house, owner):
    grandmother = house.scene.person("Oma")
    house.scene.seat(house.circle, grandmother, relation="oma")
    told = {"family": house.family, "person": house.samira}
    assert house.answers(house.vera, house.asks(house.els, "authority", **told, authority=False)) == "yes"
    assert house.one("SELECT authority FROM trust_familymember WHERE person_id = %s", house.samira) is False
    assert house.answers(house.vera, house.asks(house.els, "authority", **told, authority=False)) == "over"
    came = house.asks(
        house.els, "household", family=house.family, person=grandmother, change="comes", authority=True
    )
    assert house.answers(house.vera, came) == "yes"
    with viewer.acting(grandmother) as me:
        assert me.family_seat(house.family).role == "guardian"
    went = house.asks(house.els, "household", family=house.family, person=grandmother, change="goes")
    assert house.answers(house.omar, went) == "yes"
    with viewer.acting(grandmother) as me:
        assert me.seats == ()
    country = house.asks(house.ada, "country", country="FR", longest_term=60)
    assert house.answers(house.vera, country) == "yes"
    assert owner.execute(
        "SELECT country, term_days FROM trust_village WHERE id = %s", [house.scene.village]
    ).fetchone() == ("FR", 60)


def test_who_is_no_guardian_any_more_still_hears_what_a_child_told_them_alone(house, owner):
    grown = house.scene.person("Mia")
    owner.execute("INSERT INTO trust_birth (person_id, born, circle_id) VALUES (%s, %s, %s)",
                  [grown, date(2010, 1, 1), house.circle])  # fmt: skip
    insert(
        owner,
        "trust_familymember",
        family_id=house.family,
        person_id=grown,
        kind="child",
        relation="",
        authority=True,
    )
    grandmother = house.scene.person("Oma")
    house.scene.seat(house.circle, grandmother, relation="oma")
    told = {"family": house.family, "person": grandmother}
    came = house.asks(house.els, "household", **told, change="comes", authority=True)
    assert house.answers(house.vera, came) == "yes"
    opened = {}
    for kind, child in (("confidence", house.jonas), ("own", house.jonas), ("own", grown), ("home", None)):
        opened[kind, child] = insert(
            owner, "trust_circle", village_id=house.scene.village, family_id=house.family, kind=kind, name="",
            subject_id=child, safety=False, secrecy=False, opened_at=LONG_AGO,
        )  # fmt: skip
        house.scene.seat(opened[kind, child], grandmother, ground="own choice", decided_by_id=child)
    went = house.asks(house.els, "household", **told, change="goes")
    assert house.answers(house.omar, went) == "yes"
    with viewer.acting(grandmother) as me:
        assert {seat.circle for seat in me.seats} == {opened["confidence", house.jonas], opened["own", grown]}


def test_what_is_withheld_ends_within_six_months_and_goes_on_or_ends_by_two(house, owner):
    told = {"family": house.family, "subject": house.jonas, "person": house.lotte}
    assert house.answers(house.vera, house.asks(house.els, "withheld", **told)) == "yes"
    assert (
        timedelta(days=180)
        < house.one("SELECT until - since FROM trust_exclusion WHERE ground = 'withheld'")
        <= timedelta(days=185)
    )
    with viewer.acting(house.els):
        (line,) = two_people.left_out(house.family)
    assert (line["name"], line["ground"]) == ("Lotte", "withheld")
    with viewer.acting(house.lotte):
        assert two_people.left_out(house.family) == []
    with pytest.raises(NotAllowed):  # what is asked is what happens: not under another name
        house.asks(house.els, "exclusion ends", **told | {"person": house.ada}, exclusion=line["id"])
    assert (
        house.answers(house.omar, house.asks(house.els, "exclusion ends", **told, exclusion=line["id"]))
        == "yes"
    )
    assert live(house, "withheld") == 0


def test_a_command_uses_a_number_once_for_exactly_what_was_agreed(house, owner):
    matter = house.asks(house.ada, "restore", backup="2026-11-20")
    use = lambda number, backup: owner.execute(  # noqa: E731
        "SELECT trust.lock_use_matter(%s, 'restore', %s::jsonb, now())", [number, f'{{"backup": "{backup}"}}']
    ).fetchone()[0]
    assert use(matter.number, "2026-11-20") is None  # nobody said yes yet
    house.answers(house.vera, matter)
    assert use(matter.number, "2026-11-19") is None
    assert "permission denied" in refused(
        house.ada, "SELECT trust.lock_use_matter(%s, 'restore', '{}', now())", matter.number
    )
    assert use(matter.number, "2026-11-20") == matter.pk
    assert use(matter.number, "2026-11-20") is None
    export = house.asks(house.ada, "export", families=20)
    house.answers(house.vera, export)
    with viewer.acting(house.ada):
        two_people.use(export.number, "export", {"families": 20}, at=timezone.now())
        with pytest.raises(two_people.NotAgreed):
            two_people.use(export.number, "export", {"families": 20}, at=timezone.now())
    assert Matter.objects.count() == 0  # nobody asks, nothing is there


def test_the_morning_letter_tells_who_may_answer_and_says_nothing(house, owner):
    """Once; a trust officer while it waits, the coordinator two weeks before what is withheld ends; no name in it."""
    account(owner, house.vera, "vera@linde.example")
    told = {"family": house.family, "subject": house.jonas, "person": house.lotte}
    matter, now = house.asks(house.els, "withheld", **told), timezone.now()

    def letters():
        return owner.execute(
            "SELECT kind, person_id FROM messaging_letter ORDER BY kind, person_id"
        ).fetchall()

    for _twice in range(2):
        as_the_worker(two.remind, at=now)
    assert letters() == sorted([("second yes", house.vera), ("second yes", house.omar)], key=str)
    asked = Asked(matter.pk, house.vera, "e-mail", now)
    words = as_the_worker(kinds.wording("second yes"), asked)
    assert not {"Jonas", "Lotte", "withheld"} & set(" ".join([words.subject, *words.lines]).split())
    assert house.answers(house.vera, matter) == "yes"
    assert as_the_worker(kinds.wording("second yes"), asked) is None
    as_the_worker(two.remind, at=now + timedelta(days=100))
    assert len(letters()) == 2
    as_the_worker(two.remind, at=now + timedelta(days=175))
    assert ("looked at anew", house.els) in letters()
