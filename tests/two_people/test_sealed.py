"""Sealed circles: named people only, one more reader by two; never by danger, a link, a list or the journal (hard case 10)."""

from dataclasses import replace

from django.utils import timezone

from intake.desk import JONAS, Desk
from kring.intake.models import Concern, Sealed
from kring.intake.usecases import beginnings
from kring.trust import viewer
from kring.trust.models import Entry
from kring.trust.usecases.families import FamilysYes, NewChild, NewGuardian
from two_people.scene import insert, refused
from web.doorstep import bare, browser

WORDS = "Merelstraat 9, niet aan vader zeggen"


def test_only_named_people_read_what_is_sealed_and_one_more_needs_two(house, owner):
    els, lotte, samira, vera = (
        browser(owner, who) for who in (house.els, house.lotte, house.samira, house.vera)
    )
    before = [bare(lotte.get(a).content) for a in ("/sealed/", f"/family/{house.family}/", "/today/")]
    sent = {"kind": "address", "words": WORDS}
    assert els.post(f"/family/{house.family}/sealed/", sent | {"words": ""}).status_code == 422
    assert els.post(f"/family/{house.family}/sealed/", sent).status_code == 302
    assert WORDS in els.get("/sealed/").content.decode()
    assert before == [bare(lotte.get(a).content) for a in ("/sealed/", f"/family/{house.family}/", "/today/")]
    assert (
        samira.get("/sealed/").status_code == lotte.get(f"/family/{house.family}/sealed/").status_code == 404
    )
    circle = house.one("SELECT id FROM trust_circle WHERE kind = 'sealed'")
    assert (
        lotte.get(f"/sealed/{circle}/readers/").status_code
        == vera.get(f"/sealed/{circle}/readers/").status_code
        == 404
    )
    assert house.one("SELECT count(*) FROM trust_entry WHERE circle_id = %s AND kind = 'read'", circle) == 1
    give = ("INSERT INTO trust_seat (id, circle_id, person_id, job_id, role, relation, ring, ground, history, since, decided_by_id) "
            "VALUES (gen_random_uuid(), %s, %s, %s, 'professional', '', 3, 'job', true, now(), %s)")  # fmt: skip
    assert (
        refused(house.els, give, circle, house.lotte, house.scene.jobs[house.lotte], house.els)
        == "two_people_decide"
    )
    job = str(house.scene.jobs[house.lotte])
    asked = els.post(
        f"/sealed/{circle}/readers/", {"job": job, "name": "Lotte", "why": "Zij haalt hem van school."}
    )
    assert b"Lotte may read what is sealed here" in vera.get(asked["Location"]).content
    assert WORDS.encode() not in vera.get(asked["Location"]).content
    assert vera.post(asked["Location"], {"answer": "yes"}).status_code == 302
    assert WORDS in lotte.get("/sealed/").content.decode()
    assert WORDS not in vera.get("/sealed/").content.decode()
    insert(owner, "trust_danger", person_id=house.wim, job_id=house.scene.jobs[house.wim], family_id=house.family,
           at=timezone.now())  # fmt: skip
    with viewer.acting(house.wim):
        assert list(Sealed.objects.all()) == []
    with viewer.acting(house.els, scope=circle):
        assert list(Sealed.objects.all()) == []


def test_hard_case_10_the_grandmother_in_the_circle_is_the_one_who_told_us(owner):
    """Her name is sealed when the circle opens; mother and grandmother find it nowhere, not in who looked either."""
    desk = Desk(owner)
    made = desk.taken_up(replace(JONAS, asker_name="Oma Rosa", reach="0470 99 88 77"))
    with viewer.acting(desk.els) as me:
        opened = beginnings.begin_circle(
            Concern.objects.get(pk=made), name="De Linden", children=[NewChild("Jonas")],
            guardians=[NewGuardian("Lien")], yes=FamilysYes("Lien", "talk"), wanted="rust in huis", promises=[], by=me,
            at=timezone.now(),
        )  # fmt: skip
    assert desk.row(made)["asker_name"] == ""
    rosa = desk.scene.person("Rosa")
    desk.scene.seat(opened.circle.pk, rosa, relation="oma")
    for reader in (desk.els, desk.marc):
        with viewer.acting(reader):
            (row,) = Sealed.objects.all()
            assert (row.kind, row.words) == ("teller", "Oma Rosa · 0470 99 88 77")
    lien = opened.guardians[0].pk
    for kin in (lien, rosa):
        with viewer.acting(kin):
            assert list(Sealed.objects.all()) == []
            assert {entry.circle_id for entry in Entry.objects.all()} <= {opened.circle.pk}
        family = browser(owner, kin)
        for page in ("", "who-looked/", "plan/", "promises/"):
            said = family.get(f"/family/{opened.family.pk}/{page}").content.decode()
            assert not any(word in said for word in ("Oma Rosa", "99 88 77", "sealed", "told us"))
    with viewer.acting(desk.fien):
        assert list(Sealed.objects.all()) == []
