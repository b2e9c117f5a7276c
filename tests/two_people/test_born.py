"""The day a child was born: two people say it, because who decides follows from it."""

from datetime import date, timedelta

from django.utils import timezone

from kring.trust import viewer
from kring.trust.models import Birth, BirthBefore
from kring.trust.usecases import two_people
from two_people.scene import insert, refused
from web.doorstep import bare, browser

LATER = date(2017, 3, 4)


def born(owner, child):
    row = owner.execute("SELECT born FROM trust_birth WHERE person_id = %s", [child]).fetchone()
    return row and row[0]


def left_out(house, owner, who):
    insert(owner, "trust_exclusion", subject_id=house.jonas, person_id=who, ground="conflict",
           decided_by_id=house.ada, reason="", since=timezone.now() - timedelta(days=9))  # fmt: skip


def test_another_day_than_before_and_the_family_reads_who_asked(house, owner):
    page = f"/family/{house.family}/two-people/"
    els = browser(owner, house.els)
    assert "Jonas" in els.get(page).content.decode()
    child = f"/family/{house.family}/people/{house.jonas}/"
    assert f"{page}born/{house.jonas}/" in els.get(child).content.decode()
    assert "put right the day of birth" not in browser(owner, house.samira).get(child).content.decode()
    answer = els.post(
        f"{page}born/{house.jonas}/", {"born": str(LATER), "why": "het jaar was verkeerd getypt"}
    )
    assert answer.status_code == 302, answer.content.decode()
    assert born(owner, house.jonas) == date(2016, 3, 4), "nothing happens before the second yes"
    said = els.get(answer.url).content.decode()
    assert "who has nothing to do with the family" in said
    assert "You can call them" not in said, "whom it concerns is not to learn that it waits"
    shown = browser(owner, house.vera).get(answer.url).content.decode()
    assert "Jonas" in shown
    assert "2017" in shown
    with viewer.acting(house.vera) as me:
        (one,) = two_people.told(me, timezone.now())
    assert house.answers(house.vera, one.matter) == "yes"
    assert born(owner, house.jonas) == LATER
    with viewer.acting(house.els):
        (before,) = BirthBefore.objects.all()
        assert (before.born, before.changed_by_id) == (date(2016, 3, 4), house.els)
    noted = owner.execute(
        "SELECT person_id, about_id, rule FROM trust_entry WHERE deed = 'birth date changed'"
    )
    assert noted.fetchall() == [(house.els, house.jonas, "two people")]


def test_a_day_that_was_never_written_down(house, owner):
    owner.execute("DELETE FROM trust_birth WHERE person_id = %s", [house.jonas])
    facts = {"family": house.family, "subject": house.jonas, "born": LATER}
    assert house.answers(house.vera, house.asks(house.els, "birth", **facts)) == "yes"
    with viewer.acting(house.els):
        assert Birth.objects.get(person_id=house.jonas).circle_id == house.circle
        assert not BirthBefore.objects.exists()
    asked = house.asks(house.els, "birth", **facts)
    assert house.answers(house.vera, asked) == "yes", "it stands there already, as both say"
    with viewer.acting(house.els):
        assert not BirthBefore.objects.exists()


def test_who_is_left_out_of_the_child_asks_as_before_and_nothing_comes_of_it(house, owner):
    left_out(house, owner, house.els)
    page = f"/family/{house.family}/two-people/born/{house.jonas}/"
    answer = browser(owner, house.els).post(page, {"born": str(LATER), "why": "verkeerd getypt"})
    assert answer.status_code == 302
    with viewer.acting(house.vera) as me:
        (one,) = two_people.told(me, timezone.now())
    assert house.answers(house.vera, one.matter) == "over"
    assert born(owner, house.jonas) == date(2016, 3, 4)


def test_odd_days_and_strangers(house, owner):
    page = f"/family/{house.family}/two-people/born/{house.jonas}/"
    els = browser(owner, house.els)
    for day in ("", "gisteren", "2031-01-01", "1961-01-01"):
        answer = els.post(page, {"born": day, "why": "zo staat het op de kaart"})
        assert answer.status_code == 422, day
        assert "zo staat het op de kaart" in answer.content.decode()
    for who in (house.ada, house.samira, house.lotte):
        assert browser(owner, who).get(page).status_code in (403, 404)
    assert els.get(f"/family/{house.family}/two-people/born/{house.samira}/").status_code == 404
    facts = f'{{"family": "{house.family}", "subject": "{house.jonas}", "born": "1950-01-01"}}'
    ask = "SELECT trust.ask_two(gen_random_uuid(), 'birth', %s::jsonb, '', now())"
    assert "not_yours_to_decide" in refused(house.els, ask, facts)
    assert "not_yours_to_decide" in refused(house.els, ask, facts.replace("1950-01-01", "today"))


def test_the_page_is_the_same_for_who_is_left_out_of_the_child(house, owner):
    page = f"/family/{house.family}/two-people/"
    seen = [bare(browser(owner, house.els).get(one).content) for one in (page, f"{page}born/{house.jonas}/")]
    left_out(house, owner, house.els)
    assert [
        bare(browser(owner, house.els).get(one).content) for one in (page, f"{page}born/{house.jonas}/")
    ] == seen


def test_whom_it_concerns_says_no_second_yes(house, owner):
    facts = {"family": house.family, "subject": house.jonas, "born": LATER}
    matter = house.asks(house.els, "birth", **facts)
    left_out(house, owner, house.omar)
    insert(owner, "trust_familymember", family_id=house.family, person_id=house.vera, kind="guardian", relation="",
           authority=True)  # fmt: skip
    for officer in (house.omar, house.vera):
        with viewer.acting(officer) as me:
            assert two_people.told(me, timezone.now()) == []
        assert refused(officer, "SELECT trust.answer_two(%s, true, '', now())", matter.pk) == "None"
