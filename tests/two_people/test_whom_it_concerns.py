"""D6: a matter that is over closes; whom it concerns gives no second yes; asking tells nobody that they are left out."""

import re
from datetime import date, timedelta

from django.utils import timezone

from kring.trust import viewer
from kring.trust.usecases import two_people
from kring.wraparound.usecases import passing_on
from two_people.scene import LONG_AGO, insert, refused
from web.doorstep import bare, browser

YES = "SELECT trust.answer_two(%s, true, '', now())"
LETTERS = "SELECT count(*) FROM trust.waits_for_two(now()) WHERE object_id = %s"


def told(who):
    with viewer.acting(who) as me:
        return two_people.told(me, timezone.now())


def on_the_day_of(who):
    """How much the day says waits for somebody's yes or no."""
    with viewer.acting(who):
        return [one.many for one in passing_on.asked_of_me() if one.role == "second yes"]


def left_out(house, child, person):
    """Somebody is left out of a child already, by two people's word."""
    return insert(house.owner, "trust_exclusion", subject_id=child, person_id=person, ground="conflict",
                  decided_by_id=house.ada, reason="", since=LONG_AGO)  # fmt: skip


def sister(house):
    """Jonas has a sister, Mila."""
    mila = house.scene.person("Mila")
    insert(
        house.owner,
        "trust_familymember",
        family_id=house.family,
        person_id=mila,
        kind="child",
        relation="",
        authority=False,
    )
    house.owner.execute(
        "INSERT INTO trust_birth (person_id, born, circle_id) VALUES (%s, %s, %s)",
        [mila, date(2018, 3, 4), house.circle],
    )
    return mila


def test_what_is_over_closes_for_everybody_who_has_no_more_to_do_with_it(house, owner):
    said_no, back = house.conflict(), house.conflict(person=house.wim)
    assert len(told(house.omar)) == 2
    house.answers(house.vera, said_no, yes=False, why="zij heeft geen belang")
    with viewer.acting(house.els) as me:
        two_people.take_back(back, by=me, at=timezone.now())
    assert len(told(house.els)) == 2
    assert [one.matter.pk for one in told(house.vera)] == [said_no.pk]
    assert told(house.omar) == []
    assert refused(house.omar, YES, said_no.pk) == "None"
    assert browser(owner, house.omar).get(f"/two-people/{said_no.pk}/").status_code == 404
    owner.execute("UPDATE trust_job SET until = now() WHERE id = %s", [house.scene.jobs[house.vera]])
    owner.execute("UPDATE trust_seat SET until = now() WHERE person_id = %s", [house.els])
    assert told(house.vera) == told(house.els) == []


def test_whoever_sits_in_a_sealed_circle_reads_on_what_they_answered(house, owner):
    circle = insert(owner, "trust_circle", village_id=house.scene.village, family_id=house.family, kind="sealed", name="",
                    safety=False, secrecy=False, opened_at=LONG_AGO)  # fmt: skip
    seats = [house.scene.seat(circle, who, ground="job", job_id=house.scene.jobs[who], role="professional")
             for who in (house.els, house.wim)]  # fmt: skip
    job = house.scene.jobs[house.lotte]
    matter = house.asks(house.els, "sealed seat", circle=circle, person=house.lotte, job=job)
    assert house.answers(house.wim, matter, yes=False, why="nog niet") == "no"
    assert len(told(house.wim)) == len(told(house.els)) == 1
    owner.execute("UPDATE trust_seat SET until = now() WHERE id = ANY(%s)", [seats])
    assert told(house.wim) == told(house.els) == []


def test_whoever_sits_in_a_sealed_circle_by_their_work_is_told_that_a_yes_waits(house, owner):
    circle = insert(owner, "trust_circle", village_id=house.scene.village, family_id=house.family, kind="sealed", name="",
                    safety=False, secrecy=False, opened_at=LONG_AGO)  # fmt: skip
    for who in (house.els, house.wim):
        house.scene.seat(circle, who, ground="job", job_id=house.scene.jobs[who], role="professional")
    house.scene.seat(circle, house.samira)
    job = house.scene.jobs[house.lotte]
    matter = house.asks(house.els, "sealed seat", circle=circle, person=house.lotte, job=job)
    everybody = (house.wim, house.vera, house.omar, house.els, house.samira, house.lotte)
    assert [who for who in everybody if on_the_day_of(who)] == [house.wim, house.vera, house.omar]
    letters = "SELECT person_id FROM trust.waits_for_two(now()) WHERE object_id = %s"
    assert {who for (who,) in owner.execute(letters, [matter.pk])} == {house.wim, house.vera, house.omar}
    wim = browser(owner, house.wim)
    assert "1 thing waits for your yes or no" in wim.get("/today/").content.decode()
    assert f"/two-people/{matter.pk}/" in wim.get("/two-people/").content.decode()
    other = house.conflict()  # of the family, and none of what is sealed
    assert on_the_day_of(house.wim) == [1]
    assert [on_the_day_of(who) for who in (house.vera, house.omar)] == [[2], [2]]
    owner.execute(
        "UPDATE trust_seat SET until = now() WHERE person_id = %s AND circle_id = %s", [house.wim, circle]
    )
    assert on_the_day_of(house.wim) == []
    assert house.one(LETTERS, other.pk) == house.one(LETTERS, matter.pk) == 2


