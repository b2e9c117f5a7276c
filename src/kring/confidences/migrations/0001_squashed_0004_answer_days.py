import django.db.models.deletion
import uuid
from django.db import migrations, models

from kring.ground.tables import MadeAtOnce


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('confidences', '0001_initial'),
        ('confidences', '0002_attachments'),
        ('confidences', '0003_worded_together'),
        ('confidences', '0004_answer_days'),
    ]

    dependencies = [
        ('trust', '0001_squashed_0032_what_was_done_in_danger'),
    ]

    operations = [MadeAtOnce([
        migrations.CreateModel(
            name='OwnGoal',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='at')),
                ('words_locked', models.BinaryField()),
                ('reached_at', models.DateTimeField(blank=True, null=True, verbose_name='reached at')),
                ('about', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person', verbose_name='written by')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.circle', verbose_name='circle')),
                ('subject', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person', verbose_name='about')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Telling',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='at')),
                ('words_locked', models.BinaryField()),
                ('how', models.CharField(choices=[('typed', 'typed'), ('together', 'written down together, read back and agreed')], default='typed', max_length=8, verbose_name='how it was written')),
                ('heard_at', models.DateTimeField(blank=True, null=True, verbose_name='opened by somebody else at')),
                ('about', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person', verbose_name='written by')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.circle', verbose_name='circle')),
                ('subject', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person', verbose_name='about')),
            ],
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='at')),
                ('kind', models.CharField(choices=[('picture', 'picture'), ('sound', 'sound'), ('pdf', 'PDF')], max_length=8, verbose_name='what it is')),
                ('media_type', models.CharField(max_length=24)),
                ('name_locked', models.BinaryField()),
                ('content_locked', models.BinaryField()),
                ('about', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person', verbose_name='written by')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.circle', verbose_name='circle')),
                ('subject', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person', verbose_name='about')),
                ('telling', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='confidences.telling')),
            ],
        ),
        migrations.CreateModel(
            name='TellThem',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='at')),
                ('whom', models.CharField(choices=[('parents', 'my parents'), ('school', 'my school')], max_length=8, verbose_name='whom')),
                ('matter', models.CharField(choices=[('meetings', 'a talk that is about me'), ('growing up', 'a birthday from which I decide more myself')], max_length=10, verbose_name='about what')),
                ('yes', models.BooleanField(verbose_name='tell them')),
                ('about', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person', verbose_name='written by')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.circle', verbose_name='circle')),
                ('subject', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person', verbose_name='about')),
            ],
        ),
        migrations.CreateModel(
            name='WordsToTell',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='at')),
                ('whom_locked', models.BinaryField()),
                ('words_locked', models.BinaryField()),
                ('answer', models.CharField(blank=True, choices=[('yes', 'you may tell this'), ('no', 'do not tell this'), ('otherwise', 'said in other words')], max_length=9, verbose_name='answer')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered at')),
                ('about', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person', verbose_name='written by')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.circle', verbose_name='circle')),
                ('subject', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person', verbose_name='about')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AnswerDay',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='at')),
                ('day', models.DateField(verbose_name='answered until')),
                ('about', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person', verbose_name='written by')),
                ('circle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.circle', verbose_name='circle')),
                ('subject', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person', verbose_name='about')),
            ],
            options={
                'indexes': [models.Index(fields=['circle', 'author'], name='answer_days_of_somebody')],
            },
        ),
        migrations.CreateModel(
            name='OnTheMenu',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('advice', 'advice'), ('mentoring', 'mentoring, with goals of your own'), ('mediation', 'mediation, when it is stuck with somebody'), ('counselling', 'counselling'), ('youth work', 'youth work')], max_length=12, verbose_name='what')),
                ('added_at', models.DateTimeField(verbose_name='since')),
                ('until', models.DateTimeField(blank=True, null=True, verbose_name='until')),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.person')),
                ('job', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.job')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trust.village')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('job', 'kind'), name='somebody_stands_once_on_the_menu')],
            },
        ),
        migrations.AddIndex(
            model_name='telling',
            index=models.Index(fields=['circle', 'at'], name='tellings_of_a_confidence'),
        ),
        migrations.AddIndex(
            model_name='attachment',
            index=models.Index(fields=['telling'], name='attachments_of_a_telling'),
        ),
        migrations.AddIndex(
            model_name='tellthem',
            index=models.Index(fields=['about', 'matter', 'at'], name='tell_them_of_a_young_person'),
        ),
    ])]
