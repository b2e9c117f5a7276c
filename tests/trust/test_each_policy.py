"""Of every kind of row that lies in no circle of the one policy: who reads, changes and deletes it, by hand-made SQL."""

from contextlib import nullcontext
from typing import Any

import pytest
from django.db import Error, IntegrityError, connection, transaction

from kring.trust import enforcement, viewer
from trust.each_policy import KEYS, Neighbourhood
from trust.scenes import LONG_AGO, insert

CIRCLE = {"naima", "karim", "samira", "hind", "noor", "lotte", "els"}
WORKERS = {"noor", "lotte", "tom", "els", "lou", "ada", "nel", "vera", "bea", "nils", "eva", "vik"}
VILLAGE = CIRCLE | WORKERS | {"said", "britt", "bram"}
ELSEWHERE_AT_WORK = {"xavi", "xena", "xander", "xeno"}
ALL = VILLAGE | ELSEWHERE_AT_WORK | {"nobody"}
ADMINISTRATORS, TRUST_OFFICERS, DESK = {"ada", "bea"}, {"vera", "vik"}, {"els", "eva"}
MOTHER = {"naima", "samira"}
PARENTS, LOTTE, NONE = {"naima", "karim", "samira"}, {"lotte"}, set[str]()
NETWORK = ADMINISTRATORS | {"nel", "nils"}
DIRECTORY = NETWORK | {"lou"}
SAY_LEAVING = DESK | {"lotte", "lou"}

