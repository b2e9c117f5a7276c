"""The pages of a hand-over: who may open them, what survives a mistake, what is sent twice, what nobody can tell."""

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from circle.counting import statements
from kring.intake.usecases import promises
from kring.trust import viewer
from kring.trust.models import Family
from kring.trust.models import Home as Address
from kring.trust.usecases import homes, showing, standins
from web.doorstep import bare, browser
from wraparound.home import Home

MOST = 14


@pytest.fixture
def home(owner):
    """Hanne coordinates and promised something; Tom could come next."""
    home = Home(owner)
    home.plan()
    with viewer.acting(home.hanne) as me:
        due = timezone.now() + timedelta(days=9)
        promises.promise(home.circle, what="een tolk vragen", due_at=due, by=me, at=timezone.now())
    return home


@pytest.fixture
def sits(home, owner):
    """Browsers by person."""
    return lambda who: browser(owner, who)


def day(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def here(home, more=""):
    return f"/family/{home.family}/hand-over/{more}"


def begins(home, client, **more):
    said = {
        "told_whom": str(home.naima),
        "told_how": "talk",
        "told_on": day(0),
        "begins_on": day(0),
        "last_on": day(9),
    }
    return client.post(here(home, "begin/"), said | more)


def one(owner, question, *values):
    return owner.execute(question, values).fetchone()[0]


def text(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_a_coordinator_leaves_in_the_middle(home, owner, sits):
    """The family first, the next one says yes, promises are passed on, two weeks later nothing is to be seen."""
    hanne, naima, tom, lotte = (sits(who) for who in (home.hanne, home.naima, home.tom, home.lotte))
    assert begins(home, hanne).status_code == 302
    assert "Naima was told first" in text(naima.get(here(home)))
    job = home.jobs[home.tom]
    assert hanne.post(here(home, f"next/{job}/"), {}).status_code == 422  # whose word was it?
    for _twice in range(2):
        assert hanne.post(here(home, f"next/{job}/"), {"word_of": str(home.naima)}).status_code == 302
    asked = one(owner, "SELECT id FROM trust_invitation WHERE withdrawn_at IS NULL AND role = 'coordinator'")
    assert tom.get(here(home)).status_code == 404  # being asked makes no seat
    hanne.post(here(home, "know/"), {"text": "Bel liefst na vier uur."})
    for _twice in range(2):
        assert tom.post(f"/join/{asked}/", {"answer": "yes"}).status_code in (200, 302)
    assert "Bel liefst na vier uur." in text(tom.get(here(home)))
    assert "Bel liefst na vier uur." in text(naima.get(here(home)))
    promise = one(owner, "SELECT id FROM intake_promise WHERE what = 'een tolk vragen'")
    step = one(owner, "SELECT id FROM wraparound_action WHERE what = 'belt de dansschool'")
    assert hanne.post(here(home, f"promises/{promise}/"), {"to": str(home.lotte)}).status_code == 302
    assert hanne.post(here(home, f"steps/{step}/"), {"word": "De dansschool belde zelf."}).status_code == 302
    assert "Will you take something over from Hanne?" in text(lotte.get("/today/"))
    passed = one(owner, "SELECT id FROM wraparound_passon WHERE promise_id = %s", promise)
    for _twice in range(2):
        assert lotte.post(here(home, f"asked/{passed}/answer/"), {"answer": "yes"}).status_code == 302
    assert one(owner, "SELECT by_id FROM intake_promise WHERE id = %s", promise) == home.lotte
    assert "Ended: De dansschool belde zelf." in text(naima.get(here(home)))
    assert "Everything has found somebody" in text(naima.get(here(home)))
    assert hanne.get(f"/family/{home.family}/").status_code == 200
    owner.execute("UPDATE trust_seat SET until = now() WHERE person_id = %s AND until > now()", [home.hanne])
    for address in (f"/family/{home.family}/", here(home), here(home, "know/"), here(home, "sheet/")):
        assert hanne.get(address).status_code == 404
    assert tom.get(f"/family/{home.family}/").status_code == 200


def test_a_mother_hears_in_which_language_it_stands_before_she_reads(home, sits):
    hanne, naima = sits(home.hanne), sits(home.naima)
    begins(home, hanne)
    hanne.post(here(home, "know/"), {"text": "Bel liefst na vier uur.", "language": "nl"})
    for address in (here(home), here(home, "sheet/")):
        assert "Some words here are in Dutch. Ask Hanne" in text(naima.get(address)), address
        assert "Some words here" not in text(hanne.get(address)), "who works here"


def test_what_was_typed_survives_a_mistake(home, sits):
    hanne = sits(home.hanne)
    wrong = begins(home, hanne, begins_on=day(9), last_on=day(2), told_on=day(3))
    assert wrong.status_code == 422
    said = text(wrong)
    assert "The last day comes after the first day of the next one." in said
    assert "This day is still to come." in said
    assert day(9) in wrong.content.decode()
    hanne.post(f"/drafts/{home.circle}/", {"draft": f"hand-over:{home.family}", "begins_on": day(40)})
    for bad in ("0001-01-01", "9999-12-31", "morgen"):
        assert begins(home, hanne, last_on=bad).status_code == 422


def test_only_who_may_opens_a_page_and_missing_and_hidden_are_the_same(home, sits):
    hanne, lotte, tom, fatna = (sits(who) for who in (home.hanne, home.lotte, home.tom, home.fatna))
    begins(home, hanne)
    assert fatna.get(here(home)).status_code == lotte.get(here(home, "sheet/")).status_code == 200
    for client, address in (
        (tom, here(home)), (tom, here(home, "sheet/")), (lotte, here(home, "know/")), (lotte, f"/leaving/colleagues/{home.jobs[home.tom]}/"),
        (tom, f"/family/{home.family}/stand-in/"), (lotte, "/leaving/colleagues/"),
        (lotte, here(home, f"promises/{home.family}/")), (fatna, "/leaving/"),
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address
    assert lotte.post(here(home, "stop/")).status_code == 403
    assert lotte.get(here(home, f"next/{home.jobs[home.tom]}/")).status_code == 404
    seen_as = sits(home.naima).get(here(home, f"?as={home.lotte}"))
    assert b"/stop/" not in seen_as.content


def test_the_family_wants_another_coordinator_and_thinks_again(home, owner, sits):
    naima, hanne = sits(home.naima), sits(home.hanne)
    for _twice in range(2):
        assert naima.post(here(home, "begin/"), {"begins_on": day(0), "last_on": day(13)}).status_code == 302
    assert "The family wants another coordinator." in text(hanne.get(here(home)))
    assert naima.post(here(home, f"next/{home.jobs[home.tom]}/")).status_code == 302
    for _twice in range(2):
        assert naima.post(here(home, "stop/")).status_code == 302
    assert one(owner, "SELECT count(*) FROM trust_handover WHERE stopped_at IS NOT NULL") == 1
    assert "Do you want another coordinator?" in text(naima.get(here(home)))
    assert sits(home.tom).get("/today/").content.count(b"/join/") == 0


def test_the_pages_ask_the_database_a_few_times_only(home, sits):
    hanne = sits(home.hanne)
    begins(home, hanne)
    hanne.post(here(home, "know/"), {"text": "Bel liefst na vier uur."})
    step = f"/family/{home.family}/stand-in/"
    counted = {}
    for address in (
        here(home),
        here(home, "know/"),
        here(home, "sheet/"),
        here(home, "next/"),
        step,
        "/leaving/",
    ):
        hanne.get(address)
        with statements() as asked:
            hanne.get(address)
        counted[address] = asked
    assert {a: len(q) for a, q in counted.items() if len(q) > MOST} == {}


def test_who_is_left_out_cannot_tell_what_was_written_or_passed_on(owner):
    """K4: in a family with one child all of it is about her; the teacher she leaves out sees the page as before."""
    home = Home(owner, siblings=False)
    home.plan()
    hanne, lotte, samir = (browser(owner, who) for who in (home.hanne, home.lotte, home.samir))
    begins(home, hanne)
    for left_out in (home.lotte, home.samir):
        home.exclude(home.samira, left_out)
    before = [
        bare(client.get(address).content)
        for client in (lotte, samir)
        for address in (here(home), here(home, "sheet/"))
    ]
    assert hanne.post(here(home, "know/"), {"text": "Samira danst graag."}).status_code == 302
    step = one(owner, "SELECT id FROM wraparound_action WHERE what = 'belt de dansschool'")
    assert hanne.post(here(home, f"steps/{step}/"), {"to": str(home.lotte)}).status_code == 422
    assert hanne.post(here(home, f"steps/{step}/"), {"to": str(home.naima)}).status_code == 302
    after = [
        bare(client.get(address).content)
        for client in (lotte, samir)
        for address in (here(home), here(home, "sheet/"))
    ]
    assert before == after
    assert b"Samira danst graag." in browser(owner, home.naima).get(here(home)).content
    assert (
        lotte.get(here(home, f"steps/{step}/")).status_code
        == lotte.get(here(home, f"steps/{home.family}/")).status_code
    )
    assert lotte.get("/today/").content.count(b"/hand-over/") == 0


def test_a_stand_in_who_is_there_can_go_sooner(home, owner, sits):
    """From this morning until tomorrow; Tom goes himself, and sees nothing from then on. The family sees who it was."""
    hours = {
        "for_whom": str(home.hanne),
        "begins_on": day(0),
        "begins": "00:00",
        "ends_on": day(1),
        "ends": "23:00",
    }
    naima, tom = sits(home.naima), sits(home.tom)
    assert naima.post(f"/family/{home.family}/stand-in/{home.jobs[home.tom]}/", hours).status_code == 302
    asked = one(owner, "SELECT id FROM trust_invitation")
    tom.post(f"/join/{asked}/", {"answer": "yes"})
    assert tom.get(f"/family/{home.family}/").status_code == 200
    assert "is here until" in text(naima.get(f"/family/{home.family}/people/{home.tom}/"))
    assert tom.post(f"/family/{home.family}/stand-in/{asked}/end/").status_code == 302
    assert tom.get(f"/family/{home.family}/").status_code == 404
    assert sits(home.lotte).post(f"/family/{home.family}/stand-in/{asked}/end/").status_code == 403


def test_a_stand_in_for_one_evening(home, owner, sits):
    """Hard case 11: the list at 15:00, nothing at 21:01; with the family's yes, said by name."""
    hanne, tom = sits(home.hanne), sits(home.tom)
    address = f"/family/{home.family}/stand-in/{home.jobs[home.tom]}/"
    hours = {
        "for_whom": str(home.hanne),
        "begins_on": day(3),
        "begins": "15:00",
        "ends_on": day(3),
        "ends": "21:01",
    }
    assert hanne.post(address, hours).status_code == 422  # who of the family said yes?
    for wrong in ({"ends": "15:00"}, {"ends_on": day(90)}, {"ends_on": day(2)}, {"begins": "laat"}):
        assert hanne.post(address, hours | {"word_of": str(home.naima)} | wrong).status_code == 422, wrong
    for _twice in range(2):
        assert hanne.post(address, hours | {"word_of": str(home.naima)}).status_code == 302
    (asked,) = owner.execute("SELECT id FROM trust_invitation WHERE withdrawn_at IS NULL").fetchone()
    assert "will you stand in?" in text(tom.get("/today/"))
    assert "Then it ends by itself." in text(tom.get(f"/join/{asked}/"))
    tom.post(f"/join/{asked}/", {"answer": "yes"})
    assert tom.get(f"/family/{home.family}/").status_code == 404
    evening = datetime.combine(
        timezone.localdate() + timedelta(days=3), time(15), ZoneInfo("Europe/Brussels")
    )
    ends = evening.replace(hour=21, minute=1)
    tick = timedelta(microseconds=1)
    for moment, there in ((evening - tick, 0), (evening, 1), (ends - tick, 1), (ends, 0)):
        assert one(
            owner, "SELECT count(*) FROM trust_access WHERE viewer_id = %s AND circle_id = %s AND since <= %s AND %s < until",
            home.tom, home.circle, moment, moment,
        ) == there  # fmt: skip
        assert one(
            owner, "SELECT trust.seat_says_so(%s, %s, %s, %s)", home.tom, home.circle, moment, moment
        ) == bool(there)
    assert "Tom" in text(sits(home.naima).get(f"/family/{home.family}/stand-in/"))
    for _twice in range(2):
        assert sits(home.samira).post(f"/family/{home.family}/stand-in/{asked}/end/").status_code == 302
    assert (
        one(
            owner,
            "SELECT count(*) FROM trust_access WHERE viewer_id = %s AND circle_id = %s",
            home.tom,
            home.circle,
        )
        == 0
    )


def test_hours_that_overlap_are_one_seat_and_who_was_taken_out_stands_in_no_more(home, owner, sits):
    """Two stretches said yes to, and then a place for good: no page falls, and the seats never lie over each other."""
    naima, tom = sits(home.naima), sits(home.tom)

    def asked_for(first, last):
        hours = {
            "for_whom": str(home.hanne),
            "begins_on": day(first),
            "begins": "09:00",
            "ends_on": day(last),
            "ends": "21:00",
        }
        naima.post(f"/family/{home.family}/stand-in/{home.jobs[home.tom]}/", hours)
        (asked,) = owner.execute(
            "SELECT id FROM trust_invitation WHERE answer = '' AND withdrawn_at IS NULL"
        ).fetchone()
        return tom.post(f"/join/{asked}/", {"answer": "yes"}).status_code

    assert asked_for(2, 6) == 302
    assert asked_for(4, 5) == 302
    seats = "SELECT since, until FROM trust_seat WHERE person_id = %s AND circle_id = %s AND since < until ORDER BY since"
    stretches = owner.execute(seats, [home.tom, home.circle]).fetchall()
    assert [str(timezone.localdate(moment)) for stretch in stretches for moment in stretch] == [
        day(2),
        day(4),
        day(4),
        day(6),
    ]
    with viewer.acting(home.naima):
        assert len(standins.of_circle(home.circle, timezone.now())) == 2
    taken_out = "UPDATE trust_seat SET until = greatest(now(), since) WHERE person_id = %s"
    owner.execute(taken_out, [home.tom])
    with viewer.acting(home.naima):
        assert standins.of_circle(home.circle, timezone.now()) == []


def test_a_home_and_a_part_close_with_the_hours_of_a_stand_in(home, owner, sits):
    """Hard case 11: what was opened to a stand-in is closed at 21:01 too; and at once when the stand-in goes sooner."""
    hours = {
        "for_whom": str(home.hanne),
        "begins_on": day(0),
        "begins": "00:00",
        "ends_on": day(1),
        "ends": "23:00",
    }
    naima, tom = sits(home.naima), sits(home.tom)
    naima.post(f"/family/{home.family}/stand-in/{home.jobs[home.tom]}/", hours)
    asked = one(owner, "SELECT id FROM trust_invitation")
    tom.post(f"/join/{asked}/", {"answer": "yes"})
    now = timezone.now()
    with viewer.acting(home.naima) as me:
        family = Family.objects.get(pk=home.family)
        made = homes.add(family, "with mama", by=me, at=now, address="Lindelaan 1")
    with viewer.acting(home.naima) as me:
        homes.show_to(Address.objects.get(pk=made.pk), home.tom, by=me, at=now)
        showing.part_for(home.family, {home.naima, home.tom}, by=me, at=now)
    ends = one(owner, "SELECT ends_at FROM trust_invitation")
    seats = "SELECT DISTINCT s.until FROM trust_seat s JOIN trust_circle c ON c.id = s.circle_id WHERE s.person_id = %s AND c.kind IN ('part', 'home')"
    assert owner.execute(seats, [home.tom]).fetchall() == [(ends,)]
    assert sits(home.samira).post(f"/family/{home.family}/stand-in/{asked}/end/").status_code == 302
    assert (
        one(owner, "SELECT count(*) FROM trust_access WHERE viewer_id = %s AND until > now()", home.tom) == 0
    )
