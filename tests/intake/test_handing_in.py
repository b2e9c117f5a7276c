"""Handing in: any language, any text, a second click, a child who asks for help (S1)."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.utils import DatabaseError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.desk import JONAS, Desk
from kring.intake import receipts, rules
from kring.intake.usecases import handing_in
from kring.intake.usecases.handing_in import Told
from kring.trust.holidays import DaysOff


def test_a_second_click_makes_one_concern(desk: Desk):
    first = desk.hand_in(form_key="one form")
    second = desk.hand_in(form_key="one form")
    assert (first.token, first.is_new, second.is_new) == (second.token, True, False)
    assert desk.count("intake_concern") == desk.count("intake_promise") == 1


def test_changed_words_are_not_lost_by_the_same_form(desk: Desk):
    desk.hand_in(form_key="one form")
    again = desk.hand_in(Told(who_about="Jonas, 3B", seen="Nog iets: hij at niets."), form_key="one form")
    assert again.is_new
    assert desk.count("intake_concern") == 2


def test_the_receipt_names_who_is_on_duty_and_a_day(desk: Desk):
    now = timezone.now()
    receipt = receipts.read(desk.hand_in(at=now).token, at=now)
    assert receipt is not None
    assert receipt.person["name"] == "Els"
    assert receipt.stand_in["name"] == "Marc"
    assert receipt.due == rules.answer_by(now, answer_days=2, zone="Europe/Brussels", off=DaysOff("BE"))
    assert receipt.state == "received"


def test_when_who_is_on_duty_left_the_stand_in_is_named(desk: Desk, owner):
    owner.execute("UPDATE trust_job SET until = now() WHERE person_id = %s", [desk.els])
    receipt = receipts.read(desk.hand_in().token, at=timezone.now())
    assert receipt.person["name"] == "Marc"


def test_who_leaves_later_is_replaced_on_the_receipt(desk: Desk, owner):
    made = desk.hand_in()
    owner.execute("UPDATE trust_job SET until = now() WHERE person_id = %s", [desk.els])
    assert receipts.read(made.token, at=timezone.now()).person["name"] == "Marc"


def test_without_anybody_at_the_desk_the_village_still_answers(desk: Desk, owner):
    owner.execute("UPDATE trust_job SET until = now() WHERE role = 'contact point'")
    receipt = receipts.read(desk.hand_in().token, at=timezone.now())
    assert receipt.person is None
    assert receipt.village["phone"] == "015 00 00 00"


def test_the_page_says_truly_who_reads_it(desk: Desk, owner):
    said = handing_in.front_door(desk.village, at=timezone.now())
    assert said["readers"] == ["Els", "Marc", "Fien"]
    owner.execute("UPDATE trust_job SET until = now() WHERE person_id = %s", [desk.fien])
    assert handing_in.front_door(desk.village, at=timezone.now())["readers"] == ["Els", "Marc"]


def test_a_child_who_asks_for_help_needs_no_word(desk: Desk):
    made = desk.hand_in(Told(wants_help_now=True, asker_kind="young"))
    receipt = receipts.read(made.token, at=timezone.now())
    assert receipt.asks_reach
    assert receipts.add_reach(made.token, name="Mila", reach="op school, 2A", at=timezone.now())
    assert not receipts.add_reach(made.token, name="Somebody", reach="elsewhere", at=timezone.now())
    row = desk.row(made.concern_id)
    assert (row["asker_name"], row["reach"], row["wants_help_now"]) == ("Mila", "op school, 2A", True)
    assert not receipts.read(made.token, at=timezone.now()).asks_reach


def test_who_did_not_ask_for_help_adds_nothing_by_the_receipt(desk: Desk):
    made = desk.hand_in(Told(seen="x"))
    assert not receipts.add_reach(made.token, name="", reach="0470", at=timezone.now())
    assert desk.row(made.concern_id)["reach"] == ""


def test_an_empty_form_of_an_adult_is_nothing(desk: Desk):
    with pytest.raises(handing_in.NothingTold):
        desk.hand_in(Told(seen=" \x00 \u202e ", reach="0470"))
    assert desk.count("intake_concern") == 0


def test_without_a_contact_point_nothing_is_taken_in(desk: Desk, owner):
    owner.execute("UPDATE trust_circle SET kind = 'group' WHERE kind = 'never'")
    from kring.trust.models import Village

    with pytest.raises(DatabaseError):
        nowhere = Village(pk=uuid4(), country="BE", timezone="Europe/Brussels")
        handing_in.hand_in(JONAS, village=nowhere, form_key="k", at=timezone.now())


any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=400)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    who=any_text, seen=any_text, reach=any_text, name=any_text, key=st.text(max_size=60),
    language=st.sampled_from(["nl", "ar", "x" * 40]), help_now=st.booleans(),
)  # fmt: skip
def test_whatever_is_typed_is_taken_in_or_empty(desk: Desk, who, seen, reach, name, key, language, help_now):
    told = Told(
        who_about=who, seen=seen, reach=reach, asker_name=name, language=language, wants_help_now=help_now
    )
    try:
        made = desk.hand_in(told, form_key=key)
    except handing_in.NothingTold:
        assert not any((rules.clean(who), rules.clean(seen), help_now))
        return
    row = desk.row(made.concern_id)
    assert row["seen"] == rules.clean(seen, rules.LONGEST_SEEN)
    assert row["who_about"] == rules.one_line(who, rules.LONGEST_WHO)


ODD = [
    "Hij is stil.\x00 En moe.", "أخي لا ينام منذ أسبوع", "\u202eneergekeerd\u202c", "א\u200fב", "=HYPERLINK(1)",
    "<script>alert(1)</script>", "'; DROP TABLE intake_concern; --", "a" * 10_000_000,
]  # fmt: skip


def test_odd_text_is_kept_as_text(desk: Desk):
    for seen in ODD:
        row = desk.row(desk.hand_in(Told(seen=seen)).concern_id)
        assert row["seen"] == rules.clean(seen, rules.LONGEST_SEEN)


# What a receipt tells


def test_a_receipt_tells_nothing_of_what_was_told(desk: Desk):
    made = desk.hand_in(Told(
        who_about="WHOABOUT", seen="WHATSEEN", reach="REACH@kring.example", asker_name="ASKER", asker_kind="parent",
        family_knows="no",
    ))  # fmt: skip
    told = json.dumps(
        receipts._ask("SELECT trust.receipt(%s, %s)::text", receipts.hashed(made.token), timezone.now())
    )
    for word in ("WHOABOUT", "WHATSEEN", "REACH", "ASKER", "parent", str(made.concern_id), str(desk.els)):
        assert word not in told


def test_two_receipts_that_differ_only_in_what_is_hidden_are_the_same_byte_for_byte(desk: Desk):
    now = timezone.now()
    one = desk.hand_in(JONAS, at=now)
    other = desk.hand_in(
        Told(who_about="Samira", seen="Iets heel anders", reach="0470", language="ar"), at=now
    )
    assert receipts.read(one.token, at=now) == receipts.read(other.token, at=now)


def test_an_unknown_token_shows_nothing(desk: Desk):
    desk.hand_in()
    for token in ("", "x", "x" * 32, "\x00", "é", "../../", "x" * 100_000, "\ud800"):
        assert receipts.read(token, at=timezone.now()) is None
        assert not receipts.answer(token, answer="yes", at=timezone.now())
        assert not receipts.add_reach(token, name="x", reach="x", at=timezone.now())


def test_the_token_stands_nowhere_in_the_database(desk: Desk):
    made = desk.hand_in()
    told = str(desk.row(made.concern_id)) + str(
        desk.owner.execute("SELECT args FROM procrastinate_jobs").fetchall()
    )
    assert made.token not in told


def test_thirty_days_after_closing_a_receipt_shows_nothing(desk: Desk, owner):
    from kring.intake.models import Concern
    from kring.intake.usecases import concerns
    from kring.trust.viewer import acting

    made = desk.hand_in()
    with acting(desk.els) as me:
        concerns.close(
            Concern.objects.get(pk=made.concern_id),
            outcome="talked",
            reason="Dank je.",
            by=me,
            at=timezone.now(),
        )
    assert receipts.read(made.token, at=timezone.now()).reason == "Dank je."
    desk.earlier(made.concern_id, days=29, hours=23)
    assert receipts.read(made.token, at=timezone.now()) is not None
    desk.earlier(made.concern_id, hours=2)
    assert receipts.read(made.token, at=timezone.now()) is None
    assert receipts.read(made.token, at=timezone.now() - timedelta(days=20)) is None
