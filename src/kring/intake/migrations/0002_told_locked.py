"""What was told and what was said in first talks lies locked from now on; what stands there already is locked here."""

import json

from django.db import migrations, models

from kring.trust.keys import lock_of

TOLD = ("who_about", "seen", "reach", "asker_name")


def lock_what_stands(apps, schema_editor):
    """As the gatekeeper: the tables' own role sees no row."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'kring_gatekeeper' "
            "AND has_table_privilege(oid, 'intake_concern', 'SELECT'))"
        )
        if not cursor.fetchone()[0]:  # a house that is just being built: nobody told anything yet
            return
        cursor.execute("SET LOCAL ROLE kring_gatekeeper")
        cursor.execute(
            "SELECT id, circle_id, subject_id, who_about, seen, reach, asker_name FROM intake_concern "
            "WHERE concat(who_about, seen, reach, asker_name) <> '' ORDER BY id"
        )
        for row, circle, subject, *words in cursor.fetchall():
            kept = {name: word for name, word in zip(TOLD, words, strict=True) if word}
            text = json.dumps(kept, ensure_ascii=False).encode()
            locked = lock_of(circle, subject).close(text, table="intake_concern", column="told_locked", row=row)
            cursor.execute(
                "UPDATE intake_concern SET told_locked = %s, reachable = %s WHERE id = %s",
                [locked, "reach" in kept, row],
            )
        cursor.execute("SELECT id, circle_id, subject_id, text FROM intake_talknote WHERE text <> '' ORDER BY id")
        for row, circle, subject, words in cursor.fetchall():
            locked = lock_of(circle, subject).close(
                words.encode(), table="intake_talknote", column="text_locked", row=row
            )
            cursor.execute("UPDATE intake_talknote SET text_locked = %s WHERE id = %s", [locked, row])
        cursor.execute("RESET ROLE")


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="concern",
            name="told_locked",
            field=models.BinaryField(default=b"", verbose_name="what was told, written locked"),
        ),
        migrations.AddField(
            model_name="concern",
            name="reachable",
            field=models.BooleanField(default=False, verbose_name="the one who asks said how to reach them"),
        ),
        migrations.AddField(
            model_name="talknote",
            name="text_locked",
            field=models.BinaryField(default=b"", verbose_name="what was said, written locked"),
        ),
        migrations.RunPython(lock_what_stands, migrations.RunPython.noop),
    ]
