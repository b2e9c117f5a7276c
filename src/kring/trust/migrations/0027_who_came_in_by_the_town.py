from django.db import migrations

#: Who keeps the sign-in or watches over the journal, came in by the town before that had to be begun by one's own hand,
#: and has no other way in, begins it by this: they could come in no more to do it themselves.
OWN_HAND = """
UPDATE trust_signon o SET own_hand = true
WHERE NOT o.own_hand AND o.ended_at IS NULL
  AND EXISTS (SELECT 1 FROM trust_job j WHERE j.person_id = o.person_id AND j.role IN ('administrator', 'trust officer')
    AND (j.until IS NULL OR j.until > now()))
  AND NOT EXISTS (SELECT 1 FROM mfa_authenticator m JOIN trust_account a ON a.id = m.user_id
    WHERE a.person_id = o.person_id AND (m.type = 'webauthn' OR (m.type = 'totp' AND a.password NOT LIKE '!%')))
"""
TABLES = ("trust_signon", "trust_job", "trust_account", "mfa_authenticator")
#: The policies bind whoever migrates too; they are forced again, like every one, when the migrations are through.
OWN_ROWS = [f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY" for table in TABLES]


class Migration(migrations.Migration):

    dependencies = [
        ('trust', '0026_births_before_and_who_gave_work'),
    ]

    operations = [migrations.RunSQL([*OWN_ROWS, OWN_HAND], migrations.RunSQL.noop)]
