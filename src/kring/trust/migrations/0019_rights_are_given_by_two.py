import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('trust', '0018_watching'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='dangerright', name='two_people_give_the_right_in_danger'),
        migrations.RunSQL('DELETE FROM trust_dangerright WHERE given_by_id IS NULL', migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='dangerright',
            name='given_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person', verbose_name='given by'),
        ),
        migrations.AlterField(
            model_name='dangerright',
            name='since',
            field=models.DateTimeField(verbose_name='since'),
        ),
        migrations.AddConstraint(
            model_name='dangerright',
            constraint=models.CheckConstraint(condition=models.Q(('given_by', models.F('asked_by')), _negated=True), name='two_people_give_the_right_in_danger'),
        ),
    ]
