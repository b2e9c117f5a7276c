"""The family stops, with effect at once and everywhere (W22, D7); and begins again when it wants."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from circle.furnished import Furnished
from kring.trust import viewer
from kring.trust.models import Invitation, Withdrawal
from kring.trust.permissions import NotAllowed
from kring.trust.usecases import circles, coordinators, withdrawals
from kring.trust.usecases.circles import Guest
from kring.wraparound.models import Goal, OwnPage


@pytest.fixture
def scene(owner):
    return Furnished(owner)


def now() -> datetime:
    return timezone.now()


def stop(scene, person):
    with viewer.acting(person) as me:
        withdrawals.withdraw(scene.family, by=me, at=now())


def knows(scene, person) -> int:
    with viewer.acting(person):
        return Goal.objects.count() + OwnPage.objects.count()


def test_from_that_moment_nobody_but_the_family_knows_anything(scene):
    others = (scene.noor, scene.aunt, scene.lotte)
    assert all(knows(scene, person) for person in (scene.noor, scene.aunt))
    before = knows(scene, scene.naima)
    stop(scene, scene.naima)
    for person in others:
        with viewer.acting(person) as me:
            assert [seat for seat in me.seats if seat.kind in ("family", "part", "home")] == []
            assert not Goal.objects.exists()
    assert knows(scene, scene.naima) == before
    assert knows(scene, scene.karim)
    with viewer.acting(scene.naima):
        assert not Invitation.objects.waiting(now()).exists()


def test_an_open_tab_of_a_professional_is_a_page_that_is_not_there(scene):
    tab = scene.browser(scene.noor)
    home = f"/family/{scene.family}/"
    assert tab.get(home).status_code == 200
    stop(scene, scene.naima)
    missing = tab.get("/family/00000000-0000-4000-8000-000000000000/")
    for address in (home, f"/plans/{scene.plan}/", f"{home}story/", f"{home}stop/"):
        assert tab.get(address).status_code == missing.status_code == 404
    assert "Familie Amrani" not in tab.get("/today/").content.decode()


def test_what_a_young_person_shows_of_their_own_page_is_theirs_to_end(scene):
    """Samira is fourteen: her mother's word does not end what she shows to Noor herself."""
    stop(scene, scene.naima)
    with viewer.acting(scene.noor):
        assert OwnPage.objects.exists()


def test_a_young_person_with_own_voice_may_stop_and_then_shows_nobody_anything(scene):
    stop(scene, scene.samira)
    assert knows(scene, scene.noor) == 0


def test_neither_a_small_child_nor_a_professional_nor_a_guardian_without_authority_may(scene, owner):
    for person in (scene.yassin, scene.noor, scene.lotte, scene.els):
        with pytest.raises(NotAllowed):
            stop(scene, person)
    owner.execute("UPDATE trust_familymember SET authority = false WHERE person_id = %s", [scene.karim])
    with pytest.raises(NotAllowed):
        stop(scene, scene.karim)
    assert knows(scene, scene.noor), "nothing happened"
    assert owner.execute("SELECT count(*) FROM trust_withdrawal").fetchone() == (0,)


def test_the_serving_role_writes_no_withdrawal_past_the_rule(scene):
    with (
        viewer.acting(scene.noor) as me,
        pytest.raises(Exception, match=r"row-level security|permission denied"),
    ):
        Withdrawal.objects.create(family_id=scene.family, by_id=me.person_id, at=now())


def test_through_other_eyes_nobody_stops(scene):
    with viewer.acting(scene.naima, seen_as=scene.karim) as me:
        assert not withdrawals.may_withdraw(scene.family, by=me)
        with pytest.raises(NotAllowed):
            withdrawals.withdraw(scene.family, by=me, at=now())


def test_who_stopped_does_not_wait_at_the_contact_point_until_it_begins_again(scene):
    def waiting():
        with viewer.acting(scene.els) as me:
            return [(family.family_id, family.since) for family in coordinators.waiting_families(by=me)]

    stop(scene, scene.naima)
    assert waiting() == []
    again = now()
    with viewer.acting(scene.naima) as me:
        withdrawals.begin_again(scene.family, by=me, at=again)
    assert waiting() == [(scene.family, again)], "and it waits since then"
    with viewer.acting(scene.noor) as me:
        assert me.family_seat(scene.family) is None, "nobody comes back by themselves"


def test_stopping_twice_is_stopping_once_and_is_in_the_journal_once(scene, owner):
    stop(scene, scene.naima)
    stop(scene, scene.karim)
    assert owner.execute("SELECT count(*) FROM trust_withdrawal").fetchone() == (1,)
    assert owner.execute("SELECT count(*) FROM trust_entry WHERE deed = 'stopped'").fetchone() == (1,)


