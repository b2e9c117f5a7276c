"""Six digits, asked at one moment with all that stands there: who has them, how long a word holds, when they rest."""

from typing import Any
from uuid import UUID

from trust.by_hand import account_with_app
from trust.each_policy import Neighbourhood
from trust.told import laid, told
from trust.whoever import asked_at_once

OLD, NEW, OTHER = b"old", b"new", b"other"
NOW, NEVER, LONG = "00:00:00", None, "9 days"
TIMES = ("set_at", "right_at", "tried_at", "forgotten_at")
STAND = (
    "SELECT jsonb_build_array(convert_from(digits_hash, 'UTF8'), wrong, {}) FROM trust_owndigits WHERE person_id = %s"
).format(", ".join(f"trust.moment() - {column}" for column in TIMES))
#: What stands there of somebody else, and stays.
NEIGHBOURS: dict[str, Any] = {
    "wrong": 4,
    "set_at": LONG,
    "right_at": "00:05:00",
    "tried_at": "00:01:00",
    "forgotten_at": "2 days",
}
Row = dict[str, Any]


def stood(row: Row, digits: bytes = OLD) -> list[Any]:
    """How it stands there."""
    return [row.get("digits", digits).decode(), row.get("wrong", 0), *(row.get(column) for column in TIMES)]


def comes(
    here: Neighbourhood, who: UUID, deed: str, row: Row | None, *values: Any
) -> tuple[bool, Row | None]:
    """What is answered, and what stands there of whoever asks afterwards; nothing changed for their neighbour."""
    rows = [(here.britt, NEIGHBOURS)] + ([(who, row)] if row is not None else [])
    written = (
        f"INSERT INTO trust_owndigits (id, person_id, digits_hash, wrong, {', '.join(TIMES)}) "
        "VALUES (gen_random_uuid(), %s, %s, %s"
        f"{', trust.moment() - %s::interval' * len(TIMES)}); "
    )
    before = [
        value
        for person, one in rows
        for value in (
            person,
            one.get("digits", OLD),
            one.get("wrong", 0),
            *(one.get(column) for column in TIMES),
        )
    ]
    said = (
        f"{written * len(rows)}"
        f"SELECT set_config('kring.told', trust.{deed}({', '.join(['%s'] * len(values))})::text, true); "
        f"SELECT jsonb_build_array(current_setting('kring.told'), ({STAND}), ({STAND}))"
    )
    answer, own, next_door = asked_at_once(here, who, said, *before, *values, who, here.britt)
    assert next_door == stood(NEIGHBOURS)
    return answer == "true", own and dict(
        zip(("digits", "wrong", *TIMES), [own[0].encode(), *own[1:]], strict=True)
    )


def as_row(**row: Any) -> Row:
    """All that stands there."""
    return {"digits": OLD, "wrong": 0} | dict.fromkeys(TIMES) | row


KNOWN = as_row(set_at=LONG, right_at="3 days", tried_at="00:20:00")


def test_the_right_digits_are_right_and_whoever_knows_them_did_not_forget_them(here):
    for wrong, tried_at in ((0, NEVER), (4, "00:01:00"), (5, "00:15:00"), (5, NEVER)):
        row = KNOWN | {"wrong": wrong, "tried_at": tried_at, "forgotten_at": "2 days"}
        right = row | {"wrong": 0, "right_at": NOW, "forgotten_at": NEVER}
        assert comes(here, here.naima, "show_digits", row, OLD) == (True, right)


def test_after_five_wrong_ones_nothing_is_looked_at_for_a_quarter_of_an_hour(here):
    for digits in (OLD, OTHER):
        for wrong in (5, 6):
            row = KNOWN | {"wrong": wrong, "tried_at": "00:14:59.999999"}
            assert comes(here, here.naima, "show_digits", row, digits) == (False, row)


def test_each_wrong_try_is_counted_and_after_a_rest_from_one_on(here):
    for wrong, tried_at, counted in (
        (0, "00:01:00", 1), (4, "00:14:59.999999", 5), (4, "00:15:00", 1), (7, "01:00:00", 1), (3, NEVER, 1),
    ):  # fmt: skip
        row = KNOWN | {"wrong": wrong, "tried_at": tried_at, "forgotten_at": "2 days"}
        assert comes(here, here.naima, "show_digits", row, OTHER) == (
            False,
            row | {"wrong": counted, "tried_at": NOW},
        )


def test_digits_that_were_never_chosen_are_never_right(here):
    row = as_row(digits=b"", forgotten_at="01:00:00")
    for digits in (b"", OLD):
        assert comes(here, here.naima, "show_digits", row, digits) == (False, row)
    assert comes(here, here.naima, "show_digits", None, b"") == (False, None)


def test_who_works_here_has_no_digits(here):
    for deed, values in (
        ("show_digits", (OLD,)),
        ("choose_digits", (NEW,)),
        ("forget_digits", ()),
        ("still_known", ()),
    ):
        row = KNOWN | {"right_at": "00:01:00", "forgotten_at": "01:00:00"}
        assert comes(here, here.lotte, deed, row, *values) == (False, row), deed
        assert comes(here, here.lotte, deed, None, *values) == (False, None), deed
        assert told(here, here.naima, deed, *values, seen_as=here.karim) == [(False,)]
        assert told(here, None, deed, *values) == [(False,)]


CHOSEN = as_row(digits=NEW, set_at=NOW, right_at=NOW)


