"""Approval from a link on a phone, on paper and aloud, as pages; the paper for the fridge."""

import io
import re
from datetime import timedelta
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pypdf import PdfReader

from clockwork import in_its_place
from kring.trust import viewer
from kring.web.paper.printing import print_plan
from kring.wraparound.models import Approval, Paper, Plan, Recording, Sheet, Version
from kring.wraparound.usecases import goals
from kring.wraparound.usecases.goals import GoalWords
from web.doorstep import browser
from wraparound.home import AT, Home

WEBM = (
    b"\x1aE\xdf\xa3\x01\x00\x00\x00\x00\x00\x00\x1fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm"
    + b"\0" * 200
)


def came_in(home, owner, version, person):
    """A phone that came by a link made by the coordinator, with its code."""
    card = browser(owner, home.hanne).post(f"/versions/{version}/link/{person}/").content.decode()
    token = re.search(r"/l/([\w-]+)/", card)[1]
    code = re.search(r'aria-label="(\d{3} \d{3})"', card)[1]
    phone = browser()
    opened = phone.post(f"/l/{token}/", {"code": code})
    assert opened.url == f"/a/{version}/"
    return phone


def test_a_mother_says_yes_from_a_link_on_her_phone(home, owner):
    version = home.offered()
    phone = came_in(home, owner, version, home.naima)
    page = phone.get(f"/a/{version}/").content.decode()
    for words in ("Ik wil vrijdag dansen.", "Op vrijdag dansen", "Yes, this is our plan", "tel:0470001003"):
        assert words in page
    assert "Samir</b>" in page
    assert "Do you say yes to this plan?" in phone.get(f"/a/{version}/?answer=yes").content.decode()
    for _second_click in (1, 2):
        assert phone.post(f"/a/{version}/", {"answer": "yes"}).url == f"/a/{version}/thanks/"
    assert "Your yes is kept" in phone.get(f"/a/{version}/thanks/").content.decode()
    assert "You said yes." in phone.get(f"/a/{version}/").content.decode()
    with viewer.acting(home.hanne):
        assert Approval.objects.get().how == "link"


def test_a_link_opens_nothing_else(home, owner):
    plan = home.plan()
    version = home.offered(plan)
    phone = came_in(home, owner, version, home.naima)
    for address in (
        f"/plans/{plan}/",
        f"/versions/{version}/",
        f"/family/{home.family}/story/",
        f"/plans/{plan}/approval/",
    ):
        answer = phone.get(address)
        assert answer.status_code in (302, 404), address
        assert b"dansen" not in answer.content
    other = Home(owner)
    assert phone.get(f"/a/{other.offered()}/").status_code == 404


def test_a_mother_wants_to_change_something_in_her_own_words(home, owner):
    version = home.offered()
    phone = came_in(home, owner, version, home.naima)
    assert phone.post(f"/a/{version}/", {"answer": "change", "words": "x" * 2_001}).status_code == 422
    assert phone.post(f"/a/{version}/", {"answer": "change", "words": "السبت أفضل"}).status_code == 302
    assert "calls you" in phone.get(f"/a/{version}/thanks/").content.decode()
    with viewer.acting(home.hanne):
        plan = Plan.objects.get().pk
    page = browser(owner, home.hanne).get(f"/plans/{plan}/approval/").content.decode()
    assert "السبت أفضل" in page
    assert "wants to change something" in page


def test_somebody_of_whom_no_yes_is_asked_reads_and_cannot_answer(home, owner):
    version = home.offered()
    client = browser(owner, home.fatna)
    page = client.get(f"/a/{version}/").content.decode()
    assert "Op vrijdag dansen" in page
    assert "Yes, this is our plan" not in page
    assert client.post(f"/a/{version}/", {"answer": "yes"}).status_code == 403
    assert browser(owner, home.tom).get(f"/a/{version}/").status_code == 404


def test_an_older_link_ends_and_the_signed_in_are_led_to_the_new_version(home, owner):
    plan = home.plan()
    old = home.offered(plan)
    phone = came_in(home, owner, old, home.naima)
    new = home.offered(plan)
    assert phone.get(f"/a/{old}/").status_code == 404
    page = browser(owner, home.naima).get(f"/a/{old}/").content.decode()
    assert f"/a/{new}/" in page
    assert "Yes, this is our plan" not in page
    assert browser(owner, home.naima).post(f"/a/{old}/", {"answer": "yes"}).url == f"/a/{old}/"


def test_a_link_is_made_only_for_somebody_who_is_asked(home, owner):
    version = home.offered()
    client = browser(owner, home.hanne)
    for person in (home.fatna, home.tom, home.lotte):
        assert client.post(f"/versions/{version}/link/{person}/").status_code == 404
    assert browser(owner, home.lotte).post(f"/versions/{version}/link/{home.naima}/").status_code == 403


