"""Of every kind of row that lies in no circle of the one policy: who reads, changes and deletes it, by hand-made SQL."""

from contextlib import nullcontext

import psycopg
import pytest
from django.db import Error, connection, transaction

from kring.trust import enforcement, viewer
from trust.each_policy import Neighbourhood

CIRCLE = {"naima", "karim", "samira", "hind", "noor", "lotte", "els"}
WORKERS = {"noor", "lotte", "tom", "els", "lou", "ada", "nel", "vera"}
VILLAGE = CIRCLE | WORKERS | {"said"}
ALL = VILLAGE | {"nobody", "xavi", "xena", "xander"}
DIRECTORY = {"ada", "nel", "lou"}
PARENTS, NETWORK, LOTTE, NONE = {"naima", "karim", "samira"}, {"ada", "nel"}, {"lotte"}, set[str]()

#: Who reads, who changes, who deletes. Lotte's, where it is somebody's own; the mother's, where it lies with the family.
EXPECTED = {
    "trust_village": (ALL, {"ada"}, NONE),
    "trust_organisation": (ALL, NETWORK, NONE),
    "trust_agreement": (VILLAGE, NETWORK, NONE),
    "trust_job": (VILLAGE, {"lotte", "els", "lou", "ada"}, NONE),
    "trust_person": (VILLAGE, LOTTE, NONE),
    "trust_change": ({"ada"}, NONE, NONE),
    "trust_logo": (ALL, NONE, NONE),
    "trust_leaving": ({"lotte", "els", "lou"}, {"lotte", "els", "lou"}, NONE),
    "trust_family": (CIRCLE, CIRCLE, NONE),
    "trust_familymember": (CIRCLE, NONE, NONE),
    "trust_birth": (CIRCLE, NONE, NONE),
    "trust_birthbefore": (CIRCLE, NONE, NONE),
    "trust_circle": (CIRCLE, CIRCLE, NONE),
    "trust_home": ({"naima", "samira"}, {"naima", "samira"}, NONE),
    "trust_seat": (CIRCLE, PARENTS | {"noor", "lotte"}, NONE),
    "trust_contactcard": (CIRCLE, PARENTS | {"noor"}, NONE),
    "trust_exclusion": ({"karim", "samira"}, {"karim", "samira"}, NONE),
    "trust_withdrawal": (CIRCLE, NONE, NONE),
    "trust_entry": (CIRCLE, NONE, NONE),
    "trust_matter": ({"vera"}, NONE, NONE),
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
    "trust_sealkeeper": ({"vera"}, {"vera"}, NONE),
    "messaging_call": ({"noor"}, {"noor"}, NONE),
    "intake_duty": (VILLAGE, {"els"}, {"els"}),
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
#: Asked elsewhere: the one policy of circles, what nobody reads, what everybody reads, and how somebody signs in.
ELSEWHERE = {
    "circle", "gatekeeper only", "open, read only", "sign-in", "address of an account", "second factor",
}  # fmt: skip
DEEDS = ["read", "change", "delete"]
KEYS = {"trust_session": "session_key", "vision_backup": "person_id", "trust_birth": "person_id"}
MAY_CHANGE = (
    "SELECT min(column_name::text) FROM information_schema.column_privileges "
    "WHERE table_name = %s AND grantee = 'kring_runtime' AND privilege_type = 'UPDATE'"
)


@pytest.fixture
def here(owner: psycopg.Connection) -> Neighbourhood:
    """The family, its circle, colleagues of every work, and another village."""
    return Neighbourhood(owner)


def asked(here: Neighbourhood, deed: str) -> dict[str, set[str]]:
    """Of each table by whose hand this is done to its row."""
    statements = {}
    for table in here.rows:
        (column,) = here.owner.execute(MAY_CHANGE, [table]).fetchone()
        statements[table] = {
            "read": f"SELECT 1 FROM {table} WHERE",
            "change": f"UPDATE {table} SET {column} = {column} WHERE" if column else "",
            "delete": f"DELETE FROM {table} WHERE",
        }[deed]
    found: dict[str, set[str]] = {table: set() for table in here.rows}
    for name, who in (("nobody", None), *here.called.items()):
        with viewer.acting(who) if who else nullcontext():
            for table, row in here.rows.items():
                if statements[table] and done(f"{statements[table]} {KEYS.get(table, 'id')} = %s", row):
                    found[table].add(name)
    return found


def done(statement: str, row: object) -> bool:
    """Whether it touches the row; taken back at once."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [row])
            transaction.set_rollback(True)
            return cursor.rowcount > 0
    except Error:
        return False


@pytest.mark.parametrize("deed", DEEDS)
def test_each_row_is_for_those_whom_the_rules_name_and_for_nobody_else(here, deed):
    found = asked(here, deed)
    assert found == {table: expected[DEEDS.index(deed)] for table, expected in EXPECTED.items()}


def test_no_kind_of_row_was_forgotten():
    models = [model for model in enforcement.guarded_models() if model.policy not in ELSEWHERE]
    assert {model._meta.db_table for model in models} == set(EXPECTED)
