"""D6: whoever asked somebody in is one person with them, until a third confirms the work; also with hand-made SQL."""

from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from kring import trust
from kring.trust import viewer
from kring.trust.models import Job, Matter, Organisation
from kring.trust.permissions import NotAllowed
from kring.trust.usecases import accounts, confirming, two_people, villages
from two_people.scene import House, refused
from web.doorstep import account, browser

GIVEN = """INSERT INTO trust_job (id, person_id, organisation_id, role, title, bound, phone, languages, since)
VALUES (gen_random_uuid(), %s, %s, %s, '', true, '', '', now())"""

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "migrator"])


def asked_in(house: House, name: str, role: str, organisation: str, by: UUID | None = None) -> Job:
    """Somebody whom an administrator asks in, as on the page."""
    with viewer.acting(by or house.ada) as me:
        return accounts.invite_staff(
            given_name=name, surname="", email=f"{name}@linde.example", role=role, by=me, at=timezone.now(),
            organisation=Organisation.objects.get(pk=house.scene.organisation(organisation, "leisure")),
        ).job  # fmt: skip


def country(house: House, by: UUID) -> Matter:
    return house.asks(by, "country", country="NL")


def sees(who: UUID) -> list[UUID]:
    """The matters that wait for somebody's yes or no."""
    with viewer.acting(who) as me:
        return [one.matter.pk for one in two_people.told(me, timezone.now()) if not one.mine]


def confirms(who: UUID, job: Job) -> None:
    with viewer.acting(who) as me:
        confirming.confirm(job.pk, by=me)


def test_an_own_trust_officer_answers_nothing_however_long_one_waits(house: House) -> None:
    """Also not through a second account, and not when the card lies long back."""
    puppet = asked_in(house, "Pia", "trust officer", "Dance")
    other = asked_in(house, "Otto", "administrator", "Dance")
    house.owner.execute(
        "UPDATE trust_link SET made_at = made_at - interval '30 days', written_at = written_at - interval '30 days'"
    )
    for asker in (house.ada, other.person_id):
        matter = country(house, asker)
        assert matter.pk not in sees(puppet.person_id)
        assert refused(puppet.person_id, "SELECT trust.answer_two(%s, true, '', now())", matter.pk) == "None"
        assert matter.pk in sees(house.vera), "whom nobody here asked in answers as ever"
    for who in (house.ada, other.person_id, puppet.person_id):
        with pytest.raises(NotAllowed):
            confirms(who, puppet)
        forged = "UPDATE trust_job SET confirmed_at = now(), given_by_id = NULL WHERE id = %s"
        assert refused(who, forged, puppet.pk) in ("not_yours_to_decide", "0")


def test_a_third_person_of_another_organisation_confirms_once_and_then_they_are_two(house: House) -> None:
    pia = asked_in(house, "Pia", "trust officer", "Town")
    leen = asked_in(house, "Leen", "lead", "Dance")
    matter = country(house, house.ada)
    with pytest.raises(NotAllowed):
        confirms(leen.person_id, pia)
    assert villages.confirm("LEEN@linde.example") == 1, "on the server's own screen"
    assert villages.confirm("leen@linde.example") == 0
    page = browser(house.owner, leen.person_id).get("/two-people/").content.decode()
    assert "Do you know Pia?" in page
    told = browser(house.owner, pia.person_id).get("/two-people/").content.decode()
    assert "Ada asked you in" in told
    for _click in range(2):
        said = browser(house.owner, leen.person_id).post(f"/two-people/work/{pia.pk}/")
        assert said["Location"] == "/two-people/"
    assert matter.pk in sees(pia.person_id)
    assert house.answers(pia.person_id, matter) == "yes"
    noted = (
        "SELECT count(*) FROM trust_entry WHERE object_id = %s AND deed LIKE 'confirmed%%' AND person_id = %s"
    )
    assert house.one(noted, pia.pk, leen.person_id) == 1
    assert "Do you know Pia?" not in browser(house.owner, leen.person_id).get("/two-people/").content.decode()


def test_who_keeps_the_directory_confirms_and_reads_no_matter(house: House) -> None:
    pia, nel = asked_in(house, "Pia", "trust officer", "Town"), asked_in(house, "Nel", "network", "Dance")
    asked_in(house, "Wout", "worker", "Dance")
    matter = country(house, house.ada)
    assert villages.confirm("wout@linde.example") == 0, "no work on which two people rest"
    assert villages.confirm("nel@linde.example") == 1
    noted = "SELECT count(*) FROM trust_entry WHERE deed LIKE 'confirmed%%from the server' AND object_id = %s AND person_id IS NULL"
    assert house.one(noted, nel.pk) == 1
    client = browser(house.owner, nel.person_id)
    assert "Do you know Pia?" in client.get("/two-people/").content.decode()
    assert client.get(f"/two-people/{matter.pk}/").status_code == 404
    assert client.post(f"/two-people/work/{pia.pk}/")["Location"] == "/two-people/"
    assert matter.pk in sees(pia.person_id)