def test_a_sheet_shows_what_its_reader_may_know_and_comes_home_by_its_code(home, owner):
    plan, part = home.plan(), home.part_without_school()
    with viewer.acting(home.hanne) as me:
        goals.add_goal(
            Plan.objects.get(), GoalWords("feelings", "Iemand om mee te praten"), by=me, at=AT, circle_id=part
        )
    version = home.offered(plan)
    client = browser(owner, home.hanne)
    for person, knows in ((home.naima, True), (home.samir, False)):
        address = f"/versions/{version}/sheet/{person}/"
        assert client.get(address).status_code == 404, "not printed yet"
        page = client.post(address, follow=True).content.decode()
        assert ("Iemand om mee te praten" in page) is knows
        assert "Op vrijdag dansen" in page
    with viewer.acting(home.hanne):
        code = Sheet.objects.get(person_id=home.naima).code
    today = timezone.localdate()
    paper = f"/versions/{version}/paper/"
    assert client.post(paper, {"code": "999999", "said_on": today}).status_code == 422
    assert client.post(paper, {"code": code, "said_on": today + timedelta(days=2)}).status_code == 422
    assert client.post(paper, {"code": code, "said_on": today}).status_code == 302
    with viewer.acting(home.hanne):
        assert Approval.objects.get().person_id == home.naima
    assert browser(owner, home.lotte).get(paper).status_code == 403


def test_what_was_said_aloud_is_written_down(home, owner):
    version = home.offered()
    client = browser(owner, home.hanne)
    told = {
        "person": str(home.naima),
        "answer": "yes",
        "said_on": timezone.localdate(),
        "language": "ar",
        "interpreter": "Hala",
    }
    assert client.get(f"/versions/{version}/spoken/").status_code == 200
    assert client.post(f"/versions/{version}/spoken/", told | {"person": str(home.fatna)}).status_code == 422
    assert client.post(f"/versions/{version}/spoken/", told).status_code == 302
    with viewer.acting(home.naima):
        kept = Approval.objects.get()
        assert (kept.how, kept.interpreter, kept.language) == ("spoken", "Hala", "ar")


def test_a_recording_is_checked_by_its_content_and_heard_by_link(home, owner):
    version = home.offered()
    client = browser(owner, home.hanne)
    address = f"/versions/{version}/recording/"

    def send(content, name="plan.webm"):
        sound = SimpleUploadedFile(name, content, "audio/webm")
        return client.post(address, {"language": "ar", "spoken_by": "Hala", "sound": sound})

    assert send(b"<script>alert(1)</script>").status_code == 422
    assert send(b"").status_code == 422
    assert send(WEBM + b"\0" * (5 * 1024 * 1024)).status_code == 422
    assert send(WEBM).status_code == 302
    phone = came_in(home, owner, version, home.naima)
    with viewer.acting(home.hanne):
        sound = Recording.objects.get().pk
    heard = phone.get(f"/a/{version}/sound/{sound}/")
    assert (heard.content, heard["Content-Type"]) == (WEBM, "audio/webm")
    piece = phone.get(f"/a/{version}/sound/{sound}/", headers={"Range": "bytes=0-3"})
    assert (piece.status_code, piece.content) == (206, WEBM[:4])
    assert browser(owner, home.tom).get(f"/a/{version}/sound/{sound}/").status_code == 404
    assert f"/a/{version}/sound/{sound}/" in phone.get(f"/a/{version}/").content.decode()


def test_versions_tell_in_words_what_changed(home, owner):
    plan = home.plan()
    home.offered(plan)
    with viewer.acting(home.hanne) as me:
        row = Plan.objects.get()
        goal = row.goals.get()
        goals.change_goal(goal, GoalWords("leisure", "Op zaterdag dansen", "", "nl"), by=me, at=AT)
        goals.add_goal(row, GoalWords("friends", "Een vriendin thuis", "", "nl"), by=me, at=AT)
    new = home.offered(plan)
    page = browser(owner, home.naima).get(f"/versions/{new}/").content.decode()
    assert "What changed since the plan of Tuesday 3 March 2026" in page
    for words in (
        "changed",
        "added",
        "Op zaterdag dansen",
        "before:",
        "Op vrijdag dansen",
        "Een vriendin thuis",
    ):
        assert words in page
    listed = browser(owner, home.naima).get(f"/plans/{plan}/versions/").content.decode()
    assert listed.count("The plan of Tuesday 3 March 2026") == 2
    assert "Version" not in f"{page}{listed}", "a number would say that there was one in between"


