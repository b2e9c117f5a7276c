"""The pages of two people: who finds them, what survives a mistake, what is sent twice, what nobody can tell."""

from circle.counting import statements
from two_people.scene import LONG_AGO, insert
from web.doorstep import bare, browser

MOST = 14


def test_a_matter_from_asking_to_the_second_yes(house, owner):
    ada, vera, omar = (browser(owner, who) for who in (house.ada, house.vera, house.omar))
    assert b'href="/two-people/"' in ada.get("/village/offers/").content
    wrong = ada.post("/two-people/ask/country/", {"country": "FR", "why": ""})
    assert wrong.status_code == 422
    assert b"checked" in wrong.content
    for _twice in range(2):
        asked = ada.post("/two-people/ask/country/", {"country": "FR", "why": "Wij verhuisden."})
    assert house.one("SELECT count(*) FROM trust_matter") == 1
    here = asked["Location"]
    assert b"Take it back" in ada.get(here).content
    assert b"Wij verhuisden." in vera.get(here).content
    assert b"The rules of this country count in the village: France." in vera.get("/two-people/").content
    assert vera.post(here, {"answer": "no"}).status_code == 422
    for _twice in range(2):
        assert vera.post(here, {"answer": "yes"}).status_code == 302
    assert house.one("SELECT country FROM trust_village WHERE id = %s", house.scene.village) == "FR"
    assert b"yes, says Vera" in ada.get(here).content
    assert b"yes, says Vera" in vera.get("/two-people/").content
    assert omar.get(here).status_code == 404


def test_hidden_and_missing_are_the_same_and_few_know_of_the_page(house, owner):
    matter = house.conflict()
    nowhere = f"/two-people/{house.family}/"
    for who in (house.lotte, house.wim, house.ada):
        client = browser(owner, who)
        hidden, missing = client.get(f"/two-people/{matter.pk}/"), client.get(nowhere)
        assert hidden.status_code == missing.status_code == 404
        assert bare(hidden.content) == bare(missing.content)
        assert client.post(f"/two-people/{matter.pk}/", {"answer": "yes"}).status_code == 404
        assert b"Jonas" not in client.get("/two-people/").content
    for who in (house.samira, house.stranger):
        assert browser(owner, who).get("/two-people/").status_code == 404
    for role in ("network", "lead"):  # who stands for somebody's work finds the page
        assert (
            b'href="/two-people/"'
            in browser(owner, house.scene.worker("Amina", role, "Town")).get("/ages/").content
        )
    assert browser(owner, house.els).post(f"/two-people/{matter.pk}/", {"answer": "yes"}).status_code in (
        403,
        409,
    )
    assert browser(owner, house.wim).get("/two-people/ask/country/").status_code == 404
    assert house.one("SELECT count(*) FROM trust_exclusion") == 0


def test_the_pages_ask_the_database_a_few_times_only(house, owner):
    matter, vera = house.conflict(), browser(owner, house.vera)
    for address in ("/two-people/", f"/two-people/{matter.pk}/"):
        vera.get(address)
        with statements() as asked:
            vera.get(address)
        assert len(asked) <= MOST, asked


def test_hard_case_4_a_teacher_is_the_ex_partner_of_the_mother(house, owner):
    """Conflict: the coordinator asks, the trust officer agrees; no professional path is left, and the teacher cannot tell."""
    els, vera, lotte, samira = (
        browser(owner, who) for who in (house.els, house.vera, house.lotte, house.samira)
    )
    here, page = f"/family/{house.family}/", f"/family/{house.family}/two-people/"
    about = str(insert(owner, "trust_circle", village_id=house.scene.village, family_id=house.family, kind="own", name="",
                       subject_id=house.jonas, safety=False, secrecy=False, opened_at=LONG_AGO))  # fmt: skip
    owner.execute("INSERT INTO trust_seat (id, circle_id, person_id, job_id, role, relation, ring, ground, history, since) "
                  "VALUES (gen_random_uuid(), %s, %s, %s, 'professional', '', 3, 'job', true, %s)",
                  [about, house.lotte, house.scene.jobs[house.lotte], LONG_AGO])  # fmt: skip
    before = [bare(lotte.get(address).content) for address in (here, "/today/", "/families/")]
    told = {
        "child": str(house.jonas),
        "whom": f"person:{house.lotte}",
        "ground": "conflict",
        "why": "Zij was zijn stiefmoeder.",
    }
    wrong = els.post(f"{page}leave-out/", told | {"ground": "withheld"})
    assert wrong.status_code == 422
    assert "Zij was zijn stiefmoeder." in wrong.content.decode()
    asked = els.post(f"{page}leave-out/", told)
    assert vera.post(asked["Location"], {"answer": "yes"}).status_code == 302
    assert b"Lotte, about Jonas" in els.get(page).content
    assert (
        house.one("SELECT trust.knows(%s, %s, %s, NULL, now(), now())", house.lotte, about, house.jonas)
        is False
    )
    assert before == [bare(lotte.get(address).content) for address in (here, "/today/", "/families/")]
    for client in (lotte, samira, vera):
        assert client.get(page).status_code == client.get(f"{page}leave-out/").status_code == 404
    assert "stiefmoeder" not in samira.get(f"{here}who-looked/").content.decode()
    other = house.scene.worker("Anke", "teacher", "School De Berk")  # not in the circle: found by name
    found = els.get(f"{page}leave-out/?name=Anke").content.decode()
    assert str(other) in found
    (line,) = owner.execute("SELECT id FROM trust_exclusion").fetchall()
    back = els.post(f"{page}let-in/{line[0]}/", {"why": "Zij werkt hier niet meer."})
    assert vera.post(back["Location"], {"answer": "yes"}).status_code == 302
    assert b"Lotte, about Jonas" not in els.get(page).content