#: Who reads, who changes, who deletes. Lotte's, where it is somebody's own; the mother's, where it lies with the family.
EXPECTED = {
    "trust_village": (ALL, ADMINISTRATORS, NONE),
    "trust_organisation": (ALL, NETWORK, NONE),
    "trust_agreement": (VILLAGE, NETWORK, NONE),
    "trust_job": (VILLAGE, SAY_LEAVING | ADMINISTRATORS, NONE),
    "trust_person": (VILLAGE, LOTTE, NONE),
    "trust_change": (ADMINISTRATORS, NONE, NONE),
    "trust_logo": (ALL, NONE, NONE),
    "trust_leaving": (SAY_LEAVING, SAY_LEAVING, NONE),
    "trust_family": (CIRCLE, CIRCLE, NONE),
    "trust_familymember": (CIRCLE, NONE, NONE),
    "trust_birth": (CIRCLE, NONE, NONE),
    "trust_birthbefore": (CIRCLE, NONE, NONE),
    "trust_circle": (CIRCLE, CIRCLE, NONE),
    "trust_home": (MOTHER, MOTHER, NONE),
    "trust_seat": (CIRCLE, PARENTS | {"noor", "lotte"}, NONE),
    "trust_contactcard": (CIRCLE, PARENTS | {"noor"}, NONE),
    "trust_exclusion": ({"karim", "samira"}, {"karim", "samira"}, NONE),
    "trust_withdrawal": (CIRCLE, NONE, NONE),
    "trust_entry": (CIRCLE, NONE, NONE),
    "trust_matter": (TRUST_OFFICERS, NONE, NONE),
    "trust_dangerright": (WORKERS, NONE, NONE),
    "trust_danger": ({"noor", "tom"}, NONE, NONE),
    "trust_dangerreview": ({"noor", "tom"}, NONE, NONE),
    "trust_postponement": (NONE, NONE, NONE),
    "trust_access": (LOTTE, NONE, NONE),
    "trust_denial": (LOTTE, NONE, NONE),
    "trust_takenalong": (LOTTE, LOTTE, LOTTE),
    "trust_pin": (LOTTE, LOTTE, LOTTE),
    "trust_shareddevice": (LOTTE, LOTTE, LOTTE),
    "trust_session": (LOTTE, NONE, LOTTE),
    "trust_signon": (LOTTE, NONE, NONE),
    "trust_unusuallook": (LOTTE, NONE, NONE),
    "vision_backup": (LOTTE, LOTTE, LOTTE),
    "network_colleaguecard": (WORKERS, LOTTE, NONE),
    "trust_sealkeeper": (TRUST_OFFICERS, TRUST_OFFICERS, NONE),
    "messaging_call": ({"noor"}, {"noor"}, NONE),
    "intake_duty": (VILLAGE, DESK, DESK),
    "network_importdraft": (NETWORK, NETWORK, NETWORK),
    "network_townmap": (ALL, NETWORK, NETWORK),
    "network_schoolholiday": (ALL, NETWORK, NETWORK),
    "network_correction": (VILLAGE, DIRECTORY, NONE),
    "network_place": (ALL, NETWORK, NETWORK),
    **dict.fromkeys(
        ("network_organisationcard", "network_offer", "network_goodtoknow", "network_offerplace", "network_keeping",
         "network_picture"),
        (ALL, DIRECTORY, DIRECTORY),
    ),
    "vision_wordhint": (ALL, NETWORK, NONE),
    "vision_practicecard": (ALL, NETWORK, NONE),
    "vision_principlesversion": (ALL, NONE, NONE),
    "confidences_onthemenu": (ALL, NETWORK, NONE),
    "wraparound_draft": ({"naima"}, {"naima"}, {"naima"}),
    "wraparound_paper": ({"naima"}, {"naima"}, {"naima"}),
}  # fmt: skip
#: Who writes one more row like the one that lies there, if no trigger has anything against it.
WRITTEN = {
    "trust_job": ADMINISTRATORS, "trust_change": {"ada"}, "trust_logo": ADMINISTRATORS, "trust_leaving": LOTTE, "trust_entry": LOTTE,
    "trust_family": {"els"}, "intake_duty": DESK, "trust_home": MOTHER,
    "trust_contactcard": PARENTS | {"noor"}, "trust_sealkeeper": {"vera"}, "vision_principlesversion": {"nel"},
    "wraparound_draft": {"naima"}, "wraparound_paper": {"naima"},
    **dict.fromkeys(("trust_pin", "trust_shareddevice", "trust_takenalong", "vision_backup", "network_colleaguecard"), LOTTE),
    **dict.fromkeys(
        ("trust_organisation", "trust_agreement", "network_importdraft", "network_schoolholiday", "network_townmap",
         "confidences_onthemenu", "vision_practicecard", "vision_wordhint"),
        NETWORK,
    ),
    **dict.fromkeys(
        ("network_organisationcard", "network_place", "network_offer", "network_goodtoknow", "network_offerplace",
         "network_keeping", "network_picture"),
        DIRECTORY,
    ),
}  # fmt: skip
#: The column in which it stands who does it, and who may when they name themselves there.
OWN_NAME = {
    "trust_change": ("by_id", ADMINISTRATORS), "trust_leaving": ("said_by_id", SAY_LEAVING),
    "trust_family": ("opened_by_id", DESK), "trust_exclusion": ("decided_by_id", {"samira"}),
    "trust_sealkeeper": ("chosen_by_id", TRUST_OFFICERS), "vision_principlesversion": ("written_by_id", NETWORK),
    "trust_person": ("met_by_id", VILLAGE), "trust_entry": ("person_id", ALL - {"nobody"}),
    "network_colleaguecard": ("person_id", WORKERS | ELSEWHERE_AT_WORK), "wraparound_draft": ("owner_id", CIRCLE),
}  # fmt: skip
#: Of the other family: Els opened it, Tom coordinates it, and Said sits on the own page of Bram, who has no seat in its circle.
NEXT_CIRCLE = {"britt", "els", "tom"}
NEXT_FAMILY = {
    **dict.fromkeys(("trust_circle", "trust_seat"), NEXT_CIRCLE), "trust_birth": NEXT_CIRCLE | {"bram"},
    **dict.fromkeys(("trust_family", "trust_familymember", "trust_person"), NEXT_CIRCLE | {"bram", "said"}),
}  # fmt: skip
NEW = ("trust_family", "trust_familymember")
#: What no page shows that is seen as somebody else.
UNSEEN = {
    "messaging_call", "network_colleaguecard", "trust_birthbefore", "trust_change", "trust_danger", "trust_dangerreview",
    "trust_dangerright", "trust_entry", "trust_exclusion", "trust_home", "trust_leaving", "trust_matter", "trust_pin",
    "trust_postponement", "trust_sealkeeper", "trust_session", "trust_shareddevice", "trust_signon", "trust_takenalong",
    "trust_unusuallook", "vision_backup", "wraparound_draft", "wraparound_paper",
}  # fmt: skip
#: Asked elsewhere: the one policy of circles, what nobody reads, what everybody reads, and how somebody signs in.
ELSEWHERE = {
    "circle", "gatekeeper only", "open, read only", "sign-in", "address of an account", "second factor",
}  # fmt: skip
DEEDS = ["read", "change", "delete"]
MAY_CHANGE = (
    "SELECT min(column_name::text) FROM information_schema.column_privileges "
    "WHERE table_name = %s AND grantee = 'kring_runtime' AND privilege_type = 'UPDATE'"
)


