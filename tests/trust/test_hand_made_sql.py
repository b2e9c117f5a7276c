"""What a colleague with the serving role's own connection cannot write: work, agreements, sectors, who is a guardian."""

from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest

from circle.furnished import LATER, Furnished
from kring.trust.models import Job
from kring.trust.permissions import NotAllowed
from kring.trust.usecases import leavings, reaching
from kring.trust.viewer import acting
from trust.by_hand import tried
from trust.scenes import LONG_AGO, insert


@pytest.fixture
def home(owner: psycopg.Connection) -> Furnished:
    made = Furnished(owner)
    made.ada = made.worker("Ada", "administrator", "Town hall")
    made.nel = made.worker("Nel", "network", "Town hall")
    return made


NEW_JOB = (
    "INSERT INTO trust_job (id, person_id, organisation_id, role, title, bound, phone, languages, since) "
    "VALUES (gen_random_uuid(), %s, %s, %s, '', true, '', '', now())"
)


def test_only_an_administrator_gives_work_and_never_to_themselves(home: Furnished) -> None:
    school, town = home.organisations["School De Linde"], home.organisations["Town hall"]
    for who in (home.lotte, home.noor, home.nel, home.els, home.naima):
        assert tried(who, NEW_JOB, home.lotte, school, "administrator") == "refused"
        assert (
            tried(who, "UPDATE trust_job SET until = NULL, title = 'x' WHERE id = %s", home.jobs[home.ada])
            == 0
        )
    assert tried(home.ada, NEW_JOB, home.lotte, school, "worker") == 1
    assert tried(home.ada, NEW_JOB, home.ada, town, "contact point") == "refused"
    for who in (home.lotte, home.ada):
        promoted = "UPDATE trust_job SET role = 'contact point' WHERE person_id = %s"
        assert tried(who, promoted, who) == "refused", "a role stays as written; another one is another job"


def test_nobody_lengthens_their_own_work_beyond_what_it_was(home: Furnished) -> None:
    job, longer = home.jobs[home.lotte], "UPDATE trust_job SET until = NULL WHERE id = %s"
    home.owner.execute("UPDATE trust_job SET until = now() + interval '9 days' WHERE id = %s", [job])
    assert tried(home.lotte, longer, job) == "refused"
    assert tried(home.ada, longer, job) == 1
    forged = (
        "INSERT INTO trust_leaving (id, person_id, job_id, said_by_id, at, last_on, was_until, settled) "
        "VALUES (gen_random_uuid(), %s, %s, %s, now(), current_date + 1, NULL, 0)"
    )
    assert tried(home.lotte, forged, home.lotte, job, home.lotte) == "refused"
    with acting(home.lotte) as me:
        said = leavings.say(Job.objects.get(pk=job), (LATER + timedelta(days=4)).date(), by=me, at=LATER)
        leavings.take_back(said, by=me, at=LATER)
    assert tried(home.lotte, longer, job) == "refused", "what was said and taken back opens nothing"
    over = "UPDATE trust_job SET until = now() - interval '%s days' WHERE id = '%s'"
    for days, answer in ((29, 1), (31, "refused")):
        home.owner.execute(over % (days, job))
        assert tried(home.ada, longer, job) == answer, "what ended a month ago ended for good"


def test_who_keeps_the_agreements_writes_them_and_nobody_else(home: Furnished) -> None:
    school = home.organisations["School De Linde"]
    new = "INSERT INTO trust_agreement (id, organisation_id, since) VALUES (gen_random_uuid(), %s, now())"
    ends = "UPDATE trust_agreement SET until = now() WHERE organisation_id = %s"
    moves = "UPDATE trust_organisation SET sector = 'leisure' WHERE id = %s"
    for who in (home.lotte, home.noor, home.els, home.naima):
        assert (tried(who, new, school), tried(who, ends, school), tried(who, moves, school)) == (
            "refused",
            0,
            0,
        )
    assert (tried(home.nel, new, school), tried(home.nel, ends, school)) == (1, 1)


def test_nobody_of_the_circle_makes_themselves_a_guardian(home: Furnished) -> None:
    statement = (
        "INSERT INTO trust_familymember (id, family_id, person_id, kind, relation, authority) "
        "VALUES (gen_random_uuid(), %s, %s, 'guardian', '', true)"
    )
    for who in (home.noor, home.lotte, home.aunt, home.els):
        assert tried(who, statement, home.family, who) == "refused"
        assert tried(
            who, "UPDATE trust_familymember SET authority = false WHERE family_id = %s", home.family
        ) in (0, "refused")


def test_who_is_reached_first_is_for_the_guardians_to_say(home: Furnished) -> None:
    card = (
        "INSERT INTO trust_contactcard (id, person_id, circle_id, language, listens, channel, phone, email, "
        "name_is_safe, first) VALUES (gen_random_uuid(), %s, %s, '', false, 'call', '', '', true, %s) "
        "ON CONFLICT (person_id, circle_id) DO UPDATE SET first = excluded.first"
    )
    for who in (home.aunt, home.samira):
        assert tried(who, card, who, home.circle, True) == "refused"
        assert tried(who, card, who, home.circle, False) == 1
        with acting(who) as me, pytest.raises(reaching.NobodysWord):
            reaching.wish(home.family, who, reaching.Wish(first=True), by=me, at=LATER)
    assert tried(home.aunt, card, home.samira, home.circle, False) == "refused"
    assert tried(
        home.lotte, "UPDATE trust_contactcard SET phone = '1' WHERE circle_id = %s", home.circle
    ) in (0, "refused")
    form = home.browser(home.aunt).get(f"/family/{home.family}/reach/{home.aunt}/").content
    assert b'name="channel"' in form
    assert b'name="first"' not in form
    asked = {"channel": "call", "first": "on", "word_of": str(home.aunt)}
    said = home.browser(home.noor).post(f"/family/{home.family}/reach/{home.aunt}/", asked)
    assert (said.status_code, b"A guardian says who is reached first." in said.content) == (422, True)


