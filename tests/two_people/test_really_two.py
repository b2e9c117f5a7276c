"""D6: whoever asked somebody in is one person with them, until a third confirms the work; also with hand-made SQL."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from clockwork import as_the_worker
from kring import trust
from kring.trust import viewer
from kring.trust.models import Job, Matter, Organisation
from kring.trust.permissions import NotAllowed
from kring.trust.usecases import accounts, confirming, forgettings, two_people, villages
from two_people.scene import LONG_AGO, House, insert, refused
from web.doorstep import account, browser

GIVEN = """INSERT INTO trust_job (id, person_id, organisation_id, role, title, bound, phone, languages, since)
VALUES (gen_random_uuid(), %s, %s, %s, '', true, '', '', now())"""
STANDS = "SELECT trust.stands_on(%s)"

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "migrator"])


@pytest.fixture(autouse=True)
def keep(settings: Any, tmp_path: Path) -> None:
    settings.LEDGER, settings.KEYS_FOLDER = tmp_path / "ledger", tmp_path / "keys"


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
    wout = asked_in(house, "Wout", "worker", "Dance")
    matter = country(house, house.ada)
    assert villages.confirm("wout@linde.example") == 0, "no work on which two people rest"
    assert villages.confirm("nel@linde.example") == 1
    noted = "SELECT count(*) FROM trust_entry WHERE deed LIKE 'confirmed%%from the server' AND object_id = %s AND person_id IS NULL"
    assert house.one(noted, nel.pk) == 1
    client = browser(house.owner, nel.person_id)
    today = client.get("/today/").content.decode()
    assert "Is this their work?" in today
    assert "Asked in by Ada." in today
    for other in (pia.person_id, wout.person_id, house.ada):
        assert "Is this their work?" not in browser(house.owner, other).get("/today/").content.decode()
    assert "Do you know Pia?" in client.get("/two-people/").content.decode()
    assert client.get(f"/two-people/{matter.pk}/").status_code == 404
    assert client.post(f"/two-people/work/{pia.pk}/")["Location"] == "/two-people/"
    assert "Is this their work?" not in client.get("/today/").content.decode()
    assert matter.pk in sees(pia.person_id)


def test_a_circle_of_work_leads_back_to_who_began_it_and_work_that_nobody_gave_to_nobody(
    house: House,
) -> None:
    pia = asked_in(house, "Pia", "administrator", "Dance")
    for giver, whom, role in ((house.ada, pia.person_id, "trust officer"), (pia.person_id, house.ada, "administrator")):  # fmt: skip
        assert refused(giver, GIVEN, whom, house.scene.organisations["Town"], role) == "1"
    house.owner.execute(
        "UPDATE trust_job SET until = now() WHERE person_id = %s AND NOT given_here", [house.ada]
    )
    matter = country(house, house.ada)
    assert matter.pk not in sees(pia.person_id)
    assert matter.pk in sees(house.vera)
    assert house.one(STANDS, house.ada) == house.one(STANDS, pia.person_id) == house.ada
    assert house.one("SELECT trust.stands_alone(%s)", house.ada) is False, "on the word of her own colleague"
    house.owner.execute("UPDATE trust_job SET given_by_id = NULL WHERE person_id = %s", [pia.person_id])
    assert house.one(STANDS, pia.person_id) is None
    assert matter.pk not in sees(pia.person_id)


def test_whom_an_own_colleague_asked_in_stays_ones_own_when_that_ones_work_ended(house: House) -> None:
    """Also when the colleague is forgotten, comes back, or had work here of old; and nobody of one's own confirms it."""
    between = asked_in(house, "Bas", "administrator", "Dance")
    officer = asked_in(house, "Otto", "trust officer", "Town", by=between.person_id)
    lead = asked_in(house, "Leen", "lead", "School")
    matter = country(house, house.ada)

    def still_one() -> bool:
        with pytest.raises(NotAllowed):
            confirms(lead.person_id, officer)
        return house.one(STANDS, officer.person_id) == house.ada and matter.pk not in sees(officer.person_id)

    assert refused(house.ada, "UPDATE trust_job SET until = now() WHERE id = %s", between.pk) == "1"
    assert still_one()
    insert(house.owner, "trust_job", person_id=between.person_id, organisation_id=house.scene.organisations["Dance"], role="worker",
           title="", bound=True, phone="", languages="", since=LONG_AGO, until=LONG_AGO + timedelta(days=9), written_at=LONG_AGO)  # fmt: skip
    assert still_one(), "work of old speaks for nobody who is asked in anew"
    assert refused(house.ada, GIVEN, between.person_id, house.scene.organisations["Dance"], "worker") == "1"
    assert still_one()
    house.owner.execute(
        "UPDATE trust_job SET until = now() WHERE person_id = %s AND until IS NULL", [between.person_id]
    )
    forgets(house, between.person_id)
    assert still_one()
    house.owner.execute("UPDATE trust_job SET until = since WHERE id = %s", [between.pk])
    assert house.one(STANDS, officer.person_id) is None, "an end written further back helps nobody"
    assert matter.pk not in sees(officer.person_id)
    with pytest.raises(NotAllowed):
        confirms(house.vera, officer)