def test_whom_it_concerns_gives_no_second_yes_reads_nothing_and_gets_no_letter(house, owner):
    near, out, works = (house.scene.worker(name, "trust officer", "Town") for name in ("Noor", "Piet", "Rik"))
    house.scene.seat(house.circle, near, until=LONG_AGO + timedelta(days=1))
    left_out(house, sister(house), out)
    clinic = house.scene.organisation("Clinic", sector="health")
    insert(owner, "trust_job", person_id=works, organisation_id=clinic, role="worker", title="", bound=False, phone="",
           languages="nl", since=LONG_AGO)  # fmt: skip
    told_of = {"family": house.family, "subject": house.jonas}
    for whom in ({"organisation": clinic}, {"sector": "health"}):
        begins = house.asks(house.els, "withheld", **told_of, **whom)
        assert house.one(LETTERS, begins.pk) == 2  # Vera and Omar
        for who in (near, out, works):
            assert told(who) == []
            assert refused(who, YES, begins.pk) == "None"
        assert house.answers(house.vera, begins) == "yes"
        ends = house.asks(house.els, "exclusion ends", **told_of, **whom, exclusion=begins.pk)
        assert house.one(LETTERS, ends.pk) == 2
        assert {refused(who, YES, ends.pk) for who in (near, out, works)} == {"None"}
        assert house.answers(house.omar, ends) == "yes"
    other = house.conflict()  # about somebody else: whoever works at the clinic answers as others do
    assert house.one(LETTERS, other.pk) == 3
    assert refused(works, YES, other.pk) == "yes"


def test_asking_tells_nobody_that_they_are_left_out(house, owner):
    mila, els, vera = sister(house), browser(owner, house.els), browser(owner, house.vera)
    standing = left_out(house, house.jonas, house.els)
    page = f"/family/{house.family}/two-people/leave-out/"
    sent = {"whom": f"person:{house.lotte}", "ground": "conflict", "why": "Zij was hun stiefmoeder."}
    hers, his = (els.post(page, sent | {"child": str(child)}) for child in (mila, house.jonas))
    assert hers.status_code == his.status_code == 302
    els.get("/two-people/")  # what was asked is said once

    def page_of(asked):
        return re.sub(rb"[0-9a-f-]{36}", b"", bare(els.get(asked["Location"]).content))

    seen = [page_of(asked) for asked in (hers, his)]
    assert seen[0].replace(b"Mila", b"Jonas").split(b"<main")[1] == seen[1].split(b"<main")[1]
    assert b"Zij was hun stiefmoeder." in seen[1]
    where = [asked["Location"].split("/")[-2] for asked in (hers, his)]
    assert [house.one(LETTERS, one) for one in where] == [2, 0]
    late = vera.post(his["Location"], {"answer": "yes"}, follow=True)
    assert late.redirect_chain == [("/two-people/", 302)]
    assert b"Too late: something changed" in late.content
    assert vera.post(hers["Location"], {"answer": "yes"}).status_code == 302
    subjects = owner.execute("SELECT subject_id FROM trust_exclusion WHERE id <> %s", [standing]).fetchall()
    assert subjects == [(mila,)]
    assert page_of(his) == seen[1]  # it waits, as if nobody had answered


def test_the_second_reads_first_names_of_whom_it_is_about(house, owner):
    owner.execute("UPDATE trust_person SET surname = 'Familienaam' WHERE id <> %s", [house.els])
    owner.execute("UPDATE trust_person SET surname = 'Peeters' WHERE id = %s", [house.els])
    house.conflict()
    (line,) = told(house.vera)
    assert line.sentence == "Lotte knows nothing of Jonas from now on, for a conflict of interest."
    assert line.asked_by == "Els Peeters"  # a colleague, to be called
