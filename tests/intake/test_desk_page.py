"""The desk on the page: take up, promise, answer, close, think again (S1-S4)."""

import re
from datetime import timedelta
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from intake.desk import JONAS, Desk
from intake.test_front_page import MOST_STATEMENTS, text
from kring.intake.usecases.handing_in import Told

SAMIRA = Told(who_about="Samira", seen="Zij is moe.", reach="samira@example.org", asker_kind="parent")


def day(away: int) -> str:
    return (timezone.localdate() + timedelta(days=away)).isoformat()


def test_the_desk_is_for_the_contact_point_only(desk: Desk, sign_in, client):
    desk.hand_in()
    assert client.get("/concerns/").status_code == 302
    for other in (desk.karin, desk.sam):
        answer = sign_in(other).get("/concerns/")
        assert answer.status_code == 403
        assert "Jonas" not in text(answer)


def test_hidden_and_missing_concerns_answer_the_same(desk: Desk, sign_in):
    concern = desk.taken_up()
    fien = sign_in(desk.fien)
    hidden, missing = fien.get(f"/concerns/{concern}/"), fien.get(f"/concerns/{uuid4()}/")
    assert hidden.status_code == missing.status_code == 404
    strip = re.compile(rb'csrfmiddlewaretoken" value="[^"]+"|X-CSRFToken": "[^"]+"|/concerns/[0-9a-f-]+/')
    assert strip.sub(b"", hidden.content) == strip.sub(b"", missing.content)
    for deed in ("notes", "promises", "end", "yes"):
        assert fien.post(f"/concerns/{concern}/{deed}/").status_code == 404


def test_oldest_promise_first_and_help_before_all(desk: Desk, sign_in):
    first = desk.hand_in(SAMIRA)
    desk.hand_in(Told(wants_help_now=True, who_about="Mila"))
    old = desk.hand_in(JONAS)
    desk.earlier(old.concern_id, days=9)
    page = text(sign_in(desk.els).get("/concerns/"))
    assert page.index("Mila") < page.index("Jonas") < page.index("Samira")
    assert "1 promise has passed its day" in page
    assert first.is_new


def test_the_hint_of_the_same_child_shows_only_what_one_sees(desk: Desk, sign_in):
    desk.hand_in(JONAS)
    desk.hand_in(Told(who_about="jonas 3b", seen="Hij komt te laat"))
    assert "Maybe about the same child: Jonas, 3B" in text(sign_in(desk.els).get("/concerns/"))
    desk.owner.execute("DELETE FROM intake_promise")
    desk.owner.execute("DELETE FROM intake_concern")
    desk.taken_up(JONAS)
    desk.hand_in(Told(who_about="jonas 3b", seen="Hij komt te laat"))
    assert "Maybe about the same child" not in text(sign_in(desk.fien).get("/concerns/"))


def test_taking_up_with_one_key_and_thinking_again(desk: Desk, sign_in):
    made = desk.hand_in()
    els, fien = sign_in(desk.els), sign_in(desk.fien)
    answer = els.post(f"/concerns/{made.concern_id}/take-up/")
    assert answer.status_code == 302
    page = els.get(answer["Location"])
    assert 'data-key-page="u"' in page.content.decode()
    assert "Who may know this: Els and Marc." in text(page)
    assert "Jonas" not in text(fien.get("/concerns/"))
    late = fien.post(f"/concerns/{made.concern_id}/take-up/", follow=True)
    missing = fien.post(f"/concerns/{uuid4()}/take-up/", follow=True)
    assert "not on the desk any more" in text(late)
    assert "not on the desk any more" in text(missing)
    els.post("/concerns/undo/")
    assert "Jonas" in text(fien.get("/concerns/"))
    assert "nothing to take back" in text(els.post("/concerns/undo/", follow=True))