def test_authority_and_guardians_by_two(house, owner):
    els, vera, samira = (browser(owner, who) for who in (house.els, house.vera, house.samira))
    page = f"/family/{house.family}/two-people/"
    asked = els.post(f"{page}authority/{house.samira}/", {"why": "De rechter besliste."})
    assert vera.post(asked["Location"], {"answer": "yes"}).status_code == 302
    assert b"without authority" in els.get(page).content
    assert els.get(f"{page}authority/{house.jonas}/").status_code == 404
    assert (
        els.get(f"{page}guardian/{house.jonas}/").status_code
        == els.get(f"{page}guardian/{house.family}/").status_code
        == 404
    )
    asked = els.post(f"{page}guardian/{house.samira}/", {"why": "Zij woont ver weg en wil niet meer."})
    assert samira.get(f"/family/{house.family}/").status_code == 200
    assert vera.post(asked["Location"], {"answer": "yes"}).status_code == 302
    assert samira.get(f"/family/{house.family}/").status_code == 404


def test_what_waits_for_a_yes_stands_on_the_day_of_who_may_say_it(house, owner):
    house.conflict()
    house.conflict(person=house.wim)
    day = browser(owner, house.omar).get("/today/").content.decode()
    assert "2 things wait for your yes or no" in day
    assert "/two-people/" in day
    for who in (house.els, house.ada):
        assert "for your yes or no" not in browser(owner, who).get("/today/").content.decode()


def test_who_answers_second_hears_that_it_changes_nothing_and_keeps_the_words(house, owner):
    ada, vera = browser(owner, house.ada), browser(owner, house.vera)
    other = browser(owner, house.scene.worker("Zoe", "trust officer", "Elsewhere"))
    here = ada.post("/two-people/ask/country/", {"country": "FR", "why": "Wij verhuisden."})["Location"]
    assert b"Done." in vera.post(here, {"answer": "yes"}, follow=True).content
    words = "Nee, ik wil Ada eerst bellen."
    late = vera.post(here, {"answer": "no", "why_not": words})
    assert late.status_code == 409
    assert b"What you sent now changes nothing." in late.content
    assert words.encode() in late.content
    assert b"Done." not in late.content
    empty = vera.post(here, {"answer": "no", "why_not": ""})
    assert empty.status_code == 409
    assert b"data-focus-me" not in empty.content
    ours = {"Sec-Fetch-Site": "same-origin"}  # not theirs to see any more, like one that never was
    hidden = other.post(here, {"answer": "no", "why_not": words}, headers=ours)
    missing = other.post(f"/two-people/{house.family}/", {"answer": "no", "why_not": words}, headers=ours)
    assert hidden.status_code == missing.status_code == 404
    assert bare(hidden.content) == bare(missing.content)
    assert words.encode() in hidden.content
    assert house.one("SELECT country FROM trust_village WHERE id = %s", house.scene.village) == "FR"


def test_where_reading_cannot_end_sooner_it_is_not_asked(house, owner):
    owner.execute("UPDATE trust_village SET country = 'BE' WHERE id = %s", [house.scene.village])
    ada = browser(owner, house.ada)
    assert b"/two-people/ask/reading/" not in ada.get("/two-people/").content
    assert ada.get("/two-people/ask/reading/")["Location"] == "/village/rules/"
    owner.execute("UPDATE trust_village SET country = 'NL' WHERE id = %s", [house.scene.village])
    assert b"/two-people/ask/reading/" in ada.get("/two-people/").content
