import django.db.models.deletion
from django.db import migrations, models

MODELS = ("action", "earlierhelp", "goal", "meeting", "mustknow", "ownpage", "wish")


class Migration(migrations.Migration):
    """Who wrote first what is no author's any more, since others wrote in it."""

    dependencies = [("trust", "0033_who_thought_again"), ("wraparound", "0012_parts_read_aloud")]

    operations = [
        migrations.AddField(
            model,
            "first_author",
            models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="trust.person",
            ),
        )
        for model in MODELS
    ]