def test_a_whole_first_talk(desk: Desk, sign_in, client):
    made = desk.hand_in(SAMIRA)
    els, here = sign_in(desk.els), f"/concerns/{made.concern_id}/"
    els.post(here + "take-up/", {"stand_in": str(desk.marc)})
    wrong = els.post(
        here + "promises/", {"what": "Bellen", "to_whom": "asker", "day": day(-2), "hour": "16:00"}
    )
    assert wrong.status_code == 422
    assert "This moment is past. Which day do you mean?" in text(wrong)
    assert 'value="Bellen"' in wrong.content.decode()
    els.post(
        here + "promises/", {"what": "Judoclub bellen", "to_whom": "asker", "day": day(3), "hour": "15:00"}
    )
    promise = desk.owner.execute("SELECT id FROM intake_promise WHERE kind = 'word'").fetchone()[0]
    moved = els.post(
        f"/concerns/promises/{promise}/day/", {"day": day(4), "hour": "10:00", "reason": "Gesloten"}
    )
    assert moved.status_code == 302
    assert "first promised before" in text(els.get(here))
    els.post(here + "notes/", {"reached": "yes", "text": "We spraken rustig."})
    els.post(f"/concerns/promises/{promise}/kept/")
    assert "We spraken rustig." in text(els.get(here))
    assert "We talked" in text(client.get(f"/r/{made.token}/"))
    assert els.post(here + "end/", {"outcome": "talked", "reason": " "}).status_code == 422
    els.post(here + "end/", {"outcome": "talked", "reason": "Dank je voor je vertrouwen."})
    receipt = text(client.get(f"/r/{made.token}/"))
    assert "Dank je voor je vertrouwen." in receipt
    assert "Judoclub" not in receipt
    els.post("/concerns/undo/")
    assert "Dank je" not in text(client.get(f"/r/{made.token}/"))
    assert els.get(here).status_code == 200


def test_every_deed_may_be_clicked_twice(desk: Desk, sign_in):
    concern = desk.taken_up(SAMIRA)
    els, here = sign_in(desk.els), f"/concerns/{concern}/"
    for _ in range(2):
        assert els.post(here + "take-up/").status_code == 302
    for _ in range(2):
        assert els.post(here + "end/", {"outcome": "talked", "reason": "Dank je"}).status_code == 302
    assert els.post(here + "notes/", {"reached": "yes"}).status_code == 302
    assert desk.count("intake_talknote") == 0


ODD = [
    ("promises", {"what": "x", "to_whom": "asker", "day": "not a day", "hour": "99"}),
    ("promises", {"what": "\x00", "day": "9999-99-99"}),
    ("promises", {"what": "Bellen", "to_whom": "asker", "day": "2099-01-01", "hour": "15:00"}),
    ("promises", {}),
    ("notes", {"reached": "perhaps"}),
    ("end", {"outcome": "nobody", "reason": "x"}),
    ("end", {"outcome": "x" * 9000, "reason": "x" * 9000}),
    ("yes", {"name": "x"}),
    ("yes", {"born_1": "2999-01-01", "promises": "x"}),
]


def test_odd_input_gets_the_page_back(desk: Desk, sign_in):
    concern, els = desk.taken_up(), sign_in(desk.els)
    for deed, words in ODD:
        answer = els.post(f"/concerns/{concern}/{deed}/", words)
        assert answer.status_code == 422, (deed, words)
        assert "Please look at this once more" in text(answer)


def test_a_stand_in_from_nowhere_is_refused_kindly(desk: Desk, sign_in):
    made, els = desk.hand_in(), sign_in(desk.els)
    for chosen in ("x", "\x00", str(uuid4())):
        answer = els.post(f"/concerns/{made.concern_id}/take-up/", {"stand_in": chosen}, follow=True)
        assert "does not work at the contact point" in text(answer)


def test_a_family_says_yes(desk: Desk, sign_in):
    concern = desk.taken_up(SAMIRA)
    els = sign_in(desk.els)
    assert els.get(f"/concerns/{concern}/yes/").status_code == 200
    answer = els.post(f"/concerns/{concern}/yes/", {
        "name": "Familie Maes", "wanted": "Samira wil slapen.", "said_by": "Leen", "how": "thuis", "agreed": "on",
        "child_1": "Samira", "born_1": "2015-02-03", "guardian_1": "Leen", "relation_1": "mama", "authority_1": "on",
    })  # fmt: skip
    assert answer.status_code == 302
    assert re.fullmatch(r"/family/[0-9a-f-]{36}/", answer["Location"])
    assert "The family said yes" in text(els.get(f"/concerns/{concern}/"))