def printed(home, owner, asker, reader, plan, language="nl"):
    """The text of the paper one person asked for another."""
    client = browser(owner, asker)
    asked = client.post(f"/plans/{plan}/paper/", {"reader": str(reader), "language": language})
    assert asked.status_code == 302
    paper = UUID(asked.url.split("/")[2])
    assert "We are making it" in client.get(asked.url).content.decode()
    assert client.get(f"{asked.url}plan.pdf").status_code == 404
    print_plan(paper, asker, at=timezone.now())
    state = client.get(asked.url, headers={"HX-Request": "true"}).content.decode()
    assert "It is ready." in state
    fetched = client.get(f"{asked.url}plan.pdf")
    assert fetched["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(fetched.content)), paper


def test_the_paper_holds_what_its_reader_may_know_and_nothing_else(home, owner):
    plan, part = home.plan(), home.part_without_school()
    with viewer.acting(home.hanne) as me:
        goals.add_goal(
            Plan.objects.get(), GoalWords("feelings", "Iemand om mee te praten"), by=me, at=AT, circle_id=part
        )
    own, _paper = printed(home, owner, home.naima, home.naima, plan)
    text = own.pages[0].extract_text()
    assert "Op vrijdag dansen" in text
    assert "Iemand om mee te praten" in text
    assert "Naima" in text
    for_grandmother, paper = printed(home, owner, home.hanne, home.fatna, plan)
    text = for_grandmother.pages[0].extract_text()
    assert "Op vrijdag dansen" in text
    assert "Iemand om mee te praten" not in text
    assert "Fatna" in text
    other = browser(owner, home.lotte)
    assert other.get(f"/papers/{paper}/plan.pdf").status_code == 404
    assert other.get(f"/papers/{paper}/").status_code == 404


def test_the_paper_is_accessible_and_written_in_the_readers_language(home, owner):
    plan = home.plan()
    made, _paper = printed(home, owner, home.hanne, home.naima, plan, "ar")
    root = made.trailer["/Root"]
    assert root["/Lang"].startswith("ar")
    assert root["/MarkInfo"]["/Marked"]
    assert made.metadata.title


def test_a_paper_is_asked_again_at_the_moment_of_making(home, owner):
    plan = home.plan()
    client = browser(owner, home.lotte)
    asked = client.post(f"/plans/{plan}/paper/", {"reader": str(home.lotte), "language": "nl"})
    paper = UUID(asked.url.split("/")[2])
    owner.execute("UPDATE trust_seat SET until = since WHERE person_id = %s", [home.lotte])
    print_plan(paper, home.lotte, at=timezone.now())
    assert owner.execute("SELECT state, sheet FROM wraparound_paper").fetchall() == [("asked", None)]
    assert client.get(asked.url).status_code == 404
    with viewer.acting(home.hanne):
        assert not Paper.objects.exists()


def test_the_worker_makes_the_paper_that_waits(home, owner):
    from procrastinate.contrib.django import app

    plan = home.plan()
    client = browser(owner, home.naima)
    asked = client.post(f"/plans/{plan}/paper/", {"reader": str(home.naima), "language": "fr"})
    with in_its_place(), app.replace_connector(app.connector.get_worker_connector()) as worker:
        worker.run_worker(wait=False, install_signal_handlers=False, queues=["paper"])
    assert client.get(f"{asked.url}plan.pdf").status_code == 200


def test_only_somebody_of_the_circle_can_be_a_reader(home, owner):
    plan = home.plan()
    client = browser(owner, home.hanne)
    for reader in ("", "no id", str(home.tom)):
        assert client.post(f"/plans/{plan}/paper/", {"reader": reader, "language": "nl"}).status_code == 404


def test_the_approval_page_takes_few_statements(home, owner):
    from wraparound.test_pages import MOST, counted

    version = home.offered()
    phone = came_in(home, owner, version, home.naima)
    _page, asked = counted(phone, f"/a/{version}/")
    assert len(asked) <= MOST
    client = browser(owner, home.naima)
    for address in (f"/a/{version}/", f"/versions/{version}/", f"/family/{home.family}/story/"):
        _page, asked = counted(client, address)
        assert len(asked) <= MOST, "\n".join(one[:150] for one in asked)
    with viewer.acting(home.naima):
        assert Version.objects.get().number == 1


def test_a_name_is_said_once_though_it_is_typed_before_the_step(home, owner):
    plan = home.plan()
    from kring.wraparound.models import Action, Goal

    with viewer.acting(home.hanne):
        goal = Goal.objects.get(plan_id=plan)
    for what in ("Fatna bakt een taart", "fatna bakt brood", "Fatnas zus bellen"):
        step = {"what": what, "doer": str(home.fatna), "for_whom": "child"}
        assert (
            browser(owner, home.hanne).post(f"/goals/{goal.pk}/steps/new/?quick=1", step).status_code == 302
        )
    with viewer.acting(home.hanne):
        found = set(Action.objects.filter(doer_id=home.fatna).values_list("what", flat=True))
    assert {"bakt een taart", "bakt brood", "Fatnas zus bellen"} <= found


def test_a_day_far_from_today_is_a_slip_of_the_finger(home, owner):
    from kring.wraparound.models import Goal

    plan = home.plan()
    with viewer.acting(home.hanne):
        goal = Goal.objects.get(plan_id=plan)
    for day in ("0001-01-01", "9999-12-31"):
        step = {"what": "bellen", "doer": str(home.fatna), "for_whom": "child", "by_when": day}
        answer = browser(owner, home.hanne).post(f"/goals/{goal.pk}/steps/new/?quick=1", step)
        assert answer.status_code == 422, day
        assert 'value="bellen"' in answer.content.decode() or ">bellen<" in answer.content.decode()


def test_words_in_another_language_are_named_with_who_can_read_them(home, owner):
    version = home.offered()
    page = browser(owner, home.naima).get(f"/a/{version}/").content.decode()
    assert "This is written in Dutch." in page
    assert "Ask Hanne to read it with you." in page
