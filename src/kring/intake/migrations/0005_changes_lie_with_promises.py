from django.db import migrations

#: The policies bind whoever migrates too; they are forced again, like every one, when the migrations are through.
WITH_THEM = [
    "ALTER TABLE intake_promise NO FORCE ROW LEVEL SECURITY",
    "ALTER TABLE intake_promisechange NO FORCE ROW LEVEL SECURITY",
    "UPDATE intake_promisechange c SET circle_id = p.circle_id, subject_id = p.subject_id, about_id = p.about_id "
    "FROM intake_promise p WHERE p.id = c.promise_id",
]


class Migration(migrations.Migration):
    """Why a promise got another day is about whom the promise is about, and lies where it lies."""

    dependencies = [("intake", "0004_sealed")]

    operations = [migrations.RunSQL(WITH_THEM, migrations.RunSQL.noop)]
