from django.db import migrations, models


class Migration(migrations.Migration):
    """Whoever asked that a family is forgotten is told when somebody else said no."""

    dependencies = [("trust", "0032_what_was_done_in_danger")]

    operations = [migrations.AddField("forgetting", "taken_back_by", models.UUIDField(null=True))]