def statements(here: Neighbourhood, deed: str) -> dict[str, str]:
    """Of each table how this is done to its row; nothing where the serving role may not at all."""
    found = {}
    for table in here.rows:
        (column,) = here.owner.execute(MAY_CHANGE, [table]).fetchone()
        found[table] = {
            "read": f"SELECT 1 FROM {table} WHERE",
            "change": f"UPDATE {table} SET {column} = {column} WHERE" if column else "",
            "delete": f"DELETE FROM {table} WHERE",
        }[deed] + f" {KEYS.get(table, 'id')} = %s"
    return {table: said for table, said in found.items() if not said.startswith(" ")}


def asked(
    here: Neighbourhood, said: dict[str, str], rows: dict[str, Any], **seen_as: Any
) -> dict[str, set[str]]:
    """Of each table by whose hand this is done."""
    found: dict[str, set[str]] = {table: set() for table in here.rows}
    for name, who in (("nobody", None), *here.called.items()):
        with viewer.acting(who, **seen_as) if who else nullcontext():
            for table, statement in said.items():
                if done(statement, rows[table]):
                    found[table].add(name)
    return found


def done(statement: str, row: object) -> bool:
    """Whether it touches the row; taken back at once. What only a constraint refuses the policy had allowed."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [row])
            transaction.set_rollback(True)
            return cursor.rowcount > 0
    except IntegrityError:
        return True
    except Error:
        return False


@pytest.mark.parametrize("deed", DEEDS)
def test_each_row_is_for_those_whom_the_rules_name_and_for_nobody_else(here, deed):
    found = asked(here, statements(here, deed), here.rows)
    assert found == {table: EXPECTED[table][DEEDS.index(deed)] for table in here.rows}


@pytest.mark.parametrize("deed", DEEDS[1:])
def test_who_may_change_or_delete_a_row_hangs_on_no_other_policy(here, deed):
    """As if everybody read everything."""
    with here.read_by_all():
        found = asked(here, statements(here, deed), here.rows)
    assert found == {table: EXPECTED[table][DEEDS.index(deed)] for table in here.rows}


def test_each_kind_of_row_is_written_by_those_whom_the_rules_name(here):
    with here.without_triggers():
        found = asked(here, here.writing(), here.copies())
    assert found == {table: WRITTEN.get(table, NONE) for table in here.rows}


def test_each_kind_of_row_is_written_in_ones_own_name_by_those_whom_the_rules_name(here):
    with here.without_triggers():
        found = asked(
            here, here.writing({table: column for table, (column, _) in OWN_NAME.items()}), here.copies()
        )
    expected = {table: who for table, (_, who) in OWN_NAME.items() if table in here.rows}
    assert {table: found[table] for table in expected} == expected


def test_a_family_without_a_circle_is_there_for_who_opened_it_alone(here):
    family = insert(
        here.owner,
        "trust_family",
        village_id=here.village,
        name="New",
        opened_at=LONG_AGO,
        opened_by_id=here.els,
    )
    member = insert(
        here.owner,
        "trust_familymember",
        family_id=family,
        person_id=here.noor,
        kind="guardian",
        relation="",
        authority=True,
    )
    said = statements(here, "read")
    found = asked(
        here, {table: said[table] for table in NEW}, {"trust_family": family, "trust_familymember": member}
    )
    assert {table: found[table] for table in NEW if table in here.rows} == {
        table: {"els"} for table in NEW if table in here.rows
    }


def test_each_row_of_the_next_family_is_for_those_who_sit_with_them(here):
    rows = here.next_rows()
    said = {table: text for table, text in statements(here, "read").items() if table in rows}
    found = asked(here, said, rows)
    assert {table: found[table] for table in rows} == {table: NEXT_FAMILY[table] for table in rows}


def test_a_page_seen_as_somebody_else_shows_nothing_of_ones_own(here):
    found = asked(here, statements(here, "read"), here.rows, seen_as=here.lotte)
    assert found == {table: NONE if table in UNSEEN else EXPECTED[table][0] for table in here.rows}
    home = {table: said for table, said in statements(here, "read").items() if table == "trust_home"}
    assert asked(here, home, here.rows, seen_as=here.naima).get("trust_home", MOTHER) == MOTHER, (
        "she knows it too"
    )


def test_no_kind_of_row_was_forgotten():
    models = [model for model in enforcement.guarded_models() if model.policy not in ELSEWHERE]
    assert {model._meta.db_table for model in models} == set(EXPECTED)
    assert (UNSEEN | WRITTEN.keys()) <= EXPECTED.keys()
