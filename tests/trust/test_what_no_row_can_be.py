"""What no row of trust can be, whoever lays it: each rule of the tables refuses by its own name, and nothing at its very edge."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from trust import narrowed
from trust.each_policy import NOW, lay

DAY, MONTH = timedelta(days=1), timedelta(days=28)
INSTANT = timedelta(microseconds=1)
ONE, OTHER, THIRD = uuid4(), uuid4(), uuid4()
STANDS = "stands"
ENDS: dict[str, Any] = {"since": NOW, "until": NOW}
EARLY = {"until": NOW - INSTANT}
NONE_OF_A_HAND_OVER = dict.fromkeys(("next_id", "taken_at", "begins_at", "leaves_at", "told_id", "told_on"))
A_HAND_OVER = {"next_id": ONE, "taken_at": NOW, "begins_at": NOW, "leaves_at": NOW + 14 * DAY}
ASKED_IN = {
    "job_id": None,
    "role": "natural",
    "answer": "",
    "answered_at": None,
    "overlap_days": 0,
    "ring": 0,
}
STANDS_IN = {
    "stands_in_for_id": ONE,
    "job_id": OTHER,
    "role": "professional",
    "begins_at": NOW,
    "ends_at": NOW + 42 * DAY,
}
ANSWERED = {"answer": "yes", "answered_at": NOW, "answered_by_id": OTHER, "asked_by_id": ONE}
SITS = {
    "role": "natural",
    "ground": "consent",
    "job_id": None,
    "ring": 1,
    "history": True,
    "since": NOW,
    "until": NOW + DAY,
}
#: A table, what may stand there at the very edge, and by which rule it is refused when this is otherwise.
RULES: list[tuple[str, dict[str, Any], dict[str, list[dict[str, Any]]]]] = [
    ("trust_agerule", {"country": "XX", "own_voice": 0, "guardian_reads_until": 0}, {
        "trust_agerule_own_voice_check": [{"own_voice": -1}],
        "trust_agerule_guardian_reads_until_check": [{"guardian_reads_until": -1}]}),
    ("trust_agreement", ENDS, {"an_agreement_ends_after_it_began": [EARLY]}),
    ("trust_job", ENDS, {"a_job_ends_after_it_began": [EARLY]}),
    ("trust_exclusion", ENDS | {"person_id": ONE, "organisation_id": None, "sector": None}, {
        "an_exclusion_ends_after_it_began": [EARLY],
        "an_exclusion_has_exactly_one_target": [{"person_id": None}, {"organisation_id": OTHER}, {"sector": "care"},
            {"person_id": None, "organisation_id": OTHER, "sector": "care"}]}),
    ("trust_danger", {"at": NOW, "ended_at": NOW}, {"a_danger_ends_after_it_began": [{"ended_at": NOW - INSTANT}]}),
    ("trust_shareddevice", {"since": NOW, "until": NOW + INSTANT}, {"a_shared_device_ends_after_it_began": [{"until": NOW}]}),
    ("trust_circle", {"kind": "desk", "family_id": None}, {"such_a_circle_belongs_to_a_family": [
        {"kind": kind} for kind in ("family", "part", "home", "own", "confidence", "sealed")]}),
    ("trust_circle", {"kind": "sealed", "family_id": ONE}, {}),
    ("trust_circle", {"kind": "village", "family_id": None}, {}),
    ("trust_contactcard", {"quiet_from": None, "quiet_until": None}, {
        "quiet_hours_begin_and_end": [{"quiet_from": "22:00"}, {"quiet_until": "07:00"}]}),
    ("trust_dangerright", {"asked_at": NOW, "until": NOW, "given_by_id": ONE, "asked_by_id": OTHER}, {
        "a_right_in_danger_ends_within_a_year": [{"until": NOW - INSTANT}, {"until": NOW + 366 * DAY + INSTANT}],
        "two_people_give_the_right_in_danger": [{"given_by_id": OTHER}]}),
    ("trust_dangerright", {"asked_at": NOW, "until": NOW + 366 * DAY}, {}),
    ("trust_forgetting", {"asked_at": NOW, "due_at": NOW + INSTANT, "done_at": NOW, "taken_back_at": None}, {
        "there_is_time_to_think_before_forgetting": [{"due_at": NOW}],
        "what_was_taken_back_is_not_done": [{"taken_back_at": NOW}]}),
    ("trust_handover", NONE_OF_A_HAND_OVER | {"told_how": ""}, {
        "a_hand_over_that_stands_has_somebody_and_its_days": [{"next_id": ONE}, {"taken_at": NOW},
            *(A_HAND_OVER | {gone: None} for gone in A_HAND_OVER)],
        "who_was_told_was_told_some_day_in_some_way": [{"told_id": ONE}, {"told_how": "a talk"}, {"told_on": NOW.date()},
            {"told_id": ONE, "told_on": NOW.date()}]}),
    ("trust_handover", A_HAND_OVER | {"told_id": ONE, "told_how": "a talk", "told_on": NOW.date()}, {
        "both_are_there_for_two_weeks_at_most": [{"leaves_at": NOW - INSTANT}, {"leaves_at": NOW + 14 * DAY + INSTANT}]}),
    ("trust_invitation", ASKED_IN, {
        "a_professional_is_invited_through_a_job": [{"job_id": ONE}, {"role": "professional"}, {"role": "coordinator"},
            {"job_id": ONE, "role": "guardian"}],
        "an_answer_to_an_invitation_has_a_moment": [{"answer": "yes"}, {"answered_at": NOW}],
        "a_hand_over_lasts_two_weeks_at_most": [{"overlap_days": 15}],
        "trust_invitation_overlap_days_check": [{"overlap_days": -1}], "trust_invitation_ring_check": [{"ring": -1}]}),
    ("trust_invitation", ASKED_IN | {"job_id": ONE, "role": "coordinator", "overlap_days": 14, "answer": "no", "answered_at": NOW}, {}),
    ("trust_invitation", ASKED_IN | STANDS_IN, {"a_stand_in_is_there_from_one_moment_to_another": [
        {"begins_at": None}, {"ends_at": NOW}, {"ends_at": NOW + 42 * DAY + INSTANT}, {"role": "coordinator"}]}),
    ("trust_leaving", {"settled": 0}, {"trust_leaving_settled_check": [{"settled": -1}]}),
    ("trust_link", {"wrong_codes": 0}, {"trust_link_wrong_codes_check": [{"wrong_codes": -1}]}),
    ("trust_matter", ANSWERED, {"another_person_answers": [
        {"answered_by_id": ONE}, {"answered_by_id": None}, {"answered_at": None}, {"answer": ""},
        {"answer": "", "answered_at": None}, {"answer": "", "answered_by_id": None}]}),
    ("trust_matter", ANSWERED | {"answer": "", "answered_at": None, "answered_by_id": None}, {}),
    ("trust_owndigits", {"wrong": 0}, {"trust_owndigits_wrong_check": [{"wrong": -1}]}),
    ("trust_pin", {"wrong": 0}, {"trust_pin_wrong_check": [{"wrong": -1}]}),
    ("trust_postponement", {"at": NOW, "until": NOW + MONTH}, {
        "a_postponement_ends_within_four_weeks": [{"until": NOW}, {"until": NOW + MONTH + INSTANT}]}),
    ("trust_seal", {"number": 9, "lines": 0}, {"trust_seal_lines_check": [{"lines": -1}]}),
    ("trust_sealcheck", {"findings": 0}, {"trust_sealcheck_findings_check": [{"findings": -1}]}),
    ("trust_sealedline", {"position": 0}, {"trust_sealedline_position_check": [{"position": -1}]}),
    ("trust_sealkeeper", {"place": 2}, {"two_keepers_of_seals": [{"place": 0}, {"place": 3}]}),
    ("trust_seat", SITS, {
        "a_seat_by_the_job_names_the_job": [{"ground": "job"}], "there_are_three_rings": [{"ring": 0}, {"ring": 4}],
        "a_seat_ends_after_it_began": [EARLY]}),
    ("trust_seat", SITS | {"ring": 3, "ground": "job", "job_id": ONE, "until": NOW}, {}),
    ("trust_signingkey", {"id": 0}, {"trust_signingkey_id_check": [{"id": -1}]}),
    ("trust_takenalong", {"state": "made", "package_locked": b"x"}, {"what_is_ready_can_be_taken_along": [{"package_locked": b""}]}),
    ("trust_takenalong", {"state": "asked", "package_locked": b""}, {}),
    ("trust_unusuallook", {"families": 0}, {"trust_unusuallook_families_check": [{"families": -1}]}),
    ("trust_village", {"answer_days": 0, "term_days": 0, "reading_ends": 0}, {
        "trust_village_answer_days_check": [{"answer_days": -1}], "trust_village_term_days_check": [{"term_days": -1}],
        "trust_village_reading_ends_check": [{"reading_ends": -1}]}),
]  # fmt: skip


@pytest.fixture(scope="module")
def house(bed) -> Iterator[psycopg.Connection]:
    """The owner; no trigger hears what is laid, and all of it is taken back."""
    with bed.connect() as owner, owner.transaction(force_rollback=True):
        owner.execute("SET LOCAL session_replication_role = replica")
        yield owner


def told(owner: psycopg.Connection, table: str, *rows: dict[str, Any]) -> str:
    """That these rows stand there together, or the rule that refuses the last."""
    try:
        with owner.transaction(force_rollback=True):
            for row in rows:
                lay(owner, table, row)
    except psycopg.errors.IntegrityError as refused:
        return str(refused.diag.constraint_name)
    return STANDS


@pytest.mark.django_db
def test_each_rule_of_a_table_refuses_what_is_beyond_its_edge(house):
    for table, row, refusals in (rule for rule in RULES if narrowed.asks(rule[0])):
        assert told(house, table, row) == STANDS, (table, row)
        for rule, beyond in refusals.items():
            for change in beyond:
                assert told(house, table, row | change) == rule, (table, change)


@pytest.mark.django_db
def test_nobody_sits_twice_in_one_circle_at_a_time(house):
    rule = "one_live_seat_per_person_and_circle"
    first = SITS | {"circle_id": ONE, "person_id": OTHER}
    for change, answer in (
        ({}, rule), ({"since": NOW + DAY - INSTANT, "until": None}, rule), ({"role": "guardian"}, rule),
        ({"since": NOW + DAY, "until": None}, STANDS), ({"until": NOW}, STANDS), ({"circle_id": THIRD}, STANDS), ({"person_id": THIRD}, STANDS),
    ):  # fmt: skip
        assert told(house, "trust_seat", first, first | change) == answer, change


@pytest.mark.django_db
def test_two_people_do_not_coordinate_one_circle_at_a_time(house):
    rule = "one_live_coordinator_per_circle"
    first = SITS | {"circle_id": ONE, "person_id": OTHER, "role": "coordinator"}
    for change, answer in (
        ({}, rule), ({"since": NOW + DAY - INSTANT, "until": None}, rule), ({"since": NOW + DAY, "until": None}, STANDS),
        ({"role": "professional"}, STANDS), ({"circle_id": OTHER}, STANDS), ({"until": NOW}, STANDS),
    ):  # fmt: skip
        assert told(house, "trust_seat", first, first | {"person_id": THIRD} | change) == answer, change
