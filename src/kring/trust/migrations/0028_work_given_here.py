from django.db import migrations, models

#: The policies bind whoever migrates too; they are forced again, like every one, when the migrations are through.
GIVEN = [
    "ALTER TABLE trust_job NO FORCE ROW LEVEL SECURITY",
    "UPDATE trust_job SET given_here = true WHERE given_by_id IS NOT NULL",
]


class Migration(migrations.Migration):

    dependencies = [
        ('trust', '0027_who_came_in_by_the_town'),
    ]

    operations = [
        migrations.AddField(
            model_name='job',
            name='given_here',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.RunSQL(GIVEN, migrations.RunSQL.noop),
    ]