def test_a_coordinator_left_out_by_a_child_gets_the_answer_of_one_who_is_not(home: Furnished) -> None:
    """K4: for a young person with own voice nobody else writes it down, so being left out changes no answer."""
    address = f"/family/{home.family}/reach/{home.samira}/"
    client = home.browser(home.noor)
    asked = {"channel": "call", "word_of": str(home.naima)}
    before = client.get(address).status_code, client.post(address, asked).status_code
    home.owner.execute(
        "INSERT INTO trust_exclusion (id, subject_id, person_id, ground, since, reason) "
        "VALUES (%s, %s, %s, 'own choice', now() - interval '1 day', '')", [uuid4(), home.samira, home.noor],
    )  # fmt: skip
    assert (client.get(address).status_code, client.post(address, asked).status_code) == before == (404, 404)
    with acting(home.noor) as me, pytest.raises((NotAllowed, reaching.NotReachedHere)):
        reaching.wish(home.family, home.samira, reaching.Wish(), by=me, at=LATER, word_of=home.naima)


def test_words_of_a_note_are_for_its_author_to_change(home: Furnished) -> None:
    """Neither a colleague, nor the coordinator, nor the mother puts words into somebody's mouth."""
    note = insert(
        home.owner, "wraparound_note", circle_id=home.circle, author_id=home.lotte, at=LONG_AGO, text="Zij lacht weer.",
        signed="Lotte",
    )  # fmt: skip
    for who in (home.els, home.naima, home.noor):
        for change in ("text = 'Zij lacht nooit.'", "signed = 'Els'", "author_id = trust.viewer()"):
            assert tried(who, f"UPDATE wraparound_note SET {change} WHERE id = %s", note) in ("refused", 0)
    assert (
        tried(home.lotte, "UPDATE wraparound_note SET author_id = %s WHERE id = %s", home.els, note)
        == "refused"
    )
    assert tried(home.lotte, "UPDATE wraparound_note SET text = 'Zij lacht veel.' WHERE id = %s", note) == 1


def test_offers_are_written_by_their_organisation_and_by_who_keeps_the_directory(home: Furnished) -> None:
    """Reading is everybody's; a colleague of another organisation, and one who keeps nothing, writes nothing."""
    lou, leen = home.worker("Lou", "lead"), home.worker("Leen", "lead", "Girlz Lounge")
    offer = insert(home.owner, "network_offer", **offer_of(home))
    insert(
        home.owner, "network_keeping", village_id=home.village, offer_id=offer, owner_id=home.lotte, confirmed_for="",
        before="{}", asked_times=0,
    )  # fmt: skip
    new_place = (
        "INSERT INTO network_place (id, village_id, name, street, postcode, town, neighbourhood, country, phone, access, source, "
        "foreign_id, fingerprint, extra) VALUES (gen_random_uuid(), %s, '', '', '', '', '', '', '', '', '', '', '', '{}')"
    )
    tables = {"network_offer": "id", "network_keeping": "offer_id"}
    for keeper, keeps, lists in (
        (lou, 1, False), (home.lotte, 1, False), (home.nel, 1, True), (home.ada, 1, True), (leen, 0, False), (home.noor, 0, False),
        (home.naima, 0, False),
    ):  # fmt: skip
        for table, column in tables.items():
            for deed in (
                f"UPDATE {table} SET village_id = village_id WHERE {column} = %s",
                f"DELETE FROM {table} WHERE {column} = %s",
            ):
                assert tried(keeper, deed, offer) == keeps, (keeper, deed)
        writes_places = keeps or keeper == leen
        assert tried(keeper, new_place, home.village) == (1 if writes_places else "refused")
        assert tried(keeper, "UPDATE network_place SET name = 'x'") == 0 or lists
    moved = "UPDATE network_offer SET organisation_id = %s WHERE id = %s"
    assert tried(leen, moved, home.organisations["Girlz Lounge"], offer) == 0, (
        "nobody takes another's offer over"
    )


def offer_of(home: Furnished) -> dict[str, object]:
    """What stands in a row of an offer of the school."""
    told = dict.fromkeys(
        ("name", "words", "summary", "cost", "schedule", "how_to_get_in", "conditions", "waiting", "website", "contact_name",
         "contact_role", "contact_phone", "contact_email", "source", "foreign_id", "fingerprint", "sort_key"), "",
    )  # fmt: skip
    lists = {name: [] for name in ("domains", "themes", "languages", "areas", "near")}
    return {
        **told, **lists, "village_id": home.village, "organisation_id": home.organisations["School De Linde"],
        "status": "active", "changed_at": LONG_AGO, "extra": "{}", "rhythms": "[]", "search": "",
    }  # fmt: skip
