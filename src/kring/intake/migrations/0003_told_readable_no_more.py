"""The columns that held what was told readably go, in a transaction of their own after everything was locked."""

from django.db import migrations

TOLD = ("who_about", "seen", "reach", "asker_name")


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_told_locked")]

    operations = [
        *[migrations.RemoveField(model_name="concern", name=name) for name in TOLD],
        migrations.RemoveField(model_name="talknote", name="text"),
    ]