def test_a_circle_of_work_and_work_of_who_was_forgotten_stand_on_nobody(house: House) -> None:
    pia = asked_in(house, "Pia", "administrator", "Dance")
    for giver, whom, role in ((house.ada, pia.person_id, "trust officer"), (pia.person_id, house.ada, "administrator")):  # fmt: skip
        assert refused(giver, GIVEN, whom, house.scene.organisations["Town"], role) == "1"
    house.owner.execute(
        "UPDATE trust_job SET until = now() WHERE person_id = %s AND NOT given_here", [house.ada]
    )
    matter = country(house, house.ada)
    assert matter.pk not in sees(pia.person_id)
    assert matter.pk in sees(house.vera)
    stands = "SELECT trust.stands_on(%s)"
    assert house.one(stands, house.ada) is house.one(stands, pia.person_id) is None
    house.owner.execute("UPDATE trust_job SET given_by_id = NULL WHERE person_id = %s", [pia.person_id])
    assert house.one(stands, pia.person_id) is None
    assert matter.pk not in sees(pia.person_id)


def test_a_card_counts_until_somebody_stands_for_who_had_nothing_else_to_show(house: House) -> None:
    made = "SELECT trust.make_link(%s, '', 'sign in', %s, NULL, now(), now() + interval '7 days')"
    refused(house.ada, made, b"1" * 32, house.vera)
    house.owner.execute("UPDATE trust_link SET written_at = now() - interval '9 days'")
    matter = country(house, house.ada)
    assert matter.pk not in sees(house.vera)
    house.owner.execute(
        "INSERT INTO mfa_authenticator (user_id, type, data, created_at) VALUES (%s, 'totp', '{}', now() - interval '1 year')",
        [account(house.owner, house.vera, "vera@linde.example").pk],
    )
    assert matter.pk in sees(house.vera)


def test_cards_of_before_the_update_count_as_made_then(house: House) -> None:
    refused(house.ada, "SELECT trust.make_link(%s, '', 'sign in', %s, NULL, now(), now())", b"1" * 32, house.vera)  # fmt: skip
    told = (Path(trust.__file__).parent / "sql" / "70_doing.sql").read_text()
    with house.owner.transaction(force_rollback=True):
        house.owner.execute("ALTER TABLE trust_link DROP COLUMN written_at CASCADE")
        house.owner.execute("SET LOCAL ROLE kring_migrator")
        for step in told.splitlines():
            if step.startswith(("ALTER TABLE trust_link", "UPDATE trust_link")):
                house.owner.execute(step)
        house.owner.execute("RESET ROLE")
        assert house.one("SELECT bool_and(written_at IS NOT NULL) FROM trust_link") is True


def test_who_asked_in_every_officer_reads_that_nobody_can_answer_yet(house: House) -> None:
    asked_in(house, "Pia", "trust officer", "Dance")
    house.owner.execute(
        "UPDATE trust_job SET until = now() WHERE person_id = ANY(%s)", [[house.vera, house.omar]]
    )
    matter = country(house, house.ada)
    page = browser(house.owner, house.ada).get(f"/two-people/{matter.pk}/").content.decode()
    assert "You asked in every trust officer there is" in page


def test_work_written_down_with_another_date_or_another_giver_is_given_now_and_by_oneself(
    house: House,
) -> None:
    forged = (
        "INSERT INTO trust_job (id, person_id, organisation_id, role, title, bound, phone, languages, since, written_at, given_by_id, "
        "confirmed_at) VALUES (gen_random_uuid(), %s, %s, 'trust officer', '', true, '', '', now(), '2020-01-01', NULL, now())"
    )
    assert refused(house.ada, forged, house.lotte, house.scene.organisations["Town"]) == "1"
    kept = "SELECT given_by_id = %s AND confirmed_at IS NULL AND written_at > now() - interval '1 hour' FROM trust_job WHERE person_id = %s AND role = 'trust officer'"
    assert house.one(kept, house.ada, house.lotte) is True


def test_a_card_made_with_another_date_is_a_card_made_now(house: House) -> None:
    """Neither back-dated, so that it looks old, nor dated ahead, so that it lives for years."""
    made = "SELECT trust.make_link(%s, '', 'sign in', %s, NULL, now() + %s::interval, now() + interval '9 years')"
    for number, shift in enumerate(("-30 days", "5 years")):
        with viewer.acting(house.ada), connection.cursor() as cursor:
            cursor.execute(made, [bytes([number]) * 32, house.vera, shift])
    ages = "SELECT bool_and(written_at > now() - interval '1 hour' AND made_at <= now() AND until <= now() + interval '7 days') FROM trust_link"
    assert house.one(ages) is True
    assert country(house, house.ada).pk not in sees(house.vera)
