"""After fourteen days nothing is left, in no table and from no backup; the others' lives go on (W23, D7)."""

import pytest
from django.utils import timezone

from clockwork import as_the_worker
from forgetting.backup import Backup, stands
from kring.demo import village
from kring.trust import keys, ledger, viewer
from kring.trust.keys import store
from kring.trust.models import Forgetting
from kring.trust.usecases import forgettings

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "migrator"])
TEXTS = """SELECT DISTINCT v FROM {table} t, jsonb_each_text(to_jsonb(t) - 'id') AS e(k, v)
WHERE t.circle_id IN (SELECT c.id FROM trust_circle c WHERE c.family_id {of} %s)
AND length(v) > 11 AND v ~ ' ' AND v !~ '^[0-9{{\\[]'"""
TABLES = """SELECT table_name FROM information_schema.columns WHERE column_name = 'circle_id' AND table_schema = 'public'
AND table_name NOT IN ('trust_entry', 'trust_access') ORDER BY 1"""


def words(owner, of: str, family) -> set[str]:
    """Every text of several words in rows that lie with this family (=), or with any other (<>)."""
    found: set[str] = set()
    for (table,) in owner.execute(TABLES).fetchall():
        found |= {text for (text,) in owner.execute(TEXTS.format(table=table, of=of), [family])}
    return found


def public(owner) -> str:
    """What stands in the directory and in words of the village, which no family owns."""
    rows = owner.execute(
        "SELECT name FROM trust_organisation UNION ALL SELECT name || summary || words FROM network_offer UNION ALL "
        "SELECT name FROM network_place UNION ALL SELECT title FROM trust_job UNION ALL SELECT words FROM network_colleaguecard"
    )
    return "\n".join(text for (text,) in rows)


def test_a_family_is_gone_from_every_table_and_every_backup_and_the_others_live_on(owner, days_pass):
    village.load(on=timezone.localdate(), tell=lambda sentence: None)
    naima = village._ids()["Naima", "Gezin Amrani"]
    (house,) = owner.execute("SELECT id FROM trust_family WHERE name = 'Gezin Amrani'").fetchone()
    (circle,) = owner.execute(
        "SELECT id FROM trust_circle WHERE family_id = %s AND kind = 'family'", [house]
    ).fetchone()
    others, known = words(owner, "<>", house), public(owner)
    theirs = {text for text in words(owner, "=", house) - others if text not in known}
    assert len(theirs) > 60
    assert len(others) > 100
    (entries,) = owner.execute("SELECT count(*) FROM trust_entry").fetchone()
    store.key("circle", circle)
    before = Backup(owner)

    with viewer.acting(naima) as me:
        forgettings.ask(Forgetting.Kind.FAMILY, house, by=me, at=timezone.now())
    asked = Backup(owner)
    assert as_the_worker(forgettings.forget_those_due) == 0, "there is time to think"
    days_pass(15)
    assert as_the_worker(forgettings.forget_those_due) == 1
    assert stands(owner, theirs) == set()
    assert stands(owner, others) == others
    assert keys.destroyed("circle", circle)
    assert owner.execute("SELECT count(*) FROM trust_entry").fetchone()[0] >= entries, "who looked stays told"
    named = {text for (text,) in owner.execute("SELECT given_name FROM trust_person WHERE given_name > ''")}
    assert not any(name in ledger.path().read_text() for name in named), "the ledger names nobody"

    for backup in (before, asked):
        backup.restore(owner)
        assert stands(owner, theirs) == theirs
        assert forgettings.replay() == forgettings.replay() == 1
        assert stands(owner, theirs) == set()
        assert stands(owner, others) == others