def test_a_teacher_writes_down_and_gets_the_receipt(desk: Desk, sign_in):
    karin = sign_in(desk.karin)
    assert karin.get("/concerns/new/").status_code == 200
    answer = karin.post("/concerns/new/", {
        "form_key": "k", "channel": "talk", "asker_kind": "parent", "who_about": "Mo", "seen": "Moe", "reach": "",
    })  # fmt: skip
    assert answer.status_code == 302
    assert "You left no number. Els answers you on this page before" in text(karin.get(answer["Location"]))
    assert karin.post("/concerns/new/", {"channel": "page"}).status_code == 422


def test_who_is_on_duty_is_changed_on_a_page(desk: Desk, sign_in, client):
    els = sign_in(desk.els)
    assert els.get("/concerns/duty/").status_code == 200
    assert (
        els.post("/concerns/duty/", {"person": str(desk.fien), "stand_in": str(desk.els)}).status_code == 302
    )
    assert "Fien or a colleague contacts you" in text(client.get("/concern/"))
    assert els.post("/concerns/duty/", {"person": str(desk.karin)}).status_code == 422
    assert sign_in(desk.karin).get("/concerns/duty/").status_code == 403


def test_a_warning_stands_on_the_desk_a_week_before(desk: Desk, sign_in):
    made = desk.hand_in()
    desk.earlier(made.concern_id, days=84)
    assert "1 concern is deleted within a week" in text(sign_in(desk.els).get("/concerns/"))


def test_the_number_of_statements_does_not_grow(desk: Desk, sign_in):
    els, counts = sign_in(desk.els), []
    els.get("/concerns/")
    for many in (1, 12):
        for _ in range(many):
            desk.hand_in(SAMIRA)
        with CaptureQueriesContext(connection) as asked:
            assert els.get("/concerns/").status_code == 200
        counts.append(
            len([q for q in asked if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))])
        )
    assert counts[0] == counts[1] <= MOST_STATEMENTS


def test_one_concern_takes_few_statements(desk: Desk, sign_in):
    concern = desk.taken_up()
    els = sign_in(desk.els)
    els.post(f"/concerns/{concern}/notes/", {"reached": "yes", "text": "x"})
    with CaptureQueriesContext(connection) as asked:
        assert els.get(f"/concerns/{concern}/").status_code == 200
    assert (
        len([q for q in asked if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))])
        <= MOST_STATEMENTS
    )


def test_the_way_back_belongs_to_the_last_deed(desk: Desk, sign_in):
    here, els = f"/concerns/{desk.taken_up()}/", sign_in(desk.els)
    els.post(here + "promises/", {"what": "Bellen", "to_whom": "asker", "day": day(2), "hour": "16:00"})
    assert "Promised." in text(els.get(here))
    after = text(els.post(here + "notes/", {"reached": "yes", "text": "Gesproken."}, follow=True))
    assert "Written down." in after
    assert "Promised." not in after
    assert "nothing to take back" in text(els.post("/concerns/undo/", follow=True))


def test_a_promise_lies_between_today_and_two_years(desk: Desk, sign_in):
    page = sign_in(desk.els).get(f"/concerns/{desk.taken_up()}/").content.decode()
    assert page.count(f'min="{day(0)}"') == page.count('type="date"') == page.count('max="' + day(730))


def test_a_full_desk_shows_the_first_and_the_rest_when_asked(desk: Desk, sign_in):
    els = sign_in(desk.els)
    for number in range(33):
        desk.hand_in(Told(who_about=f"kind {number}", seen="Moe", asker_kind="teacher"))
    first = els.get("/concerns/").content.decode()
    assert first.count("data-open-row") == 30
    assert "33 wait for somebody." in " ".join(first.split())
    assert 'href="?all=1"' in first
    whole = els.get("/concerns/?all=1").content.decode()
    assert whole.count("data-open-row") == 33
    assert 'href="?all=1"' not in whole