def forgets(house: House, person: UUID) -> None:
    """Somebody asked it fourteen days ago."""
    house.owner.execute(
        "INSERT INTO trust_forgetting (id, kind, whose, word, asked_by, asked_at, due_at) "
        "VALUES (gen_random_uuid(), 'person', %s, 'adult', %s, now() - interval '15 days', now() - interval '1 day')",
        [person, person],
    )
    assert as_the_worker(forgettings.forget_those_due) == 1
    assert house.one("SELECT given_name FROM trust_person WHERE id = %s", person) == ""


def test_whom_a_colleague_asked_in_who_was_forgotten_says_no_yes_and_asks_as_before(house: House) -> None:
    given = house.scene.worker("Guus", "administrator", "Dance")
    pia = asked_in(house, "Pia", "trust officer", "Dance", by=given)
    colleague = asked_in(house, "Wim", "administrator", "Dance", by=given)
    matter = country(house, house.ada)
    assert matter.pk in sees(pia.person_id), "whom another real person asked in"
    house.owner.execute("UPDATE trust_job SET until = now() WHERE person_id = %s", [given])
    assert matter.pk in sees(pia.person_id)
    forgets(house, given)
    assert matter.pk not in sees(pia.person_id)
    assert country(house, colleague.person_id).pk in sees(house.vera)
    confirms(house.vera, pia)
    assert matter.pk in sees(pia.person_id)


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


def test_a_card_made_by_ones_own_second_administrator_is_ones_own_card(house: House) -> None:
    """Also when an end of that one's work is written further back, and when the second one is who asks."""
    made = "SELECT trust.make_link(%s, '', 'sign in', %s, NULL, now(), now() + interval '7 days')"
    bas = asked_in(house, "Bas", "administrator", "Dance")
    other = asked_in(house, "Otto", "administrator", "Dance")
    gerda = house.scene.worker("Gerda", "administrator", "Dance")
    refused(bas.person_id, made, b"1" * 32, house.vera)
    refused(gerda, made, b"2" * 32, house.omar)
    for asker in (house.ada, bas.person_id, other.person_id):
        matter = country(house, asker)
        assert matter.pk not in sees(house.vera)
        assert refused(house.vera, "SELECT trust.answer_two(%s, true, '', now())", matter.pk) == "None"
        assert matter.pk in sees(house.omar), "whose card another real person made"
    assert country(house, gerda).pk in sees(house.vera)
    matter = country(house, house.ada)
    house.owner.execute("UPDATE trust_job SET until = since WHERE id = %s", [bas.pk])
    assert matter.pk not in sees(house.vera)


def test_an_officers_work_given_by_ones_own_to_a_colleague_of_old_is_ones_own_officer(house: House) -> None:
    bas = asked_in(house, "Bas", "administrator", "Dance")
    gerda = house.scene.worker("Gerda", "administrator", "Dance")
    for giver, whom in ((bas.person_id, house.lotte), (house.ada, house.wim), (gerda, house.els)):
        assert refused(giver, GIVEN, whom, house.scene.organisations["Town"], "trust officer") == "1"
    matter = country(house, house.ada)
    assert [matter.pk in sees(who) for who in (house.lotte, house.wim, house.els)] == [False, False, True]
    work = Job(
        pk=house.one("SELECT id FROM trust_job WHERE person_id = %s AND role = 'trust officer'", house.lotte)
    )
    confirms(house.vera, work)
    assert matter.pk in sees(house.lotte)


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
