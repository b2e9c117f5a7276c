import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """Of a version read aloud it is kept which parts were read; of those of before it may have been all."""

    dependencies = [("wraparound", "0011_one_plan_that_one_knows")]

    operations = [
        migrations.AddField(
            "recording",
            "parts_read",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), editable=False, null=True, size=None
            ),
        )
    ]
