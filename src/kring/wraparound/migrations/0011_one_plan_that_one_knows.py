from django.db import migrations


class Migration(migrations.Migration):
    """One plan for a family is asked by `trust.check_one_plan`: an index told of a plan that somebody may not know."""

    dependencies = [("wraparound", "0010_not_right")]

    operations = [migrations.RemoveConstraint(model_name="plan", name="one_open_plan_per_family")]