def test_who_has_none_chooses_them(here):
    assert comes(here, here.naima, "choose_digits", None, NEW) == (True, CHOSEN)
    for forgotten_at in (NEVER, "3 days", LONG):
        row = as_row(digits=b"", forgotten_at=forgotten_at)
        assert comes(here, here.naima, "choose_digits", row, NEW) == (True, CHOSEN), forgotten_at
    for forgotten_at in (NOW, "23:59:59.999999"):
        row = as_row(digits=b"", forgotten_at=forgotten_at)
        assert comes(here, here.naima, "choose_digits", row, NEW) == (False, row), forgotten_at
    for forgotten_at in ("1 day", "2 days 23:59:59.999999"):
        row = as_row(digits=b"", forgotten_at=forgotten_at)
        assert comes(here, here.naima, "choose_digits", row, NEW) == (True, CHOSEN), forgotten_at


def test_who_has_a_passkey_or_an_app_chooses_none_for_the_first_time_but_a_day_after_they_lost_it(here):
    account_with_app(here.owner, here.karim, "karim@example.org")
    account_with_app(here.owner, here.naima, "naima@example.org")
    kinds = "UPDATE mfa_authenticator m SET type = %s FROM trust_account a WHERE a.id = m.user_id AND a.person_id = %s"
    for kind, chooses in (("totp", False), ("webauthn", False), ("recovery_codes", True)):
        here.owner.execute(kinds, [kind, here.naima])
        for forgotten_at in (NEVER, "3 days", LONG):
            row = as_row(digits=b"", forgotten_at=forgotten_at)
            assert comes(here, here.naima, "choose_digits", row, NEW) == (chooses, CHOSEN if chooses else row)
        assert comes(here, here.naima, "choose_digits", None, NEW) == (chooses, CHOSEN if chooses else None)
        lost = as_row(digits=b"", forgotten_at="2 days")
        assert comes(here, here.naima, "choose_digits", lost, NEW) == (True, CHOSEN)
    assert comes(here, here.aunt, "choose_digits", None, NEW) == (True, CHOSEN), "it is theirs, not hers"


def test_who_showed_the_old_ones_just_now_chooses_others(here):
    for right_at, chooses in (("00:09:59.999999", True), ("00:10:00", False), (NEVER, False)):
        row = KNOWN | {"right_at": right_at, "wrong": 2}
        new = row | {"digits": NEW, "set_at": NOW, "right_at": NOW, "wrong": 0}
        assert comes(here, here.naima, "choose_digits", row, NEW) == (chooses, new if chooses else row)


def test_who_said_that_they_forgot_them_chooses_others_from_one_day_to_three_days_later(here):
    for forgotten_at, chooses in (
        ("23:59:59.999999", False), ("1 day", True), ("3 days", True), ("3 days 00:00:00.000001", False),
    ):  # fmt: skip
        row = KNOWN | {"forgotten_at": forgotten_at, "wrong": 5}
        new = row | {"digits": NEW, "set_at": NOW, "right_at": NOW, "wrong": 0, "forgotten_at": NEVER}
        assert comes(here, here.naima, "choose_digits", row, NEW) == (chooses, new if chooses else row), (
            forgotten_at
        )


def test_that_they_are_forgotten_is_said_once_in_three_days(here):
    assert comes(here, here.naima, "forget_digits", None) == (True, as_row(digits=b"", forgotten_at=NOW))
    for forgotten_at, anew in (
        (NEVER, True),
        ("3 days", True),
        ("2 days 23:59:59.999999", False),
        ("01:00:00", False),
    ):
        row = KNOWN | {"forgotten_at": forgotten_at, "wrong": 3}
        said = row | {"forgotten_at": NOW} if anew else row
        assert comes(here, here.naima, "forget_digits", row) == (anew, said), forgotten_at


def test_who_shows_that_it_is_they_did_not_forget_them(here):
    row = KNOWN | {"forgotten_at": "01:00:00", "wrong": 3}
    assert comes(here, here.naima, "still_known", row) == (True, row | {"forgotten_at": NEVER})
    assert comes(here, here.naima, "still_known", KNOWN) == (False, KNOWN)
    assert comes(here, here.naima, "still_known", None) == (False, None)


def test_each_reads_of_their_own_how_they_stand(here):
    for row, rests, forgotten in (
        (KNOWN | {"wrong": 4}, NEVER, NEVER), (KNOWN | {"wrong": 5}, "00:05:00", NEVER),
        (KNOWN | {"forgotten_at": "3 days"}, NEVER, NEVER),
        (KNOWN | {"forgotten_at": "2 days 23:59:59.999999"}, NEVER, "2 days 23:59:59.999999"),
    ):  # fmt: skip
        said = (
            "DELETE FROM trust_owndigits; "
            "INSERT INTO trust_owndigits (id, person_id, digits_hash, set_at, wrong, tried_at, forgotten_at) "
            "SELECT gen_random_uuid(), one.who, '', trust.moment() - one.stood::interval, %s, "
            "trust.moment() - %s::interval, trust.moment() - %s::interval "
            "FROM (VALUES (%s::uuid, %s), (%s, '7 days'), (%s, '7 days')) one (who, stood); "
            "SELECT jsonb_agg(jsonb_build_array("
            "trust.moment() - set_at, trust.moment() - rests_until, trust.moment() - forgotten_at)) "
            "FROM trust.my_digits()"
        )  # fmt: skip
        values = (
            row["wrong"],
            row["tried_at"],
            row["forgotten_at"],
            here.naima,
            row["set_at"],
            here.britt,
            here.lotte,
        )
        assert asked_at_once(here, here.naima, said, *values) == [[LONG, rests, forgotten]]
        assert (
            asked_at_once(here, here.lotte, said, *values)
            is asked_at_once(here, here.aunt, said, *values)
            is None
        )


def test_whoever_speaks_for_nobody_reads_none(here):
    laid(here, "trust_owndigits", person_id=here.naima)
    assert told(here, None, "my_digits") == told(here, here.naima, "my_digits", seen_as=here.karim) == []
    assert len(told(here, here.naima, "my_digits")) == 1