def test_who_lets_somebody_in_has_begun_again_and_may_stop_again(scene, owner):
    stop(scene, scene.naima)
    came = scene.let_in(scene.naima, Guest("Omar", relation="neighbour"), at=now())
    standing = "SELECT count(*) FROM trust_withdrawal WHERE ended_at IS NULL"
    assert owner.execute(standing).fetchone() == (0,)
    assert knows(scene, came)
    stop(scene, scene.naima)
    assert knows(scene, came) == 0
    assert owner.execute("SELECT count(*) FROM trust_entry WHERE deed = 'stopped'").fetchone() == (2,)


def test_a_yes_and_a_stop_at_one_moment_take_turns(scene, bed):
    """A yes that is on its way when the family stops is over before, or comes too late."""
    import threading

    from django.db import connection, transaction

    said = []

    def stops():
        try:
            stop(scene, scene.naima)
        finally:
            connection.close()

    with transaction.atomic(), viewer.acting(scene.asked.person_id) as me:
        said.append(circles.answer(scene.asked.pk, True, by=me, at=now()))
        thread = threading.Thread(target=stops)
        thread.start()
        thread.join(0.5)
        assert thread.is_alive(), "the family waits for the answer that was first"
    thread.join(10)
    assert said == ["yes"]
    assert knows(scene, scene.asked.person_id) == 0


def test_what_somebody_told_who_left_still_stands_without_a_name(scene):
    from kring.trust.models import Circle
    from kring.wraparound.usecases import celebrations

    with viewer.acting(scene.aunt) as me:
        circle = Circle.objects.get(pk=scene.circle)
        celebrations.celebrate(circle, "Samira zong.", language="nl", by=me, at=now())
    stop(scene, scene.naima)
    page = scene.browser(scene.naima).get(f"/plans/{scene.plan}/")
    assert page.status_code == 200
    assert "Samira zong." in page.content.decode()
    assert scene.browser(scene.naima).get(f"/family/{scene.family}/").status_code == 200


def test_a_link_on_its_way_leads_nowhere_any_more(scene, owner):
    mother = scene.browser(scene.naima)
    mother.post(f"/family/{scene.family}/invited/{scene.asked.pk}/")
    stop(scene, scene.naima)
    open_ones = "SELECT count(*) FROM trust_link WHERE ended_at IS NULL AND purpose = 'join'"
    assert owner.execute(open_ones).fetchone() == (0,)


def test_on_the_page_it_is_one_question_a_kind_word_and_a_door_that_stays_open(scene):
    mother, home = scene.browser(scene.naima), f"/family/{scene.family}/"
    assert f"{home}stop/" in mother.get(home).content.decode()
    asked = " ".join(mother.get(f"{home}stop/").content.decode().split())
    assert "From this moment Els, Hind, Lotte and Noor see nothing of your circle any more." in asked
    after = mother.post(f"{home}stop/", follow=True).content.decode()
    assert "You stopped" in after
    assert "The door stays open." in after
    assert "There is no coordinator right now." not in after
    again = mother.post(f"{home}begin-again/", follow=True).content.decode()
    assert "You stopped" not in again
    assert "Welcome back." in again


def test_a_guardian_without_authority_finds_a_word_and_no_button(scene, owner):
    owner.execute("UPDATE trust_familymember SET authority = false WHERE person_id = %s", [scene.karim])
    father = scene.browser(scene.karim)
    page = father.get(f"/family/{scene.family}/stop/").content.decode()
    assert "A parent with authority can stop for the whole family" in page
    assert "Yes, we stop" not in page
    assert father.post(f"/family/{scene.family}/stop/").status_code == 403


def test_seats_of_the_past_stay_as_they_were(scene, owner):
    ended = now() - timedelta(days=1)
    owner.execute("UPDATE trust_seat SET until = %s WHERE person_id = %s", [ended, scene.aunt])
    stop(scene, scene.naima)
    assert set(
        owner.execute("SELECT until FROM trust_seat WHERE person_id = %s", [scene.aunt]).fetchall()
    ) == {(ended,)}


def test_who_stopped_reads_it_at_the_top_and_may_send_it_twice(scene):
    mother, address = scene.browser(scene.naima), f"/family/{scene.family}/stop/"
    for _tab in range(2):
        page = mother.post(address, follow=True).content.decode()
        assert page.index("You stopped. From now on nobody but your family") < page.index("<h1")
    with viewer.acting(scene.naima):
        assert Withdrawal.objects.count() == 1
    over = mother.get(address).content.decode()
    assert "<h1>You stopped</h1>" in over
    assert "Do you want to stop?" not in over
